"""The memory commands: TMX and XLIFF in, TMX out."""

import json
import pathlib

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from translate_pipeline.cli.group import cli
from translate_pipeline.config import Settings

TMX = (
    '<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en" '
    'datatype="plaintext"/><body><tu><tuv xml:lang="en"><seg>The <bpt i="1">&lt;b&gt;</bpt>treaty<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>'
    '<tuv xml:lang="de"><seg>Der <bpt i="1">&lt;b&gt;</bpt>Vertrag<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>'
    '<tuv xml:lang="fr"><seg>Le traité.</seg></tuv></tu></body></tmx>'
)
XLIFF = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="en" target-language="de" '
    'datatype="plaintext"><body><trans-unit id="1" approved="yes"><source>Yes.</source><target>Ja.</target></trans-unit>'
    '<trans-unit id="2"><source>No.</source><target>Nein.</target></trans-unit></body></file></xliff>'
)


def _invoke(*words: str) -> Result:
    return CliRunner().invoke(cli, ["memory", *words])


@pytest.fixture
def here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A working directory with a TMX and an XLIFF file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "agency.tmx").write_text(TMX, "utf-8")
    (tmp_path / "agency.xlf").write_text(XLIFF, "utf-8")
    return tmp_path


def test_what_comes_in_goes_out(here: pathlib.Path) -> None:
    """Pairs of both kinds of files are there after import, once each, and come out as TMX with their inline codes."""
    assert _invoke("stats").output == f"Nothing in {here / 'output' / 'memory.sqlite'} yet.\n"
    result = _invoke("import", "agency.tmx", "agency.xlf")
    assert (result.exit_code, result.output) == (0, "agency.tmx: 2 pairs, 2 new\nagency.xlf: 1 pair, 1 new\n")
    assert json.loads(_invoke("import", "agency.tmx", "--json").output) == [{"file": "agency.tmx", "units": 2, "added": 0, "problem": ""}]
    assert _invoke("stats").output == "en → de: 2 pairs, 2 approved by people\nen → fr: 1 pair, 1 approved by people\n"
    assert [row["units"] for row in json.loads(_invoke("stats", "--json").output)] == [2, 1]
    root = etree.fromstring(_invoke("export", "--to", "de").stdout_bytes)
    assert ["".join(segment.itertext()) for segment in root.iter("seg")] == ["The <b>treaty</b>.", "Der <b>Vertrag</b>.", "Yes.", "Ja."]
    rows = [json.loads(line) for line in _invoke("export", "--json", "--from", "en").stdout.splitlines()]
    assert [(row["target_language"], row["target"], row["origin"]) for row in rows] == [
        ("de", "Der Vertrag.", "agency.tmx"),
        ("de", "Ja.", "a"),
        ("fr", "Le traité.", "agency.tmx"),
    ]


def test_unread_text_enters_only_when_asked(here: pathlib.Path) -> None:
    """By default only approved segments of an XLIFF file are taken; --min-state lowers the bar, and what nobody approved counts as a machine's."""
    del here
    assert _invoke("import", "agency.xlf", "--min-state", "initial").output == "agency.xlf: 2 pairs, 2 new\n"
    assert _invoke("stats").output == "en → de: 2 pairs, 1 approved by people\n"


def test_a_damaged_file_brings_nothing_and_stops_nobody(here: pathlib.Path) -> None:
    """A file that breaks off is named and leaves no trace; the others are in."""
    (here / "broken.tmx").write_text(TMX[:-20], "utf-8")
    (here / "broken.xlf").write_text("<html/>", "utf-8")
    result = _invoke("import", "broken.tmx", "broken.xlf", "agency.xlf")
    assert result.exit_code == 1
    assert "broken.tmx: is no well-formed TMX" in result.output
    assert "broken.xlf: Line 1" in result.output
    assert _invoke("stats").output == "en → de: 1 pair, 1 approved by people\n"


def test_place_of_the_memory_is_a_setting(here: pathlib.Path) -> None:
    """`memory` in the settings names another file; without it the memory lies in the output."""
    assert Settings(root=here, output=here / "x").memory_file == here / "x" / "memory.sqlite"
    (here / "translate-pipeline.toml").write_text('memory = "house/tm.sqlite"\n')
    assert _invoke("import", "agency.tmx").exit_code == 0
    assert (here / "house" / "tm.sqlite").is_file()
    assert not (here / "output").exists()


def test_a_file_that_is_no_memory_is_told(here: pathlib.Path) -> None:
    """A memory that cannot be used is a sentence, exit code 1."""
    (here / "output").mkdir()
    (here / "output" / "memory.sqlite").write_text("no database, but some text that is long enough to be looked at")
    for words in (["stats"], ["export"], ["import", "agency.tmx"]):
        result = _invoke(*words)
        assert result.exit_code == 1, words
        assert "memory.sqlite: the translation memory cannot be used" in result.output
        assert result.stdout == ""
