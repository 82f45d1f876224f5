"""The state of all work, whatever became of single files."""

import pathlib
from collections.abc import Callable

import pytest

from translate_pipeline.errors import PipelineError
from translate_pipeline.pipeline.effort import report
from translate_pipeline.pipeline.export import export
from translate_pipeline.pipeline.job import Job
from translate_pipeline.pipeline.publish import publish
from translate_pipeline.pipeline.run import run
from translate_pipeline.pipeline.status import status
from translate_pipeline.publish.edition import Site
from translate_pipeline.workspace import Article, Workspace

Make = Callable[..., Job]
Text = Callable[..., Article]


@pytest.fixture
def workspace(tmp_path: pathlib.Path, job: Make, article: Text) -> Workspace:
    """Two articles, translated."""
    made = Workspace(tmp_path / "output")
    list(run([article(slug="bad"), article(slug="good")], job(), made))
    return made


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'target-language="de"', b'target-language="fr"'),
        (b'target-language="de"', b""),
        (b'product-name="bad"', b'product-name="../../../evil"'),
        (b"<header>", b"<header/><header>"),
        (b"</body>", b""),
        (b"<xliff", b"<a><xliff"),
    ],
)
def test_a_bad_header_hides_no_other_work(workspace: Workspace, old: bytes, new: bytes) -> None:
    """Status, export and publish tell of the file by its own name and go on with the next."""
    path = workspace.xliff_path("bad", "en", "de")
    data = path.read_bytes()
    assert data.count(old) == 1
    path.write_bytes(data.replace(old, new))
    rows = {row.slug: row for row in status(workspace)}
    assert rows["bad"].returned or str(path) in rows["bad"].problem
    assert (rows["good"].returned, rows["good"].problem) == (False, "")
    done = {one.slug: one for one in export(workspace)}
    assert (done["bad"].status, done["good"].status) == ("failed", "unchanged")
    assert str(path) in done["bad"].message
    published = {one.slug: one for one in publish(workspace, Site())}
    assert (published["bad"].status, published["good"].status) == ("failed", "written")
    assert str(path) in published["bad"].message


def test_effort_names_the_file(workspace: Workspace) -> None:
    """A file that cannot be read is named."""
    path = workspace.xliff_path("bad", "en", "de")
    path.write_bytes(b"<xliff")
    with pytest.raises(PipelineError, match=r"bad\.en\.de\.xlf: Line 1"):
        report(workspace, [])


@pytest.mark.parametrize("damage", [lambda data: data[:200], lambda _: b""])
def test_a_damaged_skeleton_is_named(workspace: Workspace, damage: Callable[[bytes], bytes]) -> None:
    """Whoever needs the skeleton says which file is damaged; an empty one is no missing one."""
    (path,) = workspace.skeletons("bad")
    path.write_bytes(damage(path.read_bytes()))
    published = {one.slug: one for one in publish(workspace, Site())}
    for message in (published["bad"].message, next(row.problem for row in status(workspace)), next(iter(export(workspace))).message):
        assert str(path) in message
        assert "run the article again" in message
