"""Damage undone."""

import pytest

from translate_pipeline.content import from_text
from translate_pipeline.model import Code, CodeKind, Content, Segment, Text
from translate_pipeline.review.repairs import repaired

OPEN, CLOSE = Code(id="c1", kind=CodeKind.OPEN), Code(id="c1", kind=CodeKind.CLOSE)
SEGMENT = Segment(
    id="s1",
    source=(Text(value="A "), OPEN, Text(value="fat"), CLOSE, Text(value=" cat.")),
    target=(Text(value="Ein "), OPEN, Text(value="dicker"), CLOSE, Text(value=" Kater.")),
)


def test_spaces_beside_codes_come_back() -> None:
    """Where white space was damaged, an edited target has spaces where the old one had them."""
    edited: Content = (Text(value="Ein"), OPEN, Text(value="fetter"), CLOSE, Text(value="Kater."))
    target, reasons = repaired(SEGMENT, edited, spaces=True)
    assert target == (Text(value="Ein "), OPEN, Text(value="fetter"), CLOSE, Text(value=" Kater."))
    assert reasons == []
    assert repaired(SEGMENT, edited, spaces=False) == (edited, [])


def test_only_white_space_is_the_old_target() -> None:
    """In a damaged segment what differs in white space alone was not edited."""
    spaced: Content = (Text(value="Ein\n    "), OPEN, Text(value="dicker"), CLOSE, Text(value="\n    Kater.\n"))
    target, reasons = repaired(SEGMENT, spaced, spaces=False)
    assert target == SEGMENT.target
    assert reasons == ["line ends and indentation were taken out"]


def test_line_end_between_words_becomes_a_space() -> None:
    """A wrapped text stays readable."""
    segment = Segment(id="s1", source=from_text("One two."), target=from_text("Eins zwei."))
    assert repaired(segment, from_text("Eins\n   und zwei."), spaces=False)[0] == from_text("Eins und zwei.")


@pytest.mark.parametrize(("source", "expected"), [("A &amp; B", "x &amp; y"), ("A & B", "x & y")])
def test_entities_stay_where_the_source_has_them(source: str, expected: str) -> None:
    """A text about entities is left alone."""
    segment = Segment(id="s1", source=from_text(source), target=from_text("x"))
    assert repaired(segment, from_text("x &amp; y"), spaces=False)[0] == from_text(expected)
