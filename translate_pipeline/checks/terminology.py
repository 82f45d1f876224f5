"""Glossary terms: their target forms are there, forbidden ones are not, and one concept keeps one form."""

import re
from collections.abc import Iterator

from translate_pipeline.checks.check import Job, Pair, issue
from translate_pipeline.evidence.forms import occurrences
from translate_pipeline.evidence.presence import Finding, findings
from translate_pipeline.model import Issue, Severity, Term

__all__ = ["check_consistent", "check_forbidden", "check_present"]

_STEM, _ENDING = 4, 3  # a word of a family keeps so many letters at least, and loses so many of its end


def check_present(job: Job) -> Iterator[tuple[str, Issue]]:
    """Each term of the source has one of its target forms in the target; fewer than in the source are mentioned.

    A place may become a word of its family, because "Iran's president" is "der iranische Präsident".
    """
    for pair in job.pairs:
        for finding in _findings(pair, job.target_language):
            term, missing = finding.term, finding.wanted - len(finding.found)
            if term.kind == "dnt" or missing <= 0 or (term.kind == "place" and _has_family(term, pair.target)):
                continue
            severity = Severity.INFO if finding.found else None
            yield pair.segment.id, issue("terminology", f"“{term.source[0]}” should be “{term.target[0]}”", severity=severity)


def check_forbidden(job: Job) -> Iterator[tuple[str, Issue]]:
    """No form that the glossary forbids, unless it is part of one that the glossary asks for."""
    for pair in job.pairs:
        for finding in _findings(pair, job.target_language):
            for form in finding.forbidden:
                at = pair.target.find(form)
                wish = f", use “{finding.term.target[0]}”" if finding.term.target else ""
                yield pair.segment.id, issue("terminology-forbidden", f"“{form}” is forbidden{wish}", span=(at, at + len(form)))


def check_consistent(job: Job) -> Iterator[tuple[str, Issue]]:
    """A concept whose term is rendered with another listed form than where it occurred first."""
    for pair in job.pairs:
        for finding in _findings(pair, job.target_language):
            forms = {
                form: (found.start, found.end)
                for form in finding.term.target
                if (found := next(occurrences(form, pair.target, job.target_language), None))
            }
            if not forms:
                continue
            form, span = next(iter(forms.items()))
            before = job.seen.forms.setdefault(finding.term.concept, form)
            if before not in forms:
                yield pair.segment.id, issue("terminology-inconsistent", f"“{form}” here, “{before}” before", span=span)


def _findings(pair: Pair, language: str) -> tuple[Finding, ...]:
    return findings(pair.segment.terms, pair.target, language, capitals=pair.target.isupper())


def _has_family(term: Term, target: str) -> bool:
    """Whether a word begins like the longest word of a target form."""
    for form in term.target:
        word = max(re.findall(r"\w+", form), key=len, default="")
        if len(word) >= _STEM and re.search(rf"(?<!\w){re.escape(word[: max(_STEM, len(word) - _ENDING)])}", target, re.IGNORECASE):
            return True
    return False
