"""Translators' files come back: find what they were made from, judge them, join them with what came back before, keep what is refused."""

import contextlib
import hashlib
import pathlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from translate_pipeline.config import Settings
from translate_pipeline.content import display
from translate_pipeline.errors import PipelineError, XliffError
from translate_pipeline.languages import primary
from translate_pipeline.memory import Memory, units_of
from translate_pipeline.model import Document, Segment
from translate_pipeline.pipeline import store
from translate_pipeline.pipeline.continuity import carry
from translate_pipeline.pipeline.job import read_file
from translate_pipeline.pipeline.kit import restored
from translate_pipeline.review.importer import Import, Verdict, verdicts
from translate_pipeline.review.merge import merge
from translate_pipeline.workspace import Workspace
from translate_pipeline.xliff import versions
from translate_pipeline.xliff.returned import Head, Returned

__all__ = ["Landed", "Signature", "take_back"]

_FITTING = 0.5  # share of segments with the sources that were handed out, from which a file without identity is taken for ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who returns files, and when (ISO 8601). With `accept_unchanged` targets that come back as they went count as confirmed."""

    reviewer: str = ""
    at: str = ""
    accept_unchanged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Landed:
    """What became of a returned file. `verdicts` has every segment, `conflicts` those that somebody else changed differently.

    `kept` is where a copy of the file lies when something in it was refused; `problem` says why nothing was taken.
    """

    file: str
    slug: str = ""
    target: str = ""
    verdicts: tuple[Verdict, ...] = ()
    conflicts: tuple[str, ...] = ()
    remembered: int = 0
    kept: str = ""
    problem: str = ""


def take_back(settings: Settings, workspace: Workspace, files: Sequence[pathlib.Path], signature: Signature) -> Iterator[Landed]:
    """Import returned files one by one; a file that is refused does not stop the others.

    Raises:
        TranslationMemoryError: the memory cannot be used.
    """
    with Memory(settings.memory_file) as memory:
        for file in files:
            try:
                yield _taken(workspace, memory, file, signature)
            except PipelineError as problem:
                yield Landed(file=str(file), problem=f"{file}: {problem}")


def _taken(workspace: Workspace, memory: Memory, file: pathlib.Path, signature: Signature) -> Landed:
    data = read_file(file, error=XliffError)
    head = versions.peek(data)
    slug, source, target = _job(workspace, file, head)
    with workspace.lock(slug):
        path = workspace.xliff_path(slug, source, target)
        in_place = path.resolve() == file.resolve()
        stored = store.load(workspace, slug=slug, source=source, target=target, discard=in_place)
        if stored.current is None:
            raise XliffError(
                stored.problem or f"what was handed out for {slug} into {target} is not there any more. Run the article again."
            )
        if stored.touched and not in_place:
            raise store.returned_work(path)
        base = _base(workspace, slug, (source, target), head, data, stored.current)
        returned = versions.parse(data, skeleton=_bones(base.document))
        result = verdicts(
            base.document,
            replace(restored(returned, base.document), id=base.document.id),
            damage=returned.findings,
            reviewer=signature.reviewer,
            at=signature.at,
            accept_unchanged=signature.accept_unchanged,
        )
        document, conflicts = _joined(base, result, stored.current)
        kept = ""
        if result.refused:
            place = path.parent / ".refused" / f"{hashlib.sha256(data).hexdigest()[:16]}.xlf"
            workspace.write(place, data, lock=slug)
            kept = str(place)
        if not store.hand_out_again(workspace, document, stored, segmentation=None, xliff=None) and in_place:
            workspace.write(path, stored.data, lock=slug)
        return Landed(
            file=str(file),
            slug=slug,
            target=target,
            verdicts=result.verdicts,
            conflicts=conflicts,
            remembered=memory.add(units_of(document)),
            kept=kept,
        )


def _job(workspace: Workspace, file: pathlib.Path, head: Head) -> tuple[str, str, str]:
    """The slug and the language pair that a file belongs to: by its place, its name, or the original and the languages."""
    slugs, place = workspace.slugs(), file.resolve()
    for pair in store.pairs(workspace, place.parent.name) if place.parent.name in slugs else ():
        if workspace.xliff_path(place.parent.name, *pair).resolve() == place:
            return place.parent.name, *pair
    wanted = [primary(tag) for tag in (head.source_language, head.target_language)]
    named = [head.slug] if head.slug in slugs else [slug for slug in slugs if head.original and _original(workspace, slug) == head.original]
    found = [(slug, *pair) for slug in named for pair in store.pairs(workspace, slug) if [primary(tag) for tag in pair] == wanted]
    if len(found) != 1:
        what = f"{head.original or head.slug or 'no article'} from {head.source_language or '?'} to {head.target_language or '?'}"
        raise XliffError(f"was not handed out here: it is of {what}. There is work for {', '.join(slugs) or 'no article'}.")
    return found[0]


def _original(workspace: Workspace, slug: str) -> str:
    heads = (store.head(workspace.read(path) or b"") for path in workspace.xliff_files(slug))
    return next((about.original for about in heads if about is not None and about.original), "")


def _base(workspace: Workspace, slug: str, pair: tuple[str, str], head: Head, data: bytes, current: Returned) -> Returned:
    """What was handed out as this file: by its identity, else the newest that its sources fit.

    Raises:
        XliffError: nothing fits.
    """
    if head.fingerprint == current.fingerprint:
        return current
    place = workspace.base_path(slug, f"{head.fingerprint}.xlf")
    if head.fingerprint.isalnum() and (own := workspace.read(place)) is not None:
        with store.named(place):
            return store.read(workspace, slug, own)
    for one in (current, *_readable(workspace, slug, pair)):
        sources = _sources(versions.parse(data, skeleton=None).document)
        ours = _sources(one.document)
        if sum(sources.get(name) == text for name, text in ours.items()) >= _FITTING * len(ours):
            return one
    raise XliffError(f"says nothing about what it was made from, and its sentences are not those of {current.document.id}.")


def _readable(workspace: Workspace, slug: str, pair: tuple[str, str]) -> Iterator[Returned]:
    """What was handed out for a pair, the newest first, without what was damaged."""
    for _, _, data in store.bases(workspace, slug, pair):
        with contextlib.suppress(XliffError):
            yield store.read(workspace, slug, data)


def _sources(document: Document) -> dict[str, str]:
    return {segment.id: "".join(display(segment.source).split()) for segment in document.segments()}


def _bones(document: Document) -> Document:
    """The source side of a document."""
    blocks = tuple(
        replace(block, segments=tuple(Segment(id=s.id, source=s.source, after=s.after, translate=s.translate) for s in block.segments))
        for block in document.blocks
    )
    return replace(document, target_language=None, blocks=blocks)


def _joined(base: Returned, result: Import, current: Returned) -> tuple[Document, tuple[str, ...]]:
    """The accepted work on the current state: as it is, or three-way where something landed since the file was handed out."""
    if base.fingerprint == current.fingerprint:
        return result.document, ()
    before, theirs = base.document, result.document
    article = _bones(current.document)
    if _bones(before) != article:  # the article changed meanwhile
        before, theirs = (carry(work, article, afresh=False).document for work in (before, theirs))
    merged = merge(before, current.document, theirs)
    return merged.document, merged.conflicts
