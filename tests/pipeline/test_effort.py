"""Effort over the store."""

import pathlib
from collections.abc import Callable

import pytest

from translate_pipeline.config import Settings
from translate_pipeline.errors import UsageError
from translate_pipeline.pipeline.effort import report
from translate_pipeline.pipeline.import_ import Signature, take_back
from translate_pipeline.pipeline.job import Job
from translate_pipeline.pipeline.run import run
from translate_pipeline.workspace import Article, Workspace


def test_confirmed_and_edited_work_is_measured(tmp_path: pathlib.Path, job: Callable[..., Job], article: Callable[..., Article]) -> None:
    """Before review there is nothing; afterwards the edited segment counts against the reviewer and the engine."""
    workspace = Workspace(tmp_path / "output")
    list(run([article()], job(), workspace))
    assert report(workspace, ()).segments == ()
    path = workspace.xliff_path("treaty", "en", "de")
    data = path.read_bytes()
    end = data.index(b"</target>")
    path.write_bytes(data[:end] + b" und mehr" + data[end:])
    signature = Signature(reviewer="Anna", at="2026-11-22", accept_unchanged=True)
    list(take_back(Settings(root=tmp_path, output=workspace.output), workspace, [path], signature))
    found = report(workspace, ("treaty",))
    (total,) = found.totals["reviewer"]
    assert (total.name, total.segments, total.untouched) == ("Anna", 3, 2)
    assert [effort.edits for effort in found.segments] == [2, 0, 0]


def test_unknown_article(tmp_path: pathlib.Path) -> None:
    """A name without work is wrong usage."""
    with pytest.raises(UsageError, match="nobody"):
        report(Workspace(tmp_path), ("nobody",))
