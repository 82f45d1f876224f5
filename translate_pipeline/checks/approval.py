"""Was the translation read: machine text that was approved as it was."""

from collections.abc import Iterator

from translate_pipeline.checks.check import Job, Pair, issue
from translate_pipeline.model import Issue, Severity, State

__all__ = ["check_unedited"]

_MANY = 20  # from so many approved segments on, not one edit is news


def check_unedited(job: Job) -> Iterator[tuple[str, Issue]]:
    """Approved segments whose target is a machine's candidate, letter by letter; a warning where no approved segment was edited at all."""
    approved = [pair for pair in job.pairs if pair.segment.state >= State.REVIEWED]
    unedited = [pair for pair in approved if _is_machine_text(pair)]
    severity = Severity.WARNING if len(approved) == len(unedited) >= _MANY else None
    for pair in unedited:
        yield pair.segment.id, issue("unedited-mt", "approved as the machine wrote it", severity=severity)


def _is_machine_text(pair: Pair) -> bool:
    return any(candidate.origin.startswith("mt:") and candidate.target == pair.segment.target for candidate in pair.segment.candidates)
