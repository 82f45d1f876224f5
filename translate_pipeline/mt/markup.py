"""Inline codes: taken out of a text before it is translated, and put back into the translation.

Codes at the ends stay at the ends. Spans inside are found again in the translation; no code is lost, and spans that nest in the source
nest in the target.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from translate_pipeline import content as contents
from translate_pipeline.model import Code, CodeKind, Content, Inline, Text
from translate_pipeline.mt.alignment import Span

__all__ = ["Mark", "Marked", "Node", "mark", "unmark"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An inline code at the offset `at` of a text, and whether there was white space on either side of it."""

    code: Code
    at: int
    space_before: bool
    space_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A span between two codes, or, without `close`, a code by itself, with what lies inside it."""

    open: Mark
    close: Mark | None = None
    inside: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """Content taken apart: what stays in front, the text to translate (single spaces, none at its ends), the codes in it, what stays behind."""

    before: Content
    text: str
    nodes: tuple[Node, ...]
    after: Content

    def spans(self) -> tuple[Span, ...]:
        """The stretches of the text between paired codes, outer ones first."""
        return tuple(_spans(self.nodes))


def unmark(content: Content) -> Marked:
    """Take `content` apart."""
    start, end = _core(content)
    text = ""
    marks: list[Mark] = []
    core = content[start:end]
    for index, part in enumerate(core):
        if isinstance(part, Code):
            before = core[index - 1] if index else None
            after = core[index + 1] if index + 1 < len(core) else None
            space_before = isinstance(before, Text) and before.value[-1:].isspace()
            space_after = isinstance(after, Text) and after.value[:1].isspace()
            if part.equiv and part.equiv.isspace() and not text.endswith(" "):
                text += " "
            marks.append(Mark(code=part, at=len(text), space_before=space_before, space_after=space_after))
            continue
        value = re.sub(r"\s+", " ", part.value)
        text += value[1:] if value.startswith(" ") and (text.endswith(" ") or not text) else value
    length = len(text.rstrip(" "))
    marks = [Mark(code=m.code, at=min(m.at, length), space_before=m.space_before, space_after=m.space_after) for m in marks]
    head, tail = _margin(content[:start], core[:1], last=False), _margin(content[end:], core[-1:], last=True)
    return Marked(before=head, text=text[:length], nodes=_tree(marks), after=tail)


def mark(marked: Marked, target: str, *, locate: Callable[[Span], Span], divide: Callable[[int], int]) -> Content:
    """The content whose text is `target` and whose codes are those of `marked`.

    `locate` finds a span of the source in the target, `divide` the place for what stands between two words of the source.
    """
    parts: list[Inline] = list(marked.before)
    _emit(parts, marked.nodes, (0, len(target)), _Finder(source=marked.text, target=target, locate=locate, divide=divide))
    parts += marked.after
    return contents.join(parts)


def _core(content: Content) -> tuple[int, int]:
    """The stretch of parts that has to be translated: without the codes at the ends that belong to the whole."""
    here = {(part.id, part.kind) for part in content if isinstance(part, Code)}
    start, end = 0, len(content)
    while start < end:
        first, last = content[start], content[end - 1]
        if _outside(first, here):
            start += 1
        elif _outside(last, here):
            end -= 1
        elif (
            isinstance(first, Code)
            and isinstance(last, Code)
            and (first.id, first.kind, last.kind) == (last.id, CodeKind.OPEN, CodeKind.CLOSE)
        ):
            start, end = start + 1, end - 1
        else:
            break
    return start, end


def _outside(part: Inline, here: set[tuple[str, CodeKind]]) -> bool:
    """Whether a part at an end can stay there: white space, a code by itself, or one whose partner is in another segment."""
    if isinstance(part, Text):
        return not part.value.strip()
    if part.kind is CodeKind.STANDALONE:
        return True
    return (part.id, CodeKind.CLOSE if part.kind is CodeKind.OPEN else CodeKind.OPEN) not in here


def _margin(outside: Content, edge: Content, *, last: bool) -> Content:
    """The parts outside with the white space at the edge of the core."""
    if not edge or not isinstance(edge[0], Text):
        return outside
    value = edge[0].value
    if last:
        return (*contents.from_text(value[len(value.rstrip()) :]), *outside)
    return (*outside, *contents.from_text(value[: len(value) - len(value.lstrip())]))


def _tree(marks: Sequence[Mark]) -> tuple[Node, ...]:
    """Marks as nested nodes; codes without a partner, or that cross another span, stand by themselves."""
    result: list[Node] = []
    index = 0
    while index < len(marks):
        opening = marks[index]
        end = _partner(marks, index)
        if end is None:
            result.append(Node(open=opening))
            index += 1
            continue
        result.append(Node(open=opening, close=marks[end], inside=_tree(marks[index + 1 : end])))
        index = end + 1
    return tuple(result)


def _partner(marks: Sequence[Mark], index: int) -> int | None:
    """Where the span that begins at `index` ends, if no other span crosses it."""
    code = marks[index].code
    if code.kind is not CodeKind.OPEN:
        return None
    ends = [at for at in range(index + 1, len(marks)) if marks[at].code.id == code.id and marks[at].code.kind is CodeKind.CLOSE]
    if not ends:
        return None
    inside = [other.code for other in marks[index + 1 : ends[0]]]
    everywhere = {(other.code.id, other.code.kind) for other in marks}
    for other in inside:
        partner = {CodeKind.OPEN: CodeKind.CLOSE, CodeKind.CLOSE: CodeKind.OPEN}.get(other.kind)
        if partner and (other.id, partner) in everywhere and not any((c.id, c.kind) == (other.id, partner) for c in inside):
            return None
    return ends[0]


def _spans(nodes: Sequence[Node]) -> list[Span]:
    result = []
    for node in nodes:
        if node.close is not None:
            result += [(node.open.at, node.close.at), *_spans(node.inside)]
    return result


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finder:
    """A text, its translation, and how places of one are found in the other."""

    source: str
    target: str
    locate: Callable[[Span], Span]
    divide: Callable[[int], int]

    def point(self, single: Mark) -> int:
        """Where a code by itself goes: to a word that it touches on one side only, else between two words."""
        text = self.source
        before = not single.space_before and re.search(r"\w+$", text[: single.at])
        after = not single.space_after and re.match(r"\w+", text[single.at :])
        if before and not after and not _stands_for_space(single.code):
            return self.locate(before.span())[1]
        if after and not before and not _stands_for_space(single.code):
            return self.locate((single.at, single.at + after.end()))[0]
        return self.divide(single.at)

    def span(self, node: Node) -> Span:
        """Where a span goes, with all spans inside it; one without words goes where a code by itself would."""
        assert node.close is not None
        start, end = node.open.at, node.close.at
        if not self.source[start:end].strip():
            at = self.point(node.open)
            return at, at
        places = [self.locate((start, end)), *(self.span(inner) for inner in node.inside if inner.close is not None)]
        return min(left for left, _ in places), max(right for _, right in places)


def _emit(parts: list[Inline], nodes: Sequence[Node], limits: Span, finder: _Finder) -> None:
    """Append the target between the limits, with the nodes in it."""
    target = finder.target
    at = limits[0]
    for (start, end), node in _places(nodes, limits, finder):
        single = node.close is None
        text = target[at:start]
        parts.append(Text(value=text.rstrip(" ") if single and _stands_for_space(node.open.code) else text))
        parts.append(node.open.code)
        if node.close is not None:
            _emit(parts, node.inside, (start, end), finder)
            parts.append(node.close.code)
        at = end
        if single and _stands_for_space(node.open.code):
            at += target[at : at + 1] == " "
        elif single and node.open.space_before and node.open.space_after and target[at : at + 1] not in {"", " "}:
            parts.append(Text(value=" "))
    parts.append(Text(value=target[at : limits[1]]))


def _stands_for_space(code: Code) -> bool:
    return bool(code.equiv) and code.equiv.isspace()


def _places(nodes: Sequence[Node], limits: Span, finder: _Finder) -> list[tuple[Span, Node]]:
    """Where each node goes, in the order of the target: inside the limits, spans apart from each other, single codes outside spans."""
    placed: list[tuple[Span, Node]] = []
    for node in (node for node in nodes if node.close is not None):
        placed.append((_free(finder.span(node), [taken for taken, _ in placed], limits), node))
    spans = [taken for taken, _ in placed]
    for node in (node for node in nodes if node.close is None):
        at = min(max(finder.point(node.open), limits[0]), limits[1])
        at = next((end if 2 * at > start + end else start for start, end in spans if start < at < end), at)
        placed.append(((at, at), node))
    order = {id(node): index for index, node in enumerate(nodes)}
    placed.sort(key=lambda item: (*item[0], order[id(item[1])]))
    return _in_order(placed)


def _in_order(placed: list[tuple[Span, Node]]) -> list[tuple[Span, Node]]:
    """The same, with a code that opens a crossing span in front of the one that closes it."""
    codes = [node.open.code for _, node in placed if node.close is None]
    for first, late in enumerate(placed):
        code = late[1].open.code
        if (
            late[1].close is not None
            or code.kind is not CodeKind.CLOSE
            or not any(c.id == code.id and c.kind is CodeKind.OPEN for c in codes)
        ):
            continue
        partner = next(
            index
            for index, (_, node) in enumerate(placed)
            if node.close is None and node.open.code.id == code.id and node.open.code is not code
        )
        if partner > first:
            result = placed.copy()
            result[first] = (late[0], placed[partner][1])
            result[partner] = (placed[partner][0], late[1])
            return _in_order(result)
    return placed


def _free(wanted: Span, taken: Sequence[Span], limits: Span) -> Span:
    """The wanted span inside the limits, cut back so that it touches no taken one; empty at its start if nothing is left."""
    start, end = (min(max(place, limits[0]), limits[1]) for place in wanted)
    for left, right in sorted(taken):
        if left <= start < right:
            start = right
        if start < left < end:
            end = left
    return (start, max(start, end)) if start <= limits[1] else (limits[1], limits[1])
