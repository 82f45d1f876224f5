"""The check command over stored work and given files."""

import importlib.util
import json
import pathlib
import re

import pytest
from click.testing import CliRunner, Result

from translate_pipeline.cli.group import cli
from translate_pipeline.xliff import versions

FILE = pathlib.Path("output/work/article/article.en.de.xlf")


def _invoke(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


@pytest.fixture(params=["1.2", "2.0", "2.1"])
def work(desk: pathlib.Path, request: pytest.FixtureRequest) -> pathlib.Path:
    """The work of an article with a date, in each version of XLIFF."""
    (desk / "article.txt").write_text("The president met the mayor in Berlin on 20 March. She said “no” twice.\n")
    assert _invoke("run", "article.txt", "--from", "en", "--to", "de", "--xliff", request.param, "-q").exit_code == 0
    return desk


def test_findings_are_listed_and_decide_the_exit_code(work: pathlib.Path) -> None:
    """A finding is a line with file, segment, severity, check and message; --fail-on says from which severity on the exit code is 1."""
    damaged = work / "returned.xlf"
    damaged.write_text(re.sub(r"(<target[^>]*>.*?)\b20\b", r"\g<1>30", FILE.read_text("utf-8"), flags=re.DOTALL), "utf-8")
    assert damaged.read_bytes() != FILE.read_bytes()
    result = _invoke("check", str(damaged), "--fail-on", "warning")
    assert result.exit_code == 1
    assert re.search(r"^returned\.xlf: s\d+: warning: numbers: .*30", result.output.replace(str(work) + "/", ""), re.MULTILINE), (
        result.output
    )
    assert _invoke("check", str(damaged)).exit_code == 0
    (row,) = [row for row in json.loads(_invoke("check", str(damaged), "--json").stdout) if row["shown"] == "30"]
    assert (row["check"], row["category"], row["severity"]) == ("numbers", "numbers", "warning")
    target = next(
        "".join(getattr(part, "value", "") for part in segment.target or ())
        for segment in versions.parse(damaged.read_bytes(), skeleton=None).document.segments()
        if segment.id == row["segment"]
    )
    assert target[row["start"] : row["end"]] == "30"


@pytest.mark.usefixtures("work")
def test_a_dismissed_finding_stays_away() -> None:
    """A dismissal with its reason is in the file that is handed out anew; check and run respect it, and run has nothing to do."""
    rows = json.loads(_invoke("check", "article", "--json").stdout)
    assert [row["check"] for row in rows] == ["quotes"]
    where = f"{rows[0]['segment']}:{rows[0]['check']}"
    result = _invoke("check", "article", "--dismiss", where, "--reason", 'Meant so: "no; really"', "--reviewer", "Anna; of the desk")
    assert "1 dismissed" in result.output
    assert json.loads(_invoke("check", "article", "--json").stdout) == []
    (dismissal,) = [item for segment in versions.parse(FILE.read_bytes(), skeleton=None).document.segments() for item in segment.dismissals]
    assert (dismissal.check, dismissal.reason, dismissal.person) == ("quotes", 'Meant so: "no; really"', "Anna; of the desk")
    version = versions.version_of(FILE.read_bytes())
    assert "unchanged" in _invoke("run", "article.txt", "--from", "en", "--to", "de", "--xliff", version).output


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["nothing"], "neither a file nor an article"),
        (["article", "--dismiss", "s1:numbers"], "go together"),
        (["article", "--reason", "why"], "go together"),
        (["article", "--dismiss", "numbers", "--reason", "why"], "SEGMENT:CHECK"),
        (["article", "--dismiss", "s999:numbers", "--reason", "why"], "numbers finds nothing in s999"),
        (["article", "--dismiss", "s1:style", "--reason", "why"], "'style' is no check"),
        (["article", "--dismiss", "s1:numbers", "--reason", "x\x01"], "--reason has the character U+0001 in line 1, column 2"),
        (["article", "--dismiss", "s1:numbers", "--reason", "why", "--reviewer", "\x01"], "--reviewer has the character U+0001"),
        (["article", "--reviewer", "Anna"], "goes with --dismiss"),
        (["article", "article", "--dismiss", "s1:numbers", "--reason", "why"], "one file or article at a time"),
        (["copy.xlf", "--dismiss", "s1:numbers", "--reason", "why"], "is not the current file"),
    ],
)
def test_wrong_usage_is_told(desk: pathlib.Path, words: list[str], part: str) -> None:
    """What cannot be checked or dismissed is said in a sentence, exit code 2, and nothing is changed."""
    assert _invoke("run", "article.txt", "--from", "en", "--to", "de", "-q").exit_code == 0
    before = FILE.read_bytes()
    (desk / "copy.xlf").write_bytes(before)
    result = _invoke("check", *words)
    assert result.exit_code == 2, result.output
    assert part in result.output
    assert FILE.read_bytes() == before


@pytest.mark.usefixtures("desk")
def test_dismissing_needs_an_untouched_file() -> None:
    """Somebody's changes are taken in before anything is handed out anew."""
    assert _invoke("run", "article.txt", "--from", "en", "--to", "de", "-q").exit_code == 0
    changed = re.sub(r"<target([^>]*)>[^<]*</target>", r"<target\1></target>", FILE.read_text("utf-8"))
    FILE.write_text(changed, "utf-8")
    rows = json.loads(_invoke("check", str(FILE), "--json").stdout)
    assert rows
    result = _invoke("check", str(FILE), "--dismiss", f"{rows[0]['segment']}:{rows[0]['check']}", "--reason", "why")
    assert result.exit_code == 1
    assert "import" in result.output
    assert FILE.read_text("utf-8") == changed


