"""Content and its XML: which codes pair up, where marks go, and how elements are put together. Shared by all versions of XLIFF.

Content is a flat row of texts and codes; XML is a tree. `arrange` turns the row into events that always nest: a pair of codes becomes an element
where it can, a crossing pair two empty elements, a code whose partner is in another segment an isolated one. Marks (terms) give way to codes: a
mark that would cross a pair is cut in pieces, which the reader puts together again.
"""

import enum
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from translate_pipeline.model import Code, CodeKind, Content, Inline, Text

__all__ = ["Collected", "Event", "Known", "Mark", "Role", "arrange", "build"]

Span = tuple[int, int]
Known = Mapping[tuple[str, CodeKind], Code]
_NOTHING: Known = MappingProxyType({})

_DEPTH = 60
"""Pairs nested deeper than this are written as empty elements: XML parsers give up at a depth of 256."""


class Role(enum.Enum):
    """What an event does. PAIR and MARK enclose; all others stand alone (SPAN is a mark that does not nest)."""

    TEXT = enum.auto()
    PAIR_START = enum.auto()
    PAIR_END = enum.auto()
    CROSSING = enum.auto()
    ISOLATED = enum.auto()
    POINT = enum.auto()
    MARK_START = enum.auto()
    MARK_END = enum.auto()
    SPAN_START = enum.auto()
    SPAN_END = enum.auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A step of the walk through content: a text, a code, or the mark with the number `mark`."""

    role: Role
    text: str = ""
    code: Code | None = None
    mark: int = -1


def arrange(content: Content, marks: Sequence[Span] = ()) -> Iterator[Event]:
    """The events of `content`, with `marks` as spans of its plain text."""
    partners = _partners(content)
    order = sorted(range(len(marks)), key=lambda number: (marks[number][0], -marks[number][1], number))
    cuts = sorted({offset for span in marks for offset in span})
    walk = _Walk(marks=marks, order=order)
    ends = _offsets(content)
    for index, part in enumerate(content):
        if isinstance(part, Text):
            start = ends[index] - len(part.value)
            edges = [start, *(cut for cut in cuts if start < cut < ends[index]), ends[index]] if cuts else [start, ends[index]]
            for left, right in itertools.pairwise(edges):
                yield from walk.close(left)
                yield from walk.open(left)
                yield Event(role=Role.TEXT, text=part.value[left - start : right - start])
        elif index not in partners:
            yield from walk.close(ends[index])
            yield Event(role=Role.POINT if part.kind is CodeKind.STANDALONE else Role.ISOLATED, code=part)
        elif partners[index] is None:
            yield from walk.close(ends[index])
            yield Event(role=Role.CROSSING, code=part)
        elif part.kind is CodeKind.OPEN:
            partner = partners[index]
            assert partner is not None
            yield from walk.enter(ends[index], ends[partner])
            yield Event(role=Role.PAIR_START, code=part)
        else:
            yield from walk.leave()
            yield Event(role=Role.PAIR_END, code=part)
    yield from walk.leave()


def _offsets(content: Content) -> list[int]:
    """Where each part ends in the plain text."""
    ends, at = [], 0
    for part in content:
        at += len(part.value) if isinstance(part, Text) else 0
        ends.append(at)
    return ends


def _partners(content: Content) -> dict[int, int | None]:
    """The partner of each paired code, by index; None for pairs that cross others. Codes without a partner are left out."""
    waiting: dict[str, list[int]] = {}
    pairs: dict[int, int] = {}
    for index, part in enumerate(content):
        if isinstance(part, Code) and part.kind is CodeKind.OPEN:
            waiting.setdefault(part.id, []).append(index)
        elif isinstance(part, Code) and part.kind is CodeKind.CLOSE and waiting.get(part.id):
            start = waiting[part.id].pop()
            pairs[start], pairs[index] = index, start
    result: dict[int, int | None] = {}
    stack: list[int] = []
    for index in sorted(pairs):
        if pairs[index] > index:
            stack.append(index)
        elif pairs[index] not in result:
            start = pairs[index]
            while stack[-1] != start:
                crossed = stack.pop()
                result[crossed] = result[pairs[crossed]] = None
            deep = len(stack) > _DEPTH
            stack.pop()
            result[start], result[index] = (None, None) if deep else (index, start)
    return result


class _Walk:
    """The marks that are open on the way through content. None on the stack stands for a pair, which no mark may cross."""

    def __init__(self, *, marks: Sequence[Span], order: Sequence[int]) -> None:
        self._marks = marks
        self._waiting = list(reversed(order))
        self._active: list[int] = []
        self._stack: list[int | None] = []

    def open(self, offset: int, *, beyond: int | None = None) -> Iterator[Event]:
        """Start the marks that cover the character at `offset` (and reach to `beyond`)."""
        while self._waiting and self._marks[self._waiting[-1]][0] <= offset:
            self._active.append(self._waiting.pop())
        self._active = [mark for mark in self._active if self._marks[mark][1] > offset]
        for mark in self._active:
            if mark not in self._stack and (beyond is None or self._marks[mark][1] >= beyond):
                self._stack.append(mark)
                yield Event(role=Role.MARK_START, mark=mark)

    def close(self, offset: int, *, inside: int = -1) -> Iterator[Event]:
        """End the marks that end at `offset`, or before `inside`; those opened after them start again."""
        top = self._top()
        ended = [number for number, mark in enumerate(top) if mark is not None and self._marks[mark][1] <= max(offset, inside - 1)]
        if ended:
            again = [mark for mark in top[ended[0] :] if mark is not None and self._marks[mark][1] > max(offset, inside - 1)]
            yield from self._pop(len(top) - ended[0])
            for mark in again:
                self._stack.append(mark)
                yield Event(role=Role.MARK_START, mark=mark)

    def enter(self, offset: int, end: int) -> Iterator[Event]:
        """Get ready for a pair that reaches to `end`: marks that end inside it are cut here."""
        yield from self.close(offset, inside=end)
        if end > offset:
            yield from self.open(offset, beyond=end)
        self._stack.append(None)

    def leave(self) -> Iterator[Event]:
        """Cut all marks that were opened inside the current pair, and leave it."""
        yield from self._pop(len(self._top()))
        if self._stack:
            self._stack.pop()

    def _top(self) -> list[int | None]:
        depth = max((number for number, mark in enumerate(self._stack) if mark is None), default=-1)
        return self._stack[depth + 1 :]

    def _pop(self, count: int) -> Iterator[Event]:
        for _ in range(count):
            mark = self._stack.pop()
            assert mark is not None
            yield Event(role=Role.MARK_END, mark=mark)


def build(parent: etree._Element, events: Iterable[Event], make: Callable[[Event], etree._Element]) -> None:
    """Append what the events say to `parent`; `make` gives the element for everything that starts or stands alone.

    An element that has a child already is filled inside that child.

    Raises:
        ValueError: a character that XML cannot carry.
    """
    stack = [parent]
    for event in events:
        current = stack[-1]
        if event.role is Role.TEXT:
            if len(current):
                current[-1].tail = (current[-1].tail or "") + event.text
            else:
                current.text = (current.text or "") + event.text
        elif event.role in {Role.PAIR_END, Role.MARK_END}:
            stack.pop()
        else:
            element = make(event)
            current.append(element)
            if event.role in {Role.PAIR_START, Role.MARK_START}:
                stack.append(element[0] if len(element) else element)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark that was found: its key, the span of plain text that it covers, and what was written on it."""

    key: str
    start: int
    end: int
    comment: str


