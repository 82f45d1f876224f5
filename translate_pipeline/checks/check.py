"""What a check is, what it sees and what it says."""

import functools
import importlib.resources
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from translate_pipeline.content import plain
from translate_pipeline.evidence.codes import protected_codes
from translate_pipeline.languages import primary
from translate_pipeline.model import Document, Issue, Segment, Severity

__all__ = ["Check", "Conventions", "Job", "Kind", "Pair", "Seen", "conventions", "issue", "job", "kinds", "languages_with_words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A row of `checks.tsv`: the name of a check, its ITS type, its usual severity and what it finds."""

    name: str
    category: str
    severity: Severity
    finds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """How a language is written, from `conventions.toml`.

    `quotes` are the marks in use, `narrow` the marks that stand after a no-break space, `spaced` is true for scripts with spaces between
    words, `doubled` are words that may stand twice in a row, `frequent` the words that tell the language.
    """

    quotes: str = ""
    narrow: str = ""
    spaced: bool = True
    doubled: frozenset[str] = frozenset()
    frequent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A segment with a target, both sides also as plain text."""

    segment: Segment
    source: str
    target: str


@dataclass(slots=True, kw_only=True)
class Seen:
    """What a document said so far, for checks that compare. Texts are kept as digests, so that a document in parts may be of any length.

    `by_source` and `by_target` have the first segment with a text, and what stood on its other side; `forms` is how a concept was rendered
    first; `approved` counts approved segments, `unedited` those of them that stand as a machine wrote them.
    """

    by_source: dict[bytes, tuple[str, bytes]] = field(default_factory=dict)
    by_target: dict[bytes, tuple[str, bytes]] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    approved: int = 0
    unedited: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """All that checks may look at: a document, or a part of one, and in `seen` what the parts before it said.

    Languages are primary subtags, `target_tag` is the whole tag; `pairs` are the segments that have a target and are to be translated.
    """

    source_language: str
    target_language: str
    target_tag: str
    segments: tuple[Segment, ...]
    pairs: tuple[Pair, ...]
    protected: frozenset[str] = frozenset()
    seen: Seen = field(default_factory=Seen)


class Check(Protocol):
    """Finds one family of faults: yields the id of a segment with what is wrong there. Changes nothing but its part of `seen`, never raises."""

    def __call__(self, job: Job) -> Iterator[tuple[str, Issue]]:
        """The findings in the order of the document."""
        ...


def job(document: Document, seen: Seen) -> Job:
    """What checks see of an aligned document, or of a part of one after those that `seen` remembers."""
    segments = tuple(segment for segment in document.segments() if segment.translate)
    return Job(
        source_language=primary(document.source_language),
        target_language=primary(document.target_language or ""),
        target_tag=document.target_language or "",
        segments=segments,
        pairs=tuple(
            Pair(segment=segment, source=plain(segment.source), target=plain(segment.target))
            for segment in segments
            if segment.target is not None and plain(segment.target).strip()
        ),
        protected=protected_codes(document),
        seen=seen,
    )


def issue(check: str, message: str, *, span: tuple[int, int] | None = None, severity: Severity | None = None) -> Issue:
    """A finding of the kind `check`, of its usual severity unless told otherwise."""
    kind = kinds()[check]
    return Issue(check=check, category=kind.category, severity=severity or kind.severity, message=message, span=span)


@functools.cache
def kinds() -> dict[str, Kind]:
    """All kinds of findings by name, in the order of the table."""
    text = importlib.resources.files(__package__).joinpath("checks.tsv").read_text(encoding="utf-8")
    cells = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: Kind(name=row[0], category=row[1], severity=Severity(row[2]), finds=row[3]) for row in cells}


@functools.cache
def conventions(language: str) -> Conventions:
    """How the language with the primary subtag `language` is written; plain defaults for one that the table lacks."""
    return _conventions().get(language, Conventions())


@functools.cache
def languages_with_words() -> tuple[str, ...]:
    """Primary subtags of the languages whose frequent words are known."""
    return tuple(language for language, entry in _conventions().items() if entry.frequent)


@functools.cache
def _conventions() -> dict[str, Conventions]:
    table = tomllib.loads(importlib.resources.files(__package__).joinpath("conventions.toml").read_text(encoding="utf-8"))
    return {
        language: Conventions(
            quotes=entry.get("quotes", ""),
            narrow=entry.get("narrow", ""),
            spaced=entry.get("spaced", True),
            doubled=frozenset(entry.get("doubled", "").split()),
            frequent=frozenset(entry.get("frequent", "").split()),
        )
        for language, entry in table.items()
    }
