"""What OmegaT's console and editor expect: how it shows the inline codes of our 1.2 files, its project file, its glossaries.

OmegaT (3.6 was tried) calls an element by its first letter and a number that counts the elements of a segment: <g0>text</g0> <x1/>.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from lxml import etree

from translate_pipeline.model import Code, CodeKind, Content, Term, Text
from translate_pipeline.xliff import xml
from translate_pipeline.xliff.inline import Role, arrange

__all__ = ["FOLDERS", "glossary", "project", "tagged"]

FOLDERS = ("dictionary", "glossary", "omegat", "source", "target", "tm/auto")
"""The folders that a project must have."""

_LETTERS = {Role.PAIR_START: "g", Role.POINT: "x", Role.ISOLATED: "i"}
_CROSSING = {CodeKind.OPEN: "b", CodeKind.CLOSE: "e"}
_SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("source_dir", "target_dir", "tm_dir", "glossary_dir", "glossary_file", "dictionary_dir"), "__DEFAULT__"),
        "sentence_seg": "false",
        "support_default_translations": "true",
        "remove_tags": "false",
    }
)


def tagged(source: Content, *others: Content) -> tuple[str, ...]:
    """`source` and its translations as OmegaT shows them. Codes that the source has not are left out."""
    names: dict[tuple[str, CodeKind], str] = {}
    events = (event for event in arrange(source) if event.code is not None and event.role is not Role.PAIR_END)
    for number, event in enumerate(events):
        code = event.code
        assert code is not None
        name = f"{_LETTERS.get(event.role) or _CROSSING[code.kind]}{number}"
        if event.role is Role.PAIR_START:
            names[code.id, CodeKind.OPEN], names[code.id, CodeKind.CLOSE] = f"<{name}>", f"</{name}>"
        else:
            names[code.id, code.kind] = f"<{name}/>"

    def text(part: Text | Code) -> str:
        return part.value if isinstance(part, Text) else names.get((part.id, part.kind), "")

    return tuple("".join(map(text, content)) for content in (source, *others))


def project(source: str, target: str) -> bytes:
    """The file omegat.project for a language pair, without segmentation: our segments are the sentences."""
    root = etree.Element("omegat")
    element = etree.SubElement(root, "project", version="1.0")
    for name, value in {**_SETTINGS, "source_lang": source, "target_lang": target}.items():
        etree.SubElement(element, name).text = value
    return xml.write(root, running=set())


def glossary(terms: Iterable[Term]) -> bytes:
    """A glossary in OmegaT's format: source form, preferred target form, and in the comment what else there is to know."""
    lines = dict.fromkeys(
        f"{_cell(form)}\t{_cell(term.target[0])}\t{_cell(_comment(term))}\n" for term in terms if term.target for form in term.source
    )
    return "".join(lines).encode()


def _comment(term: Term) -> str:
    parts = [f"also: {', '.join(term.target[1:])}"] if term.target[1:] else []
    parts += [f"not: {', '.join(term.forbidden)}"] if term.forbidden else []
    return "; ".join([*parts, *(text for text in (term.kind, term.note) if text)])


def _cell(text: str) -> str:
    return " ".join(text.split())
