"""The same source has the same target throughout a document, and different sources have different ones."""

import re
from collections.abc import Iterator

from translate_pipeline.checks.check import Job, issue
from translate_pipeline.model import Issue

__all__ = ["check_same_source", "check_same_target"]


def check_same_source(job: Job) -> Iterator[tuple[str, Issue]]:
    """One source, one target; case, space and final punctuation apart."""
    first: dict[str, tuple[str, str]] = {}
    for pair in job.pairs:
        target = _normal(pair.target)
        identifier, before = first.setdefault(_normal(pair.source), (pair.segment.id, target))
        if before != target:
            yield pair.segment.id, issue("inconsistent-target", f"segment {identifier} has the same source and another target")


def check_same_target(job: Job) -> Iterator[tuple[str, Issue]]:
    """One target, one source; case, space and final punctuation apart."""
    first: dict[str, tuple[str, str]] = {}
    for pair in job.pairs:
        source = _normal(pair.source)
        identifier, before = first.setdefault(_normal(pair.target), (pair.segment.id, source))
        if before != source:
            yield pair.segment.id, issue("inconsistent-source", f"segment {identifier} has the same target and another source")


def _normal(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip() or text
