"""The memory: what goes in, what comes out, and who may use it at once."""

import pathlib
import subprocess
import sys
from dataclasses import replace

import pytest

from translate_pipeline.content import from_text, plain
from translate_pipeline.errors import TranslationMemoryError
from translate_pipeline.memory import Memory, Unit, leverage, units_of
from translate_pipeline.model import Block, Code, CodeKind, Content, Document, Provenance, Segment, State, Text


def unit(source: str, target: str, **facts: object) -> Unit:
    """A unit from English to German."""
    return replace(
        Unit(source_language="en", target_language="de", source=from_text(source), target=from_text(target), origin="a"), **facts
    )  # type: ignore[arg-type]


def document(*sources: str | Content, targets: tuple[str, ...] = (), state: State = State.REVIEWED) -> Document:
    """An article with a segment for each source."""
    segments = tuple(
        Segment(
            id=f"s{number}",
            source=from_text(source) if isinstance(source, str) else source,
            target=from_text(targets[number]) if targets else None,
            state=state if targets else State.INITIAL,
            provenance=(Provenance(action="reviewed", person="Anna", at="2026-11-22"),) if targets else (),
        )
        for number, source in enumerate(sources)
    )
    return Document(id="article", source_language="en", target_language="de", blocks=(Block(id="b", kind="paragraph", segments=segments),))


@pytest.fixture
def path(tmp_path: pathlib.Path) -> pathlib.Path:
    """Where a memory may be."""
    return tmp_path / "deep" / "memory.sqlite"


def test_only_reviewed_text_is_offered() -> None:
    """Unread machine text stays out unless it is asked for, and is then marked as such."""
    assert list(units_of(document("One.", targets=("Eins.",), state=State.TRANSLATED))) == []
    (machine,) = units_of(document("One.", targets=("Eins.",), state=State.INITIAL), least=State.INITIAL)
    assert machine.machine
    (reviewed,) = units_of(document("One.", targets=("Eins.",)))
    assert (reviewed.person, reviewed.at, reviewed.origin, reviewed.machine) == ("Anna", "2026-11-22", "article", False)


def test_memory_that_is_not_there_is_empty(path: pathlib.Path) -> None:
    """Reading creates nothing."""
    with Memory(path) as memory:
        assert memory.fuzzy("One.", "en", "de") == ()
        assert memory.exact("One.", "en", "de") == ()
        assert memory.statistics() == ()
    assert not path.parent.exists()


def test_same_unit_comes_in_once(path: pathlib.Path) -> None:
    """A second entry adds nothing; approval by a person replaces what a machine said."""
    with Memory(path) as memory:
        assert memory.add([unit("One.", "Eins.", machine=True), unit("One.", "Eins.")]) == 1
        assert memory.add([unit("One.", "Eins.", machine=True, person="nobody")]) == 0
    with Memory(path) as memory:
        (found,) = memory.units()
        assert not found.machine


def test_snapshot_does_not_see_what_comes_later(path: pathlib.Path) -> None:
    """A run finds what the memory held at its start, whatever is added meanwhile."""
    with Memory(path) as memory:
        memory.add([unit("One.", "Eins.")])
    with Memory(path) as reader, Memory(path) as writer:
        writer.add([unit("Two.", "Zwei.")])
        assert reader.exact("Two.", "en", "de") == ()
        assert len(reader.exact("One.", "en", "de")) == 1


WRITER = """
import pathlib, sys
from translate_pipeline.content import from_text
from translate_pipeline.memory import Memory, Unit
with Memory(pathlib.Path(sys.argv[1])) as memory:
    for number in range(20):
        texts = (sys.argv[2] + str(number), "both" + str(number))
        memory.add([Unit(source_language="en", target_language="de", source=from_text(t), target=from_text(t)) for t in texts])
"""


def test_two_processes_at_once(path: pathlib.Path) -> None:
    """Both write; nothing is lost and nothing doubled."""
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), name]) for name in ("left", "right")]
    assert [writer.wait() for writer in writers] == [0, 0]
    with Memory(path) as memory:
        assert [statistics.units for statistics in memory.statistics()] == [60]


