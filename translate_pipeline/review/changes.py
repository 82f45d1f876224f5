"""What reconcile, merge and import share: joining what several people said about one segment."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from translate_pipeline.content import codes
from translate_pipeline.model import Block, Candidate, Code, CodeKind, Content, Document, Segment

__all__ = ["CodeKey", "code_keys", "last_person", "union", "with_candidate", "with_segments"]

_T = TypeVar("_T")
CodeKey = tuple[str, CodeKind]


def union(first: Iterable[_T], *others: Iterable[_T]) -> tuple[_T, ...]:
    """All items once: those of `first` in their order, then the others sorted, so that it does not matter whose they are."""
    known = dict.fromkeys(first)
    more = {item for group in others for item in group} - known.keys()
    return (*known, *sorted(more, key=repr))


def with_candidate(segment: Segment, target: Content | None, origin: str) -> Segment:
    """The segment with a target as a further candidate, unless it has it already."""
    if not target or target == segment.target or any(candidate.target == target for candidate in segment.candidates):
        return segment
    return replace(segment, candidates=(*segment.candidates, Candidate(target=target, origin=origin)))


def with_segments(document: Document, segments: Mapping[str, Segment]) -> Document:
    """The document with other segments under the same ids."""
    blocks = (_with_segments(block, segments) for block in document.blocks)
    return replace(document, blocks=tuple(blocks))


def last_person(segment: Segment) -> str:
    """Who signed last, "" if nobody did."""
    return next((act.person for act in reversed(segment.provenance) if act.person), "")


def code_keys(content: Content) -> list[CodeKey]:
    """Id and kind of each inline code in order."""
    return [_key(code) for code in codes(content)]


def _key(code: Code) -> CodeKey:
    return (code.id, code.kind)


def _with_segments(block: Block, segments: Mapping[str, Segment]) -> Block:
    return replace(block, segments=tuple(segments.get(segment.id, segment) for segment in block.segments))