def test_an_unreadable_file_does_not_hide_the_others(desk: pathlib.Path) -> None:
    """A file that is no XLIFF is named, exit code 1; the others are checked."""
    (desk / "bad.xlf").write_text("<html/>")
    unit = '<trans-unit id="1"><source>Come at 7.</source><target>Komm um 8.</target></trans-unit>'
    (desk / "good.xlf").write_text(
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="en" '
        f'target-language="de" datatype="plaintext"><body>{unit}</body></file></xliff>'
    )
    result = _invoke("check", "bad.xlf", "good.xlf")
    assert result.exit_code == 1
    assert "bad.xlf: Line 1" in result.output
    assert "good.xlf: 1: warning: numbers" in result.output


def _file(name: str, *units: tuple[str, str]) -> str:
    """The `file` element of an article with these sources and targets."""
    texts = "".join(
        f'<trans-unit id="{n}"><source>{unit[0]}</source><target>{unit[1]}</target></trans-unit>' for n, unit in enumerate(units)
    )
    return f'<file original="{name}" source-language="en" target-language="de" datatype="plaintext"><body>{texts}</body></file>'


def test_every_article_of_a_file_is_checked_by_itself(desk: pathlib.Path) -> None:
    """A file may hold several articles; one source may have another target in another of them, but not in its own."""
    same = [("Come at once.", "Komm gleich."), ("Come at once.", "Sofort kommen.")]
    files = [_file("a", same[0]), _file("b", same[1]), _file("c", *same, ("At 7.", "Um 8."))]
    (desk / "many.xlf").write_text(f'<xliff version="1.2">{"".join(files)}</xliff>')
    rows = json.loads(_invoke("check", "many.xlf", "--json").stdout)
    assert [(row["segment"], row["check"]) for row in rows] == [("1", "inconsistent-target"), ("2", "numbers"), ("2", "numbers")]


def test_approvals_are_weighed_when_all_was_read(desk: pathlib.Path) -> None:
    """Twenty approvals of machine text without one edit are warnings in a file of other people, too, from the first on."""
    unit = (
        '<trans-unit id="{0}"><source>Sentence {0} is long.</source><target state="final">Satz {0} ist lang.</target>'
        '<alt-trans origin="mt:x"><target>Satz {0} ist lang.</target></alt-trans></trans-unit>'
    )
    for count, severity in ((19, "info"), (20, "warning")):
        body = "".join(unit.format(number) for number in range(count))
        (desk / "all.xlf").write_text(
            f'<xliff version="1.2"><file original="a" source-language="en" target-language="de"><body>{body}</body></file></xliff>'
        )
        rows = json.loads(_invoke("check", "all.xlf", "--json").stdout)
        assert [(row["check"], row["severity"]) for row in rows] == [("unedited-mt", severity)] * count


def test_a_file_of_other_people_is_never_in_memory_at_once(desk: pathlib.Path) -> None:
    """A file with 40 MB of notes needs no more memory than one with a kilobyte of them."""
    spec = importlib.util.spec_from_file_location("foreign_benchmark", pathlib.Path(__file__).parents[2] / "benchmarks/foreign.py")
    assert spec is not None
    assert spec.loader is not None
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    unit = '<trans-unit id="{}"><source>Come at 7.</source><target>Komm um 7.</target><note>{}</note></trans-unit>'
    peaks = []
    for length in (10, 400_000):
        texts = "".join(unit.format(number, "x" * length) for number in range(100))
        (desk / "long.xlf").write_text(
            f'<xliff version="1.2"><file original="a" source-language="en" target-language="de"><body>{texts}</body></file></xliff>'
        )
        code, peak, _ = benchmark.measured(["check", "long.xlf"], desk, desk / "log")
        assert code == 0, (desk / "log").read_text()
        peaks.append(peak)
    assert peaks[1] - peaks[0] < 20  # MB


_NAMELESS = """<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file original="a" source-language="en" {}datatype="plaintext"><body>
<trans-unit id="1"><source>Press <mrk mtype="protected">OK</mrk> or <mrk mtype="protected">Esc</mrk> now.</source>
<target>Drücken Sie jetzt <mrk mtype="protected">OK</mrk> oder <mrk mtype="protected">Esc</mrk>.</target></trans-unit></body></file></xliff>"""


def test_protected_text_needs_no_name(desk: pathlib.Path) -> None:
    """Marks around protected text may have no `mid` (XLIFF 1.2 section 2.4); the first of the target stands for the first of the source."""
    (desk / "other.xlf").write_text(_NAMELESS.format('target-language="de" '), encoding="utf-8")
    result = CliRunner().invoke(cli, ["check", "other.xlf"])
    assert (result.exit_code, result.output) == (0, "No findings.\n")


def test_targets_without_a_language_are_refused(desk: pathlib.Path) -> None:
    """A file that does not name the language of its targets cannot be checked, and that is no clean bill."""
    (desk / "other.xlf").write_text(_NAMELESS.format(""), encoding="utf-8")
    result = CliRunner().invoke(cli, ["check", "other.xlf"])
    assert result.exit_code == 1
    assert "other.xlf: does not name the language of its targets" in result.output
