"""Writing XLIFF 1.2 (strict).

A block is a group; by default each segment is a trans-unit of its own, with `segmentation="mrk"` a block is one trans-unit whose sentences are
marked by `seg-source` and `mrk mtype="seg"`. The schema allows no attributes of ours, so facts without a place of their own are written as
readable lines (see `facts`) in `mrk@comment`, `note@from` and `alt-trans@extradata`.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from lxml import etree

from translate_pipeline import __version__
from translate_pipeline.content import join
from translate_pipeline.errors import XliffError
from translate_pipeline.model import Block, Candidate, CodeKind, Content, Document, Issue, Segment, Severity, Text
from translate_pipeline.xliff import facts, states, xml
from translate_pipeline.xliff.inline import Event, Role, arrange, build
from translate_pipeline.xliff.v12 import phases

__all__ = ["NAMESPACE", "OURS", "serialize", "stretches"]

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
OURS = "translate-pipeline"
"""The name of our tool, and the author of notes that hold computed findings: those are dropped on reading."""

_NS = f"{{{NAMESPACE}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CTYPES = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underlined", "a": "link", "br": "lb", "img": "image"}
_PLACEHOLDERS = {"lb", "image"}
_PRIORITIES = {Severity.ERROR: "1", Severity.WARNING: "2", Severity.INFO: "3"}
_TAGS = {
    (Role.POINT, None): "x",
    (Role.PAIR_START, None): "g",
    (Role.CROSSING, CodeKind.OPEN): "bx",
    (Role.CROSSING, CodeKind.CLOSE): "ex",
    (Role.ISOLATED, None): "it",
}
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
) -> bytes:
    """The file for the translator.

    `skeleton` is the relative address of the skeleton, `fingerprint` identifies what is handed out, `recipe` how the machine's part was made,
    `build` counts the files handed out. `issues` are findings by segment id, written as notes of ours.

    Raises:
        XliffError: a character that XML cannot carry, or no target language.
    """
    if document.target_language is None:
        raise XliffError(f"{document.id}: a document without a target language cannot become an XLIFF file.")
    writer = _Writer(document, issues)
    root = etree.Element(f"{_NS}xliff", version="1.2", nsmap={None: NAMESPACE})
    file = etree.SubElement(
        root,
        f"{_NS}file",
        {
            "original": document.fact("original") or document.id,
            "source-language": document.source_language,
            "target-language": document.target_language,
            "datatype": "html" if "html" in document.fact("media-type") else "plaintext",
            "product-name": document.id,
            "tool-id": OURS,
            "build-num": str(build),
        },
    )
    try:
        header = etree.SubElement(file, f"{_NS}header")
        body = etree.SubElement(file, f"{_NS}body")
        for block in document.blocks:
            if block.segments:
                group = etree.SubElement(body, f"{_NS}group", id=block.id, restype=f"x-{block.kind}")
                group.set(_SPACE, "preserve")
                group.extend(writer.marked(block) if segmentation == "mrk" else (writer.unit(segment) for segment in block.segments))
        _head(header, writer, skeleton=skeleton, fingerprint=fingerprint, recipe=recipe)
    except ValueError as problem:
        raise XliffError(f"{document.id}: a character in segment {writer.at} cannot be written as XML ({problem}). Remove it.") from problem
    return xml.write(root, running={"source", "seg-source", "target"})


def stretches(block: Block) -> Iterator[tuple[str, Sequence[Segment]]]:
    """The units of a block with marked sentences: its segments, parted where translatable and untranslatable ones meet, with the unit's id."""
    groups = itertools.groupby(block.segments, key=lambda segment: segment.translate)
    for number, (_, group) in enumerate(groups):
        yield f"{block.id}.{number + 1}" if number else block.id, tuple(group)


