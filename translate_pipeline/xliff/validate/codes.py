"""What may be done with inline codes: types, editing hints, and whether a target respected them."""

from collections.abc import Iterator

from lxml import etree

from translate_pipeline.xliff.validate.tree import CODES, Problem, Tree, problem

__all__ = ["check"]

_SUBTYPES = {"xlf:b": "fmt", "xlf:i": "fmt", "xlf:u": "fmt", "xlf:lb": "fmt", "xlf:pb": "fmt", "xlf:var": "ui"}


def check(tree: Tree) -> Iterator[Problem]:
    """Problems with codes of XLIFF 2: types, copies, order, and what targets lost."""
    for content in tree.elements("source", "target"):
        for code in tree.inside(content, *CODES):
            yield from _types(code)
            yield from _hints(code)
        yield from _points(tree, content)
    for unit in tree.elements("unit"):
        for side in ("source", "target"):
            yield from _sequence(tree, [code for content in tree.parts(unit, side) for code in tree.inside(content, *CODES)])
        elsewhere = {_name(code) for target in tree.parts(unit, "target") for code in tree.inside(target, *CODES)}
        for part in tree.children(unit, "segment", "ignorable"):
            source, target = tree.child(part, "source"), tree.child(part, "target")
            if source is not None and target is not None:
                yield from _kept(tree, source, target, elsewhere)


def _types(code: etree._Element) -> Iterator[Problem]:
    kind, sub = code.get("type"), code.get("subType")
    if sub is None:
        return
    if kind is None:
        yield problem(code, "type", '"subType" needs a "type"')
    elif sub.startswith("xlf:") and _SUBTYPES.get(sub) != kind:
        yield problem(code, "type", f'"{sub}" is no subtype of "{kind}"')


def _hints(code: etree._Element) -> Iterator[Problem]:
    if code.get("canReorder") in {"no", "firstNo"} and not (code.get("canCopy") == code.get("canDelete") == "no"):
        yield problem(code, "hints", 'a code that keeps its place (canReorder) needs canCopy="no" and canDelete="no"')


def _points(tree: Tree, content: etree._Element) -> Iterator[Problem]:
    """`cp` is for the characters that XML cannot carry, and for no others."""
    for point in tree.inside(content, "cp"):
        try:
            number = int(point.get("hex", ""), 16)
        except ValueError:
            continue  # the table of types says so
        if number > 0x10FFFF:
            yield problem(point, "code-point", f'"{point.get("hex")}" is beyond the last code point, 10FFFF')
        elif (
            number in {0x9, 0xA, 0xD} or 0x20 <= number <= 0x7E or 0xA0 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD or number > 0xFFFF
        ):
            yield problem(point, "code-point", f'"{point.get("hex")}" is a character that XML can carry itself')


def _name(code: etree._Element) -> str:
    """What a code is called, ends of pairs by their start."""
    return f"{code.get('startRef')} end" if code.get("startRef") is not None else code.get("id", "")


def _sequence(tree: Tree, codes: list[etree._Element]) -> Iterator[Problem]:
    """A code that keeps its place follows directly on the first one of a sequence, or on another that keeps its place."""
    before: etree._Element | None = None
    for code in codes:
        if code.get("canReorder") == "no" and (before is None or before.get("canReorder", "yes") == "yes"):
            yield problem(code, "order", f'<{tree.name(code)}> keeps its place (canReorder="no"), but no sequence begins before it')
        before = code


def _kept(tree: Tree, source: etree._Element, target: etree._Element, elsewhere: set[str]) -> Iterator[Problem]:
    """A target has all codes that must not be deleted, unless another target of the unit has them, and sequences as they were."""
    there = [_name(code) for code in tree.inside(target, *CODES)]
    present = set(there)
    wanted = [code for code in tree.inside(source, *CODES) if code.get("canDelete") == "no"]
    for code in wanted:
        if _name(code) not in elsewhere:
            yield problem(target, "deleted", f'the code "{_name(code)}" must not be deleted, but is not in the target')
    rows = _rows(tree, source)
    found = {tuple(row) for row in _rows(tree, target)}
    for row in rows:
        if set(_names(row)) <= present and tuple(row) not in found:
            yield problem(target, "order", f"the sequence of the codes {', '.join(_names(row))} was changed in the target")


def _names(row: list[tuple[str, str]]) -> list[str]:
    return [name for name, _ in row]


def _rows(tree: Tree, content: etree._Element) -> list[list[tuple[str, str]]]:
    """The sequences of codes that keep their places, each code with the pair that it is in."""
    rows: list[list[tuple[str, str]]] = []
    for code in tree.inside(content, *CODES):
        order = code.get("canReorder", "yes")
        parent = next((around.get("id", "") for around in code.iterancestors() if tree.name(around) == "pc" and around is not content), "")
        if order == "firstNo":
            rows.append([(_name(code), parent)])
        elif order == "no" and rows:
            rows[-1].append((_name(code), parent))
    return rows
