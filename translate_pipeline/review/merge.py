"""Two returns over one base, joined: three-way, without regard to which came first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from translate_pipeline.content import display
from translate_pipeline.errors import XliffError
from translate_pipeline.model import Dismissal, Document, Segment, State
from translate_pipeline.review.changes import last_person, union, with_candidate, with_segments

__all__ = ["Merged", "merge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The joined document and the ids of the segments that two people changed in different ways; these block publication."""

    document: Document
    conflicts: tuple[str, ...] = ()


def merge(base: Document, one: Document, other: Document) -> Merged:
    """Join two documents that both started from `base`.

    Changed by one: that. The same text in both: that, with the higher state, where a rejection beats an approval. Different texts: the higher
    state wins and the other text becomes a candidate; with equal states it is a conflict, where the text that comes first in order of
    characters is kept, and the other becomes a candidate of its author. Notes, candidates, dismissals and signatures are united.

    `merge(b, x, y)` and `merge(b, y, x)` are equal.

    Raises:
        XliffError: the three do not have the same segments and languages.
    """
    three = (base, one, other)
    if len({(d.id, d.source_language, d.target_language, tuple((s.id, s.source) for s in d.segments())) for d in three}) > 1:
        raise XliffError(f"{base.id}: the two files do not belong to the same article in the same languages. Import them one by one.")
    result: dict[str, Segment] = {}
    conflicts: list[str] = []
    for old, left, right in zip(base.segments(), one.segments(), other.segments(), strict=True):
        merged, conflict = _merged(old, left, right)
        result[old.id] = merged
        if conflict:
            conflicts.append(old.id)
    return Merged(document=with_segments(base, result), conflicts=tuple(conflicts))


def _merged(base: Segment, left: Segment, right: Segment) -> tuple[Segment, bool]:
    one, two = sorted((left, right), key=_order)
    conflict = False
    if _work(one) == _work(base) or _work(two) == _work(base):
        winner = two if _work(one) == _work(base) else one
    elif one.target == two.target:
        winner = max(one, two, key=lambda side: (side.substate == "tp:rejected", side.state.rank, side.substate))
    elif one.state != two.state:
        winner = max(one, two, key=lambda side: side.state)
    else:
        winner = replace(one, state=State.TRANSLATED, substate="tp:conflict")
        conflict = True
    result = replace(
        winner,
        candidates=union(base.candidates, one.candidates, two.candidates),
        notes=union(base.notes, one.notes, two.notes),
        dismissals=_dismissals(base, one, two),
        provenance=union(base.provenance, one.provenance, two.provenance),
    )
    for side in (one, two):
        if side.target != base.target:
            result = with_candidate(result, side.target, f"review:{last_person(side) or 'unknown'}")
    return result, conflict


def _dismissals(base: Segment, one: Segment, two: Segment) -> tuple[Dismissal, ...]:
    """Those that somebody added and nobody took back."""
    taken_back = {dismissal for dismissal in base.dismissals for side in (one, two) if dismissal not in side.dismissals}
    return tuple(dismissal for dismissal in union(base.dismissals, one.dismissals, two.dismissals) if dismissal not in taken_back)


def _work(segment: Segment) -> Sequence[object]:
    return (segment.target, segment.state, segment.substate)


def _order(segment: Segment) -> tuple[str, str]:
    return (display(segment.target or ()), repr(segment))
