"""Inline codes compared."""

from translate_pipeline.evidence.codes import compare, protected_codes, protected_texts
from translate_pipeline.model import Code, CodeKind, Content, Document, Markup, Text


def content(*parts: str) -> Content:
    """Content in short: "<1" opens code 1, ">1" closes it, "=1" stands alone, anything else is text."""
    kinds = {"<": CodeKind.OPEN, ">": CodeKind.CLOSE, "=": CodeKind.STANDALONE}
    return tuple(Code(id=part[1:], kind=kinds[part[0]]) if part[0] in kinds else Text(value=part) for part in parts)


def test_same_codes_are_fine_in_any_order() -> None:
    """Spans may move and nest otherwise."""
    assert not compare(content("<1", "a", ">1", "<2", "b", ">2"), content("<2", "b", "<1", "a", ">1", ">2"))


def test_lost_and_foreign_codes_are_named() -> None:
    """A code too few is lost, one too many or of another segment is foreign."""
    facts = compare(content("<1", "a", ">1", "=2"), content("<1", "a", "=2", "=2", "=9"))
    assert [code.id for code in facts.lost] == ["1"]
    assert [code.id for code in facts.foreign] == ["2", "9"]


def test_crossing_spans_are_named() -> None:
    """A span that closes before it opens, or across the end of another, is crossing."""
    assert compare(content("<1", "a", ">1"), content(">1", "a", "<1")).crossing
    assert compare(content("<1", "<2", "a", ">2", ">1"), content("<1", "<2", "a", ">1", ">2")).crossing


def test_half_spans_of_cut_pairs_are_fine() -> None:
    """A span that opens in one segment and closes in the next is no fault in either."""
    assert not compare(content("a", ">1"), content("b", ">1"))
    assert not compare(content("<1", "a"), content("b", "<1"))


def test_protected_text_is_found_by_its_code() -> None:
    """The text of spans whose markup is not translated, also when nested or left open."""
    document = Document(
        id="d", source_language="en", codes=(Markup(code="1", element="code", translate=False), Markup(code="2", element="em"))
    )
    assert protected_codes(document) == {"1"}
    assert protected_texts(content("x", "<1", "ls ", "<2", "-l", ">2", ">1", "y"), frozenset({"1"})) == {"1": "ls -l"}
    assert protected_texts(content("x", "<1", "rest"), frozenset({"1"})) == {"1": "rest"}
