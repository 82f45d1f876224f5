"""From the elements of a sanitised article to blocks and inline codes."""

import contextlib
import re
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from translate_pipeline.content import display, from_text, join
from translate_pipeline.errors import InputError, LanguageError
from translate_pipeline.ingest.patterns import is_byline, is_residue
from translate_pipeline.languages import normalise, primary
from translate_pipeline.model import Block, Code, CodeKind, Content, Inline, Markup, Segment, Text

__all__ = ["Body", "Elements"]

_DEEPEST = 200  # elements inside each other; articles have a dozen
_SPACE = re.compile(r"[ \t\n\r\f]+")  # what HTML collapses; a no-break space stays
_CONTAINERS = {
    "ul": "list",
    "ol": "list",
    "table": "table",
    "tr": "row",
    "blockquote": "blockquote",
    "figure": "figure",
    "section": "section",
}
_LEAVES = {"li": "item", "td": "cell", "th": "cell", "figcaption": "caption", "caption": "caption"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Elements:
    """The elements that are read (see `elements.toml`) and the attributes that each may keep ("*": every one)."""

    inline: frozenset[str]
    void: frozenset[str]
    untranslated: frozenset[str]
    block: frozenset[str]
    attributes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a piece of text stands: in which block, as what, how deep, and whether it is translated. `taker` waits for its own text."""

    parent: str = ""
    kind: str = "paragraph"
    depth: int = 0
    nesting: int = 0
    translate: bool = True
    taker: int | None = None
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """A piece of running text, or an inline element that opens, closes or stands alone."""

    text: str = ""
    element: HtmlElement | None = None
    kind: CodeKind | None = None


class Body:
    """Reads an article element; afterwards `blocks` and `codes` are those of the article, in order, blocks numbered from `first`."""

    def __init__(self, elements: Elements, *, language: str, base: str, first: int = 1) -> None:
        self.blocks: list[Block] = []
        self.codes: list[Markup] = []
        self._elements = elements
        self._language = language
        self._base = base
        self._first = first
        self._headlines = 0

    def read(self, article: HtmlElement) -> None:
        """Read the article.

        Raises:
            InputError: its elements are nested too deep for an article.
        """
        self._flow(article, _Place())

    def _flow(self, element: HtmlElement, place: _Place) -> _Place:
        """Read the content of a block element; what is between its block elements becomes blocks of the kind that the place says."""
        if place.nesting > _DEEPEST:
            raise InputError(f"has more than {_DEEPEST} elements inside each other. Save the article without the page around it.")
        run: list[_Event] = [_Event(text=element.text or "")]
        for child in element:
            if self._is_inline(child):
                run += self._events(child, place.nesting + 1)
            else:
                place = self._leaf(run, place)
                run = []
                place = self._block(child, replace(place, nesting=place.nesting + 1))
                place = replace(place, nesting=place.nesting - 1)
            run.append(_Event(text=child.tail or ""))
        return self._leaf(run, place)

    def _block(self, element: HtmlElement, place: _Place) -> _Place:
        """Read a block element; returns the place for what follows it."""
        tag = str(element.tag)
        inner = replace(place, translate=place.translate and self._is_translated(element))
        shared = self._attributes(element, ("lang", "dir"))
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self._headlines += tag == "h1"
            headline = tag == "h1" and self._headlines == 1
            self._flow(
                element, replace(inner, kind="headline" if headline else "heading", depth=int(tag[1]), taker=None, attributes=shared)
            )
        elif tag == "pre":
            self._add("code", replace(inner, translate=False), from_text(element.text_content().strip("\n")), shared)
        elif tag == "table" and (captions := element.findall("caption")):
            # A figure is the only place in which a caption may stand beside a table that is read as blocks.
            figure = self._add("figure", inner, (), ())
            for caption in captions:
                self._block(caption, replace(inner, parent=figure, taker=None))
                caption.drop_tree()
            self._block(element, replace(inner, parent=figure, taker=None))
        elif tag in _CONTAINERS:
            kind = _CONTAINERS[tag]
            own = self._list(element) if kind == "list" else ()
            block = self._add(kind, inner, (), (*own, *shared))
            depth = inner.depth + 1 if kind == "list" else 0
            self._flow(element, replace(inner, parent=block, kind="paragraph", depth=depth, taker=None, attributes=()))
        elif tag in _LEAVES:
            kind = _LEAVES[tag]
            own = self._cell(element) if kind == "cell" else ()
            block = self._add(kind, replace(inner, depth=inner.depth if kind == "item" else 0), (), (*own, *shared))
            self._flow(element, replace(inner, parent=block, kind="paragraph", taker=len(self.blocks) - 1, attributes=()))
            if kind == "caption" and not self.blocks[-1].segments and self.blocks[-1].id == block:
                self.blocks.pop()
        else:
            outcome = self._flow(element, replace(inner, attributes=shared or inner.attributes))
            return replace(place, taker=outcome.taker)
        return replace(place, taker=None)

    def _leaf(self, run: Sequence[_Event], place: _Place) -> _Place:
        """Make a block of running text, or blocks of the images in it; returns the place for what follows."""
        if not any(event.text.strip() for event in run):
            for event in run:
                if event.element is not None and event.element.tag == "img":
                    self._image(event.element, place)
            return place
        content = self._content(run)
        if place.taker is not None:
            block = self.blocks[place.taker]
            segment = Segment(id="", source=content, translate=place.translate and not is_residue(display(content), self._language))
            self.blocks[place.taker] = replace(block, segments=(segment,))
            return replace(place, taker=None)
        kind, translate = place.kind, place.translate
        if kind == "paragraph" and is_residue(display(content), self._language):
            kind, translate = "residue", False
        elif kind == "paragraph" and is_byline(display(content), self._language):
            kind = "byline"
        self._add(kind, replace(place, translate=translate), content, place.attributes)
        return place

    def _image(self, element: HtmlElement, place: _Place) -> None:
        kept = self._attributes(element, ("src", "width", "height", "lang", "dir"))
        alternative = _SPACE.sub(" ", element.get("alt") or "").strip()
        translate = place.translate and self._is_translated(element)
        self._add("alt", replace(place, translate=translate, depth=0), from_text(alternative), kept)

    def _add(self, kind: str, place: _Place, content: Content, attributes: tuple[tuple[str, str], ...]) -> str:
        """Append a block; returns its id."""
        name = f"b{len(self.blocks) + self._first}"
        segments = (Segment(id="", source=content, translate=place.translate),) if display(content).strip() else ()
        level = place.depth if kind in {"headline", "heading", "item", "list"} else 0
        self.blocks.append(Block(id=name, kind=kind, level=level, parent=place.parent, attributes=attributes, segments=segments))
        return name

    def _is_inline(self, element: HtmlElement) -> bool:
        """Whether an element stands inside a sentence; a link around a heading does not."""
        return element.tag in self._elements.inline and not any(inner.tag in self._elements.block for inner in element.iterdescendants())

    def _events(self, element: HtmlElement, nesting: int) -> Iterator[_Event]:
        """An inline element as a row of events; one that says nothing (a bare span) gives way to its content."""
        if nesting > _DEEPEST:
            raise InputError(f"has more than {_DEEPEST} elements inside each other. Save the article without the page around it.")
        if element.tag in self._elements.void:
            yield _Event(element=element, kind=CodeKind.STANDALONE)
            return
        bare = (element.tag == "span" and not self._attributes(element, ("lang", "dir", "translate"))) or (
            element.tag == "a" and not element.get("href")
        )
        if not bare:
            yield _Event(element=element, kind=CodeKind.OPEN)
        yield _Event(text=element.text or "")
        for child in element:
            yield from self._events(child, nesting + 1)
            yield _Event(text=child.tail or "")
        if not bare:
            yield _Event(element=element, kind=CodeKind.CLOSE)

    def _content(self, run: Sequence[_Event]) -> Content:
        """Running text with its white space collapsed as HTML does, and its elements as codes; empty elements are left out."""
        parts: list[Inline] = []
        opened: list[tuple[str, HtmlElement]] = []
        space = True  # whether white space at this place would stand at the beginning of a line
        for event in _telling(run):
            if event.element is None:
                value = _SPACE.sub(" ", event.text)
                value = value[1:] if space and value.startswith(" ") else value
                if value:
                    parts.append(Text(value=value))
                    space = value.endswith(" ")
            elif event.kind is CodeKind.CLOSE:
                name, element = opened.pop()
                parts.append(Code(id=name, kind=CodeKind.CLOSE, disp=f"</{element.tag!s}>"))
            else:
                assert event.kind is not None
                name = self._code(event.element)
                line_break = event.element.tag == "br"
                if line_break:
                    _strip_end(parts)
                    space = True
                elif event.kind is CodeKind.STANDALONE:
                    space = False
                parts.append(Code(id=name, kind=event.kind, equiv="\n" if line_break else "", disp=f"<{event.element.tag!s}>"))
                if event.kind is CodeKind.OPEN:
                    opened.append((name, event.element))
        _strip_end(parts)
        return join(parts)

    def _code(self, element: HtmlElement) -> str:
        name = f"c{len(self.codes) + 1}"
        tag = str(element.tag)
        allowed = (*self._elements.attributes.get(tag, ()), "dir", "lang", "translate")
        translate = tag not in self._elements.untranslated and self._is_translated(element)
        self.codes.append(Markup(code=name, element=tag, attributes=self._attributes(element, allowed), translate=translate))
        return name

    def _is_translated(self, element: HtmlElement) -> bool:
        """Whether the text of an element is in the language of the article, and nobody said that it has to stay."""
        if element.get("translate", "").lower() == "no":
            return False
        with contextlib.suppress(LanguageError):
            return not element.get("lang") or primary(normalise(element.get("lang", ""))) == primary(self._language)
        return True

    def _attributes(self, element: HtmlElement, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """The attributes that are kept, in alphabetical order, addresses made absolute where the address of the page is known."""
        values = [(name, str(element.get(name, ""))) for name in sorted(names) if element.get(name) is not None]
        return tuple(
            (name, self._absolute(value) if name in {"href", "src"} else value) for name, value in values if value or name == "alt"
        )

    def _absolute(self, address: str) -> str:
        with contextlib.suppress(ValueError):
            return urllib.parse.urljoin(self._base, address) if self._base else address
        return ""

    def _list(self, element: HtmlElement) -> tuple[tuple[str, str], ...]:
        return (*((("ordered", "true"),) if element.tag == "ol" else ()), *self._attributes(element, ("start",)))

    def _cell(self, element: HtmlElement) -> tuple[tuple[str, str], ...]:
        return (*((("header", "true"),) if element.tag == "th" else ()), *self._attributes(element, ("colspan", "rowspan")))


def _strip_end(parts: list[Inline]) -> None:
    """Remove the space before a line break or the end of a block, also inside the elements that close there."""
    for index in range(len(parts) - 1, -1, -1):
        part = parts[index]
        if isinstance(part, Text):
            parts[index] = Text(value=part.value.rstrip(" "))
            return
        if part.kind is CodeKind.STANDALONE:
            return


def _telling(run: Sequence[_Event]) -> Sequence[_Event]:
    """The events without elements that hold nothing and without line breaks at both ends; they show nothing."""
    result: list[_Event] = []
    for event in run:
        empty = event.kind is CodeKind.CLOSE and result and result[-1].kind is CodeKind.OPEN
        if empty:
            result.pop()
        elif event.element is not None or event.text:
            result.append(event)
    shown = [index for index, event in enumerate(result) if not _is_blank(event)]
    return [event for index, event in enumerate(result) if shown[0] <= index <= shown[-1] or not _is_break(event)]


def _is_break(event: _Event) -> bool:
    return event.element is not None and event.element.tag == "br"


def _is_blank(event: _Event) -> bool:
    """Whether an event shows nothing by itself: white space, a line break, the begin or end of an element."""
    if event.element is None:
        return not _SPACE.sub("", event.text)
    return event.kind is not CodeKind.STANDALONE or _is_break(event)
