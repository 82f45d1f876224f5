"""The states of XLIFF 1.2 against ours: the whole table."""

import itertools

import pytest

from translate_pipeline.model import State
from translate_pipeline.xliff import states

ALL = list(itertools.product(states.STATES, [False, True], [False, True]))


@pytest.mark.parametrize(("state", "approved", "changed"), ALL)
def test_reading_follows_the_rules(state: str, approved: bool, changed: bool) -> None:
    """The state decides, approval lifts to reviewed and never lowers, and a changed target is at least translated."""
    own = {"translated": State.TRANSLATED, "signed-off": State.REVIEWED, "final": State.FINAL}.get(state, State.INITIAL)
    least = max(State.REVIEWED if approved else State.INITIAL, State.TRANSLATED if changed else State.INITIAL)
    assert states.read(state, approved=approved, changed=changed) == (max(own, least), "tp:edited" if changed else "")


def test_the_table_has_the_ten_states_of_the_standard() -> None:
    """Nothing is missing: ten states, approved or not, changed or not."""
    assert len(states.STATES) == 10
    assert len(ALL) == 40


@pytest.mark.parametrize("state", [None, "x-mine", "unheard-of"])
def test_no_state_confirms_nothing(state: str | None) -> None:
    """A tool that drops or invents states does not turn machine text into a translation."""
    assert states.read(state) == (State.INITIAL, "")


@pytest.mark.parametrize(
    ("state", "qualifier", "approved", "expected"),
    [
        ("needs-review-translation", "mt-suggestion", False, (State.INITIAL, "tp:mt")),
        ("needs-review-translation", "leveraged-mt", False, (State.INITIAL, "tp:mt")),
        ("needs-adaptation", "mt-suggestion", False, (State.INITIAL, "tp:flagged")),
        ("new", "fuzzy-match", False, (State.INITIAL, "tp:tm")),
        ("translated", "mt-suggestion", False, (State.TRANSLATED, "")),
        ("needs-review-translation", "mt-suggestion", True, (State.REVIEWED, "")),
        ("translated", "rejected-grammar", False, (State.TRANSLATED, "tp:rejected")),
        ("translated", "x-tp-conflict", False, (State.TRANSLATED, "tp:conflict")),
        ("translated", "x-tp-conflict", True, (State.REVIEWED, "")),
        ("signed-off", "x-tp-source-changed", True, (State.REVIEWED, "tp:source-changed")),
        ("translated", "x-their:own", False, (State.TRANSLATED, "their:own")),
        ("translated", "x-noise", False, (State.TRANSLATED, "")),
    ],
)
def test_qualifiers_are_substates(state: str, qualifier: str, approved: bool, expected: tuple[State, str]) -> None:
    """A substate is read where it was written, and falls with a state that was lifted."""
    assert states.read(state, qualifier, approved=approved) == expected


SUBSTATES = ["", "tp:mt", "tp:tm", "tp:edited", "tp:flagged", "tp:source-changed", "tp:conflict", "tp:rejected", "other:thing"]


@pytest.mark.parametrize(("state", "substate"), list(itertools.product(State, SUBSTATES)))
def test_what_is_written_is_read(state: State, substate: str) -> None:
    """All states with all substates survive the way out and back."""
    name, qualifier, approved = states.write(state, substate)
    assert states.read(name, qualifier, approved=approved) == (state, substate)


@pytest.mark.parametrize("state", State)
def test_an_edit_counts_whatever_the_file_says(state: State) -> None:
    """Several tools keep the old state: an edited target is translated all the same, and a later state stays."""
    assert states.edited(state) == (max(state, State.TRANSLATED), "tp:edited")
