"""Whether a target keeps the terms of its source: each as often as there, and no form that is forbidden."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from translate_pipeline.evidence.forms import Occurrence, fold, gaps, occurrences, words
from translate_pipeline.evidence.likeness import likeness
from translate_pipeline.model import Term, TermMatch

__all__ = ["Finding", "findings"]

_JOINTS = frozenset({" ", "-"})  # between the words of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How a term of the source fares in a target: `wanted` times in the source, and where it was found in the target.

    `forbidden` are the forms that stand in the target and must not.
    """

    term: Term
    wanted: int
    found: tuple[Occurrence, ...]
    forbidden: tuple[str, ...] = ()

    @property
    def kept(self) -> bool:
        """Whether the term is there often enough, and nothing forbidden."""
        return len(self.found) >= self.wanted and not self.forbidden


def findings(terms: Iterable[TermMatch], target: str, language: str, *, capitals: bool = False) -> tuple[Finding, ...]:
    """One finding for each concept among `terms`, in the order of the source. `language` is a primary subtag.

    With `capitals` the target is a text in capitals, where the forms may be as well. A short form does not count where the rest of a longer one
    stands beside it, untranslated or in another spelling: "Vladimir Putin" is not "Wladimir Putin", and "Putin" in it neither.
    """
    groups: dict[str, list[Term]] = {}
    for match in terms:
        groups.setdefault(match.term.concept, []).append(match.term)
    spans = words(target)
    result = []
    for group in groups.values():
        term = group[0]
        found = _all(dict.fromkeys(form for one in group for form in one.target), target, language, spans, capitals=capitals)
        found = tuple(one for one in found if not (_is_left(one, term, target) or _is_torn(one, term, target, spans)))
        free = [one for one in _all(term.forbidden, target, language, spans, capitals=capitals) if not _inside(one, found)]
        forbidden = tuple(dict.fromkeys(target[one.start : one.end] for one in free))
        result.append(Finding(term=term, wanted=len(group) if term.target else 0, found=found, forbidden=forbidden))
    return tuple(result)


def _all(forms: Iterable[str], target: str, language: str, spans: list[tuple[int, int]], *, capitals: bool) -> tuple[Occurrence, ...]:
    """All occurrences of several forms, longer forms first, without overlaps."""
    taken: list[Occurrence] = []
    for form in sorted(forms, key=len, reverse=True):
        for one in occurrences(form.upper() if capitals else form, target, language, spans=spans):
            if all(one.end <= other.start or other.end <= one.start for other in taken):
                taken.append(one)
    return tuple(sorted(taken, key=lambda one: one.start))


def _is_left(one: Occurrence, term: Term, target: str) -> bool:
    """Whether what might be an inflection of a form is a form of the source, left as it was: "Armenia" is not "Armenien"."""
    form = fold(target[one.start : one.end])
    return form in map(fold, term.source) and form not in map(fold, term.target)


def _is_torn(one: Occurrence, term: Term, target: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a form stands beside what looks like the rest of a longer form of its concept."""
    first = next(number for number, (start, _) in enumerate(spans) if start == one.start)
    last = next(number for number in range(first, len(spans)) if spans[number][1] == one.end)
    for before, rest in _rests(term, last + 1 - first):
        part = spans[max(0, first - len(rest)) : first + 1] if before else spans[last : last + 1 + len(rest)]
        beside = part[:-1] if before else part[1:]
        joined = len(beside) == len(rest) and all(between in _JOINTS for between in gaps(target, part))
        if joined and likeness(target[beside[0][0] : beside[-1][1]], " ".join(rest)):
            return True
    return False


def _rests(term: Term, size: int) -> Iterator[tuple[bool, tuple[str, ...]]]:
    """What longer forms of a concept have before (True) or after a shorter one of so many words, in either language."""
    for forms in (term.source, term.target):
        cut = [tuple(form[start:end] for start, end in words(form)) for form in forms]
        for short, long in itertools.permutations(cut, 2):
            if len(short) == size < len(long):
                if long[-size:] == short:
                    yield True, long[:-size]
                if long[:size] == short:
                    yield False, long[size:]


def _inside(one: Occurrence, found: Iterable[Occurrence]) -> bool:
    return any(other.start <= one.start and one.end <= other.end for other in found)
