"""What is translated, reviewed, flagged, or waiting to be taken in."""

from collections.abc import Iterator
from dataclasses import dataclass

from translate_pipeline.errors import PipelineError
from translate_pipeline.model import State
from translate_pipeline.pipeline import store
from translate_pipeline.workspace import Workspace

__all__ = ["PairStatus", "status"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairStatus:
    """A language pair of an article: segments to be translated by state, how many are flagged, and whether a changed file waits for `import`."""

    slug: str
    source: str = ""
    target: str = ""
    states: tuple[tuple[str, int], ...] = ()
    flagged: int = 0
    returned: bool = False
    problem: str = ""

    @property
    def total(self) -> int:
        """All segments to be translated."""
        return sum(count for _, count in self.states)


def status(workspace: Workspace) -> Iterator[PairStatus]:
    """The state of all work, by slug and language pair. A file that cannot be read is reported, not raised."""
    for slug in workspace.slugs():
        for source, target in store.pairs(workspace, slug):
            try:
                stored = store.load(workspace, slug=slug, source=source, target=target)
            except PipelineError as problem:
                yield PairStatus(slug=slug, source=source, target=target, problem=str(problem))
                continue
            assert stored.current is not None
            segments = [segment for segment in stored.current.document.segments() if segment.translate]
            yield PairStatus(
                slug=slug,
                source=source,
                target=target,
                states=tuple((state.value, sum(segment.state is state for segment in segments)) for state in State),
                flagged=sum(segment.substate == "tp:flagged" for segment in segments),
                returned=stored.touched,
            )
