"""Ask the memory before the engine: targets for sentences approved in the same context, candidates for the others."""

from collections.abc import Iterator
from dataclasses import replace

from translate_pipeline.content import from_text, plain
from translate_pipeline.memory.store import Memory
from translate_pipeline.memory.units import adopt, context
from translate_pipeline.model import Candidate, Document, Segment, State

__all__ = ["leverage"]

# what is taken off the similarity (0 to 1) of a match from another context, with other inline codes, of machine text
_OTHER_CONTEXT = 0.01
_OTHER_CODES = 0.02
_MACHINE = 0.10


def leverage(document: Document, memory: Memory, *, least: float = 0.75, limit: int = 3) -> Document:
    """The document with what the memory knows.

    A segment without a target whose source people approved between the same neighbours gets that target and needs no engine; the others
    get at most `limit` candidates of at least the similarity `least`, which another context, other codes and a machine as author lower.
    """
    if document.target_language is None:
        return document
    segments = tuple(document.segments())
    neighbours = {
        segment.id: (
            context(segments[index - 1].source if index else ()),
            context(segments[index + 1].source if index + 1 < len(segments) else ()),
        )
        for index, segment in enumerate(segments)
    }
    blocks = tuple(
        replace(
            block,
            segments=tuple(_leveraged(segment, document, memory, neighbours[segment.id], least, limit) for segment in block.segments),
        )
        for block in document.blocks
    )
    return replace(document, blocks=blocks)


def _leveraged(segment: Segment, document: Document, memory: Memory, neighbours: tuple[str, str], least: float, limit: int) -> Segment:
    text = plain(segment.source)
    if not segment.translate or segment.target is not None or not text.strip():
        return segment
    pair = (document.source_language, document.target_language or "")
    for unit in memory.exact(text, *pair):
        target = adopt(unit, segment.source)
        if target is not None and not unit.machine and (unit.previous, unit.following) == neighbours:
            candidate = Candidate(target=target, origin=f"tm:{unit.origin}", similarity=1.0)
            return replace(segment, target=target, state=State.INITIAL, substate="tp:tm", candidates=(candidate,))
    found = {candidate.target: candidate for candidate in sorted(_candidates(segment, text, pair, memory, least), key=_rank, reverse=True)}
    best = sorted(found.values(), key=_rank)[:limit]
    return replace(segment, candidates=(*segment.candidates, *best)) if best else segment


def _candidates(segment: Segment, text: str, pair: tuple[str, str], memory: Memory, least: float) -> Iterator[Candidate]:
    for match in memory.fuzzy(text, *pair, least=least, limit=20):
        target = adopt(match.unit, segment.source)
        score = match.similarity - _OTHER_CONTEXT - _MACHINE * match.unit.machine
        if target is None:
            target, score = from_text(plain(match.unit.target)), score - _OTHER_CODES
        if score >= least and target:
            yield Candidate(target=target, origin=f"tm:{match.unit.origin}", similarity=round(score, 2))


def _rank(candidate: Candidate) -> tuple[float, str, str]:
    return (-(candidate.similarity or 0), plain(candidate.target), candidate.origin)
