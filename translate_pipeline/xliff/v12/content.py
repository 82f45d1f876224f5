"""Reading the content of XLIFF 1.2: text, inline codes and marks, by whatever program they were written."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from translate_pipeline.model import CodeKind
from translate_pipeline.xliff import xml
from translate_pipeline.xliff.inline import Collected

__all__ = ["SENTENCE", "Facts", "collect", "sentences"]

SENTENCE = "seg"
_KINDS = {"begin": CodeKind.OPEN, "open": CodeKind.OPEN, "end": CodeKind.CLOSE, "close": CodeKind.CLOSE}


@dataclass(slots=True)
class Facts:
    """What was met on the way: the type of each code, the codes of protected text, and elements that do not belong into text."""

    ctypes: dict[str, str]
    protected: dict[str, None]
    unknown: dict[str, int]


def collect(element: etree._Element, met: Facts) -> Collected:
    """The content of a source, target or mark. Native code inside `ph`, `bpt`, `ept` and `it` is not text."""
    result = Collected()
    result.text(element.text)
    _children(element, result, met, _pairs(element))
    return result


def _pairs(element: etree._Element) -> dict[str, str]:
    """The id of the opening code for each `rid`; closing codes name their partner by it."""
    return {child.get("rid", ""): child.get("id", "") for child in element.iter() if xml.local(child) in {"bx", "bpt"} and child.get("rid")}


def _children(element: etree._Element, result: Collected, met: Facts, opened: dict[str, str]) -> None:
    # The parser allows no depth at which this recursion could fail.
    for child in element:
        _child(child, result, met, opened)
        result.text(child.tail)


def _child(child: etree._Element, result: Collected, met: Facts, opened: dict[str, str]) -> None:
    tag = xml.local(child)
    identity = child.get("id", "")
    equiv = child.get("equiv-text", "\n" if child.get("ctype") == "lb" else "")
    if child.get("ctype"):
        met.ctypes.setdefault(identity, child.get("ctype", ""))
    if tag == "g":
        result.code(identity, CodeKind.OPEN, equiv=equiv)
        result.text(child.text)
        _children(child, result, met, opened)
        result.code(identity, CodeKind.CLOSE)
    elif tag in {"x", "ph"}:
        result.code(identity, CodeKind.STANDALONE, equiv=equiv)
    elif tag in {"bx", "bpt"}:
        result.code(identity, CodeKind.OPEN, equiv=equiv)
    elif tag in {"ex", "ept"}:
        result.code(opened.get(child.get("rid", ""), child.get("rid") or identity), CodeKind.CLOSE, equiv=equiv)
    elif tag == "it":
        result.code(identity, _KINDS.get(child.get("pos", ""), CodeKind.STANDALONE), equiv=equiv)
    elif tag == "mrk":
        _mark(child, result, met, opened)
    else:
        met.unknown.setdefault(tag, child.sourceline or 0)
        result.text(child.text)
        _children(child, result, met, opened)


def _mark(child: etree._Element, result: Collected, met: Facts, opened: dict[str, str]) -> None:
    start, kind = result.length, child.get("mtype")
    protected = f"{kind}-{child.get('mid') or len(met.protected) + 1}" if kind == "protected" else ""
    if protected:
        met.protected[protected] = None
        result.code(protected, CodeKind.OPEN)
    key = child.get("mid") or f"#{start}"
    if kind == "term":
        result.enter_mark(key)
    result.text(child.text)
    _children(child, result, met, opened)
    if protected:
        result.code(protected, CodeKind.CLOSE)
    if kind == "term":
        result.mark(key, start, child.get("comment", ""))


def sentences(element: etree._Element) -> Iterator[etree._Element]:
    """The marks of sentences in a `seg-source` or `target`."""
    return (mark for mark in element.iter() if xml.local(mark) == "mrk" and mark.get("mtype") == SENTENCE)
