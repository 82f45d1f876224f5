"""What a segment has besides its text, as modules of XLIFF 2: translation candidates, glossary and metadata."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml import etree

from translate_pipeline.model import Candidate, Provenance, Term
from translate_pipeline.xliff import facts, xml
from translate_pipeline.xliff.v2.namespaces import GLOSSARY, MATCHES, METADATA

__all__ = ["candidate", "entry", "groups", "match", "metadata", "pointed", "provenance", "read_provenance", "read_term"]

_GLS, _MTC, _MDA = (f"{{{namespace}}}" for namespace in (GLOSSARY, MATCHES, METADATA))
_KINDS = {"mt": "mt", "tm": "tm"}


def metadata(parent: etree._Element, sets: Iterable[tuple[str, Mapping[str, str]]]) -> None:
    """Add metadata: groups of a category with named values; empty values and groups are left out."""
    whole = etree.Element(f"{_MDA}metadata")
    for category, values in sets:
        filled = {name: value for name, value in values.items() if value}
        if filled:
            group = etree.SubElement(whole, f"{_MDA}metaGroup", category=category)
            for name, value in filled.items():
                etree.SubElement(group, f"{_MDA}meta", type=name).text = value
    if len(whole):
        parent.append(whole)


def groups(parent: etree._Element, category: str) -> Iterator[dict[str, str]]:
    """The named values of each metadata group of a category directly below an element."""
    for whole in parent.iterchildren(f"{_MDA}metadata"):
        for group in whole.iterchildren(f"{_MDA}metaGroup"):
            if group.get("category") == category:
                yield {meta.get("type", ""): meta.text or "" for meta in group.iterchildren(f"{_MDA}meta")}


def provenance(segment: str, chain: Sequence[Provenance]) -> Iterator[tuple[str, dict[str, str]]]:
    """A metadata group for each thing that was done to a segment."""
    for step in chain:
        yield "provenance", {"segment": segment, "action": step.action, "person": step.person, "tool": step.tool, "at": step.at}


def read_provenance(unit: etree._Element) -> dict[str, tuple[Provenance, ...]]:
    """What was done to each segment of a unit."""
    chains: dict[str, tuple[Provenance, ...]] = {}
    for values in groups(unit, "provenance"):
        step = Provenance(**{name: values.get(name, "") for name in ("action", "person", "tool", "at")})
        name = values.get("segment", "")
        chains[name] = (*chains.get(name, ()), step)
    return chains


def entry(parent: etree._Element, term: Term, *, mark: str) -> None:
    """Add a term to the glossary of a unit; `mark` is the id of the place where it was found."""
    glossary = parent.find(f"{_GLS}glossary")
    if glossary is None:
        glossary = etree.SubElement(parent, f"{_GLS}glossary")
    element = etree.SubElement(glossary, f"{_GLS}glossEntry", id=f"{mark}.entry", ref=f"#{mark}")
    etree.SubElement(element, f"{_GLS}term").text = term.source[0] if term.source else term.concept
    for form in term.target:
        etree.SubElement(element, f"{_GLS}translation").text = form
    if term.note or not term.target:
        etree.SubElement(element, f"{_GLS}definition").text = term.note or term.concept


def read_term(unit: etree._Element, *, mark: str, value: str) -> Term:
    """The term of a mark: from the line that we write on it, else from the glossary entry that points to it."""
    if value:
        return facts.read_term(value)
    for element in unit.iter(f"{_GLS}glossEntry"):
        if pointed(element.get("ref", "")) == mark:
            source = tuple(item.text or "" for item in xml.children(element, "term"))
            target = tuple(item.text or "" for item in xml.children(element, "translation"))
            note = "".join(item.text or "" for item in xml.children(element, "definition"))
            return Term(concept="".join(source), source=source, target=target, note=note)
    return Term(concept="", source=(), target=())


def match(candidate: Candidate, *, identity: str, ref: str) -> etree._Element:
    """A match without its source and target; `ref` is the id of the mark around the source that it is for."""
    kind = _KINDS.get(candidate.origin.partition(":")[0], "other")
    element = etree.Element(f"{_MTC}match", id=identity, ref=f"#{ref}", type=kind, origin=candidate.origin)
    for name, value in (("matchQuality", candidate.score), ("similarity", candidate.similarity)):
        if value is not None:
            element.set(name, f"{100 * value:.0f}")
    metadata(element, [("candidate", {"strategy": candidate.strategy})])
    return element


def candidate(element: etree._Element) -> Candidate:
    """A match as a candidate whose target is still to be read."""
    strategy = next((values.get("strategy", "") for values in groups(element, "candidate")), "")
    return Candidate(
        target=(),
        origin=element.get("origin", "") or element.get("type", ""),
        score=_share(element.get("matchQuality")),
        similarity=_share(element.get("similarity")),
        strategy=strategy,
    )


def pointed(reference: str) -> str:
    """The id at the end of a fragment identifier: "m1" for "#m1", "#t=m1" and "#f=f1/u=u1/t=m1"."""
    return reference.rpartition("#")[2].rpartition("/")[2].rpartition("=")[2]


def _share(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return round(value / 100, 2) if 0 <= value <= 100 else None
