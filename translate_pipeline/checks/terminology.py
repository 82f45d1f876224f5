"""Glossary terms: their target forms are there, forbidden ones are not, and one concept keeps one form."""

from collections.abc import Iterator

from translate_pipeline.checks.check import Job, Pair, issue
from translate_pipeline.evidence.terms import derived, occurrences
from translate_pipeline.model import Issue, Term

__all__ = ["check_consistent", "check_forbidden", "check_present"]


def check_present(job: Job) -> Iterator[tuple[str, Issue]]:
    """Each term found in the source has one of its target forms in the target, regular endings apart.

    A place may become a word of its family, because "Iran's president" is "der iranische Präsident".
    """
    for pair in job.pairs:
        for term in _terms(pair):
            if term.kind == "dnt" or term.status == "forbidden" or not term.target:
                continue
            related = term.kind == "place" and any(next(derived(form, pair.target), None) for form in term.target)
            if not related and not _forms(term, pair.target):
                yield pair.segment.id, issue("terminology", f"“{term.source[0]}” should be “{term.target[0]}”")


def check_forbidden(job: Job) -> Iterator[tuple[str, Issue]]:
    """No form that the glossary forbids, unless it is part of one that the glossary asks for."""
    for pair in job.pairs:
        for term in _terms(pair):
            allowed = [span for form in term.target if term.status != "forbidden" for span in occurrences(form, pair.target)]
            for form in term.forbidden if term.status != "forbidden" else (*term.forbidden, *term.target):
                for start, end in occurrences(form, pair.target):
                    if not any(low <= start and end <= high for low, high in allowed):
                        wish = f", use “{term.target[0]}”" if term.status != "forbidden" and term.target else ""
                        yield pair.segment.id, issue("terminology-forbidden", f"“{form}” is forbidden{wish}", span=(start, end))


def check_consistent(job: Job) -> Iterator[tuple[str, Issue]]:
    """A concept whose term is rendered with another listed form than where it occurred first."""
    first: dict[str, str] = {}
    for pair in job.pairs:
        for term in _terms(pair):
            forms = _forms(term, pair.target)
            if not forms:
                continue
            before = first.setdefault(term.concept, next(iter(forms)))
            if before not in forms:
                form, span = next(iter(forms.items()))
                yield pair.segment.id, issue("terminology-inconsistent", f"“{form}” here, “{before}” before", span=span)


def _terms(pair: Pair) -> tuple[Term, ...]:
    """The terms of a segment, each once."""
    return tuple(dict.fromkeys(match.term for match in pair.segment.terms))


def _forms(term: Term, target: str) -> dict[str, tuple[int, int]]:
    """The listed target forms that stand in the target, each with its first span."""
    return {form: span for form in term.target if (span := next(occurrences(form, target), None)) is not None}
