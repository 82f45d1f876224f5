"""The modules for candidates, glossary, metadata, validation rules and format style."""

import functools
import importlib.resources
from collections.abc import Iterator

from lxml import etree

from translate_pipeline.xliff.validate.tree import INLINE, LANG, Problem, Tree, attribute, inherited, problem

__all__ = ["check"]

_CONDITIONS = ("isPresent", "isNotPresent", "startsWith", "endsWith")
_PLACES = {"mtc:matches": {"unit"}, "gls:glossary": {"unit"}, "val:validation": {"file", "group", "unit"}}
_STYLED = frozenset(
    {"xliff", "file", "group", "unit", "segment", "note", "sc", "ec", "ph", "pc", "mrk", "sm", "notes", "originalData", "data"}
)


def check(tree: Tree) -> Iterator[Problem]:
    """Problems with modules of XLIFF 2."""
    spans = _Spans(tree)
    for element in tree.root.iter():
        name = tree.name(element)
        if name in _PLACES:
            parent = element.getparent()
            if parent is not None and tree.name(parent) not in _PLACES[name]:
                yield problem(element, "module-place", f"<{name}> has no place in <{tree.name(parent)}>")
        yield from _style(element, name)
    for matches in tree.modules("mtc", "matches"):
        yield from _unique(matches.iterchildren(), "match-id", "its <mtc:matches>")
    for match in tree.modules("mtc", "match"):
        yield from _match(tree, spans, match)
    for glossary in tree.modules("gls", "glossary"):
        yield from _glossary(tree, spans, glossary)
    for metadata in tree.modules("mda", "metadata"):
        groups = (element for element in metadata.iter() if tree.name(element) in {"mda:metadata", "mda:metaGroup"})
        yield from _unique(groups, "metadata-id", "its <mda:metadata>")
    for rule in tree.modules("val", "rule"):
        yield from _rule(tree, rule)


def _unique(elements: Iterator[etree._Element], rule: str, where: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for element in elements:
        name = element.get("id")
        if name is not None and name in seen:
            yield problem(element, rule, f'the id "{name}" occurs more than once in {where}')
        seen.add(name or "")


class _Spans:
    """The ids of segments and spans of text in each unit, by side."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._known: dict[tuple[etree._Element, str], set[str | None]] = {}

    def lead(self, element: etree._Element, reference: str) -> bool:
        """Whether a reference leads to a segment or a span in the unit of the element: "#m1", "#t=m1" or absolute."""
        unit = next((parent for parent in element.iterancestors() if self._tree.name(parent) == "unit"), None)
        fragment = reference.replace("#", "")  # the standard's own samples also write "t=#m1"
        last = fragment.rpartition("/")[2]
        prefix, _, name = last.rpartition("=")
        if unit is None or prefix not in {"", "t"} or (fragment != last and f"u={unit.get('id')}" not in fragment.split("/")):
            return False
        return name in self._ids(unit, "target" if prefix == "t" else "source")

    def _ids(self, unit: etree._Element, side: str) -> set[str | None]:
        if (unit, side) not in self._known:
            tree = self._tree
            found = {element.get("id") for content in tree.parts(unit, side) for element in tree.inside(content, *INLINE)}
            parts = {part.get("id") for part in tree.children(unit, "segment", "ignorable")} if side == "source" else set()
            self._known[unit, side] = found | parts
        return self._known[unit, side]


def _match(tree: Tree, spans: _Spans, match: etree._Element) -> Iterator[Problem]:
    reference = match.get("ref")
    if reference is not None and not ("#" in reference and spans.lead(match, reference)):
        yield problem(match, "match-reference", f'"{reference}" is no span of text in the same unit ("#id")')
    if match.get("subType") is not None and match.get("type") is None:
        yield problem(match, "match-type", '"subType" of a match needs a "type"')
    for side, name in (("source", "srcLang"), ("target", "trgLang")):
        content = tree.child(match, side)
        if content is None:
            continue
        tag, wanted = inherited(content, LANG), tree.root.get(name, "")
        # A match kept for reference may have a target in a third language.
        if match.get(LANG) is not None or (
            tag and tag.casefold() != wanted.casefold() and (side == "source" or match.get("reference") != "yes")
        ):
            yield problem(content, "match-language", f'the language of the <{side}> of a match is that of "{name}", not "{tag}"')


def _glossary(tree: Tree, spans: _Spans, glossary: etree._Element) -> Iterator[Problem]:
    identified = (element for element in glossary.iter() if tree.name(element) in {"gls:glossEntry", "gls:translation"})
    yield from _unique(identified, "glossary-id", "its <gls:glossary>")
    for element in glossary.iter():
        if tree.name(element) == "gls:glossEntry" and not any(
            tree.name(child) in {"gls:translation", "gls:definition"} for child in element
        ):
            yield problem(element, "glossary-entry", "an entry has a translation or a definition")
        reference = element.get("ref")
        refers = tree.name(element) in {"gls:glossEntry", "gls:translation"} and reference is not None
        if refers and not spans.lead(element, str(reference)):
            yield problem(element, "glossary-reference", f'"{reference}" is no span of text in the same unit')


def _rule(tree: Tree, rule: etree._Element) -> Iterator[Problem]:
    used = [name for name in _CONDITIONS if rule.get(name) is not None]
    custom = any(attribute(str(key))[0] for key in rule.attrib)
    if len(used) != 1 and (used or not custom):
        yield problem(rule, "validation-rule", f"a rule has exactly one of {', '.join(_CONDITIONS)}")
    if rule.get("occurs") is not None and "isPresent" not in used:
        yield problem(rule, "validation-rule", '"occurs" needs "isPresent"')
    if rule.get("existsInSource") is not None and not (used and "isNotPresent" not in used):
        yield problem(rule, "validation-rule", '"existsInSource" needs "isPresent", "startsWith" or "endsWith"')
    parent = rule.getparent()
    holder = parent.getparent() if parent is not None else None
    if rule.get("disabled") == "yes" and holder is not None and tree.name(holder) == "file":
        yield problem(rule, "validation-rule", "a rule cannot be disabled in the <file> where it would begin")


@functools.cache
def _styles() -> frozenset[str]:
    return frozenset((importlib.resources.files(__package__) / "styles.txt").read_text("utf-8").split())


def _style(element: etree._Element, name: str) -> Iterator[Problem]:
    styles = {
        local: str(value)
        for prefix, local, value in ((*attribute(str(key)), value) for key, value in element.attrib.items())
        if prefix == "fs"
    }
    if not styles:
        return
    for local in styles:
        if local not in {"fs", "subFs"}:
            yield problem(element, "style", f'"fs:{local}" is no attribute of the format style module')
    if name not in _STYLED or (name == "ec" and element.get("isolated") != "yes"):
        yield problem(element, "style", f"<{name}> cannot have a format style" + (" unless it is isolated" if name == "ec" else ""))
    if "fs" in styles and styles["fs"] not in _styles():
        yield problem(element, "style", f'"{styles["fs"]}" is no HTML element that a format style may name')
    if "subFs" in styles and "fs" not in styles:
        yield problem(element, "style", '"fs:subFs" needs "fs:fs"')
