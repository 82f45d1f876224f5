"""A job as a ready project of a translation program, and how its files come back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from translate_pipeline import __version__
from translate_pipeline.config import Settings
from translate_pipeline.content import from_text, plain
from translate_pipeline.errors import UsageError
from translate_pipeline.memory import Memory, Unit, tmx
from translate_pipeline.model import Content, Document, Segment, State, Term
from translate_pipeline.pipeline import store
from translate_pipeline.workspace import Workspace
from translate_pipeline.xliff import omegat, versions
from translate_pipeline.xliff.returned import Returned

__all__ = ["RECIPE", "Kit", "make", "restored"]

RECIPE = "kit:omegat"
"""Where other files name how their machine text was made, those of a kit say that their targets are copies of the sources."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """A kit that was written: its folder, how many segments are to be translated, and how many terms and pairs it brings along."""

    folder: str
    segments: int
    terms: int
    pairs: int


def make(settings: Settings, workspace: Workspace, *, slug: str, target: str) -> Kit:
    """Write an OmegaT project for a job: sources as targets, since OmegaT translates what is in the target, machine text and memory in tm/.

    An older kit is brought up to date; what was translated in it stays.

    Raises:
        UsageError: there is no such job.
        ReturnedWorkError: the file was changed after it was handed out.
        WorkspaceError: the project cannot be written.
    """
    pairs = store.pairs(workspace, slug) if slug in workspace.slugs() else ()
    source = next((source for source, other in pairs if other == target), None)
    if source is None:
        raise UsageError(f"{slug}: no work into {target}. `run` it first.")
    with workspace.lock(slug):
        stored = store.load(workspace, slug=slug, source=source, target=target)
        assert stored.current is not None
        document = stored.current.document
        if stored.touched:
            raise store.returned_work(workspace.xliff_path(slug, source, target))
        folder = workspace.kit_path(slug, source, target)
        memories = _memories(settings, document)
        files = {
            "omegat.project": omegat.project(source, target),
            f"source/{slug}.xlf": _source(stored.current),
            f"glossary/{slug}.utf8": omegat.glossary(_terms(document)),
            **{f"tm/{name}.tmx": b"".join(tmx.serialize(units, version=__version__)) for name, units in memories.items()},
        }
        for name in omegat.FOLDERS:
            workspace.make_folder(folder / name)
        for name, data in files.items():
            workspace.write(folder / name, data, lock=slug)
    return Kit(
        folder=str(folder),
        segments=sum(segment.translate for segment in document.segments()),
        terms=len(set(_terms(document))),
        pairs=sum(map(len, memories.values())),
    )


def restored(returned: Returned, base: Document) -> Document:
    """The document of a file that came back from a kit, as if the `base` itself had been handed out.

    Where the target is still the copy of the source, nobody translated; the target of the base is put back. Elsewhere somebody chose the text.
    """
    if returned.recipe != RECIPE:
        return returned.document
    known = {segment.id: segment for segment in base.segments()}

    def put_back(segment: Segment) -> Segment:
        own = known.get(segment.id)
        if own is None:
            return segment
        if segment.target in (None, segment.source):
            return replace(segment, target=own.target, state=own.state, substate=own.substate)
        if segment.target == own.target:
            confirmed = own.state < State.TRANSLATED
            return replace(segment, state=max(own.state, State.TRANSLATED), substate="" if confirmed else own.substate)
        return segment

    document = returned.document
    return replace(document, blocks=tuple(replace(block, segments=tuple(map(put_back, block.segments))) for block in document.blocks))


def _source(current: Returned) -> bytes:
    """The file to be translated: all targets are copies of their sources, so that OmegaT shows them as what is to be translated."""
    document = current.document
    blocks = tuple(replace(block, segments=tuple(map(_copied, block.segments))) for block in document.blocks)
    return versions.serialize(
        replace(document, blocks=blocks),
        version="1.2",
        skeleton=current.skeleton_href,
        fingerprint=current.fingerprint,
        recipe=RECIPE,
        build=current.build,
    )


def _copied(segment: Segment) -> Segment:
    return replace(segment, target=segment.source if segment.translate else None, state=State.INITIAL, substate="", candidates=())


def _terms(document: Document) -> Iterator[Term]:
    return (match.term for segment in document.segments() for match in segment.terms)


def _memories(settings: Settings, document: Document) -> dict[str, tuple[Unit, ...]]:
    """Machine text, people's work, and what the memory has that is like the sources; by the name of the file below tm/.

    OmegaT shows matches from tm/mt in a colour of their own, and takes those from tm/auto as translations. What people did is there when it is the
    one target of its source in this job; OmegaT would give it to all segments with that source.
    """
    segments = [segment for segment in document.segments() if segment.translate and plain(segment.source).strip()]
    unread = [segment for segment in segments if segment.state is State.INITIAL]
    proposals = [(one, candidate.target) for one in unread for candidate in one.candidates if candidate.origin.startswith("mt:")]
    mine = [(one, one.target) for one in segments if one.target and one.state > State.INITIAL]
    targets: dict[Content, set[Content | None]] = {}
    for one in segments:
        targets.setdefault(from_text(omegat.tagged(one.source)[0]), set()).add(one.target if one.state > State.INITIAL else None)
    settled = {source for source, found in targets.items() if len(found) == 1}
    machine = [(one, one.target) for one in unread if one.target]
    with Memory(settings.memory_file) as memory:
        pair = (document.source_language, document.target_language or "")
        found = dict.fromkeys(match.unit for one in segments for match in memory.fuzzy(plain(one.source), *pair))
    work = tuple(dict.fromkeys(_unit(document, one.source, target) for one, target in mine))
    return {
        "mt/machine": tuple(dict.fromkeys(_unit(document, one.source, target) for one, target in (*machine, *proposals))),
        "auto/work": tuple(unit for unit in work if unit.source in settled),
        "work": tuple(unit for unit in work if unit.source not in settled),
        "memory": tuple(dict.fromkeys(_unit(document, unit.source, unit.target) for unit in found)),
    }


def _unit(document: Document, source: Content, target: Content) -> Unit:
    """A pair as OmegaT writes it, with tags as text."""
    left, right = omegat.tagged(source, target)
    return Unit(
        source_language=document.source_language,
        target_language=document.target_language or "",
        source=from_text(left),
        target=from_text(right),
    )
