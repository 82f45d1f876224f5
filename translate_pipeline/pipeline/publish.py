"""From the store to the site: only what changed is rendered, and what is withdrawn is removed."""

import concurrent.futures
import contextlib
import functools
import multiprocessing
import os
import pathlib
import re
import signal
import sys
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from translate_pipeline import __version__
from translate_pipeline.config import Settings
from translate_pipeline.errors import PipelineError, PublishError, UsageError
from translate_pipeline.model import State
from translate_pipeline.pipeline import books
from translate_pipeline.pipeline.publishable import publishable
from translate_pipeline.publish import record
from translate_pipeline.publish.edition import Site, edition
from translate_pipeline.publish.record import Build, Record
from translate_pipeline.publish.site import assets, shared
from translate_pipeline.publish.theme import Theme, theme
from translate_pipeline.workspace import Workspace

__all__ = ["RECORD", "Published", "prepare", "publish", "published_slugs"]

RECORD = ".build.json"
_LOCK = "@site"
_PATIENCE = 60.0
_MANY = 40  # articles from which on it pays to start further processes


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What became of an article, or of a book of several (`kind` "book", called `slug`).

    `status` is "written", "unchanged", "withheld" (see `notes`), "removed" or "failed" (then `message`).
    """

    slug: str
    status: str
    kind: str = "article"
    pages: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rendered:
    """What is new about an article: pages and packed card (none when nothing of it may be published), and why translations are held back."""

    pages: tuple[tuple[str, bytes], ...] = ()
    card: Mapping[str, Any] | None = None
    notes: tuple[str, ...] = ()
    problem: str = ""


def prepare(settings: Settings, *, minimum: State = State.INITIAL, epub: bool = False, fragment: bool = False) -> tuple[Site, Theme]:
    """The site and the theme that settings and options describe.

    Raises:
        PublishError: the theme cannot be read, or is none.
    """
    files: list[tuple[str, bytes]] = []
    if settings.theme is not None:
        if not settings.theme.is_dir():
            raise PublishError(f"{settings.theme}: no such folder. `theme` names a folder with templates and theme.css.")
        visible = sorted(path for path in settings.theme.iterdir() if path.is_file() and not path.name.startswith("."))
        try:
            files = [(path.name, path.read_bytes()) for path in visible]
        except OSError as problem:
            raise PublishError(f"{problem.filename}: cannot be read: {problem.strerror}.") from problem
    looks = theme(files, dict(settings.look))
    site = Site(
        base_url=settings.base_url,
        name=settings.site_name,
        language=settings.site_language,
        minimum=minimum,
        overrides=looks.templates,
        themed=bool(looks.style),
        fragment=fragment,
        epub=epub,
    )
    return site, looks


def published_slugs(workspace: Workspace) -> frozenset[str]:
    """The articles whose pages belong to `publish`, also those that it withholds."""
    return frozenset(record.load(workspace.read(workspace.output / RECORD)).articles)


def publish(
    workspace: Workspace, site: Site, *, looks: Theme | None = None, slugs: Sequence[str] = (), book: str | None = None
) -> Iterator[Published]:
    """Bring the site up to date: the articles called `slugs`, or all; always with index, sitemap and feeds over everything published.

    With a `book`, these articles are also bound in one book of that title for each pair of languages; without, there is none. An article that
    fails stays as it was published before, and does not stop the others.

    Raises:
        UsageError: a slug that has no work, or a title that no file can be called by.
        PublishError: the theme or the address of the site cannot be used.
        WorkspaceError: the site cannot be written.
    """
    known = workspace.slugs()
    if unknown := sorted(set(slugs) - set(known)):
        raise UsageError(f"No work called {', '.join(unknown)}. There is {', '.join(known) or 'none'}.")
    looks = looks or Theme()
    title = None if book is None else " ".join(book.split())
    name = None if title is None else books.name_of(title)
    with workspace.lock(_LOCK, wait=_PATIENCE):
        place = workspace.output / RECORD
        before = record.load(workspace.read(place))
        after = {slug: item for slug, item in before.articles.items() if slug in known}
        signature = repr((__version__, site, looks)).encode()
        inputs = {slug: _digest(workspace, slug, signature) for slug in (slugs or known)}
        changed = {slug: None for slug, digest in inputs.items() if not _is_current(workspace, before.articles.get(slug), digest)}
        for slug in inputs:
            if slug in changed:
                continue
            item = before.articles[slug]
            yield Published(slug=slug, status="unchanged", pages=tuple(path for path, _ in item.pages), notes=item.notes)
        for slug, rendered in zip(changed, _render_all(workspace, tuple(changed), site), strict=True):
            yield _replace(workspace, slug, rendered, inputs[slug], after)
        for slug in sorted(before.articles.keys() - set(known)):
            gone = tuple(path for path, _ in before.articles[slug].pages)
            _remove(workspace, gone)
            yield Published(slug=slug, status="removed", removed=gone)
        bound = {other: item for other, item in before.books.items() if other == name}
        if title is not None:
            volumes = _bind(workspace, site, title, inputs if slugs else _by_date(inputs, after), bound)
            if volumes.status == "failed":
                bound = dict(before.books)
            yield volumes
        asked_for = {path for item in bound.values() for path, _ in item.pages}
        for path in sorted({path.name for path in workspace.site.glob("*.epub")} - asked_for):
            _remove(workspace, (path,))
            yield Published(kind="book", slug=path.rsplit(".", 3)[0], status="removed", removed=(path,))
        if after != before.articles or bound != before.books or not before.articles or not _stands(workspace, tuple(before.shared.items())):
            pages = [*assets(looks.style), *shared((record.unpacked(item.card) for item in after.values() if item.card), site)]
            workspace.write_site(pages, lock=_LOCK)
            sizes = {path: len(data) for path, data in pages}
            _remove(workspace, before.shared.keys() - sizes.keys())
            workspace.settle()
            workspace.write(place, record.dump(Build(articles=after, books=bound, shared=sizes)), lock=_LOCK)


def _digest(workspace: Workspace, slug: str, signature: bytes) -> str:
    """A digest of all that the pages of an article are made of; skeletons are named by their content in the files."""
    parts = [signature]
    for path in workspace.xliff_files(slug):
        parts += [path.name.encode(), workspace.read(path) or b""]
    return record.digest(parts)


def _is_current(workspace: Workspace, old: Record | None, digest: str) -> bool:
    return old is not None and old.inputs == digest and _stands(workspace, old.pages)


def _render_all(workspace: Workspace, slugs: Sequence[str], site: Site) -> Iterator[_Rendered]:
    """The articles rendered, in order; many of them by all processors."""
    render = functools.partial(_render, workspace.output, site)
    cores = os.cpu_count() or 1
    if len(slugs) < _MANY or cores == 1:
        yield from map(render, slugs)
        return
    # A copy of a process with one thread is safe, and has everything imported; elsewhere each begins anew.
    method = "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"
    context = multiprocessing.get_context(method)
    with concurrent.futures.ProcessPoolExecutor(cores, mp_context=context, initializer=_end_with_parent) as pool:
        with _undisturbed():
            rendered = pool.map(render, slugs, chunksize=8)
        yield from rendered


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach, and not while it does: they end with this one, or when their work is withdrawn."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent() -> None:
    """See to it that a process of ours does not wait for work for ever when the one that gave it the work was killed."""
    threading.Thread(target=_wait_for_end, daemon=True).start()


def _wait_for_end() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _render(output: pathlib.Path, site: Site, slug: str) -> _Rendered:
    try:
        documents, notes = publishable(Workspace(output), slug, site)
        if not documents:
            return _Rendered(notes=notes)
        made = edition(documents, site)
    except PipelineError as problem:
        return _Rendered(problem=str(problem))
    return _Rendered(pages=made.pages, card=record.packed(made.card), notes=notes)


def _replace(workspace: Workspace, slug: str, rendered: _Rendered, digest: str, records: dict[str, Record]) -> Published:
    """Put the new pages of an article in the place of the old ones, and its new record among the `records`."""
    if rendered.problem:
        return Published(slug=slug, status="failed", message=rendered.problem)
    workspace.write_site(rendered.pages, lock=_LOCK)
    old = records.get(slug)
    sizes = tuple((path, len(data)) for path, data in rendered.pages)
    kept = {path for path, _ in sizes}
    gone = tuple(path for path in _lying(workspace, slug, old) if path not in kept)
    _remove(workspace, gone)
    records[slug] = Record(inputs=digest, pages=sizes, card=rendered.card, notes=rendered.notes)
    status = "written" if rendered.pages else "withheld"
    return Published(slug=slug, status=status, pages=tuple(path for path, _ in sizes), removed=gone, notes=rendered.notes)


def _by_date(inputs: Mapping[str, str], articles: Mapping[str, Record]) -> Mapping[str, str]:
    """The articles in the order in which a book has them that no one named one by one: by date, then by slug."""

    def date(slug: str) -> str:
        card = articles[slug].card if slug in articles else None
        return str(card["published"]) if card else ""

    return {slug: inputs[slug] for slug in sorted(inputs, key=lambda slug: (date(slug), slug))}


def _bind(workspace: Workspace, site: Site, title: str, inputs: Mapping[str, str], records: dict[str, Record]) -> Published:
    """Put a new book of the articles in `inputs` in the place of the old one, and its record among the `records`."""
    name = books.name_of(title)
    digest = record.digest(part.encode() for part in (title, *inputs, *inputs.values()))
    old = records.get(name)
    if old is not None and _is_current(workspace, old, digest):
        return Published(kind="book", slug=name, status="unchanged", pages=tuple(path for path, _ in old.pages), notes=old.notes)
    try:
        pages, notes = books.bind(workspace, tuple(inputs), site, title=title)
    except PipelineError as problem:
        now = "was not made" if old is None else "stays as it was"
        return Published(kind="book", slug=name, status="failed", message=f"The book {title!r} {now}: {problem}")
    notes = notes or ("No article may be published.",)
    workspace.write_site(pages, lock=_LOCK)
    sizes = tuple((path, len(data)) for path, data in pages)
    records[name] = Record(inputs=digest, pages=sizes, card=None, notes=notes)
    return Published(kind="book", slug=name, status="written" if pages else "withheld", pages=tuple(path for path, _ in sizes), notes=notes)


def _stands(workspace: Workspace, pages: Collection[tuple[str, int]]) -> bool:
    """Whether all pages lie in the site, in their sizes."""
    top = str(workspace.site)
    try:
        return all(os.stat(f"{top}/{path}").st_size == size for path, size in pages)  # noqa: PTH116 - thousands of them
    except OSError:
        return False


def _lying(workspace: Workspace, slug: str, old: Record | None) -> list[str]:
    """The pages of an article that lie in the site, recorded or not."""
    found = {f"{slug}/{path.name}" for path in (workspace.site / slug).glob("*") if re.search(r"\.(?:html|epub)$", path.name)}
    return sorted(found | {path for path, _ in (old.pages if old else ())})


def _remove(workspace: Workspace, paths: Collection[str]) -> None:
    for path in sorted(paths):
        workspace.remove(workspace.site / path)
