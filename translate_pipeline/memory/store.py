"""The memory as an SQLite file that several processes may use at once."""

# ruff: noqa: S608 - statements are put together from our own column names and question marks only

import contextlib
import functools
import importlib.resources
import pathlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import numpy as np

from translate_pipeline.content import plain
from translate_pipeline.errors import TranslationMemoryError
from translate_pipeline.memory.index import Ranking, Ranks, build, similar, similarity
from translate_pipeline.memory.units import Unit, from_json, to_json

__all__ = ["Match", "Memory", "Statistics"]

_VERSION = 1
_PATIENCE = 30.0  # seconds that a writer waits for another
_PAGE = 16_384  # lists of ranks are long: large pages make their chains short
_MAPPED = 1 << 31  # and mapping the file spares copying them
_UNINDEXED, _UNINDEXED_SHARE = 2_000, 0.01  # so many units, or this share of the index, may be scanned before it is built anew
_COLUMNS = "source_language, target_language, source, target, origin, person, at, machine, previous, following"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A unit with the likeness of its plain source to what was asked for, 0 to 1."""

    unit: Unit
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """How many units a language pair has, how many of them people approved, and how many fuzzy search finds by the index."""

    source_language: str
    target_language: str
    units: int
    approved: int
    indexed: int


class Memory:
    """A translation memory; a context manager. What it finds is what it held when it was opened, whoever writes meanwhile.

    Writers wait for each other. Nothing is created for reading: a memory that is not there is empty.

    Raises:
        TranslationMemoryError: the file is no memory, or one of a later version, or cannot be opened.
    """

    def __init__(self, path: pathlib.Path) -> None:
        self._path = path
        self._reader: sqlite3.Connection | None = None
        self._rankings: dict[tuple[str, str], _Known | None] = {}
        self._recent: dict[tuple[str, str], list[tuple[int, str]]] = {}
        if path.exists():
            with self._errors():
                self._reader = self._snapshot()

    def __enter__(self) -> Self:
        """The memory itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Let go of the file."""
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def exact(self, text: str, source_language: str, target_language: str) -> tuple[Unit, ...]:
        """Units whose plain source is `text`: the latest date first, then by target, so that the order of entry does not matter."""
        if self._reader is None:
            return ()
        with self._errors():
            rows = self._reader.execute(
                f"SELECT {_COLUMNS} FROM unit WHERE source_language = ? AND target_language = ? AND text = ?"
                " ORDER BY machine, at DESC, target, previous, following",
                (source_language, target_language, text),
            )
            return tuple(map(_unit, rows))

    def fuzzy(self, text: str, source_language: str, target_language: str, *, least: float = 0.75, limit: int = 5) -> tuple[Match, ...]:
        """The units whose plain source is most like `text`, at least `least` (0 to 1), at most `limit`, the most similar first."""
        reader = self._reader
        if reader is None or not text:
            return ()
        pair = (source_language, target_language)
        with self._errors():
            known = self._ranking(*pair)
            scores: dict[int, float] = {}
            if known is not None:
                found = similar(
                    text,
                    known.ranking,
                    bucket=functools.partial(self._bucket, known.number),
                    texts=known.texts_at,
                    least=least,
                )
                scores.update(found)
            for key, other in self._unindexed(*pair):
                score = similarity(text, other)
                if score >= least:
                    scores[key] = score
            best = sorted(scores, key=lambda key: -scores[key])
            if len(best) > limit:  # equals of the last one stay until their contents decide
                best = [key for key in best if scores[key] >= scores[best[limit - 1]]]
            marks = ",".join("?" * len(best))
            rows = reader.execute(f"SELECT id, {_COLUMNS} FROM unit WHERE id IN ({marks})", best)
            matches = [Match(unit=_unit(row[1:]), similarity=scores[row[0]]) for row in rows]
        matches.sort(key=lambda match: (-match.similarity, match.unit.machine, to_json(match.unit.source), to_json(match.unit.target)))
        return tuple(matches[:limit])

    def units(self) -> Iterator[Unit]:
        """All units, by language pair, source and target."""
        if self._reader is not None:
            with self._errors():
                yield from map(
                    _unit,
                    self._reader.execute(
                        f"SELECT {_COLUMNS} FROM unit ORDER BY source_language, target_language, text, target, previous, following"
                    ),
                )

    def statistics(self) -> tuple[Statistics, ...]:
        """How much there is, by language pair."""
        if self._reader is None:
            return ()
        with self._errors():
            rows = self._reader.execute(
                "SELECT source_language, target_language, COUNT(*), SUM(NOT machine) FROM unit GROUP BY 1, 2 ORDER BY 1, 2"
            ).fetchall()
            indexed = {
                row[:2]: len(row[2]) // 4 for row in self._reader.execute("SELECT source_language, target_language, ids FROM ranking")
            }
        return tuple(
            Statistics(
                source_language=source, target_language=target, units=count, approved=approved, indexed=indexed.get((source, target), 0)
            )
            for source, target, count, approved in rows
        )

    def add(self, units: Iterable[Unit]) -> int:
        """Take in units and say how many were new; one that is there already is updated when a person approved it meanwhile.

        This memory goes on finding what it held when it was opened.
        """
        with self._errors():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.closing(self._connect()) as writer:
                writer.execute(f"PRAGMA page_size = {_PAGE}")  # has effect on a new file only
                writer.execute("PRAGMA journal_mode = WAL")
                writer.execute("BEGIN IMMEDIATE")
                schema = importlib.resources.files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")
                for statement in schema.split(";"):
                    writer.execute(statement)
                before = writer.execute("SELECT COUNT(*) FROM unit").fetchone()[0]
                writer.executemany(
                    f"INSERT INTO unit (text, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT DO UPDATE SET origin = excluded.origin, person = excluded.person, at = excluded.at, machine = excluded.machine"
                    " WHERE excluded.machine < machine OR (excluded.machine = machine AND excluded.at > at)",
                    map(_row, units),
                )
                added = int(writer.execute("SELECT COUNT(*) FROM unit").fetchone()[0]) - int(before)
                _index(writer)
                writer.execute("COMMIT")
        return added

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)

    def _snapshot(self) -> sqlite3.Connection | None:
        """A connection that goes on seeing the file as it is now; None while there is nothing in it."""
        reader = self._connect()
        reader.execute(f"PRAGMA mmap_size = {_MAPPED}")
        reader.execute("BEGIN")
        version = reader.execute("PRAGMA user_version").fetchone()[0]
        empty = not reader.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()[0]  # the snapshot begins with the first read
        if version == _VERSION and not empty:
            return reader
        reader.close()
        if empty and version == 0:
            return None
        raise TranslationMemoryError(
            f"{self._path}: is no translation memory of this version. Name another file in the settings, or move it away."
        )

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as problem:
            raise TranslationMemoryError(
                f"{self._path}: the translation memory cannot be used ({problem}). Name another file in the settings, or mend this one."
            ) from problem

    def _ranking(self, source_language: str, target_language: str) -> "_Known | None":
        pair = (source_language, target_language)
        if pair not in self._rankings:
            assert self._reader is not None
            row = self._reader.execute(
                "SELECT number, last, ids, lengths, sizes, texts, bounds FROM ranking WHERE source_language = ? AND target_language = ?",
                pair,
            ).fetchone()
            self._rankings[pair] = row and _Known(
                row[0], row[1], _numbers(row[2]), Ranking(_numbers(row[3]), _numbers(row[4])), row[5], _numbers(row[6])
            )
        return self._rankings[pair]

    def _bucket(self, ranking: int, number: int) -> Ranks:
        assert self._reader is not None
        row = self._reader.execute("SELECT ranks FROM bucket WHERE ranking = ? AND number = ?", (ranking, number)).fetchone()
        return _numbers(row[0] if row else b"")

    def _unindexed(self, source_language: str, target_language: str) -> list[tuple[int, str]]:
        pair = (source_language, target_language)
        if pair not in self._recent:
            assert self._reader is not None
            known = self._ranking(*pair)
            self._recent[pair] = self._reader.execute(
                "SELECT id, text FROM unit WHERE source_language = ? AND target_language = ? AND id > ?",
                (*pair, known.last if known else 0),
            ).fetchall()
        return self._recent[pair]


@dataclass(frozen=True, slots=True)
class _Known:
    """An index as it was read: its number, the last unit in it, the units by rank, and their texts."""

    number: int
    last: int
    ids: Ranks
    ranking: Ranking
    texts: bytes
    bounds: Ranks

    def texts_at(self, ranks: Ranks) -> tuple[list[int], list[str]]:
        """The units at ranks, and their sources."""
        starts, ends = self.bounds[ranks].tolist(), self.bounds[ranks + 1].tolist()
        return self.ids[ranks].tolist(), [self.texts[start:end].decode() for start, end in zip(starts, ends, strict=True)]


def _numbers(blob: bytes) -> Ranks:
    return np.frombuffer(blob, dtype="<u4")


def _unit(row: Sequence[Any]) -> Unit:
    source_language, target_language, source, target, origin, person, at, machine, previous, following = row
    return Unit(
        source_language=source_language,
        target_language=target_language,
        source=from_json(source),
        target=from_json(target),
        origin=origin,
        person=person,
        at=at,
        machine=bool(machine),
        previous=previous,
        following=following,
    )


def _row(unit: Unit) -> tuple[object, ...]:
    return (
        plain(unit.source),
        unit.source_language,
        unit.target_language,
        to_json(unit.source),
        to_json(unit.target),
        unit.origin,
        unit.person,
        unit.at,
        unit.machine,
        unit.previous,
        unit.following,
    )


def _index(writer: sqlite3.Connection) -> None:
    """Build the index anew for the language pairs where too much is outside it."""
    for pair in writer.execute("SELECT DISTINCT source_language, target_language FROM unit").fetchall():
        where = "source_language = ? AND target_language = ?"
        known = writer.execute(f"SELECT last, length(ids) / 4 FROM ranking WHERE {where}", pair).fetchone() or (0, 0)
        outside = writer.execute(f"SELECT COUNT(*) FROM unit WHERE {where} AND id > ?", (*pair, known[0])).fetchone()[0]
        if outside <= max(_UNINDEXED, _UNINDEXED_SHARE * known[1]):
            continue
        rows = writer.execute(f"SELECT id, text FROM unit WHERE {where} ORDER BY length(text), text, id", pair).fetchall()
        rows.sort(key=lambda row: len(row[1]))  # SQLite stops counting at a zero character
        ids = np.fromiter((row[0] for row in rows), dtype="<u4", count=len(rows))
        ranking, buckets = build([row[1] for row in rows])
        encoded = [row[1].encode() for row in rows]
        bounds = np.cumsum([0, *(len(text) for text in encoded)], dtype="<u4")
        old = writer.execute(f"SELECT number FROM ranking WHERE {where}", pair).fetchone()
        number = old[0] if old else writer.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM ranking").fetchone()[0]
        writer.execute("DELETE FROM bucket WHERE ranking = ?", (number,))
        writer.execute(
            "INSERT OR REPLACE INTO ranking VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *pair,
                number,
                int(ids.max()),
                ids.tobytes(),
                ranking.lengths.astype("<u4").tobytes(),
                ranking.sizes.astype("<u4").tobytes(),
                b"".join(encoded),
                bounds.tobytes(),
            ),
        )
        writer.executemany(
            "INSERT INTO bucket VALUES (?, ?, ?)", ((number, bucket, ranks.astype("<u4").tobytes()) for bucket, ranks in buckets)
        )
