"""Bilingual books: EPUB 3.3, one chapter an article, one pair after the other.

A book built again from the same translations is the same file, and one that changed keeps its identity: a UUID (version 5, RFC 9562) over
the articles and languages. Remote images are not carried; their alternative texts are.
"""

import importlib.resources
import io
import uuid
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from translate_pipeline import languages
from translate_pipeline.model import Document
from translate_pipeline.publish import metadata
from translate_pipeline.publish.label import Label, label
from translate_pipeline.publish.page import Body, Style, body
from translate_pipeline.publish.render import Overrides, render
from translate_pipeline.publish.titles import titles
from translate_pipeline.publish.words import Words, date_in, words_for

__all__ = ["book"]

_NAMESPACE = uuid.UUID("0e0f7c9c-2d0c-5a5f-9c6e-6f1d6a1c7a52")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip archive can say
_UNDATED = "1980-01-01T00:00:00Z"
_STYLE = Style(terms="link", images=False, xhtml=True)
_CONTAINER = b"""<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chapter:
    """What the template of a chapter is given; `prefix` goes before identifiers."""

    name: str
    prefix: str
    title: str
    language: str
    direction: str
    languages: Mapping[str, str]
    directions: Mapping[str, str]
    words: Words
    body: Body
    label: Label
    author: str
    date_text: str
    review_date: str
    original: str
    facts: metadata.Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """What the package document says."""

    identity: uuid.UUID
    title: str
    source: str
    target: str
    direction: str
    authors: tuple[str, ...]
    reviewers: tuple[str, ...]
    engines: tuple[str, ...]
    originals: tuple[str, ...]
    published: str
    modified: str


def book(documents: Sequence[Document], *, title: str = "", overrides: Overrides = ()) -> bytes:
    """A book of the articles in `documents` (one at least, all of the same two languages).

    Without a `title`, it is that of the first article.

    Raises:
        PublishError: a theme's template is broken.
    """
    chapters = [_chapter(document, number) for number, document in enumerate(documents, start=1)]
    first = documents[0]
    target = str(first.target_language)
    names = "\n".join([first.source_language, target, *sorted(document.id for document in documents)])
    modified = max(chapter.facts.modified for chapter in chapters)
    about = _Book(
        identity=uuid.uuid5(_NAMESPACE, names),
        title=title or chapters[0].title,
        source=first.source_language,
        target=target,
        direction=languages.direction(target),
        authors=_distinct(chapter.facts.author for chapter in chapters),
        reviewers=_distinct(name for chapter in chapters for name in chapter.label.reviewers),
        engines=_distinct(name for chapter in chapters for name in chapter.label.engines),
        originals=_distinct(chapter.original for chapter in chapters),
        published=max(chapter.facts.published for chapter in chapters),
        modified=f"{modified[:10]}T00:00:00Z" if modified else _UNDATED,
    )
    words = words_for(target)
    files = [
        ("META-INF/container.xml", _CONTAINER),
        ("EPUB/package.opf", render("package.opf", overrides=overrides, book=about, chapters=chapters)),
        ("EPUB/nav.xhtml", render("nav.xhtml", overrides=overrides, book=about, chapters=chapters, words=words)),
        ("EPUB/book.css", importlib.resources.files("translate_pipeline").joinpath("static", "book.css").read_bytes()),
    ]
    files += [(f"EPUB/{c.name}", render("chapter.xhtml", overrides=overrides, page=c, words=words)) for c in chapters]
    return _zipped(files)


def _chapter(document: Document, number: int) -> _Chapter:
    source, target = document.source_language, str(document.target_language)
    content, made, known = body(document, style=_STYLE), label(document), metadata.facts((document,))
    bylined = any(block.kind == "byline" for block in document.blocks)
    return _Chapter(
        name=f"chapter-{number}.xhtml",
        prefix="x-",
        title=titles(document, wanted=("headline", "title"))[1],  # a title often names the site as well
        language=target,
        direction=languages.direction(target),
        languages={"source": source, "target": target},
        directions={"source": languages.direction(source), "target": languages.direction(target)},
        words=words_for(target),
        body=content,
        label=made,
        author="" if bylined else known.author,
        date_text=date_in(target, known.published),
        review_date=date_in(target, made.date),
        original=known.url,
        facts=known,
    )


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    """An archive whose first entry is the uncompressed media type (EPUB OCF 3.3), without times and rights of this machine."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in [("mimetype", b"application/epub+zip"), *files]:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return target.getvalue()
