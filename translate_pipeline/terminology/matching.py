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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import ahocorasick_rs

from translate_pipeline.content import plain
from translate_pipeline.evidence.codes import protected_codes
from translate_pipeline.evidence.forms import fold, inflected, pieces
from translate_pipeline.languages import primary
from translate_pipeline.model import Document, Segment, Stage, Term, TermMatch
from translate_pipeline.terminology.families import Normal
from translate_pipeline.terminology.glossary import Concept, Glossary, counterparts, no_collection
from translate_pipeline.terminology.places import in_context, names
from translate_pipeline.terminology.protection import protected_spans

__all__ = ["Matcher", "annotate"]

_TWO_WORDS = 3  # pieces


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
            find = matcher(document.source_language, document.target_language).find
            fixed = protected_codes(document)
            blocks = tuple(
                replace(
                    block,
                    segments=tuple(
                        _annotated(segment, find(plain(segment.source), protected_spans(segment.source, fixed)))
                        for segment in block.segments
                    ),
                )
                for block in document.blocks
            )
            yield replace(document, blocks=blocks)

    return stage


def _annotated(segment: Segment, terms: tuple[TermMatch, ...]) -> Segment:
    return replace(segment, terms=terms if segment.translate else ())


_Form = tuple[str, Concept]
"""A source form and its concept."""

_Hit = tuple[int, int, Term]
"""Where a term stands, from start to end."""

_START = operator.itemgetter(0)


class Matcher:
    """The forms of several glossaries in a language pair, ready to be found in texts."""

    def __init__(self, glossaries: Iterable[Glossary], source: str, target: str) -> None:
        self._source, self._target = source, target
        self._language = primary(source)
        with no_collection():
            self._build(glossaries)

    def _build(self, glossaries: Iterable[Glossary]) -> None:
        forms = [form for glossary in glossaries for concept in glossary.concepts for form in self._listed(concept)]
        self.normal = Normal((text for text, _ in forms), self._language)
        index: dict[str, list[_Form]] = {}
        for key, form in zip(self.normal.keys, forms, strict=True):
            if key in index:
                index[key].append(form)
            elif key:
                index[key] = [form]
        self._forms = list(index.values())
        self._first: list[Term | None] = [None] * len(self._forms)
        self._others: dict[tuple[int, int], Term] = {}
        # most forms stand as they are listed, and then there is nothing more to ask
        self._plain = [own[0][0] if not own[0][1].context and own[0][1].case != "exact" else "" for own in self._forms]
        self._automaton = ahocorasick_rs.AhoCorasick(index, store_patterns=False) if index else None

    def find(self, text: str, protected: Sequence[tuple[int, int]] = ()) -> tuple[TermMatch, ...]:
        """The terms in `text`, in order and disjoint, none of them touching a `protected` span."""
        cut = pieces(text)
        if self._automaton is None or len(cut) == 1:
            return ()
        parts = self.normal.parts(cut)
        hits = self._automaton.find_matches_as_indexes("".join(parts), overlapping=True)
        if not hits:
            return ()
        limits = list(itertools.accumulate(map(len, parts), initial=0))
        places = list(itertools.accumulate(map(len, cut), initial=0))
        starts = dict(zip(limits[::2], places[1::2], strict=False))
        ends = dict(zip(limits[1::2], places[2::2], strict=False))
        capitals = len(cut) > _TWO_WORDS and text.isupper()
        found: list[_Hit] = []
        plain_forms, terms = self._plain, self._first
        for key, begin, finish in hits:
            start, end = starts[begin], ends[finish]
            if text[start:end] == plain_forms[key]:
                found.append((start, end, terms[key] or self._term(key, 0)))
                continue
            fitting = (number for number, form in enumerate(self._forms[key]) if self._fits(form, text, start, end, capitals=capitals))
            number = next(fitting, -1)
            if number >= 0:
                found.append((start, end, self._term(key, number)))
        if protected:
            found = [hit for hit in found if not any(hit[0] < stop and begun < hit[1] for begun, stop in protected)]
        return tuple([TermMatch(term=term, start=start, end=end) for start, end, term in _longest(found)])

    def _fits(self, form: _Form, text: str, start: int, end: int, *, capitals: bool) -> bool:
        """Whether the form may stand at that place: by its case rule, by regular inflection, and by the words around it."""
        listed, concept = form
        found = text[start:end]
        if concept.context and not in_context(concept.context, self._language, text, start, end):
            return False
        if concept.case == "exact":
            return found == listed and not capitals
        return found == listed or all(
            (concept.case == "ignore" or _case_fits(one, other)) and inflected(fold(one), fold(other), self._language)
            for one, other in zip(pieces(listed)[1::2], pieces(found)[1::2], strict=True)
        )

    def _listed(self, concept: Concept) -> list[_Form]:
        """The source forms, if there is something to say about them in the target language."""
        source, target = concept.entry(self._source), concept.entry(self._target)
        if source is None or target is None or not (target.forms or target.forbidden):
            return []
        return [(text, concept) for text in source.forms + source.forbidden]  # what we must not write, others may have written

    def _term(self, key: int, number: int) -> Term:
        """The term for a form that was found, in which the target forms of the same make come first."""
        known = self._others.get((key, number)) if number else self._first[key]
        if known is not None:
            return known
        text, concept = self._forms[key][number]
        source, target = concept.entry(self._source), concept.entry(self._target)
        assert source is not None
        assert target is not None
        term = Term(
            concept=concept.id,
            source=source.forms,
            target=counterparts(text, target.forms),
            forbidden=target.forbidden,
            status="admitted" if concept.context else "preferred",
            kind=concept.kind,
            case=concept.case,
            note=concept.note,
        )
        if number:
            self._others[key, number] = term
        else:
            self._first[key] = term
        return term


def _case_fits(listed: str, found: str) -> bool:
    if len(listed) > 1 and listed.isupper():
        return found.startswith(listed)
    return not listed[0].isupper() or found[0].isupper()


def _longest(found: list[_Hit]) -> list[_Hit]:
    """Those that are taken of overlapping hits: the longest, then the leftmost; in order."""
    found.sort(key=_START)
    if all(one[1] <= other[0] for one, other in itertools.pairwise(found)):
        return found
    taken: list[_Hit] = []
    for one in sorted(found, key=lambda hit: hit[0] - hit[1]):
        if all(one[1] <= other[0] or other[1] <= one[0] for other in taken):
            taken.append(one)
    return sorted(taken, key=_START)
