"""Facts in one line."""

from hypothesis import given
from hypothesis import strategies as st
from strategies import FORMS, TERMS, TEXT

from translate_pipeline.model import Term
from translate_pipeline.xliff import facts


@given(fields=st.dictionaries(st.sampled_from(["", "kind", "source"]), FORMS))
def test_fields_survive(fields: dict[str, tuple[str, ...]]) -> None:
    """Whatever the values contain, the line gives them back."""
    assert facts.read(facts.write(fields)) == fields


@given(term=TERMS)
def test_terms_survive(term: Term) -> None:
    """A term is all there in its comment."""
    assert facts.read_term(facts.write_term(term)) == term


@given(line=TEXT)
def test_any_comment_can_be_read(line: str) -> None:
    """A comment by another program gives forms, not an error."""
    assert isinstance(facts.read_term(line), Term)


def test_the_line_is_for_people() -> None:
    """The preferred translation comes first, the rest is named."""
    term = Term(concept="csto", source=("CSTO",), target=("OVKS", "ODKB"), forbidden=("CSTO",), kind="acronym")
    assert facts.write_term(term) == "OVKS | ODKB; not: CSTO; source: CSTO; concept: csto; kind: acronym"
