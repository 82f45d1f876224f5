"""The memory in a run: what it knows in context is not translated again, what is like it is shown."""

import pathlib
from collections.abc import Callable

import pytest

from translate_pipeline.content import from_text, plain
from translate_pipeline.memory import Memory, Unit
from translate_pipeline.memory.units import context
from translate_pipeline.model import Request, Segment, State
from translate_pipeline.pipeline import store
from translate_pipeline.pipeline.job import Job
from translate_pipeline.pipeline.run import run
from translate_pipeline.workspace import Article, Workspace

Make = Callable[..., Job]
Text = Callable[..., Article]
DATA = b"Peace at last. They said nothing new. The talks in Almaty ended on Friday.\n"
UNITS = (
    Unit(
        source_language="en",
        target_language="de",
        source=from_text("They said nothing new."),
        target=from_text("Sie sagten nichts Neues."),
        origin="older",
        person="Anna",
        previous=context(from_text("Peace at last.")),
        following=context(from_text("The talks in Almaty ended on Friday.")),
    ),
    Unit(
        source_language="en",
        target_language="de",
        source=from_text("The talks in Almaty ended on Monday."),
        target=from_text("Die Gespräche in Almaty endeten am Montag."),
        origin="agency.tmx",
    ),
)


@pytest.fixture
def memory(tmp_path: pathlib.Path) -> Memory:
    """A memory with a sentence in its context, and one that is only like another."""
    with Memory(tmp_path / "memory.sqlite") as writer:
        writer.add(UNITS)
    return Memory(tmp_path / "memory.sqlite")


def _segments(output: pathlib.Path) -> dict[str, Segment]:
    current = store.load(Workspace(output), slug="treaty", source="en", target="de").current
    assert current is not None
    return {plain(segment.source): segment for segment in current.document.segments()}


def test_known_sentences_are_taken_and_like_ones_shown(
    tmp_path: pathlib.Path, job: Make, article: Text, memory: Memory, asked: list[Request]
) -> None:
    """The engine is not asked for the sentence approved in the same context; the like one is a candidate behind the machine's."""
    (outcome,) = run([article(DATA)], job(memory=memory), Workspace(tmp_path / "out"))
    segments = _segments(tmp_path / "out")
    assert "They said nothing new." not in [plain(request.source) for request in asked]
    known, like = segments["They said nothing new."], segments["The talks in Almaty ended on Friday."]
    assert (plain(known.target or ()), known.state, known.substate) == ("Sie sagten nichts Neues.", State.INITIAL, "tp:tm")
    assert [candidate.origin for candidate in like.candidates] == ["mt:en_de-fake", "tm:agency.tmx"]
    assert (like.target, like.substate) == (like.candidates[0].target, "tp:mt")
    assert outcome.recalled == 1


def test_a_grown_memory_changes_nothing_that_is_done(tmp_path: pathlib.Path, job: Make, article: Text, asked: list[Request]) -> None:
    """An article that is done stays as it is, whatever the memory learns later; no request, no file touched."""
    workspace = Workspace(tmp_path / "out")
    list(run([article(DATA)], job(memory=Memory(tmp_path / "m.sqlite")), workspace))
    files = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*") if path.is_file()}
    Memory(tmp_path / "m.sqlite").add(UNITS)
    asked.clear()
    (outcome,) = run([article(DATA)], job(memory=Memory(tmp_path / "m.sqlite")), workspace)
    assert (outcome.status, asked) == ("unchanged", [])
    assert {path: path.stat().st_mtime_ns for path in files} == files


def test_bytes_do_not_depend_on_the_order_of_articles(tmp_path: pathlib.Path, job: Make, article: Text, memory: Memory) -> None:
    """The memory is read as it was when the run began: articles in another order, or alone, give the same files."""
    others = [article(b"They said nothing new. Peace at last.\n", slug="a"), article(b"The talks in Almaty ended on Monday.\n", slug="z")]
    for name, articles in (("one", [article(DATA), *others]), ("two", [*reversed(others), article(DATA)]), ("alone", [article(DATA)])):
        list(run(articles, job(memory=memory), Workspace(tmp_path / name)))
    path = pathlib.Path("work/treaty/treaty.en.de.xlf")
    assert len({(tmp_path / name / path).read_bytes() for name in ("one", "two", "alone")}) == 1
