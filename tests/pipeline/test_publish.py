"""From the store to the site: incremental, honest, nothing left behind."""

import contextlib
import io
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time
import zipfile
from dataclasses import replace

import lxml.etree
import pytest

from translate_pipeline import ingest
from translate_pipeline.config import Settings
from translate_pipeline.content import from_text, plain
from translate_pipeline.errors import PublishError, SlugError, UsageError
from translate_pipeline.model import Document, Provenance, Segment, State
from translate_pipeline.pipeline import store
from translate_pipeline.pipeline.publish import RECORD, Published, prepare, publish
from translate_pipeline.publish.edition import Site
from translate_pipeline.segmentation import segment
from translate_pipeline.workspace import Workspace, slug_of

TEXT = "A short treaty\n\nThe members met in Almaty on Friday. They said nothing new.\n\n{more}\n"


def _document(
    slug: str = "treaty", target: str = "de", more: str = "The end.", *, state: State = State.INITIAL, substate: str = "tp:mt"
) -> Document:
    """An article, translated by turning its letters round, in the given state."""
    read = ingest.read(TEXT.format(more=more).encode(), slug=slug, original=f"{slug}.txt", language="en").document
    (document,) = segment()([read])
    person = (Provenance(action="reviewed", person="Anna Weber", at="2026-11-03"),) if state >= State.REVIEWED else ()

    def translate(item: Segment) -> Segment:
        return replace(item, target=from_text(plain(item.source)[::-1]), state=state, substate=substate, provenance=person)

    blocks = tuple(replace(block, segments=tuple(translate(item) for item in block.segments)) for block in document.blocks)
    return replace(document.for_target(target), blocks=blocks)


def _hand_out(workspace: Workspace, document: Document, build: int = 1) -> None:
    with workspace.lock(document.id):
        store.hand_out(workspace, document, recipe="0" * 16, build=build, segmentation="unit")


def _site(workspace: Workspace) -> dict[str, bytes]:
    return {path.relative_to(workspace.site).as_posix(): path.read_bytes() for path in workspace.site.rglob("*") if path.is_file()}


def _run(workspace: Workspace, **options: object) -> list[Published]:
    return list(publish(workspace, Site(**options)))  # type: ignore[arg-type]


@pytest.fixture
def workspace(tmp_path: pathlib.Path) -> Workspace:
    """Two articles, one of them in two languages."""
    made = Workspace(tmp_path / "output")
    for document in (_document(), _document(target="ru"), _document("other")):
        _hand_out(made, document)
    return made


def test_everything_is_published(workspace: Workspace) -> None:
    """All pages of all articles, assets and index; never an XLIFF, database or dot file."""
    results = _run(workspace)
    assert [(item.slug, item.status) for item in results] == [("other", "written"), ("treaty", "written")]
    names = set(_site(workspace))
    assert {f"treaty/{name}.html" for name in ("en", "de", "ru", "en.de", "en.ru")} <= names
    assert {"index.html", "assets/edition.css", "assets/edition.js"} <= names
    assert {pathlib.PurePosixPath(name).suffix for name in names} == {".html", ".css", ".js"}
    assert set(results[1].pages) == {name for name in names if name.startswith("treaty/")}


def test_an_unchanged_site_is_left_alone(workspace: Workspace) -> None:
    """Publishing again writes nothing; a lost record costs work, and gives the same bytes."""
    _run(workspace)
    before = {path: path.stat().st_mtime_ns for path in workspace.output.rglob("*") if path.is_file() and ".tmp" not in path.parts}
    assert {item.status for item in _run(workspace)} == {"unchanged"}
    assert {path: path.stat().st_mtime_ns for path in before} == before
    (workspace.output / RECORD).unlink()
    assert {item.status for item in _run(workspace)} == {"written"}
    assert {path: path.stat().st_mtime_ns for path in before if path.name != RECORD} == {
        path: time for path, time in before.items() if path.name != RECORD
    }


def test_only_what_changed_is_rendered(workspace: Workspace) -> None:
    """A changed translation changes its article and the index; another base URL changes everything."""
    _run(workspace)
    _hand_out(workspace, _document("other", state=State.REVIEWED, substate=""), build=2)
    assert {item.slug: item.status for item in _run(workspace)} == {"other": "written", "treaty": "unchanged"}
    assert b"Reviewed translation" in _site(workspace)["index.html"]
    assert {item.status for item in _run(workspace, base_url="https://site.example")} == {"written"}
    assert {"sitemap.xml", "feed.de.xml", "feed.en.xml", "feed.ru.xml"} <= set(_site(workspace))
    _run(workspace)
    assert not {"sitemap.xml", "feed.de.xml"} & set(_site(workspace))


