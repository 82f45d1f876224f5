"""What was published last time, so that only what changed is rendered again. Pure functions over the bytes of `.build.json`.

A lost or damaged record costs a full build and nothing else.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from translate_pipeline.publish.edition import Card, Version

__all__ = ["Build", "Record", "digest", "dump", "load", "packed", "unpacked"]

_FORMAT = 2
_VERSION = tuple(item.name for item in fields(Version))
_SAFE = re.compile(r"[^./\\][^/\\]*(?:/[^./\\][^/\\]*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What became of an article, or of a book of several: the digest of all that went into its pages, their paths and sizes in bytes, its card.

    `card` is a card as plain data (see `packed`), None for a book, and for an article of which nothing is publishable (`notes` say why).
    """

    inputs: str
    pages: tuple[tuple[str, int], ...]
    card: Mapping[str, Any] | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """What was built: the articles by slug, the books of several articles by name, and size by path of the pages that articles share."""

    articles: Mapping[str, Record] = field(default_factory=dict)
    books: Mapping[str, Record] = field(default_factory=dict)
    shared: Mapping[str, int] = field(default_factory=dict)


def digest(parts: Iterable[bytes]) -> str:
    """A digest of several byte strings, of their borders too."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8))
        total.update(part)
    return total.hexdigest()[:32]


def dump(build: Build) -> bytes:
    """The bytes of `.build.json`."""
    content = {
        "format": _FORMAT,
        "shared": dict(sorted(build.shared.items())),
        "books": {name: _plain(item) for name, item in sorted(build.books.items())},
        "articles": {slug: _plain(item) for slug, item in sorted(build.articles.items())},
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def load(data: bytes | None) -> Build:
    """What `dump` wrote; nothing when it is missing, damaged or of another format."""
    try:
        content = json.loads(data or b"")
        if content["format"] != _FORMAT:
            return Build()
        build = Build(
            articles={slug: _record(value) for slug, value in content["articles"].items()},
            books={name: _record(value) for name, value in content["books"].items()},
            shared={str(path): int(size) for path, size in content["shared"].items()},
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return Build()
    paths = [path for item in (*build.articles.values(), *build.books.values()) for path, _ in item.pages] + list(build.shared)
    # A path that leads elsewhere is never looked at, let alone removed.
    return build if all(_SAFE.fullmatch(path) for path in paths) else Build()


def packed(card: Card) -> Mapping[str, Any]:
    """A card as plain data: thousands are read in an unchanged build, and none of them is looked at."""
    return {
        **{name: getattr(card, name) for name in ("slug", "author", "published", "modified")},
        "versions": [{name: getattr(version, name) for name in _VERSION} for version in card.versions],
    }


def unpacked(card: Mapping[str, Any]) -> Card:
    """The card that was packed."""
    return Card(**{**card, "versions": tuple(Version(**version) for version in card["versions"])})


def _plain(item: Record) -> Mapping[str, Any]:
    return {"inputs": item.inputs, "pages": item.pages, "card": item.card, "notes": item.notes}


def _record(value: Mapping[str, Any]) -> Record:
    if value["card"] is not None:
        value["card"]["versions"][0]["path"]  # damaged cards are found here, not when the index is made
    pages = tuple((path, size) for path, size in value["pages"])
    return Record(inputs=value["inputs"], pages=pages, card=value["card"], notes=tuple(value["notes"]))
