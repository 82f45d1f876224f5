"""Was the translation read: machine text that was approved as it was."""

from collections.abc import Iterator

from translate_pipeline.checks.check import Job, Pair, Seen, issue
from translate_pipeline.model import Issue, Severity, State

__all__ = ["check_unedited", "settled"]

_MANY = 20  # from so many approved segments on, not one edit is news


def check_unedited(job: Job) -> Iterator[tuple[str, Issue]]:
    """Approved segments whose target is a machine's candidate, letter by letter. How much that matters is `settled` when all was seen."""
    approved = [pair for pair in job.pairs if pair.segment.state >= State.REVIEWED]
    unedited = [pair for pair in approved if _is_machine_text(pair)]
    job.seen.approved += len(approved)
    job.seen.unedited += len(unedited)
    for pair in unedited:
        yield pair.segment.id, issue("unedited-mt", "approved as the machine wrote it")


def settled(check: str, severity: Severity, seen: Seen) -> Severity:
    """How much a finding matters in view of the whole document: unedited text is a warning where no approved segment was edited at all."""
    return Severity.WARNING if check == "unedited-mt" and seen.approved == seen.unedited >= _MANY else severity


def _is_machine_text(pair: Pair) -> bool:
    return any(candidate.origin.startswith("mt:") and candidate.target == pair.segment.target for candidate in pair.segment.candidates)
