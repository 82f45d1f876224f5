"""The main job: articles in, aligned XLIFF and bilingual pages out."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from translate_pipeline.content import plain
from translate_pipeline.errors import LanguageError, PipelineError
from translate_pipeline.ingest import read
from translate_pipeline.model import Document, Hypothesis
from translate_pipeline.mt.engine import Engine
from translate_pipeline.pipeline import store
from translate_pipeline.pipeline.job import Job, recipe
from translate_pipeline.publish import site
from translate_pipeline.terminology import constraint
from translate_pipeline.workspace import Article, Workspace

__all__ = ["CHUNK", "Outcome", "Progress", "plan", "run"]

CHUNK = 1000
"""Sentences that are translated together: enough to fill the engine's batches, few enough that finished articles are soon on disk."""

Progress = Callable[[str, int], None]
"""Called with "article" or "sentence" and how many more are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of an article in a target language. `status` is "written", "unchanged", "planned" or "failed" (then `message` says why).

    `segments` are those to be translated, `words` theirs; `flagged` are those that need a person's eye first.
    """

    original: str
    slug: str
    source: str = ""
    target: str = ""
    status: str
    message: str = ""
    segments: int = 0
    words: int = 0
    flagged: int = 0
    origin: str = ""
    xliff: str = ""
    page: str = ""
    notices: tuple[str, ...] = ()


def run(
    articles: Iterable[Article], job: Job, workspace: Workspace, *, progress: Progress = lambda _what, _more: None
) -> Iterator[Outcome]:
    """Translate the articles, a chunk at a time, and write each as soon as its last sentence is there.

    An article that fails does not stop the others. A run that was stopped is continued by the same run: what is done is left as it is.

    Raises:
        EngineError: translation cannot run at all.
        WorkspaceError: the output directory cannot be written.
    """
    pages: list[tuple[str, bytes]] = list(site.assets())
    with workspace.lock("@site"):
        workspace.write_site(pages, lock="@site")
    for chunk in _chunks(articles, job, workspace):
        with chunk.locks:
            yield from chunk.failures
            yield from _finish(chunk, job, workspace, progress)


def plan(articles: Iterable[Article], job: Job, workspace: Workspace) -> Iterator[Outcome]:
    """What `run` would do, without doing it: nothing is translated and nothing written."""
    for article in articles:
        try:
            document, notices = _read(article, job)
            for aligned in _targets(document, job):
                standing = _standing(aligned, job, workspace)
                yield _outcome(aligned, job, "unchanged" if standing.done else "planned", notices=notices)
        except PipelineError as problem:
            yield Outcome(original=article.original, slug=article.slug, status="failed", message=str(problem))


@dataclass(slots=True)
class _Chunk:
    """Some articles under their locks: documents to translate or to leave, each with what the store holds, and what failed so far."""

    locks: contextlib.ExitStack
    pairs: list[tuple[Document, "_Standing", tuple[str, ...]]]
    failures: list[Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """How the store stands to a document that is to be translated by `recipe`."""

    stored: store.Stored
    recipe: str
    done: bool


def _chunks(articles: Iterable[Article], job: Job, workspace: Workspace) -> Iterator[_Chunk]:
    chunk = _Chunk(contextlib.ExitStack(), [], [])
    sentences = 0
    for article in articles:
        try:
            document, notices = _read(article, job)
            with contextlib.ExitStack() as held:
                held.enter_context(workspace.lock(document.id))
                store.refuse_other_original(workspace, document)
                for aligned in _targets(document, job):
                    try:
                        standing = _standing(aligned, job, workspace)
                    except PipelineError as problem:
                        chunk.failures.append(_outcome(aligned, job, "failed", message=str(problem)))
                        continue
                    chunk.pairs.append((aligned, standing, notices))
                    sentences += 0 if standing.done else sum(1 for _ in aligned.segments())
                chunk.locks.push(held.pop_all())
        except PipelineError as problem:
            chunk.failures.append(Outcome(original=article.original, slug=article.slug, status="failed", message=str(problem)))
        if sentences >= CHUNK:
            yield chunk
            chunk, sentences = _Chunk(contextlib.ExitStack(), [], []), 0
    yield chunk


def _read(article: Article, job: Job) -> tuple[Document, tuple[str, ...]]:
    ingested = read(article.read(), slug=article.slug, original=article.original, language=job.source, encoding=job.encoding)
    (document,) = job.segment([ingested.document])
    return document, tuple(ingested.messages)


def _targets(document: Document, job: Job) -> Iterator[Document]:
    for target in job.targets:
        if target == document.source_language:
            raise LanguageError(f"{document.fact('original')}: is in {target} already. If that is wrong, say what it is with --from.")
        yield document.for_target(target)


def _standing(document: Document, job: Job, workspace: Workspace) -> _Standing:
    assert document.target_language is not None
    made_by = recipe(document, job)
    stored = store.load(workspace, slug=document.id, source=document.source_language, target=document.target_language)
    if stored.touched and not job.discard:
        raise store.returned_work(workspace, document)
    return _Standing(stored=stored, recipe=made_by, done=not stored.touched and stored.is_made_by(document, made_by))


def _finish(chunk: _Chunk, job: Job, workspace: Workspace, progress: Progress) -> Iterator[Outcome]:
    waiting = [(document, standing, notices) for document, standing, notices in chunk.pairs if not standing.done]
    annotated = tuple(job.annotate([document for document, _, _ in waiting]))
    translated = iter(translate(annotated, job.engine, progress))
    for document, standing, notices in chunk.pairs:
        current = standing.stored.current
        if standing.done and current is not None:
            result, status = current.document, "unchanged"
        else:
            result, status = next(translated), "written"
        try:
            store.hand_out(
                workspace,
                result,
                recipe=standing.recipe,
                build=current.build if standing.done and current is not None else standing.stored.build + 1,
                segmentation=job.segmentation,
            )
            pages = workspace.write_site(site.pages(result), lock=result.id)
        except PipelineError as problem:
            yield _outcome(document, job, "failed", message=str(problem))
            continue
        finally:
            progress("article", 1)
        assert result.target_language is not None
        path = workspace.xliff_path(result.id, result.source_language, result.target_language)
        yield _outcome(result, job, status, notices=notices, xliff=str(path), page=str(pages[0]))


def translate(documents: Sequence[Document], engine: Engine, progress: Progress) -> tuple[Document, ...]:
    """Translate annotated documents: rounds of requests, hypotheses and choices until nothing is left to ask for."""
    result = tuple(documents)
    requests = constraint.requests(result, survives=engine.survives)
    while requests:
        result, requests = constraint.choose(result, _counted(engine.translate(requests), progress), survives=engine.survives)
    return result


def _counted(hypotheses: Iterable[tuple[Hypothesis, ...]], progress: Progress) -> Iterator[tuple[Hypothesis, ...]]:
    for item in hypotheses:
        progress("sentence", 1)
        yield item


def _outcome(document: Document, job: Job, status: str, **facts: object) -> Outcome:
    assert document.target_language is not None
    texts = [plain(segment.source) for segment in document.segments() if segment.translate]
    base = Outcome(
        original=document.fact("original"),
        slug=document.id,
        source=document.source_language,
        target=document.target_language,
        status=status,
        segments=len(texts),
        words=sum(len(text.split()) for text in texts),
        flagged=sum(segment.substate == "tp:flagged" for segment in document.segments()),
        origin="" if status == "failed" else job.engine.origin(document.source_language, document.target_language),
    )
    return replace(base, **facts)  # type: ignore[arg-type]
