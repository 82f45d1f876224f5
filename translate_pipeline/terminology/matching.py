"""Finding the terms of glossaries in the source of segments.

Words are compared folded (case, accents' composition) and on whole words; an inflected word counts as the listed one. The case rule of a concept then decides:

* exact: the letters of the form are the letters of the text; not found in a text all in capitals, where WHO may be who;
* smart: an acronym keeps its capitals, a capitalised word is capitalised or in capitals, a small word may be anything;
* ignore: anything goes.

Of overlapping matches the longest wins, then the leftmost, then the one from the glossary that was given first.
"""

import functools
import itertools
import operator
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import ahocorasick_rs

from translate_pipeline.content import plain
from translate_pipeline.evidence.codes import protected_codes
from translate_pipeline.evidence.forms import fold, gap, inflected, pieces
from translate_pipeline.languages import primary
from translate_pipeline.model import Block, Document, Stage, Term, TermMatch
from translate_pipeline.terminology.families import Normal
from translate_pipeline.terminology.glossary import Concept, Entry, Glossary, counterparts, no_collection
from translate_pipeline.terminology.places import in_context, names
from translate_pipeline.terminology.protection import protected_spans

__all__ = ["Matcher", "annotate"]

_TWO_WORDS = 3  # pieces
_BETWEEN = "\x00"  # texts that are searched together; stands in no form


def annotate(glossaries: Sequence[Glossary], *, places: bool = False) -> Stage:
    """The stage that sets `Segment.terms` in documents that have a target language. The first glossary has the last word.

    With `places` the names of countries and languages that CLDR knows come after all glossaries.
    """

    @functools.cache
    def matcher(source: str, target: str) -> Matcher:
        return Matcher((*glossaries, names(source, target)) if places else glossaries, source, target)

    def stage(documents: Iterable[Document]) -> Iterator[Document]:
        for document in documents:
            if document.target_language is None:
                yield document
                continue
            fixed = protected_codes(document)
            segments = tuple(document.segments())
            found = iter(
                matcher(document.source_language, document.target_language).find_all(
                    [plain(segment.source) for segment in segments], [protected_spans(segment.source, fixed) for segment in segments]
                )
            )
            yield replace(document, blocks=tuple(_annotated(block, found) for block in document.blocks))

    return stage


def _annotated(block: Block, found: Iterator[tuple[TermMatch, ...]]) -> Block:
    segments = tuple(
        replace(segment, terms=terms if segment.translate else ()) for segment, terms in zip(block.segments, found, strict=False)
    )
    return replace(block, segments=segments)


_Form = tuple[str, Concept, Entry, Entry]
"""A source form, its concept, and what that has in the source and in the target language."""

_Hit = tuple[int, int, int]
"""Where a form stands, from start to end, and its number."""

_START = _KEY = operator.itemgetter(0)


