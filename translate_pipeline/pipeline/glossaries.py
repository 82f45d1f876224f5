"""Glossaries on their own: their problems, what they find in an article, what they lack, and their other forms."""

import dataclasses
import pathlib
from collections.abc import Iterator, Sequence
from typing import TypedDict

from translate_pipeline.config import Settings
from translate_pipeline.content import plain
from translate_pipeline.errors import GlossaryError
from translate_pipeline.model import Document
from translate_pipeline.pipeline.article import read, read_one
from translate_pipeline.pipeline.job import Job, prepare, read_file, read_glossaries, segmenter
from translate_pipeline.pipeline.run import translate
from translate_pipeline.terminology import exchange, lint, matching
from translate_pipeline.terminology import suggest as suggestions
from translate_pipeline.workspace import find_articles

__all__ = ["Found", "Match", "Proposal", "check", "convert", "match", "remarks", "suggest"]


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


class Proposal(TypedDict):
    """A form that a glossary could have, with the engine's renderings and the share of them that is not the most frequent one."""

    form: str
    kind: str
    count: int
    contexts: list[str]
    renderings: dict[str, int]
    disagreement: float
    row: str


def check(
    settings: Settings, files: Sequence[pathlib.Path], *, source: str | None = None, target: str | None = None
) -> tuple[tuple[str, int, tuple[str, ...]], ...]:
    """For each glossary its name, the number of its concepts, and its problems.

    Raises:
        GlossaryError: a file cannot be read at all.
        UsageError: the languages of a table are not said.
    """
    reports: list[tuple[str, int, tuple[str, ...]]] = []
    for name, data in read_glossaries(settings, files):
        try:
            reports.append((name, len(exchange.read(name, data, source=source, target=target).concepts), ()))
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
    bases = [exchange.read(name, data, source=source, target=target) for name, data in read_glossaries(settings, glossaries)]
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


def remarks(
    settings: Settings, files: Sequence[pathlib.Path], *, articles: Sequence[str] = (), source: str | None = None, target: str | None = None
) -> Iterator[str]:
    """What is suspicious in glossaries without being wrong; with `articles` and both languages, also the forms that none of them has.

    Raises:
        GlossaryError: a file cannot be read at all, or is damaged.
        InputError: an article cannot be read.
        UsageError: the languages of a table are not said.
    """
    stage, _ = segmenter(settings)
    documents = [read(article, stage, language=source, encoding=None)[0] for article in find_articles(articles, root=settings.root)]
    texts = [plain(item.source) for document in documents for item in document.segments()]
    for name, data in read_glossaries(settings, files):
        base = exchange.read(name, data, source=source, target=target)
        yield from lint.spaces(name, data) if name.endswith(".tsv") else ()
        yield from lint.lint(base)
        if texts and target:
            yield from lint.unmatched(base, texts, source or documents[0].source_language, target)


def convert(file: pathlib.Path, form: str, *, source: str | None, target: str | None) -> bytes:
    """A glossary in another form (one of `terminology.exchange.FORMS`).

    Raises:
        GlossaryError: the file is damaged or contradicts itself.
        UsageError: the languages of a table are not said.
    """
    base = exchange.read(str(file), read_file(file, error=GlossaryError), source=source, target=target)
    return exchange.write(base, form, source=source, target=target)


def suggest(
    articles: Sequence[str], *, settings: Settings, source: str | None, target: str | None, glossaries: Sequence[pathlib.Path]
) -> list[Proposal]:
    """Names, acronyms and phrases of articles that no glossary covers; with `target` translated, to see how the engine renders them.

    Raises:
        InputError: an article cannot be read.
        EngineError: there is no package for the languages, or it is broken.
    """
    job = prepare(dataclasses.replace(settings, to=(target,) if target else ()), source=source, glossaries=glossaries)
    documents = [read(article, job.segment, language=source, encoding=None)[0] for article in find_articles(articles, root=settings.root)]
    documents = [document for one in documents for document in job.annotate([one.for_target(target or _other_language(one, job))])]
    if target:
        documents = list(translate(documents, job.engine, lambda _what, _more: None))
    return [
        Proposal(
            form=one.form,
            kind=one.kind,
            count=one.count,
            contexts=list(one.contexts),
            renderings=dict(one.renderings),
            disagreement=round(one.disagreement, 2),
            row=one.row(),
        )
        for one in suggestions.suggest(documents)
    ]


def _other_language(document: Document, job: Job) -> str:
    """A language in which the glossaries may have the terms of a document; its own when they have no other."""
    languages = [tag for base, _ in job.glossaries for tag in base.languages if tag != document.source_language]
    return languages[0] if languages else document.source_language
