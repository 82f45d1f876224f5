"""The main job: articles in, aligned XLIFF and bilingual pages out."""

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from translate_pipeline.content import plain
from translate_pipeline.errors import EngineError, LanguageError, PipelineError
from translate_pipeline.memory import Unit
from translate_pipeline.model import Document, Hypothesis, State
from translate_pipeline.mt.engine import Engine
from translate_pipeline.pipeline import store
from translate_pipeline.pipeline.article import read
from translate_pipeline.pipeline.continuity import carry, continued
from translate_pipeline.pipeline.job import Job, recipe, unused
from translate_pipeline.pipeline.publish import published_slugs
from translate_pipeline.pipeline.recall import with_memory
from translate_pipeline.publish import site
from translate_pipeline.terminology import constraint
from translate_pipeline.terminology.report import Report, report
from translate_pipeline.workspace import Article, Workspace

__all__ = ["CHUNK", "Outcome", "Progress", "plan", "run"]

CHUNK = 1000
"""Sentences that are translated together: enough to fill the engine's batches, few enough that finished articles are soon on disk."""

_SITE_PATIENCE = 30.0  # seconds; other runs hold the lock of the shared files for an instant only

Progress = Callable[[str, int], None]
"""Called with "article" or "sentence" and how many more are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of an article in a target language. `status` is "written", "unchanged", "planned" or "failed" (then `message` says why).

    `segments` are those to be translated, `words` theirs; `flagged` are those that need a person's eye first,
    `recalled` those that the memory knew, `kept` those whose text people have worked on.
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
    recalled: int = 0
    kept: int = 0
    origin: str = ""
    terms: Report | None = None
    xliff: str = ""
    page: str = ""
    notices: tuple[str, ...] = ()


def run(
    articles: Iterable[Article], job: Job, workspace: Workspace, *, progress: Progress = lambda _what, _more: None
) -> Iterator[Outcome]:
    """Translate the articles, a chunk at a time, and write each as soon as its last sentence is there.

    An article that fails does not stop the others. A run that was stopped is continued by the same run: what is done is left as it is. Once an
    article is on the site, its pages change only when it is published again.

    Raises:
        WorkspaceError: the output directory cannot be written at all.
    """
    published = published_slugs(workspace)
    if not published:
        with workspace.lock("@site", wait=_SITE_PATIENCE):
            workspace.write_site(site.assets(), lock="@site")
    for tasks, locks in _chunks(articles, job, workspace):
        with locks:
            yield from _finish(tasks, job, workspace, progress, published)


def plan(articles: Iterable[Article], job: Job, workspace: Workspace) -> Iterator[Outcome]:
    """What `run` would do, without doing it: nothing is translated and nothing written."""
    for article in articles:
        for task in _tasks(article, job, workspace):
            yield _outcome(task, job, status="failed" if task.problem else "unchanged" if task.done else "planned")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """An article in a target language: its document with how the store stands to it, or the problem that ends it here.

    The document has the work that was done on it before; `units` are the work that found no place in it.
    """

    article: Article
    target: str
    document: Document | None = None
    stored: store.Stored | None = None
    units: tuple[Unit, ...] = ()
    recipe: str = ""
    notices: tuple[str, ...] = ()
    problem: str = ""

    @property
    def done(self) -> bool:
        """Whether the store holds what would be written."""
        assert self.stored is not None
        assert self.document is not None
        return not self.stored.touched and self.stored.is_made_by(self.document, self.recipe)


def _chunks(articles: Iterable[Article], job: Job, workspace: Workspace) -> Iterator[tuple[list[_Task], contextlib.ExitStack]]:
    """Tasks to be translated together, with the locks of their slugs."""
    tasks: list[_Task] = []
    locks = contextlib.ExitStack()
    sentences = 0
    for article in articles:
        try:
            if not article.problem:
                locks.enter_context(workspace.lock(article.slug))
        except PipelineError as problem:
            tasks += [_Task(article=article, target=target, problem=str(problem)) for target in job.targets]
            continue
        for task in _tasks(article, job, workspace):
            tasks.append(task)
            if task.document is not None and not task.problem and not task.done:
                sentences += sum(1 for _ in task.document.segments())
        if sentences >= CHUNK:
            yield tasks, locks
            tasks, locks, sentences = [], contextlib.ExitStack(), 0
    yield tasks, locks


def _tasks(article: Article, job: Job, workspace: Workspace) -> Iterator[_Task]:
    try:
        document, notices = read(article, job.segment, language=job.source, encoding=job.encoding)
        document = continued(workspace, document)
    except PipelineError as problem:
        yield from (_Task(article=article, target=target, problem=str(problem)) for target in job.targets)
        return
    for target in job.targets:
        aligned = document.for_target(target)
        task = _Task(article=article, target=target, document=aligned, notices=(*notices, *unused(aligned, job)))
        try:
            if target == document.source_language:
                raise LanguageError(f"is in {target} already. If that is wrong, say what it is with --from.")
            stored = store.load(
                workspace, slug=document.id, source=document.source_language, target=target, article=document, discard=job.discard
            )
            if stored.touched and not job.discard:
                raise store.returned_work(workspace.xliff_path(document.id, document.source_language, target))
            yield _continued(replace(task, stored=stored, recipe=recipe(aligned, job)))
        except PipelineError as problem:
            yield replace(task, problem=str(problem))


def _continued(task: _Task) -> _Task:
    """The task with the work that is in the store, unless there is nothing to do. Machine text stays as long as its recipe is the same."""
    assert task.stored is not None
    assert task.document is not None
    current = task.stored.current
    if current is None or task.done:
        return task
    carried = carry(current.document, task.document, afresh=current.recipe != task.recipe)
    return replace(task, document=carried.document, units=carried.units)


def _finish(tasks: Sequence[_Task], job: Job, workspace: Workspace, progress: Progress, published: Collection[str]) -> Iterator[Outcome]:
    """Translate what is to be translated, pair by pair, and write everything."""
    results: dict[int, Document | str] = {}
    pairs: dict[tuple[str, str], list[int]] = {}
    for index, task in enumerate(tasks):
        if task.problem:
            results[index] = task.problem
        elif task.done:
            assert task.stored is not None
            assert task.stored.current is not None
            results[index] = task.stored.current.document
        else:
            assert task.document is not None
            pairs.setdefault((task.document.source_language, task.target), []).append(index)
    for indexes in pairs.values():
        documents = [document for document in (tasks[index].document for index in indexes) if document is not None]
        try:
            annotated = tuple(job.annotate(documents))
            done = with_memory(annotated, job.memory, lambda opened: translate(opened, job.engine, progress))
            results.update(zip(indexes, done, strict=True))
        except EngineError as problem:
            results.update((index, str(problem)) for index in indexes)
    for index, task in enumerate(tasks):
        yield _written(task, results[index], job, workspace, with_page=task.article.slug not in published)
        progress("article", 1)


def _written(task: _Task, result: Document | str, job: Job, workspace: Workspace, *, with_page: bool) -> Outcome:
    if isinstance(result, str):
        return _outcome(replace(task, problem=result), job, status="failed")
    assert task.stored is not None
    try:
        if task.done:
            store.complete(workspace, result, task.stored)
        else:
            if job.memory is not None and task.units:
                job.memory.add(task.units)
            build = task.stored.build + 1
            store.hand_out(workspace, result, recipe=task.recipe, build=build, segmentation=job.segmentation, xliff=job.xliff)
        pages = workspace.write_site(site.pages(result), lock=result.id) if with_page else ()
    except PipelineError as problem:
        return _outcome(replace(task, problem=str(problem)), job, status="failed")
    outcome = _outcome(replace(task, document=result), job, status="unchanged" if task.done else "written")
    path = workspace.xliff_path(result.id, result.source_language, task.target)
    return replace(outcome, xliff=str(path), page=str(pages[0]) if pages else "")


def translate(documents: Sequence[Document], engine: Engine, progress: Progress) -> tuple[Document, ...]:
    """Translate annotated documents: rounds of requests, hypotheses and choices until nothing is left to ask for."""
    result = tuple(documents)
    requests = constraint.requests(result, survives=engine.survives)
    if not requests:  # segments without letters get their targets all the same
        result, requests = constraint.choose(result, (), survives=engine.survives)
    while requests:
        result, requests = constraint.choose(result, _counted(engine.translate(requests), progress), survives=engine.survives)
    return result


def _counted(hypotheses: Iterable[tuple[Hypothesis, ...]], progress: Progress) -> Iterator[tuple[Hypothesis, ...]]:
    for item in hypotheses:
        progress("sentence", 1)
        yield item


def _outcome(task: _Task, job: Job, *, status: str) -> Outcome:
    document = task.document
    outcome = Outcome(
        original=task.article.original,
        slug=task.article.slug,
        target=task.target,
        status=status,
        message=task.problem,
        notices=task.notices,
    )
    if document is None or task.problem:
        return outcome
    texts = [plain(segment.source) for segment in document.segments() if segment.translate]
    return replace(
        outcome,
        source=document.source_language,
        segments=len(texts),
        words=sum(len(text.split()) for text in texts),
        flagged=sum(segment.substate == "tp:flagged" for segment in document.segments()),
        recalled=sum(segment.substate == "tp:tm" for segment in document.segments()),
        kept=sum(segment.state > State.INITIAL for segment in document.segments()),
        origin=job.engine.origin(document.source_language, task.target),
        terms=report([document]),
    )
