"""Hand jobs out again, in another form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translate_pipeline.errors import PipelineError, UsageError
from translate_pipeline.pipeline import store
from translate_pipeline.workspace import Workspace
from translate_pipeline.xliff import versions

__all__ = ["Exported", "export", "refuse_unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What became of a language pair. `status` is "written", "unchanged" or "failed" (then `message` says why)."""

    slug: str
    status: str
    source: str = ""
    target: str = ""
    xliff: str = ""
    message: str = ""


def export(
    workspace: Workspace,
    *,
    slugs: Sequence[str] = (),
    targets: Sequence[str] = (),
    xliff: versions.Version | None = None,
    segmentation: versions.Segmentation | None = None,
) -> Iterator[Exported]:
    """Write the files of the articles called `slugs`, or of all, anew in the given form; only those into `targets` where some are named.

    The work in them stays what it is, and a later run leaves the form alone. Findings are computed anew.

    Raises:
        UsageError: a slug that has no work, or not into the languages named.
    """
    refuse_unknown(workspace, slugs)
    for slug in slugs or workspace.slugs():
        pairs = [pair for pair in store.pairs(workspace, slug) if not targets or pair[1] in targets]
        if slugs and not pairs:
            raise UsageError(f"{slug}: not translated into {', '.join(targets)}. `run` it first.")
        for source, target in pairs:
            path = workspace.xliff_path(slug, source, target)
            try:
                written = _exported(workspace, slug, (source, target), xliff, segmentation)
            except PipelineError as problem:
                yield Exported(slug=slug, source=source, target=target, status="failed", message=str(problem))
                continue
            yield Exported(slug=slug, source=source, target=target, status="written" if written else "unchanged", xliff=str(path))


def refuse_unknown(workspace: Workspace, slugs: Sequence[str]) -> None:
    """Make sure that there is work under each name.

    Raises:
        UsageError: under some there is none.
    """
    known = workspace.slugs()
    if unknown := sorted(set(slugs) - set(known)):
        raise UsageError(f"No work called {', '.join(unknown)}. There is {', '.join(known) or 'none'}.")


def _exported(
    workspace: Workspace, slug: str, pair: tuple[str, str], xliff: versions.Version | None, segmentation: versions.Segmentation | None
) -> bool:
    with workspace.lock(slug):
        stored = store.load(workspace, slug=slug, source=pair[0], target=pair[1])
        assert stored.current is not None
        if stored.touched:
            raise store.returned_work(workspace.xliff_path(slug, *pair))
        return store.hand_out_again(workspace, stored.current.document, stored, segmentation=segmentation, xliff=xliff)
