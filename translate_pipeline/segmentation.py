"""Sentences: each block is cut into segments by SRX rules, and nothing is lost."""

import functools
import importlib.resources
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from translate_pipeline.content import display, split
from translate_pipeline.model import Block, Code, CodeKind, Content, Document, Segment, Stage
from translate_pipeline.srx.match import Matcher, breaks, matcher
from translate_pipeline.srx.parse import RuleFile, parse, rules_for

__all__ = ["Rules", "load", "segment", "segments"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rules:
    """SRX files in order of precedence."""

    files: tuple[RuleFile, ...]


def segment(*, srx: bytes | None = None, name: str = "your SRX file") -> Stage:
    """The stage that cuts the blocks of documents into sentences, by the rules in the user's file `srx` first; messages call that `name`.

    Each segment keeps the white space behind it in `after`; ids are s1, s2 ... through the document. Blocks of residue and
    segments that are not translated stay whole, and no cut falls into a span that stays as it is.

    Raises:
        SegmentationError: `srx` cannot be used.
    """
    rules = load(srx, name)

    def stage(documents: Iterable[Document]) -> Iterator[Document]:
        for document in documents:
            yield _segmented(document, rules)

    return stage


@functools.lru_cache(maxsize=8)
def load(srx: bytes | None = None, name: str = "your SRX file") -> Rules:
    """The user's rules if there are any, then ours, then those of LanguageTool which choppa-srx installs.

    Raises:
        SegmentationError: `srx` is no SRX file, or holds a pattern that is no regular expression.
    """
    ours = parse(importlib.resources.files("translate_pipeline.srx").joinpath("rules.srx").read_bytes(), name="rules.srx")
    if srx is None:
        return Rules(files=(ours, _languagetool()))
    users = parse(srx, name=name)
    for rules in users.rules.values():
        matcher(rules)
    return Rules(files=(users, ours, _languagetool()))


def segments(text: str, language: str, rules: Rules) -> Iterator[tuple[int, int]]:
    """Where the sentences of `text` (in the language with this BCP 47 tag) begin and end, without the white space around them.

    Nothing but white space lies outside.

    Raises:
        SegmentationError: a rule of the user's takes far too long.
    """
    return _trimmed(text, (*breaks(text, _matcher(rules, language)), len(text)))


@functools.cache
def _languagetool() -> RuleFile:
    data = importlib.resources.files("choppa").joinpath("data/srx/languagetool_segment.srx").read_bytes()
    return parse(data, name="languagetool_segment.srx")


@functools.lru_cache(maxsize=64)
def _matcher(rules: Rules, language: str) -> Matcher:
    return matcher(rules_for(rules.files, language))


def _trimmed(text: str, places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The spans between places, without white space at their ends, those of nothing but white space left out."""
    start = 0
    for place in places:
        piece = text[start:place]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        start = place


def _segmented(document: Document, rules: Rules) -> Document:
    kept = frozenset(markup.code for markup in document.codes if not markup.translate)
    blocks: list[Block] = []
    number = 0
    for block in document.blocks:
        pieces = [
            piece
            for whole in block.segments
            for piece in _pieces(whole, document.source_language, rules, kept, cut=block.kind != "residue")
        ]
        named = tuple(replace(piece, id=f"s{number + offset}") for offset, piece in enumerate(pieces, 1))
        number += len(named)
        blocks.append(replace(block, segments=named))
    return replace(document, blocks=tuple(blocks), last_id=max(document.last_id, number))


def _pieces(whole: Segment, language: str, rules: Rules, kept: frozenset[str], *, cut: bool) -> Iterator[Segment]:
    if not (cut and whole.translate):
        yield replace(whole, translate=False)
        return
    text = display(whole.source)
    closed = tuple(_closed(whole.source, kept))
    places = (place for place in breaks(text, _matcher(rules, language)) if not any(start < place < end for start, end in closed))
    spans = tuple(_trimmed(text, (*places, len(text))))
    if len(spans) < 2:
        yield whole
        return
    for source, after in (parts := split(whole.source, spans))[:-1]:
        yield replace(whole, source=source, after=after)
    source, after = parts[-1]
    yield replace(whole, source=source, after=after + whole.after)


def _closed(content: Content, kept: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The spans of the displayed text that must stay as they are."""
    opened: dict[str, int] = {}
    at = 0
    for part in content:
        if not isinstance(part, Code):
            at += len(part.value)
            continue
        if part.id in kept and part.kind is CodeKind.OPEN:
            opened[part.id] = at
        elif part.kind is CodeKind.CLOSE and part.id in opened:
            yield opened.pop(part.id), at
        at += len(part.equiv)
