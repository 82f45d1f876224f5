"""The article changed after it was translated: what was done is found again by text and neighbours, never by id.

Segments that are found keep their ids; new ones get numbers that were never given. What people approved is in the new document or among
`gone`, which belongs into the memory.
"""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from translate_pipeline.content import codes, display, join, plain
from translate_pipeline.model import Code, Content, Document, Note, Segment, State, Text
from translate_pipeline.review.changes import with_candidate, with_segments
from translate_pipeline.review.matching import Kind, match
from translate_pipeline.review.numbering import adopt_numbers

__all__ = ["Case", "Reconciled", "reconcile"]

_REGROUPED = ("split", "merged")
_KEPT = ("same", "moved", "ambiguous", "spelling")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What became of a segment: its id in the new document ("" when gone), the old id ("" when new), and the previous source when it differs."""

    kind: Kind
    segment: str = ""
    old: str = ""
    previous: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """The new document with the old work in it, a case for each segment, and the old segments whose work found no place as it was."""

    document: Document
    cases: tuple[Case, ...]
    gone: tuple[Segment, ...] = ()


def reconcile(old: Document, new: Document) -> Reconciled:
    """Bring the work of `old` into `new`, the same article read again; `new` has no targets yet.

    same text, in order: kept · same text elsewhere: kept, "moved" · same text, several old ones with different targets: the nearest, at most
    translated · only spaces, quotation marks or case differ: kept, at most reviewed · at least 75 % similar: the old target to be corrected,
    translated + tp:source-changed, with a note that shows the difference · sentences split or merged: the old targets as candidates · the
    rest is new. Machine text that nobody touched is kept for the same text only, because the engine makes it again.
    """
    theirs, ours = tuple(old.segments()), tuple(new.segments())
    found = match(theirs, ours)
    whole = {position: places[0] for position, places in found.places.items() if found.kinds[position] not in _REGROUPED}
    renumbered = adopt_numbers(old, new, whole)
    cases: list[Case] = []
    segments: dict[str, Segment] = {}
    kept: set[int] = set()
    for position, segment in enumerate(renumbered.segments()):
        kind = found.kinds.get(position, "new")
        places = found.places.get(position, ())
        olds = tuple(theirs[place] for place in places)
        segments[segment.id] = _with_work(segment, kind, olds)
        if kind in _KEPT:
            kept.update(places)
        previous = "" if kind in ("same", "moved", "ambiguous", "new") else " ".join(display(one.source) for one in olds)
        cases.append(Case(kind=kind, segment=segment.id, old=" ".join(one.id for one in olds), previous=previous))
    cases += [Case(kind="gone", old=theirs[place].id, previous=display(theirs[place].source)) for place in sorted(found.left)]
    return Reconciled(
        document=replace(with_segments(renumbered, segments), target_language=old.target_language),
        cases=tuple(cases),
        gone=tuple(one for place, one in enumerate(theirs) if place not in kept and one.target and one.state > State.INITIAL),
    )


def _with_work(segment: Segment, kind: Kind, olds: Sequence[Segment]) -> Segment:
    """The new segment with what was done in the old ones."""
    if kind == "new" or not segment.translate:
        return segment
    if kind in _REGROUPED:
        for one in olds:
            segment = with_candidate(segment, one.target and _without_codes(one.target), f"tm:previous {one.id}")
        return segment
    (one,) = olds
    work = replace(
        segment,
        target=one.target and _fitted(one.target, one, segment),
        state=one.state,
        substate=one.substate,
        candidates=tuple(replace(candidate, target=_fitted(candidate.target, one, segment)) for candidate in one.candidates),
        terms=segment.terms or (one.terms if one.source == segment.source else ()),
        notes=one.notes,
        dismissals=one.dismissals,
        provenance=one.provenance,
    )
    if kind == "ambiguous":
        return replace(work, state=min(work.state, State.TRANSLATED))
    if kind == "spelling":
        return replace(work, state=min(work.state, State.REVIEWED))
    if kind == "changed":
        note = Note(
            text=f"The source was: {_difference(plain(one.source), plain(segment.source))}", category="source-changed", annotates="source"
        )
        return replace(work, state=State.TRANSLATED, substate="tp:source-changed", notes=(*work.notes, note), candidates=())
    return work


def _fitted(target: Content, old: Segment, new: Segment) -> Content:
    """An old target with the new codes; codes that the new source has not are left out."""
    theirs, ours = tuple(codes(old.source)), tuple(codes(new.source))
    if [code.kind for code in theirs] == [code.kind for code in ours]:
        names = {(one.id, one.kind): other for one, other in zip(theirs, ours, strict=True)}
    else:
        names = {(code.id, code.kind): code for code in ours}
    parts = (names.get((part.id, part.kind)) if isinstance(part, Code) else part for part in target)
    return join(part for part in parts if part is not None)


def _without_codes(target: Content) -> Content:
    return join(part for part in target if isinstance(part, Text))


def _difference(old: str, new: str) -> str:
    """The old text with [-what went-] and {+what came+}, by words."""
    before, after = re.findall(r"\s+|\w+|[^\w\s]", old), re.findall(r"\s+|\w+|[^\w\s]", new)
    parts: list[str] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, came = "".join(before[a:b]), "".join(after[c:d])
        parts.append(gone if tag == "equal" else (f"[-{gone}-]" if gone else "") + (f"{{+{came}+}}" if came else ""))
    return "".join(parts)