class Matcher:
    """The forms of several glossaries in a language pair, ready to be found in texts."""

    def __init__(self, glossaries: Iterable[Glossary], source: str, target: str) -> None:
        self._source, self._target = source, target
        self._language = primary(source)
        with no_collection():
            self._build(glossaries)

    def _build(self, glossaries: Iterable[Glossary]) -> None:
        forms = [form for glossary in glossaries for concept in glossary.concepts for form in self._listed(concept)]
        self._normal = Normal((form[0] for form in forms), self._language)
        keys: list[str] = []
        self._forms: list[_Form] = []  # the first of each key under the number that the key has in the automaton
        others: list[tuple[int, _Form]] = []
        # in alphabetical order an automaton is built in half the time; of equal keys the first glossary's stays the first
        for key, form in sorted(zip(self._normal.keys, forms, strict=True), key=_KEY):
            if keys and key == keys[-1]:
                others.append((len(keys) - 1, form))
            elif key:
                keys.append(key)
                self._forms.append(form)
        self._others: dict[int, list[int]] = {}
        for number, form in others:
            self._others.setdefault(number, []).append(len(self._forms))
            self._forms.append(form)
        self._terms: list[Term | None] = [None] * len(self._forms)
        # most forms stand as they are listed, and then there is nothing more to ask
        self._plain = [text if not concept.context and concept.case != "exact" else "" for text, concept, _, _ in self._forms]
        self._automaton = ahocorasick_rs.AhoCorasick(keys, store_patterns=False) if keys else None

    def find(self, text: str, protected: Sequence[tuple[int, int]] = ()) -> tuple[TermMatch, ...]:
        """The terms in `text`, in order and disjoint, none of them touching a `protected` span."""
        return self.find_all((text,), (protected,))[0]

    def find_all(self, texts: Sequence[str], protected: Sequence[Sequence[tuple[int, int]]]) -> list[tuple[TermMatch, ...]]:
        """What `find` finds in each of `texts`, each with its protected spans; faster than one by one."""
        with no_collection():
            return [self._taken(hits, spans) for hits, spans in zip(self._hits(texts), protected, strict=True)]

    def _hits(self, texts: Sequence[str]) -> Iterator[list[_Hit]]:
        """All that may be a term in each of `texts`, in the order of ends."""
        whole = _BETWEEN.join(texts)
        cut = pieces(whole)
        hits: list[tuple[int, int, int]] = []
        if self._automaton is not None and len(cut) > 1:
            hits = self._automaton.find_matches_as_indexes(self._normal.searched(cut), overlapping=True)
        limits = list(itertools.accumulate(map(len, cut))) if hits else []
        listed = self._plain
        at = left = 0
        right = len(texts[0]) if texts else 0
        found: list[_Hit] = []
        for key, begin, finish in hits:
            start, end = limits[begin], limits[finish]
            while end > right:
                yield found
                found, at, left = [], at + 1, right + len(_BETWEEN)
                right = left + len(texts[at])
            number = key if whole[start:end] == listed[key] else self._fitting(key, texts[at], start - left, end - left)
            if number >= 0:
                found.append((start - left, end - left, number))
        for _ in texts[at:]:
            yield found
            found = []

    def _taken(self, found: list[_Hit], protected: Sequence[tuple[int, int]]) -> tuple[TermMatch, ...]:
        """The matches for those hits that are no part of others and touch nothing protected."""
        if protected:
            found = [hit for hit in found if not any(hit[0] < stop and begun < hit[1] for begun, stop in protected)]
        terms = self._terms
        return tuple(
            [TermMatch(term=terms[number] or self._term(number), start=start, end=end) for start, end, number in _longest(reversed(found))]
        )

    def _fitting(self, key: int, text: str, start: int, end: int) -> int:
        """The number of the first form with a key that may stand at that place; -1 when there is none."""
        return next((number for number in (key, *self._others.get(key, ())) if self._fits(self._forms[number], text, start, end)), -1)

    def _fits(self, form: _Form, text: str, start: int, end: int) -> bool:
        """Whether the form may stand at that place: by its case rule, by regular inflection, and by the words around it."""
        listed, concept, _, _ = form
        found = text[start:end]
        if concept.context and not in_context(concept.context, self._language, text, start, end):
            return False
        if concept.case == "exact":
            return found == listed and not (len(pieces(text)) > _TWO_WORDS and text.isupper())
        return found == listed or self._is_inflected(pieces(listed), pieces(found), any_case=concept.case == "ignore")

    def _is_inflected(self, listed: list[str], found: list[str], *, any_case: bool) -> bool:
        """Whether pieces of a text are those of a form: gaps alike, words regular inflections, in capitals that fit."""
        return (
            len(listed) == len(found)
            and all(gap(one) == gap(other) for one, other in zip(listed[2:-1:2], found[2:-1:2], strict=True))
            and all(
                (any_case or _case_fits(one, other)) and inflected(fold(one), fold(other), self._language)
                for one, other in zip(listed[1::2], found[1::2], strict=True)
            )
        )

    def _listed(self, concept: Concept) -> list[_Form]:
        """The source forms, if there is something to say about them in the target language."""
        source, target = concept.entry(self._source), concept.entry(self._target)
        if source is None or target is None or not (target.forms or target.forbidden):
            return []
        # what we must not write, others may have written
        return [(text, concept, source, target) for text in source.forms + source.forbidden]

    def _term(self, number: int) -> Term:
        """The term for the form of that number, in which the target forms of the same make come first; made when it is found."""
        text, concept, source, target = self._forms[number]
        term = self._terms[number] = Term(
            concept=concept.id,
            source=source.forms,
            target=counterparts(text, target.forms),
            forbidden=target.forbidden,
            status="admitted" if concept.context else "preferred",
            kind=concept.kind,
            case=concept.case,
            note=concept.note,
        )
        return term


def _case_fits(listed: str, found: str) -> bool:
    if len(listed) > 1 and listed.isupper():
        return found.startswith(listed)
    return not listed[0].isupper() or found[0].isupper()


def _longest(found: Iterable[_Hit]) -> list[_Hit]:
    """Those that are taken of overlapping hits: the longest, then the leftmost. `found` comes in the order of ends, reversed."""
    taken: list[_Hit] = []
    group: list[_Hit] = []  # those that overlap with the last one taken, and it
    reach = sys.maxsize
    for hit in found:
        start, end, _ = hit
        if end <= reach:
            if group:
                taken[-1:] = _apart(group)
                group = []
            taken.append(hit)
            reach = start
        else:
            if not group:
                group.append(taken[-1])
            group.append(hit)
            reach = min(reach, start)
    if group:
        taken[-1:] = _apart(group)
    taken.reverse()
    return taken


def _apart(group: list[_Hit]) -> list[_Hit]:
    """The same for hits of which each overlaps with another."""
    taken: list[_Hit] = []
    for one in sorted(group, key=lambda hit: (hit[0] - hit[1], hit[0])):
        if all(one[1] <= other[0] or other[1] <= one[0] for other in taken):
            taken.append(one)
    return sorted(taken, key=_START, reverse=True)
