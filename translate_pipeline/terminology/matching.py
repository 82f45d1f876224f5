"""Finding the terms of glossaries in the source of segments.

Words are compared folded (case, accents' composition) and on whole words; an inflected word counts as the listed one. The case rule of a concept then decides:

* exact: the letters of the form are the letters of the text; not found in a text all in capitals, where WHO may be who;
* smart: an acronym keeps its capitals, a capitalised word is capitalised or in capitals, a small word may be anything;
* ignore: anything goes.

Of overlapping matches the longest wins, then the leftmost, then the one from the glossary that was given first.
"""

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import ahocorasick_rs

from translate_pipeline.content import plain
from translate_pipeline.evidence.codes import protected_codes
from translate_pipeline.evidence.forms import bases, fold, gaps, inflected, words
from translate_pipeline.languages import primary
from translate_pipeline.model import Document, Segment, Stage, Term, TermMatch
from translate_pipeline.terminology.glossary import Concept, Glossary
from translate_pipeline.terminology.places import in_context, names
from translate_pipeline.terminology.protection import protected_spans

__all__ = ["Matcher", "annotate"]

# Every word stands between these two in the strings that are searched, so that a hit begins and ends with whole words.
_OPEN, _CLOSE = "\x02", "\x03"


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


@dataclass(frozen=True, slots=True)
class _Form:
    """A source form of a concept, as words with their original letters."""

    words: tuple[str, ...]
    gaps: tuple[str, ...]
    text: str
    concept: Concept


class Matcher:
    """The forms of several glossaries in a language pair, ready to be found in texts."""

    def __init__(self, glossaries: Sequence[Glossary], source: str, target: str) -> None:
        self._source, self._target = source, target
        self._language = primary(source)
        self._families = _Families(self._language)
        self._normal: dict[str, str] = {}
        self._terms: dict[tuple[int, bool, bool], Term] = {}
        self._forms: dict[str, list[_Form]] = {}
        forms = [form for glossary in glossaries for concept in glossary.concepts for form in self._listed(concept)]
        for form in forms:
            for word in form.words:
                self._families.add(fold(word))
        for form in forms:
            self._forms.setdefault(self._key(form), []).append(form)
        self._keys = list(self._forms)
        self._automaton = ahocorasick_rs.AhoCorasick(self._keys, store_patterns=False) if self._keys else None

    def find(self, text: str, protected: Sequence[tuple[int, int]] = ()) -> tuple[TermMatch, ...]:
        """The terms in `text`, in order and disjoint, none of them touching a `protected` span."""
        if self._automaton is None:
            return ()
        spans = words(text)
        if not spans:
            return ()
        parts: list[str] = []
        starts: dict[int, int] = {}
        ends: dict[int, int] = {}
        length = 0
        for number, ((start, end), between) in enumerate(zip(spans, ("", *gaps(text, spans)), strict=True)):
            word = text[start:end]
            normal = self._normalised(word)
            starts[length + len(between)] = number
            parts += (between, normal)
            length += len(between) + len(normal)
            ends[length] = number
        capitals = len(spans) > 1 and text.isupper()
        found: list[tuple[int, int, int, Term]] = []
        for key, begin, finish in self._automaton.find_matches_as_indexes("".join(parts), overlapping=True):
            first, final = starts[begin], ends[finish]
            start, end = spans[first][0], spans[final][1]
            if any(start < stop and begun < end for begun, stop in protected):
                continue
            here = [text[one:other] for one, other in spans[first : final + 1]]
            form = next(
                (
                    form
                    for form in self._forms[self._keys[key]]
                    if _fits(form, here, self._language, capitals=capitals)
                    and in_context(form.concept.context, self._language, text, start, end)
                ),
                None,
            )
            if form is not None:
                found.append((start - end, start, end, self._term(form)))
        return _longest(found)

    def _listed(self, concept: Concept) -> Iterator[_Form]:
        source, target = concept.entry(self._source), concept.entry(self._target)
        if source is None or target is None or not (target.forms or target.forbidden):
            return
        for text in (*source.forms, *source.forbidden):  # what we must not write, others may have written
            spans = words(text)
            if spans:
                yield _Form(tuple(text[start:end] for start, end in spans), tuple(gaps(text, spans)), text, concept)

    def _key(self, form: _Form) -> str:
        return "".join(between + self._normalised(word) for between, word in zip(("", *form.gaps), form.words, strict=True))

    def _normalised(self, word: str) -> str:
        normal = self._normal.get(word)
        if normal is None:
            normal = self._normal[word] = f"{_OPEN}{self._families.of(fold(word))}{_CLOSE}"
        return normal

    def _term(self, form: _Form) -> Term:
        """The term for a form that was found: the target form of the same make comes first, an acronym for an acronym, a surname for a surname."""
        concept = form.concept
        source, target = concept.entry(self._source), concept.entry(self._target)
        assert source is not None
        assert target is not None
        make = _make(form.text)
        key = (id(concept), *make)
        if key not in self._terms:
            self._terms[key] = Term(
                concept=concept.id,
                source=source.forms,
                target=tuple(sorted(target.forms, key=lambda one: _distance(make, _make(one)))),
                forbidden=target.forbidden,
                status="admitted" if concept.context else "preferred",
                kind=concept.kind,
                case=concept.case,
                note=concept.note,
            )
        return self._terms[key]


def _make(form: str) -> tuple[bool, bool]:
    count = len(words(form))
    return count == 1 and form.isupper() and len(form) > 1, count > 1


def _distance(one: tuple[bool, bool], other: tuple[bool, bool]) -> int:
    return sum(a is not b for a, b in zip(one, other, strict=True))


def _fits(form: _Form, here: Sequence[str], language: str, *, capitals: bool) -> bool:
    if form.concept.case == "exact":
        return tuple(here) == form.words and not capitals
    return tuple(here) == form.words or all(
        (form.concept.case == "ignore" or _case_fits(listed, found)) and inflected(fold(listed), fold(found), language)
        for listed, found in zip(form.words, here, strict=True)
    )


def _case_fits(listed: str, found: str) -> bool:
    if len(listed) > 1 and listed.isupper():
        return found.startswith(listed)
    return not listed[0].isupper() or found[0].isupper()


def _longest(found: Sequence[tuple[int, int, int, Term]]) -> tuple[TermMatch, ...]:
    taken: list[TermMatch] = []
    for _, start, end, term in sorted(found, key=lambda one: one[:2]):
        if all(end <= other.start or other.end <= start for other in taken):
            taken.append(TermMatch(term=term, start=start, end=end))
    return tuple(sorted(taken, key=lambda match: match.start))


class _Families:
    """Words that may be inflections of one another, each family under the name of one of them.

    A family may hold words that are strangers to each other, linked by others; what is found through it is compared again.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._heads: dict[str, str] = {}

    def add(self, word: str) -> None:
        """Make `word` a member of the families of all its bases, which become one."""
        kin = bases(word, self._language)
        heads = {self._head(base) for base in kin if base in self._heads}
        head = min(heads, default=word)
        for base in (*kin, *heads):
            self._heads[base] = head

    def of(self, word: str) -> str:
        """The name of the family of `word`; the word itself when it has none."""
        return next((self._head(base) for base in bases(word, self._language) if base in self._heads), word)

    def _head(self, word: str) -> str:
        while (head := self._heads[word]) != word:
            word = head
        return word
