"""Marks for comments, terms and candidates carry what they need."""

from collections.abc import Iterator

from translate_pipeline.xliff.validate.tree import Problem, Tree, problem

__all__ = ["check"]


def check(tree: Tree) -> Iterator[Problem]:
    """Problems with `mrk` and `sm` of XLIFF 2."""
    for mark in tree.elements("mrk", "sm"):
        kind, ref, value = mark.get("type"), mark.get("ref"), mark.get("value")
        if kind == "comment":
            if (ref is None) == (value is None):
                yield problem(mark, "comment", 'a comment has either a "value" or a "ref" to a note')
            elif ref is not None:
                unit = next((parent for parent in mark.iterancestors() if tree.name(parent) == "unit"), None)
                notes = [note.get("id") for whole in tree.children(unit, "notes") for note in whole] if unit is not None else []
                before, _, name = ref.rpartition("/")
                here = before.strip("#/") == "" or (unit is not None and before.rpartition("/")[2].strip("#") == f"u={unit.get('id')}")
                if not here or name.strip("#").removeprefix("n=") not in notes or "n=" not in name:
                    yield problem(mark, "comment", f'"{ref}" is no note of this unit')
        if kind == "mtc:match" and ref is not None:
            yield problem(mark, "candidate-mark", 'a mark for a candidate has no "ref": the candidate points to the mark')
