"""XLIFF of other people, unit by unit, for files that should not be in memory at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from lxml import etree

from translate_pipeline.errors import XliffError
from translate_pipeline.model import Segment
from translate_pipeline.xliff import xml
from translate_pipeline.xliff.returned import Head
from translate_pipeline.xliff.v2 import parse as parse_2
from translate_pipeline.xliff.v12 import parse as parse_12

__all__ = ["Pair", "pairs", "peek"]

_STRAY = Head(version="", source_language="", target_language="")  # of a unit that stands in no file


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A segment with its translation, if it has one, as a file has it. `line` is where it stands.

    `head` is what its `file` element says, one object for all of a file; `protected` are the codes of its unit whose text has to stay.
    """

    segment: Segment
    head: Head
    protected: frozenset[str]
    line: int


def peek(stream: IO[bytes]) -> Head:
    """What the head of a file of any version says, without reading the rest.

    Raises:
        XliffError: as for `pairs`, or nothing in it.
    """
    version = ""
    for _, element in xml.events(stream, "start"):
        version = version or _version(element)
        if xml.local(element) in ({"body"} if version.startswith("1.") else {"unit", "group"}):
            file = next(element.iterancestors("{*}file"), None)
            if file is not None:
                return _head(file, version)
    raise XliffError(f"There is no <file> with a <{'body' if version.startswith('1.') else 'unit'}>: there is nothing in it.")


def pairs(stream: IO[bytes]) -> Iterator[Pair]:
    """The segments of an XLIFF file of any version (1.x, 2.0 to 2.2), in order, while it is read. Of a file only the names of its segments are kept.

    Raises:
        XliffError: not XML, no XLIFF, or a version that we do not read; damage is met when its place is reached.
    """
    version, head = "", _STRAY
    current: etree._Element | None = None
    reader: parse_12.Reader | parse_2.Reader | None = None
    for kind, element in xml.events(stream, "start", "end"):
        name = xml.local(element)
        if kind == "start":
            version = version or _version(element)
            continue
        if name in {"trans-unit", "unit"}:
            file = next(element.iterancestors("{*}file"), None)
            if reader is None or file is not current:
                reader = parse_12.Reader({}, None) if version.startswith("1.") else parse_2.Reader()
                current, head = file, _head(file, version)
            yield from _unit(element, reader, head)
        if name in {"trans-unit", "unit", "group", "file"}:
            xml.forget(element)


def _version(root: etree._Element) -> str:
    if xml.local(root) != "xliff":
        raise XliffError(f"Line {root.sourceline}: <{xml.local(root)}> is not <xliff>. This is no XLIFF file.")
    version = root.get("version", "")
    if not version.startswith("1.") and version not in parse_2.VERSIONS:
        raise XliffError(f"Line {root.sourceline}: version {version!r} is not XLIFF 1.2, 2.0, 2.1 or 2.2.")
    return version


def _head(file: etree._Element | None, version: str) -> Head:
    if file is None:
        return _STRAY
    return parse_12.head(file) if version.startswith("1.") else parse_2.head(file)


def _unit(unit: etree._Element, reader: parse_12.Reader | parse_2.Reader, head: Head) -> Iterator[Pair]:
    """The segments of a unit. What the reader met in it is let go: other people's codes are named anew in each unit."""
    rows = list(reader.unit(unit))
    protected = set(reader.met.protected)
    if isinstance(reader, parse_12.Reader):
        protected.update(name for name, ctype in reader.met.ctypes.items() if ctype == "x-dnt")
        reader.met.ctypes.clear()
    else:
        reader.met.elements.clear()
    reader.met.protected.clear()
    reader.met.unknown.clear()
    reader.findings.clear()
    for row in rows:
        yield Pair(segment=row.segment, head=head, protected=frozenset(protected), line=row.line)
