"""Reading XLIFF 1.2: our files, however they come back, and those of others."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from translate_pipeline.content import join, plain
from translate_pipeline.errors import XliffError
from translate_pipeline.model import (
    Block,
    Document,
    Markup,
    Provenance,
    Segment,
    TermMatch,
    Text,
)
from translate_pipeline.xliff import facts, xml
from translate_pipeline.xliff.inline import Collected
from translate_pipeline.xliff.returned import Finding, Head, Names, Returned, Row, known_codes, returned, unindented
from translate_pipeline.xliff.v12 import phases
from translate_pipeline.xliff.v12.content import Facts, collect, sentences
from translate_pipeline.xliff.v12.extras import Extras
from translate_pipeline.xliff.v12.sentences import of_target, own_states, targets, unit_state
from translate_pipeline.xliff.v12.serialize import stretches

__all__ = ["Reader", "Returned", "head", "parse", "peek"]

_NATIVE = {"bold": "b", "italic": "i", "underlined": "u", "link": "a", "lb": "br", "image": "img"}


def peek(data: bytes) -> Head:
    """What the head of a file says, without reading the rest.

    Raises:
        XliffError: not XML, or no XLIFF 1.x.
    """
    for _, element in xml.events(data, "start"):
        if xml.local(element) == "body":
            parent = element.getparent()
            if parent is not None:
                return head(parent)
    raise XliffError("There is no <file> with a <body>: this is not an XLIFF 1.2 file.")


def head(file: etree._Element) -> Head:
    """What a `file` element says about where it comes from."""
    external = next((item for item in _headers(file, "skl") for item in xml.children(item, "external-file")), None)
    run = next((phase for phase in _phases(file) if phase.get("phase-name") == "run"), None)
    root = file.getparent()
    number = file.get("build-num", "")
    return Head(
        version=root.get("version", "") if root is not None else "",
        source_language=file.get("source-language", ""),
        target_language=file.get("target-language", ""),
        original=file.get("original", ""),
        slug=file.get("product-name", ""),
        fingerprint=external.get("uid", "") if external is not None else "",
        skeleton_href=external.get("href", "") if external is not None else "",
        recipe=run.get("job-id", "") if run is not None else "",
        build=int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0,
    )


def _headers(file: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for header in xml.children(file, "header") for child in xml.children(header, name))


def _phases(file: etree._Element) -> Iterator[etree._Element]:
    return (phase for group in _headers(file, "phase-group") for phase in xml.children(group, "phase"))


def parse(data: bytes, *, skeleton: Document | None) -> Returned:
    """Read a file. With the skeleton of its article, the document has its structure, markup and white space, and all ids are checked.

    Raises:
        XliffError: not XML, no XLIFF 1.x, or nothing in it.
    """
    root = xml.read(data)
    if xml.local(root) != "xliff":
        raise XliffError(f"Line {root.sourceline}: <{xml.local(root)}> is not <xliff>. This is no XLIFF file.")
    if not root.get("version", "").startswith("1."):
        raise XliffError(f"Line {root.sourceline}: version {root.get('version')!r} is not XLIFF 1.2.")
    files = list(xml.children(root, "file"))
    if not files:
        raise XliffError("The file has no <file> element: there is nothing in it.")
    file = _ours(files, skeleton)
    about = head(file)
    reader = Reader({name: chain for name, chain in phases.read(_phases(file)).items() if name != "run"}, skeleton)
    reader.findings += [
        Finding(kind="other-file", line=other.sourceline or 0, message=f"<file original={other.get('original')!r}> was left out")
        for other in files
        if other is not file
    ]
    if skeleton is not None and not about.fingerprint:
        reader.findings.append(Finding(kind="lost-header", line=file.sourceline or 0, message="the header that names the skeleton is gone"))
    blocks = reader.blocks(file)
    rows = (row for _, rows in blocks for row in rows)
    return returned(rows, skeleton, head=about, findings=reader.findings, alone=lambda: _alone(blocks, reader.met))


def _ours(files: list[etree._Element], skeleton: Document | None) -> etree._Element:
    """The `file` element that came from the skeleton, else the first."""
    original = skeleton.fact("original") if skeleton else ""
    named = (file for file in files if next(_headers(file, "skl"), None) is not None)
    same = (file for file in files if original and file.get("original") == original)
    return next(itertools.chain(named, same), files[0])


def _alone(blocks: list[tuple[Block, list[Row]]], met: Facts) -> tuple[Iterator[Block], Iterator[Markup]]:
    """Blocks and markup that the file alone gives."""
    return (
        (replace(block, segments=tuple(row.segment for row in rows)) for block, rows in blocks),
        itertools.chain(
            (
                Markup(code=identity, element=_NATIVE.get(ctype, ctype.removeprefix("x-")), translate=ctype != "x-dnt")
                for identity, ctype in met.ctypes.items()
            ),
            (Markup(code=code, element="span", translate=False) for code in met.protected),
        ),
    )


class Reader:
    """Reads the units of a file; collects what it finds on the way."""

    def __init__(self, chains: dict[str, tuple[Provenance, ...]], skeleton: Document | None) -> None:
        self.findings: list[Finding] = []
        self.met = Facts(known=known_codes(skeleton))
        self._chains = chains
        self._own = {segment.id: segment for segment in skeleton.segments()} if skeleton else {}
        units = (unit for block in skeleton.blocks for unit in stretches(block)) if skeleton else ()
        self._shared = {name: segments for name, segments in units if name not in self._own}
        self._names = Names(self._own)

    def blocks(self, file: etree._Element) -> list[tuple[Block, list[Row]]]:
        """Groups with their units, as blocks with rows; units outside groups are blocks of their own."""
        result: list[tuple[Block, list[Row]]] = []
        current: etree._Element | None = None
        for unit in file.iter("{*}trans-unit"):
            parent = unit.getparent()
            inside = parent is not None and xml.local(parent) == "group"
            if not result or parent is not current or not inside:
                identity = parent.get("id", "") if parent is not None and inside else unit.get("id", "")
                kind = (parent.get("restype", "") if parent is not None and inside else unit.get("restype", "")).removeprefix("x-")
                result.append((Block(id=identity, kind=kind or "paragraph"), []))
                current = parent
            result[-1][1].extend(self.unit(unit))
        for tag, line in self.met.unknown.items():
            self.findings.append(Finding(kind="unknown-element", line=line, message=f"<{tag}> does not belong into text"))
        return result

    def unit(self, unit: etree._Element) -> Iterator[Row]:
        """The segments of a unit: one, or those that `seg-source` marks."""
        line, identity = unit.sourceline or 0, unit.get("id", "")
        if not identity:
            self.findings.append(Finding(kind="no-id", line=line, message="a <trans-unit> has no id"))
        parts = {xml.local(child): child for child in reversed(unit)}
        source, target = parts.get("source"), parts.get("target")
        marked = list(sentences(parts["seg-source"])) if "seg-source" in parts else []
        if marked:
            yield from self._marked(unit, marked, target)
            return
        several = self._shared.get(identity)
        if several is not None and source is not None:
            yield from self._unmarked(unit, several, source, target)
            return
        self._names.of("", identity)
        collected = collect(source, self.met) if source is not None else Collected()
        content = collect(target, self.met).content if target is not None else ()
        state, substate = of_target(unit_state(unit, target), content)
        phase = (unit if target is None else target).get("phase-name", "")
        notes, dismissals, candidates = Extras(unit, self.met.known).of(identity)
        original = self._own.get(identity)
        segment = Segment(
            id=identity,
            source=collected.content,
            target=content or None,
            state=state,
            substate=substate,
            translate=original.translate if original else unit.get("translate") != "no",
            after=original.after if original else "",
            candidates=candidates,
            terms=_terms(collected),
            notes=notes,
            dismissals=dismissals,
            provenance=self._chains.get(phase, ()),
        )
        yield Row(segment=segment, line=line)

    def _marked(self, unit: etree._Element, marks: list[etree._Element], target: etree._Element | None) -> Iterator[Row]:
        """The sentences of a unit with `seg-source`."""
        names = [self._names.of(unit.get("id", ""), mark.get("mid", "")) for mark in marks]
        found = targets({mark.get("mid", ""): name for mark, name in zip(marks, names, strict=True)}, target, self.findings)
        own, extras = own_states(unit, target, found), Extras(unit, self.met.known)
        for mark, called in zip(marks, names, strict=True):
            name = mark.get("mid", "")
            collected = collect(mark, self.met)
            content = collect(found[name], self.met).content if name in found else ()
            state, substate = of_target(own.get(name, unit_state(unit, target)), content)
            phase = facts.read(mark.get("comment", "")).get("phase", ("",))[0]
            notes, dismissals, candidates = extras.of(name, first=mark is marks[0])
            segment = Segment(
                id=called,
                source=collected.content,
                target=content or None,
                state=state,
                substate=substate,
                translate=unit.get("translate") != "no",
                after=mark.tail or "",
                candidates=candidates,
                terms=_terms(collected),
                notes=notes,
                dismissals=dismissals,
                provenance=self._chains.get(phase, ()),
            )
            yield Row(segment=segment, line=mark.sourceline or 0)

    def _unmarked(
        self, unit: etree._Element, segments: Sequence[Segment], source: etree._Element, target: etree._Element | None
    ) -> Iterator[Row]:
        """A unit of several sentences that lost its `seg-source`: the sentences are the skeleton's, if the text is still the same."""
        line, name = unit.sourceline or 0, unit.get("id", "")
        whole = collect(source, self.met).content
        wanted = join(part for segment in segments for part in (*segment.source, Text(value=segment.after)))
        if "".join(plain(whole).split()) != "".join(plain(wanted).split()):
            message = f"the source of {name} is not the one handed out"
            self.findings += [Finding(kind="source-changed", segment=segment.id, line=line, message=message) for segment in segments]
            return
        indented = "\n" in plain(whole) and plain(whole) != plain(wanted)
        message = f"unit {name} lost its <seg-source>; it was put back"
        self.findings.append(Finding(kind="lost-source-marks", line=line, message=message))
        found = targets({segment.id: segment.id for segment in segments}, target, self.findings)
        own, extras = own_states(unit, target, found), Extras(unit, self.met.known)
        for segment in segments:
            content = collect(found[segment.id], self.met).content if segment.id in found else ()
            state, substate = of_target(own.get(segment.id, unit_state(unit, target)), content)
            notes, dismissals, candidates = extras.of(segment.id, first=segment is segments[0])
            read = replace(
                segment,
                target=(unindented(content) if indented else content) or None,
                state=state,
                substate=substate,
                candidates=candidates,
                notes=notes,
                dismissals=dismissals,
            )
            yield Row(segment=read, line=line)


def _terms(collected: Collected) -> tuple[TermMatch, ...]:
    return tuple(TermMatch(term=facts.read_term(mark.comment), start=mark.start, end=mark.end) for mark in collected.marks)
