"""Numbers in words: "twenty-one", "zweihundert", "3,5 Mio.", 两千三百万, XIX. The words are data: `number-words.tsv`.

A word may mean several numbers ("quarter"); everything it may mean is offered, because words only ever excuse a number in digits.
"""

import functools
import importlib.resources
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["IDEOGRAPHS", "Spelled", "knows_words", "rows", "scale_after", "spelled"]

IDEOGRAPHS = re.compile(r"[\u3400-\u9fff〇]+")
_ROMAN = re.compile(r"\b([IVXLCХ]+)(?:er?|ème|º|°)?\b")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "Х": 10}  # the last is the Cyrillic letter, often typed instead
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_GLUE = re.compile(r"[\s\-‑–]*(?:(?:and|und|et|y|e|и)\b\s*)?")
_SCALE_GAP = re.compile(r"[\s\u00a0\u202f-]?[多余餘几]?\s?")
_GERMAN_TAIL = re.compile(r"(?:stünd|jähr|täg|wöch|monat|minüt|fach|mal|köpf|prozent|meter|seit|stell|stöck|er|te|st)\w*|")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelled:
    """A number in words: where it stands (code points), what it may mean, and whether it is the name of a month."""

    start: int
    end: int
    values: frozenset[Decimal]
    month: bool = False


@dataclass(frozen=True, slots=True)
class _Item:
    """A number word in a row of such words: its value (the greatest, if there are several) or its multiplier."""

    value: Decimal | None
    scale: Decimal | None


