"""Reading the content of XLIFF 1.2: text, inline codes and marks, by whatever program they were written."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from translate_pipeline.model import CodeKind
from translate_pipeline.xliff import xml
from translate_pipeline.xliff.inline import Collected, Known

__all__ = ["SENTENCE", "Facts", "collect", "sentences"]

SENTENCE = "seg"
_KINDS = {"begin": CodeKind.OPEN, "open": CodeKind.OPEN, "end": CodeKind.CLOSE, "close": CodeKind.CLOSE}


@dataclass(slots=True)
class Facts:
    """What was met on the way: the type of each code, the codes of protected text, and elements that do not belong into text.

    `known` are the codes of the article, which the file only names.
    """

    ctypes: dict[str, str] = field(default_factory=dict)
    protected: dict[str, None] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    known: Known = field(default_factory=dict)


def collect(element: etree._Element, met: Facts) -> Collected:
    """The content of a source, target or mark. Native code inside `ph`, `bpt`, `ept` and `it` is not text."""
    reader = _Reader(element, met)
    reader.inside(element)
    return reader.result


class _Reader:
    """Walks through an element; `result` is what was read."""

    def __init__(self, element: etree._Element, met: Facts) -> None:
        self.result = Collected(met.known)
        self._element = element
        self._met = met
        self._opened: dict[str, str] | None = None
        self._nameless = 0

    def inside(self, element: etree._Element) -> None:
        """Read text and children. The parser allows no depth at which this recursion could fail."""
        self.result.text(element.text)
        for child in element:
            self._child(child)
            self.result.text(child.tail)

    def _child(self, child: etree._Element) -> None:
        tag = xml.local(child)
        if tag == "mrk":
            self._mark(child)
            return
        identity, ctype = child.get("id", ""), child.get("ctype")
        equiv = child.get("equiv-text", "\n" if ctype == "lb" else "")
        if ctype:
            self._met.ctypes.setdefault(identity, ctype)
        if tag == "g":
            self.result.code(identity, CodeKind.OPEN, equiv=equiv)
            self.inside(child)
            self.result.code(identity, CodeKind.CLOSE)
        elif tag in {"x", "ph"}:
            self.result.code(identity, CodeKind.STANDALONE, equiv=equiv)
        elif tag in {"bx", "bpt"}:
            self.result.code(identity, CodeKind.OPEN, equiv=equiv)
        elif tag in {"ex", "ept"}:
            self.result.code(self._partner(child.get("rid", ""), identity), CodeKind.CLOSE, equiv=equiv)
        elif tag == "it":
            self.result.code(identity, _KINDS.get(child.get("pos", ""), CodeKind.STANDALONE), equiv=equiv)
        else:
            self._met.unknown.setdefault(tag, child.sourceline or 0)
            self.inside(child)

    def _partner(self, rid: str, identity: str) -> str:
        """The id of the opening code that a closing one names by its `rid`, wherever in the content that stands."""
        if self._opened is None:
            opening = self._element.iter("{*}bx", "{*}bpt")
            self._opened = {code.get("rid", ""): code.get("id", "") for code in opening if code.get("rid")}
        return self._opened.get(rid, rid or identity)

    def _mark(self, child: etree._Element) -> None:
        result, met = self.result, self._met
        start, kind = result.length, child.get("mtype")
        protected = ""
        if kind == "protected":
            self._nameless += not child.get("mid")  # both sides count the marks without a name alike
            protected = f"{kind}-{child.get('mid') or self._nameless}"
            met.protected[protected] = None
            result.code(protected, CodeKind.OPEN)
        key = child.get("mid") or f"#{start}"
        if kind == "term":
            result.enter_mark(key)
        self.inside(child)
        if protected:
            result.code(protected, CodeKind.CLOSE)
        if kind == "term":
            result.mark(key, start, child.get("comment", ""))


def sentences(element: etree._Element) -> Iterator[etree._Element]:
    """The marks of sentences in a `seg-source` or `target`."""
    return (mark for mark in element.iter() if xml.local(mark) == "mrk" and mark.get("mtype") == SENTENCE)
