"""Units of measurement: what follows a number, and whether two measures are the same quantity. The units are data: `units.tsv`."""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from translate_pipeline.evidence.words import IDEOGRAPHS, rows

__all__ = ["same_quantity", "unit_after"]

_CONVERSION_TOLERANCE = Decimal("0.07")  # converted measures are rounded to what readers can picture


@dataclass(frozen=True, slots=True)
class _Unit:
    dimension: str
    factor: Decimal
    offset: Decimal

    def base(self, value: Decimal) -> Decimal:
        return (value + self.offset) * self.factor


def unit_after(text: str, at: int) -> str:
    """The name of the unit that stands at the offset `at` of `text`, or ""."""
    match = _pattern().match(text, at)
    return _units()[0].get((match["latin"] or match["ideographic"]).lower(), "") if match else ""


def same_quantity(one: str, values: Iterable[Decimal], other: str, others: Iterable[Decimal]) -> bool:
    """Whether a value in the unit `one` is, rounded, one of `others` in another unit of the same dimension ("16 miles", "26 km")."""
    units = _units()[1]
    if not one or not other or one == other or units[one].dimension != units[other].dimension:
        return False
    left = [units[one].base(value) for value in values]
    right = [units[other].base(value) for value in others]
    return any(abs(a - b) <= _CONVERSION_TOLERANCE * max(abs(a), abs(b)) for a in left for b in right)


@functools.cache
def _units() -> tuple[dict[str, str], dict[str, _Unit]]:
    forms: dict[str, str] = {}
    units: dict[str, _Unit] = {}
    for name, dimension, factor, offset, spellings in rows("units.tsv"):
        units[name] = _Unit(dimension, Decimal(factor), Decimal(offset))
        forms.update(dict.fromkeys(spellings.split("|"), name))
    return forms, units


@functools.cache
def _pattern() -> re.Pattern[str]:
    forms = sorted(_units()[0], key=len, reverse=True)
    latin = "|".join(re.escape(form) for form in forms if not IDEOGRAPHS.match(form))
    ideographic = "|".join(re.escape(form) for form in forms if IDEOGRAPHS.match(form))
    return re.compile(rf"[\s\-]?(?:(?P<latin>{latin})(?!\w)|(?P<ideographic>{ideographic}))", re.IGNORECASE)
