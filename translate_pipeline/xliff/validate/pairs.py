"""Start and end: `sc` with `ec`, `sm` with `em`, in one unit and on one side."""

from collections.abc import Iterator

from lxml import etree

from translate_pipeline.xliff.validate.tree import Problem, Tree, problem

__all__ = ["check"]

_HINTS = {"canCopy": "yes", "canDelete": "yes", "canOverlap": "yes", "canReorder": "yes"}


def check(tree: Tree) -> Iterator[Problem]:
    """Problems with codes and marks of XLIFF 2 whose start and end are elements of their own."""
    for unit in tree.elements("unit"):
        for side in ("source", "target"):
            inline = [element for content in tree.parts(unit, side) for element in tree.inside(content, "sc", "ec", "sm", "em")]
            yield from _side(tree, inline)
    for match in tree.modules("mtc", "match"):
        for side in ("source", "target"):
            content = tree.child(match, side)
            if content is not None:
                yield from _side(tree, list(tree.inside(content, "sc", "ec", "sm", "em")))


def _side(tree: Tree, inline: list[etree._Element]) -> Iterator[Problem]:
    starts: dict[str, etree._Element] = {}
    marks: dict[str, etree._Element] = {}
    ended: set[str] = set()
    for element in inline:
        name = tree.name(element)
        if name == "sc":
            starts[element.get("id", "")] = element
        elif name == "sm":
            marks[element.get("id", "")] = element
        elif name == "em":
            yield from _mark_end(element, marks, ended)
        else:
            yield from _code_end(element, starts, ended)
    for identity, start in starts.items():
        if start.get("isolated") != "yes" and identity not in ended:
            yield problem(start, "pair", f'<sc id="{identity}"> has no <ec> after it in its unit, and is not isolated')
    for identity, start in marks.items():
        if f"mark {identity}" not in ended:
            yield problem(start, "pair", f'<sm id="{identity}"> has no <em> after it in its unit')


def _mark_end(element: etree._Element, marks: dict[str, etree._Element], ended: set[str]) -> Iterator[Problem]:
    name = element.get("startRef", "")
    if name not in marks:
        yield problem(element, "pair", f'<em startRef="{name}"> has no <sm> before it in its unit')
    elif f"mark {name}" in ended:
        yield problem(element, "pair", f'<sm id="{name}"> ends twice')
    ended.add(f"mark {name}")


def _code_end(element: etree._Element, starts: dict[str, etree._Element], ended: set[str]) -> Iterator[Problem]:
    isolated, name = element.get("isolated") == "yes", element.get("startRef")
    if (element.get("id") is not None) != isolated or (name is None) != isolated:
        wanted = (
            'an isolated <ec> has an "id" and no "startRef"' if isolated else 'an <ec> that is not isolated has a "startRef" and no "id"'
        )
        yield problem(element, "pair", wanted)
    if element.get("dir") is not None and not isolated:
        yield problem(element, "pair", '"dir" stands only on an isolated <ec>')
    if name is None or isolated:
        return
    start = starts.get(name)
    if start is None:
        yield problem(element, "pair", f'<ec startRef="{name}"> has no <sc> before it in its unit')
        return
    if start.get("isolated") == "yes":
        yield problem(start, "pair", f'<sc id="{name}"> is called isolated, but its <ec> is in the same unit')
    if name in ended:
        yield problem(element, "pair", f'<sc id="{name}"> ends twice')
    ended.add(name)
    for hint, default in _HINTS.items():
        wanted, found = start.get(hint, default), element.get(hint, default)
        # The end of a sequence's first code is no first code any more.
        if found != ("no" if wanted == "firstNo" else wanted):
            yield problem(element, "pair-hints", f'"{hint}" of <sc> "{name}" is "{wanted}", that of its <ec> "{found}"')
