"""Ids over the life of an article: what is found again keeps its id, what is new gets a number that was never given."""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from translate_pipeline.content import codes
from translate_pipeline.model import Block, Code, Content, Document, Segment

__all__ = ["adopt_numbers"]


def adopt_numbers(old: Document, new: Document, found: Mapping[int, int]) -> Document:
    """`new` with the ids of `old` for the segments of `found` (position in new: position in old), their blocks and their inline codes."""
    theirs, ours = tuple(old.segments()), tuple(new.segments())
    numbers = itertools.count(max(old.last_id, _highest(old)) + 1)
    last = max(old.last_id, _highest(old))

    def fresh(name: str) -> str:
        nonlocal last
        last = next(numbers)
        return f"{re.sub(r'[0-9]+$', '', name)}{last}"

    segments = {ours[position].id: theirs[place].id for position, place in found.items()}
    names = _code_names(theirs, ours, found)
    blocks = _block_names(old, new, {ours[position].id: theirs[place].id for position, place in found.items()})
    for block in new.blocks:
        if block.id not in blocks:
            blocks[block.id] = fresh(block.id)
        for segment in block.segments:
            if segment.id not in segments:
                segments[segment.id] = fresh(segment.id)
            for code in codes(segment.source):
                if code.id not in names:
                    names[code.id] = fresh(code.id)
    for markup in new.codes:
        if markup.code not in names:
            names[markup.code] = fresh(markup.code)
    return replace(
        new,
        blocks=tuple(_renamed(block, blocks, segments, names) for block in new.blocks),
        codes=tuple(replace(markup, code=names[markup.code]) for markup in new.codes),
        last_id=last,
    )


def _code_names(theirs: tuple[Segment, ...], ours: tuple[Segment, ...], found: Mapping[int, int]) -> dict[str, str]:
    """The old id for each code of a segment whose codes are of the same kinds in the same order; no id twice."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for position, place in found.items():
        one, other = tuple(codes(ours[position].source)), tuple(codes(theirs[place].source))
        if [code.kind for code in one] != [code.kind for code in other]:
            continue
        for mine, old in zip(one, other, strict=True):
            if mine.id not in names and old.id not in taken:
                names[mine.id] = old.id
                taken.add(old.id)
    return names


def _block_names(old: Document, new: Document, segments: Mapping[str, str]) -> dict[str, str]:
    """The old id for each block that has a segment of the old block, and for what contains it."""
    home = {segment.id: block for block in old.blocks for segment in block.segments}
    old_blocks, new_blocks = {block.id: block for block in old.blocks}, {block.id: block for block in new.blocks}
    names: dict[str, str] = {}
    for block in new.blocks:
        origin = next((home[segments[segment.id]] for segment in block.segments if segment.id in segments), None)
        here: Block | None = block
        while here is not None and origin is not None and here.kind == origin.kind:
            if here.id in names or origin.id in names.values():
                break
            names[here.id] = origin.id
            here, origin = new_blocks.get(here.parent), old_blocks.get(origin.parent)
    return names


def _highest(document: Document) -> int:
    """The highest number in any id, for documents whose counter somebody else kept."""
    return max((int(match[0]) for name in _ids(document) if (match := re.search(r"[0-9]+$", name))), default=0)


def _ids(document: Document) -> Iterator[str]:
    for block in document.blocks:
        yield block.id
        for segment in block.segments:
            yield segment.id
            yield from (code.id for code in codes(segment.source))


def _renamed(block: Block, blocks: Mapping[str, str], segments: Mapping[str, str], names: Mapping[str, str]) -> Block:
    return replace(
        block,
        id=blocks[block.id],
        parent=blocks.get(block.parent, block.parent),
        segments=tuple(replace(segment, id=segments[segment.id], source=_with_names(segment.source, names)) for segment in block.segments),
    )


def _with_names(content: Content, names: Mapping[str, str]) -> Content:
    return tuple(replace(part, id=names[part.id]) if isinstance(part, Code) else part for part in content)
