"""The forms of a term in a text: words and their boundaries, and the regular inflections of a listed form.

Used on both sides: to find the forms of a glossary in a source, and to see whether a target has the form that it should have.
"""

import csv
import functools
import importlib.resources
import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Occurrence", "bases", "fold", "gap", "gaps", "inflected", "occurrences", "pieces", "words"]

# A word is a run of letters, digits and marks; in scripts without spaces every character is a word of its own.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MARKS = "\u0300-\u036f\u0900-\u0dff\u200c\u200d"
_LETTER = f"[^\\W{_UNSPACED}]"
_WORD = re.compile(f"[{_UNSPACED}]|{_LETTER}+(?:[{_MARKS}]+{_LETTER}*)*")
_SPLIT = re.compile(f"({_WORD.pattern})")
_SPELLINGS = str.maketrans(dict.fromkeys("‐‑‒–−", "-") | dict.fromkeys("’ʼ‘`´", "'"))
_SPACE = re.compile(r"\s+")
_LONGEST_ENDING = 5
_UMLAUTS = str.maketrans("äöü", "aou")


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A form found in a text, from `start` to `end` (code points). `exact` is false when it is inflected or differs in case."""

    start: int
    end: int
    exact: bool


def pieces(text: str) -> list[str]:
    """`text` cut into what is not a word and words, in turn, beginning and ending with what is not: the words are at the odd places."""
    return _SPLIT.split(text)


def words(text: str) -> list[tuple[int, int]]:
    """The spans of the words of `text`, by Unicode's word characters. Apostrophes and hyphens part words."""
    return [match.span() for match in _WORD.finditer(text)]


@functools.lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """A word without differences that do not matter in comparing: case, composition of accents, ё for е."""
    return unicodedata.normalize("NFC", word).casefold().replace("ё", "е")


def gap(between: str) -> str:
    """What stands between two words, with white space, hyphens and apostrophes in one spelling each."""
    return between if between == " " else _SPACE.sub(" ", between.translate(_SPELLINGS))


def gaps(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """What stands between the words at `spans`, with white space, hyphens and apostrophes in one spelling each."""
    return [gap(text[one[1] : other[0]]) for one, other in itertools.pairwise(spans)]


@functools.lru_cache(maxsize=1 << 16)
def bases(word: str, language: str) -> tuple[str, ...]:
    """What a folded `word` may be a regular inflection of in `language` (a primary subtag), itself first.

    The endings are in `inflections.tsv`: a word that ends in `ending` is taken back to a word in `base`, when at least `minimum` characters
    stay before it; `fold` says whether German umlauts of the stem go as well.
    """
    rules, last = _rules().get(language, _NO_RULES)
    if word[-1:] not in last:
        return (word,)
    found = [word]
    for length in range(1, _LONGEST_ENDING + 1):
        stem = word[:-length]
        found += [
            (stem.translate(_UMLAUTS) if rule.umlaut else stem) + rule.base
            for rule in rules.get(word[-length:], ())
            if len(stem) >= rule.minimum
        ]
    return tuple(dict.fromkeys(found))


def inflected(form: str, word: str, language: str) -> bool:
    """Whether the folded `word` is the folded `form`, a regular inflection of it, or of the same base (Nationaler, Nationalen)."""
    return form == word or not set(bases(form, language)).isdisjoint(bases(word, language))


def occurrences(form: str, text: str, language: str, *, spans: Sequence[tuple[int, int]] | None = None) -> Iterator[Occurrence]:
    """Where `form` stands in `text`, exactly or inflected, from left to right and without overlaps.

    A form of one capital word, as acronyms are, is not inflected and keeps its capitals. `spans` are the words of `text` when known.
    """
    wanted, folded, between = _read(form)
    if not wanted:
        return
    found = words(text) if spans is None else spans
    if len(wanted) == 1 and wanted[0].isupper():
        yield from (Occurrence(start=start, end=end, exact=True) for start, end in found if text[start:end] == wanted[0])
        return
    size = len(wanted)
    at = 0
    while at + size <= len(found):
        part = found[at : at + size]
        here = [text[start:end] for start, end in part]
        alike = here == wanted
        if not alike:
            alike = all(inflected(one, fold(other), language) for one, other in zip(folded, here, strict=True))
        if alike and gaps(text, part) == between:
            yield Occurrence(start=part[0][0], end=part[-1][1], exact=here == wanted)
            at += size
        else:
            at += 1


@functools.lru_cache(maxsize=1 << 16)
def _read(form: str) -> tuple[list[str], list[str], list[str]]:
    """The words of a form, the same folded, and what stands between them: asked for in one sentence after the other."""
    spans = words(form)
    wanted = [form[start:end] for start, end in spans]
    return wanted, [fold(word) for word in wanted], gaps(form, spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    base: str
    minimum: int
    umlaut: bool


_NO_RULES: "tuple[dict[str, list[_Rule]], frozenset[str]]" = ({}, frozenset())


@functools.cache
def _rules() -> dict[str, tuple[dict[str, list[_Rule]], frozenset[str]]]:
    """The rules of each language by ending, and the letters that endings end with."""
    data = importlib.resources.files(__package__).joinpath("inflections.tsv").read_text(encoding="utf-8")
    table: dict[str, dict[str, list[_Rule]]] = {}
    for row in csv.DictReader(data.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        rule = _Rule(base=row["base"], minimum=int(row["minimum"]), umlaut=row["fold"] == "umlaut")
        table.setdefault(row["language"], {}).setdefault(row["ending"], []).append(rule)
    return {language: (rules, frozenset(ending[-1] for ending in rules)) for language, rules in table.items()}
