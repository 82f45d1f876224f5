"""What all articles have in common: assets, index, sitemap, feeds, as (path relative to the site, bytes). Nothing here writes a file."""

import importlib.resources
import itertools
import urllib.parse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from translate_pipeline import languages
from translate_pipeline.model import Document
from translate_pipeline.publish import metadata
from translate_pipeline.publish.edition import Card, Site, Version, edition
from translate_pipeline.publish.metadata import Alternate, address
from translate_pipeline.publish.render import render
from translate_pipeline.publish.words import date_in, words_for

__all__ = ["assets", "left_out", "pages", "shared"]

_ASSETS = ("edition.css", "edition.js")
_UNDATED = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A link from the index to a page of an article."""

    href: str
    language: str
    name: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexCard:
    """An article in the index."""

    slug: str
    href: str
    title: str
    language: str
    direction: str
    badges: tuple[Badge, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The articles of a date; `text` is the date as the index writes it."""

    date: str
    text: str
    cards: tuple[IndexCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page in the sitemap or in a feed; times are RFC 3339 in feeds."""

    address: str
    alternates: tuple[Alternate, ...]
    modified: str
    updated: str
    published: str
    title: str
    summary: str
    author: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """The articles in one language; `href` is relative to the site, `address` and `home` absolute."""

    language: str
    name: str
    title: str
    href: str
    address: str
    home: str
    updated: str
    entries: tuple[Entry, ...]


def assets(theme: bytes = b"") -> Iterator[tuple[str, bytes]]:
    """The files that all pages share; `theme` is the style sheet of a theme."""
    folder = importlib.resources.files("translate_pipeline").joinpath("static")
    for name in _ASSETS:
        yield f"assets/{name}", folder.joinpath(name).read_bytes()
    if theme:
        yield "assets/theme.css", theme


def pages(document: Document) -> Iterator[tuple[str, bytes]]:
    """The bilingual page of an aligned document, alone.

    Raises:
        PublishError: a template is broken.
    """
    yield from edition((document,), Site(), views=("bilingual",)).pages


def shared(cards: Iterable[Card], site: Site) -> Iterator[tuple[str, bytes]]:
    """Index, sitemap and feeds over all articles of the site; the latter two only where the site has an address.

    Raises:
        PublishError: a theme's template is broken, or the address of the site is none.
    """
    base = metadata.checked_base(site.base_url)
    ordered = sorted(cards, key=lambda card: card.slug)
    ordered.sort(key=lambda card: card.published, reverse=True)
    words = words_for(site.language)
    title = site.name or words("articles")
    feeds = tuple(_feeds(ordered, base, title)) if base else ()
    head = metadata.Head(
        language=words.language,
        direction=words.direction,
        title=title,
        root="",
        canonical=address(base, "index.html"),
        themed=site.themed,
    )
    days = tuple(
        Day(date=date, text=date_in(words.language, date), cards=tuple(map(_index_card, group)))
        for date, group in itertools.groupby(ordered, key=lambda card: card.published[:10])
    )
    yield "index.html", render("index.html", overrides=site.overrides, head=head, days=days, feeds=feeds, words=words)
    if base:
        yield "sitemap.xml", render("sitemap.xml", overrides=site.overrides, pages=tuple(_sitemap(ordered, base)))
        for feed in feeds:
            yield feed.href, render("feed.xml", overrides=site.overrides, feed=feed)


def left_out(site: Site) -> str:
    """What a site without an address has to do without, as a sentence; "" when nothing is missing."""
    if site.base_url:
        return ""
    return "Without --base-url there are no canonical and hreflang links, no sitemap.xml and no feeds: they need absolute addresses."


def _index_card(card: Card) -> IndexCard:
    first, leading = card.versions[0], next((v for v in card.versions if v.view == "bilingual"), card.versions[0])
    return IndexCard(
        slug=card.slug,
        href=urllib.parse.quote(leading.path),
        title=first.title,
        language=first.language,
        direction=languages.direction(first.language),
        badges=tuple(
            Badge(
                href=urllib.parse.quote(version.path),
                language=version.language,
                name=version.name,
                status=version.status if version.view == "target" else "",
            )
            for version in card.versions
        ),
    )


def _cluster(card: Card, base: str) -> tuple[Alternate, ...]:
    """The alternates of an article, as the heads of its pages have them."""
    single = [Alternate(language=v.language, href=address(base, v.path)) for v in card.versions if v.view != "bilingual"]
    both = next((v for v in card.versions if v.view == "bilingual"), None)
    return (*single, Alternate(language="x-default", href=address(base, both.path))) if both else tuple(single)


def _entry(card: Card, version: Version, base: str, alternates: Sequence[Alternate]) -> Entry:
    return Entry(
        address=address(base, version.path),
        alternates=tuple(alternates),
        modified=card.modified,
        updated=_time(card.modified) or _UNDATED,
        published=_time(card.published),
        title=version.title,
        summary=version.description or version.title,
        author=card.author or "–",
        status=version.status,
    )


def _sitemap(cards: Sequence[Card], base: str) -> Iterator[Entry]:
    for card in cards:
        cluster = _cluster(card, base)
        listed = {alternate.href for alternate in cluster}
        for version in card.versions:
            if version.indexed:
                entry = _entry(card, version, base, cluster)
                yield entry if entry.address in listed else _entry(card, version, base, ())


def _feeds(cards: Sequence[Card], base: str, title: str) -> Iterator[Feed]:
    found: dict[str, list[Entry]] = {}
    for card in cards:
        cluster = [alternate for alternate in _cluster(card, base) if alternate.language != "x-default"]
        for version in card.versions:
            if version.view != "bilingual":
                others = [alternate for alternate in cluster if alternate.language != version.language]
                found.setdefault(version.language, []).append(_entry(card, version, base, others))
    for language, entries in sorted(found.items()):
        href = f"feed.{language}.xml"
        yield Feed(
            language=language,
            name=languages.autonym(language),
            title=f"{title} – {languages.autonym(language)}",
            href=href,
            address=address(base, href),
            home=address(base, "index.html"),
            updated=max(entry.updated for entry in entries),
            entries=tuple(entries),
        )


def _time(date: str) -> str:
    """RFC 3339 as Atom wants it: a day alone begins at midnight UTC, and so does a time without a zone."""
    if not date:
        return ""
    day, _, time = date.partition("T")
    if not time:
        return f"{day}T00:00:00Z"
    zone = "" if time.endswith("Z") or "+" in time or "-" in time else "Z"
    return f"{day}T{time if len(time.partition('+')[0].partition('-')[0].rstrip('Z')) > 5 else time[:5] + ':00' + time[5:]}{zone}"
