"""An engine without a model, for tests and for trying things out: every letter gets an accent, and comes back without it.

Words that look like names in code (a digit, an underscore or a capital behind the first letter) stay as they are, as real models copy them.
Inline codes stay where they are.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from translate_pipeline import content as contents
from translate_pipeline.model import Code, Content, Hypothesis, Inline, Request, Text

__all__ = ["FakeEngine", "pseudo", "unpseudo"]

_WORD = re.compile(r"\w+")
_ACCENTS = ("\u0301", "\u0308", "\u0302", "\u0300")
"""Acute first; each further hypothesis takes the next one."""


class FakeEngine:
    """Pseudo-translation, the same for every pair of languages. See `mt.engine.Engine`.

    `loses` are words that do not come through, as happens to terms. What a request wants avoided or begun with has no effect.
    """

    def __init__(self, *, loses: Sequence[str] = ()) -> None:
        self._loses = tuple(loses)

    def translate(self, requests: Sequence[Request]) -> Iterator[tuple[Hypothesis, ...]]:
        """At most four hypotheses a request, each with other accents and less score."""
        for request in requests:
            count = min(request.hypotheses, len(_ACCENTS))
            yield tuple(
                Hypothesis(
                    key=request.key,
                    target=self._target(request.source, rank),
                    origin=self.origin(request.source_language, request.target_language),
                    score=round(0.9 - 0.1 * rank, 2),
                )
                for rank in range(count)
            )

    def survives(self, text: str, source_language: str, target_language: str) -> bool:
        """Whether `text` is all words that this engine copies, and none that it loses."""
        del source_language, target_language
        return pseudo(text) == text and not any(word in self._loses for word in _WORD.findall(text))

    def origin(self, source_language: str, target_language: str) -> str:
        """Always the same maker, in version 1."""
        return f"mt:{source_language}_{target_language}-fake"

    def _target(self, source: Content, rank: int) -> Content:
        parts: list[Inline] = []
        for part in source:
            if isinstance(part, Code):
                parts.append(part)
                continue
            kept = _WORD.sub(lambda match: "" if match[0] in self._loses else match[0], part.value)
            parts.append(Text(value=pseudo(kept, rank=rank)))
        return contents.join(parts)


def pseudo(text: str, *, rank: int = 0) -> str:
    """`text` with an accent on every letter that can carry one."""
    return _WORD.sub(lambda match: match[0] if _is_code(match[0]) else _accented(match[0], _ACCENTS[rank]), text)


def unpseudo(text: str) -> str:
    """The text that `pseudo` was given, if that had none of its accents (at whatever rank)."""
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(character for character in decomposed if character not in _ACCENTS))


def _is_code(word: str) -> bool:
    return any(character.isdigit() or character == "_" for character in word) or any(character.isupper() for character in word[1:])


def _accented(word: str, accent: str) -> str:
    return "".join(_composed(character, accent) for character in word)


def _composed(character: str, accent: str) -> str:
    both = unicodedata.normalize("NFC", character + accent)
    return both if len(both) == 1 else character
