"""The body of a page as frozen view models: what a template loops over.

A block becomes a node with its two sides. Headings, captions and cells are one element with both languages inside, so that the outline
of the page has each heading once.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import markupsafe

from translate_pipeline import languages
from translate_pipeline.content import display, plain
from translate_pipeline.evidence import presence
from translate_pipeline.model import Block, Code, Document, Segment, Term
from translate_pipeline.publish.inline import Inlines, Span, clean, safe_address, tags
from translate_pipeline.publish.label import counts, is_reviewed, mark
from translate_pipeline.publish.titles import descriptions, titles

__all__ = ["Body", "Entry", "Node", "Sentence", "Style", "body"]

_HEAD_ONLY = frozenset({"title", "description"})
_CONTAINERS = {"list": "ul", "table": "table", "row": "tr", "figure": "figure", "blockquote": "blockquote"}
_LEAVES = {"quote": "blockquote", "item": "li", "caption": "figcaption", "code": "pre"}
_SPACELESS = frozenset({"Hans", "Hant", "Hani", "Jpan"})
_NUMBERED = re.compile(r"\s*\(?(\d{1,4})[.)]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How inline content is written: see `Inlines`. Pages use buttons for terms, books use links, no remote images, and XHTML."""

    terms: str = "button"
    images: bool = True
    xhtml: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One side of a segment. `id` is its address in the page, `pair` what both sides share, `number` what the reader is shown.

    `mark` is what must be said about it ("" or a key of the interface words); `lang` is set where it differs from its column;
    `state` is that of the translation ("" on the source side).
    """

    id: str
    pair: str
    number: str
    html: markupsafe.Markup
    lang: str = ""
    direction: str = ""
    mark: str = ""
    state: str = ""
    reviewed: bool = False
    translate: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A block with its sentences in both languages, and the blocks inside it. `machine`: no sentence of it has been reviewed."""

    id: str
    kind: str
    tag: str
    source: tuple[Sentence, ...] = ()
    target: tuple[Sentence, ...] = ()
    source_gap: str = " "
    target_gap: str = " "
    attributes: tuple[tuple[str, str], ...] = ()
    machine: bool = False
    children: tuple["Node", ...] = ()

    @property
    def attribute(self) -> Mapping[str, str]:
        """The attributes by name."""
        return dict(self.attributes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A term of the article's glossary: `number` is its address, the forms are the preferred ones."""

    number: int
    source: str
    target: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What stands in a page. `title` is the headline's node (None when the article has none); `titles` its text in both languages."""

    title: Node | None
    titles: tuple[str, str]
    descriptions: tuple[str, str]
    nodes: tuple[Node, ...]
    entries: tuple[Entry, ...]


def body(document: Document, *, style: Style | None = None) -> Body:
    """The view models of an aligned document."""
    builder = _Builder(document, style or Style())
    top = [block for block in document.blocks if not block.parent and block.kind not in _HEAD_ONLY]
    title = next((block for block in document.blocks if block.kind == "headline"), None)
    if title is None:
        title = next((block for block in document.blocks if block.kind == "title" and block.segments), None)
    headline = builder.leaf(title, "h1") if title is not None else None
    nodes = tuple(_listed(builder.nodes([block for block in top if block is not title])))
    return Body(
        title=headline,
        titles=titles(document),
        descriptions=descriptions(document),
        nodes=nodes,
        entries=builder.entries(),
    )


class _Builder:
    """Builds the nodes of one document and numbers its terms as they come."""

    def __init__(self, document: Document, style: Style) -> None:
        self._document = document
        self._style = style
        self._tags = tags(document.codes, images=style.images, xhtml=style.xhtml)
        self._children: dict[str, list[Block]] = {}
        for block in document.blocks:
            self._children.setdefault(block.parent, []).append(block)
        self._source = document.source_language
        self._target = document.target_language or document.source_language
        self._gaps = _gap(self._source), _gap(self._target)
        self._numbers: dict[str, int] = {}
        self._terms: dict[str, Term] = {}
        self._level = 1
        self._count = 0

    def nodes(self, blocks: Iterable[Block]) -> Iterator[Node]:
        """The nodes of sibling blocks; transparent containers give way to their children."""
        for block in blocks:
            if block.kind == "section":
                yield from self.nodes(self._children.get(block.id, ()))
            elif block.kind in _CONTAINERS:
                yield self._container(block)
            elif block.kind == "alt":
                yield self._image(block)
            elif block.kind == "heading":
                yield self.leaf(block, f"h{self._heading(block.level)}")
            elif block.kind == "cell":
                yield self.leaf(block, "th" if _is_set(block, "header") else "td", ("colspan", "rowspan"))
            else:
                yield self.leaf(block, _LEAVES.get(block.kind, "p"))

    def leaf(self, block: Block, tag: str, attributes: Sequence[str] = ()) -> Node:
        """The node of a block with segments (and, in nested lists, with blocks inside)."""
        sides: tuple[list[Sentence], list[Sentence]] = ([], [])
        inlines = [Inlines(self._tags, language=language, terms=self._style.terms) for language in (self._source, self._target)]
        for index, segment in enumerate(block.segments):
            marker = tag != "li" or index > 0
            source, target = self._spans(segment)
            self._count += 1
            common = {"pair": segment.id, "number": str(self._count), "reviewed": is_reviewed(segment), "translate": segment.translate}
            sides[0].append(Sentence(id=segment.id, html=inlines[0].render(segment.source, source, marker=marker), **common))  # type: ignore[arg-type]
            translated = segment.target is not None
            content = segment.target if segment.target is not None else segment.source
            sides[1].append(
                Sentence(
                    id=f"t{segment.id.removeprefix('s')}",
                    html=inlines[1].render(content, target if translated else source, marker=marker),
                    lang="" if translated else self._source,
                    direction="" if translated else languages.direction(self._source),
                    mark=mark(segment) or "",
                    state=segment.state.value if segment.translate else "",
                    **common,  # type: ignore[arg-type]
                )
            )
        relevant = [segment for segment in block.segments if counts(segment)]
        return Node(
            id=block.id,
            kind=block.kind,
            tag=tag,
            source=tuple(sides[0]),
            target=tuple(sides[1]),
            source_gap=self._gaps[0],
            target_gap=self._gaps[1],
            attributes=tuple((name, value) for name, value in block.attributes if name in attributes and re.fullmatch(r"\d{1,3}", value))
            + _value(block, tag),
            machine=bool(relevant) and not any(is_reviewed(segment) for segment in relevant),
            children=tuple(self.nodes(self._children.get(block.id, ()))),
        )

    def entries(self) -> tuple[Entry, ...]:
        """The terms that occurred, in the order of their first occurrence."""
        return tuple(
            Entry(number=number, source=clean(term.source[0]), target=clean(term.target[0]), note=clean(term.note))
            for key, number in self._numbers.items()
            for term in (self._terms[key],)
        )

    def _container(self, block: Block) -> Node:
        ordered = block.kind == "list" and _is_set(block, "ordered")
        kept = tuple((name, value) for name, value in block.attributes if ordered and name == "start" and re.fullmatch(r"-?\d{1,6}", value))
        return Node(
            id=block.id,
            kind=block.kind,
            tag="ol" if ordered else _CONTAINERS[block.kind],
            attributes=kept,
            children=tuple(self.nodes(self._children.get(block.id, ()))),
        )

    def _image(self, block: Block) -> Node:
        """An image with its alternative text in both languages; without a safe address only the text is left."""
        given = dict(block.attributes)
        address = safe_address(given.get("src", "")) or ""
        shown = self._style.images and address.lower().startswith("https:")
        alternatives = [
            ("alt-source", clean("".join(display(segment.source) for segment in block.segments))),
            ("alt-target", clean("".join(display(segment.target or segment.source) for segment in block.segments))),
        ]
        size = [(name, given[name]) for name in ("width", "height") if re.fullmatch(r"\d{1,5}", given.get(name, ""))]
        return Node(
            id=block.id,
            kind="image",
            tag="img",
            attributes=(("src", address if shown else ""), *alternatives, *size),
            children=tuple(self.nodes(self._children.get(block.id, ()))),
        )

    def _heading(self, level: int) -> int:
        """Levels from 2 on and never more than one deeper than the one before, whatever the article did."""
        self._level = min(max(level, 2), self._level + 1, 6)
        return self._level

    def _spans(self, segment: Segment) -> tuple[list[Span], list[Span]]:
        """Where the terms of a segment stand on both sides, in the order of the text."""
        if not segment.terms:
            return [], []
        source: list[Span] = []
        for match in segment.terms:
            if match.term.source and match.term.target and (not source or match.start >= source[-1].end):
                number = self._numbers.setdefault(match.term.concept, len(self._numbers) + 1)
                self._terms.setdefault(match.term.concept, match.term)
                source.append(Span(start=match.start, end=match.end, entry=number))
        text = plain(segment.target or ())
        target = [
            Span(start=place.start, end=place.end, entry=self._numbers[finding.term.concept])
            for finding in presence.findings(segment.terms, text, languages.primary(self._target))
            if finding.term.concept in self._numbers
            for place in finding.found
        ]
        return source, sorted(target, key=lambda span: span.start)


def _gap(language: str) -> str:
    return "" if languages.script(language) in _SPACELESS else " "


def _is_set(block: Block, name: str) -> bool:
    return dict(block.attributes).get(name, "").casefold() not in {"", "0", "false", "no"}


def _value(block: Block, tag: str) -> tuple[tuple[str, str], ...]:
    """The number of a list item that carries it in its text."""
    first = block.segments[0].source[:1] if tag == "li" and block.segments else ()
    number = _NUMBERED.match(first[0].equiv) if first and isinstance(first[0], Code) else None
    return (("value", number[1]),) if number else ()


def _listed(nodes: Iterable[Node]) -> Iterator[Node]:
    """Items that stand without a list, as in plain text, put into one."""
    for loose, group in itertools.groupby(nodes, key=lambda node: (node.tag == "li", node.tag == "li" and "value" in node.attribute)):
        if loose[0]:
            members = tuple(group)
            yield Node(id=f"list-{members[0].id}", kind="list", tag="ol" if loose[1] else "ul", children=members)
        else:
            yield from group