def _head(header: etree._Element, writer: "_Writer", *, skeleton: str, fingerprint: str, recipe: str) -> None:
    skl = etree.SubElement(header, f"{_NS}skl")
    etree.SubElement(skl, f"{_NS}external-file", href=skeleton, uid=fingerprint)
    group = etree.SubElement(header, f"{_NS}phase-group")
    run = {"phase-name": "run", "process-name": "translation", "tool-id": OURS, "job-id": recipe}
    etree.SubElement(group, f"{_NS}phase", run)
    group.extend(writer.phases.elements(_NS))
    etree.SubElement(header, f"{_NS}tool", {"tool-id": OURS, "tool-name": OURS, "tool-version": __version__})
    for origin in dict.fromkeys((*writer.tools, *writer.phases.tools())):
        if origin == OURS:
            continue
        name, _, version = origin.rpartition("-") if origin.startswith("mt:") else (origin, "", "")
        tool = etree.SubElement(header, f"{_NS}tool", {"tool-id": origin, "tool-name": name or origin})
        if version:
            tool.set("tool-version", version)


class _Writer:
    """Elements for segments; remembers the phases and tools that they refer to. `at` is the segment that is being written."""

    def __init__(self, document: Document, issues: Mapping[str, Sequence[Issue]]) -> None:
        self.phases = phases.Chains()
        self.tools: dict[str, None] = {}
        self.at = ""
        self._markup = {markup.code: markup for markup in document.codes}
        self._issues = issues

    def unit(self, segment: Segment) -> etree._Element:
        """A trans-unit for one segment."""
        unit = self._empty_unit(segment.id, translate=segment.translate)
        source = etree.SubElement(unit, f"{_NS}source")
        self._fill(source, segment.source, segment)
        target = segment.target or None
        phase = self.phases.name(segment.provenance)
        if target is not None or segment.substate:
            state, qualifier, approved = states.write(segment.state, segment.substate)
            element = etree.SubElement(unit, f"{_NS}target", state=state)
            if qualifier:
                element.set("state-qualifier", qualifier)
            if phase:
                element.set("phase-name", phase)
            unit.set("approved", "yes" if approved else "no")
            self._fill(element, target or ())
        elif phase:
            unit.set("phase-name", phase)
        unit.extend(self._facts(segment))
        return unit

    def marked(self, block: Block) -> Iterator[etree._Element]:
        """Trans-units with marked sentences: one a block, or one for each stretch of sentences that are, or are not, to be translated."""
        return (self._marked_unit(name, segments) for name, segments in stretches(block))

    def _marked_unit(self, identity: str, segments: Sequence[Segment]) -> etree._Element:
        unit = self._empty_unit(identity, translate=segments[0].translate)
        source = etree.SubElement(unit, f"{_NS}source")
        self._fill(source, join(part for segment in segments for part in (*segment.source, Text(value=segment.after))))
        marked = etree.SubElement(unit, f"{_NS}seg-source")
        target = None
        if any(segment.target or segment.substate for segment in segments):
            # One state must do for the unit: the least finished one. What each sentence has is written on its mark.
            least = min(segments, key=lambda segment: segment.state.rank)
            state, qualifier, approved = states.write(least.state, least.substate)
            target = etree.SubElement(unit, f"{_NS}target", state=state)
            if qualifier:
                target.set("state-qualifier", qualifier)
            unit.set("approved", "yes" if approved else "no")
        for segment in segments:
            self._fill(self._sentence(marked, segment), segment.source, segment)
            if target is not None:
                element = self._sentence(target, segment)
                state, qualifier, _ = states.write(segment.state, segment.substate)
                own = {"state": (state,), "qualifier": (qualifier,) if qualifier else ()}
                element.set("comment", facts.write(own))
                self._fill(element, segment.target or ())
            phase = self.phases.name(segment.provenance)
            if phase:
                marked[-1].set("comment", facts.write({"phase": (phase,)}))
        for segment in segments:
            unit.extend(self._facts(segment, mid=segment.id))
        return unit

    def _empty_unit(self, identity: str, *, translate: bool) -> etree._Element:
        unit = etree.Element(f"{_NS}trans-unit", id=identity)
        if not translate:
            unit.set("translate", "no")
        unit.set(_SPACE, "preserve")
        return unit

    @staticmethod
    def _sentence(parent: etree._Element, segment: Segment) -> etree._Element:
        element: etree._Element = etree.SubElement(parent, f"{_NS}mrk", mtype="seg", mid=segment.id)
        element.tail = segment.after
        return element

    def _fill(self, element: etree._Element, content: Content, segment: Segment | None = None) -> None:
        """Write content; with a segment given, its terms too."""
        terms = segment.terms if segment else ()
        self.at = segment.id if segment else self.at
        build(element, arrange(content, [(match.start, match.end) for match in terms]), lambda event: self._inline(event, segment))

    def _inline(self, event: Event, segment: Segment | None) -> etree._Element:
        if event.role is Role.MARK_START:
            assert segment is not None
            match = segment.terms[event.mark]
            identity = f"{segment.id}.t{event.mark + 1}"
            return etree.Element(f"{_NS}mrk", mtype="term", mid=identity, comment=facts.write_term(match.term))
        code = event.code
        assert code is not None
        markup = self._markup.get(code.id)
        tag = _TAGS.get((event.role, code.kind)) or _TAGS[event.role, None]
        element = etree.Element(_NS + tag, id=code.id)
        if event.role is Role.CROSSING:
            element.set("rid", code.id)
        elif event.role is Role.ISOLATED:
            element.set("pos", code.kind.value)
        if markup is not None and tag != "ex":
            ctype = _CTYPES.get(markup.element, f"x-{markup.element}") if markup.translate else "x-dnt"
            fits = ctype.startswith("x-") or (ctype in _PLACEHOLDERS) == (tag == "x")
            element.set("ctype", ctype if fits else f"x-{markup.element}")
        if code.equiv and not set(code.equiv) & set("\n\r\t"):  # which OmegaT turns to spaces in attributes
            element.set("equiv-text", code.equiv)
        return element

    def _facts(self, segment: Segment, *, mid: str = "") -> Iterator[etree._Element]:
        """Notes, dismissals, findings and candidates of a segment. `mid` names it where several share a unit."""
        place = {"segment": (mid,)} if mid else {}
        for note in segment.notes:
            yield _note(note.text, {"": facts.one(note.person), "category": facts.one(note.category), **place}, annotates=note.annotates)
        for dismissal in segment.dismissals:
            yield _note(dismissal.reason, {"": facts.one(dismissal.person), "dismissal": (dismissal.check,), **place}, annotates="target")
        for issue in self._issues.get(segment.id, ()):
            text = f"{issue.check}: {issue.message}"
            yield _note(text, {"": (OURS,), **place}, annotates="target", priority=_PRIORITIES[issue.severity])
        for candidate in segment.candidates:
            yield self._candidate(candidate, mid)

    def _candidate(self, candidate: Candidate, mid: str) -> etree._Element:
        self.tools[candidate.origin] = None
        element = etree.Element(f"{_NS}alt-trans", {"origin": candidate.origin, "tool-id": candidate.origin, "alttranstype": "proposal"})
        memory = candidate.origin.startswith("tm:")
        quality, other = (candidate.similarity, candidate.score) if memory else (candidate.score, candidate.similarity)
        if quality is not None:
            element.set("match-quality", f"{100 * quality:.0f}")
        more = {
            "strategy": facts.one(candidate.strategy),
            "score" if memory else "similarity": () if other is None else (f"{100 * other:.0f}",),
        }
        if any(more.values()):
            element.set("extradata", facts.write(more))
        if mid:
            element.set("mid", mid)
        element.set(_SPACE, "preserve")
        self._fill(etree.SubElement(element, f"{_NS}target"), candidate.target)
        return element


def _note(text: str, author: Mapping[str, Sequence[str]], *, annotates: str, priority: str = "") -> etree._Element:
    element = etree.Element(f"{_NS}note")
    element.text = text
    line = facts.write(author)
    if line:
        element.set("from", line)
    if priority:
        element.set("priority", priority)
    if annotates != "general":
        element.set("annotates", annotates)
    return element