def test_fuzzy_finds_the_most_similar_first(path: pathlib.Path) -> None:
    """With and without index, best first, none below the threshold, none of another pair."""
    entries = [unit(f"Report number {number} on the harvest in region {number % 7}.", f"Bericht {number}.") for number in range(2500)]
    with Memory(path) as memory:
        memory.add(entries)
    with Memory(path) as memory:
        memory.add([unit("Report number 7000 on the harvest in region X.", "Neu.")])
    with Memory(path) as memory:
        assert memory.statistics()[0].indexed == 2500
        found = memory.fuzzy("Report number 7001 on the harvest in region X.", "en", "de")
        assert plain(found[0].unit.target) == "Neu."
        assert [match.similarity for match in found] == sorted((match.similarity for match in found), reverse=True)
        assert len(found) == 5
        assert memory.fuzzy("Nothing like it at all, entirely different words.", "en", "de") == ()
        assert memory.fuzzy("Report number 7001 on the harvest in region X.", "en", "fr") == ()


def test_order_of_entry_does_not_matter(tmp_path: pathlib.Path) -> None:
    """The same units in another order give the same matches."""
    entries = [unit("He came.", target) for target in ("Er kam.", "Er ist gekommen.", "Da kam er.")]
    for name, order in (("a", entries), ("b", entries[::-1])):
        with Memory(tmp_path / name) as memory:
            memory.add(order)
    with Memory(tmp_path / "a") as one, Memory(tmp_path / "b") as other:
        assert one.fuzzy("He came!", "en", "de") == other.fuzzy("He came!", "en", "de")
        assert one.exact("He came.", "en", "de") == other.exact("He came.", "en", "de")


def test_same_neighbours_give_the_target(path: pathlib.Path) -> None:
    """What people approved between the same neighbours is taken over; elsewhere it is a candidate below one."""
    sources, targets = ("One.", "He came home.", "Three."), ("Eins.", "Er kam heim.", "Drei.")
    with Memory(path) as memory:
        memory.add(units_of(document(*sources, targets=targets)))
    with Memory(path) as memory:
        same = leverage(document(*sources), memory)
        assert [(plain(s.target or ()), s.state, s.substate) for s in same.segments()] == [(t, State.INITIAL, "tp:tm") for t in targets]
        moved = next(leverage(document("He came home.", "Other."), memory).segments())
        assert moved.target is None
        assert [(plain(candidate.target), candidate.origin, candidate.similarity) for candidate in moved.candidates] == [
            ("Er kam heim.", "tm:article", 0.99)
        ]


def test_codes_of_the_segment_are_put_into_the_target(path: pathlib.Path) -> None:
    """A match with corresponding codes carries those of the segment; without, it comes as plain text at a lower similarity."""

    def marked(identifier: str, text: str) -> Content:
        return (Code(id=identifier, kind=CodeKind.OPEN), Text(value=text), Code(id=identifier, kind=CodeKind.CLOSE))

    old = document(marked("c7", "One."), targets=("x",))
    old = replace(old, blocks=(replace(old.blocks[0], segments=(replace(old.blocks[0].segments[0], target=marked("c7", "Eins.")),)),))
    with Memory(path) as memory:
        memory.add(units_of(old))
    with Memory(path) as memory:
        same = next(leverage(document(marked("c42", "One.")), memory).segments())
        assert same.target == marked("c42", "Eins.")
        (candidate,) = next(leverage(document("One."), memory).segments()).candidates
        assert (candidate.target, candidate.similarity) == (from_text("Eins."), 0.97)


def test_machine_text_counts_less(path: pathlib.Path) -> None:
    """What a machine wrote and nobody approved comes behind what people approved."""
    with Memory(path) as memory:
        memory.add([unit("He came.", "Maschine.", machine=True), unit("He came.", "Mensch.")])
    with Memory(path) as memory:
        segment = next(leverage(document("He came."), memory).segments())
        assert [(plain(c.target), c.similarity) for c in segment.candidates] == [("Mensch.", 0.99), ("Maschine.", 0.89)]


def test_segments_with_a_target_are_left_alone(path: pathlib.Path) -> None:
    """The memory proposes only where nothing is."""
    done = document("One.", targets=("Eins.",))
    with Memory(path) as memory:
        memory.add([unit("One.", "Anders.")])
    with Memory(path) as memory:
        assert leverage(done, memory) == done


def test_file_that_is_no_memory(path: pathlib.Path) -> None:
    """Anything else in its place is one sentence that names the file."""
    path.parent.mkdir()
    path.write_bytes(b"This is not a database, but long enough to be taken for one by its size." * 100)
    with pytest.raises(TranslationMemoryError, match="cannot be used"):
        Memory(path)
