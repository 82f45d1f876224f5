"""The store: any version of XLIFF holds the same work, and what was killed or changed is told apart."""

import pathlib
from collections.abc import Callable

import pytest

from translate_pipeline.content import plain
from translate_pipeline.pipeline import store
from translate_pipeline.pipeline.job import Job
from translate_pipeline.pipeline.run import run
from translate_pipeline.workspace import Article, Workspace
from translate_pipeline.xliff import versions

Make = Callable[..., Job]
Text = Callable[..., Article]


def _load(workspace: Workspace, *, discard: bool = False) -> store.Stored:
    return store.load(workspace, slug="treaty", source="en", target="de", discard=discard)


@pytest.mark.parametrize("segmentation", ["unit", "mrk"])
@pytest.mark.parametrize("xliff", versions.WRITTEN)
def test_every_version_holds_the_same_work(tmp_path: pathlib.Path, job: Make, article: Text, xliff: str, segmentation: str) -> None:
    """A file of any version and segmentation is read back as the same document, and the next run leaves it alone."""
    plain_work, work = Workspace(tmp_path / "a"), Workspace(tmp_path / "b")
    list(run([article()], job(), plain_work))
    setup = job(xliff=xliff, segmentation=segmentation)
    list(run([article()], setup, work))
    usual, stored = _load(plain_work).current, _load(work).current
    assert usual is not None
    assert stored is not None
    assert (stored.document, stored.version) == (usual.document, xliff)
    assert versions.segmentation_of(_load(work).data) == segmentation
    assert [outcome.status for outcome in run([article()], setup, work)] == ["unchanged"]


def test_findings_stand_in_the_file_and_are_no_part_of_the_work(tmp_path: pathlib.Path, job: Make, article: Text) -> None:
    """What the checks find is written as notes of ours, and dropped when the file is read."""
    workspace = Workspace(tmp_path)
    list(run([article(b"It was 7 o'clock at 5 http://example.org/a today.\n")], job(), workspace))
    stored = _load(workspace)
    assert b'from="translate-pipeline"' in stored.data
    assert stored.current is not None
    assert not any(segment.notes for segment in stored.current.document.segments())


def test_discard_goes_back_to_what_was_handed_out(tmp_path: pathlib.Path, job: Make, article: Text) -> None:
    """With discard the newest file that was handed out stands for a changed one, also for one that cannot be read any more."""
    workspace = Workspace(tmp_path)
    list(run([article()], job(), workspace))
    path, whole = workspace.xliff_path("treaty", "en", "de"), _load(workspace)
    for changed in (whole.data.replace(b"OVKS", b"ODKB"), b"<xliff"):
        path.write_bytes(changed)
        found = _load(workspace, discard=True)
        assert (found.touched, found.current, found.data) == (True, whole.current, whole.data)
        assert [outcome.status for outcome in run([article()], job(discard=True), workspace)] == ["written"]
        after = _load(workspace).current
        assert after is not None
        assert "OVKS" in "".join(plain(segment.target or ()) for segment in after.document.segments())
        whole = _load(workspace)


def test_skeletons_are_never_looked_for_elsewhere(tmp_path: pathlib.Path, job: Make, article: Text) -> None:
    """A file that names another place for its skeleton is read without one."""
    workspace = Workspace(tmp_path)
    list(run([article()], job(), workspace))
    path = workspace.xliff_path("treaty", "en", "de")
    data = path.read_bytes()
    name = store.skeleton_name(_load(workspace).current.document)  # type: ignore[union-attr]
    path.write_bytes(data.replace(name.encode(), b".base/../../../secret.skl.xml"))
    stored = _load(workspace)
    assert stored.touched
    assert stored.current is not None
    assert not stored.current.document.metadata[1:]
