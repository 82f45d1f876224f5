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


def _files(workspace: Workspace) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in workspace.output.rglob("*.x*") if path.is_file()}


def _doubled(data: bytes) -> bytes:
    return data.replace(b'id="s3"', b'id="s2"')


@pytest.mark.parametrize("discard", [False, True])
@pytest.mark.parametrize("damage", [lambda data: data[:200], lambda _: b"", _doubled], ids=["cut", "empty", "doubled ids"])
@pytest.mark.parametrize("kind", ["skeletons", "bases"])
def test_the_next_run_writes_damaged_files_again(
    tmp_path: pathlib.Path, job: Make, article: Text, kind: str, damage: Callable[[bytes], bytes], discard: bool
) -> None:
    """A skeleton or a base can be made from what else is there, as long as the article is the same; nothing is asked and no id changes."""
    workspace = Workspace(tmp_path)
    list(run([article()], job("de", "fr"), workspace))
    whole = _files(workspace)
    for path in getattr(workspace, kind)("treaty"):
        path.write_bytes(damage(path.read_bytes()))
    assert [outcome.status for outcome in run([article()], job("de", "fr", discard=discard), workspace)] == ["unchanged", "unchanged"]
    assert _files(workspace) == whole


def test_a_damaged_skeleton_of_a_changed_article_is_named(tmp_path: pathlib.Path, job: Make, article: Text) -> None:
    """What nobody can make again is asked for by its name; with discard the article is translated anew, in all languages."""
    workspace = Workspace(tmp_path)
    list(run([article()], job("de", "fr"), workspace))
    (path,) = workspace.skeletons("treaty")
    path.write_bytes(path.read_bytes()[:200])
    changed = article(b"Another treaty\n\nNobody met.\n")
    for outcome in run([changed], job("de", "fr"), workspace):
        assert outcome.status == "failed"
        assert path.name in outcome.message
        assert "--discard" in outcome.message
    assert [outcome.status for outcome in run([changed], job("de", "fr", discard=True), workspace)] == ["written", "written"]
    assert [outcome.status for outcome in run([changed], job("de", "fr"), workspace)] == ["unchanged", "unchanged"]


def test_a_number_that_nobody_gave_is_a_change(tmp_path: pathlib.Path, job: Make, article: Text) -> None:
    """A file that claims to be newer than the next one that will be handed out was not left by a run that was killed."""
    workspace = Workspace(tmp_path)
    list(run([article()], job(), workspace))
    path = workspace.xliff_path("treaty", "en", "de")
    path.write_bytes(path.read_bytes().replace(b'build-num="1"', b'build-num="999999999"'))
    assert _load(workspace).touched
    list(run([article()], job(discard=True), workspace))
    after = _load(workspace)
    assert (after.touched, after.build) == (False, 2)


def test_pairs_are_those_of_the_names(tmp_path: pathlib.Path, job: Make, article: Text) -> None:
    """Copies and other files beside the work are nobody's concern, and a header that was changed does not change whose file it is."""
    workspace = Workspace(tmp_path)
    list(run([article()], job(), workspace))
    path = workspace.xliff_path("treaty", "en", "de")
    for name in ("junk.xlf", "treaty.en.de copy.xlf", "en.de.xlf", "other.en.de.xlf"):
        (path.parent / name).write_bytes(path.read_bytes())
    (path.parent / "treaty.en.es.xlf").mkdir()
    path.write_bytes(path.read_bytes().replace(b'target-language="de"', b'target-language="fr"'))
    assert store.pairs(workspace, "treaty") == (("en", "de"),)
    assert _load(workspace).touched
