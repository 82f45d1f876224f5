"""One way in and one way out for all versions of XLIFF."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from translate_pipeline.errors import XliffError
from translate_pipeline.model import Document, Issue
from translate_pipeline.xliff import xml
from translate_pipeline.xliff.returned import Head, Returned
from translate_pipeline.xliff.v2 import parse as parse_2
from translate_pipeline.xliff.v2 import serialize as serialize_2
from translate_pipeline.xliff.v12 import parse as parse_12
from translate_pipeline.xliff.v12 import serialize as serialize_12

__all__ = ["WRITTEN", "Segmentation", "Version", "parse", "peek", "segmentation_of", "serialize", "version_of"]

Version = Literal["1.2", "2.0", "2.1"]
Segmentation = Literal["unit", "mrk"]
WRITTEN: tuple[Version, ...] = ("1.2", "2.0", "2.1")
"""The versions that are written; 2.2 is read as well."""

_NO_ISSUES: Mapping[str, Sequence[Issue]] = MappingProxyType({})


def version_of(data: bytes) -> str:
    """The version that the root element of a file names.

    Raises:
        XliffError: not XML, or not XLIFF.
    """
    for _, root in xml.events(data, "start"):
        if xml.local(root) != "xliff":
            raise XliffError(f"Line {root.sourceline}: <{xml.local(root)}> is not <xliff>. This is no XLIFF file.")
        return root.get("version", "")
    raise XliffError("The file is empty.")


def segmentation_of(data: bytes) -> Segmentation:
    """How the segments stand in a file of ours, of any version.

    Raises:
        XliffError: not XML.
    """
    for _, element in xml.events(data, "start"):
        name = xml.local(element)
        if name == "seg-source" or (name == "unit" and element.get("type")):
            return "mrk"
    return "unit"


def parse(data: bytes, *, skeleton: Document | None) -> Returned:
    """Read a file of any version, with the skeleton of its article or alone.

    Raises:
        XliffError: not XML, no XLIFF, a version that we do not read, or nothing in it.
    """
    if version_of(data) in parse_2.VERSIONS:
        return parse_2.parse(data, skeleton=skeleton)
    return parse_12.parse(data, skeleton=skeleton)


def peek(data: bytes) -> Head:
    """What the head of a file of any version says.

    Raises:
        XliffError: as for `parse`.
    """
    if version_of(data) in parse_2.VERSIONS:
        return parse_2.peek(data)
    return parse_12.peek(data)


def serialize(
    document: Document,
    *,
    version: Version,
    skeleton: str,
    fingerprint: str,
    recipe: str,
    build: int,
    segmentation: Segmentation = "unit",
    issues: Mapping[str, Sequence[Issue]] = _NO_ISSUES,
) -> bytes:
    """The file for the translator in the given version; see `v12.serialize` for the parameters.

    Raises:
        XliffError: a character that XML cannot carry, or no target language.
    """
    if version == "1.2":
        return serialize_12.serialize(
            document, skeleton=skeleton, fingerprint=fingerprint, recipe=recipe, build=build, segmentation=segmentation, issues=issues
        )
    return serialize_2.serialize(
        document,
        version=version,
        skeleton=skeleton,
        fingerprint=fingerprint,
        recipe=recipe,
        build=build,
        segmentation=segmentation,
        issues=issues,
    )
