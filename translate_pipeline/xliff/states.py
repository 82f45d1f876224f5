"""What a state means: the four states of the model against the ten of XLIFF 1.2.

Writing is a short table, reading a total one: every state of 1.2, approved or not, changed since it was handed out or not.
"""

import functools

from translate_pipeline.model import State

__all__ = ["STATES", "edited", "read", "write"]

_INITIAL, _TRANSLATED, _REVIEWED, _FINAL = State

_READ: dict[str, tuple[State, State, State, State]] = {
    #                           as handed out                changed by somebody
    #                           not approved  approved       not approved  approved
    "new": (_INITIAL, _REVIEWED, _TRANSLATED, _REVIEWED),
    "needs-translation": (_INITIAL, _REVIEWED, _TRANSLATED, _REVIEWED),
    "needs-adaptation": (_INITIAL, _REVIEWED, _TRANSLATED, _REVIEWED),
    "needs-l10n": (_INITIAL, _REVIEWED, _TRANSLATED, _REVIEWED),
    "needs-review-translation": (_INITIAL, _REVIEWED, _TRANSLATED, _REVIEWED),
    "needs-review-adaptation": (_INITIAL, _REVIEWED, _TRANSLATED, _REVIEWED),
    "needs-review-l10n": (_INITIAL, _REVIEWED, _TRANSLATED, _REVIEWED),
    "translated": (_TRANSLATED, _REVIEWED, _TRANSLATED, _REVIEWED),
    "signed-off": (_REVIEWED, _REVIEWED, _REVIEWED, _REVIEWED),
    "final": (_FINAL, _FINAL, _FINAL, _FINAL),
}

STATES = tuple(_READ)
"""The states of XLIFF 1.2, from the least to the most finished."""

_MACHINE = {"mt-suggestion", "leveraged-mt"}
_MEMORY = {"tm-suggestion", "exact-match", "fuzzy-match", "id-match", "leveraged-tm", "leveraged-inherited", "leveraged-repository"}
_UNREAD = {"tp:mt": ("needs-review-translation", "mt-suggestion"), "tp:flagged": ("needs-adaptation", "mt-suggestion"),
           "tp:tm": ("needs-review-translation", "tm-suggestion")}  # fmt: skip
_WRITE = {_INITIAL: "needs-translation", _TRANSLATED: "translated", _REVIEWED: "signed-off", _FINAL: "final"}


@functools.lru_cache(maxsize=1024)
def read(state: str | None, qualifier: str | None = None, *, approved: bool = False, changed: bool = False) -> tuple[State, str]:
    """State and substate of a target in XLIFF 1.2.

    `changed` says that the target differs from the one handed out. An unknown state counts as none, and none as `new`: a tool that loses the
    state must not confirm machine text. `approved` lifts to reviewed whatever stands below; a substate stays only with its own state.
    """
    row = _READ.get(state or "new", _READ["new"])
    result = row[2 * changed + approved]
    if changed:
        return result, "tp:edited"
    substate = _substate(state, qualifier)
    lifted = result is not row[0]
    unread = substate in _UNREAD and not (qualifier or "").startswith("x-")
    return result, "" if lifted or (unread and result is not _INITIAL) else substate


def _substate(state: str | None, qualifier: str | None) -> str:
    if not qualifier:
        return ""
    if qualifier in _MACHINE:
        return "tp:flagged" if state == "needs-adaptation" else "tp:mt"
    if qualifier in _MEMORY:
        return "tp:tm"
    if qualifier.startswith("rejected-"):
        return "tp:rejected"
    if qualifier.startswith("x-tp-"):
        return "tp:" + qualifier.removeprefix("x-tp-")
    return qualifier.removeprefix("x-") if qualifier.startswith("x-") and ":" in qualifier else ""


def edited(state: State) -> tuple[State, str]:
    """State and substate of a target that somebody changed, whatever the file says: at least translated, since several tools keep the old state."""
    return max(state, _TRANSLATED), "tp:edited"


def write(state: State, substate: str) -> tuple[str, str | None, bool]:
    """State, state-qualifier and approval in XLIFF 1.2 for a target of ours."""
    approved = state >= _REVIEWED
    if state is _INITIAL and substate in _UNREAD:
        return (*_UNREAD[substate], approved)
    qualifier = f"x-tp-{substate.removeprefix('tp:')}" if substate.startswith("tp:") else f"x-{substate}"
    return _WRITE[state], qualifier if substate else None, approved
