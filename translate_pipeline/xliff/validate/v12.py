"""What XLIFF 1.2 demands beyond elements and attributes: ids, sentence marks, paired codes, languages, tools and phases."""

from collections.abc import Iterable, Iterator

from lxml import etree

from translate_pipeline.xliff.validate.languages import is_language
from translate_pipeline.xliff.validate.tree import LANG, Problem, Tree, problem

__all__ = ["check"]

_LONGEST_ID = 100


def check(tree: Tree) -> Iterator[Problem]:
    """Problems of an XLIFF 1.2 file."""
    for file in tree.children(tree.root, "file"):
        yield from _languages(tree, file)
        yield from _unique(tree.inside(file, "group"), "id", "group-id", "its file")
        yield from _unique(tree.inside(file, "trans-unit", "bin-unit"), "id", "unit-id", "its file")
        yield from _named(tree, file, "tool", "tool-id", ("phase", "alt-trans"))
        yield from _named(tree, file, "phase", "phase-name", ("count", "trans-unit", "target", "bin-unit", "bin-target"))
        for unit in tree.inside(file, "trans-unit"):
            yield from _unit(tree, unit)


def _unique(elements: Iterable[etree._Element], key: str, rule: str, where: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for element in elements:
        name = element.get(key)
        if name is not None and name in seen:
            yield problem(element, rule, f'"{name}" occurs more than once in {where}')
        seen.add(name or "")


def _languages(tree: Tree, file: etree._Element) -> Iterator[Problem]:
    wanted = {"source": file.get("source-language", ""), "target": file.get("target-language", "")}
    for side, tag in wanted.items():
        if tag and not is_language(tag):
            yield problem(file, "language", f'"{side}-language" is "{tag}", which is not a well-formed language tag')
    for unit in tree.inside(file, "trans-unit"):
        for content in tree.children(unit, "source", "target", "seg-source"):
            tag = content.get(LANG, "")
            name = "target" if tree.name(content) == "target" else "source"
            if tag and wanted[name] and tag.casefold() != wanted[name].casefold():
                yield problem(
                    content, "language", f'the language of this <{tree.name(content)}> is "{tag}", but that of the file "{wanted[name]}"'
                )


def _named(tree: Tree, file: etree._Element, element: str, key: str, users: tuple[str, ...]) -> Iterator[Problem]:
    """The names of tools or phases are unique, and those that are used exist."""
    yield from _unique(tree.inside(file, element), key, f"{element}-name", "its file")
    known = {found.get(key) for found in tree.inside(file, element)}
    for user in ([file] if file.get(key) is not None else []) + [
        found for found in tree.inside(file, *users) if found.get(key) is not None
    ]:
        if user.get(key) not in known:
            yield problem(user, f"{element}-name", f'there is no <{element}> with the {key} "{user.get(key)}" in the header')


def _unit(tree: Tree, unit: etree._Element) -> Iterator[Problem]:
    name = unit.get("id", "")
    if len(name) > _LONGEST_ID:
        yield problem(unit, "unit-id", f"the id of a unit has {len(name)} characters; several tools accept no more than {_LONGEST_ID}")
    source, segmented, target = (tree.child(unit, side) for side in ("source", "seg-source", "target"))
    for content in (source, segmented, target):
        if content is not None:
            yield from _pairs(tree, content)
    marks = _sentences(tree, segmented)
    yield from _unique(marks, "mid", "sentence", "its <seg-source>")
    known = {mark.get("mid") for mark in marks}
    for mark in _sentences(tree, target):
        if mark.get("mid") not in known:
            yield problem(mark, "sentence", f'the sentence "{mark.get("mid")}" of this <target> is not in a <seg-source>')
    for match in tree.children(unit, "alt-trans"):
        if match.get("mid") is not None and match.get("mid") not in known:
            yield problem(match, "sentence", f'the sentence "{match.get("mid")}" of this <alt-trans> is not in a <seg-source>')
    if source is not None and segmented is not None and _words(source) != _words(segmented):
        yield problem(segmented, "sentence", "<seg-source> has another text than <source>")


def _sentences(tree: Tree, content: etree._Element | None) -> list[etree._Element]:
    return [] if content is None else [mark for mark in tree.inside(content, "mrk") if mark.get("mtype") == "seg"]


def _words(content: etree._Element) -> list[str]:
    return "".join(str(text) for text in content.itertext()).split()


def _pairs(tree: Tree, content: etree._Element) -> Iterator[Problem]:
    """Every start has its end, in this order: `bx` with `ex`, `bpt` with `ept`, by `rid` or else by id."""
    for start, end in (("bx", "ex"), ("bpt", "ept")):
        waiting: dict[str, etree._Element] = {}
        for code in tree.inside(content, start, end):
            name = str(code.get("rid") or code.get("id"))
            if tree.name(code) == start:
                if name in waiting:
                    yield problem(code, "pair", f'<{start}> "{name}" begins twice')
                waiting[name] = code
            elif waiting.pop(name, None) is None:
                yield problem(code, "pair", f'<{end}> "{name}" has no <{start}> before it')
        for name, code in waiting.items():
            yield problem(code, "pair", f'<{start}> "{name}" has no <{end}> after it')
