"""Bad input gets a sentence and exit code 1, the other articles are done, and nothing is overwritten or half written."""

import json
import os
import pathlib
import socket
import subprocess
import sys
import zipfile

import pytest
from click.testing import CliRunner, Result
from pytest_socket import SocketBlockedError

from translate_pipeline.cli.group import cli
from translate_pipeline.workspace import Workspace

EVIL_XML = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY f SYSTEM "file:///etc/passwd">]><html><body><p>&b; &f; The president met the mayor in Berlin.</p></body></html>'
)


def _run(*words: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, ["run", *words], input=stdin)


def assert_refused(result: Result, *parts: str) -> None:
    """Exit code 1, the parts of a sentence, and no traceback."""
    assert result.exit_code == 1, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    for part in parts:
        assert part in result.output


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "empty"),
        (b"   \n\n", ""),
        (bytes(range(256)) * 40, ""),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), ""),
        (b"Good \x01 text here, with a control character in it.", "U+0001 in line 1, column 6"),
        (b"12345 67890", "--from"),
    ],
)
def test_articles_that_are_none(newsroom: pathlib.Path, data: bytes, part: str) -> None:
    """Empty, blank, binary, uncarriable and languageless files are refused; the good article beside them is done."""
    (newsroom / "bad.txt").write_bytes(data)
    assert_refused(_run("bad.txt", "article.txt", "--to", "de"), "bad.txt", part, "1 of 2 failed")
    assert (newsroom / "output/site/article/en.de.html").exists()
    assert not (newsroom / "output/work/bad").exists()


def test_a_line_of_a_megabyte(newsroom: pathlib.Path) -> None:
    """A text in one line of 1 MB is segmented in reasonable time."""
    (newsroom / "long.txt").write_text("The president met the mayor in Berlin. " * 26_000)
    result = CliRunner().invoke(cli, ["segment", "long.txt", "--from", "en"])
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 26_000


def test_broken_and_hostile_markup(newsroom: pathlib.Path) -> None:
    """Broken HTML is read as browsers do; entities are never expanded and no file is fetched."""
    (newsroom / "broken.html").write_text("<p>The president met <b>the mayor in Berlin.</p><div></b>")
    (newsroom / "evil.html").write_text(EVIL_XML)
    result = _run("broken.html", "evil.html", "--from", "en", "--to", "de")
    assert "Traceback" not in result.output
    for path in (newsroom / "output").rglob("*"):
        if path.is_file():
            assert b"root:" not in path.read_bytes()
            assert b"aaaaaaaaaaaaaaaaaaaa" not in path.read_bytes()


def test_languages(newsroom: pathlib.Path) -> None:
    """A pair without a package names the command that installs one; a target that is the source is refused."""
    assert_refused(_run("article.txt", "--to", "ja"), "models install en ja")
    assert_refused(_run("article.txt", "--to", "en"), "is in en already")
    assert not (newsroom / "output/work").exists()


def test_encodings(newsroom: pathlib.Path) -> None:
    """An encoding that does not exist or does not fit is refused by name."""
    (newsroom / "latin.txt").write_bytes("Der Präsident traf die Bürgermeisterin.".encode("cp1252"))
    assert_refused(_run("article.txt", "--to", "de", "--encoding", "no-such"), "no-such")
    assert_refused(_run("latin.txt", "--to", "en", "--from", "de", "--encoding", "utf-8"), "utf-8")


@pytest.mark.parametrize("member", ["../evil/metadata.json", "/tmp/evil/metadata.json", "a/../../evil/x"])
def test_hostile_packages(newsroom: pathlib.Path, member: str) -> None:
    """A package with paths that lead outside is refused and unpacks nothing."""
    path = newsroom / "evil.argosmodel"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(member, "{}")
    assert_refused(_run("article.txt", "--to", "de", "--package", "evil.argosmodel"), "evil.argosmodel")
    assert_refused(CliRunner().invoke(cli, ["models", "install", "evil.argosmodel"]), "evil.argosmodel")
    assert not (newsroom / "evil").exists()
    assert not (newsroom / "output").exists()


def test_package_that_is_no_zip(newsroom: pathlib.Path) -> None:
    """Anything else given as a package gets a sentence."""
    (newsroom / "x.argosmodel").write_bytes(b"not a zip")
    assert_refused(_run("article.txt", "--to", "de", "--package", "x.argosmodel"), "x.argosmodel")


def test_contradictory_glossary(newsroom: pathlib.Path) -> None:
    """All contradictions of a glossary at once, with their lines, before anything is translated."""
    (newsroom / "bad.tsv").write_text("en\tde\nCSTO\tOVKS\nCSTO\tODKB\nNATO\tA|A\n")
    result = _run("article.txt", "--to", "de", "--glossary", "bad.tsv")
    assert_refused(result, "bad.tsv:3", "bad.tsv:4")
    assert_refused(CliRunner().invoke(cli, ["glossary", "check", "bad.tsv"]), "bad.tsv:3", "bad.tsv:4")
    assert not (newsroom / "output").exists()


def test_damaged_work_is_left_alone(newsroom: pathlib.Path) -> None:
    """An XLIFF file that cannot be read any more is somebody's work all the same."""
    assert _run("article.txt", "--to", "de").exit_code == 0
    path = Workspace(newsroom / "output").xliff_path("article", "en", "de")
    path.write_bytes(path.read_bytes()[:500])
    assert_refused(_run("article.txt", "--to", "de"), "article.en.de.xlf", "--discard")
    assert len(path.read_bytes()) == 500
    assert _run("article.txt", "--to", "de", "--discard").exit_code == 0