def test_a_damaged_page_is_written_again(workspace: Workspace) -> None:
    """A page that is gone or cut is noticed, though nothing changed."""
    _run(workspace)
    good = _site(workspace)
    (workspace.site / "treaty" / "de.html").unlink()
    (workspace.site / "other" / "de.html").write_bytes(b"")
    (workspace.site / "index.html").unlink()
    _run(workspace)
    assert _site(workspace) == good


def test_what_is_withdrawn_is_removed_and_listed(workspace: Workspace) -> None:
    """An article whose work is gone, and a translation whose file is gone, leave the site."""
    _run(workspace)
    for path in sorted((workspace.output / "work" / "other").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    (workspace.output / "work" / "other").rmdir()
    workspace.xliff_path("treaty", "en", "ru").unlink()
    results = {item.slug: item for item in _run(workspace)}
    assert results["treaty"].removed == ("treaty/en.ru.html", "treaty/ru.html")
    assert results["other"].status == "removed"
    assert not [name for name in _site(workspace) if name.startswith("other/") or ".ru." in name]
    assert b"other" not in _site(workspace)["index.html"]


def test_minimum_state(workspace: Workspace) -> None:
    """Below --min-state a translation is withheld, said, and removed if it was published."""
    _hand_out(workspace, _document(state=State.REVIEWED, substate=""), build=2)
    _run(workspace)
    results = {item.slug: item for item in _run(workspace, minimum=State.REVIEWED)}
    assert results["other"].status == "withheld"
    assert "not all sentences are reviewed" in results["other"].notes[0]
    assert "treaty ru" in results["treaty"].notes[0]
    assert sorted(name for name in _site(workspace) if "/" in name and not name.startswith("assets")) == [
        "treaty/de.html",
        "treaty/en.de.html",
        "treaty/en.html",
    ]


def test_conflicts_are_not_published(workspace: Workspace) -> None:
    """Two versions of a sentence: somebody has to decide first."""
    _hand_out(workspace, _document("other", state=State.TRANSLATED, substate="tp:conflict"), build=2)
    results = {item.slug: item for item in _run(workspace)}
    assert results["other"].status == "withheld"
    assert "two versions" in results["other"].notes[0]


def test_work_that_came_back_is_not_passed_over(workspace: Workspace) -> None:
    """A file that was changed after it was handed out is refused until it is imported; the published pages stay, others are done."""
    _run(workspace)
    good = _site(workspace)
    path = workspace.xliff_path("treaty", "en", "de")
    path.write_bytes(path.read_bytes().replace(b".dne ehT", b"Das Ende."))
    results = {item.slug: item for item in _run(workspace)}
    assert results["treaty"].status == "failed"
    assert "import" in results["treaty"].message
    assert results["other"].status == "unchanged"
    assert _site(workspace) == good


def test_without_its_skeleton_nothing_is_published(workspace: Workspace) -> None:
    """The skeleton is the only source of markup: a file without it is refused."""
    for path in workspace.skeletons("other"):
        path.unlink()
    results = {item.slug: item for item in _run(workspace)}
    assert results["other"].status == "failed"
    assert "skeleton" in results["other"].message


def test_some_articles(workspace: Workspace) -> None:
    """Named articles are published; the index has all that ever were; an unknown name is wrong usage."""
    list(publish(workspace, Site(), slugs=["other"]))
    assert "treaty/de.html" not in _site(workspace)
    list(publish(workspace, Site(), slugs=["treaty"]))
    index = _site(workspace)["index.html"]
    assert b'id="other"' in index
    assert b'id="treaty"' in index
    with pytest.raises(UsageError, match="nothing-such"):
        list(publish(workspace, Site(), slugs=["nothing-such"]))


def test_no_article_takes_the_place_of_what_the_site_shares(workspace: Workspace) -> None:
    """Whatever lies beside the folders of the articles is a name that no article gets, in any case."""
    list(publish(workspace, Site(base_url="https://news.example"), slugs=["other"], book="week"))
    shared = {path.name for path in workspace.site.iterdir()} - set(workspace.slugs())
    assert shared == {"assets", "feed.de.xml", "feed.en.xml", "index.html", "sitemap.xml", "week.en.de.epub"}
    for name in (*shared, *map(str.upper, shared)):
        with pytest.raises(SlugError, match="--slug"):
            slug_of(name)


def test_books_and_fragments(workspace: Workspace) -> None:
    """On request there are books and fragments, and they go when they are not asked for any more."""
    _run(workspace, epub=True, fragment=True)
    assert {"treaty/en.de.epub", "treaty/en.de.fragment.html"} <= set(_site(workspace))
    _run(workspace)
    assert not [name for name in _site(workspace) if name.endswith((".epub", "fragment.html"))]


def _book(workspace: Workspace, *slugs: str, title: str = "The Week", **options: object) -> list[Published]:
    results = publish(workspace, Site(**options), slugs=slugs, book=title)  # type: ignore[arg-type]
    return [item for item in results if item.kind == "book"]


def _identity(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        package = lxml.etree.fromstring(archive.read("EPUB/package.opf"))
    return str(package.findtext(".//{http://purl.org/dc/elements/1.1/}identifier"))


def _chapters(data: bytes) -> list[str]:
    """The last sentence of the source in each chapter that the table of contents names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        contents = lxml.etree.fromstring(archive.read("EPUB/nav.xhtml"))
        links = [link.get("href") for link in contents.iter("{http://www.w3.org/1999/xhtml}a")]
        return [re.findall(r"End of \w+", archive.read(f"EPUB/{link}").decode())[-1] for link in links]


def test_a_book_of_several_articles(workspace: Workspace) -> None:
    """All articles of a pair of languages in one book with a table of contents: by date and slug, or as they are named."""
    for slug, date in (("late", "2026-03-02"), ("early", "2026-03-01"), ("alpha", "2026-03-02")):
        _hand_out(workspace, replace(_document(slug, more=f"End of {slug}."), metadata=(("original", f"{slug}.txt"), ("date", date))))
    _hand_out(workspace, _document("other", more="End of other."), build=2)
    _hand_out(workspace, _document("treaty", more="End of treaty."), build=2)
    (result,) = _book(workspace)
    assert (result.slug, result.status, result.pages) == ("The-Week", "written", ("The-Week.en.de.epub", "The-Week.en.ru.epub"))
    assert result.notes == ("The-Week.en.de.epub: 5 of 5 articles", "The-Week.en.ru.epub: 1 of 5 articles")
    assert _chapters(_site(workspace)["The-Week.en.de.epub"]) == [
        "End of other",
        "End of treaty",
        "End of early",
        "End of alpha",
        "End of late",
    ]
    _book(workspace, "late", "early")
    assert _chapters(_site(workspace)["The-Week.en.de.epub"]) == ["End of late", "End of early"]


def test_a_book_stays_itself(workspace: Workspace) -> None:
    """Unchanged it is left alone; built again it is the same file; of reviewed articles it is another file with the same identity."""
    _book(workspace)
    first = _site(workspace)["The-Week.en.de.epub"]
    assert [item.status for item in _book(workspace)] == ["unchanged"]
    (workspace.output / RECORD).unlink()
    assert [item.status for item in _book(workspace)] == ["written"]
    assert _site(workspace)["The-Week.en.de.epub"] == first
    _hand_out(workspace, _document("other", state=State.REVIEWED, substate=""), build=2)
    assert [item.status for item in _book(workspace)] == ["written"]
    second = _site(workspace)["The-Week.en.de.epub"]
    assert second != first
    assert _identity(second) == _identity(first)
    assert _identity(_site(workspace)["The-Week.en.ru.epub"]) != _identity(first)


def test_a_book_goes_when_it_is_not_asked_for(workspace: Workspace) -> None:
    """A book that is not asked for any more, or whose record is lost, is removed and listed; so is one whose articles are withheld."""
    _book(workspace)
    _book(workspace, title="Another")
    assert {name for name in _site(workspace) if name.endswith(".epub")} == {"Another.en.de.epub", "Another.en.ru.epub"}
    (workspace.output / RECORD).unlink()
    gone = [item for item in _run(workspace) if item.kind == "book"]
    assert [(item.slug, item.status, item.removed) for item in gone] == [
        ("Another", "removed", ("Another.en.de.epub",)),
        ("Another", "removed", ("Another.en.ru.epub",)),
    ]
    _book(workspace)
    statuses = [(item.status, item.removed) for item in _book(workspace, minimum=State.FINAL)]
    assert statuses == [("withheld", ()), ("removed", ("The-Week.en.de.epub",)), ("removed", ("The-Week.en.ru.epub",))]
    assert not [name for name in _site(workspace) if name.endswith(".epub")]


def test_a_book_does_not_silently_go_without_an_article(workspace: Workspace) -> None:
    """While an article cannot be published, the book stays as it was, and says why."""
    _book(workspace)
    good = _site(workspace)
    path = workspace.xliff_path("treaty", "en", "de")
    path.write_bytes(path.read_bytes().replace(b".dne ehT", b"Das Ende."))
    (result,) = _book(workspace)
    assert result.status == "failed"
    assert "treaty" in result.message
    assert _site(workspace) == good


def test_a_book_is_not_lost_to_one_that_cannot_be_made(workspace: Workspace) -> None:
    """A book of another title that fails was never there, and the one that is there stays."""
    _book(workspace)
    good = _site(workspace)
    path = workspace.xliff_path("treaty", "en", "de")
    path.write_bytes(path.read_bytes().replace(b".dne ehT", b"Das Ende."))
    (result,) = _book(workspace, title="Another")
    assert (result.status, result.message.partition(":")[0]) == ("failed", "The book 'Another' was not made")
    assert _site(workspace) == good


def test_a_book_that_is_withheld_says_why(workspace: Workspace) -> None:
    """No article has reached the state that was asked for: the book is withheld with a reason."""
    (result, *_) = _book(workspace, minimum=State.FINAL)
    assert result.status == "withheld"
    assert "may be published" in result.notes[0]


@pytest.mark.parametrize("title", ["///", "", "  ", "a\x01b", "x\ufffe", "bad\udcff"])
def test_a_title_that_no_book_can_have(workspace: Workspace, title: str) -> None:
    """Nothing of the title is left in the name of a file, or XML cannot carry it: wrong usage, and nothing is written."""
    with pytest.raises(UsageError, match="--book"):
        _book(workspace, title=title)
    assert not workspace.site.exists()


def test_a_theme_from_a_folder(workspace: Workspace, tmp_path: pathlib.Path) -> None:
    """Templates and theme.css of the folder, properties of the settings; a folder that is not there is a sentence."""
    folder = tmp_path / "theme"
    folder.mkdir()
    (folder / "theme.css").write_text("p { margin: 0 }")
    (folder / "index.html").write_text('{% extends "default/index.html" %}{% block body_class %}ours{% endblock %}')
    site, looks = prepare(Settings(root=tmp_path, theme=folder, look=(("accent", "#036"),)))
    list(publish(workspace, site, looks=looks))
    found = _site(workspace)
    assert found["assets/theme.css"] == b":root {\n  --tp-accent: #036;\n}\np { margin: 0 }"
    assert b'<body class="ours">' in found["index.html"]
    assert b"assets/theme.css" in found["treaty/de.html"]
    with pytest.raises(PublishError, match="no such folder"):
        prepare(Settings(root=tmp_path, theme=tmp_path / "nothing"))


def test_the_record_is_data(workspace: Workspace) -> None:
    """The record is JSON with a digest an article."""
    _run(workspace)
    content = json.loads((workspace.output / RECORD).read_bytes())
    assert set(content["articles"]) == {"other", "treaty"}


def _lives(process: int) -> bool:
    """Whether a process is there, and more than a name that nobody has asked after."""
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _rendering(workspace: Workspace, processes: int) -> tuple[subprocess.Popen[str], list[int]]:
    """A `publish` in a process group of its own that has just begun to render in so many processes, and these."""
    document = _document(more="It was said again. " * 20)
    for number in range(45):
        _hand_out(workspace, replace(document, id=f"article-{number}"))
    command = [sys.executable, "-m", "translate_pipeline", "publish", "-q", "--output", str(workspace.output)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, process_group=0)
    children: list[int] = []
    deadline = time.monotonic() + 60
    while len(children) < processes and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.001)
        with contextlib.suppress(FileNotFoundError):
            children = [int(name) for name in pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
    return process, children


@pytest.mark.skipif(sys.platform != "linux" or os.cpu_count() == 1, reason="processes are seen in /proc; with one processor there are none")
def test_ctrl_c_while_processes_render(workspace: Workspace) -> None:
    """Ctrl-C in a terminal reaches every process of `publish`, at once after the first was started: it says so, in one line, and ends."""
    process, children = _rendering(workspace, 1)
    os.killpg(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert children
    assert said == "Stopped.\n"
    assert process.returncode == 1


@pytest.mark.skipif(sys.platform != "linux" or os.cpu_count() == 1, reason="processes are seen in /proc; with one processor there are none")
def test_a_killed_publish_leaves_no_process(workspace: Workspace) -> None:
    """The processes that render end with the one that started them, also when it is killed."""
    process, children = _rendering(workspace, os.cpu_count() or 1)
    deadline = time.monotonic() + 60
    process.kill()
    process.communicate()
    assert children
    while any(_lives(child) for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [child for child in children if _lives(child)]
