"""The label is computed, and says reviewed only when that is so."""

from dataclasses import replace

import samples

from translate_pipeline.model import Document, Provenance, Segment, State
from translate_pipeline.publish.label import is_reviewed, label


def _with(document: Document, number: int, **more: object) -> Document:
    """The document with another segment `s<number>`."""

    def change(segment: Segment) -> Segment:
        return replace(segment, **more) if segment.id == f"s{number}" else segment  # type: ignore[arg-type]

    blocks = tuple(replace(block, segments=tuple(change(segment) for segment in block.segments)) for block in document.blocks)
    return replace(document, blocks=blocks)


def test_machine() -> None:
    """What nobody has looked at is machine translation, with engine and package; what must not be translated does not count."""
    made = label(samples.article())
    assert (made.status, made.reviewed, made.total) == ("machine", 0, 18)
    assert made.engines == ("Argos en → de 1.9",)
    assert made.marks == ("flagged", "untranslated")
    assert label(samples.article("ar")).engines == ("Argos en → de 1.9, de → ar 1.0",)


def test_reviewed_by_a_named_person() -> None:
    """Every segment reviewed by somebody with a name: the label says so, with name and date."""
    made = label(samples.reviewed(samples.article()))
    assert (made.status, made.reviewed, made.total, made.reviewers, made.date) == ("reviewed", 18, 18, ("Anna Weber",), "2026-11-03")


def test_one_sentence_is_enough_to_keep_the_label() -> None:
    """A single sentence that is unreviewed, stale, in conflict, or reviewed by nobody in particular keeps the label."""
    document = samples.reviewed(samples.article())
    for change in (
        {"state": State.TRANSLATED},
        {"substate": "tp:source-changed"},
        {"substate": "tp:conflict"},
        {"target": None},
        {"provenance": (Provenance(action="reviewed", tool="a tool"),)},
        {"provenance": (Provenance(action="translated", person="Anna Weber"),)},
    ):
        assert label(_with(document, 4, **change)).status == "machine_partly", change


def test_a_final_sentence_is_reviewed() -> None:
    """Final is later than reviewed."""
    document = _with(samples.reviewed(samples.article()), 4, state=State.FINAL)
    assert all(is_reviewed(segment) for segment in document.segments() if segment.translate)
