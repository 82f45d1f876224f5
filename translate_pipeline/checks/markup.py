"""Inline codes and protected text arrive as they left."""

from collections.abc import Iterator

from translate_pipeline.checks.check import Job, issue
from translate_pipeline.evidence.codes import compare, protected_texts
from translate_pipeline.model import Code, Issue

__all__ = ["check_codes", "check_protected"]


def check_codes(job: Job) -> Iterator[tuple[str, Issue]]:
    """Each code of the source stands in the target once, none is foreign, and spans do not overlap by halves."""
    for pair in job.pairs:
        facts = compare(pair.segment.source, pair.segment.target or ())
        for sentence, found in (
            ("is missing", facts.lost),
            ("does not belong here", facts.foreign),
            ("crosses another span", facts.crossing),
        ):
            for code in found:
                yield pair.segment.id, issue("inline-codes", f"{code.kind.value} code {_shown(code)} {sentence}")


def check_protected(job: Job) -> Iterator[tuple[str, Issue]]:
    """Text inside protected spans and do-not-translate terms stand in the target letter by letter."""
    for pair in job.pairs:
        target = pair.segment.target or ()
        wanted, found = protected_texts(pair.segment.source, job.protected), protected_texts(target, job.protected)
        for identifier, text in wanted.items():
            if identifier in found and found[identifier] != text:
                yield pair.segment.id, issue("do-not-translate", f"“{text}” is protected and became “{found[identifier]}”")
        for match in pair.segment.terms:
            if match.term.kind == "dnt" and not any(form in pair.target for form in match.term.target):
                yield pair.segment.id, issue("do-not-translate", f"“{match.term.target[0]}” has to stay as it is")


def _shown(code: Code) -> str:
    return f"{code.id} ({code.disp})" if code.disp else code.id
