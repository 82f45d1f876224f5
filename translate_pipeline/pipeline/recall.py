"""What the memory knows, before the engine is asked and beside what it says."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from translate_pipeline.memory import Memory, leverage
from translate_pipeline.model import Document, Segment

__all__ = ["Translate", "with_memory"]

Translate = Callable[[Sequence[Document]], tuple[Document, ...]]
"""Gives every segment a target that has none."""


def with_memory(documents: Sequence[Document], memory: Memory | None, translate: Translate) -> tuple[Document, ...]:
    """Translate documents with a memory: what people approved between the same neighbours is taken and not translated again.

    For the rest, what the memory has that is like it, and the candidates that were there, come behind those of the machine, which never sees them.
    """
    recalled = [leverage(document, memory) for document in documents] if memory else documents
    opened = [_merged(document, known, _taken) for document, known in zip(documents, recalled, strict=True)]
    return tuple(_merged(done, known, _suggested) for done, known in zip(translate(opened), recalled, strict=True))


def _merged(document: Document, known: Document, merge: Callable[[Segment, Segment], Segment]) -> Document:
    pairs = zip(document.blocks, known.blocks, strict=True)
    blocks = tuple(replace(one, segments=tuple(map(merge, one.segments, other.segments))) for one, other in pairs)
    return replace(document, blocks=blocks)


def _taken(segment: Segment, known: Segment) -> Segment:
    return known if known.target is not None else replace(segment, candidates=())


def _suggested(segment: Segment, known: Segment) -> Segment:
    return segment if known.target is not None else replace(segment, candidates=(*segment.candidates, *known.candidates))
