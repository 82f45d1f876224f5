"""HTML articles: sanitised once, here, and read as far as a browser would read them."""

import functools
import importlib.resources
import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import nh3
from lxml.etree import ParserError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from translate_pipeline.content import display, from_text
from translate_pipeline.errors import InputError
from translate_pipeline.ingest.body import Body, Elements
from translate_pipeline.ingest.decode import unwritable
from translate_pipeline.ingest.head import Head, read_head
from translate_pipeline.model import Block, Markup, Segment

__all__ = ["Page", "blocks", "parse"]

_PROLOGUE = re.compile(r"\s*<\?xml[^>]*\?>")
_MOST_OPEN = 2000
# Tags of elements that end only where they say so.
_TAG = re.compile(
    r"<(/?)(?!(?:p|li|dt|dd|t[rdh]|thead|tbody|tfoot|option|br|img|hr|input|link|meta|source|wbr|col|area|base|embed|track)\b)[a-z]",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,8})|([0-9]{1,8}))(?![0-9])", re.IGNORECASE)
# In this order: the first that has text holds the article.
_PLACES = ("//article", "//main", "//*[contains(concat(' ', normalize-space(@itemprop), ' '), ' articleBody ')]", "/html")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Page:
    """A sanitised page: the element that holds the article, its text, and what the page says about itself."""

    article: HtmlElement
    text: str
    head: Head

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What is known and not translated, for the metadata of a document."""
        facts = (("author", self.head.author), ("date", self.head.date), ("url", self.head.url))
        return tuple((name, value) for name, value in facts if value)


def parse(text: str) -> Page:
    """The article in a page. Scripts, styles, forms, navigation and all markup that is not on the allow-list are gone.

    Raises:
        InputError: there is no text, or a reference to a character that XML cannot carry.
    """
    text = _PROLOGUE.sub("", text, count=1)
    _refuse_bombs(text)
    clean = _cleaner().clean(text)
    if unwritable(clean):
        raise InputError(_reference(text))
    if not clean.strip():
        raise InputError("has no text.")
    parser = HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = document_fromstring(clean, parser=parser)
    except ParserError as problem:
        raise InputError("has no text.") from problem
    for hidden in root.xpath("//*[@hidden]"):
        hidden.drop_tree()
    for place in _PLACES:
        found = [(len(content), content, element) for element in root.xpath(place) if (content := " ".join(element.itertext())).strip()]
        if found:
            _, content, article = max(found, key=lambda item: item[0])
            return Page(article=article, text=content, head=read_head(text))
    raise InputError("has no text.")


def blocks(page: Page, language: str) -> tuple[tuple[Block, ...], tuple[Markup, ...], int]:
    """The blocks of the article with one segment each, the markup of its inline codes, and the highest number in an id.

    Title and description of the page come first, unless the article begins with the same words.
    """
    extra = [(kind, text) for kind, text in (("title", page.head.title), ("description", page.head.description)) if text]
    body = Body(elements(), language=language, base=page.head.url, first=len(extra) + 1)
    body.read(page.article)
    heads = {
        "".join(display(segment.source) for segment in block.segments) for block in body.blocks if block.kind in {"headline", "heading"}
    }
    front = tuple(
        Block(id=f"b{number}", kind=kind, segments=(Segment(id="", source=from_text(text)),))
        for number, (kind, text) in enumerate(extra, 1)
        if text not in heads
    )
    return (*front, *body.blocks), tuple(body.codes), max(len(extra) + len(body.blocks), len(body.codes))


def _reference(text: str) -> str:
    """A sentence about the first reference to a character that XML cannot carry: where there are none of the characters, one made them."""
    for match in _REFERENCE.finditer(text):
        number = int(match[1], 16) if match[1] else int(match[2])
        if number <= sys.maxunicode and unwritable(chr(number)):
            line = text.count("\n", 0, match.start()) + 1
            return f"has a reference to the character U+{number:04X} in line {line}, which XML cannot carry. Remove it."
    return "has a reference to a character that XML cannot carry. Remove it."


def _refuse_bombs(text: str) -> None:
    """Refuse what would keep the sanitiser busy for minutes: its time grows with the square of the number of open elements."""
    depth = deepest = 0
    for match in _TAG.finditer(text):
        depth = max(depth - 1, 0) if match[1] else depth + 1
        deepest = max(deepest, depth)
    if deepest > _MOST_OPEN:
        raise InputError(f"has more than {_MOST_OPEN} elements inside each other. Save the article without the page around it.")


@functools.cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(importlib.resources.files(__package__).joinpath("elements.toml").read_text(encoding="utf-8"))


@functools.cache
def elements() -> Elements:
    """Which elements stand inside a sentence, and which end a block."""
    table = _table()
    names = {name: frozenset(table[name]) for name in ("inline", "void", "untranslated", "block")}
    return Elements(attributes={name: tuple(values) for name, values in table["attributes"].items()}, **names)


@functools.cache
def _cleaner() -> nh3.Cleaner:
    table = _table()
    return nh3.Cleaner(
        tags=set(table["inline"]) | set(table["block"]),
        clean_content_tags=set(table["dropped"]),
        attributes={name: set(values) for name, values in table["attributes"].items()},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
