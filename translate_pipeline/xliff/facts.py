r"""Facts in one readable line, for attributes that allow nothing but text: "OVKS | ODKB; source: CSTO; kind: acronym".

The first field has no name, so that a person sees at once what matters. Fields are parted by "; ", values of a field by " | "; a backslash
takes the meaning from `\`, `;`, `|` and `:`. Line ends and tabs are written `\n`, `\r` and `\t`: OmegaT turns those in attributes to spaces.
"""

import functools
import re
from collections.abc import Mapping, Sequence

from translate_pipeline.model import Term

__all__ = ["one", "read", "read_term", "write", "write_term"]

_SPECIAL = re.compile(r"[\\;|:\n\r\t]")
_LETTERS = {"\n": "n", "\r": "r", "\t": "t"}
_SIGNS = {letter: sign for sign, letter in _LETTERS.items()}
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def one(value: str) -> tuple[str, ...]:
    """The values of a field that has one, or none when `value` is empty."""
    return (value,) if value else ()


def write(fields: Mapping[str, Sequence[str]]) -> str:
    """One line for the fields that have values; the field "" comes first when it is there."""
    parts = []
    for name, values in fields.items():
        if values:
            text = " | ".join(_SPECIAL.sub(lambda found: "\\" + _LETTERS.get(found[0], found[0]), value) for value in values)
            parts.append(f"{name}: {text}" if name else text)
    return "; ".join(parts)


def read(line: str) -> dict[str, tuple[str, ...]]:
    """The fields of a line, whoever wrote it; text without a name is the field ""."""
    fields: dict[str, tuple[str, ...]] = {}
    for number, part in enumerate(_split(line, ";") if line else ()):
        text = part.removeprefix(" ") if number else part
        name, *rest = _split(text, ":")
        named = bool(rest) and re.fullmatch(r"[a-z-]+", name) is not None
        value = ":".join(rest).removeprefix(" ") if named else text
        values = _split(value, "|")
        trimmed = [
            item.removeprefix(" " if index else "").removesuffix(" " if index < len(values) - 1 else "")
            for index, item in enumerate(values)
        ]
        fields.setdefault(
            name if named else "", tuple(_ESCAPED.sub(lambda found: _SIGNS.get(found[1], found[1]), item) for item in trimmed)
        )
    return fields


def _split(text: str, mark: str) -> list[str]:
    """The parts of `text` between marks that no backslash precedes."""
    if "\\" not in text:
        return text.split(mark)
    parts, current, at = [], [], 0
    while at < len(text):
        if text[at] == "\\":
            current.append(text[at : at + 2])
            at += 2
        elif text[at] == mark:
            parts.append("".join(current))
            current = []
            at += 1
        else:
            current.append(text[at])
            at += 1
    return [*parts, "".join(current)]


def write_term(term: Term) -> str:
    """All that a translator should know about a term, target forms first."""
    return write(
        {
            "": term.target,
            "not": term.forbidden,
            "source": term.source,
            "concept": one(term.concept),
            "kind": one(term.kind),
            "status": one("" if term.status == "preferred" else term.status),
            "case": one("" if term.case == "smart" else term.case),
            "note": one(term.note),
        }
    )


@functools.lru_cache(maxsize=4096)  # the same terms come in sentence after sentence
def read_term(line: str) -> Term:
    """The term in a line that `write_term` wrote; a comment by another program is taken for target forms."""
    fields = read(line)

    def first(name: str, default: str = "") -> str:
        return fields.get(name, (default,))[0]

    return Term(
        concept=first("concept"),
        source=fields.get("source", ()),
        target=fields.get("", ()),
        forbidden=fields.get("not", ()),
        status=first("status", "preferred"),
        kind=first("kind"),
        case=first("case", "smart"),
        note=first("note"),
    )
