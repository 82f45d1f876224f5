"""The head of a page: what search engines, feed readers and archives are told about an article and its translations.

Sources: hreflang as Google documents it (every page lists itself, its partners and x-default), the Open Graph protocol, schema.org
NewsArticle with translationOfWork, workTranslation and digitalSourceType (IPTC's vocabulary).
"""

import datetime as dt
import re
import urllib.parse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import babel.core

from translate_pipeline.errors import PublishError
from translate_pipeline.model import Document
from translate_pipeline.publish.inline import clean, safe_address
from translate_pipeline.publish.label import Label

__all__ = ["Alternate", "Facts", "Head", "address", "check_alternates", "checked_base", "facts", "head", "iso_date", "locale", "page_path"]

_SOURCE_TYPES = {
    "machine": "https://schema.org/TrainedAlgorithmicMediaDigitalSource",
    "machine_partly": "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource",
    "reviewed": "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource",
}
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """The page for readers of a language ("x-default" for all others)."""

    language: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands in the head of a page. `root` leads from the page to the top of the site; `data` is the JSON-LD."""

    language: str
    direction: str
    title: str
    root: str
    description: str = ""
    author: str = ""
    noindex: bool = False
    canonical: str = ""
    alternates: tuple[Alternate, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    data: dict[str, object] | None = None
    themed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the head says about an article: the same for all of its pages. `url` is where the original appeared, `image` its first picture."""

    author: str
    published: str
    modified: str
    url: str
    image: str


def facts(documents: Sequence[Document]) -> Facts:
    """The facts of an article from its metadata and from what people did to its translations; dates never come from the clock."""
    first = documents[0]
    published = iso_date(first.fact("date"))
    acts = [item.at for document in documents for segment in document.segments() for item in segment.provenance if iso_date(item.at)]
    images = (dict(block.attributes).get("src", "") for block in first.blocks if block.kind == "alt")
    return Facts(
        author=clean(first.fact("author")),
        published=published,
        modified=max([*acts, published], default=""),
        url=safe_address(first.fact("url")) or "",
        image=next((address for address in images if (safe_address(address) or "").startswith("https:")), ""),
    )


def page_path(document: Document, view: str) -> str:
    """Where a page lies in the site."""
    source, target = document.source_language, document.target_language
    name = {"source": source, "target": target, "bilingual": f"{source}.{target}"}[view]
    return f"{document.id}/{name}.html"


def checked_base(base_url: str) -> str:
    """The address of the site without a slash at its end; "" stays "".

    Raises:
        PublishError: it is no http(s) address, or has a query or a fragment.
    """
    parts = urllib.parse.urlsplit(base_url)
    if base_url and (safe_address(base_url) is None or parts.scheme not in {"http", "https"} or parts.query or parts.fragment):
        raise PublishError(f"--base-url {base_url!r} is no address of a site. Give one such as https://example.org/news.")
    return base_url.rstrip("/")


def address(base: str, path: str) -> str:
    """The absolute address of a page, or "" where the site has none."""
    return f"{base}/{urllib.parse.quote(path)}" if base else ""


def iso_date(value: str) -> str:
    """`value` when it is an ISO 8601 date or time that exists, else ""."""
    if not _DATE.fullmatch(value):
        return ""
    try:
        dt.datetime.fromisoformat(value)
    except ValueError:
        return ""
    return value


def locale(tag: str) -> str:
    """The language with its most likely country, as Open Graph wants it: "de_DE" for "de" (CLDR likely subtags)."""
    wanted = tag.replace("-", "_")
    likely = str(babel.core.get_global("likely_subtags").get(wanted, wanted)).split("_")
    territory = next((part for part in reversed([*likely, *wanted.split("_")[1:]]) if re.fullmatch(r"[A-Z]{2}|\d{3}", part)), "")
    return f"{likely[0]}_{territory}" if territory else likely[0]


