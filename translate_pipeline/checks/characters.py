"""Characters that no text should have."""

import re
import unicodedata
from collections.abc import Iterator

from translate_pipeline.checks.check import Job, issue
from translate_pipeline.model import Issue, Severity

__all__ = ["check_characters"]

# joiners and direction marks are letters' business in Arabic, Persian and Indic scripts; elsewhere nobody typed them on purpose
_JOINERS = "\u200c\u200d\u200e\u200f"
_JOINING_SCRIPTS = frozenset(
    ("ar", "fa", "ur", "ps", "ckb", "he", "yi", "hi", "bn", "mr", "ne", "ta", "te", "kn", "ml", "si", "gu", "pa", "ug")
)
_MOJIBAKE = re.compile(r"[ÃÂ][\u0080-\u00bf]|â€[\u0080-\u2122]|[ÐÑ][\u0080-\u00bf]")
_WORD = re.compile(r"[^\W\d_]+")


def check_characters(job: Job) -> Iterator[tuple[str, Issue]]:
    """No replacement, control, private or invisible characters, no text decoded wrongly, no word in two alphabets, unless in the source."""
    for pair in job.pairs:
        for at, character in enumerate(pair.target):
            found = _odd(character, job.target_language)
            if found and character not in pair.source:
                severity = Severity.ERROR if character == "\ufffd" or unicodedata.category(character) == "Cc" else None
                yield pair.segment.id, issue("characters", f"{found} U+{ord(character):04X}", span=(at, at + 1), severity=severity)
                break
        if (match := _MOJIBAKE.search(pair.target)) and not _MOJIBAKE.search(pair.source):
            yield pair.segment.id, issue("characters", f"“{match.group()}” looks like text in a wrong encoding", span=match.span())
        for match in _WORD.finditer(pair.target):
            if _two_alphabets(match.group()) and match.group() not in pair.source:
                yield pair.segment.id, issue("characters", f"“{match.group()}” mixes alphabets", span=match.span())


def _odd(character: str, language: str) -> str:
    if character.isprintable() or character in "\n\t\u00a0\u202f\u2009\u200a\u3000":
        return "replacement character" if character == "\ufffd" else ""
    if character in _JOINERS and language in _JOINING_SCRIPTS:
        return ""
    return {"Cc": "control character", "Co": "private character", "Cn": "unassigned character"}.get(
        unicodedata.category(character), "invisible character"
    )


def _two_alphabets(word: str) -> bool:
    """Whether a word has Cyrillic or Greek letters next to Latin ones (look-alikes); capitals alone are brands and model names."""
    if word.isupper() or word.isascii():
        return False
    scripts = {unicodedata.name(letter, "").split(" ", 1)[0] for letter in word}
    return len(scripts & {"LATIN", "CYRILLIC", "GREEK"}) > 1
