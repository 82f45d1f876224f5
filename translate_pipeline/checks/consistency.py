"""The same source has the same target throughout a document, and different sources have different ones."""

import hashlib
import re
from collections.abc import Iterator

from translate_pipeline.checks.check import Job, issue
from translate_pipeline.model import Issue

__all__ = ["check_same_source", "check_same_target"]


def check_same_source(job: Job) -> Iterator[tuple[str, Issue]]:
    """One source, one target; case, space and final punctuation apart."""
    for pair in job.pairs:
        target = _digest(pair.target)
        identifier, before = job.seen.by_source.setdefault(_digest(pair.source), (pair.segment.id, target))
        if before != target:
            yield pair.segment.id, issue("inconsistent-target", f"segment {identifier} has the same source and another target")


def check_same_target(job: Job) -> Iterator[tuple[str, Issue]]:
    """One target, one source; case, space and final punctuation apart."""
    for pair in job.pairs:
        source = _digest(pair.source)
        identifier, before = job.seen.by_target.setdefault(_digest(pair.target), (pair.segment.id, source))
        if before != source:
            yield pair.segment.id, issue("inconsistent-source", f"segment {identifier} has the same target and another source")


def _digest(text: str) -> bytes:
    """What two texts have in common that differ only in case, space and punctuation."""
    words = re.sub(r"\W+", " ", text.casefold()).strip() or text
    return hashlib.blake2b(words.encode(errors="surrogatepass"), digest_size=12).digest()