def head(
    documents: Sequence[Document],
    document: Document,
    view: str,
    *,
    known: Facts,
    titles: tuple[str, str],
    descriptions: tuple[str, str],
    label: Label,
    language: str,
    direction: str,
    base: str,
    site_name: str,
    themed: bool = False,
) -> Head:
    """The head of a page of `document`, whose article was translated as `documents`. `titles` and the rest are (source, target)."""
    side = 0 if view == "source" else 1
    own = address(base, page_path(document, view))
    listed = view != "bilingual" or document is documents[0]
    published = [("article:published_time", known.published), ("article:modified_time", known.modified)]
    tags = [document.source_language, *(str(other.target_language) for other in documents)]
    properties = [
        ("og:type", "article"),
        ("og:title", titles[side]),
        ("og:description", descriptions[side]),
        ("og:url", own),
        ("og:site_name", site_name),
        ("og:image", known.image),
        ("og:locale", locale(language)),
        *(("og:locale:alternate", locale(tag)) for tag in tags if tag != language),
        *published,
    ]
    return Head(
        language=language,
        direction=direction,
        title=titles[side],
        root="../",
        description=descriptions[side],
        author=known.author,
        noindex=view != "source" and label.status != "reviewed",
        canonical=(known.url if view == "source" else "") or own,
        alternates=_alternates(documents, base) if base and listed else (),
        properties=tuple((name, value) for name, value in properties if value),
        data=_data(documents, document, view, known=known, titles=titles, descriptions=descriptions, label=label, base=base),
        themed=themed,
    )


def _alternates(documents: Sequence[Document], base: str) -> tuple[Alternate, ...]:
    first = documents[0]
    pages = [(first.source_language, page_path(first, "source"))]
    pages += [(str(document.target_language), page_path(document, "target")) for document in documents]
    pages.append(("x-default", page_path(first, "bilingual")))
    return tuple(Alternate(language=language, href=address(base, path)) for language, path in pages)


def check_alternates(pages: Iterable[tuple[str, Sequence[Alternate]]]) -> None:
    """Make sure that each page (address, alternates) names itself, and that all that it names say the same.

    Raises:
        PublishError: the cluster is not reciprocal.
    """
    clusters = {address: frozenset(alternates) for address, alternates in pages if alternates}
    problems = [
        f"{page}: names {other.href} as its {other.language} edition, which does not name it back."
        for page, cluster in clusters.items()
        for other in cluster
        if clusters.get(other.href) != cluster
    ]
    problems += [f"{page}: does not name itself." for page, cluster in clusters.items() if all(other.href != page for other in cluster)]
    if problems:
        raise PublishError(*problems)


def _data(
    documents: Sequence[Document],
    document: Document,
    view: str,
    *,
    known: Facts,
    titles: tuple[str, str],
    descriptions: tuple[str, str],
    label: Label,
    base: str,
) -> dict[str, object]:
    """JSON-LD; what is not known is not there."""
    source, target = document.source_language, str(document.target_language)
    side = 0 if view == "source" else 1
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": address(base, page_path(document, view)),
        "url": address(base, page_path(document, view)),
        "headline": titles[side],
        "description": descriptions[side],
        "inLanguage": [source, target] if view == "bilingual" else (source, target)[side],
        "author": {"@type": "Person", "name": known.author} if known.author else None,
        "datePublished": known.published,
        "dateModified": known.modified,
        "image": known.image,
    }
    if view == "source":
        data["isBasedOn"] = known.url
        data["workTranslation"] = [_work(other, "target", titles=None, base=base) for other in documents]
    else:
        data["isBasedOn"] = known.url or address(base, page_path(document, "source"))
        data["translationOfWork"] = _work(document, "source", titles=titles, base=base)
        data["translator"] = [{"@type": "Person", "name": name} for name in label.reviewers]
        data["contributor"] = [{"@type": "SoftwareApplication", "name": name} for name in label.engines]
        data["creditText"] = (
            f"{label.status.replace('_', ' ')}: {label.reviewed} of {label.total} segment{'s' * (label.total != 1)} reviewed"
        )
        data["digitalSourceType"] = _SOURCE_TYPES[label.status] if label.engines else ""
    return {name: value for name, value in data.items() if value}


def _work(document: Document, view: str, *, titles: tuple[str, str] | None, base: str) -> dict[str, object]:
    where = address(base, page_path(document, view))
    language = document.source_language if view == "source" else document.target_language
    work = {"@type": "NewsArticle", "@id": where, "url": where, "headline": titles[0] if titles else "", "inLanguage": language}
    return {name: value for name, value in work.items() if value}
