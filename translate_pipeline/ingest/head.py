"""What an HTML page says about itself: title, description, author, date, address and language. Everything is read as plain text."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement, HTMLParser, document_fromstring, fromstring

from translate_pipeline.errors import LanguageError
from translate_pipeline.ingest.decode import unwritable
from translate_pipeline.languages import normalise

__all__ = ["Head", "read_head"]

_LONGEST = 2000  # characters; longer values are no facts
_MOST = 1_000_000  # characters of the page that are looked through
_DATE = re.compile(r"\d{4}-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?( ?(Z|[+-]\d{2}:?\d{2}))?)?)?")
_ARTICLES = frozenset(
    {"Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BlogPosting", "LiveBlogPosting"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Facts about a page; "" where it says nothing. `date` is ISO 8601, `url` http or https, `language` a tag in canonical form."""

    title: str = ""
    description: str = ""
    author: str = ""
    date: str = ""
    url: str = ""
    language: str = ""


def read_head(text: str) -> Head:
    """The facts in the head and the JSON-LD of a page, the more specific source first: schema.org, Open Graph, plain HTML."""
    parser = HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    root = document_fromstring(text[:_MOST], parser=parser)
    data = next(_articles(root), {})
    meta = _meta(root)
    author = ", ".join(_names(data.get("author"))) or meta.get("author", "") or meta.get("article:author", "")
    date = _first(data.get("datePublished"), meta.get("article:published_time"), meta.get("date"), meta.get("dc.date"))
    canonical = root.xpath("string(//link[@rel='canonical']/@href)")
    url = next((value for value in (_clean(canonical), meta.get("og:url", ""), _clean(data.get("url"))) if _is_address(value)), "")
    return Head(
        title=_first(data.get("headline"), meta.get("og:title"), root.xpath("string(//title)")),
        description=_first(data.get("description"), meta.get("og:description"), meta.get("description")),
        author="" if _is_address(author) else author,
        date=date if _DATE.fullmatch(date) else "",
        url=url,
        language=next(_languages(root, meta, data), ""),
    )


def _articles(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that describe an article."""
    for script in root.iterfind(".//script[@type='application/ld+json']"):
        try:
            waiting = [json.loads(script.text_content())]
        except (ValueError, RecursionError):
            continue  # what the page says in a broken way it does not say
        while waiting:
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting = value + waiting
            elif isinstance(value, dict):
                kinds = value.get("@type")
                if _ARTICLES.intersection(kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)):
                    yield value
                graph = value.get("@graph")
                waiting += graph if isinstance(graph, list) else []


def _meta(root: HtmlElement) -> dict[str, str]:
    """The values of meta elements by lower-case name; the first one counts."""
    values: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("http-equiv") or ""
        if value := _clean(element.get("content")):
            values.setdefault(name.lower(), value)
    return values


def _names(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        name = _clean(item.get("name") if isinstance(item, dict) else item)
        if name:
            yield name


def _languages(root: HtmlElement, meta: dict[str, str], data: dict[str, Any]) -> Iterator[str]:
    for value in (root.get("lang"), meta.get("content-language"), meta.get("og:locale"), data.get("inLanguage")):
        try:
            if tag := _clean(value):
                yield normalise(tag)
        except LanguageError:
            continue  # a page that misspells its language is read like one that does not name it


def _first(*values: object) -> str:
    return next((text for text in map(_clean, values) if text), "")


def _clean(value: object) -> str:
    """A string without line ends, markup and what XML cannot carry; "" for anything else."""
    if not isinstance(value, str) or len(value) > _LONGEST or unwritable(value):
        return ""
    if "<" in value or "&" in value:
        value = fromstring(f"<div>{value}</div>").text_content()
    text = " ".join(value.split())
    return "" if unwritable(text) else text


def _is_address(value: str) -> bool:
    return re.match(r"https?://[^\s/]+", value) is not None