def test_output_that_cannot_be_written(newsroom: pathlib.Path) -> None:
    """An output directory that is a file is refused with its name."""
    (newsroom / "output").write_text("in the way")
    assert_refused(_run("article.txt", "--to", "de"), "output", "--output")


def test_read_only_home(newsroom: pathlib.Path) -> None:
    """A HOME that cannot be written does not matter."""
    environment = {**os.environ, "HOME": "/proc/self", "XDG_CACHE_HOME": "/proc/self/cache"}
    environment.pop("ARGOS_PACKAGES_DIR")
    command = [sys.executable, "-m", "translate_pipeline", "run", "article.txt", "--to", "de", "--json", "-q"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=newsroom, env=environment, check=False)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)[0]["status"] == "written"


def test_two_runs_at_once(newsroom: pathlib.Path) -> None:
    """The second run leaves to the first what that works on, and says so."""
    with Workspace(newsroom / "output").lock("article"):
        assert_refused(_run("article.txt", "page.html", "--to", "de"), "another run", "1 of 2 failed")
    assert (newsroom / "output/site/page/en.de.html").exists()


@pytest.mark.usefixtures("newsroom")
def test_nothing_opens_a_connection() -> None:
    """`run` works although these tests forbid sockets; so does everything but what asks the index, which is one sentence without one."""
    with pytest.warns(UserWarning, match="socket"), pytest.raises(SocketBlockedError):
        socket.socket()
    assert _run("article.txt", "articles", "--to", "de").exit_code == 0


@pytest.mark.usefixtures("newsroom")
@pytest.mark.enable_socket
def test_index_that_cannot_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the index, `models` says so in one sentence."""
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", "http://127.0.0.1:9/")
    for words in (["models", "list", "--available"], ["models", "install", "en", "ja"]):
        result = CliRunner().invoke(cli, words)
        assert_refused(result, "127.0.0.1:9")
        assert len(result.output.splitlines()) == 1


def test_libraries_that_must_never_be_loaded(newsroom: pathlib.Path) -> None:
    """A whole run loads neither minisbd nor onnxruntime nor argostranslate.translate."""
    code = (
        "import sys\nfrom translate_pipeline.cli.group import cli\n"
        "cli(['run', 'article.txt', '--to', 'de', '-q'], standalone_mode=False)\n"
        "bad = {'minisbd', 'onnxruntime', 'argostranslate.translate', 'torch', 'stanza', 'spacy'}\n"
        "print(sorted(bad & set(sys.modules)))\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=newsroom, check=True)
    assert result.stdout.splitlines()[-1] == "[]"


def test_one_bad_name_does_not_stop_the_others(newsroom: pathlib.Path) -> None:
    """A file that is missing and one without a name are told; the good article is done, though it is named twice."""
    (newsroom / " .txt").write_text("A short text in English, with some words.")
    assert_refused(
        _run("article.txt", "missing.txt", " .txt", "article.txt", "--to", "de"),
        "missing.txt: no such file",
        " .txt: ' ' gives no name",
        "2 of 3 failed",
    )
    assert (newsroom / "output/site/article/en.de.html").exists()


@pytest.mark.parametrize("words", [["run", "article.txt", "--to", "de"], ["segment", "article.txt"]])
def test_rules_are_blamed_by_their_file(newsroom: pathlib.Path, words: list[str]) -> None:
    """What is wrong in the user's segmentation rules is told with the path of the file and the line."""
    (newsroom / "mine.srx").write_text("<srx>\n<a></srx>")
    assert_refused(CliRunner().invoke(cli, [*words, "--srx", "mine.srx"]), "mine.srx:2: not well-formed")


def test_a_file_in_place_of_the_output(newsroom: pathlib.Path) -> None:
    """A file that lies where a folder is needed is told with what to do."""
    (newsroom / "output").mkdir()
    (newsroom / "output/work").write_text("")
    assert_refused(_run("article.txt", "--to", "de"), "output/work", "--output")


@pytest.mark.skipif(not pathlib.Path("/dev/zero").exists(), reason="the system has no endless device")
@pytest.mark.usefixtures("newsroom")
@pytest.mark.parametrize("option", ["--srx", "--glossary"])
def test_files_without_an_end(option: str) -> None:
    """Rules and glossaries are read up to a limit, so that a device or a pipe that never ends is refused."""
    assert_refused(_run("article.txt", "--to", "de", option, "/dev/zero"), "/dev/zero: more than 300 MB are not read")


@pytest.mark.usefixtures("newsroom")
@pytest.mark.parametrize(
    "words",
    [
        ["run", "nosuch", "--to", "de"],
        ["segment", "nosuch"],
        ["glossary", "match", "nosuch", "--to", "de"],
        ["glossary", "suggest", "nosuch"],
    ],
)
def test_an_article_that_is_not_there(words: list[str]) -> None:
    """Every command that takes an article says which one is missing, in the same words."""
    assert_refused(CliRunner().invoke(cli, words), "nosuch: no such file or directory.")


@pytest.mark.usefixtures("newsroom")
def test_standard_input_where_none_is_read() -> None:
    """A dash is the name of a file for a command that does not read standard input, which is not asked for a --slug that it lacks."""
    assert_refused(CliRunner().invoke(cli, ["glossary", "suggest", "-"], input="Peace."), "-: no such file or directory.")
