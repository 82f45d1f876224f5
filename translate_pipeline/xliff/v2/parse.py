"""Reading XLIFF 2.0, 2.1 and 2.2: our files, however they come back, and those of others."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from translate_pipeline.content import plain
from translate_pipeline.errors import XliffError
from translate_pipeline.model import Block, Candidate, Content, Dismissal, Document, Markup, Note, Segment, State, TermMatch
from translate_pipeline.xliff import facts, xml
from translate_pipeline.xliff.inline import Collected, Known
from translate_pipeline.xliff.returned import Finding, Head, Names, Returned, Row, known_codes, returned
from translate_pipeline.xliff.v2 import modules
from translate_pipeline.xliff.v2.content import Facts, collect
from translate_pipeline.xliff.v2.namespaces import MATCHES
from translate_pipeline.xliff.v2.serialize import OURS

__all__ = ["VERSIONS", "Reader", "head", "parse", "peek"]

VERSIONS = ("2.0", "2.1", "2.2")
"""The versions that are read."""

_STATES = {state.value: state for state in State}


def peek(data: bytes) -> Head:
    """What the head of a file says, without reading the rest.

    Raises:
        XliffError: not XML, or no XLIFF 2.
    """
    for _, element in xml.events(data, "start"):
        if xml.local(element) in {"unit", "group"}:
            file = next(element.iterancestors("{*}file"), None)
            if file is not None:
                return head(file)
    raise XliffError("There is no <file> with a <unit>: this is not an XLIFF 2 file.")


def head(file: etree._Element) -> Head:
    """What a `file` element says about where it comes from."""
    root = file.getparent()
    skeleton = next(xml.children(file, "skeleton"), None)
    identity = next(modules.groups(file, OURS), {})
    number = identity.get("build", "")
    return Head(
        version=root.get("version", "") if root is not None else "",
        source_language=root.get("srcLang", "") if root is not None else "",
        target_language=root.get("trgLang", "") if root is not None else "",
        original=file.get("original", "") or file.get("id", ""),
        slug=identity.get("slug", ""),
        fingerprint=identity.get("fingerprint", ""),
        recipe=identity.get("recipe", ""),
        build=int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0,
        skeleton_href=skeleton.get("href", "") if skeleton is not None else "",
    )


def parse(data: bytes, *, skeleton: Document | None) -> Returned:
    """Read a file. With the skeleton of its article, the document has its structure, markup and white space, and all ids are checked.

    Raises:
        XliffError: not XML, no XLIFF 2, or nothing in it.
    """
    root = xml.read(data)
    if xml.local(root) != "xliff":
        raise XliffError(f"Line {root.sourceline}: <{xml.local(root)}> is not <xliff>. This is no XLIFF file.")
    if root.get("version") not in VERSIONS:
        raise XliffError(f"Line {root.sourceline}: version {root.get('version')!r} is not XLIFF 2.0, 2.1 or 2.2.")
    files = list(xml.children(root, "file"))
    if not files:
        raise XliffError("The file has no <file> element: there is nothing in it.")
    original = skeleton.fact("original") if skeleton else ""
    file = next((item for item in files if original and item.get("original") == original), files[0])
    about = head(file)
    reader = Reader(skeleton)
    reader.findings += [
        Finding(kind="other-file", line=other.sourceline or 0, message=f"<file id={other.get('id')!r}> was left out")
        for other in files
        if other is not file
    ]
    if skeleton is not None and not about.fingerprint:
        reader.findings.append(
            Finding(kind="lost-header", line=file.sourceline or 0, message="the metadata that identify the file are gone")
        )
    blocks = [(_block(unit), list(reader.unit(unit))) for unit in file.iter("{*}unit")]
    reader.finish()
    rows = (row for _, rows in blocks for row in rows)
    return returned(rows, skeleton, head=about, findings=reader.findings, alone=lambda: _alone(blocks, reader.met))


def _block(unit: etree._Element) -> Block:
    """The block that a unit is, or belongs to."""
    parent = unit.getparent()
    place = parent if parent is not None and xml.local(parent) == "group" and not unit.get("type") else unit
    return Block(id=place.get("id", ""), kind=place.get("type", "").removeprefix("tp:") or "paragraph")


def _alone(blocks: list[tuple[Block, list[Row]]], met: Facts) -> tuple[Iterable[Block], Iterator[Markup]]:
    """Blocks and markup that the file alone gives; units of one group are one block."""
    merged: dict[str, Block] = {}
    for block, rows in blocks:
        known = merged.setdefault(block.id, block)
        merged[block.id] = replace(known, segments=(*known.segments, *(row.segment for row in rows)))
    codes = {**met.elements, **{name: "span" for name in met.protected if name not in met.elements}}
    return merged.values(), (Markup(code=name, element=element, translate=name not in met.protected) for name, element in codes.items())


class Reader:
    """Reads the units of a file; collects what it finds on the way."""

    def __init__(self, skeleton: Document | None = None) -> None:
        self.findings: list[Finding] = []
        self.met = Facts(known=known_codes(skeleton))
        self._names = Names({segment.id for segment in skeleton.segments()} if skeleton else ())

    def finish(self) -> None:
        """Turn what was met in all units into findings."""
        for tag, line in self.met.unknown.items():
            self.findings.append(Finding(kind="unknown-element", line=line, message=f"<{tag}> does not belong into text"))

    def unit(self, unit: etree._Element) -> Iterator[Row]:
        """The segments of a unit; ignorable parts are the white space after them."""
        chains, matches = modules.read_provenance(unit), _matches(unit)
        notes = _Notes(unit)
        translate = _inherited(unit, "translate") != "no"
        parts = list(xml.children(unit, "segment", "ignorable"))
        single = sum(xml.local(part) == "segment" for part in parts) == 1
        count = 0
        for number, part in enumerate(parts):
            if xml.local(part) == "ignorable":
                continue
            count += 1
            following = parts[number + 1] if number + 1 < len(parts) else None
            blank = following if following is not None and xml.local(following) == "ignorable" else None
            name = str(part.get("id") or (unit.get("id", "") if single else f"{unit.get('id', '')}.{count}"))
            called = self._names.of(unit.get("id", ""), name)
            source, target = (next(xml.children(part, tag), None) for tag in ("source", "target"))
            collected = collect(source, self.met) if source is not None else Collected()
            content = collect(target, self.met).content if target is not None else ()
            state, substate = _state(part, content)
            segment = Segment(
                id=name,
                source=collected.content,
                target=content or None,
                state=state,
                substate=substate,
                translate=translate and not (source is not None and _frozen(source)),
                after=_text(blank, self.met),
                candidates=tuple(_candidates(matches, part, self.met.known)),
                terms=tuple(
                    TermMatch(term=modules.read_term(unit, mark=mark.key, value=mark.comment), start=mark.start, end=mark.end)
                    for mark in collected.marks
                ),
                provenance=chains.get(name, ()),
            )
            misplaced = list(part.iterdescendants("{*}note"))
            if misplaced:
                message = "a note stands inside the segment, where XLIFF allows none; it was taken over"
                self.findings.append(Finding(kind="misplaced-note", segment=called, line=misplaced[0].sourceline or 0, message=message))
            segment = replace(notes.given_to(segment, first=count == 1, more=misplaced), id=called)
            yield Row(segment=segment, line=part.sourceline or 0)


def _matches(unit: etree._Element) -> dict[str, list[etree._Element]]:
    """The candidates of a unit by the id that they point to."""
    result: dict[str, list[etree._Element]] = {}
    for element in unit.iter(f"{{{MATCHES}}}match"):
        result.setdefault(modules.pointed(element.get("ref", "")), []).append(element)
    return result


def _candidates(matches: dict[str, list[etree._Element]], part: etree._Element, known: Known) -> Iterator[Candidate]:
    """The candidates that point into a segment."""
    inside = dict.fromkeys((part.get("id", ""), *(mark.get("id", "") for mark in part.iter("{*}mrk", "{*}sm"))))
    for element in (element for name in inside for element in matches.get(name, ())):
        target = next(xml.children(element, "target"), None)
        if target is not None:
            yield replace(modules.candidate(element), target=collect(target, Facts(known=known)).content)


class _Notes:
    """The notes of a unit, by the segment that they name."""

    def __init__(self, unit: etree._Element) -> None:
        self._named: dict[str, list[etree._Element]] = {}
        for whole in xml.children(unit, "notes"):
            for note in xml.children(whole, "note"):
                name = facts.read(note.get("category", "")).get("segment", ("",))[0]
                self._named.setdefault(name, []).append(note)

    def given_to(self, segment: Segment, *, first: bool, more: list[etree._Element]) -> Segment:
        """The segment with its notes and dismissals; the first one of a unit gets those that name none."""
        notes: list[Note] = []
        dismissals: list[Dismissal] = []
        for element in (*self._named.get(segment.id, ()), *(self._named.get("", ()) if first else ()), *more):
            line = facts.read(element.get("category", ""))
            category, person, text = line.get("", ("",))[0], line.get("person", ("",))[0], element.text or ""
            if "check" in line:
                dismissals.append(Dismissal(check=line["check"][0], reason=text, person=person))
            elif category != OURS:
                notes.append(Note(text=text, person=person, category=category, annotates=element.get("appliesTo", "general")))
        return replace(segment, notes=tuple(notes), dismissals=tuple(dismissals))


def _state(part: etree._Element, target: Content) -> tuple[State, str]:
    """State and substate; without a target no more than initial."""
    state = _STATES.get(part.get("state", ""), State.INITIAL)
    if state is not State.INITIAL and not target:
        return State.INITIAL, ""
    return state, part.get("subState", "")


def _inherited(element: etree._Element, name: str) -> str:
    """The value of an attribute on an element or the nearest one around it."""
    return next((found.get(name, "") for found in (element, *element.iterancestors()) if found.get(name)), "")


def _frozen(source: etree._Element) -> bool:
    """Whether all of a source is inside our mark for sentences that must not be translated."""
    return any(mark.get("translate") == "no" and mark.get("id", "").endswith(".no") for mark in source.iterdescendants("{*}mrk"))


def _text(blank: etree._Element | None, met: Facts) -> str:
    source = next(xml.children(blank, "source"), None) if blank is not None else None
    return plain(collect(source, met).content) if source is not None else ""
