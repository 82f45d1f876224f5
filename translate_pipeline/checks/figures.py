"""Figures and addresses: numbers, web and mail addresses have a counterpart on the other side."""

import re
from collections.abc import Iterator

from translate_pipeline.checks.check import Job, issue
from translate_pipeline.evidence.numbers import compare
from translate_pipeline.model import Issue, Severity

__all__ = ["check_addresses", "check_numbers"]

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"«»„“”，。；、（）()]+[^\s<>\"«»„“”，。；、（）().,;:!?'’]"
    r"|[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)


def check_numbers(job: Job) -> Iterator[tuple[str, Issue]]:
    """Each number in digits has a counterpart that can mean the same, in digits, in words, or converted to another unit."""
    for pair in job.pairs:
        for found in compare(pair.source, pair.target, source_language=job.source_language, target_language=job.target_language):
            if found.kind == "missing":
                yield pair.segment.id, issue("numbers", f"{found.text} of the source is missing")
            elif found.kind == "extra":
                yield pair.segment.id, issue("numbers", f"{found.text} is not in the source", span=found.span)
            else:
                message = f"{found.text} was converted from another unit"
                yield pair.segment.id, issue("numbers", message, span=found.span, severity=Severity.INFO)


def check_addresses(job: Job) -> Iterator[tuple[str, Issue]]:
    """Web and mail addresses stay the same, letter by letter."""
    for pair in job.pairs:
        wanted, found = set(_ADDRESS.findall(pair.source)), set(_ADDRESS.findall(pair.target))
        for address in sorted(wanted - found):
            yield pair.segment.id, issue("urls-emails", f"{address} of the source is missing")
        for match in _ADDRESS.finditer(pair.target):
            if match.group() not in wanted:
                yield pair.segment.id, issue("urls-emails", f"{match.group()} is not in the source", span=match.span())
