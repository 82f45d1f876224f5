"""One name, one rendering: through a whole document.

A glossary's concept has its preferred form wherever it has another listed form of the same make; a name that is in no glossary has the spelling
that the engine chose most often (of equally many the first).
"""

import collections
from collections.abc import Iterator
from dataclasses import dataclass, replace

from translate_pipeline.content import plain
from translate_pipeline.evidence.forms import fold, inflected, occurrences, words
from translate_pipeline.evidence.likeness import likeness
from translate_pipeline.languages import primary
from translate_pipeline.model import Content, Document, Segment, State
from translate_pipeline.terminology.agreement import placed
from translate_pipeline.terminology.glossary import counterparts
from translate_pipeline.terminology.protection import Replacement, replace_spans

__all__ = ["harmonised", "names"]

_NAMES = frozenset({"acronym", "organisation", "person", "place", "product"})  # of titles the other forms may be right: Ministerin
_SHORTEST = 4  # letters of a name whose spelling can be compared


def harmonised(document: Document) -> Document:
    """The document with every name in one rendering. Only machine text that nobody has looked at is changed."""
    preferred = {segment.id: _preferred(segment, primary(document.target_language or "")) for segment in document.segments()}
    spelled = _spelled(document, preferred)
    blocks = tuple(
        replace(block, segments=tuple(spelled.get(segment.id, preferred[segment.id]) for segment in block.segments))
        for block in document.blocks
    )
    return replace(document, blocks=blocks)


def names(segment: Segment) -> Iterator[str]:
    """The capitalised words of a source that are no terms and not its first word: names, in languages that write only names so."""
    text = plain(segment.source)
    if text.isupper():
        return
    for start, end in words(text)[1:]:
        word = text[start:end]
        known = any(match.start <= start < match.end for match in segment.terms)
        if not known and len(word) >= _SHORTEST and word[0].isupper():
            yield word


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spelling:
    """How a name is written at one place of a target."""

    segment: str
    start: int
    end: int
    word: str


def _is_ours(segment: Segment) -> bool:
    return segment.target is not None and segment.state is State.INITIAL and segment.substate in {"tp:mt", "tp:flagged"}


def _preferred(segment: Segment, language: str) -> Segment:
    """The segment with the preferred form of each concept in the place of an admitted one of the same make."""
    if not _is_ours(segment) or segment.target is None:
        return segment
    target = segment.target
    for match in segment.terms:
        if match.term.status == "admitted" or match.term.kind not in _NAMES or plain(target).isupper():
            continue
        first, *others = match.term.target or ("",)
        alike = [
            form for form in others if first and counterparts(form, (first, form))[0] == first and len(words(form)) == len(words(first))
        ]
        for form in alike:
            text = plain(target)
            if form.isupper() != first.isupper() or any(True for _ in occurrences(first, text, language)):
                continue
            for one in reversed([one for one in occurrences(form, text, language) if one.exact]):
                target = placed(target, one.start, one.end, first, match.term, language)
    return _with_target(segment, target)


def _spelled(document: Document, segments: dict[str, Segment]) -> dict[str, Segment]:
    """Those segments that have names of no glossary in another spelling than most."""
    language = primary(document.target_language or "")
    places: dict[str, list[Segment]] = collections.defaultdict(list)
    for segment in segments.values():
        for name in dict.fromkeys(names(segment)):
            places[name].append(segment)
    changes: dict[str, list[Replacement]] = collections.defaultdict(list)
    for name, own in places.items():
        spellings = [spelling for segment in own if len(own) > 1 and _is_ours(segment) for spelling in _spellings(segment, name)]
        usual = collections.Counter(spelling.word for spelling in spellings).most_common(1)
        for spelling in spellings:
            if not inflected(fold(usual[0][0]), fold(spelling.word), language):
                changes[spelling.segment].append(Replacement(start=spelling.start, end=spelling.end, text=usual[0][0]))
    result = {}
    for key, replacements in changes.items():
        segment = segments[key]
        disjoint = list({one.start: one for one in sorted(replacements, key=lambda one: one.start)}.values())
        assert segment.target is not None
        result[key] = _with_target(segment, replace_spans(segment.target, disjoint))
    return result


def _spellings(segment: Segment, name: str) -> Iterator[_Spelling]:
    """Where the target of a segment with `name` in its source has a near copy of it, the nearest alone."""
    assert segment.target is not None
    text = plain(segment.target)
    copies = [(likeness(text[start:end], name), -start, start, end) for start, end in words(text) if text[start].isupper()]
    best = max(copies, default=(0.0, 0, 0, 0))
    if best[0]:
        yield _Spelling(segment=segment.id, start=best[2], end=best[3], word=text[best[2] : best[3]])


def _with_target(segment: Segment, target: Content) -> Segment:
    if target == segment.target:
        return segment
    candidates = segment.candidates
    if candidates:
        first = candidates[0]
        candidates = (replace(first, target=target, strategy=f"{first.strategy}+unified".removeprefix("+")), *candidates[1:])
    return replace(segment, target=target, candidates=candidates)
