"""Which element may stand where, how often, and with which attributes. The tables beside this module say it, for both families of versions."""

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from translate_pipeline.xliff.validate.tree import CODES, INLINE, Problem, Tree, attribute, problem

__all__ = ["check"]

_MODULES = frozenset({"mtc", "gls", "mda", "val"})
_INLINE_12 = frozenset({"g", "x", "bx", "ex", "ph", "bpt", "ept", "it", "mrk"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Element:
    """A row of a table. `content` is matched against the names of the children, each followed by a space."""

    content: re.Pattern[str]
    model: str
    text: bool
    attributes: dict[str, str]
    required: tuple[str, ...]
    others: bool


@functools.cache
def _table(name: str) -> dict[str, _Element]:
    rows = {}
    inline = _INLINE_12 if "1.2" in name else INLINE
    for line in (importlib.resources.files(__package__) / name).read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        element, model, attributes = (*line.split("\t"), "", "")[:3]
        pairs = [item.partition("=") for item in attributes.split() if item != "others"]
        rows[element] = _Element(
            content=_compiled(model.removeprefix("text"), inline),
            model=model,
            text=model.startswith("text"),
            attributes={name.removesuffix("!"): kind for name, _, kind in pairs},
            required=tuple(name.removesuffix("!") for name, _, _ in pairs if name.endswith("!")),
            others="others" in attributes.split(),
        )
    return rows


def _compiled(model: str, inline: frozenset[str]) -> re.Pattern[str]:
    """A pattern for names of children, each followed by a space."""
    names = {"inline": "|".join(sorted(inline)), "other": r"other|\w+:\w+"}
    tokens = re.findall(r"[\w:-]+|[()|*+?]", model)
    return re.compile("".join(f"(?:(?:{names.get(token, token)}) )" if token[0].isalpha() else token for token in tokens))


@functools.cache
def _types() -> dict[str, tuple[re.Pattern[str], str]]:
    data = tomllib.loads((importlib.resources.files(__package__) / "types.toml").read_text("utf-8"))
    return {name: (re.compile(entry["pattern"]), entry["says"]) for name, entry in data.items()}


def check(tree: Tree) -> Iterator[Problem]:
    """Problems with elements and attributes. Foreign elements are skipped with all they contain."""
    table = _table("elements-1.2.tsv" if tree.version.startswith("1.") else "elements-2.tsv")
    waiting = [tree.root]
    while waiting:
        element = waiting.pop()
        name = tree.name(element)
        row = table.get(f"{name}@{tree.version}") or table.get(name)
        if row is not None:
            yield from _content(tree, element, name, row)
            yield from _attributes(element, name, row)
        elif name.partition(":")[0] in _MODULES or (":" not in name and name != "other"):
            yield problem(element, "element", f"<{name}> is no element of XLIFF {tree.version}")
        if row is not None:
            waiting.extend(reversed(element))


def _content(tree: Tree, element: etree._Element, name: str, row: _Element) -> Iterator[Problem]:
    found = "".join(f"{tree.name(child)} " for child in element)
    if row.content.fullmatch(found) is None:
        wanted = row.model.removeprefix("text").strip() or "nothing"
        yield problem(element, "content", f"<{name}> contains {_short(found.strip() or 'nothing')}, but should contain {wanted}")
    if not row.text and ((element.text or "").strip() or any((child.tail or "").strip() for child in element)):
        yield problem(element, "text", f"<{name}> contains text, which has no place there")


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "..."


def _attributes(element: etree._Element, name: str, row: _Element) -> Iterator[Problem]:
    for required in row.required:
        if element.get(required) is None:
            yield problem(element, "attribute", f'<{name}> has no "{required}"')
    for key, value in element.attrib.items():
        prefix, local = attribute(str(key))
        if prefix == "xml":
            yield from _xml_attribute(element, name, local, str(value), row)
        elif prefix:
            if not row.others or (name in CODES and prefix == "other"):
                yield problem(element, "attribute", f'<{name}> must not have attributes of other namespaces ("{local}")')
        elif local not in row.attributes:
            yield problem(element, "attribute", f'<{name}> must not have "{local}"')
        else:
            pattern, says = _types()[row.attributes[local]]
            if pattern.fullmatch(str(value)) is None:
                yield problem(element, "value", f'"{local}" of <{name}> is "{_short(str(value))}", but should be {says}')


def _xml_attribute(element: etree._Element, name: str, local: str, value: str, row: _Element) -> Iterator[Problem]:
    if local == "space" and value not in {"default", "preserve"}:
        yield problem(element, "value", f'"xml:space" of <{name}> is "{value}", but should be "default" or "preserve"')
    if local == "lang" and "lang" in row.attributes and value and _types()["language"][0].fullmatch(value) is None:
        yield problem(element, "value", f'"xml:lang" of <{name}> is "{value}", but should be a language tag')
