"""Ids are unique where they have to be, and belong together where they are shared."""

from collections.abc import Iterable, Iterator

from lxml import etree

from translate_pipeline.xliff.validate.tree import CODES, ID, Problem, Tree, problem

__all__ = ["check"]

_SCOPES = frozenset({"file", "group", "unit"})


def check(tree: Tree) -> Iterator[Problem]:
    """Problems with ids of XLIFF 2: files, groups, units, notes, data, segments and inline elements, and those of extensions."""
    yield from _unique(tree.children(tree.root, "file"), "file", "the document")
    for file in tree.children(tree.root, "file"):
        yield from _unique(tree.inside(file, "group"), "group", "its file")
        yield from _unique(tree.inside(file, "unit"), "unit", "its file")
    for notes in tree.elements("notes"):
        yield from _unique(tree.children(notes, "note"), "note", "its <notes>")
    for data in tree.elements("originalData"):
        yield from _unique(tree.children(data, "data"), "data", "its <originalData>")
    for unit in tree.elements("unit"):
        yield from _unit(tree, unit)
    for match in tree.modules("mtc", "match"):
        source, target = tree.child(match, "source"), tree.child(match, "target")
        if source is not None:
            yield from _unique(_identified(source), "inline", "its match")
        if target is not None:
            yield from _unique(_identified(target), "inline", "its match")
    yield from _extensions(tree)


def _unique(elements: Iterable[etree._Element], what: str, where: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for element in elements:
        name = element.get("id")
        if name is not None and name in seen:
            yield problem(element, f"{what}-id", f'the id "{name}" occurs more than once in {where}')
        seen.add(name or "")


def _identified(element: etree._Element) -> Iterator[etree._Element]:
    return (child for child in element.iterdescendants() if child.get("id") is not None)


def _unit(tree: Tree, unit: etree._Element) -> Iterator[Problem]:
    """Segments and everything inside sources share one set of ids; a target uses those of its own source, of codes that moved to it, or new ones."""
    parts = list(tree.children(unit, "segment", "ignorable"))
    sources = [element for part in parts for source in tree.children(part, "source") for element in _identified(source)]
    yield from _unique([*(part for part in parts if part.get("id") is not None), *sources], "inline", "its unit")
    taken = {element.get("id") for element in (*parts, *sources)}
    movable = {(element.get("id"), tree.name(element)) for element in sources if tree.name(element) in CODES}
    used: set[str | None] = set()
    for part in parts:
        own = {element.get("id") for source in tree.children(part, "source") for element in _identified(source)}
        for target in tree.children(part, "target"):
            for element in _identified(target):
                name = element.get("id")
                if name in used:
                    yield problem(element, "inline-id", f'the id "{name}" occurs more than once in the targets of its unit')
                elif name in taken and name not in own and (name, tree.name(element)) not in movable:
                    message = f'the id "{name}" in this <target> belongs to another element, which is not in the source of the same segment'
                    yield problem(element, "inline-id", message)
                used.add(name)


def _extensions(tree: Tree) -> Iterator[Problem]:
    """Ids of foreign elements are unique in the nearest file, group or unit."""
    for scope in tree.elements("file", "group", "unit"):
        waiting = [child for child in reversed(scope) if tree.name(child) == "other"]
        seen: set[tuple[str, str]] = set()
        while waiting:
            element = waiting.pop()
            if tree.name(element) != "other":
                continue
            space = str(element.tag).partition("}")[0]
            for name in (name for name in (element.get("id"), element.get(ID)) if name is not None):
                if (space, name) in seen:
                    yield problem(element, "extension-id", f'the id "{name}" occurs more than once among elements of its namespace')
                seen.add((space, name))
            waiting.extend(reversed(element))
