"""Numbers agree however languages write them, and disagree when somebody changed one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.evidence.numbers import compare, numbers

AGREE = [
    ("en", "20,000 people", "de", "20.000 Menschen"),
    ("en", "20,000 people", "fr", "20\u202f000 personnes"),
    ("en", "20,000 people", "zh", "2万人"),
    ("en", "five men and 12 women", "de", "5 Männer und zwölf Frauen"),
    ("en", "a 25-year-old", "de", "ein Fünfundzwanzigjähriger"),
    ("en", "2.3 million", "de", "2,3 Mio."),
    ("en", "2.3 million", "zh", "230 万"),
    ("en", "5 billion euros", "es", "5 mil millones de euros"),
    ("en", "2-3 million", "de", "2.000.000 bis 3.000.000"),
    ("en", "at 3 p.m.", "de", "um 15 Uhr"),
    ("en", "at 9:30 p.m.", "fr", "à 21 h 30"),
    ("en", "at 0230 UTC", "de", "um 02:30 UTC"),
    ("en", "in the 1960s", "zh", "在20世纪60年代"),
    ("en", "the 19th century", "ru", "XIX век"),
    ("en", "January 2, 2005", "de", "2.1.2005"),
    ("en", "on August 9", "zh", "8月9日"),
    ("en", "two thousand three hundred", "zh", "2300"),
    ("en", "23 million", "zh", "两千三百万"),
    ("fr", "quatre-vingt-trois", "en", "83"),
    ("en", "50 percent", "ru", "половина"),
    ("ru", "двадцати пяти", "en", "25"),
]


@pytest.mark.parametrize(("source_language", "source", "target_language", "target"), AGREE)
def test_same_number_written_differently(source_language: str, source: str, target_language: str, target: str) -> None:
    """Grouping, words, multipliers, dates and clocks are no differences, in either direction."""
    assert compare(source, target, source_language=source_language, target_language=target_language) == ()
    assert compare(target, source, source_language=target_language, target_language=source_language) == ()


@pytest.mark.parametrize(
    ("source", "target", "kinds"),
    [
        ("20,000 people", "2.000 Menschen", {"missing", "extra"}),
        ("2.3 million", "2,3 Milliarden", {"missing", "extra"}),
        ("in 1979", "im Jahr", {"missing"}),
        ("the first day", "der 3. Tag", {"extra"}),
        ("on August 9", "am 9. Juli", {"missing", "extra"}),
        ("7 of 12", "7 von 13", {"missing", "extra"}),
    ],
)
def test_changed_number(source: str, target: str, kinds: set[str]) -> None:
    """A number that changed its value is missing on one side and extra on the other."""
    assert {found.kind for found in compare(source, target, source_language="en", target_language="de")} == kinds


@pytest.mark.parametrize(("source", "target"), [("16 miles away", "26 km entfernt"), ("32 °C", "90 °F"), ("12 km", "12 km (7,5 Meilen)")])
def test_converted_measures_are_told_from_errors(source: str, target: str) -> None:
    """A measure in another unit is converted, neither extra nor missing."""
    assert {found.kind for found in compare(source, target, source_language="en", target_language="de")} == {"converted"}


def test_wrong_conversion_is_an_error() -> None:
    """Another unit excuses only the same quantity."""
    found = compare("16 miles away", "62 km entfernt", source_language="en", target_language="de")
    assert [difference.kind for difference in found] == ["extra", "missing"]


def test_span_is_where_the_number_stands() -> None:
    """The span of an extra number is its place in the target."""
    target = "etwa 31 Tage"
    (found,) = (f for f in compare("some 30 days", target, source_language="en", target_language="de") if f.kind == "extra")
    assert found.span is not None
    assert target[slice(*found.span)] == "31"


def test_unknown_words_excuse_small_numbers_only() -> None:
    """Where number words are unknown, 5 may be spelled out, 500 may not."""
    assert compare("5 days", "öt nap", source_language="en", target_language="hu") == ()
    assert compare("500 days", "öt nap", source_language="en", target_language="hu") != ()


def test_ambiguous_separators_mean_both() -> None:
    """Three digits after one separator are thousands or decimals; two separators settle it."""
    (number,) = numbers("1.234", "xx")
    assert number.values == {Decimal(1234), Decimal("1.234")}
    (number,) = numbers("1.234,5", "xx")
    assert number.values == {Decimal("1234.5")}


@given(value=st.integers(min_value=13, max_value=10**12), other=st.integers(min_value=13, max_value=10**12))
def test_grouping_never_changes_a_number(value: int, other: int) -> None:
    """English and German grouping of one integer agree; two integers with different digits do not."""
    german = f"{value:,}".replace(",", ".")
    assert compare(f"{value:,} men", f"{german} Männer", source_language="en", target_language="de") == ()
    if value != other and min(value, other) >= 10**6:
        changed = f"{other:,}".replace(",", ".")
        assert compare(f"{value:,} men", f"{changed} Männer", source_language="en", target_language="de")


@given(text=st.text(max_size=200), language=st.sampled_from(["en", "de", "fr", "es", "ru", "zh", "kk", "xx"]))
def test_any_text_agrees_with_itself(text: str, language: str) -> None:
    """Whatever stands in a text, it never differs from itself, and spans lie inside."""
    assert compare(text, text, source_language=language, target_language=language) == ()
    assert all(0 <= number.start < number.end <= len(text) for number in numbers(text, language))
