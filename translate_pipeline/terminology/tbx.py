"""TBX: version 2 (martif) and version 3 (TBX-Basic, in either style), read and written.

What TBX-Basic has no category for (kind, case rule) stands in a note of ours, `translate-pipeline: kind=person case=exact`, and is read from there.
"""

import re
from collections.abc import Iterator

from lxml import etree

from translate_pipeline.errors import GlossaryError, LanguageError
from translate_pipeline.languages import normalise
from translate_pipeline.terminology.glossary import CASES, KINDS, Concept, Entry, Glossary, check

__all__ = ["parse", "serialize"]

_V3 = "urn:iso:std:iso:30042:ed-2"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CONCEPTS = {"conceptEntry", "termEntry"}
_LANGUAGES = {"langSec", "langSet"}
_TERMS = {"termSec", "tig", "ntig"}
_STATUS = {"preferred": 0, "admitted": 1, "deprecated": 2, "superseded": 2, "legal": 1, "standardized": 0, "regulated": 0}
_WRITTEN_STATUS = ("preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts")
_PARTS_OF_SPEECH = {"adjective", "noun", "verb", "adverb", "other"}
_OURS = re.compile(r"translate-pipeline:(?P<facts>(?: \w+=\S+)+)")
_NAME = re.compile(r"[^\W\d][\w.-]*")
_BIGGEST = 200_000_000


def parse(name: str, data: bytes) -> Glossary:
    """Read a TBX file; `name` is its file for messages.

    The preferred form of a language comes first whatever the order in the file; deprecated and superseded forms are forbidden.

    Raises:
        GlossaryError: not TBX, damaged, with entities of its own, or contradicting itself; every problem with its line.
    """
    root = _root(name, data)
    problems: list[str] = []
    concepts = tuple(_concept(element, name, problems) for element in root.iter() if _local(element) in _CONCEPTS)
    if not concepts and not problems:
        problems.append(
            f"{name}:{root.sourceline}: has no terms. A TBX file has conceptEntry (version 3) or termEntry elements (version 2)."
        )
    languages = tuple(dict.fromkeys(entry.language for concept in concepts for entry in concept.entries))
    glossary = Glossary(name=name, languages=languages, concepts=tuple(concept for concept in concepts if concept.entries))
    check(glossary, problems)
    return glossary


def serialize(glossary: Glossary, *, version: int = 3) -> bytes:
    """A glossary as TBX-Basic version 3 (DCA style), or as version 2."""
    if version == 3:
        root = etree.Element(f"{{{_V3}}}tbx", {"type": "TBX-Basic", "style": "dca", _LANG: "en"}, nsmap={None: _V3})
        header, concept_name, language_name, term_name, prefix = "tbxHeader", "conceptEntry", "langSec", "termSec", f"{{{_V3}}}"
    else:
        root = etree.Element("martif", {"type": "TBX-Basic", _LANG: "en"})
        header, concept_name, language_name, term_name, prefix = "martifHeader", "termEntry", "langSet", "tig", ""
    description = etree.SubElement(etree.SubElement(etree.SubElement(root, prefix + header), f"{prefix}fileDesc"), f"{prefix}sourceDesc")
    etree.SubElement(description, f"{prefix}p").text = f"Glossary {glossary.name}"
    body = etree.SubElement(etree.SubElement(root, f"{prefix}text"), f"{prefix}body")
    for concept in glossary.concepts:
        _write_concept(etree.SubElement(body, prefix + concept_name), concept, prefix, language_name, term_name)
    etree.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="UTF-8") + b"\n"


