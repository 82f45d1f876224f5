"""What a page says about its own making, computed from the segments alone."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from translate_pipeline.model import Document, Segment, State

__all__ = ["Label", "counts", "is_reviewed", "label", "mark"]

_ORIGIN = re.compile(r"(?P<source>[^_+]+)_(?P<target>[^-+]+)-(?P<version>.+)")
_MARKS = {"tp:flagged": "flagged", "tp:source-changed": "source_changed", "tp:conflict": "conflict"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """How much of a translation people have reviewed. `status` is "machine", "machine_partly" or "reviewed".

    It is "reviewed" only when every segment that is to be translated was reviewed by a person whose name is known. `date` is that of the
    newest review (ISO 8601), "" when none was given. `engines` are those that wrote candidates, as "Argos en → de 1.9".
    """

    status: str
    reviewed: int
    total: int
    reviewers: tuple[str, ...]
    date: str
    engines: tuple[str, ...]
    marks: tuple[str, ...]


def counts(segment: Segment) -> bool:
    """Whether the segment is one that has to be translated and reviewed."""
    return segment.translate and bool(segment.source)


def is_reviewed(segment: Segment) -> bool:
    """Whether a person with a name stands for the target as it is."""
    return bool(_reviewers(segment)) and segment.target is not None and segment.state >= State.REVIEWED and mark(segment) is None


def mark(segment: Segment) -> str | None:
    """What the reader must know about a segment besides its review: untranslated, flagged, source_changed, conflict."""
    if not counts(segment):
        return None
    return "untranslated" if segment.target is None else _MARKS.get(segment.substate)


def label(document: Document) -> Label:
    """The label of an aligned document."""
    relevant = [segment for segment in document.segments() if counts(segment)]
    reviewed = [segment for segment in relevant if is_reviewed(segment)]
    people = [person for segment in reviewed for person in _reviewers(segment)]
    dates = [item.at for segment in reviewed for item in segment.provenance if item.person and item.at]
    return Label(
        status="machine" if not reviewed else "reviewed" if len(reviewed) == len(relevant) else "machine_partly",
        reviewed=len(reviewed),
        total=len(relevant),
        reviewers=tuple(dict.fromkeys(people)),
        date=max(dates, default=""),
        engines=tuple(dict.fromkeys(name for segment in relevant for name in _engines(segment))),
        marks=tuple(sorted({found for segment in relevant if (found := mark(segment))})),
    )


def _reviewers(segment: Segment) -> list[str]:
    return [item.person for item in segment.provenance if item.person and item.action in {"reviewed", "final"}]


def _engines(segment: Segment) -> Iterator[str]:
    return (_engine(candidate.origin) for candidate in segment.candidates if candidate.origin.startswith("mt:"))


@functools.lru_cache(maxsize=1024)
def _engine(origin: str) -> str:
    """The engine that an origin names, as readers are told: "Argos en → de 1.9" for "mt:en_de-1.9"."""
    chain = [_ORIGIN.fullmatch(link) for link in origin.removeprefix("mt:").split("+")]
    known = [link for link in chain if link]
    if len(known) < len(chain):
        return origin.removeprefix("mt:")
    return "Argos " + ", ".join(f"{link['source']} → {link['target']} {link['version']}" for link in known)
