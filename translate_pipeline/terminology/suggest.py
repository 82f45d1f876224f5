"""What a glossary could have: names, acronyms and phrases that come back, and that no glossary covers."""

import collections
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from translate_pipeline.content import plain
from translate_pipeline.evidence.forms import words
from translate_pipeline.evidence.likeness import likeness
from translate_pipeline.model import Document, Segment

__all__ = ["Suggestion", "suggest"]

_ACRONYM = re.compile(r"[A-ZА-ЯЁ][A-ZА-ЯЁ0-9]{1,7}")
_CONTEXTS = 3
_WIDTH = 40  # characters of context on either side
_LONGEST = 4  # words of a name
_PHRASE = range(2, 4)  # words of a phrase
_SMALL = 4  # letters: shorter words do not begin or end a phrase
_REPEATED = 3  # times a phrase comes back


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A form for a glossary: `kind` is acronym, "name" or "phrase"; `renderings` are the engine's, the most frequent first, each with its count."""

    form: str
    kind: str
    count: int
    contexts: tuple[str, ...]
    renderings: tuple[tuple[str, int], ...] = ()

    @property
    def disagreement(self) -> float:
        """The share of the renderings that are not the most frequent one."""
        total = sum(count for _, count in self.renderings)
        return 1 - self.renderings[0][1] / total if total else 0.0

    def row(self) -> str:
        """Kind, source form and the usual rendering, with tabs between: to be pasted below `kind<TAB>en<TAB>de`."""
        kind = self.kind if self.kind == "acronym" else ""
        return "\t".join((kind, self.form, self.renderings[0][0] if self.renderings else ""))


def suggest(documents: Iterable[Document]) -> tuple[Suggestion, ...]:
    """Suggestions from annotated documents, translated or not; the most frequent first. What is a term already is left out."""
    found: dict[tuple[str, str], list[tuple[Segment, int, int]]] = collections.defaultdict(list)
    phrases: dict[str, list[tuple[Segment, int, int]]] = collections.defaultdict(list)
    for document in documents:
        for segment in document.segments():
            if not segment.translate:
                continue
            for kind, start, end in _names(segment):
                found[kind, plain(segment.source)[start:end]].append((segment, start, end))
            for start, end in _phrases(segment):
                phrases[plain(segment.source)[start:end]].append((segment, start, end))
    _without_first_words(found)
    inner = {form for _, form in found}
    found |= {("phrase", form): places for form, places in phrases.items() if len(places) >= _REPEATED and form not in inner}
    suggestions = [_suggestion(kind, form, places) for (kind, form), places in found.items()]
    return tuple(sorted(suggestions, key=lambda one: (-one.count, one.kind, one.form)))


def _names(segment: Segment) -> Iterator[tuple[str, int, int]]:
    """Acronyms, and runs of capitalised words; a single one at the beginning may be any word."""
    text = plain(segment.source)
    if text.isupper():
        return
    run: list[tuple[int, int]] = []
    for start, end in [*words(text), (len(text), len(text))]:
        word = text[start:end]
        covered = any(match.start < end and start < match.end for match in segment.terms)
        joined = not run or text[run[-1][1] : start] in {" ", "-", "\u00a0"}
        if word and not covered and joined and word[0].isupper() and not _ACRONYM.fullmatch(word) and len(run) < _LONGEST:
            run.append((start, end))
            continue
        if run and (len(run) > 1 or run[0][0] > 0) and run[-1][1] - run[0][0] > 1:
            yield "name", run[0][0], run[-1][1]
        run = [(start, end)] if word and not covered and word[0].isupper() and not _ACRONYM.fullmatch(word) else []
        if word and not covered and _ACRONYM.fullmatch(word):
            yield "acronym", start, end


def _without_first_words(found: dict[tuple[str, str], list[tuple[Segment, int, int]]]) -> None:
    """Take the first word of a sentence off a name that is known without it: There Smith, but Smith."""
    for kind, form in list(found):
        places = found[kind, form]
        initial = [place for place in places if place[1] == 0]
        tail = form.split(" ", 1)[-1]
        if initial and tail != form and ("name", tail) in found:
            found["name", tail] += [(segment, end - len(tail), end) for segment, _, end in initial]
            found[kind, form] = [place for place in places if place[1]]
            if not found[kind, form]:
                del found[kind, form]


def _phrases(segment: Segment) -> Iterator[tuple[int, int]]:
    """Two or three small-letter words in a row, none of them short."""
    text = plain(segment.source)
    spans = words(text)
    for size in _PHRASE:
        for first in range(len(spans) - size + 1):
            part = spans[first : first + size]
            plain_words = all(text[start:end].islower() and end - start >= _SMALL for start, end in part)
            close = all(text[one[1] : other[0]] == " " for one, other in itertools.pairwise(part))
            covered = any(match.start < part[-1][1] and part[0][0] < match.end for match in segment.terms)
            if plain_words and close and not covered:
                yield part[0][0], part[-1][1]


def _suggestion(kind: str, form: str, places: list[tuple[Segment, int, int]]) -> Suggestion:
    contexts = []
    renderings: collections.Counter[str] = collections.Counter()
    for segment, start, end in places:
        text = plain(segment.source)
        contexts.append(f"{text[max(0, start - _WIDTH) : start]}[{text[start:end]}]{text[end : end + _WIDTH]}")
        rendering = _rendering(segment, form) if kind != "phrase" else ""
        if rendering:
            renderings[rendering] += 1
    return Suggestion(
        form=form,
        kind=kind,
        count=len(places),
        contexts=tuple(dict.fromkeys(contexts))[:_CONTEXTS],
        renderings=tuple(sorted(renderings.items(), key=lambda item: (-item[1], item[0]))),
    )


def _rendering(segment: Segment, form: str) -> str:
    """What in the target looks most like the form; "" when nothing does."""
    if segment.target is None:
        return ""
    text = plain(segment.target)
    spans = words(text)
    size = len(words(form))
    windows = [text[spans[first][0] : spans[first + size - 1][1]] for first in range(len(spans) - size + 1)]
    best = max(((likeness(window, form), window) for window in windows if window[0].isupper()), default=(0.0, ""))
    return best[1] if best[0] else ""
