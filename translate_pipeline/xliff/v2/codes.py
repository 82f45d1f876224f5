"""Inline codes in XLIFF 2: ids that are unique in a unit, pairs that may reach over segments, copies."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from translate_pipeline.model import Code, CodeKind, Content, Markup
from translate_pipeline.xliff.inline import Event, Role, arrange, build
from translate_pipeline.xliff.v2.namespaces import CORE

__all__ = ["Name", "Writer", "names"]

_NS = f"{{{CORE}}}"
_TYPES = {
    "b": ("fmt", "xlf:b"),
    "strong": ("fmt", "xlf:b"),
    "i": ("fmt", "xlf:i"),
    "em": ("fmt", "xlf:i"),
    "u": ("fmt", "xlf:u"),
    "br": ("fmt", "xlf:lb"),
    "a": ("link", ""),
    "img": ("image", ""),
    "q": ("quote", ""),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """How a code is called in a unit. `copy_of` is the first of several codes with one id; `linked` says that both halves of a pair are there."""

    id: str
    copy_of: str = ""
    linked: bool = False


def names(contents: Iterable[Content]) -> list[list[Name]]:
    """The names of all codes in the contents of a unit, in their order; a pair may open in one content and close in a later one."""
    result: list[list[Name]] = []
    count: dict[str, int] = {}
    waiting: dict[str, list[tuple[int, int]]] = {}
    for content in contents:
        row: list[Name] = []
        result.append(row)
        for code in content:
            if not isinstance(code, Code):
                continue
            if code.kind is CodeKind.CLOSE and waiting.get(code.id):
                block, place = waiting[code.id].pop()
                opening = result[block][place]
                result[block][place] = Name(id=opening.id, copy_of=opening.copy_of, linked=True)
                row.append(Name(id=opening.id, linked=True))
                continue
            base = f"{code.id}.end" if code.kind is CodeKind.CLOSE else code.id
            count[base] = count.get(base, 0) + 1
            first = count[base] == 1
            row.append(Name(id=base if first else f"{base}.{count[base]}", copy_of="" if first else base))
            if code.kind is CodeKind.OPEN:
                waiting.setdefault(code.id, []).append((len(result) - 1, len(row) - 1))
    return result


class Writer:
    """Writes content as inline elements. `codes` are all codes of a document by id and kind, `markup` what they stand for."""

    def __init__(self, *, codes: Mapping[tuple[str, CodeKind], Code], markup: Mapping[str, Markup]) -> None:
        self._codes = codes
        self._markup = markup
        self._name = Name(id="")

    def fill(
        self, parent: etree._Element, content: Content, called: Sequence[Name], marks: Sequence[tuple[tuple[int, int], dict[str, str]]] = ()
    ) -> None:
        """Append content to `parent`; `marks` are spans of its plain text with the attributes of their `mrk`.

        A mark that codes cut in pieces is written as `sm` and `em`.
        """
        events = list(arrange(content, [span for span, _ in marks]))
        pieces = [sum(event.role is Role.MARK_START and event.mark == number for event in events) for number in range(len(marks))]
        build(parent, self._named(_joined(events, pieces), called), lambda event: self._element(event, marks))

    def _named(self, events: Iterable[Event], called: Sequence[Name]) -> Iterator[Event]:
        rest = iter(called)
        for event in events:
            if event.code is not None:
                self._name = next(rest)
            yield event

    def _element(self, event: Event, marks: Sequence[tuple[tuple[int, int], dict[str, str]]]) -> etree._Element:
        code = event.code
        if code is None:
            attributes = marks[event.mark][1]
            if event.role is Role.SPAN_END:
                return etree.Element(f"{_NS}em", startRef=attributes["id"])
            return etree.Element(_NS + ("mrk" if event.role is Role.MARK_START else "sm"), attributes)
        name = self._name
        if event.role is Role.PAIR_START:
            return self._pair(code, name)
        element = etree.Element(_NS + ("ph" if event.role is Role.POINT else "sc" if code.kind is CodeKind.OPEN else "ec"))
        if code.kind is CodeKind.CLOSE and name.linked:
            element.set("startRef", name.id)
        else:
            self._identify(element, code, name)
        if event.role is not Role.POINT and not name.linked:
            element.set("isolated", "yes")
        _describe(element, disp=code.disp, equiv=code.equiv)
        return element

    def _pair(self, code: Code, name: Name) -> etree._Element:
        end = self._codes.get((code.id, CodeKind.CLOSE), code)
        # sc and ec, which the other side may need, can overlap by default; pc cannot, and both sides must agree.
        element = etree.Element(f"{_NS}pc", canOverlap="yes")
        self._identify(element, code, name)
        _describe(element, dispStart=code.disp, equivStart=code.equiv, dispEnd=end.disp, equivEnd=end.equiv)
        markup = self._markup.get(code.id)
        if markup is not None and not markup.translate:
            etree.SubElement(element, f"{_NS}mrk", id=f"{name.id}.dnt", translate="no")
        return element

    def _identify(self, element: etree._Element, code: Code, name: Name) -> None:
        element.set("id", name.id)
        if name.copy_of:
            element.set("copyOf", name.copy_of)
        markup = self._markup.get(code.id)
        if markup is not None and code.kind is not CodeKind.CLOSE:
            kind, sub = _TYPES.get(markup.element, ("other", f"tp:{markup.element}"))
            element.set("type", kind)
            _describe(element, subType=sub)


def _describe(element: etree._Element, **values: str) -> None:
    for name, value in values.items():
        if value:
            element.set(name, value)


def _joined(events: Iterable[Event], pieces: Sequence[int]) -> Iterator[Event]:
    """The events with marks of several pieces turned into a start and an end."""
    seen = [0] * len(pieces)
    for event in events:
        if event.code is not None or event.mark < 0 or pieces[event.mark] == 1:
            yield event
        elif event.role is Role.MARK_START:
            seen[event.mark] += 1
            if seen[event.mark] == 1:
                yield Event(role=Role.SPAN_START, mark=event.mark)
        elif seen[event.mark] == pieces[event.mark]:
            yield Event(role=Role.SPAN_END, mark=event.mark)
