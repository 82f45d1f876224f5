"""XML from people we do not know, and XML of our own: hardened reading, fixed layout on writing."""

import io
from collections.abc import Collection, Iterator
from typing import IO, Literal

from lxml import etree

from translate_pipeline.errors import XliffError

__all__ = ["MAXIMUM_BYTES", "children", "events", "forget", "local", "namespace", "read", "write"]

MAXIMUM_BYTES = 200_000_000
"""Larger files are not taken into memory at once."""


def read(data: bytes) -> etree._Element:
    """The root element of an XML file, without comments and processing instructions.

    Raises:
        XliffError: not well-formed, with a document type declaration, or too large.
    """
    if len(data) > MAXIMUM_BYTES:
        raise XliffError(f"The file has {len(data) / 1e6:.0f} MB; the limit is {MAXIMUM_BYTES / 1e6:.0f} MB. Split it.")
    if not data.strip():
        raise XliffError("The file is empty.")
    try:
        # Nothing outside the file is read, nothing is expanded, and libxml2 keeps its limits on depth and growth.
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
        )
        root: etree._Element = etree.fromstring(data, parser=parser)
    except etree.XMLSyntaxError as problem:
        raise _explained(problem) from problem
    _refuse_doctype(root)
    return root


class _Gently(io.BytesIO):
    """A stream whose first piece is small: whoever looks at the head of a file does not pay for its body."""

    def read(self, size: int | None = -1) -> bytes:
        """As io.BytesIO, but the first time 2 kB at most."""
        return super().read(size if self.tell() else 2048)


def events(data: bytes | IO[bytes], *kinds: Literal["start", "end"]) -> Iterator[tuple[str, etree._Element]]:
    """Start and end events of elements while a file is read; a stream is never in memory at once if the caller forgets what it has seen.

    Raises:
        XliffError: as for `read`, when the damaged place is reached.
    """
    try:
        checked = False
        stream = etree.iterparse(
            _Gently(data) if isinstance(data, bytes) else data,
            events=kinds,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for kind, element in stream:
            if not checked:
                _refuse_doctype(element)
                checked = True
            yield kind, element
    except etree.XMLSyntaxError as problem:
        raise _explained(problem) from problem


def _refuse_doctype(element: etree._Element) -> None:
    if element.getroottree().docinfo.doctype:
        raise XliffError("Line 1: the file has a document type declaration (DOCTYPE), which may define entities. Remove it.")


def _explained(problem: etree.XMLSyntaxError) -> XliffError:
    line, reason = problem.lineno or 1, (problem.msg or "not XML").removesuffix(".")
    return XliffError(f"Line {line}: the file is not well-formed XML ({reason}). Ask for an undamaged copy.")


def write(root: etree._Element, *, running: Collection[str]) -> bytes:
    """The bytes of a file: an element a line, except inside elements whose names are in `running`, where white space counts."""
    _lay_out(root, "\n", running)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="UTF-8", xml_declaration=False) + b"\n"


def forget(element: etree._Element) -> None:
    """Free an element that was read, and all that came before it beside it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _lay_out(element: etree._Element, indent: str, running: Collection[str]) -> None:
    # Recursion is as deep as the structure that we write ourselves.
    if len(element) == 0 or local(element) in running:
        return
    element.text = indent + "  "
    for child in element:
        _lay_out(child, indent + "  ", running)
        child.tail = indent + "  "
    element[-1].tail = indent


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def namespace(element: etree._Element) -> str:
    """The namespace of an element, "" when it has none."""
    before, found, _ = str(element.tag).partition("}")
    return before.removeprefix("{") if found else ""


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The child elements with one of the local names, whatever their namespace."""
    return (child for child in element if local(child) in names)
