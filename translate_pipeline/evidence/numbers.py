"""Numbers of a text and of its translation, compared without regard to how a language writes them.

A number in digits and the name of a month have to have a counterpart; a number in words may be one. What a number can mean is a set of values: "1.234" is 1234 or
1.234, "3 p.m." is 3 or 15, "the 1960s" are 1960 or 60. Two numbers agree when they can mean the same. A time of day is hours and
hundredths for minutes, so that 9.30, 9:30 and 9 h 30 agree.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from translate_pipeline.evidence.units import same_quantity, unit_after
from translate_pipeline.evidence.words import knows_words, scale_after, spelled

__all__ = ["Difference", "Number", "compare", "numbers"]

_SMALL = 12  # numbers up to twelve are commonly written in words
_DIGITS = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f\u2009'’]\d{3})+(?!\d)(?:[.,]\d+)?"  # 20 000, 20'000,5
    r"|\d+(?:[.,٫٬]\d+)*"
)
_GROUPING = re.compile(r"[ \u00a0\u202f\u2009'’]")
_TIME = re.compile(r"([01]?\d|2[0-4])\s?(?::|h|ч\.?|点|點|时|時|Uhr)\s?([0-5]\d)(?!\d)(?:\s?[分мm]\w*)?")
_NOON = re.compile(r"\s?(?P<half>[ap])\.?\s?m\b", re.IGNORECASE)
_DECADE = re.compile(r"(?:['’]?s\b|er\b|-[ехмы]{1,2}\b|\s?年代)")
_CENTURY_DECADE = re.compile(r"(\d{1,2})\s?世[纪紀]\s?(\d)0\s?年代")
_RANGE = re.compile(r"\s?(?:[-–—~/]|to|bis|à|a|до|至|到|or|oder|ou|o|или|或)\s?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number of a text: where it stands (code points), what it can mean, whether it needs a counterpart, and the unit that follows."""

    start: int
    end: int
    values: frozenset[Decimal]
    needed: bool = True
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A number without counterpart: "missing" from the target, or "extra" or "converted" (another unit explains it) at `span` in it."""

    kind: Literal["missing", "extra", "converted"]
    text: str
    span: tuple[int, int] | None = None


def numbers(text: str, language: str) -> tuple[Number, ...]:
    """All numbers of `text`, which is in the language with the primary subtag `language`, by their place."""
    found = _in_digits(text, language)
    taken = {position for number in found for position in range(number.start, number.end)}
    found += [
        Number(start=word.start, end=word.end, values=word.values, needed=word.month)
        for word in spelled(text, language)
        if word.start not in taken
    ]
    return tuple(sorted(found, key=lambda number: (number.start, number.end)))


def compare(source: str, target: str, *, source_language: str, target_language: str) -> tuple[Difference, ...]:
    """How the numbers in digits of `source` and `target` differ.

    In a language whose number words are unknown, numbers up to 12 may be written in words and are not asked for.
    """
    there, here = numbers(source, source_language), numbers(target, target_language)
    lost, extra = _unexplained(there, here, target_language), _unexplained(here, there, source_language)
    converted = [number for number in extra if any(_same_quantity(number, other) for other in lost)]
    lost = [number for number in lost if not any(_same_quantity(number, other) for other in converted)]
    extra = [number for number in extra if number not in converted]
    balance = sum(number.needed for number in here) - sum(number.needed for number in there)
    if not lost and balance > 0:  # the target adds a measure to one that is right
        converted += [number for number in extra if any(_same_quantity(number, other) for other in there)]
    if not extra and balance < 0:  # the source gives a measure twice, the target once
        lost = [number for number in lost if not any(_same_quantity(number, other) for other in there)]
    result = [
        Difference(
            kind="converted" if number in converted else "extra",
            text=target[number.start : number.end],
            span=(number.start, number.end),
        )
        for number in here
        if number in converted or number in extra
    ]
    return (*result, *(Difference(kind="missing", text=source[number.start : number.end]) for number in lost))


def _unexplained(these: Iterable[Number], others: Iterable[Number], language: str) -> list[Number]:
    lenient = not knows_words(language)
    return [
        number
        for number in these
        if number.needed and not (lenient and min(number.values) <= _SMALL) and not any(number.values & other.values for other in others)
    ]


def _same_quantity(one: Number, other: Number) -> bool:
    return same_quantity(one.unit, one.values, other.unit, other.values)


def _in_digits(text: str, language: str) -> list[Number]:
    found: list[Number] = []
    at = 0
    while match := _DIGITS.search(text, at):
        start = match.start()
        if special := _CENTURY_DECADE.match(text, start):
            at = special.end()
            century, decade = Decimal(special.group(1)), Decimal(special.group(2)) * 10
            values = frozenset({(century - 1) * 100 + decade, *({decade} if century == 20 else ())})  # the sixties are those of the 20th
            found.append(Number(start=start, end=at, values=values))
        elif special := _TIME.match(text, start):
            at = special.end()
            values = frozenset({Decimal(special.group(1)) + Decimal(special.group(2)) / 100})
            found.append(Number(start=start, end=at, values=_with_afternoon(values, text, at)))
        else:
            at = match.end()
            readings = _readings(match.group())
            if not readings:  # a date or a version: each part counts for itself
                found += [
                    Number(start=start + part.start(), end=start + part.end(), values=frozenset({Decimal(part.group())}))
                    for part in re.finditer(r"\d+", match.group())
                ]
                continue
            number, scale = _with_context(Number(start=start, end=at, values=readings), text, language)
            if found and scale is not None and _RANGE.fullmatch(text, found[-1].end, start):  # 2-3 million
                found[-1] = replace(found[-1], values=found[-1].values | {value * scale for value in found[-1].values})
            found.append(number)
    return found


def _readings(written: str) -> frozenset[Decimal]:
    """What digits with separators can mean; nothing for dates, versions and the like."""
    bare = _GROUPING.sub("", written).replace("٫", ".").replace("٬", ",")
    marks = [character for character in bare if character in ".,"]
    if not marks:
        clock = {Decimal(bare) / 100} if len(bare) == 4 and bare.startswith("0") else set()  # 0230 UTC
        return frozenset({Decimal(bare), *clock})
    groups = re.split(r"[.,]", bare)
    if len(set(marks)) > 1:
        whole, _, fraction = bare.rpartition(marks[-1])
        return frozenset({Decimal(re.sub(r"[.,]", "", whole) + "." + fraction)} if marks.count(marks[-1]) == 1 else ())
    grouped = len(groups[0]) <= 3 and groups[0] != "0" and all(len(group) == 3 for group in groups[1:])
    if len(marks) > 1:
        return frozenset({Decimal("".join(groups))} if grouped else ())
    decimal = Decimal(".".join(groups))
    return frozenset({decimal, Decimal("".join(groups))} if grouped else {decimal})


def _with_context(number: Number, text: str, language: str) -> tuple[Number, Decimal | None]:
    """The number with the meanings that its neighbours give it (p.m., a decade, a multiplier, a unit), and that multiplier."""
    values = _with_afternoon(number.values, text, number.end)
    if _DECADE.match(text, number.end):
        values |= {value % 100 for value in values if value >= 1000}
    scale, end = scale_after(text, number.end, language)
    if scale is not None:
        ambiguous = end - number.end <= 2 and text[number.end : end].strip().isascii()  # "5 m" may be metres
        values = frozenset(value * scale for value in values) | (values if ambiguous else frozenset())
    return replace(number, values=values, unit=unit_after(text, end)), scale


def _with_afternoon(values: frozenset[Decimal], text: str, at: int) -> frozenset[Decimal]:
    half = _NOON.match(text, at)
    if half is None:
        return values
    if half["half"] in "pP":
        return values | {value + 12 for value in values if value < 12}
    return values | {value - 12 for value in values if 12 <= value < 13}
