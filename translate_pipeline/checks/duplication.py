"""Words twice in a row, and machines that repeat themselves."""

import re
from collections.abc import Iterator

from translate_pipeline.checks.check import Job, conventions, issue
from translate_pipeline.evidence.repetition import loop
from translate_pipeline.model import Issue

__all__ = ["check_double_words", "check_repetition"]

_DOUBLE = re.compile(r"(?<![\w\-])([^\W\d_]+)[ \u00a0]+\1(?![\w\-])", re.IGNORECASE)
_LOOP = 3  # times in a row that no prose repeats words


def check_double_words(job: Job) -> Iterator[tuple[str, Issue]]:
    """No word twice in a row, apart from those that the language doubles and those that the source doubles too."""
    allowed = conventions(job.target_language).doubled
    for pair in job.pairs:
        if _DOUBLE.search(pair.source):
            continue
        for match in _DOUBLE.finditer(pair.target):
            if match.group(1).lower() not in allowed:
                yield pair.segment.id, issue("double-words", f"“{match.group()}”", span=match.span())


def check_repetition(job: Job) -> Iterator[tuple[str, Issue]]:
    """Nothing three or more times in a row, unless the source does the same."""
    for pair in job.pairs:
        found = loop(pair.target)
        if found is None or found.times < _LOOP:
            continue
        there = loop(pair.source)
        if there is None or there.times < _LOOP:
            yield pair.segment.id, issue("repetition", f"“{found.unit}” stands {found.times} times in a row")
