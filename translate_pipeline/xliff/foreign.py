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

__all__ = ["Pair", "pairs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A segment with its translation, if it has one, as a file has it. `line` is where it stands; the languages are as the file writes them."""

    segment: Segment
    source_language: str
    target_language: str
    original: str
    line: int


def pairs(stream: IO[bytes]) -> Iterator[Pair]:
    """The segments of an XLIFF file of any version (1.x, 2.0 to 2.2), in order, while it is read. Memory does not grow with the file.

    Raises:
        XliffError: not XML, no XLIFF, or a version that we do not read; damage is met when its place is reached.
    """
    version = ""
    heads: dict[etree._Element, Head] = {}
    for kind, element in xml.events(stream, "start", "end"):
        name = xml.local(element)
        if kind == "start":
            if not version:
                version = _version(element)
            continue
        if name in {"trans-unit", "unit"}:
            file = next(element.iterancestors("{*}file"), None)
            if file is not None and file not in heads:
                heads = {file: (parse_12 if version.startswith("1.") else parse_2).head(file)}
            yield from _unit(element, version, heads.get(file) if file is not None else None)
        if name in {"trans-unit", "unit", "group", "file"}:
            xml.forget(element)


def _version(root: etree._Element) -> str:
    if xml.local(root) != "xliff":
        raise XliffError(f"Line {root.sourceline}: <{xml.local(root)}> is not <xliff>. This is no XLIFF file.")
    version = root.get("version", "")
    if not version.startswith("1.") and version not in parse_2.VERSIONS:
        raise XliffError(f"Line {root.sourceline}: version {version!r} is not XLIFF 1.2, 2.0, 2.1 or 2.2.")
    return version


def _unit(unit: etree._Element, version: str, head: Head | None) -> Iterator[Pair]:
    rows = parse_12.Reader({}, None).unit(unit) if version.startswith("1.") else parse_2.Reader().unit(unit)
    for row in rows:
        yield Pair(
            segment=row.segment,
            source_language=head.source_language if head else "",
            target_language=head.target_language if head else "",
            original=head.original if head else "",
            line=row.line,
        )
