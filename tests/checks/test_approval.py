"""Machine text that was approved as it was."""

from collections.abc import Callable

from translate_pipeline.content import from_text
from translate_pipeline.model import Candidate, Issue, Segment, Severity, State

Find = Callable[..., dict[str, list[Issue]]]


def segment(number: int, target: str, state: State = State.REVIEWED) -> Segment:
    """An approved segment with a machine's candidate."""
    machine = Candidate(target=from_text(f"Satz {number}."), origin="mt:en_de-1.0", score=0.5)
    return Segment(id="", source=from_text(f"Sentence {number}."), target=from_text(target), state=state, candidates=(machine,))


def test_one_unedited_segment_is_only_mentioned(find: Find) -> None:
    """Good machine text may be approved."""
    found = find(segment(20, "Satz 20."), segment(21, "Der Satz 21."))
    assert [issue.severity for issue in found["unedited-mt"]] == [Severity.INFO]


def test_whole_article_without_an_edit_is_a_warning(find: Find) -> None:
    """Twenty approvals and not one change: nobody read it."""
    found = find(*(segment(number, f"Satz {number}.") for number in range(20)))
    assert {issue.severity for issue in found["unedited-mt"]} == {Severity.WARNING}


def test_machine_text_that_nobody_approved_is_fine(find: Find) -> None:
    """The state says that it is unread."""
    assert "unedited-mt" not in find(segment(20, "Satz 20.", State.TRANSLATED))
