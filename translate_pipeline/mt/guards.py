"""What makes a translation suspicious, told without understanding it."""

import functools
import re
import unicodedata

from translate_pipeline.evidence.copy import copied_run, is_prose
from translate_pipeline.evidence.length import ratio
from translate_pipeline.evidence.repetition import loop

__all__ = ["findings", "needs_translation", "plainer"]

_MOST_REPEATS = 4
_NARROWEST, _WIDEST = 0.4, 2.5
_OWN_SCRIPT = 0.2
# what decoding leaves behind when a model produces what its vocabulary cannot spell
_DEBRIS = re.compile(r"\u2047|\ufffd|\u2581|@@|<unk>|[\x00-\x08\x0b-\x1f\x7f]")
_PLAINER = (
    (re.compile(r"[“”„«»‟]"), '"'),
    (re.compile(r"[‘’‚‛]"), "'"),
    (re.compile(r"\s*[–—]\s*"), " - "),
    (re.compile(r"([!?.])[!?.…]+"), r"\1"),
    (re.compile(r"\s*(?:[:;]-?[)(DP]|[<>]\S{0,3}[<>]|[\U0001f300-\U0001faff\u2600-\u27bf])+\s*"), " "),
)
_EAST_ASIAN = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "KATAKANA-HIRAGANA", "IDEOGRAPHIC", "FULLWIDTH", "HALFWIDTH", "BOPOMOFO"}


def needs_translation(text: str) -> bool:
    """Whether there is a letter in `text`; numbers and signs alone stay as they are."""
    return any(character.isalpha() for character in text)


def findings(source: str, target: str) -> tuple[str, ...]:
    """Why `target` is hardly a translation of `source`, a sentence each; empty when nothing is wrong."""
    if not any(character.isalnum() for character in target):
        return ("The translation is empty.",)
    result = []
    repeated = loop(target)
    if repeated and repeated.times >= _MOST_REPEATS:
        original = loop(source)
        if original is None or original.times < min(repeated.times, _MOST_REPEATS):
            result.append(f"The translation repeats “{repeated.unit}” {repeated.times} times.")
    copied = copied_run(source, target)
    if is_prose(copied):
        result.append(f"{len(copied)} words of the source stand untranslated: “{' '.join(copied[:6])}”.")
    width = ratio(source, target)
    if not _NARROWEST <= width <= _WIDEST:
        result.append(f"The translation is much {'longer' if width > 1 else 'shorter'} than the source.")
    stray = _stray(source, target)
    if stray:
        result.append(f"The translation has characters that do not belong there: “{stray}”.")
    return tuple(result)


def plainer(text: str) -> str:
    """`text` with the punctuation that throws models off its track made plain: quotes, dashes, rows of marks, emoticons."""
    for pattern, replacement in _PLAINER:
        text = pattern.sub(replacement, text)
    return text.strip()


def _stray(source: str, target: str) -> str:
    """Debris of decoding, and letters of a script that is neither the target's own, nor Latin, nor in the source."""
    found = [match[0] for match in _DEBRIS.finditer(target) if match[0] not in source]
    if found:
        return found[0]
    foreign = [character for character in target if character > "\u024f" and character.isalpha()]
    if not foreign:
        return ""
    scripts = [_script(character) for character in target if character.isalpha()]
    # a text of many names in another script has two scripts of its own
    allowed = (
        {script for script in set(scripts) if scripts.count(script) >= _OWN_SCRIPT * len(scripts)}
        | {"LATIN"}
        | {_script(character) for character in source if character.isalpha()}
    )
    return "".join(character for character in foreign if _script(character) not in allowed)[:10]


@functools.lru_cache(maxsize=4096)
def _script(character: str) -> str:
    """The script of a letter as the first word of its Unicode name; those of East Asia, which are mixed, as one."""
    name = unicodedata.name(character, "UNKNOWN").split(" ", 1)[0]
    return "EAST ASIAN" if name in _EAST_ASIAN else name
