"""From the store to the site: only what changed is rendered, and what is withdrawn is removed."""

import pathlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from translate_pipeline import __version__
from translate_pipeline.config import Settings
from translate_pipeline.errors import PipelineError, PublishError, UsageError
from translate_pipeline.model import Document, State
from translate_pipeline.pipeline import store
from translate_pipeline.pipeline.job import read_file
from translate_pipeline.publish import record
from translate_pipeline.publish.edition import Site, edition, is_publishable
from translate_pipeline.publish.record import Record
from translate_pipeline.publish.site import assets, shared
from translate_pipeline.publish.theme import Theme, theme
from translate_pipeline.workspace import Workspace
from translate_pipeline.xliff import versions

__all__ = ["RECORD", "Published", "prepare", "publish"]

RECORD = ".build.json"
_LOCK = "@site"
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What became of an article. `status` is "written", "unchanged", "withheld" (see `notes`), "removed" or "failed" (then `message`)."""

    slug: str
    status: str
    pages: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    message: str = ""


@dataclass(slots=True)
class _Build:
    """A build under way: what was published before, what will be, and the sizes of the pages that articles share."""

    workspace: Workspace
    site: Site
    signature: bytes
    before: Mapping[str, Record]
    after: dict[str, Record] = field(default_factory=dict)
    shared: dict[str, int] = field(default_factory=dict)


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
        files = [(path.name, read_file(path, error=PublishError)) for path in visible]
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


def publish(workspace: Workspace, site: Site, *, looks: Theme | None = None, slugs: Sequence[str] = ()) -> Iterator[Published]:
    """Bring the site up to date: the articles called `slugs`, or all; always with index, sitemap and feeds over everything published.

    An article that fails stays as it was published before, and does not stop the others.

    Raises:
        UsageError: a slug that has no work.
        PublishError: the theme or the address of the site cannot be used.
        WorkspaceError: the site cannot be written.
    """
    known = workspace.slugs()
    if unknown := sorted(set(slugs) - set(known)):
        raise UsageError(f"No work called {', '.join(unknown)}. There is {', '.join(known) or 'none'}.")
    looks = looks or Theme()
    with workspace.lock(_LOCK, wait=_PATIENCE):
        place = workspace.output / RECORD
        before, shared_before = record.load(workspace.read(place))
        signature = repr((__version__, site, looks)).encode()
        build = _Build(workspace=workspace, site=site, signature=signature, before=before)
        for slug in known:
            if slugs and slug not in slugs:
                if slug in before:
                    build.after[slug] = before[slug]
                continue
            yield _article(build, slug)
        for slug in sorted(set(before) - set(known)):
            gone = tuple(path for path, _ in before[slug].pages)
            _remove(workspace, gone)
            yield Published(slug=slug, status="removed", removed=gone)
        _share(build, looks, shared_before)
        workspace.write(place, record.dump(build.after, shared=build.shared), lock=_LOCK)


def _article(build: _Build, slug: str) -> Published:
    old = build.before.get(slug)
    try:
        files = [(path, build.workspace.read(path) or b"") for path in build.workspace.xliff_files(slug)]
        inputs = record.digest([build.signature, *(part for path, data in files for part in (path.name.encode(), data))])
        if old is not None and old.inputs == inputs and _stands(build.workspace, old.pages):
            build.after[slug] = old
            return Published(slug=slug, status="unchanged", pages=tuple(path for path, _ in old.pages), notes=old.notes)
        documents, notes = _documents(build, slug, files)
        made = edition(documents, build.site) if documents else None
        pages = made.pages if made else ()
        build.workspace.write_site(pages, lock=_LOCK)
    except PipelineError as problem:
        if old is not None:
            build.after[slug] = old
        return Published(slug=slug, status="failed", message=str(problem))
    sizes = tuple((path, len(data)) for path, data in pages)
    build.after[slug] = Record(inputs=inputs, pages=sizes, card=made.card if made else None, notes=notes)
    kept = {path for path, _ in sizes}
    gone = tuple(path for path in _lying(build.workspace, slug, old) if path not in kept)
    _remove(build.workspace, gone)
    return Published(slug=slug, status="written" if made else "withheld", pages=tuple(kept), removed=gone, notes=notes)


def _documents(build: _Build, slug: str, files: Sequence[tuple[pathlib.Path, bytes]]) -> tuple[list[Document], tuple[str, ...]]:
    """The translations of an article that may be published, and why others may not."""
    documents: list[Document] = []
    notes: list[str] = []
    for path, data in files:
        head = versions.peek(data)
        stored = store.load(build.workspace, slug=slug, source=head.source_language, target=head.target_language)
        if stored.current is None:
            continue
        document = stored.current.document
        if build.workspace.read(path.parent / head.skeleton_href) is None:
            raise PublishError(f"{path}: its skeleton {head.skeleton_href} is gone. Run the article again.")
        if stored.touched:
            raise store.returned_work(build.workspace, document)
        if document.id != slug:
            raise PublishError(f"{path}: belongs to {document.id!r}, not to {slug!r}. Move it back.")
        conflicts = [segment.id for segment in document.segments() if segment.substate == "tp:conflict"]
        if conflicts:
            notes.append(f"{slug} {document.target_language}: two versions of {', '.join(conflicts)}. Decide between them first.")
        elif not is_publishable(document, build.site.minimum):
            notes.append(f"{slug} {document.target_language}: not all sentences are {build.site.minimum.value} yet.")
        else:
            documents.append(document)
    return documents, tuple(notes)


def _share(build: _Build, looks: Theme, before: Mapping[str, int]) -> None:
    """Assets, index, sitemap and feeds; nothing is rendered when no article changed and all of it lies there."""
    unchanged = build.after == dict(build.before) and _stands(build.workspace, tuple(before.items()))
    if unchanged and before:
        build.shared = dict(before)
        return
    cards = [item.card for item in build.after.values() if item.card is not None]
    pages = [*assets(looks.style), *shared(cards, build.site)]
    build.workspace.write_site(pages, lock=_LOCK)
    build.shared = {path: len(data) for path, data in pages}
    _remove(build.workspace, set(before) - set(build.shared))


def _stands(workspace: Workspace, pages: Collection[tuple[str, int]]) -> bool:
    """Whether all pages lie in the site, in their sizes."""
    try:
        return all((workspace.site / path).stat().st_size == size for path, size in pages)
    except OSError:
        return False


def _lying(workspace: Workspace, slug: str, old: Record | None) -> list[str]:
    """The pages of an article that lie in the site, recorded or not."""
    found = {f"{slug}/{path.name}" for path in (workspace.site / slug).glob("*") if re.search(r"\.(?:html|epub)$", path.name)}
    return sorted(found | {path for path, _ in (old.pages if old else ())})


def _remove(workspace: Workspace, paths: Collection[str]) -> None:
    for path in sorted(paths):
        workspace.remove(workspace.site / path)
