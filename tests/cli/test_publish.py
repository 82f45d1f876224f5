"""The publish command: what it writes, what it says, and how it leaves."""

import json
import pathlib

import pytest
from click.testing import CliRunner, Result

from translate_pipeline.cli.group import cli

SITE = pathlib.Path("output/site")
pytestmark = pytest.mark.usefixtures("work")


def _invoke(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


@pytest.fixture
def work(desk: pathlib.Path) -> pathlib.Path:
    """A directory of articles, translated."""
    assert _invoke("run", "articles", "--from", "en", "--to", "de", "-q").exit_code == 0
    return desk


def test_a_directory_as_a_book() -> None:
    """`--book` binds all that was translated in one book, says so, and `--json` tells it from the articles."""
    result = _invoke("publish", "--book", "Week 47")
    assert result.exit_code == 0
    assert "book Week-47: written, 1 file\n  Week-47.en.de.epub: 2 of 2 articles\n" in result.output
    assert (SITE / "Week-47.en.de.epub").is_file()
    items = json.loads(_invoke("publish", "--book", "Week 47", "--json", "-q").output)
    assert [(item["kind"], item["slug"], item["status"]) for item in items] == [
        ("article", "one", "unchanged"),
        ("article", "two", "unchanged"),
        ("book", "Week-47", "unchanged"),
    ]


def test_a_book_that_cannot_be_made() -> None:
    """An article that waits for `import` keeps the book from being made: a sentence, and exit code 1; a title without letters is wrong usage."""
    place = pathlib.Path("output/work/one/one.en.de.xlf")
    place.write_bytes(place.read_bytes().replace(b"</target>", b"!</target>", 1))
    result = _invoke("publish", "--book", "Week 47")
    assert result.exit_code == 1
    assert "The book 'Week 47' was not made: " in result.output
    assert "import" in result.output
    assert not (SITE / "Week-47.en.de.epub").exists()
    assert _invoke("publish", "--book", "///").exit_code == 2
    assert _invoke("publish", "--book", "").exit_code == 2
