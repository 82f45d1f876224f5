"""References lead somewhere: data, copies, subflows, and fragment identifiers."""

import itertools
import re
from collections.abc import Iterator

from lxml import etree

from translate_pipeline.xliff.validate.tree import CODES, ID, INLINE, Problem, Tree, problem

__all__ = ["check"]

_RANKS = {"f": 0, "g": 1, "u": 2}
_CORE = frozenset({*_RANKS, "n", "d", "t"})
_MODULES = frozenset({"ctr", "fs", "gls", "its", "itsm", "mda", "mtc", "pgs", "res", "slr", "val"})
_EXTENSIONS = frozenset({"tbx"})
"""Prefixes that are registered for what is no module."""
_NAME = re.compile(r"[-.:\w\u00b7]+")


def check(tree: Tree) -> Iterator[Problem]:
    """Problems with references of XLIFF 2."""
    units = {file: {unit.get("id") for unit in tree.inside(file, "unit")} for file in tree.children(tree.root, "file")}
    for unit in tree.elements("unit"):
        file = next((parent for parent in unit.iterancestors() if parent in units), None)
        data = tree.child(unit, "originalData")
        known = {item.get("id") for item in data} if data is not None else set()
        inline = [
            element
            for side in ("source", "target")
            for content in tree.parts(unit, side)
            for element in tree.inside(content, *CODES, "mrk", "sm")
        ]
        codes: dict[str, etree._Element] = {}
        for element in inline:
            if tree.name(element) in CODES:
                codes.setdefault(element.get("id", ""), element)
        for element in inline:
            yield from _data(element, known)
            yield from _copy(element, codes)
            yield from _subflows(element, units.get(file, set()) if file is not None else set())
    for match in tree.modules("mtc", "match"):
        data = tree.child(match, "originalData")
        known = {item.get("id") for item in data} if data is not None else set()
        for element in tree.inside(match, *CODES):
            yield from _data(element, known)
    index = _Index(tree)
    for element in tree.elements("mrk", "sm", "note"):
        reference = element.get("ref", "")
        if reference.startswith("#"):
            yield from index.check(element, reference)


def _data(element: etree._Element, known: set[str | None]) -> Iterator[Problem]:
    for name in ("dataRef", "dataRefStart", "dataRefEnd"):
        if element.get(name) is not None and element.get(name) not in known:
            yield problem(element, "data-reference", f'"{name}" is "{element.get(name)}", but there is no such <data>')


def _copy(element: etree._Element, codes: dict[str, etree._Element]) -> Iterator[Problem]:
    name = element.get("copyOf")
    if name is None:
        return
    base = codes.get(name)
    if base is None:
        yield problem(element, "copy", f'"copyOf" is "{name}", but there is no such code in the unit')
        return
    if base.get("canCopy") == "no":
        yield problem(element, "copy", f'the code "{name}" must not be copied (canCopy="no")')
    if any(item.get(key) is not None for item in (base, element) for key in ("dataRef", "dataRefStart", "dataRefEnd")):
        yield problem(element, "copy", '"copyOf" is for codes without original data')


def _subflows(element: etree._Element, units: set[str | None]) -> Iterator[Problem]:
    for name in ("subFlows", "subFlowsStart", "subFlowsEnd"):
        for target in element.get(name, "").split():
            if target not in units:
                yield problem(element, "subflow", f'"{name}" names the unit "{target}", which is not in the file')


class _Index:
    """Finds what fragment identifiers point to."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._files = {file.get("id"): file for file in tree.children(tree.root, "file")}
        self._inside = {
            file: {(tree.name(found), found.get("id")): found for found in tree.inside(file, "group", "unit")}
            for file in self._files.values()
        }

    def check(self, element: etree._Element, reference: str) -> Iterator[Problem]:
        """Problems with a fragment identifier on an element."""
        fault = self._fault(element, reference[1:])
        if fault:
            yield problem(element, "fragment", f'"{reference}": {fault}')

    def _fault(self, element: etree._Element, fragment: str) -> str:
        selectors = [item.partition("=") for item in fragment.removeprefix("/").split("/")]
        pairs = [(prefix, name) if equals else ("", prefix) for prefix, equals, name in selectors]
        if any(not _NAME.fullmatch(name) or (prefix and not _NAME.fullmatch(prefix)) for prefix, name in pairs):
            return "is not a fragment identifier (prefix=id, parted by slashes)"
        unknown = [prefix for prefix, _ in pairs if prefix and prefix not in _CORE | _MODULES | _EXTENSIONS]
        if unknown:
            return f'"{unknown[0]}" is no registered prefix'
        if fragment.startswith("/") and pairs[0][0] != "f":
            return "an absolute identifier begins with a file (f=)"
        ranks = [_RANKS.get(prefix, 3) for prefix, _ in pairs]
        if any(left >= right for left, right in itertools.pairwise(ranks)):
            return "file, group, unit and what is in them must come in this order, each once"
        return self._lead(element, pairs)

    def _lead(self, element: etree._Element, pairs: list[tuple[str, str]]) -> str:
        """Where the selectors lead, step by step from the place of the element."""
        place: etree._Element | None = None
        for prefix, name in pairs:
            if prefix in _RANKS:
                tag = {"f": "file", "g": "group", "u": "unit"}[prefix]
                around = place if place is not None and self._tree.name(place) == "file" else self._around(element, "file")
                place = self._files.get(name) if prefix == "f" else self._inside.get(around, {}).get((tag, name))
                if place is None:
                    return f'there is no <{tag}> "{name}" there'
                continue
            around = place if place is not None else self._around(element, "unit")
            if not self._holds(around, prefix, name):
                return f'there is no "{name}" there'
        return ""

    def _around(self, element: etree._Element, tag: str) -> etree._Element:
        """The enclosing element with this name, else the nearest one that can hold notes, else the whole document."""
        wanted = {tag} if tag == "file" else {"unit", "group", "file"}
        return next((parent for parent in element.iterancestors() if self._tree.name(parent) in wanted), self._tree.root)

    def _holds(self, place: etree._Element, prefix: str, name: str) -> bool:
        tree = self._tree
        if prefix == "n":
            return any(note.get("id") == name for notes in tree.children(place, "notes") for note in notes)
        if prefix == "d":
            return any(item.get("id") == name for data in tree.children(place, "originalData") for item in data)
        if prefix in _MODULES | _EXTENSIONS:
            holders = (child for child in place if tree.name(child).startswith(f"{prefix}:" if prefix in _MODULES else "other"))
            return any(name in {found.get("id"), found.get(ID)} for child in holders for found in child.iter())
        side = "target" if prefix == "t" else "source"
        inside = (element for content in tree.parts(place, side) for element in tree.inside(content, *INLINE))
        parts = () if prefix == "t" else tree.children(place, "segment", "ignorable")
        return any(found.get("id") == name for found in (*parts, *inside))
