"""A file comes back: for each segment, whether what it says is taken, repaired first, or refused.

Nothing of a returned file is trusted but texts, states, notes and dismissals. Sources, structure, markup and candidates are those of the base,
the document as it was handed out. What is refused changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from translate_pipeline.content import plain
from translate_pipeline.errors import XliffError
from translate_pipeline.evidence.codes import compare, protected_codes, protected_texts
from translate_pipeline.languages import primary
from translate_pipeline.model import Code, Content, Document, Provenance, Segment, State
from translate_pipeline.review.changes import union, with_segments
from translate_pipeline.review.repairs import repaired
from translate_pipeline.review.stale import Leftover, leftover

__all__ = ["Damage", "Import", "Outcome", "Verdict", "verdicts"]

Outcome = Literal["accepted", "repaired", "refused"]

_SHOWN = 40  # letters of a text that a reason quotes
_REFUSED = {"doubled-id", "source-changed", "lost-marks", "unknown-id", "missing", "no-id"}


class Damage(Protocol):
    """What a reader noticed about a file: its kind, the segment ("" for the file), the line and a sentence."""

    @property
    def kind(self) -> str:
        """The name of the damage, such as "source-changed"."""
        ...

    @property
    def segment(self) -> str:
        """The id of the segment, "" when it concerns the file."""
        ...

    @property
    def line(self) -> int:
        """The line of the file, 0 when there is none."""
        ...

    @property
    def message(self) -> str:
        """A sentence."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What becomes of a segment and why. `change` says what the person did: unchanged, edited, confirmed, rejected or noted."""

    segment: str
    outcome: Outcome
    change: str = "unchanged"
    reasons: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """The base with what was accepted, and a verdict for each segment of the base and for each unknown one."""

    document: Document
    verdicts: tuple[Verdict, ...]

    @property
    def refused(self) -> tuple[Verdict, ...]:
        """The verdicts that refuse."""
        return tuple(verdict for verdict in self.verdicts if verdict.outcome == "refused")


def verdicts(
    base: Document, returned: Document, *, damage: Iterable[Damage] = (), reviewer: str = "", at: str = "", accept_unchanged: bool = False
) -> Import:
    """Judge a returned document against the one handed out. Both have the ids of the same skeleton.

    `reviewer` and `at` (ISO 8601) sign what changed; with `accept_unchanged` targets that came back as they went count as confirmed.

    Raises:
        XliffError: the file belongs to another article or another language pair.
    """
    _refuse_strangers(base, returned)
    noticed: dict[str, list[Damage]] = {}
    for item in damage:
        noticed.setdefault(item.segment, []).append(item)
    theirs = {segment.id: segment for segment in returned.segments()}
    judge = _Judge(
        protected=protected_codes(base),
        targets=_owners(base),
        reviewer=reviewer,
        at=at,
        accept_unchanged=accept_unchanged,
    )
    segments: dict[str, Segment] = {}
    result: list[Verdict] = []
    for segment in base.segments():
        segments[segment.id], verdict = _judged(segment, theirs.get(segment.id), noticed.pop(segment.id, []), judge)
        result.append(verdict)
    noticed.pop("", None)
    for identifier, items in noticed.items():  # segments that the base does not have
        result.append(Verdict(segment=identifier, outcome="refused", reasons=tuple(i.message for i in items), line=items[0].line))
    return Import(document=with_segments(base, segments), verdicts=tuple(result))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judge:
    """What all segments are judged by. `targets` are the ids of the segments that had a text as their target when it was handed out."""

    protected: frozenset[str]
    targets: dict[Content, list[str]]
    reviewer: str
    at: str
    accept_unchanged: bool


def _refuse_strangers(base: Document, returned: Document) -> None:
    if returned.id != base.id:
        raise XliffError(f"The file belongs to {returned.id!r}, not to {base.id!r}. Import it where it was handed out.")
    wanted, found = (base.source_language, base.target_language or ""), (returned.source_language, returned.target_language or "")
    if [primary(tag) for tag in wanted] != [primary(tag) for tag in found]:
        raise XliffError(f"The file is from {found[0]} to {found[1] or 'no language'}, but {wanted[0]} to {wanted[1]} was handed out.")


def _owners(base: Document) -> dict[Content, list[str]]:
    owners: dict[Content, list[str]] = {}
    for segment in base.segments():
        if segment.target:
            owners.setdefault(segment.target, []).append(segment.id)
    return owners


