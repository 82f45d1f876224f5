"""States and the order of segments."""

from collections.abc import Iterator

from lxml import etree

from translate_pipeline.xliff.validate.tree import Problem, Tree, problem

__all__ = ["check"]

_DONE = frozenset({"translated", "reviewed", "final"})


def check(tree: Tree) -> Iterator[Problem]:
    """Problems with state, subState and order, and with skeletons, of XLIFF 2."""
    for segment in tree.elements("segment"):
        if segment.get("subState") is not None and segment.get("state") is None:
            yield problem(segment, "state", '"subState" needs a "state"')
        if segment.get("state") in _DONE and tree.child(segment, "target") is None:
            yield problem(segment, "state", f'a segment in state "{segment.get("state")}" needs a <target>')
    for unit in tree.elements("unit"):
        yield from _order(tree, unit)
    for skeleton in tree.elements("skeleton"):
        filled = len(skeleton) > 0 or bool((skeleton.text or "").strip())
        if filled == (skeleton.get("href") is not None):
            yield problem(skeleton, "skeleton", 'a <skeleton> has either content or "href"')


def _order(tree: Tree, unit: etree._Element) -> Iterator[Problem]:
    parts = list(tree.children(unit, "segment", "ignorable"))
    seen: dict[int, None] = {}
    orders = []
    for place, part in enumerate(parts, 1):
        target = tree.child(part, "target")
        text = target.get("order") if target is not None else None
        number = int(text) if text is not None and text.isascii() and text.isdigit() else None
        orders.append((place, number))
        if target is None or number is None:
            continue
        if number > len(parts):
            yield problem(target, "segment-order", f'"order" is {number}, more than the unit has segments and ignorables ({len(parts)})')
        if number in seen:
            yield problem(target, "segment-order", f'"order" {number} occurs more than once in the unit')
        seen[number] = None
    # A target that goes to another place pushes the one that stands there away, so that one needs a place of its own.
    for place, number in orders:
        if number is None and place in seen:
            target = tree.child(parts[place - 1], "target")
            if target is not None:
                yield problem(target, "segment-order", f'another target takes place {place}, but this one has no "order"')
