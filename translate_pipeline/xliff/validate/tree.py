"""An XLIFF file as the rules see it: names, places and the parts of units."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from translate_pipeline.xliff import xml

__all__ = ["CODES", "ID", "INLINE", "LANG", "SPACE", "Problem", "Tree", "attribute", "inherited", "problem"]

ID = "{http://www.w3.org/XML/1998/namespace}id"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
CODES = frozenset({"ph", "pc", "sc", "ec"})
INLINE = frozenset({*CODES, "mrk", "sm", "em", "cp"})

_PREFIXES = {
    "urn:oasis:names:tc:xliff:matches:2.0": "mtc",
    "urn:oasis:names:tc:xliff:glossary:2.0": "gls",
    "urn:oasis:names:tc:xliff:metadata:2.0": "mda",
    "urn:oasis:names:tc:xliff:validation:2.0": "val",
    "urn:oasis:names:tc:xliff:fs:2.0": "fs",
    "urn:oasis:names:tc:xliff:resourcedata:2.0": "res",
    "urn:oasis:names:tc:xliff:sizerestriction:2.0": "slr",
    "urn:oasis:names:tc:xliff:changetracking:2.0": "ctr",
    "urn:oasis:names:tc:xliff:changetracking:2.1": "ctr",
    "urn:oasis:names:tc:xliff:pgs:1.0": "pgs",
    "http://www.w3.org/2005/11/its": "its",
    "urn:oasis:names:tc:xliff:itsm:2.1": "itsm",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A rule of XLIFF that a file breaks. `rule` names it shortly and stays the same from version to version."""

    line: int
    rule: str
    message: str


def problem(element: etree._Element, rule: str, message: str) -> Problem:
    """A problem at the place of an element."""
    return Problem(line=element.sourceline or 0, rule=rule, message=message)


class Tree:
    """A file with its core namespace. Elements of the core have plain names, those of modules a prefix; others are called "other"."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.core = xml.namespace(root)
        self.version = root.get("version", "")
        self._names: dict[str, str] = {}

    def name(self, element: etree._Element) -> str:
        """What the rules call an element: "unit", "mtc:match", "other"."""
        tag = str(element.tag)
        name = self._names.get(tag)
        if name is None:
            space, local = xml.namespace(element), xml.local(element)
            prefix = _PREFIXES.get(space)
            name = local if space == self.core else f"{prefix}:{local}" if prefix else "other"
            self._names[tag] = name
        return name

    def elements(self, *names: str) -> Iterator[etree._Element]:
        """All elements of the core with these names, in the order of the file."""
        return self.root.iter(*(f"{{{self.core}}}{name}" if self.core else name for name in names))

    def inside(self, element: etree._Element, *names: str) -> Iterator[etree._Element]:
        """The elements of the core with these names inside an element."""
        return element.iterdescendants(*(f"{{{self.core}}}{name}" if self.core else name for name in names))

    def child(self, element: etree._Element, name: str) -> etree._Element | None:
        """The first child of the core with this name."""
        return next(self.children(element, name), None)

    def children(self, element: etree._Element, *names: str) -> Iterator[etree._Element]:
        """The children of the core with these names."""
        return (child for child in element if self.name(child) in names)

    def modules(self, prefix: str, name: str) -> Iterator[etree._Element]:
        """All elements of a module with this name."""
        return (element for space, known in _PREFIXES.items() if known == prefix for element in self.root.iter(f"{{{space}}}{name}"))

    def parts(self, unit: etree._Element, side: str) -> Iterator[etree._Element]:
        """The sources or targets of a unit, in order."""
        for part in self.children(unit, "segment", "ignorable"):
            yield from self.children(part, side)


def attribute(name: str) -> tuple[str, str]:
    """Prefix and local name of an attribute: ("", "id"), ("xml", "lang"), ("fs", "fs"), ("other", "x")."""
    if not name.startswith("{"):
        return "", name
    space, _, local = name[1:].partition("}")
    if space == "http://www.w3.org/XML/1998/namespace":
        return "xml", local
    return _PREFIXES.get(space, "other"), local


def inherited(element: etree._Element, name: str) -> str:
    """The value of an attribute on an element or on the nearest one around it that has it; "" when none has."""
    return next((found.get(name, "") for found in _with_ancestors(element) if found.get(name) is not None), "")


def _with_ancestors(element: etree._Element) -> Iterable[etree._Element]:
    yield element
    yield from element.iterancestors()
