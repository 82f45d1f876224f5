"""Finding the terms of glossaries in the source of segments.

Words are compared folded (case, accents' composition) and on whole words; an inflected word counts as the listed one. The case rule of a concept then decides:

* exact: the letters of the form are the letters of the text; not found in a text all in capitals, where WHO may be who;
* smart: an acronym keeps its capitals, a capitalised word is capitalised or in capitals, a small word may be anything;
* ignore: anything goes.

Of overlapping matches the longest wins, then the leftmost, then the one from the glossary that was given first.
"""

import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import ahocorasick_rs

from translate_pipeline.content import plain
from translate_pipeline.evidence.codes import protected_codes
from translate_pipeline.evidence.forms import fold, inflected, pieces
from translate_pipeline.languages import primary
from translate_pipeline.model import Document, Segment, Stage, Term, TermMatch
from translate_pipeline.terminology.families import Normal
from translate_pipeline.terminology.glossary import Concept, Glossary, counterparts
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


class Matcher:
    """The forms of several glossaries in a language pair, ready to be found in texts."""

    def __init__(self, glossaries: Iterable[Glossary], source: str, target: str) -> None:
        self._source, self._target = source, target
        self._language = primary(source)
        self._terms: dict[tuple[str, int], Term] = {}
        listed = [(cut, form) for glossary in glossaries for concept in glossary.concepts for cut, form in self._listed(concept)]
        self.normal = Normal((word for cut, _ in listed for word in cut[1::2]), self._language)
        index: dict[str, list[_Form]] = {}
        for cut, form in listed:
            index.setdefault("".join(self.normal.parts(cut)), []).append(form)
        del listed
        self._forms = list(map(tuple, index.values()))
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
        first_word = dict(zip(limits[::2], itertools.count(1, 2), strict=False))
        last_word = dict(zip(limits[1::2], itertools.count(1, 2), strict=False))
        at = list(itertools.accumulate(map(len, cut), initial=0))
        capitals = len(cut) > _TWO_WORDS and text.isupper()
        found: list[tuple[int, int, int, _Form]] = []
        for key, begin, finish in hits:
            start, end = at[first_word[begin]], at[last_word[finish] + 1]
            for form in self._forms[key]:
                if self._fits(form, text, start, end, capitals=capitals):
                    found.append((start - end, start, end, form))
                    break
        free = [hit for hit in found if not any(hit[1] < stop and begun < hit[2] for begun, stop in protected)] if protected else found
        return tuple(TermMatch(term=self._term(form), start=start, end=end) for _, start, end, form in _longest(free))

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

    def _listed(self, concept: Concept) -> Iterator[tuple[list[str], _Form]]:
        """The source forms, each cut into words, if there is something to say about them in the target language."""
        source, target = concept.entry(self._source), concept.entry(self._target)
        if source is None or target is None or not (target.forms or target.forbidden):
            return
        for text in (*source.forms, *source.forbidden):  # what we must not write, others may have written
            cut = pieces(text)
            if len(cut) > 1:
                yield cut, (text, concept)

    def _term(self, form: _Form) -> Term:
        """The term for a form that was found: the target form of the same make comes first, an acronym for an acronym, a surname for a surname."""
        text, concept = form
        key = (text, id(concept))
        if key not in self._terms:
            source, target = concept.entry(self._source), concept.entry(self._target)
            assert source is not None
            assert target is not None
            self._terms[key] = Term(
                concept=concept.id,
                source=source.forms,
                target=counterparts(text, target.forms),
                forbidden=target.forbidden,
                status="admitted" if concept.context else "preferred",
                kind=concept.kind,
                case=concept.case,
                note=concept.note,
            )
        return self._terms[key]


def _case_fits(listed: str, found: str) -> bool:
    if len(listed) > 1 and listed.isupper():
        return found.startswith(listed)
    return not listed[0].isupper() or found[0].isupper()


def _longest(found: list[tuple[int, int, int, _Form]]) -> list[tuple[int, int, int, _Form]]:
    """Those that are taken of overlapping finds, given as (minus length, start, end, form): the longest, then the leftmost; in order."""
    if len(found) < 2:
        return found
    found.sort(key=lambda one: one[:2])
    taken: list[tuple[int, int, int, _Form]] = []
    for one in found:
        if all(one[2] <= other[1] or other[2] <= one[1] for other in taken):
            taken.append(one)
    return sorted(taken, key=lambda one: one[1])
