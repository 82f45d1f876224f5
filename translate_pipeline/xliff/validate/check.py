"""All rules over one file."""

from translate_pipeline.errors import XliffError
from translate_pipeline.xliff import xml
from translate_pipeline.xliff.validate import codes, ids, languages, marks, modules, pairs, references, states, structure, v12
from translate_pipeline.xliff.validate.tree import Problem, Tree

__all__ = ["Problem", "check"]

_CORES = {
    "1.2": "urn:oasis:names:tc:xliff:document:1.2",
    "1.1": "urn:oasis:names:tc:xliff:document:1.1",
    "2.0": "urn:oasis:names:tc:xliff:document:2.0",
    "2.1": "urn:oasis:names:tc:xliff:document:2.0",
    "2.2": "urn:oasis:names:tc:xliff:document:2.2",
}
_RULES_2 = (structure, languages, ids, references, pairs, codes, marks, states, modules)
_RULES_1 = (structure, v12)


def check(data: bytes) -> tuple[Problem, ...]:
    """What is wrong with an XLIFF file, in the order of its lines; nothing for a valid one.

    The rules are those of XLIFF 1.2 and of 2.0 to 2.2 with the modules for candidates, glossary, metadata, validation and format style.

    Raises:
        XliffError: no XML, or no XLIFF.
    """
    tree = Tree(xml.read(data))
    del data  # of a large file the tree alone is large enough
    if xml.local(tree.root) != "xliff":
        raise XliffError(f"Line {tree.root.sourceline}: <{xml.local(tree.root)}> is not <xliff>. This is no XLIFF file.")
    core = _CORES.get(tree.version)
    if core is None:
        raise XliffError(f"Line {tree.root.sourceline}: version {tree.version!r} is not one of {', '.join(_CORES)}.")
    if tree.core != core:
        message = f"the namespace of XLIFF {tree.version} is {core}, not {tree.core or 'none'}"
        return (Problem(line=tree.root.sourceline or 1, rule="namespace", message=message),)
    rules = _RULES_1 if tree.version.startswith("1.") else _RULES_2
    found = {problem for rule in rules for problem in rule.check(tree)}
    return tuple(sorted(found, key=lambda item: (item.line, item.rule, item.message)))
