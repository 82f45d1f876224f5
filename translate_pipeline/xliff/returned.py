"""What reading an XLIFF file gives, and how it is put together with the skeleton.

A file that comes back may have lost, doubled or damaged anything. Structure, markup and white space come from the skeleton, texts and
states from the file; every difference that matters becomes a finding with a line number. Whether a segment is accepted is decided by the
importer, not here.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from translate_pipeline.content import join, plain
from translate_pipeline.model import Block, Code, CodeKind, Content, Document, Inline, Markup, Segment, Text

__all__ = ["Finding", "Head", "Names", "Returned", "Row", "known_codes", "returned", "unindented"]

_INJECTED = re.compile(r"[ \t]*\n[ \t\n]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something about a file that was not as we write it. `segment` is "" when it concerns the file.

    `kind` is one of: doubled-id, unknown-id, missing, source-changed, white-space (repaired), lost-marks (the sentences of a unit can no longer
    be told apart), lost-source-marks (repaired), lost-header, other-file, unknown-element, misplaced-note (repaired), no-id.
    """

    kind: str
    line: int
    message: str
    segment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the head of a file says about where it comes from; "" and 0 where it says nothing."""

    version: str
    source_language: str
    target_language: str
    original: str = ""
    slug: str = ""
    fingerprint: str = ""
    recipe: str = ""
    build: int = 0
    skeleton_href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A file as it was read: the aligned document, the identity of what was handed out, and what was found on the way."""

    document: Document
    fingerprint: str
    recipe: str
    build: int
    skeleton_href: str
    version: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A segment as it stands in a file, with its line."""

    segment: Segment
    line: int


class Names:
    """Ids of segments that are unique in a file. Ours are; others need be so only in their unit, and then get its id in front."""

    def __init__(self, known: Collection[str]) -> None:
        self._known = known
        self._seen: set[str] = set()

    def of(self, unit: str, own: str) -> str:
        """How a segment is called that the file calls `own` in `unit`; `known` are the names that the skeleton has."""
        whole = f"{unit}.{own}"
        if whole in self._known or (not self._known and own in self._seen):
            return whole
        self._seen.add(own)
        return own


def returned(
    rows: Iterable[Row],
    skeleton: Document | None,
    *,
    head: Head,
    findings: Iterable[Finding],
    alone: Callable[[], tuple[Iterable[Block], Iterable[Markup]]],
) -> Returned:
    """What a file gives whose rows were read with some findings: with the skeleton, or with blocks and markup as the file `alone` has them."""
    more: tuple[Finding, ...] = ()
    if skeleton is None:
        blocks, codes = alone()
        document = Document(
            id=head.slug or head.original,
            source_language=head.source_language,
            target_language=head.target_language or None,
            metadata=(("original", head.original),),
            blocks=tuple(blocks),
            codes=tuple(codes),
        )
    else:
        document, more = _assembled(rows, skeleton, head)
    return Returned(
        document=document,
        fingerprint=head.fingerprint,
        recipe=head.recipe,
        build=head.build,
        skeleton_href=head.skeleton_href,
        version=head.version,
        findings=(*findings, *more),
    )


def _assembled(rows: Iterable[Row], skeleton: Document, head: Head) -> tuple[Document, tuple[Finding, ...]]:
    """The document of `skeleton` with the targets, states and sources that the rows have for it."""
    findings: list[Finding] = []
    found: dict[str, Row] = {}
    for row in rows:
        name = row.segment.id
        if name in found:
            findings.append(Finding(kind="doubled-id", segment=name, line=row.line, message=f"segment {name} occurs twice"))
        else:
            found[name] = row
    blocks = []
    for block in skeleton.blocks:
        segments = []
        for segment in block.segments:
            if segment.id not in found:
                findings.append(Finding(kind="missing", segment=segment.id, line=0, message=f"segment {segment.id} is not in the file"))
                segments.append(segment)
            else:
                fitted, more = _fit(found.pop(segment.id), segment)
                segments.append(fitted)
                findings += more
        blocks.append(replace(block, segments=tuple(segments)))
    findings += [
        Finding(kind="unknown-id", segment=name, line=row.line, message=f"segment {name} is not in the article")
        for name, row in found.items()
    ]
    document = replace(
        skeleton,
        id=head.slug or skeleton.id,
        source_language=_same_tag(head.source_language, skeleton.source_language),
        target_language=head.target_language or None,
        blocks=tuple(blocks),
    )
    return document, tuple(findings)


def _same_tag(tag: str, known: str) -> str:
    """The tag of the file, in the spelling that we know; ours when the file has none."""
    return known if not tag or tag.casefold() == known.casefold() else tag


def known_codes(skeleton: Document | None) -> Mapping[tuple[str, CodeKind], Code]:
    """The codes of all sources of an article, by id and kind: a file names them, and says not all of them."""
    segments = skeleton.segments() if skeleton else ()
    return {(part.id, part.kind): part for segment in segments for part in segment.source if isinstance(part, Code)}


def _fit(row: Row, original: Segment) -> tuple[Segment, Sequence[Finding]]:
    """The segment of a row in the place of `original`, whose source it should have."""
    read = row.segment
    source, target = read.source, read.target
    findings: list[Finding] = []
    if source != original.source:
        if _flat(source) == _flat(original.source):
            if target is not None and "\n" in plain(source):
                target = unindented(target)
            source = original.source
            findings.append(
                Finding(kind="white-space", segment=read.id, line=row.line, message="white space was added or lost; it was put right")
            )
        else:
            findings.append(Finding(kind="source-changed", segment=read.id, line=row.line, message="the source is not the one handed out"))
    if not findings and read.after == original.after and read.translate is original.translate:
        return read, findings
    return replace(read, source=source, target=target, after=original.after, translate=original.translate), findings


def _flat(content: Content) -> tuple[object, ...]:
    """The content for comparison where white space does not count."""
    return tuple("".join(part.value.split()) if isinstance(part, Text) else part for part in _without_blanks(content))


def _without_blanks(content: Content) -> Content:
    return tuple(part for part in content if isinstance(part, Code) or part.value.strip())


def unindented(content: Content) -> Content:
    """The content without the line ends and indentation that a program put around its elements.

    Next to a code or at an end such white space was not there before; between words it was a space.
    """
    parts: list[Inline] = []
    for part in content:
        if isinstance(part, Text):
            text = re.sub(r"^\n[ \t\n]*|\n[ \t\n]*$", "", part.value)
            parts.append(Text(value=_INJECTED.sub(" ", text)))
        else:
            parts.append(part)
    return join(parts)