@dataclass(frozen=True, slots=True)
class _Words:
    values: dict[str, frozenset[Decimal]]
    scales: dict[str, Decimal]
    prefixes: tuple[tuple[str, Decimal], ...]
    months: tuple[str, ...]
    compound: re.Pattern[str] | None
    beginnings: tuple[str, ...]

    def meanings(self, word: str) -> frozenset[Decimal]:
        known = self.values.get(word, frozenset())
        if not word.startswith(self.beginnings):  # so it is with nearly all words of an article
            return known
        return known | {value for prefix, value in self.prefixes if word.startswith(prefix)}

    def is_month(self, word: str) -> bool:
        return any(word.startswith(form[:-1]) if form.endswith("*") else word == form for form in self.months)

    def item(self, word: str) -> _Item:
        return _Item(max(self.meanings(word), default=None), self.scales.get(word))


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table of this package, without comments, cut at tabs."""
    text = importlib.resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


def knows_words(language: str) -> bool:
    """Whether numbers in words are known for the primary language subtag `language`."""
    return _words(language) is not None


def spelled(text: str, language: str) -> Iterator[Spelled]:
    """Numbers in words and Roman numerals of `text`: each word for itself and each row of words as their sum."""
    words = _words(language)
    if words is not None:
        yield from _in_ideographs(text, words) if language == "zh" else _in_words(text, words)
    for roman in _ROMAN.finditer(text):
        yield Spelled(start=roman.start(), end=roman.end(), values=frozenset({_roman(roman.group(1))}))


def scale_after(text: str, at: int, language: str) -> tuple[Decimal | None, int]:
    """The product of the multipliers that stand at the offset `at` ("mil millones", "万"), None without one, and where they end."""
    words = _words(language)
    product: Decimal | None = None
    while words is not None:
        gap = _SCALE_GAP.match(text, at)
        start = gap.end() if gap else at
        if IDEOGRAPHS.match(text, start):
            form = next((text[start : start + size] for size in (2, 1) if text[start : start + size] in words.scales), "")
        else:
            word = _WORD.match(text, start)
            form = word.group().lower() if word else ""
        if form not in words.scales:
            break
        product = words.scales[form] * (product or 1)
        at = start + len(form)
    return product, at


@functools.cache
def _words(language: str) -> _Words | None:
    values: dict[str, frozenset[Decimal]] = {}
    scales: dict[str, Decimal] = {}
    prefixes: list[tuple[str, Decimal]] = []
    months: list[str] = []
    for tag, value, forms in rows("number-words.tsv"):
        if tag != language:
            continue
        for form in forms.split("|"):
            if value.startswith("x"):
                scales[form] = Decimal(value[1:])
                continue
            number = Decimal(value.removeprefix("m"))
            if value.startswith("m"):
                months.append(form)
            if form.endswith("*"):
                prefixes.append((form[:-1], number))
            else:
                values[form] = values.get(form, frozenset()) | {number}
    if not values:
        return None
    compound = None
    if language == "de":  # German writes numbers below a million as one word
        parts = sorted({"und", *scales, *values, *(prefix for prefix, _ in prefixes)}, key=len, reverse=True)
        compound = re.compile("|".join(map(re.escape, (part for part in parts if len(part) > 2))))
    return _Words(values, scales, tuple(prefixes), tuple(months), compound, tuple(prefix for prefix, _ in prefixes))


def _in_words(text: str, words: _Words) -> Iterator[Spelled]:
    row: list[_Item] = []
    start = end = 0
    for match in _WORD.finditer(text):
        for at, form in _pieces(match, words):
            item, meanings = words.item(form), words.meanings(form)
            if item == _Item(None, None) and (compound := _compound(form, words)) is not None:
                item, meanings = _Item(compound, None), frozenset({compound})
            if item == _Item(None, None):
                continue
            if meanings:
                yield Spelled(start=at, end=at + len(form), values=meanings, month=words.is_month(form))
            if row and not _GLUE.fullmatch(text, end, at):
                yield Spelled(start=start, end=end, values=frozenset({_evaluate(row)}))
                row = []
            if not row:
                start = at
            row.append(item)
            end = at + len(form)
    if row:
        yield Spelled(start=start, end=end, values=frozenset({_evaluate(row)}))


def _pieces(word: re.Match[str], words: _Words) -> Iterator[tuple[int, str]]:
    """The word, or its parts at hyphens and apostrophes, the longest known first, each with its offset."""
    parts = re.split("[-'’]", word.group().lower())
    at, index = word.start(), 0
    while index < len(parts):
        size = next((n for n in range(len(parts) - index, 1, -1) if words.meanings("-".join(parts[index : index + n]))), 1)
        form = "-".join(parts[index : index + size])
        yield at, form
        at += len(form) + 1
        index += size


def _compound(form: str, words: _Words) -> Decimal | None:
    if words.compound is None:
        return None
    items: list[_Item] = []
    at = 0
    while match := words.compound.match(form, at):
        at = match.end()
        if match.group() != "und":
            items.append(words.item(match.group()))
    return _evaluate(items) if items and _GERMAN_TAIL.fullmatch(form, at) else None


def _in_ideographs(text: str, words: _Words) -> Iterator[Spelled]:
    symbols = "".join(word for word in (*words.values, *words.scales) if len(word) == 1)
    for match in re.finditer(f"[{symbols}]+", text):
        items = [words.item(sign) for sign in match.group()]
        values = {value for sign in match.group() for value in words.meanings(sign)} | {_evaluate(items)}
        digits = [item.value for item in items if item.value is not None]
        if len(digits) == len(items):  # 二〇〇五 is read digit by digit
            values.add(Decimal("".join(str(int(value)) for value in digits)))
        yield Spelled(start=match.start(), end=match.end(), values=frozenset(values))


def _evaluate(items: Iterable[_Item]) -> Decimal:
    """The value of number words in order: small ones add up, a multiplier takes all smaller ones before it."""
    parts: list[tuple[Decimal, Decimal]] = []  # value, place
    small = Decimal(0)
    for item in items:
        if item.scale is None:
            small += item.value or 0
            continue
        below = small
        while parts and parts[-1][1] < item.scale:
            below += parts.pop()[0]
        parts.append(((below or 1) * item.scale, item.scale))
        small = Decimal(0)
    return sum((value for value, _ in parts), small)


def _roman(numeral: str) -> Decimal:
    values = [_ROMAN_DIGITS[letter] for letter in numeral]
    return Decimal(sum(-value if value < max(values[index + 1 :], default=0) else value for index, value in enumerate(values)))
