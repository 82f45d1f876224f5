"""The ways of asking for a segment: each turns its source into a text for the engine and an answer back into a target.

An attempt is named by its variant, "strategy:numbers of the replaced terms:number of the try", and can be built again from the segment and
that name alone; nothing else is remembered between the rounds.
"""

import csv
import functools
import importlib.resources
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from translate_pipeline.content import plain
from translate_pipeline.model import Content, Segment
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
class Attempt:
    """A text to be translated. `stand_ins` are pairs: what stands in it, and what it stands for in the target."""

    variant: str
    source: Content
    stand_ins: tuple[tuple[str, str], ...]

    @property
    def strategy(self) -> str:
        """The strategy's name, as `Candidate.strategy` has it."""
        return self.variant.partition(":")[0]

    def target(self, answer: Content) -> Content | None:
        """The target that `answer` gives; None when a stand-in was lost on the way."""
        return restore(answer, self.stand_ins)


def build(situation: Situation, variant: str) -> Attempt:
    """The attempt of that name."""
    strategy, _, numbers = variant.partition(":")
    chosen = [situation.segment.terms[int(number)] for number in numbers.split(",") if number]
    terms = [(match.start, match.end, match.term.target[0]) for match in chosen]
    text = plain(situation.segment.source)
    protected = [(start, end, text[start:end]) for start, end in protected_spans(situation.segment.source, situation.fixed)]
    masked = {"mask": [*protected, *terms], "bare": []}.get(strategy, protected)
    masks = _masks(situation, len(masked))
    replacements = [Replacement(start=start, end=end, text=mask) for mask, (start, end, _) in zip(masks, masked, strict=False)]
    stand_ins = tuple((mask, original) for mask, (_, _, original) in zip(masks, masked, strict=False))
    if strategy == "inline":
        replacements += [Replacement(start=start, end=end, text=form) for start, end, form in terms]
    replacements.sort(key=lambda one: one.start)
    return Attempt(variant=variant, source=replace_spans(situation.segment.source, replacements), stand_ins=stand_ins)


def _masks(situation: Situation, count: int) -> Sequence[str]:
    """So many masks that the vocabularies keep and the source does not have; none when there are not enough."""
    text = plain(situation.segment.source)
    for pattern in _patterns():
        masks = [pattern.format(n=number) for number in range(1, count + 1)]
        if not any(mask in text or not situation.survives(mask, situation.source_language, situation.target_language) for mask in masks):
            return masks
    return ()


@functools.cache
def _patterns() -> tuple[str, ...]:
    data = importlib.resources.files(__package__).joinpath("masks.tsv").read_text(encoding="utf-8")
    return tuple(row["mask"] for row in csv.DictReader(data.splitlines(), delimiter="\t"))
