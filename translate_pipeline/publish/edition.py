"""The pages of one article: source view, target views, bilingual views."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from translate_pipeline import languages
from translate_pipeline.model import Document
from translate_pipeline.publish.inline import clean, safe_address
from translate_pipeline.publish.label import Label, label
from translate_pipeline.publish.page import Body, body
from translate_pipeline.publish.render import render
from translate_pipeline.publish.words import Words, date_in, words_for

__all__ = ["Link", "Page", "pages"]

_SIDES = {"bilingual": ("source", "target"), "source": ("source",), "target": ("target",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A way to another page of the same article, named in its own language."""

    href: str
    language: str
    text: str
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands in the head of a page. `root` leads from the page to the top of the site."""

    language: str
    direction: str
    title: str
    root: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that the template of an article is given."""

    view: str
    sides: tuple[str, ...]
    language: str
    languages: Mapping[str, str]
    directions: Mapping[str, str]
    words: Words
    links: tuple[Link, ...]
    body: Body
    label: Label
    author: str
    date: str
    date_text: str
    review_date: str
    original: str

    @property
    def partly(self) -> bool:
        """Whether some sentences are reviewed and others are not."""
        return self.label.status == "machine_partly"


def pages(documents: Sequence[Document], *, views: Sequence[str] = ("source", "target", "bilingual")) -> Iterator[tuple[str, bytes]]:
    """The pages of an article that was translated into the target languages of `documents`."""
    for document in documents:
        for view in views:
            page = _page(document, view)
            head = Head(
                language=page.language,
                direction=languages.direction(page.language),
                title=page.body.titles[0 if view == "source" else 1],
                root="../",
            )
            yield _path(document, view), render("article.html", page=page, head=head, words=page.words)


def _path(document: Document, view: str) -> str:
    source, target = document.source_language, document.target_language
    name = {"source": source, "target": target, "bilingual": f"{source}.{target}"}[view]
    return f"{document.id}/{name}.html"


def _page(document: Document, view: str) -> Page:
    source, target = document.source_language, document.target_language or document.source_language
    language = source if view == "source" else target
    made = label(document)
    date = document.fact("date")
    bylined = any(block.kind == "byline" for block in document.blocks)
    return Page(
        view=view,
        sides=_SIDES[view],
        language=language,
        languages={"source": source, "target": target},
        directions={"source": languages.direction(source), "target": languages.direction(target)},
        words=words_for(language),
        links=(
            Link(
                href=f"{source}.{target}.html",
                language=target,
                text=f"{languages.autonym(source)} – {languages.autonym(target)}",
                current=True,
            ),
        ),
        body=body(document),
        label=made,
        author="" if bylined else clean(document.fact("author")),
        date=date,
        date_text=date_in(language, date),
        review_date=date_in(language, made.date),
        original=safe_address(document.fact("url")) or "",
    )
