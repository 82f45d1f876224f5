"""Units after numbers."""

from decimal import Decimal

import pytest

from translate_pipeline.evidence.units import same_quantity, unit_after
from translate_pipeline.evidence.words import rows


@pytest.mark.parametrize(
    ("text", "unit"), [("5 km", "km"), ("5-mile", "mile"), ("5 км/ч", "km/h"), ("5公里", "km"), ("5 °C", "celsius"), ("5 Tage", "")]
)
def test_unit_after_a_number(text: str, unit: str) -> None:
    """The longest unit that follows is recognised in each language."""
    assert unit_after(text, 1) == unit


def test_same_quantity_in_another_unit() -> None:
    """Rounded conversions are the same quantity; the same unit never is a conversion."""
    assert same_quantity("mile", [Decimal(16)], "km", [Decimal(26)])
    assert same_quantity("celsius", [Decimal(32)], "fahrenheit", [Decimal(90)])
    assert not same_quantity("mile", [Decimal(16)], "km", [Decimal(16)])
    assert not same_quantity("km", [Decimal(16)], "km", [Decimal(16)])
    assert not same_quantity("kg", [Decimal(1)], "km", [Decimal(1)])


def test_every_unit_follows_a_number() -> None:
    """Each form of the table is found where it stands, as a unit of its own dimension."""
    dimension = {row[0]: row[1] for row in rows("units.tsv")}
    for name, kind, _, _, forms in rows("units.tsv"):
        for form in forms.split("|"):
            assert dimension[unit_after(f"5 {form}", 1)] == kind, (name, form)
