"""Which old segment a new one is: step by step, from the surest to the least sure, by text, neighbours and order."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz import fuzz

from translate_pipeline.content import codes, display, plain
from translate_pipeline.model import Segment, State, Text

__all__ = ["Kind", "Matching", "key", "match"]

Kind = Literal["same", "moved", "ambiguous", "spelling", "changed", "split", "merged", "gone", "new"]

_LEAST = 75.0  # similarity in percent from which an old target is worth correcting (translate-toolkit's pretranslate starts there too)
_PARTS = 4  # so many sentences at most become one, or one so many


@dataclass(slots=True)
class Matching:
    """Positions of old segments by position of the new one, how they were found, and which positions are still free on both sides."""

    old: Sequence[Segment]
    new: Sequence[Segment]
    kinds: dict[int, Kind] = field(default_factory=dict)
    places: dict[int, tuple[int, ...]] = field(default_factory=dict)
    left: set[int] = field(init=False)
    right: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.left, self.right = set(range(len(self.old))), set(range(len(self.new)))

    def take(self, kind: Kind, position: int, *places: int) -> None:
        """Say that the new segment at `position` is, or is made of, the old ones at `places`."""
        self.kinds[position], self.places[position] = kind, places
        self.right.discard(position)
        self.left.difference_update(places)


def match(old: Sequence[Segment], new: Sequence[Segment]) -> Matching:
    """Find the old segments again."""
    matching = Matching(old, new)
    _same_text(matching)
    _same_words(matching)
    _regrouped(matching)
    _similar(matching)
    return matching


def key(segment: Segment) -> tuple[object, ...]:
    """The text with its codes, whatever their ids."""
    numbers = {name: number for number, name in enumerate(dict.fromkeys(code.id for code in codes(segment.source)))}
    parts = (p.value if isinstance(p, Text) else (numbers[p.id], p.kind, p.equiv) for p in segment.source)
    return (segment.translate, *parts)


def _same_text(matching: Matching) -> None:
    """The same text in the same order, then elsewhere. Where equal sources had different targets, only equal neighbours make it sure."""
    before, after = [key(segment) for segment in matching.old], [key(segment) for segment in matching.new]
    places: dict[object, list[int]] = {}
    for place, text in enumerate(before):
        places.setdefault(text, []).append(place)
    for a, b, size in difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        for step in range(size):
            place, position = a + step, b + step
            sure = not _differ(matching, places[before[place]]) or _neighbours(before, place) == _neighbours(after, position)
            matching.take("same" if sure else "ambiguous", position, place)
    for position in sorted(matching.right):
        twins = places.get(after[position], [])
        free = [place for place in twins if place in matching.left]
        if free:
            nearest = min(free, key=lambda place: abs(place * len(after) - position * len(before)))
            matching.take("ambiguous" if _differ(matching, twins) else "moved", position, nearest)


def _same_words(matching: Matching) -> None:
    """Only spaces, quotation marks or case differ."""
    spelled: dict[str, list[int]] = {}
    for place in sorted(matching.left):
        spelled.setdefault(_spelling(matching.old[place]), []).append(place)
    for position in sorted(matching.right):
        twins = spelled.get(_spelling(matching.new[position]))
        if twins:
            matching.take("spelling", position, twins.pop(0))


def _regrouped(matching: Matching) -> None:
    """Sentences that were split into several, or joined; found by their letters."""
    olds, news = [_letters(segment) for segment in matching.old], [_letters(segment) for segment in matching.new]
    for size in range(2, _PARTS + 1):
        for group, place in _runs(news, olds, size, matching.right, matching.left):
            for position in group:
                matching.take("split", position, place)
        for group, position in _runs(olds, news, size, matching.left, matching.right):
            matching.take("merged", position, *group)


def _runs(parts: Sequence[str], wholes: Sequence[str], size: int, free: set[int], others: set[int]) -> list[tuple[range, int]]:
    """Free neighbours among `parts` that together are one of the free `wholes`; nothing twice."""
    known: dict[str, int] = {}
    for at in sorted(others, reverse=True):
        known[wholes[at]] = at
    known.pop("", None)
    found: list[tuple[range, int]] = []
    start = 0
    while start + size <= len(parts):
        group = range(start, start + size)
        whole = known.pop("".join(parts[part] for part in group), None) if all(part in free for part in group) else None
        if whole is not None:
            found.append((group, whole))
        start += 1 if whole is None else size
    return found


def _similar(matching: Matching) -> None:
    """At least so similar; the most similar first. Text that no person worked on is not worth correcting."""
    worked = [place for place in sorted(matching.left) if matching.old[place].target and matching.old[place].state > State.INITIAL]
    scores = [
        (-fuzz.ratio(plain(matching.old[place].source), plain(matching.new[position].source)), abs(place - position), place, position)
        for place in worked
        for position in sorted(matching.right)
        if matching.new[position].translate
    ]
    for score, _, place, position in sorted(scores):
        if -score >= _LEAST and place in matching.left and position in matching.right:
            matching.take("changed", position, place)


def _differ(matching: Matching, places: Sequence[int]) -> bool:
    return len({matching.old[place].target for place in places}) > 1


def _neighbours(keys: Sequence[object], at: int) -> tuple[object, object]:
    return (keys[at - 1] if at else None, keys[at + 1] if at + 1 < len(keys) else None)


def _spelling(segment: Segment) -> str:
    """The words in small letters: what is left when spaces, quotation marks and case do not matter. Codes count."""
    marks = "".join(f"<{code.kind.value}>" for code in codes(segment.source))
    words = re.sub(r"[\"'«»„“”‘’‚‹›]", " ", display(segment.source)).casefold().split()
    return f"{segment.translate} {' '.join(words)}{marks}"


def _letters(segment: Segment) -> str:
    return "".join(re.findall(r"\w", display(segment.source).casefold()))
