"""Whether the form of a term stands in a target text, also inflected.

A word of the form agrees with a word of the text when they are equal, or when both share a stem and differ in an ending only. Acronyms,
digits and words of less than five letters take at most a genitive s or a case ending after a hyphen or apostrophe.
"""

import functools
import re
from collections.abc import Iterator

__all__ = ["derived", "occurrences"]

_ENDING = 3  # letters that inflection may replace or add in the languages of newsrooms: -ами, -ens, -ción/-ciones stays within
_SHORTEST_STEM = 4
_WORD = re.compile(r"\w+(?:['’.]\w+)*")
_SPACELESS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def occurrences(form: str, text: str, *, exact: bool = False) -> Iterator[tuple[int, int]]:
    """Spans of `text` (code points) where `form` stands as whole words; regular endings may differ unless `exact`.

    In scripts without spaces every place counts where the form stands letter by letter.
    """
    if _SPACELESS.search(form):
        yield from (match.span() for match in re.finditer(re.escape(form), text))
        return
    pattern = _pattern(form, exact)
    if pattern is not None:
        yield from (match.span() for match in pattern.finditer(text))


def derived(form: str, text: str) -> Iterator[tuple[int, int]]:
    """Spans of `text` with a word from the family of `form`: its longest word without the last three letters (at least four stay)."""
    longest = max(_WORD.findall(form), key=len, default="")
    if len(longest) < _SHORTEST_STEM or _SPACELESS.search(form):
        return
    stem = re.escape(longest[: max(_SHORTEST_STEM, len(longest) - _ENDING)])
    yield from (match.span() for match in re.finditer(rf"(?<!\w){stem}\w*", text, re.IGNORECASE))


@functools.lru_cache(maxsize=20_000)
def _pattern(form: str, exact: bool) -> re.Pattern[str] | None:
    words = _WORD.findall(form)
    if not words:
        return None
    gap = r"[\s\-‑–]{1,2}"
    return re.compile(r"(?<!\w)" + gap.join(_word(word, exact=exact) for word in words) + r"(?!\w)")


def _word(word: str, *, exact: bool) -> str:
    if exact:
        return re.escape(word)
    letters = word[0].upper() + word[1:], word[0].lower() + word[1:]
    if word.isupper() or len(word) <= _SHORTEST_STEM or any(character.isdigit() for character in word):
        case_ending = r"(?:['’\-]?s|['’\-]\w{1,4})?"
        return f"(?:{'|'.join(re.escape(form) for form in dict.fromkeys((word, *letters, word.upper())))}){case_ending}"
    cut = min(_ENDING - 1, len(word) - _SHORTEST_STEM)
    stems = (letters[0][: len(word) - cut], letters[1][: len(word) - cut])
    longest = cut + _ENDING
    upper = word.upper()[: len(word) - cut]
    return rf"(?:{re.escape(stems[0])}|{re.escape(stems[1])}|{re.escape(upper)})\w{{0,{longest}}}(?:['’]s?)?"
