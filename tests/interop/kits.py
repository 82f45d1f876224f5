"""OmegaT works on a kit of ours: untouched it brings nothing back, and what is translated in it arrives in the page."""

import json
import pathlib

import omegat
import pytest
from click.testing import CliRunner
from lxml import etree

from translate_pipeline.cli.group import cli
from translate_pipeline.content import code_problems, plain
from translate_pipeline.model import Segment
from translate_pipeline.mt.fake import FakeEngine
from translate_pipeline.xliff import versions

HTML = (
    "<article><h1>The treaty</h1><p>The <em>members</em> met in <a href='https://example.org/'>Almaty</a>. They said nothing.</p>"
    "<p>A line<br>breaks, <b>bold <i>and</i></b> <code>ls -l</code> here. They said nothing.</p><p>The CSTO is &lt;old&gt; &amp; small.</p></article>"
)
EDITS = {
    "The <g0>members</g0> met in <g1>Almaty</g1>.": "In <g1>Almaty</g1> trafen sich die <g0>Mitglieder</g0>.",
    "The CSTO is <old> & small.": "Die OVKS ist <alt> & klein.",
}


def _invoke(*words: str) -> str:
    result = CliRunner().invoke(cli, list(words))
    assert result.exit_code == 0, result.output
    return result.stdout


def _segments(path: pathlib.Path) -> dict[str, Segment]:
    return {segment.id: segment for segment in versions.parse(path.read_bytes(), skeleton=None).document.segments()}


def _memory(pairs: dict[str, str]) -> bytes:
    """What OmegaT saves when a translator works: a TMX with tags as text."""
    root = etree.Element("tmx", version="1.1")
    etree.SubElement(
        root,
        "header",
        creationtool="OmegaT",
        creationtoolversion="3.6",
        segtype="sentence",
        srclang="EN",
        adminlang="EN",
        datatype="plaintext",
    ).set("o-tmf", "OmegaT TMX")
    body = etree.SubElement(root, "body")
    for texts in pairs.items():
        unit = etree.SubElement(body, "tu")
        for language, text in zip(("EN", "DE"), texts, strict=True):
            etree.SubElement(etree.SubElement(unit, "tuv", lang=language), "seg").text = text
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


@pytest.fixture
def kit(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """The kit of an article with every kind of inline code."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("translate_pipeline.mt.argos.load", lambda *_packages, **_options: FakeEngine())
    (tmp_path / "treaty.html").write_text(HTML)
    _invoke("run", "treaty.html", "--from", "en", "--to", "de")
    return pathlib.Path(json.loads(_invoke("kit", "omegat", "treaty", "--to", "de", "--json"))["folder"])


def test_an_untouched_kit_brings_nothing_back(kit: pathlib.Path) -> None:
    """OmegaT opens the kit, finds no fault with its tags, and what it creates changes no byte of the work."""
    work = kit.parents[1] / "work/treaty/treaty.en.de.xlf"
    before = work.read_bytes()
    result = omegat.run(kit, "console-translate", "--tag-validation=abort")
    assert result.returncode == 0, result.stdout + result.stderr
    (row,) = json.loads(_invoke("import", str(kit / "target/treaty.xlf"), "--json"))
    assert {(verdict["outcome"], verdict["change"]) for verdict in row["verdicts"]} == {("accepted", "unchanged")}
    assert work.read_bytes() == before


def test_translations_with_moved_tags_arrive_in_the_page(kit: pathlib.Path) -> None:
    """What a translator wrote in OmegaT, tags in another order, is what stands in the work and on the page; the rest is as it was."""
    work = kit.parents[1] / "work/treaty/treaty.en.de.xlf"
    before = _segments(work)
    (kit / "omegat/project_save.tmx").write_bytes(_memory(EDITS))
    result = omegat.run(kit, "console-translate", "--tag-validation=warn")  # moved tags are out of order, which they are meant to be
    assert result.returncode == 0, result.stdout + result.stderr
    (row,) = json.loads(_invoke("import", str(kit / "target/treaty.xlf"), "--reviewer", "Anna", "--json"))
    assert {verdict["outcome"] for verdict in row["verdicts"]} == {"accepted"}
    after = _segments(work)
    changed = {name: segment for name, segment in after.items() if segment.target != before[name].target}
    assert sorted(plain(segment.target or ()) for segment in changed.values()) == [
        "Die OVKS ist <alt> & klein.",
        "In Almaty trafen sich die Mitglieder.",
    ]
    assert not any(code_problems(segment.source, segment.target or ()) for segment in changed.values())
    _invoke("publish")
    page = (kit.parents[1] / "site/treaty/en.de.html").read_text("utf-8")
    assert "Die OVKS ist &lt;alt&gt; &amp; klein." in page
    assert ">Almaty</a> trafen sich die <em>Mitglieder</em>." in page


def test_omegat_finds_our_memories(kit: pathlib.Path) -> None:
    """The machine text in tm/ is exact for OmegaT: put where it is inserted by itself, it fills every sentence."""
    source = (kit / "tm/mt/machine.tmx").read_bytes()
    (kit / "tm/auto/machine.tmx").write_bytes(source)
    result = omegat.run(kit, "console-translate", "--tag-validation=abort")
    assert result.returncode == 0, result.stdout + result.stderr
    (row,) = json.loads(_invoke("import", str(kit / "target/treaty.xlf"), "--json"))
    changes = [verdict["change"] for verdict in row["verdicts"]]
    assert set(changes) == {"confirmed"}, row["verdicts"]


def test_reviewed_text_is_translated_in_omegat(kit: pathlib.Path) -> None:
    """In the kit of a job that is reviewed in parts, OmegaT has the reviewed text as its translation, tags included; untouched it changes nothing."""
    work = kit.parents[1] / "work/treaty/treaty.en.de.xlf"
    (kit / "omegat/project_save.tmx").write_bytes(_memory(EDITS))
    assert omegat.run(kit, "console-translate", "--tag-validation=warn").returncode == 0
    _invoke("import", str(kit / "target/treaty.xlf"), "--reviewer", "Anna")
    before = work.read_bytes()
    _invoke("kit", "omegat", "treaty", "--to", "de")
    (kit / "omegat/project_save.tmx").unlink()
    assert omegat.run(kit, "console-translate", "--tag-validation=warn").returncode == 0
    shown = _segments(kit / "target/treaty.xlf")
    texts = {plain(segment.target or ()) for segment in shown.values()}
    assert {"Die OVKS ist <alt> & klein.", "In Almaty trafen sich die Mitglieder."} <= texts
    assert "The CSTO is <old> & small." not in texts
    _invoke("import", str(kit / "target/treaty.xlf"))
    assert work.read_bytes() == before
