"""The glossary commands."""

import json
import pathlib

from click.testing import CliRunner

from translate_pipeline.cli.group import cli
from translate_pipeline.terminology.exchange import read


def _run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["glossary", *words])
    return result.exit_code, result.stdout, result.stderr


def test_convert(newsroom: pathlib.Path) -> None:
    """A glossary is printed in another form, and read back from it whole."""
    code, text, _ = _run("convert", "glossaries/cis-politics.tsv", "--into", "tbx")
    assert code == 0
    original = read("cis.tsv", (newsroom / "glossaries" / "cis-politics.tsv").read_bytes())
    assert [concept.entries for concept in read("cis.tbx", text.encode()).concepts] == [concept.entries for concept in original.concepts]


def test_convert_needs_two_languages_for_a_table(newsroom: pathlib.Path) -> None:
    """A table of two columns without languages is wrong usage, with the way out."""
    del newsroom
    code, _, message = _run("convert", "glossaries/cis-politics.tsv", "--into", "deepl")
    assert (code, "--from en --to de" in message) == (2, True)
    code, text, _ = _run("convert", "glossaries/cis-politics.tsv", "--into", "deepl", "--from", "en", "--to", "de")
    assert code == 0
    assert "ODKB,OVKS\n" in text


def test_suggest(newsroom: pathlib.Path) -> None:
    """Forms that no glossary covers are listed with counts; with --to also as the engine renders them."""
    (newsroom / "own.tsv").write_text("en\tde\nMinsk\tMinsk\n")
    code, text, _ = _run("suggest", "article.txt", "--from", "en", "--glossary", "own.tsv", "--json")
    assert code == 0
    forms = {row["form"] for row in json.loads(text)}
    assert "Berlin" in forms
    assert "Minsk" not in forms
    code, text, message = _run("suggest", "article.txt", "--from", "en", "--to", "de", "--glossary", "own.tsv", "--json")
    assert code == 0, message
    assert next(row for row in json.loads(text) if row["form"] == "Berlin")["renderings"] == {"Berlin": 1}


def test_check_tells_what_is_odd(newsroom: pathlib.Path) -> None:
    """Remarks are printed and do not change the exit code; contradictions do."""
    (newsroom / "odd.tsv").write_text("en\tde\nMinsk |Mensk\tMinsk\n")
    code, text, message = _run("check", "odd.tsv", "--in", "article.txt", "--to", "de", "--from", "en")
    assert (code, text) == (0, "odd.tsv: 1 concept, no problems\n")
    assert message.splitlines() == [
        "remark: odd.tsv:2: has spaces around a form. They do not count; remove them.",
        'remark: odd.tsv:2: "Mensk" was not found in the texts.',
    ]
    (newsroom / "bad.tsv").write_text("en\tde\nMinsk\tMinsk\nMinsk\tMensk\n")
    assert _run("check", "bad.tsv")[0] == 1


def test_check_takes_the_languages_of_a_table(newsroom: pathlib.Path) -> None:
    """A table that does not name its languages is checked, and looked for in an article, with those that the message asks for."""
    (newsroom / "c.deepl").write_text("Minsk,Minsk\nBerlin,Berlin\n")
    code, _, message = _run("check", "c.deepl")
    assert (code, message) == (2, "c.deepl: does not name its languages. Say which: --from en --to de.\n")
    assert _run("check", "c.deepl", "--from", "en", "--to", "de") == (0, "c.deepl: 2 concepts, no problems\n", "")
    (newsroom / "bad.deepl").write_text("Minsk,Minsk\nBerlin\n")
    code, _, message = _run("check", "bad.deepl", "--from", "en", "--to", "de")
    assert (code, message) == (1, "bad.deepl: row 2 has no translation. Fill it in or remove the row.\n")
    code, text, _ = _run("match", "article.txt", "--glossary", "c.deepl", "--from", "en", "--to", "de", "--json")
    assert (code, [row["text"] for row in json.loads(text)]) == (
        0,
        ["The president met the mayor in Berlin.", "The general visited Minsk on Sunday."],
    )


def test_columns_that_are_not_separated_are_told(newsroom: pathlib.Path) -> None:
    """A glossary with spaces in place of tabs is not asked for its languages, which it names."""
    for text, line in (("en    de\nMinsk Minsk\n", 1), ("# ours\n\nen    de\nMinsk Minsk\n", 3)):
        (newsroom / "spaces.tsv").write_text(text)
        code, _, message = _run("check", "spaces.tsv")
        assert (code, message) == (1, f"spaces.tsv:{line}: has only one column. Separate the columns with tabs.\n")
