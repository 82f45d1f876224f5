"""What was published last time, so that only what changed is rendered again. Pure functions over the bytes of `.build.json`.

A lost or damaged record costs a full build and nothing else.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from translate_pipeline.publish.edition import Card, Version

__all__ = ["Record", "digest", "dump", "load"]

_FORMAT = 1
_SAFE = re.compile(r"[^./\\][^/\\]*(?:/[^./\\][^/\\]*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What became of an article: the digest of all that went into its pages, their paths and sizes in bytes, its card.

    `card` is None for an article of which nothing is publishable (`notes` say why).
    """

    inputs: str
    pages: tuple[tuple[str, int], ...]
    card: Card | None
    notes: tuple[str, ...] = ()


def digest(parts: Iterable[bytes]) -> str:
    """A digest of several byte strings, of their borders too."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8))
        total.update(part)
    return total.hexdigest()[:32]


def dump(records: Mapping[str, Record], *, shared: Mapping[str, int]) -> bytes:
    """The bytes of `.build.json`: the records by slug, and size by path of the pages that articles share."""
    content = {
        "format": _FORMAT,
        "shared": dict(sorted(shared.items())),
        "articles": {slug: asdict(record) for slug, record in sorted(records.items())},
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def load(data: bytes | None) -> tuple[dict[str, Record], dict[str, int]]:
    """What `dump` wrote; nothing when it is missing, damaged or of another format."""
    try:
        content = json.loads(data or b"")
        if content["format"] != _FORMAT:
            return {}, {}
        records = {slug: _record(value) for slug, value in content["articles"].items()}
        shared = {str(path): int(size) for path, size in content["shared"].items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}, {}
    paths = [path for item in records.values() for path, _ in item.pages] + list(shared)
    # A path that leads elsewhere is never looked at, let alone removed.
    return (records, shared) if all(_SAFE.fullmatch(path) for path in paths) else ({}, {})


def _record(value: Mapping[str, Any]) -> Record:
    card = value["card"]
    if card is not None:
        card = Card(**{**card, "versions": tuple(Version(**version) for version in card["versions"])})
    pages = tuple((path, size) for path, size in value["pages"])
    return Record(inputs=value["inputs"], pages=pages, card=card, notes=tuple(value["notes"]))
