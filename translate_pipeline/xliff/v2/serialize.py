"""Writing XLIFF 2.0 and 2.1.

A block is a group of units with a segment each, or, with `segmentation="mrk"`, one unit whose segments are parted by ignorable white space.
Both versions share the core; 2.1 adds ITS: findings on the target, who translated and reviewed it, and whose scores the candidates have.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from lxml import etree

from translate_pipeline.errors import XliffError
from translate_pipeline.model import Block, Code, CodeKind, Document, Issue, Note, Segment, Severity, State
from translate_pipeline.xliff import facts, xml
from translate_pipeline.xliff.v2 import modules
from translate_pipeline.xliff.v2.codes import Name, Writer, names
from translate_pipeline.xliff.v2.namespaces import CORE, GLOSSARY, ITS, MATCHES, METADATA, SPACE

__all__ = ["OURS", "serialize"]

OURS = "translate-pipeline"
"""Category of our metadata and of the notes that hold computed findings: those are dropped on reading."""

_NS, _ITS, _MTC = f"{{{CORE}}}", f"{{{ITS}}}", f"{{{MATCHES}}}"
_SEVERITIES = {Severity.ERROR: "100", Severity.WARNING: "50", Severity.INFO: "10"}
_PRIORITIES = {Severity.ERROR: "1", Severity.WARNING: "2", Severity.INFO: "3"}
_NO_ISSUES: Mapping[str, Sequence[Issue]] = MappingProxyType({})


def serialize(
    document: Document,
    *,
    skeleton: str,
    fingerprint: str,
    recipe: str,
    build: int,
    segmentation: Literal["unit", "mrk"] = "unit",
    issues: Mapping[str, Sequence[Issue]] = _NO_ISSUES,
    version: Literal["2.0", "2.1"] = "2.0",
) -> bytes:
    """The file for the translator; parameters as for XLIFF 1.2.

    Raises:
        XliffError: a character that XML cannot carry, or no target language.
    """
    if document.target_language is None:
        raise XliffError(f"{document.id}: a document without a target language cannot become an XLIFF file.")
    spaces: dict[str | None, str] = {None: CORE, "mtc": MATCHES, "gls": GLOSSARY, "mda": METADATA}
    if version == "2.1":
        spaces["its"] = ITS
    root = etree.Element(f"{_NS}xliff", {"version": version, "srcLang": document.source_language}, nsmap=spaces)
    root.set("trgLang", document.target_language)
    if version == "2.1":
        root.set(f"{_ITS}version", "2.0")
    file = etree.SubElement(root, f"{_NS}file", {"id": "f1", "original": document.fact("original") or document.id, "canResegment": "no"})
    file.set(SPACE, "preserve")
    etree.SubElement(file, f"{_NS}skeleton", href=skeleton)
    identity = {"slug": document.id, "fingerprint": fingerprint, "recipe": recipe, "build": str(build)}
    writer = _Writer(document, issues, its=version == "2.1")
    try:
        modules.metadata(file, [(OURS, identity)])
        for block in document.blocks:
            file.extend(writer.block(block, marked=segmentation == "mrk"))
    except ValueError as problem:
        raise XliffError(f"{document.id}: a character in segment {writer.at} cannot be written as XML ({problem}). Remove it.") from problem
    if file.find(f"{_NS}group") is None and file.find(f"{_NS}unit") is None:
        etree.SubElement(file, f"{_NS}group", id="empty")  # a file without a unit or group is not valid
    return xml.write(root, running={"source", "target", "meta", "note"})


class _Writer:
    """Units for blocks. `at` is the segment that is being written."""

    def __init__(self, document: Document, issues: Mapping[str, Sequence[Issue]], *, its: bool) -> None:
        contents = [content for segment in document.segments() for content in (segment.source, segment.target or ())]
        codes: dict[tuple[str, CodeKind], Code] = {}
        for content in contents:
            for part in content:
                if isinstance(part, Code):
                    codes.setdefault((part.id, part.kind), part)
        self.at = ""
        self._inline = Writer(codes=codes, markup={markup.code: markup for markup in document.codes})
        self._issues = issues
        self._its = its

    def block(self, block: Block, *, marked: bool) -> Iterator[etree._Element]:
        """The element for a block, if it has segments."""
        if not block.segments:
            return
        if marked:
            unit = self._unit(block.id, block.segments, spaced=True)
            unit.set("type", f"tp:{block.kind}")
            yield unit
        else:
            group = etree.Element(f"{_NS}group", id=block.id, type=f"tp:{block.kind}")
            group.extend(self._unit(segment.id, (segment,), spaced=False) for segment in block.segments)
            yield group

    def _unit(self, identity: str, segments: Sequence[Segment], *, spaced: bool) -> etree._Element:
        unit = etree.Element(f"{_NS}unit", id=identity)
        frozen = not any(segment.translate for segment in segments)
        if frozen:
            unit.set("translate", "no")
        matches = etree.Element(f"{_MTC}matches")
        sides = names(segment.source for segment in segments), names(segment.target or () for segment in segments)
        rows = []
        for segment, source, target in zip(segments, *sides, strict=True):
            self.at = segment.id
            for number, found in enumerate(segment.terms, 1):
                modules.entry(unit, found.term, mark=f"{segment.id}.t{number}")
            matches.extend(self._matches(segment))
            rows.append(self._segment(segment, source, target, frozen=frozen))
            if spaced and segment.after:
                blank = etree.Element(f"{_NS}ignorable")
                etree.SubElement(blank, f"{_NS}source").text = segment.after
                rows.append(blank)
        if len(matches):
            unit.append(matches)
        modules.metadata(unit, (group for segment in segments for group in modules.provenance(segment.id, segment.provenance)))
        notes = etree.Element(f"{_NS}notes")
        for segment in segments:
            notes.extend(self._notes(segment))
        if len(notes):
            unit.append(notes)
        unit.extend(rows)
        return unit

    def _segment(self, segment: Segment, source: Sequence[Name], target: Sequence[Name], *, frozen: bool) -> etree._Element:
        state = segment.state if segment.target else State.INITIAL
        element = etree.Element(f"{_NS}segment", id=segment.id, state=state.value)
        if segment.substate:
            element.set("subState", segment.substate)
        terms = [
            ((found.start, found.end), {"id": f"{segment.id}.t{number}", "type": "term", "value": facts.write_term(found.term)})
            for number, found in enumerate(segment.terms, 1)
        ]
        place = etree.SubElement(element, f"{_NS}source")
        if segment.candidates:
            place = etree.SubElement(place, f"{_NS}mrk", id=f"{segment.id}.m", type="mtc:match")
        if not segment.translate and not frozen:
            place = etree.SubElement(place, f"{_NS}mrk", id=f"{segment.id}.no", translate="no")
        self._inline.fill(place, segment.source, source, terms)
        if segment.target:
            place = etree.SubElement(element, f"{_NS}target")
            for attributes in self._annotations(segment) if self._its else ():
                place = etree.SubElement(place, f"{_NS}mrk", attributes)
            self._inline.fill(place, segment.target, target)
        return element

    def _annotations(self, segment: Segment) -> Iterator[dict[str, str]]:
        """ITS about the whole target: who made and who reviewed it, and each finding."""
        agents: dict[str, str] = {}
        for step in segment.provenance:
            prefix = "rev" if step.action == "reviewed" else ""
            for name, value in (("person", step.person), ("tool", step.tool)):
                if value:
                    agents[f"{_ITS}rev{name.title()}" if prefix else f"{_ITS}{name}"] = value
        if agents:
            yield {"id": f"{segment.id}.who", "type": "its:generic", **agents}
        for number, issue in enumerate(self._issues.get(segment.id, ()), 1):
            yield {
                "id": f"{segment.id}.q{number}",
                "type": "its:generic",
                f"{_ITS}locQualityIssueType": issue.category,
                f"{_ITS}locQualityIssueComment": f"{issue.check}: {issue.message}",
                f"{_ITS}locQualityIssueSeverity": _SEVERITIES[issue.severity],
            }

    def _matches(self, segment: Segment) -> Iterator[etree._Element]:
        for number, candidate in enumerate(segment.candidates, 1):
            element = modules.match(candidate, identity=f"{segment.id}.m{number}", ref=f"{segment.id}.m")
            if self._its and candidate.origin.startswith("mt:") and candidate.score is not None:
                element.set(f"{_ITS}annotatorsRef", f"mt-confidence|{candidate.origin}")
            self._inline.fill(etree.SubElement(element, f"{_NS}source"), segment.source, names([segment.source])[0])
            self._inline.fill(etree.SubElement(element, f"{_NS}target"), candidate.target, names([candidate.target])[0])
            yield element

    def _notes(self, segment: Segment) -> Iterator[etree._Element]:
        """Notes, dismissals and, where there is no ITS, findings. What a note is about and by whom stands in its category."""
        place = {"segment": (segment.id,)}
        for note in segment.notes:
            yield _note(note, {"": facts.one(note.category), "person": facts.one(note.person), **place})
        for dismissal in segment.dismissals:
            line = {"": ("dismissal",), "check": (dismissal.check,), "person": facts.one(dismissal.person), **place}
            yield _note(Note(text=dismissal.reason, annotates="target"), line)
        for issue in () if self._its and segment.target else self._issues.get(segment.id, ()):
            note = Note(text=f"{issue.check}: {issue.message}", annotates="target")
            yield _note(note, {"": (OURS,), **place}, priority=_PRIORITIES[issue.severity])


def _note(note: Note, line: Mapping[str, Sequence[str]], *, priority: str = "") -> etree._Element:
    element = etree.Element(f"{_NS}note", category=facts.write(line))
    if note.annotates in {"source", "target"}:
        element.set("appliesTo", note.annotates)
    if priority:
        element.set("priority", priority)
    element.text = note.text
    return element
