"""The ways of asking for a segment: each turns its source into a text for the engine and an answer back into a target.

An attempt is named by its variant, "strategy:numbers of the replaced terms:number of the try", and can be built again from the segment and
that name alone; nothing else is remembered between the rounds.

* plain: the source as it is;
* inline: terms in their target form, which models copy;
* proxy: terms replaced by well-known names or nouns of the same class and gender (`proxies.tsv`), which are swapped back in the answer;
* mask: terms replaced by a sign that the vocabularies keep (`masks.tsv`);
* prefix: the source as it is, with the beginning of the answer given, up to the term (see `repair.beginnings`);
* avoid: the source as it is, with forbidden forms suppressed in the answer;
* bare: the source with nothing protected, for an engine that loses every mask.

What has to stay as it is (addresses, code) is masked in all but the last.
"""

import csv
import functools
import importlib.resources
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from translate_pipeline.content import plain
from translate_pipeline.evidence.forms import fold, occurrences
from translate_pipeline.languages import primary
from translate_pipeline.model import Content, Segment, TermMatch
from translate_pipeline.terminology.agreement import gender, placed
from translate_pipeline.terminology.protection import Replacement, protected_spans, replace_spans, restore

__all__ = ["Attempt", "Situation", "Survives", "build"]

Survives = Callable[[str, str, str], bool]
"""Whether a text goes through the vocabularies from one language to another unchanged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A segment with what has to be known about its document. `fixed` are the codes whose spans stay as they are."""

    document: str
    segment: Segment
    source_language: str
    target_language: str
    fixed: frozenset[str]
    survives: Survives


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """What stands for a term: its words in the source and in the target, and its gender there."""

    source: str
    target: str
    gender: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A text to be translated. `masks` are pairs of a mask and what it stands for, `proxies` those of a proxy and its match, in order."""

    variant: str
    source: Content
    target_language: str
    masks: tuple[tuple[str, str], ...] = ()
    proxies: tuple[tuple[Proxy, TermMatch], ...] = ()
    avoid: tuple[str, ...] = ()
    prefix: str = ""

    @property
    def strategy(self) -> str:
        """The strategy's name, as `Candidate.strategy` has it."""
        return self.variant.partition(":")[0]

    def target(self, answer: Content) -> Content | None:
        """The target that `answer` gives; None when something that stood for something was lost or doubled on the way."""
        restored = restore(answer, self.masks)
        return None if restored is None else _swapped_back(restored, self.proxies, self.target_language)


def build(situation: Situation, variant: str) -> Attempt | None:
    """The attempt of that name; None when there is nothing to stand for the terms."""
    strategy, numbers, choice = (*variant.split(":"), "", "")[:3]
    chosen = [situation.segment.terms[int(number)] for number in numbers.split(",") if number]
    text = plain(situation.segment.source)
    written = str.upper if text.isupper() else str  # a headline in capitals stays one, so that the engine sees what it is
    protected = [(start, end, text[start:end]) for start, end in protected_spans(situation.segment.source, situation.fixed)]
    masked = [] if strategy == "bare" else protected
    replacements: list[Replacement] = []
    proxies: list[tuple[Proxy, TermMatch]] = []
    if strategy == "mask":
        masked = sorted([*protected, *((match.start, match.end, match.term.target[0]) for match in chosen)])
    elif strategy == "inline":
        replacements = [Replacement(start=match.start, end=match.end, text=written(match.term.target[0])) for match in chosen]
    elif strategy == "proxy":
        proxies = _proxies_for(situation, chosen, int(choice))
        if len(proxies) < len(chosen):
            return None
        replacements = [Replacement(start=match.start, end=match.end, text=written(proxy.source)) for proxy, match in proxies]
    masks = _masks(situation, len(masked))
    if strategy == "mask" and not masks:
        return None
    pairs = list(zip(masks, masked, strict=False))
    replacements += [Replacement(start=start, end=end, text=mask) for mask, (start, end, _) in pairs]
    return Attempt(
        variant=variant,
        source=replace_spans(situation.segment.source, sorted(replacements, key=lambda one: one.start)),
        target_language=situation.target_language,
        masks=tuple((mask, original) for mask, (_, _, original) in pairs),
        proxies=tuple(proxies),
        avoid=tuple(dict.fromkeys(form for match in chosen for form in match.term.forbidden)) if strategy == "avoid" else (),
    )


def _masks(situation: Situation, count: int) -> Sequence[str]:
    """So many masks that the vocabularies keep and the source does not have; none when there are not enough."""
    text = plain(situation.segment.source)
    for row in _table("masks.tsv"):
        masks = [row["mask"].format(n=number) for number in range(1, count + 1)]
        if not any(mask in text or not situation.survives(mask, situation.source_language, situation.target_language) for mask in masks):
            return masks
    return ()


def _proxies_for(situation: Situation, chosen: Sequence[TermMatch], number: int) -> list[tuple[Proxy, TermMatch]]:
    """A proxy for every match, another one for each concept; the `number`-th choice of those of the best fit."""
    text = plain(situation.segment.source)
    language = primary(situation.target_language)
    by_concept: dict[str, Proxy] = {}
    for match in chosen:
        if match.term.concept in by_concept:
            continue
        wanted = gender(match.term, match.term.target[0], language)
        fitting = [
            proxy
            for proxy in _proxies(match.term.kind, primary(situation.source_language), language)
            if proxy.source not in text and proxy not in by_concept.values() and (not wanted or proxy.gender == wanted)
        ]
        if number < len(fitting):
            by_concept[match.term.concept] = fitting[number]
    return [(by_concept[match.term.concept], match) for match in chosen if match.term.concept in by_concept]


def _swapped_back(content: Content, proxies: Sequence[tuple[Proxy, TermMatch]], language: str) -> Content | None:
    """The terms in the places of their proxies, in agreement with their articles; None when a proxy is lost or doubled."""
    text = plain(content)
    capitals = text.isupper()
    swaps: list[tuple[int, int, TermMatch, bool]] = []
    for proxy in dict.fromkeys(proxy for proxy, _ in proxies):
        own = [match for other, match in proxies if other == proxy]
        found = list(occurrences(proxy.target.upper() if capitals else proxy.target, text, primary(language)))
        if len(found) != len(own):
            return None
        swaps += [
            (one.start, one.end, match, _is_owner(text[one.start : one.end], proxy, match)) for one, match in zip(found, own, strict=True)
        ]
    for start, end, match, owner in sorted(swaps, key=lambda swap: swap[0], reverse=True):
        content = placed(content, start, end, match.term.target[0], match.term, language, owner=owner)
    return content


def _is_owner(found: str, proxy: Proxy, match: TermMatch) -> bool:
    return match.term.kind in {"person", "place"} and fold(found) == fold(f"{proxy.target}s")


@functools.cache
def _proxies(kind: str, source: str, target: str) -> tuple[Proxy, ...]:
    return tuple(_read(row, source, target) for row in _table("proxies.tsv") if row["kind"] == kind and row.get(source) and row.get(target))


def _read(row: dict[str, str], source: str, target: str) -> Proxy:
    form, _, kind = row[target].partition(" ")
    return Proxy(source=row[source].partition(" ")[0], target=form, gender=kind)


def _table(name: str) -> Iterator[dict[str, str]]:
    data = importlib.resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(data.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
