"""The translation memory on its own: other people's files in, a file for other programs out."""

import itertools
import pathlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from translate_pipeline import __version__
from translate_pipeline.config import Settings
from translate_pipeline.errors import PipelineError, TranslationMemoryError
from translate_pipeline.languages import normalise
from translate_pipeline.memory import Memory, Statistics, Unit, tmx, units_of
from translate_pipeline.model import Block, Document, State
from translate_pipeline.xliff import foreign

__all__ = ["TakenIn", "export", "statistics", "take_in", "units"]

_TMX = {".tmx", ".xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What a file brought: how many pairs it has and how many of them were new, or in `problem` why nothing of it was taken."""

    file: str
    units: int = 0
    added: int = 0
    problem: str = ""


def take_in(
    settings: Settings, files: Sequence[pathlib.Path], *, source: str | None = None, least: State = State.REVIEWED
) -> Iterator[TakenIn]:
    """Take TMX and XLIFF files into the memory, each whole or not at all.

    `source` is the source language of TMX files that leave it open; of XLIFF files, segments from the state `least` on are taken.

    Raises:
        TranslationMemoryError: the memory cannot be used.
    """
    with Memory(settings.memory_file) as memory:
        for file in files:
            counted = _Counted(_units(file, source or "", least))
            try:
                yield TakenIn(file=str(file), added=memory.add(counted), units=counted.count)
            except PipelineError as problem:
                yield TakenIn(file=str(file), problem=str(problem))


def units(settings: Settings, *, source: str | None = None, target: str | None = None) -> Iterator[Unit]:
    """What the memory holds, of one source or target language or of all.

    Raises:
        TranslationMemoryError: the memory cannot be used.
    """
    with Memory(settings.memory_file) as memory:
        for unit in memory.units():
            if source in (None, unit.source_language) and target in (None, unit.target_language):
                yield unit


def export(settings: Settings, *, source: str | None = None, target: str | None = None) -> Iterator[bytes]:
    """The memory as a TMX file, piece by piece; nothing of it comes before the memory was found to be readable.

    Raises:
        TranslationMemoryError: the memory cannot be used.
    """
    found = units(settings, source=source, target=target)
    first = list(itertools.islice(found, 1))
    return tmx.serialize(itertools.chain(first, found), version=__version__)


def statistics(settings: Settings) -> tuple[Statistics, ...]:
    """How much the memory holds, by language pair.

    Raises:
        TranslationMemoryError: the memory cannot be used.
    """
    with Memory(settings.memory_file) as memory:
        return memory.statistics()


class _Counted:
    """Units, counted as they pass."""

    def __init__(self, found: Iterable[Unit]) -> None:
        self._found = found
        self.count = 0

    def __iter__(self) -> Iterator[Unit]:
        for unit in self._found:
            self.count += 1
            yield unit


def _units(file: pathlib.Path, source: str, least: State) -> Iterator[Unit]:
    if file.suffix.lower() in _TMX:
        try:
            with file.open("rb") as stream:
                yield from tmx.parse(stream, name=file.name, source_language=source)
        except OSError as problem:
            raise TranslationMemoryError(f"{file}: cannot be read: {problem.strerror}.") from problem
        return
    try:
        with file.open("rb") as stream:
            for previous, pair, following in _in_context(foreign.pairs(stream)):
                yield from units_of(_excerpt(previous, pair, following), least=least)
    except OSError as problem:
        raise TranslationMemoryError(f"{file}: cannot be read: {problem.strerror}.") from problem
    except PipelineError as problem:
        raise TranslationMemoryError(f"{file}: {problem}") from problem


def _in_context(pairs: Iterable[foreign.Pair]) -> Iterator[tuple[foreign.Pair | None, foreign.Pair, foreign.Pair | None]]:
    """Each pair with those before and after it, None at the ends and where another article begins."""
    before: foreign.Pair | None = None
    for pair, after in itertools.pairwise(itertools.chain(pairs, [None])):
        assert pair is not None  # the end comes once, as what follows
        same = [other if other and other.head is pair.head else None for other in (before, after)]
        yield same[0], pair, same[1]
        before = pair


def _excerpt(previous: foreign.Pair | None, pair: foreign.Pair, following: foreign.Pair | None) -> Document:
    """A document of one translated sentence between its neighbours."""
    neighbours = [replace(other.segment, target=None) if other else None for other in (previous, following)]
    segments = tuple(segment for segment in (neighbours[0], pair.segment, neighbours[1]) if segment)
    return Document(
        id=pair.head.original,
        source_language=normalise(pair.head.source_language),
        target_language=normalise(pair.head.target_language),
        blocks=(Block(id="", kind="paragraph", segments=segments),),
    )