def _judged(segment: Segment, returned: Segment | None, damage: list[Damage], judge: _Judge) -> tuple[Segment, Verdict]:
    line = next((item.line for item in damage if item.line), 0)

    def refuse(*reasons: str) -> tuple[Segment, Verdict]:
        return segment, Verdict(segment=segment.id, outcome="refused", reasons=reasons, line=line)

    if returned is None:
        return refuse("the segment is not in the file")
    fatal = [item.message for item in damage if item.kind in _REFUSED]
    if fatal:
        return refuse(*fatal)
    if returned.source != segment.source:
        return refuse("the source is not the one handed out")
    repairs = [item.message for item in damage]
    target, more = repaired(segment, returned.target, spaces=any(item.kind == "white-space" for item in damage))
    repairs += more
    beside = None
    if target != segment.target:
        beside = leftover(segment, target) if target else None
        reasons = _objections(segment, target, beside, judge)
        if reasons:
            return refuse(*reasons)
    result, change = _taken(segment, replace(returned, target=target), judge, is_doubtful=beside is not None)
    doubts = [f"flagged: the new text may say again what still stands {_beside(beside)}"] if beside else []
    outcome: Outcome = "repaired" if repairs else "accepted"
    return result, Verdict(segment=segment.id, outcome=outcome, change=change, reasons=(*repairs, *doubts), line=line)


def _beside(found: Leftover) -> str:
    """Where the old texts stand beside a new one, with their beginning."""
    places = [(name, text.strip()) for name, text in (("before", found.before), ("behind", found.behind)) if text.strip()]
    return " and ".join(f"{name} it (“{text if len(text) <= _SHOWN else text[:_SHOWN] + '…'}”)" for name, text in places)


def _objections(segment: Segment, target: Content | None, beside: Leftover | None, judge: _Judge) -> list[str]:
    """Why a changed target cannot be taken."""
    if not segment.translate:
        return ["this segment is not to be translated"]
    if target is None or not plain(target).strip():
        return ["the translation was removed"] if segment.target is not None else []
    if beside is not None and beside.judgement == "stale":
        return [f"a program left old text beside the new one: {_beside(beside)}"]
    strangers = [owner for owner in judge.targets.get(target, ()) if owner != segment.id]
    if strangers and segment.target is not None:
        return [f"this is the translation of segment {strangers[0]}"]
    facts = compare(segment.source, target)
    reasons = [f"the inline code {_shown(code)} is lost" for code in facts.lost]
    reasons += [f"the inline code {_shown(code)} does not belong to this segment" for code in facts.foreign]
    reasons += [f"the inline code {_shown(code)} closes at a wrong place" for code in facts.crossing]
    wanted, found = protected_texts(segment.source, judge.protected), protected_texts(target, judge.protected)
    reasons += [f"the protected text “{text}” was changed" for name, text in wanted.items() if found.get(name, text) != text]
    return reasons


def _taken(base: Segment, returned: Segment, judge: _Judge, *, is_doubtful: bool) -> tuple[Segment, str]:
    """The segment with the person's work, and what that was. What is doubtful is flagged and not approved, whatever the file says."""
    state, substate, change = base.state, base.substate, "unchanged"
    if returned.target != base.target:
        state, substate, change = max(returned.state, State.TRANSLATED), "tp:edited", "edited"
    elif returned.substate == "tp:rejected" != base.substate:
        state, substate, change = min(base.state, State.TRANSLATED), "tp:rejected", "rejected"
    elif base.target is not None and returned.state > base.state:
        state, substate, change = returned.state, "", "confirmed"
    elif base.target is not None and judge.accept_unchanged and base.state < State.TRANSLATED:
        state, substate, change = State.TRANSLATED, "", "confirmed"
    if returned.substate == "tp:rejected" and change == "edited":
        state, substate = State.TRANSLATED, "tp:rejected"
    elif is_doubtful:
        state, substate = State.TRANSLATED, "tp:flagged"
    said = {note.text.strip() for note in base.notes}  # programs lose who said it, and about what
    notes = (*base.notes, *(note for note in returned.notes if note.text.strip() not in said))
    dismissals = union(base.dismissals, returned.dismissals)
    if change == "unchanged" and (notes, dismissals) != (base.notes, base.dismissals):
        change = "noted"
    provenance = union(base.provenance, returned.provenance)
    if change in ("edited", "confirmed", "rejected") and judge.reviewer:
        provenance = (*provenance, Provenance(action=_action(change, state), person=judge.reviewer, at=judge.at))
    result = replace(
        base, target=returned.target, state=state, substate=substate, notes=notes, dismissals=dismissals, provenance=provenance
    )
    return result, change


def _action(change: str, state: State) -> str:
    if change == "rejected":
        return "rejected"
    return "reviewed" if state >= State.REVIEWED else "translated"


def _shown(code: Code) -> str:
    return f"{code.id} ({code.disp})" if code.disp else code.id
