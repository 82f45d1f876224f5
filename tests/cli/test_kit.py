"""The kit command: a project that OmegaT opens, with everything in its place."""

import json
import pathlib

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from translate_pipeline.cli.group import cli
from translate_pipeline.content import plain
from translate_pipeline.xliff import versions

HTML = (
    "<article><h1>The CSTO in Almaty</h1><p>The <em>members</em> met in <a href='https://example.org/'>Almaty</a>. "
    "Line<br>break.</p><p>The CSTO said 5.</p></article>"
)
KIT = pathlib.Path("output/kit/treaty.en.de")
FILE = pathlib.Path("output/work/treaty/treaty.en.de.xlf")
TMX = (
    '<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en" '
    'datatype="plaintext"/><body><tu><tuv xml:lang="en"><seg>The CSTO said 6.</seg></tuv><tuv xml:lang="de"><seg>Die OVKS sagte 6.</seg></tuv>'
    "</tu></body></tmx>"
)


def _invoke(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


@pytest.fixture
def work(desk: pathlib.Path) -> pathlib.Path:
    """An article with inline codes and a term, and a memory with a like sentence."""
    (desk / "treaty.html").write_text(HTML)
    (desk / "agency.tmx").write_text(TMX)
    assert _invoke("run", "treaty.html", "--from", "en", "--to", "de", "-q").exit_code == 0
    assert _invoke("memory", "import", "agency.tmx", "-q").exit_code == 0
    return desk


def _pairs(name: str) -> list[list[str]]:
    root = etree.parse(KIT / "tm" / name).getroot()
    return [["".join(segment.itertext()) for segment in unit.iter("seg")] for unit in root.iter("tu")]


def _review(occurrences: int, *, source: str, target: str) -> None:
    """A reviewer settles the first of the segments with a source."""
    tree = etree.fromstring(FILE.read_bytes())
    places = [unit.find("{*}target") for unit in tree.iter("{*}trans-unit") if "".join(unit.find("{*}source").itertext()) == source]
    assert len(places) == occurrences
    places[0].text = target
    places[0].set("state", "final")
    FILE.write_bytes(etree.tostring(tree, encoding="UTF-8", xml_declaration=True))
    assert _invoke("import", str(FILE)).exit_code == 0


def _pairs_after_kit(name: str) -> list[list[str]]:
    """What a memory of the kit holds when it was made anew."""
    assert _invoke("kit", "omegat", "treaty", "--to", "de", "-q").exit_code == 0
    return _pairs(name)


@pytest.mark.usefixtures("work")
def test_everything_is_in_its_place() -> None:
    """Sources as targets, machine text and memory with OmegaT's tags, the terms of the article, and no segmentation."""
    result = _invoke("kit", "omegat", "treaty", "--to", "de", "--json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert (report["segments"], report["folder"]) == (4, str(KIT.resolve()))
    document = versions.parse((KIT / "source" / "treaty.xlf").read_bytes(), skeleton=None).document
    assert [segment.target for segment in document.segments() if segment.translate] == [
        segment.source for segment in document.segments() if segment.translate
    ]
    machine = dict(_pairs("mt/machine.tmx"))
    assert "The <g0>members</g0> met in <g1>Almaty</g1>." in machine
    assert "<g0>" in machine["The <g0>members</g0> met in <g1>Almaty</g1>."]
    assert "Line<x0/>break." in machine
    assert _pairs("memory.tmx") == [["The CSTO said 6.", "Die OVKS sagte 6."]]
    rows = [line.split("\t") for line in (KIT / "glossary" / "treaty.utf8").read_text("utf-8").splitlines()]
    assert ["CSTO", "OVKS"] in [row[:2] for row in rows]
    project = etree.parse(KIT / "omegat.project")
    assert [project.findtext(f"project/{name}") for name in ("source_lang", "target_lang", "sentence_seg")] == ["en", "de", "false"]
    assert all((KIT / name).is_dir() for name in ("target", "omegat", "dictionary", "tm/auto"))


@pytest.mark.usefixtures("work")
def test_a_second_kit_keeps_the_translators_work() -> None:
    """Making the kit again changes nothing in OmegaT's own files, and writes the same bytes."""
    assert _invoke("kit", "omegat", "treaty", "--to", "de", "-q").exit_code == 0
    (KIT / "omegat" / "project_save.tmx").write_text("work")
    files = {path: path.read_bytes() for path in KIT.rglob("*") if path.is_file()}
    assert _invoke("kit", "omegat", "treaty", "--to", "de", "-q").exit_code == 0
    assert {path: path.read_bytes() for path in KIT.rglob("*") if path.is_file()} == files


@pytest.mark.usefixtures("work")
def test_an_untouched_kit_changes_nothing() -> None:
    """A source file that comes back as it went brings no change: copies of sources are nobody's translation."""
    assert _invoke("kit", "omegat", "treaty", "--to", "de", "-q").exit_code == 0
    before = FILE.read_bytes()
    result = _invoke("import", str(KIT / "source" / "treaty.xlf"), "--json")
    assert result.exit_code == 0, result.output
    assert FILE.read_bytes() == before


@pytest.mark.usefixtures("work")
def test_a_translation_comes_back() -> None:
    """What was translated in the kit arrives, machine text that was taken over counts as confirmed, and the rest stays as it was."""
    assert _invoke("kit", "omegat", "treaty", "--to", "de", "-q").exit_code == 0
    before = {segment.id: segment for segment in versions.parse(FILE.read_bytes(), skeleton=None).document.segments()}
    source = KIT / "source" / "treaty.xlf"
    machine = next(pair[1] for pair in _pairs("mt/machine.tmx") if pair[0] == "The CSTO in Almaty")
    text = source.read_text("utf-8")
    changed = text.replace(">The CSTO said 5.</target>", ">Die OVKS sagte 5.</target>")
    changed = changed.replace(">The CSTO in Almaty</target>", f">{machine}</target>")
    assert changed.count("Die OVKS sagte 5.") == changed.count(machine) == 1
    (KIT / "target" / "treaty.xlf").write_text(changed, "utf-8")
    result = _invoke("import", str(KIT / "target" / "treaty.xlf"))
    assert result.exit_code == 0, result.output
    after = {plain(segment.source): segment for segment in versions.parse(FILE.read_bytes(), skeleton=None).document.segments()}
    edited, confirmed = after.pop("The CSTO said 5."), after.pop("The CSTO in Almaty")
    assert (plain(edited.target or ()), edited.state.value, edited.substate) == ("Die OVKS sagte 5.", "translated", "tp:edited")
    assert (confirmed.target, confirmed.state.value) == (before[confirmed.id].target, "translated")
    assert [(one.target, one.state) for one in after.values()] == [(before[one.id].target, before[one.id].state) for one in after.values()]


@pytest.mark.usefixtures("work")
def test_what_people_did_is_a_translation_in_the_kit() -> None:
    """Reviewed text is where OmegaT takes translations from, and nothing of it is offered as a suggestion only; it comes back as it was."""
    assert _pairs_after_kit("auto/work.tmx") == []
    _review(1, source="The CSTO said 5.", target="Die OVKS sagte 5.")
    assert _pairs_after_kit("auto/work.tmx") == [["The CSTO said 5.", "Die OVKS sagte 5."]]
    assert _pairs("work.tmx") == []
    before = FILE.read_bytes()
    text = (KIT / "source" / "treaty.xlf").read_text("utf-8")
    (KIT / "target" / "treaty.xlf").write_text(text.replace(">The CSTO said 5.</target>", ">Die OVKS sagte 5.</target>"), "utf-8")
    assert _invoke("import", str(KIT / "target" / "treaty.xlf")).exit_code == 0
    assert FILE.read_bytes() == before


def test_a_source_with_two_targets_is_left_to_the_translator(desk: pathlib.Path) -> None:
    """OmegaT would put one translation everywhere, so what was translated in two ways, or only here and not there, is a suggestion."""
    (desk / "treaty.txt").write_text("They said no. He came.\n\nThey said no. She went.\n")
    assert _invoke("run", "treaty.txt", "--from", "en", "--to", "de", "-q").exit_code == 0
    _review(2, source="They said no.", target="Sie sagten nein.")
    assert _pairs_after_kit("work.tmx") == [["They said no.", "Sie sagten nein."]]
    assert _pairs("auto/work.tmx") == []


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize(
    ("words", "part"), [(["treaty", "--to", "ru"], "no work into ru"), (["nothing", "--to", "de"], "nothing: no work")]
)
def test_what_is_not_there_makes_no_kit(words: list[str], part: str) -> None:
    """An unknown article or language is wrong usage, and nothing is written."""
    result = _invoke("kit", "omegat", *words)
    assert result.exit_code == 2
    assert part in result.output
    assert not KIT.exists()


@pytest.mark.usefixtures("work")
def test_changed_work_is_taken_in_first() -> None:
    """A kit is made from the current state of the work, so a file that waits for import is refused."""
    FILE.write_bytes(FILE.read_bytes().replace(b"</target>", b"!</target>", 1))
    result = _invoke("kit", "omegat", "treaty", "--to", "de")
    assert result.exit_code == 1
    assert "import" in result.output
