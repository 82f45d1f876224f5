"""evidence.repetition."""

import pathlib

import pytest

from translate_pipeline.evidence.repetition import Loop, loop


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He spoke and so on and so on and so on and so on.", Loop(unit="and so on", times=4)),
        ("John John John John John Howard", Loop(unit="john", times=5)),
        ("(掌声)(掌声)(掌声)(掌声)", Loop(unit="( 掌 声 )", times=4)),
        ("Er sagte: ja, ja, ja, ja.", Loop(unit="ja ,", times=3)),
        ("Gerichtsgerichtsgerichtsgerichts", Loop(unit="gerichts", times=4)),
    ],
)
def test_what_stands_in_a_row_is_counted(text: str, expected: Loop) -> None:
    """Words, phrases, characters of scripts without spaces and parts of words are counted, without regard to case."""
    assert loop(text) == expected


@pytest.mark.parametrize("text", ["", "A plain sentence about nothing.", "1 000 000 000 000", "Wait ........", "* * * * *", "www.who.int"])
def test_numbers_and_signs_are_no_loop(text: str) -> None:
    """Digits in groups, dots and stars repeat by nature."""
    assert loop(text) is None


def test_news_has_no_loops(shared: pathlib.Path) -> None:
    """In 997 sentences of six languages nothing stands four times in a row."""
    for language in ("en", "de", "ru", "fr", "es", "zh"):
        lines = (shared / "eval" / f"flores-dev.{language}").read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if (found := loop(line)) and found.times > 3] == []
