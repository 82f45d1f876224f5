"""The target is in the target language, judged by its script and by the small words that every text is full of."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from translate_pipeline.checks.check import Job, conventions, issue, languages_with_words
from translate_pipeline.evidence.length import width
from translate_pipeline.languages import script
from translate_pipeline.model import Issue

__all__ = ["check_language"]

_HAN = ("CJK", "IDEOGRAPHIC")
# by ISO 15924 code: how the Unicode names of the letters begin; a script that is not here is not judged
_SCRIPTS = {
    "Latn": ("LATIN",),
    "Cyrl": ("CYRILLIC",),
    "Grek": ("GREEK",),
    "Arab": ("ARABIC",),
    "Hebr": ("HEBREW",),
    "Armn": ("ARMENIAN",),
    "Geor": ("GEORGIAN",),
    "Deva": ("DEVANAGARI",),
    "Thai": ("THAI",),
    "Hang": ("HANGUL", *_HAN),
    "Kore": ("HANGUL", *_HAN),
    "Hans": _HAN,
    "Hant": _HAN,
    "Jpan": ("HIRAGANA", "KATAKANA", *_HAN),
}
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = 12  # in fewer letters names decide
_WORDS = 2  # so many small words of another language, and more than twice as many as of the right one, are no quotation


def check_language(job: Job) -> Iterator[tuple[str, Issue]]:
    """The script is that of the language, and small words of other languages do not outnumber those of the language."""
    usual = _SCRIPTS.get(script(job.target_tag), ())
    for pair in job.pairs:
        letters = [character for character in pair.target if character.isalpha()]
        if len(letters) < _LETTERS:
            continue
        found = _script(pair.target)
        words = Counter(_WORD.findall(pair.target.lower()))
        right = _frequent(words, job.target_language)
        other, language = max(
            ((_frequent(words, tag), tag) for tag in languages_with_words() if tag != job.target_language), default=(0, "")
        )
        if usual and found not in usual:
            yield pair.segment.id, issue("wrong-language", f"this is in {found.capitalize()} letters")
        elif conventions(job.target_language).frequent and other >= _WORDS and other > 2 * right + 1:
            yield pair.segment.id, issue("wrong-language", f"this reads like “{language}”")


def _frequent(words: Counter[str], language: str) -> int:
    return sum(words[word] for word in conventions(language).frequent & words.keys())


def _script(text: str) -> str:
    """The script of most letters of a text, as Unicode names it; an ideograph stands for several letters."""
    names: Counter[str] = Counter()
    for character, count in Counter(filter(str.isalpha, text)).items():
        names[unicodedata.name(character, "").split(" ", 1)[0].split("-", 1)[0]] += count * int(width(character))
    return names.most_common(1)[0][0] if names else ""
