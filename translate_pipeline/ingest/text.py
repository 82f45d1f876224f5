"""Plain text articles: which lines are headings, paragraphs, list items, bylines or residue. No character is lost."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translate_pipeline.content import display, from_text
from translate_pipeline.ingest.patterns import is_byline, is_name, is_residue, is_role
from translate_pipeline.model import Block, Code, CodeKind, Segment

__all__ = ["blocks"]

_WIDEST_WRAP = 120  # characters; longer lines were not broken by an editor
_LONGEST_HEADING = 100
_MOST_HEADING_WORDS = 14
_STOP = re.compile(r"[.!?…:;,。！？；：，、։؟۔।][\"'”’»›“„)\]]*\Z")
_NAME = (("content", "name"),)  # the block is somebody's name and nothing else
_BULLET = re.compile(r"(?:[•‣◦▪●▸►·*]|-)[ \t]+(?=\S)")
_NUMBER = re.compile(r"(\d{1,3})[.)][ \t]+(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A piece of the text that becomes a block: from `start` to `end` (indentation and line ends are outside), its list marker in front."""

    start: int
    end: int
    marker: str = ""
    number: int = 0
    alone: bool = True


def blocks(text: str, language: str) -> tuple[Block, ...]:
    """The blocks of a text in the language with this tag, each with one segment (and list containers without any).

    All `before`, displayed sources and `after`, joined, are the text. Ids are b1, b2 ..., those of list markers c1, c2 ....
    """
    lines = tuple(_numbered(tuple(_lines(text))))
    kinds = tuple(_kinds(lines, text, language))
    result: list[Block] = []
    parent = ""
    markers = itertools.count(1)
    for index, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind != "item":
            parent = ""
        elif not parent or line.number != (lines[index - 1].number + 1 if line.number else 0):
            parent = f"b{len(result) + 1}"
            ordered = (("ordered", "true"), *((("start", str(line.number)),) if line.number != 1 else ())) if line.number else ()
            result.append(Block(id=parent, kind="list", attributes=ordered))
        indent = text.rfind("\n", 0, line.start) + 1
        following = lines[index + 1].start if index + 1 < len(lines) else len(text)
        # White space belongs to the block in front of it, except the indentation of a line and what the text begins with.
        until = max(line.end, text.rfind("\n", line.end, following) + 1) if index + 1 < len(lines) else following
        marker = (
            (Code(id=f"c{next(markers)}", kind=CodeKind.STANDALONE, equiv=line.marker, disp=line.marker.strip()),) if line.marker else ()
        )
        segment = Segment(
            id="",
            source=(*marker, *from_text(text[line.start + len(line.marker) : line.end])),
            translate=kind != "residue",
            after=text[line.end : until],
        )
        result.append(
            Block(
                id=f"b{len(result) + 1}",
                kind=kind,
                level=2 if kind == "heading" else 1 if kind in {"item", "headline"} else 0,
                parent=parent,
                before=text[indent if index else 0 : line.start],
                attributes=_NAME if kind == "byline" and _is_bare_name(display(segment.source), language) else (),
                segments=(segment,),
            )
        )
    return tuple(result)


def _lines(text: str) -> Iterator[_Line]:
    """The pieces: paragraphs between blank lines, taken apart where their lines are no running text."""
    for chunk in re.finditer(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", text):
        raw = list(re.finditer(r"[^\n]+", text[chunk.start() : chunk.end()]))
        group: list[tuple[int, int]] = []
        for match in raw:
            value = match.group()
            start = chunk.start() + match.start() + len(value) - len(value.lstrip())
            end = chunk.start() + match.start() + len(value.rstrip())
            if group and (_BULLET.match(text, start) or _NUMBER.match(text, start)):
                yield from _paragraphs(group, text, alone=False)
                group = []
            group.append((start, end))
        yield from _paragraphs(group, text, alone=len(group) == len(raw))


def _paragraphs(group: Sequence[tuple[int, int]], text: str, *, alone: bool) -> Iterator[_Line]:
    """One piece for lines that an editor broke at a width, else one a line; a line that goes on with a small letter is never cut off."""
    if _wrapped([text[start:end] for start, end in group]):
        yield _piece(group[0][0], group[-1][1], text, alone=alone and len(group) == 1)
        return
    start, end = group[0]
    for following in group[1:]:
        if text[following[0]].islower() and not _STOP.search(text[start:end]):
            end = following[1]
            continue
        yield _piece(start, end, text, alone=True)
        start, end = following
    yield _piece(start, end, text, alone=True)


def _wrapped(lines: Sequence[str]) -> bool:
    """Whether the lines are as long as they could be, so that their ends mean nothing."""
    width = max(map(len, lines))
    fits = (len(line) + 1 + len(following.split()[0]) <= width for line, following in itertools.pairwise(lines))
    return len(lines) == 1 or (width <= _WIDEST_WRAP and not any(fits))


def _piece(start: int, end: int, text: str, *, alone: bool) -> _Line:
    found = _BULLET.match(text, start, end) or _NUMBER.match(text, start, end)
    if found is None:
        return _Line(start=start, end=end, alone=alone)
    return _Line(start=start, end=end, marker=found.group(), number=int(found[1]) if found.re is _NUMBER else 0, alone=alone)


def _numbered(lines: Sequence[_Line]) -> Iterator[_Line]:
    """Numbers mark a list only where one follows the other: "2. Januar" begins a sentence."""
    for index, line in enumerate(lines):
        before = lines[index - 1].number if index else 0
        behind = lines[index + 1].number if index + 1 < len(lines) else 0
        if line.number and not (before and before + 1 == line.number) and line.number + 1 != behind:
            yield _Line(start=line.start, end=line.end, alone=line.alone)
        else:
            yield line


def _kinds(lines: Sequence[_Line], text: str, language: str) -> Iterator[str]:
    values = [text[line.start + len(line.marker) : line.end] for line in lines]
    named = False
    for index, (line, value) in enumerate(zip(lines, values, strict=True)):
        following = values[index + 1] if index + 1 < len(values) else ""
        signed = is_name(value) and is_role(following, language)
        if is_residue(value, language):
            yield "residue"
        elif line.marker:
            yield "item"
        elif signed or is_byline(value, language) or (named and is_role(value, language)):
            yield "byline"
        elif line.alone and _is_heading(value) and following:
            listed = lines[index + 1].marker != ""
            yield "headline" if index == 0 else "heading" if listed or _STOP.search(following) else "paragraph"
        else:
            yield "paragraph"
        named = signed


def _is_bare_name(value: str, language: str) -> bool:
    return is_name(value) and not is_byline(value, language)


def _is_heading(value: str) -> bool:
    short = "\n" not in value and len(value) <= _LONGEST_HEADING and len(value.split()) <= _MOST_HEADING_WORDS
    return short and any(map(str.isalpha, value)) and not value[0].islower() and not _STOP.search(value)
