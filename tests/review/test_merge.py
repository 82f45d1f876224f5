"""Two people return one file."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import aligned_documents

from translate_pipeline.content import from_text, plain
from translate_pipeline.errors import XliffError
from translate_pipeline.model import Block, Candidate, Document, Note, Provenance, Segment, State
from translate_pipeline.review.changes import with_segments
from translate_pipeline.review.merge import merge

BASE = Segment(id="s1", source=from_text("One."), target=from_text("Eins."), substate="tp:mt")


def document(segment: Segment) -> Document:
    """An article of one segment."""
    return Document(id="a", source_language="en", target_language="de", blocks=(Block(id="b1", kind="paragraph", segments=(segment,)),))


def side(text: str = "Eins.", state: State = State.INITIAL, substate: str = "", person: str = "", note: str = "") -> Segment:
    """What somebody made of the segment."""
    return replace(
        BASE,
        target=from_text(text),
        state=state,
        substate=substate,
        provenance=(Provenance(action="reviewed", person=person),) if person else (),
        notes=(Note(text=note, person=person),) if note else (),
    )


REVIEWED, TRANSLATED = State.REVIEWED, State.TRANSLATED


@pytest.mark.parametrize(
    ("one", "other", "text", "state", "substate"),
    [
        (BASE, BASE, "Eins.", State.INITIAL, "tp:mt"),
        (side("A.", TRANSLATED, "tp:edited"), BASE, "A.", TRANSLATED, "tp:edited"),
        (side("A.", TRANSLATED), side("A.", REVIEWED), "A.", REVIEWED, ""),
        (side("A.", TRANSLATED), side("B.", REVIEWED), "B.", REVIEWED, ""),
        (side("A.", REVIEWED), side("B.", REVIEWED), "A.", TRANSLATED, "tp:conflict"),
        (side(state=REVIEWED), BASE, "Eins.", REVIEWED, ""),
        (side(state=REVIEWED), side(state=TRANSLATED, substate="tp:rejected"), "Eins.", TRANSLATED, "tp:rejected"),
    ],
)
def test_table(one: Segment, other: Segment, text: str, state: State, substate: str) -> None:
    """Each row of the case table, both ways round."""
    for left, right in ((one, other), (other, one)):
        merged = merge(document(BASE), document(left), document(right))
        (segment,) = merged.document.segments()
        assert (plain(segment.target or ()), segment.state, segment.substate) == (text, state, substate)
        assert merged.conflicts == (("s1",) if substate == "tp:conflict" else ())


def test_conflict_keeps_both_texts_and_their_authors() -> None:
    """The text that lost is a candidate of its author; both have signed."""
    merged = merge(document(BASE), document(side("B.", REVIEWED, person="Berta")), document(side("A.", REVIEWED, person="Anna")))
    (segment,) = merged.document.segments()
    assert segment.candidates == (Candidate(target=from_text("B."), origin="review:Berta"),)
    assert {act.person for act in segment.provenance} == {"Anna", "Berta"}


def test_notes_are_united() -> None:
    """Each note once."""
    merged = merge(document(BASE), document(side(note="x", person="Anna")), document(side(note="y", person="Berta")))
    assert {note.text for segment in merged.document.segments() for note in segment.notes} == {"x", "y"}


def test_other_article_is_refused() -> None:
    """Three documents of one article, or a sentence."""
    with pytest.raises(XliffError, match="do not belong"):
        merge(document(BASE), document(BASE), replace(document(BASE), id="b"))


@given(base=aligned_documents(), draw=st.data())
def test_order_does_not_matter_and_nothing_is_lost(base: Document, draw: st.DataObject) -> None:
    """`merge(b, x, y)` is `merge(b, y, x)`; every text that somebody wrote is a target or a candidate; merging with the base changes nothing."""

    def changed() -> Document:
        segments = {}
        for segment in base.segments():
            text = draw.draw(st.sampled_from([segment.target, from_text("A."), from_text("B.")]))
            state = draw.draw(st.sampled_from(State))
            substate = draw.draw(st.sampled_from([segment.substate, "", "tp:edited", "tp:rejected"]))
            segments[segment.id] = replace(segment, target=text, state=state, substate=substate)
        return with_segments(base, segments)

    one, other = changed(), changed()
    merged = merge(base, one, other)
    assert merged == merge(base, other, one)
    assert merge(base, one, base).document == merge(base, one, one).document
    texts = {segment.id: {segment.target, *(c.target for c in segment.candidates)} for segment in merged.document.segments()}
    for side_ in (one, other):
        assert all(
            segment.target in {None, (), *texts[segment.id]} or segment.target == old.target
            for segment, old in zip(side_.segments(), base.segments(), strict=True)
        )