def _root(name: str, data: bytes) -> etree._Element:
    if len(data) > _BIGGEST:
        raise GlossaryError(f"{name}: has {len(data) / 1e6:.0f} MB; the limit is {_BIGGEST / 1e6:.0f} MB. Split it.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root: etree._Element = etree.fromstring(data, parser=parser)
    except etree.XMLSyntaxError as problem:
        raise GlossaryError(
            f"{name}:{problem.lineno or 1}: is not well-formed XML ({problem.msg}). Ask for an undamaged copy."
        ) from problem
    subset = root.getroottree().docinfo.internalDTD
    if subset is not None and any(True for _ in subset.iterentities()):
        raise GlossaryError(f"{name}:1: declares entities of its own, which are not read. Remove the document type declaration.")
    return root


def _concept(element: etree._Element, name: str, problems: list[str]) -> Concept:
    facts: dict[str, str] = {}
    notes: list[str] = []
    parts_of_speech: list[str] = []
    for category, text in _categories(element):
        ours = _OURS.fullmatch(text) if category == "note" else None
        if ours:
            facts |= dict(pair.split("=", 1) for pair in ours["facts"].split())
        elif category in {"note", "definition"} and text:
            notes.append(text)
        elif category == "source":
            facts.setdefault("source", text)
    entries = [entry for part in element if _local(part) in _LANGUAGES for entry in _entry(part, name, problems, parts_of_speech)]
    kind = facts.get("kind", "")
    case = facts.get("case", "smart")
    return Concept(
        id=facts.get("concept") or element.get("id") or f"{element.sourceline}",
        entries=tuple(entries),
        kind=kind if kind in KINDS else "",
        case=case if case in CASES else "smart",
        pos=facts.get("pos") or (parts_of_speech[0] if parts_of_speech else ""),
        note=" ".join(notes),
        source=facts.get("source", ""),
        line=element.sourceline or 0,
    )


def _entry(element: etree._Element, name: str, problems: list[str], parts_of_speech: list[str]) -> Iterator[Entry]:
    place = f"{name}:{element.sourceline}"
    try:
        language = normalise(element.get(_LANG) or element.get("lang") or "")
    except LanguageError as problem:
        problems.append(f"{place}: {problem}")
        return
    ranked: list[tuple[int, str]] = []
    for section in element:
        if _local(section) not in _TERMS:
            continue
        term = next((part for part in section.iter() if _local(part) == "term"), None)
        form = " ".join("".join(term.itertext()).split()) if term is not None else ""
        rank = 1
        for category, text in _categories(section):
            if category == "administrativeStatus":
                rank = next((number for status, number in _STATUS.items() if text.lower().startswith(status)), 1)
            elif category == "partOfSpeech" and text:
                parts_of_speech.append(text)
        if form:
            ranked.append((rank, form))
        else:
            problems.append(f"{name}:{section.sourceline}: has a term without text. Remove it.")
    if sum(rank == 0 for rank, _ in ranked) > 1:
        forms = ", ".join(form for rank, form in ranked if rank == 0)
        problems.append(f"{place}: has two preferred forms in {language} ({forms}). Mark one as admitted.")
    ordered = sorted(ranked, key=lambda item: item[0])
    if ordered:
        yield Entry(
            language=language,
            forms=tuple(dict.fromkeys(form for rank, form in ordered if rank < 2)),
            forbidden=tuple(dict.fromkeys(form for rank, form in ordered if rank == 2)),
        )


def _categories(element: etree._Element) -> Iterator[tuple[str, str]]:
    """The data categories of an element itself, not of the languages and terms in it: by attribute (DCA) or by name (DCT)."""
    for part in element:
        name = _local(part)
        if name in _LANGUAGES or name in _TERMS or name == "term":
            continue
        if name.endswith("Grp"):
            yield from _categories(part)
        else:
            yield part.get("type") or name, " ".join("".join(part.itertext()).split())


def _write_concept(element: etree._Element, concept: Concept, prefix: str, language_name: str, term_name: str) -> None:
    named = _NAME.fullmatch(concept.id) is not None
    element.set("id", concept.id if named else f"c{concept.line}-" + re.sub(r"[^\w.-]", "-", concept.id))
    facts = {
        "concept": "" if named else concept.id,
        "kind": concept.kind,
        "case": concept.case if concept.case != "smart" else "",
        "pos": concept.pos if concept.pos not in _PARTS_OF_SPEECH and " " not in concept.pos else "",
    }
    if concept.source:
        etree.SubElement(element, f"{prefix}admin", type="source").text = concept.source
    if concept.note:
        etree.SubElement(element, f"{prefix}note").text = concept.note
    if any(facts.values()):
        text = "".join(f" {key}={value}" for key, value in facts.items() if value)
        etree.SubElement(element, f"{prefix}note").text = f"translate-pipeline:{text}"
    for entry in concept.entries:
        section = etree.SubElement(element, prefix + language_name, {_LANG: entry.language})
        ranked = [*((min(place, 1), form) for place, form in enumerate(entry.forms)), *((2, form) for form in entry.forbidden)]
        for rank, form in ranked:
            term = etree.SubElement(section, prefix + term_name)
            etree.SubElement(term, f"{prefix}term").text = form
            notes = [("administrativeStatus", _WRITTEN_STATUS[rank])]
            if concept.pos:
                notes.append(("partOfSpeech", concept.pos if concept.pos in _PARTS_OF_SPEECH else "other"))
            for category, value in notes:
                etree.SubElement(term, f"{prefix}termNote", type=category).text = value


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
