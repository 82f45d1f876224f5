"""Reading the content of XLIFF 2: text, inline codes and marks, by whatever program they were written."""

from dataclasses import dataclass, field

from lxml import etree

from translate_pipeline.model import CodeKind
from translate_pipeline.xliff import xml
from translate_pipeline.xliff.inline import Collected, Known

__all__ = ["Facts", "collect"]


@dataclass(slots=True)
class Facts:
    """What was met on the way: the element behind each code, the codes of protected text, and elements that do not belong into text.

    `known` are the codes of the article, which the file only names.
    """

    elements: dict[str, str] = field(default_factory=dict)
    protected: dict[str, None] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    known: Known = field(default_factory=dict)


_ELEMENTS = {"xlf:b": "b", "xlf:i": "i", "xlf:u": "u", "xlf:lb": "br"}
_KINDS = {"link": "a", "image": "img", "quote": "q"}


def collect(element: etree._Element, met: Facts) -> Collected:
    """The content of a source or target."""
    reader = _Reader(met)
    reader.inside(element)
    return reader.result


class _Reader:
    """Walks through an element; `result` is what was read."""

    def __init__(self, met: Facts) -> None:
        self.result = Collected(met.known)
        self._met = met
        self._names: dict[str, str] = {}
        self._terms: dict[str, tuple[int, str]] = {}

    def inside(self, element: etree._Element) -> None:
        """Read text and children. The parser allows no depth at which this recursion could fail."""
        self.result.text(element.text)
        for child in element:
            self._child(child)
            self.result.text(child.tail)

    def _child(self, child: etree._Element) -> None:
        tag = xml.local(child)
        if tag == "pc":
            name = self._named(child)
            self.result.code(name, CodeKind.OPEN, equiv=child.get("equivStart", ""), disp=child.get("dispStart", ""))
            self.inside(child)
            self.result.code(name, CodeKind.CLOSE, equiv=child.get("equivEnd", ""), disp=child.get("dispEnd", ""))
        elif tag in {"ph", "sc", "ec"}:
            kind = {"ph": CodeKind.STANDALONE, "sc": CodeKind.OPEN, "ec": CodeKind.CLOSE}[tag]
            self.result.code(self._named(child), kind, equiv=child.get("equiv", ""), disp=child.get("disp", ""))
        elif tag == "cp":
            self.result.text(_character(child.get("hex", "")))
        elif tag == "mrk":
            self._mark(child)
        elif tag == "sm" and child.get("type") == "term":
            self._terms[child.get("id", "")] = (self.result.length, child.get("value", ""))
            self.result.enter_mark(child.get("id", ""))
        elif tag == "em":
            start, value = self._terms.pop(child.get("startRef", ""), (self.result.length, ""))
            self.result.mark(child.get("startRef", ""), start, value)
        elif tag != "sm":
            self._met.unknown.setdefault(tag, child.sourceline or 0)
            self.inside(child)

    def _named(self, child: etree._Element) -> str:
        """The id that the halves of a pair and all copies of a code share."""
        own = child.get("id", "")
        name = child.get("copyOf") or own
        if xml.local(child) == "ec":
            start = child.get("startRef", "")
            return self._names.get(start, start) or name.removesuffix(".end")
        self._names[own] = name
        kind, sub = child.get("type", ""), child.get("subType", "")
        element = _ELEMENTS.get(sub) or _KINDS.get(kind) or sub.removeprefix("tp:")
        if element:
            self._met.elements.setdefault(name, element)
        return name

    def _mark(self, child: etree._Element) -> None:
        name, start = child.get("id", ""), self.result.length
        parent = child.getparent()
        if child.get("translate") == "no" and parent is not None and name == f"{parent.get('id')}.dnt":
            # Our own mark inside a code pair: the pair stands for it.
            self._met.protected[str(parent.get("copyOf") or parent.get("id"))] = None
            self.inside(child)
        elif child.get("translate") == "no" and not name.endswith(".no"):
            self._met.protected[name] = None
            self.result.code(name, CodeKind.OPEN)
            self.inside(child)
            self.result.code(name, CodeKind.CLOSE)
        elif child.get("type") == "term":
            self.result.enter_mark(name)
            self.inside(child)
            self.result.mark(name, start, child.get("value", ""))
        else:
            self.inside(child)


def _character(digits: str) -> str:
    """The character of a `cp` element; the replacement character for what is none."""
    try:
        return chr(int(digits, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
