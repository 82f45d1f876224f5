"""What reviewers changed, over the stored work."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from translate_pipeline.errors import UsageError
from translate_pipeline.pipeline import store
from translate_pipeline.review.effort import Effort, Total, efforts, predicts, totals
from translate_pipeline.workspace import Workspace

__all__ = ["Report", "report"]

_BY: dict[str, Callable[[Effort], str]] = {
    "article": lambda effort: effort.document,
    "reviewer": lambda effort: effort.reviewer or "unknown",
    "engine": lambda effort: effort.engine,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Efforts by segment, summed up by article, reviewer and engine, and whether low scores predicted edits (see `predicts`)."""

    segments: tuple[Effort, ...]
    totals: dict[str, tuple[Total, ...]]
    predicts: float | None


def report(workspace: Workspace, slugs: Sequence[str]) -> Report:
    """The effort in the work of some slugs, or of all.

    Raises:
        UsageError: a slug that has no work.
        ReturnedWorkError: a file cannot be read any more.
    """
    known = workspace.slugs()
    unknown = [slug for slug in slugs if slug not in known]
    if unknown:
        raise UsageError(f"{', '.join(unknown)}: no such article. There is work for {', '.join(known) or 'none'}.")
    found: list[Effort] = []
    for slug in slugs or known:
        for source, target in store.pairs(workspace, slug):
            current = store.load(workspace, slug=slug, source=source, target=target).current
            if current is not None:
                found += efforts(current.document)
    return Report(segments=tuple(found), totals={name: totals(found, key) for name, key in _BY.items()}, predicts=predicts(found))
