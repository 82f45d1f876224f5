"""Putting a term into a target that lost it, where it can be known what stands in its place."""

import difflib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translate_pipeline.content import plain
from translate_pipeline.evidence.forms import fold, words
from translate_pipeline.evidence.likeness import LIKE, likeness
from translate_pipeline.evidence.presence import findings
from translate_pipeline.languages import primary
from translate_pipeline.model import Content, TermMatch
from translate_pipeline.terminology.agreement import articles, genitive, opening, placed
from translate_pipeline.terminology.attempts import Situation
from translate_pipeline.terminology.verdict import shortened

__all__ = ["beginnings", "missing", "respelled", "spliced"]

_FAINT = 0.4  # likeness that may be chance, where the engine itself has to go on from there
_OWNER = frozenset({"'s", "’s"})
_SHORTEST = 4  # letters of a name that may have a genitive s
_LONGEST_SPAN = 4  # words that may stand in the place of a term


def missing(situation: Situation, target: Content) -> tuple[TermMatch, ...]:
    """The matches whose term has to be in the target and is not, the last ones of a concept that is there too seldom."""
    segment = situation.segment
    text = plain(target)
    result: list[TermMatch] = []
    for finding in findings(segment.terms, text, primary(situation.target_language), capitals=text.isupper()):
        if finding.term.status != "admitted" and finding.term.target and not finding.kept:
            own = [match for match in segment.terms if match.term.concept == finding.term.concept]
            result += own[len(finding.found) :] or own
    return tuple(result)


def respelled(situation: Situation, target: Content) -> Content | None:
    """The target with near copies of names and acronyms in the form of the glossary: Nazarbayev and Nasarbayew are Nasarbajew.

    Names of people that the target cuts short are in full again. None when a term is missing that has no near copy.
    """
    for match in missing(situation, target):
        copy = _near_copy(situation, plain(target), match)
        if copy is None:
            return None
        target = placed(target, copy.start, copy.end, match.term.target[0], match.term, situation.target_language, owner=copy.owner)
    for match, one in reversed(shortened(situation.segment, target, situation.target_language)):
        owner = not one.exact and plain(target)[one.end - 1] == "s"
        target = placed(target, one.start, one.end, match.term.target[0], match.term, situation.target_language, owner=owner)
    return target


def spliced(situation: Situation, target: Content, others: Sequence[Content]) -> Content | None:
    """The target with its terms where it differs from others, that were translated from the same text but for the terms.

    Two others, which differ there from each other as well, must agree on the place; else None.
    """
    lost = missing(situation, target)
    language = primary(situation.target_language)
    text = plain(target)
    for one, other in itertools.combinations(map(plain, others), 2):
        spans = _differences(text, one, language)
        if spans and len(spans) == len(lost) and spans == _differences(text, other, language) and _differences(one, other, language):
            for (start, end), match in reversed(list(zip(spans, lost, strict=True))):
                target = placed(target, start, end, match.term.target[0], match.term, situation.target_language)
            return target
    return None


def beginnings(situation: Situation, target: Content) -> tuple[str, ...]:
    """What a target could begin with to have the first of its missing terms, the likelier first.

    The term alone or with an article, when the source begins with it; else up to the place of something that looks a little like the term.
    """
    lost = missing(situation, target)
    if not lost:
        return ()
    match = lost[0]
    form = match.term.target[0]
    language = situation.target_language
    source, text = plain(situation.segment.source), plain(target)
    result = []
    before = fold(source[: match.start]).strip()
    if not before or before in articles(primary(situation.source_language)):
        owner = source[match.end : match.end + 2] in _OWNER
        bare = genitive(form, primary(language)) if owner else form
        result += [opening(form, match.term, language), bare] if before else [bare, opening(form, match.term, language)]
    copy = _near_copy(situation, text, match, least=_FAINT)
    if copy is not None:
        whole = plain(placed(target, copy.start, copy.end, form, match.term, language, owner=copy.owner))
        result.append(whole[: len(whole) - (len(text) - copy.end)])
    return tuple(dict.fromkeys(result))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copy:
    """A near copy of a term, and whether it stands as an owner."""

    start: int
    end: int
    owner: bool
    degree: float


def _near_copy(situation: Situation, text: str, match: TermMatch, *, least: float = LIKE) -> _Copy | None:
    """What in `text` looks most like the term, in the source's words or its target forms, and is nothing else."""
    spans = words(text)
    source = plain(situation.segment.source)
    taken = [
        (one.start, one.end)
        for finding in findings(situation.segment.terms, text, primary(situation.target_language), capitals=text.isupper())
        for one in finding.found
    ]
    own = {fold(source[start:end]) for start, end in words(source) if match.start <= start < match.end}
    strangers = {fold(source[start:end]) for start, end in words(source)} - own
    listed = (source[match.start : match.end], *match.term.target[:1], *match.term.source, *match.term.target)
    size = len(words(source[match.start : match.end]))
    models = tuple(dict.fromkeys(form for form in listed if len(words(form)) == size)) or listed[:2]
    copies = (
        copy
        for start, end in _windows(spans, max(len(words(model)) for model in models))
        if not any(start < stop and begun < end for begun, stop in taken) and fold(text[start:end]) not in strangers
        for copy in [_copy(text, start, end, models, least)]
        if copy is not None
    )
    return max(copies, key=lambda copy: copy.degree, default=None)


def _windows(spans: Sequence[tuple[int, int]], size: int) -> Iterator[tuple[int, int]]:
    for first in range(len(spans)):
        for last in range(first, min(len(spans), first + size)):
            yield spans[first][0], spans[last][1]


def _copy(text: str, start: int, end: int, models: Sequence[str], least: float) -> _Copy | None:
    window = text[start:end]
    if not window[0].isupper() and window[0].lower() != window[0].upper():
        return None
    best = max(likeness(window, model, least=least) for model in models)
    owner = False
    if text[end : end + 2] in _OWNER:
        end, owner = end + 2, True
    elif window.endswith("s") and len(window) > _SHORTEST:
        bare = max(likeness(window[:-1], model, least=least) for model in models)
        owner = bare > best
        best = max(best, bare)
    return _Copy(start=start, end=end, owner=owner, degree=best) if best else None


def _differences(text: str, other: str, language: str) -> list[tuple[int, int]]:
    """The spans of `text` that read otherwise in `other`; none when there is too much of it to be the terms alone."""
    spans, theirs = words(text), words(other)
    ours = [fold(text[start:end]) for start, end in spans]
    matcher = difflib.SequenceMatcher(None, ours, [fold(other[start:end]) for start, end in theirs], autojunk=False)
    result = []
    for kind, begin, last, *_ in matcher.get_opcodes():
        if kind == "equal":
            continue
        first = next((number for number in range(begin, last) if ours[number] not in articles(language)), last)
        if first == last:
            continue
        if kind == "delete" or last - first > _LONGEST_SPAN:
            return []
        result.append((spans[first][0], spans[last - 1][1]))
    return result