class Collected:
    """Content in the making while elements are read. Codes that are `known` are taken from there, with all that a file does not say of them."""

    def __init__(self, known: Known = _NOTHING) -> None:
        self._known = known
        self._parts: list[Inline] = []
        self._text: list[str] = []  # since the last code
        self._marks: dict[str, Mark | None] = {}
        self.length = 0

    def text(self, value: str | None) -> None:
        """Add characters."""
        if value:
            self._text.append(value)
            self.length += len(value)

    def code(self, identity: str, kind: CodeKind, *, equiv: str = "", disp: str = "") -> None:
        """Add a code."""
        if self._text:
            self._end_text()
        known = self._known.get((identity, kind))
        self._parts.append(known or Code(id=identity, kind=kind, equiv=equiv, disp=disp))

    def enter_mark(self, key: str) -> None:
        """Say that a mark, or a piece of one, starts here."""
        self._marks.setdefault(key, None)

    def mark(self, key: str, start: int, comment: str) -> None:
        """Add a mark that reaches from `start` to here; pieces with the same key are one mark."""
        first = self._marks.get(key)
        if first is not None:
            start, comment = min(first.start, start), first.comment
        if self.length > start:
            self._marks[key] = Mark(key=key, start=start, end=self.length, comment=comment)

    @property
    def content(self) -> Content:
        """What was collected, in normal form."""
        if self._text:
            self._end_text()
        return tuple(self._parts)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks in the order in which they start, longer ones first."""
        found = [mark for mark in self._marks.values() if mark is not None]
        return tuple(sorted(found, key=lambda mark: (mark.start, -mark.end)))

    def _end_text(self) -> None:
        self._parts.append(Text(value="".join(self._text)))
        self._text.clear()
