"""Plain text becomes blocks."""

import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.content import codes, display
from translate_pipeline.ingest.decode import decode
from translate_pipeline.ingest.text import blocks
from translate_pipeline.model import Block


def joined(parts: tuple[Block, ...]) -> str:
    """The text that blocks stand for."""
    return "".join(block.before + "".join(display(segment.source) + segment.after for segment in block.segments) for block in parts)


def shape(text: str, language: str = "en") -> list[tuple[str, str]]:
    """Kind and text of each block."""
    return [(block.kind, "".join(display(segment.source) for segment in block.segments)) for block in blocks(text, language)]


def test_the_seed_article(shared: pathlib.Path) -> None:
    """The seed article keeps every character; its author, his office and the button are what they are."""
    (path,) = sorted((shared / "articles").glob("*.txt"))
    text = decode(path.read_bytes()).text
    parts = blocks(text, "en")
    assert joined(parts) == text
    kinds = [block.kind for block in parts]
    assert len(parts) == 27
    assert kinds[7:10] == ["byline", "byline", "residue"]
    assert set(kinds[:7] + kinds[10:]) == {"paragraph"}
    assert [segment.translate for segment in parts[9].segments] == [False]


def test_an_article_with_everything() -> None:
    """Headline, byline, heading, lists, residue and paragraphs are told apart."""
    text = (
        "Snow closes roads in Almaty\n\nBy Anna Smith\n\nThe roads are closed. Schools stay open.\nTrains run.\n\nWhat is known\n\n"
        "  • Two roads are closed.\n  • The airport is open\n\nThe three steps\n\n1. Stay home\n2. Keep warm\n3. Wait\n\n"
        "2. Januar was cold.\n\nShare on Facebook\n\nThe end."
    )
    assert shape(text) == [
        ("headline", "Snow closes roads in Almaty"),
        ("byline", "By Anna Smith"),
        ("paragraph", "The roads are closed. Schools stay open.\nTrains run."),
        ("heading", "What is known"),
        ("list", ""),
        ("item", "• Two roads are closed."),
        ("item", "• The airport is open"),
        ("heading", "The three steps"),
        ("list", ""),
        ("item", "1. Stay home"),
        ("item", "2. Keep warm"),
        ("item", "3. Wait"),
        ("paragraph", "2. Januar was cold."),
        ("residue", "Share on Facebook"),
        ("paragraph", "The end."),
    ]


def test_markers_are_codes() -> None:
    """A list marker is a standalone code with the marker as its plain text; the indentation stands before the block."""
    parts = blocks("Things.\n\n  - one\n  - two\n", "en")
    items = [block for block in parts if block.kind == "item"]
    assert [[code.equiv for code in codes(item.segments[0].source)] for item in items] == [["- "], ["- "]]
    assert [item.before for item in items] == ["  ", "  "]
    assert {item.parent for item in items} == {next(block.id for block in parts if block.kind == "list")}
    assert len({code.id for item in items for code in codes(item.segments[0].source)}) == 2


def test_ordered_lists_know_where_they_start() -> None:
    """The first number of an ordered list is kept, and a gap begins another list."""
    lists = [block for block in blocks("3. c\n4. d\n\n7. g\n8. h", "en") if block.kind == "list"]
    assert [dict(block.attributes) for block in lists] == [{"ordered": "true", "start": "3"}, {"ordered": "true", "start": "7"}]


@pytest.mark.parametrize(
    "text",
    [
        "A text that an editor broke at a width of\nforty characters, so that its line ends\nmean nothing at all.",
        "— Привет, — сказал он.",
        "1. Mai ist ein Feiertag.",
        "2. Januar 2022 begann es. Dann kam der Schnee.",
        "Nothing but a line without a stop",
        "the small beginning of something\n",
    ],
)
def test_one_paragraph(text: str) -> None:
    """Wrapped lines, dialogue dashes, dates and lone lines are no lists and no headings."""
    assert [kind for kind, _ in shape(text)] == ["paragraph"]


def test_lines_that_are_no_running_text_are_blocks() -> None:
    """Without blank lines, lines that could have been longer stand for themselves."""
    text = "Schnee in Almaty\nVon Anna Schmidt\nDie Straßen sind zu, und der Flughafen ist seit dem frühen Morgen geschlossen.\nDie Züge fahren."
    assert [kind for kind, _ in shape(text, "de")] == ["headline", "byline", "paragraph", "paragraph"]


@pytest.mark.parametrize("text", ["She is by far the best", "Von hier aus ist es weit", "By the way, it snowed."])
def test_a_byline_needs_a_name(text: str) -> None:
    """What merely begins like a byline is none."""
    assert "byline" not in [kind for kind, _ in shape(f"{text}\n\nIt is cold.", "en" if "y" in text else "de")]


PIECES = st.sampled_from(
    [
        "Snow falls.",
        "snow",
        "• ",
        "- ",
        "1. ",
        "2. ",
        "\n",
        "\n\n",
        " ",
        "\t",
        "\u00a0",
        "\u2028",
        "By Anna Smith",
        "Share",
        "Слово",
        "雪。",
        "…",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(st.characters(blacklist_categories=("Cs", "Cc")) | st.just("\n")))
def test_no_character_is_lost(text: str) -> None:
    """All white space, markers and sources, joined, are the text; ids are unique, and only lists have no segment."""
    parts = blocks(text, "en")
    if text.strip():
        assert joined(parts) == text
        assert len({block.id for block in parts}) == len(parts)
        assert all((len(block.segments) == 1) is (block.kind != "list") for block in parts)
        assert all(display(segment.source).strip() for block in parts for segment in block.segments)
        assert all(display(segment.source) == display(segment.source).strip() for block in parts for segment in block.segments)
