"""Glossaries on their own: their problems, and what they find in an article."""

import pathlib
from collections.abc import Sequence
from typing import TypedDict

from translate_pipeline.config import Settings
from translate_pipeline.content import plain
from translate_pipeline.errors import GlossaryError
from translate_pipeline.pipeline.article import read_one
from translate_pipeline.pipeline.job import read_glossaries
from translate_pipeline.terminology import glossary, matching

__all__ = ["Found", "Match", "check", "match"]


class Found(TypedDict):
    """A term in the plain text of a segment: its place in code points, its concept, and the preferred form in the target language."""

    start: int
    end: int
    concept: str
    kind: str
    target: str


class Match(TypedDict):
    """A segment with terms."""

    segment: str
    text: str
    terms: list[Found]


def check(settings: Settings, files: Sequence[pathlib.Path]) -> tuple[tuple[str, int, tuple[str, ...]], ...]:
    """For each glossary its name, the number of its concepts, and its problems.

    Raises:
        GlossaryError: a file cannot be read at all.
    """
    reports: list[tuple[str, int, tuple[str, ...]]] = []
    for name, data in read_glossaries(settings, files):
        try:
            reports.append((name, len(glossary.load(name, data).concepts), ()))
        except GlossaryError as problem:
            reports.append((name, 0, problem.problems))
    return tuple(reports)


def match(
    article: str, *, settings: Settings, stdin: bytes | None, source: str | None, target: str, glossaries: Sequence[pathlib.Path]
) -> tuple[list[Match], tuple[str, ...]]:
    """The segments of an article that have terms, and what was guessed on the way.

    Raises:
        InputError: the article cannot be read.
        GlossaryError: a glossary is damaged or contradicts itself.
    """
    bases = [glossary.load(name, data) for name, data in read_glossaries(settings, glossaries)]
    document, messages = read_one(article, settings=settings, stdin=stdin, language=source)
    (annotated,) = matching.annotate(bases)([document.for_target(target)])
    rows = [
        Match(
            segment=item.id,
            text=plain(item.source),
            terms=[
                Found(
                    start=hit.start,
                    end=hit.end,
                    concept=hit.term.concept,
                    kind=hit.term.kind,
                    target=hit.term.target[0] if hit.term.target else "",
                )
                for hit in item.terms
            ],
        )
        for item in annotated.segments()
        if item.terms
    ]
    return rows, messages
