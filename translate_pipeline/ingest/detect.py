"""Which language an article is in: script and deciding letters first, then langdetect among what is left."""

import collections
import functools
import importlib.resources
import json
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from translate_pipeline import languages
from translate_pipeline.errors import LanguageError

__all__ = ["THRESHOLD", "Detected", "detect", "written_in"]

THRESHOLD = 0.8
"""The least probability with which a language is accepted."""

_SAMPLE = 4000  # code points; more text does not change the answer
_FEW_LETTERS = 20  # fewer letters of a script that several languages share say nothing: langdetect calls "ODKB" Portuguese, surely
_FOREIGN = 0.03  # share of letters outside the alphabet that names and quotations account for
_EVIDENCE = 0.02  # least share of letters and words of its own that speak for a language; a stray name or word stays below
_NAMES = 0.05  # a language whose own letters occur is given up for one that lacks them only at a chance like this
_OWN_LETTERS = 0.06  # the share of its own letters that a text is expected to have at least, as in Kazakh, Kyrgyz or Belarusian
_KANA = 0.1  # Japanese has more kana than that, and Chinese has none
_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+")
_APOSTROPHE = re.compile("[ʻʼ’‘]")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_ONE_WRITING = {"HIRAGANA": "KANA", "KATAKANA": "KANA", "CJK": "HAN"}
_ISO = {"CYRILLIC": "Cyrl", "LATIN": "Latn", "GREEK": "Grek", "ARABIC": "Arab", "HEBREW": "Hebr", "ARMENIAN": "Armn", "GEORGIAN": "Geor"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Detected:
    """A language with the probability that it is the right one (0 to 1), and how it was found: "script", "letters" or "statistics"."""

    tag: str
    probability: float
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    tag: str
    script: str
    profile: str
    alphabet: frozenset[str]
    marks: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """How often each letter of the script and each word occurs."""

    letters: collections.Counter[str]
    words: collections.Counter[str]

    def share(self, characters: frozenset[str]) -> float:
        return sum(self.letters[character] for character in characters) / self.letters.total()

    def hits(self, words: frozenset[str]) -> int:
        return sum(self.words[word] for word in words)


def detect(text: str) -> Detected:
    """The language of `text`. The same text always gives the same answer.

    Raises:
        LanguageError: no letters, too few, or a probability below `THRESHOLD`.
    """
    sample = _NOISE.sub(" ", text[: 3 * _SAMPLE])[:_SAMPLE].lower()
    counts = _scripts(sample)
    if not counts:
        raise LanguageError("has no letters that tell its language. Say it with --from, like --from en.")
    script, letters = _main_script(counts)
    rows = tuple(row for row in _rows() if row.script == script)
    if not rows:
        raise LanguageError(f"is written in {script.title()} letters, whose languages we cannot tell apart. Say which with --from.")
    found = _chinese(sample, rows) if script == "HAN" else _alphabetic(sample, script, letters, rows)
    if found.probability < THRESHOLD:
        raise LanguageError(
            f"is perhaps in {languages.name(found.tag)} (probability {found.probability:.2f}), which is too uncertain. "
            f"Say the language with --from, like --from {found.tag}."
        )
    return found


def written_in(text: str, tag: str) -> bool:
    """Whether `text` has letters of a script that the language `tag` is written in; true where we do not know."""
    wanted = {languages.script(tag)} if "-" in tag else {languages.script(other) for other in languages.known() if _same(other, tag)}
    counts = _scripts(text[:_SAMPLE].lower())
    known = {script: _ISO[script] for script in counts if script in _ISO}
    if not wanted <= set(_ISO.values()) or not known:
        return True
    return any(iso in wanted and counts[script] >= 0.1 * sum(counts.values()) for script, iso in known.items())


def _same(one: str, other: str) -> bool:
    return languages.primary(one) == languages.primary(other)


@functools.cache
def _rows() -> tuple[_Row, ...]:
    table = importlib.resources.files(__package__).joinpath("letters.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return tuple(
        _Row(
            tag=tag,
            script=script,
            profile="" if profile == "-" else profile,
            alphabet=frozenset() if alphabet == "-" else frozenset(alphabet),
            marks=frozenset() if marks == "-" else frozenset(marks),
            words=frozenset() if words == "-" else frozenset(words.split()),
        )
        for tag, script, profile, alphabet, marks, words in lines
    )


def _scripts(sample: str) -> collections.Counter[str]:
    """How many letters of each script there are."""
    counts: collections.Counter[str] = collections.Counter()
    for character, number in collections.Counter(sample).items():
        if character.isalpha():
            name = unicodedata.name(character, "UNKNOWN").partition(" ")[0]
            counts[_ONE_WRITING.get(name, name)] += number
    del counts["MODIFIER"]  # ʻ and ʼ stand in texts of several scripts
    return +counts


def _main_script(counts: collections.Counter[str]) -> tuple[str, int]:
    """The script of the text, with its number of letters; Japanese is what mixes kana with Chinese characters."""
    han, kana = counts["HAN"], counts["KANA"]
    if kana and kana >= _KANA * (han + kana):
        counts = counts - collections.Counter(HAN=han)
    # A Chinese character says as much as three letters, and texts in Asia are full of Latin names.
    return max(counts.items(), key=lambda item: item[1] * (3 if item[0] in {"HAN", "KANA", "HANGUL"} else 1))


def _chinese(sample: str, rows: Iterable[_Row]) -> Detected:
    votes = {row.tag: sum(character in row.marks for character in sample) for row in rows}
    tag = max(votes, key=lambda key: votes[key])
    total = sum(votes.values())
    # Characters that both writings share are Chinese all the same.
    return (
        Detected(tag=tag, probability=round(votes[tag] / total, 2), how="letters")
        if total
        else Detected(tag="zh", probability=1.0, how="script")
    )


def _alphabetic(sample: str, script: str, letters: int, rows: Sequence[_Row]) -> Detected:
    if len(rows) == 1:
        return Detected(tag=rows[0].tag, probability=1.0, how="script")
    if letters < _FEW_LETTERS:
        raise LanguageError("is too short to tell its language. Say it with --from, like --from en.")
    text = _Text(
        letters=collections.Counter(character for character in sample if _is_of(character, script)),
        words=collections.Counter(_WORD.findall(_APOSTROPHE.sub("'", sample))),
    )
    outside = {row.tag: 1 - text.share(row.alphabet) if row.alphabet else 0.0 for row in rows}
    possible = [row for row in rows if outside[row.tag] <= min(outside.values()) + _FOREIGN]
    doubts = {row.tag: min((_chance(row, rival, text) for rival in possible if rival is not row), default=1.0) for row in possible}
    left = [row for row in possible if doubts[row.tag] > 1 - THRESHOLD]
    doubt = max((doubts[row.tag] for row in possible if row not in left), default=0.0)
    profiled = [row for row in left if row.profile]
    others = [row for row in left if not row.profile and (row.alphabet or _evidence(row, text) >= _EVIDENCE)]
    if len(profiled) > 1:
        best = _statistical(sample, profiled)
    elif profiled or others:
        best = Detected(tag=(profiled or others)[0].tag, probability=1.0, how="letters")
    else:
        raise LanguageError("has too few letters that tell its language. Say it with --from, like --from en.")
    if rivals := [row for row in others if row.tag != best.tag]:
        own = next(row for row in left if row.tag == best.tag)
        best = _contest((own, *rivals), text)
    return replace(best, probability=round(min(best.probability, 1 - doubt), 2))


def _is_of(character: str, script: str) -> bool:
    return character.isalpha() and unicodedata.name(character, "UNKNOWN").partition(" ")[0] == script


def _evidence(row: _Row, text: _Text, rival: frozenset[str] = frozenset()) -> float:
    """The share of letters and words that decide for a language; letters that a rival is written with too do not count."""
    return text.share((row.alphabet | row.marks) - rival if rival else row.marks) + text.hits(row.words) / max(text.words.total(), 1)


def _chance(row: _Row, rival: _Row, text: _Text) -> float:
    """The chance to see so few of its own letters in a text in the language, when the rival does without them (Poisson; 1 when it says nothing)."""
    private = row.marks - rival.alphabet
    # A few of its letters are too rare to be missed, and words speak louder.
    if 2 * len(private) <= len(row.marks) or text.hits(rival.words) < text.hits(row.words):
        return 1.0
    expected = _OWN_LETTERS * text.letters.total()
    seen = sum(text.letters[character] for character in private)
    if seen >= expected:
        return 1.0
    chance = sum(math.exp(number * math.log(expected) - expected - math.lgamma(number + 1)) for number in range(seen + 1))
    return 1.0 if seen and chance > _NAMES else chance


def _contest(rows: Sequence[_Row], text: _Text) -> Detected:
    """The language with most letters and words of its own, against the strongest of the others."""

    def support(row: _Row) -> float:
        return min(_evidence(row, text, rival.alphabet or rival.marks) for rival in rows if rival is not row)

    first, second = sorted(rows, key=support, reverse=True)[:2]
    total = support(first) + support(second)
    return Detected(tag=first.tag, probability=support(first) / total if support(first) >= _EVIDENCE else 0.5, how="letters")


def _statistical(sample: str, rows: Sequence[_Row]) -> Detected:
    detector = _factory(tuple(row.profile for row in rows)).create()
    detector.append(re.sub(r"[\d\W_]+", " ", sample))
    tags = {row.profile: row.tag for row in rows}
    best = next(iter(detector.get_probabilities()), None)
    if best is None:
        raise LanguageError("is in no language that we can tell. Say it with --from, like --from en.")
    return Detected(tag=tags[best.lang], probability=round(best.prob, 2), how="statistics")


@functools.lru_cache(maxsize=8)
def _factory(profiles: tuple[str, ...]) -> Any:
    """A seeded factory of detectors that know nothing but these profiles."""
    from langdetect.detector_factory import DetectorFactory  # noqa: PLC0415 - slow to import, and often not needed
    from langdetect.utils.lang_profile import LangProfile  # noqa: PLC0415

    folder = importlib.resources.files("langdetect").joinpath("profiles")
    factory = DetectorFactory()
    for index, name in enumerate(profiles):
        data = json.loads(folder.joinpath(name).read_text(encoding="utf-8"))
        factory.add_profile(LangProfile(**data), index, len(profiles))
    factory.set_seed(0)
    return factory
