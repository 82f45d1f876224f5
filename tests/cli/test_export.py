"""The export command: the same work in another form."""

import json
import pathlib

import pytest
from click.testing import CliRunner, Result

from translate_pipeline.cli.group import cli
from translate_pipeline.xliff import versions

FILE = pathlib.Path("output/work/page/page.en.de.xlf")
PAGE = pathlib.Path("output/site/page/en.de.html")


def _invoke(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


@pytest.fixture
def work(desk: pathlib.Path) -> pathlib.Path:
    """An article in two languages."""
    assert _invoke("run", "page.html", "--from", "en", "--to", "de", "--to", "fr", "-q").exit_code == 0
    return desk


def _skeleton_and_page() -> tuple[bytes, ...]:
    return (*(path.read_bytes() for path in sorted(FILE.parent.glob(".base/*.skl.xml"))), PAGE.read_bytes())


@pytest.mark.usefixtures("work")
def test_another_form_is_the_same_work() -> None:
    """Through every version and segmentation and back: the same document and page, unchanged for run and status, and the first bytes again."""
    first, page = FILE.read_bytes(), _skeleton_and_page()
    for version in (*versions.WRITTEN, "1.2"):
        for segmentation in ("mrk", "unit"):
            result = _invoke("export", "page", "--to", "de", "--xliff", version, "--segmentation", segmentation)
            assert result.exit_code == 0
            data = FILE.read_bytes()
            assert (versions.version_of(data), versions.segmentation_of(data)) == (version, segmentation)
            assert "unchanged" in _invoke("export", "page", "--to", "de", "--xliff", version).output
            assert "unchanged" in _invoke("run", "page.html", "--from", "en", "--to", "de").output
            assert FILE.read_bytes() == data
            assert "import" not in _invoke("status").output
            assert _invoke("publish", "page", "-q").exit_code == 0
    assert _skeleton_and_page()[:-1] == page[:-1]
    builds = [versions.peek(data).build for data in (FILE.read_bytes(), first)]
    assert FILE.read_bytes() == first.replace(b'build-num="%d"' % builds[1], b'build-num="%d"' % builds[0])


@pytest.mark.usefixtures("work")
def test_pages_do_not_depend_on_the_version() -> None:
    """The same job in 1.2 and in 2.x gives the same page."""
    pages = []
    for version in versions.WRITTEN:
        assert _invoke("export", "--xliff", version, "-q").exit_code == 0
        assert _invoke("publish", "-q").exit_code == 0
        pages.append(PAGE.read_bytes())
    assert pages == [pages[0]] * len(versions.WRITTEN)


@pytest.mark.usefixtures("work")
def test_somebodys_work_is_not_overwritten() -> None:
    """A file that changed is refused and stays; the others are done."""
    changed = FILE.read_bytes().replace(b"</target>", b"!</target>", 1)
    FILE.write_bytes(changed)
    result = _invoke("export", "--xliff", "2.0", "--json")
    assert result.exit_code == 1
    assert {row["target"]: row["status"] for row in json.loads(result.stdout)} == {"de": "failed", "fr": "written"}
    assert "import" in result.stderr
    assert FILE.read_bytes() == changed


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize(
    ("words", "part"), [(["nothing"], "No work called nothing. There is page."), (["page", "--to", "ru"], "not translated into ru")]
)
def test_what_is_not_there_cannot_be_exported(words: list[str], part: str) -> None:
    """An unknown article or language is wrong usage."""
    result = _invoke("export", *words)
    assert result.exit_code == 2
    assert part in result.output
