"""How much reviewers changed."""

import pytest

from translate_pipeline.content import from_text
from translate_pipeline.model import Block, Candidate, Document, Provenance, Segment, State
from translate_pipeline.review.effort import Effort, efforts, hter, predicts, totals


def document(*rows: tuple[str, str, float], state: State = State.REVIEWED) -> Document:
    """Machine text, final text and score by segment."""
    segments = tuple(
        Segment(
            id=f"s{number}",
            source=from_text("x"),
            target=from_text(final),
            state=state,
            candidates=(Candidate(target=from_text(machine), origin="mt:en_de-1.9", score=score),),
            provenance=(Provenance(action="reviewed", person="Anna"),),
        )
        for number, (machine, final, score) in enumerate(rows)
    )
    return Document(id="a", source_language="en", target_language="de", blocks=(Block(id="b", kind="paragraph", segments=segments),))


def test_untouched_and_edited_segments() -> None:
    """Edits count words; the unmodified share is the longest common subsequence over the longer text."""
    untouched, edited = efforts(document(("Er kam heim.", "Er kam heim.", 0.9), ("Er kam heim.", "Sie kam gestern heim.", 0.3)))
    assert (untouched.edits, untouched.edit_rate, untouched.unmodified) == (0, 0.0, 1.0)
    assert (edited.edits, edited.words) == (2, 5)
    assert edited.edit_rate == pytest.approx(0.4)
    assert edited.unmodified == pytest.approx(3 / 5)
    assert (edited.engine, edited.reviewer) == ("mt:en_de-1.9", "Anna")


def test_chinese_counts_characters() -> None:
    """Where nobody writes spaces, a character is a word."""
    (effort,) = efforts(document(("他回家了", "她回家了", 0.5)))
    assert (effort.edits, effort.words) == (1, 4)


def test_machine_text_that_nobody_touched_is_no_effort() -> None:
    """Only what a person confirmed or edited counts."""
    assert efforts(document(("a", "a", 0.5), state=State.INITIAL)) == ()


def test_totals_are_weighted_by_words() -> None:
    """Ten words untouched and two replaced are two edits in twelve words."""
    found = efforts(document(("a b c d e f g h i j", "a b c d e f g h i j", 0.9), ("x y", "v w", 0.1)))
    (total,) = totals(found, lambda effort: effort.reviewer)
    assert (total.name, total.segments, total.untouched, total.words) == ("Anna", 2, 1, 12)
    assert total.edit_rate == pytest.approx(2 / 12)
    assert [t.name for t in totals(found, lambda effort: effort.engine)] == ["mt:en_de-1.9"]


@pytest.mark.parametrize(("scores", "expected"), [((0.9, 0.1), 1.0), ((0.1, 0.9), 0.0), ((0.5, 0.5), 0.5)])
def test_whether_scores_predicted_edits(scores: tuple[float, float], expected: float) -> None:
    """1.0 when every edited segment had the lower score."""
    assert predicts(efforts(document(("a", "a", scores[0]), ("a", "b", scores[1])))) == expected


def test_nothing_to_predict() -> None:
    """Without both kinds of segments there is no answer."""
    found: tuple[Effort, ...] = efforts(document(("a", "a", 0.5)))
    assert predicts(found) is None


def test_hter_names_its_recipe() -> None:
    """HTER comes with sacrebleu's signature, and knows shifts: moving a word is one edit."""
    pytest.importorskip("sacrebleu", reason="sacrebleu, the extra for HTER, is not installed")
    score, signature = hter(efforts(document(("kam er heute nach Haus", "er kam heute nach Haus", 0.5))))
    assert score == pytest.approx(20.0)
    assert "version" in signature
