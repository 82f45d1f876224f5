"""What must come through a translation unchanged, and how a stretch of content is replaced and put back."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translate_pipeline.content import join, plain
from translate_pipeline.model import Code, CodeKind, Content, Inline, Text

__all__ = ["Replacement", "protected_spans", "replace_spans", "restore"]

_LINK = re.compile(
    r"(?:\b(?:https?|ftp)://|\bwww\.)[^\s<>\"“”„«»]*[^\s<>\"“”„«».,;:!?…')\]}’]"
    r"|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"
    r"|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|org|net|info|int|gov|edu|eu|de|ru|fr|es|kz|kg|uz|tj|tm|by|am|az|ge|ua|md)(?:/[^\s<>\"“”„«»]*[^\s<>\"“”„«».,;:!?…')\]}’])?(?!\w)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """Put `text` in the place of the characters from `start` to `end` of the plain text."""

    start: int
    end: int
    text: str


def protected_spans(content: Content, fixed: frozenset[str] = frozenset()) -> tuple[tuple[int, int], ...]:
    """The spans of the plain text that are web or mail addresses, or lie inside a code of `fixed`; in order and disjoint."""
    spans = sorted([*_inside(content, fixed), *(match.span() for match in _LINK.finditer(plain(content)))])
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return tuple(merged)


def replace_spans(content: Content, replacements: Sequence[Replacement]) -> Content:
    """Content with other words in some places. The replacements are in order and disjoint.

    Codes inside a replaced span stay: those that open a span come before the new words, all others after them.
    """
    result: list[Inline] = []
    pending = list(replacements)
    behind: list[Inline] = []
    at = 0
    for part in content:
        if isinstance(part, Code):
            if pending and pending[0].start < at < pending[0].end:
                (result if part.kind is CodeKind.OPEN else behind).append(part)
            else:
                result.append(part)
            continue
        start, stop = at, at + len(part.value)
        while at < stop:
            if not pending or pending[0].start >= stop:
                result.append(Text(value=part.value[at - start :]))
                at = stop
            elif at < pending[0].start:
                result.append(Text(value=part.value[at - start : pending[0].start - start]))
                at = pending[0].start
            else:
                at = min(stop, pending[0].end)
                if at == pending[0].end:
                    result += [Text(value=pending.pop(0).text), *behind]
                    behind = []
    return join(result)


def restore(content: Content, words: Sequence[tuple[str, str]]) -> Content | None:
    """Content with every stand-in replaced by what it stood for, `words` being pairs of the two; None when one is lost or doubled."""
    text = plain(content)
    found: list[Replacement] = []
    for stand_in, original in words:
        start = text.find(stand_in)
        if start < 0 or text.count(stand_in) != 1:
            return None
        found.append(Replacement(start=start, end=start + len(stand_in), text=original))
    found.sort(key=lambda one: one.start)
    if any(one.end > other.start for one, other in itertools.pairwise(found)):
        return None
    return replace_spans(content, found)


def _inside(content: Content, fixed: frozenset[str]) -> Iterator[tuple[int, int]]:
    at, opened = 0, {}
    for part in content:
        if isinstance(part, Text):
            at += len(part.value)
        elif part.id in fixed and part.kind is CodeKind.OPEN:
            opened[part.id] = at
        elif part.kind is CodeKind.CLOSE and part.id in opened:
            yield opened.pop(part.id), at
    for start in opened.values():
        yield start, at
