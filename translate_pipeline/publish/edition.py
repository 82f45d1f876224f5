"""The pages of one article: source view, target views, bilingual views, all rendered together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from translate_pipeline import languages
from translate_pipeline.model import Document, State
from translate_pipeline.publish import metadata
from translate_pipeline.publish.epub import book
from translate_pipeline.publish.inline import clean
from translate_pipeline.publish.label import Label, counts, label
from translate_pipeline.publish.page import Body, body
from translate_pipeline.publish.render import Overrides, render
from translate_pipeline.publish.words import Words, date_in, words_for

__all__ = ["Card", "Edition", "Link", "Page", "Site", "Version", "edition", "is_publishable"]

_SIDES = {"bilingual": ("source", "target"), "source": ("source",), "target": ("target",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What all pages of a site share. Without `base_url` everything that needs absolute addresses is left out.

    `language` is that of the index, `minimum` the state that every sentence of a translation must have reached, `overrides` a theme's
    templates, `themed` whether it has a style sheet; with `fragment`, articles are also written without head and masthead, with `epub` as books.
    """

    base_url: str = ""
    name: str = ""
    language: str = "en"
    minimum: State = State.INITIAL
    overrides: Overrides = ()
    themed: bool = False
    fragment: bool = False
    epub: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A way to another page of the same article, named in its own language."""

    href: str
    language: str
    text: str
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that the template of an article is given. `sides`, `languages` and `directions` go by "source" and "target"."""

    view: str
    sides: tuple[str, ...]
    language: str
    direction: str
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A page of an article as index, sitemap and feeds know it."""

    view: str
    language: str
    name: str
    path: str
    title: str
    description: str
    status: str
    indexed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An article as index, sitemap and feeds know it: the source view first, then a target and a bilingual view a translation."""

    slug: str
    author: str
    published: str
    modified: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What an article gives a site: pages as (path, bytes), and its card."""

    pages: tuple[tuple[str, bytes], ...]
    card: Card


def is_publishable(document: Document, minimum: State) -> bool:
    """Whether every segment that has to be translated has reached the state `minimum`."""
    return minimum is State.INITIAL or all(segment.state >= minimum for segment in document.segments() if counts(segment))


def edition(documents: Sequence[Document], site: Site, *, views: Sequence[str] = ("source", "target", "bilingual")) -> Edition:
    """The pages of an article that was translated into the target languages of `documents` (one at least).

    Raises:
        PublishError: a theme's template is broken, or the language cluster is not reciprocal.
    """
    base = metadata.checked_base(site.base_url)
    known = metadata.facts(documents)
    pages: list[tuple[str, bytes]] = []
    versions: list[Version] = []
    clusters: list[tuple[str, tuple[metadata.Alternate, ...]]] = []
    for document in documents:
        content, made = body(document), label(document)
        for view in views:
            if view == "source" and document is not documents[0]:
                continue
            page = _page(documents, document, view, content=content, made=made, known=known, linked=len(views) > 1)
            head = metadata.head(
                documents,
                document,
                view,
                known=known,
                titles=content.titles,
                descriptions=content.descriptions,
                label=made,
                language=page.language,
                direction=page.direction,
                base=base,
                site_name=site.name,
                themed=site.themed,
            )
            path = metadata.page_path(document, view)
            values = {"page": page, "head": head, "words": page.words}
            pages.append((path, render("article.html", overrides=site.overrides, fragment=False, **values)))
            if site.fragment:
                name = path.removesuffix(".html") + ".fragment.html"
                pages.append((name, render("fragment.html", overrides=site.overrides, fragment=True, **values)))
            clusters.append((metadata.address(base, path), head.alternates))
            versions.append(
                Version(
                    view=view,
                    language=page.language,
                    name=_name(document, view),
                    path=path,
                    title=head.title,
                    description=head.description,
                    status="" if view == "source" else made.status,
                    indexed=not head.noindex,
                )
            )
        if site.epub:
            pages.append(
                (metadata.page_path(document, "bilingual").removesuffix(".html") + ".epub", book((document,), overrides=site.overrides))
            )
    metadata.check_alternates(clusters)
    card = Card(slug=documents[0].id, author=known.author, published=known.published, modified=known.modified, versions=tuple(versions))
    return Edition(pages=tuple(pages), card=card)


def _name(document: Document, view: str) -> str:
    """What a link to the page says: the languages by their own names."""
    tags = {"source": [document.source_language], "target": [str(document.target_language)]}
    return " – ".join(languages.autonym(tag) for tag in tags.get(view, tags["source"] + tags["target"]))


def _links(documents: Sequence[Document], current: str) -> Iterator[Link]:
    for index, document in enumerate(documents):
        for view in ("source", "target", "bilingual") if index == 0 else ("target", "bilingual"):
            path = metadata.page_path(document, view)
            language = document.source_language if view == "source" else str(document.target_language)
            yield Link(href=path.rpartition("/")[2], language=language, text=_name(document, view), current=path == current)


def _page(
    documents: Sequence[Document],
    document: Document,
    view: str,
    *,
    content: Body,
    made: Label,
    known: metadata.Facts,
    linked: bool,
) -> Page:
    source, target = document.source_language, str(document.target_language)
    language = source if view == "source" else target
    directions = {"source": languages.direction(source), "target": languages.direction(target)}
    bylined = any(block.kind == "byline" for block in document.blocks)
    date = clean(document.fact("date"))
    return Page(
        view=view,
        sides=_SIDES[view],
        language=language,
        direction=directions["source" if view == "source" else "target"],
        languages={"source": source, "target": target},
        directions=directions,
        words=words_for(language),
        links=tuple(_links(documents, metadata.page_path(document, view))) if linked else (),
        body=content,
        label=made,
        author="" if bylined else known.author,
        date=known.published,
        date_text=date_in(language, date),
        review_date=date_in(language, made.date),
        original=known.url,
    )
