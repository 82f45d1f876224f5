"""Cutting texts that are too long for a model at places that hurt least, and joining the translations."""

import re
from collections.abc import Callable

__all__ = ["LIMIT", "cut", "joined"]

LIMIT = 120
"""The most pieces given to a model at once, about 90 words. Models are trained on sentences and repeat themselves beyond, and a translation
of up to twice the length must have room in the 256 places that many models have.
"""

# best first: behind the end of a sentence, behind a clause mark, behind a comma, at a space
_PLACES = (
    re.compile(r"(?<=[.!?…])['\")\]»”’]*\s+|(?<=[。！？])"),
    re.compile(r"(?<=[;:—–])\s+|(?<=[；：])"),
    re.compile(r"(?<=[,،])\s+|(?<=[，、])"),
    re.compile(r"\s+"),
)
_SPACELESS_END = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]$")


def cut(text: str, count: Callable[[str], int], *, limit: int = LIMIT) -> tuple[tuple[int, int], ...]:
    """The spans of `text` to translate one by one, none of more than `limit` pieces as `count` counts them.

    Nothing but white space lies between them. A text that is short enough is one span.
    """
    spans: list[tuple[int, int]] = []
    waiting = [(0, len(text))]
    while waiting:
        start, end = waiting.pop()
        if end - start < 2 or count(text[start:end]) <= limit:
            spans.append((start, end))
            continue
        left, right = _break(text, start, end)
        waiting += [(right, end), (start, left)]
    return tuple(spans)


def joined(text: str, spans: tuple[tuple[int, int], ...], parts: tuple[str, ...]) -> tuple[str, tuple[int, ...]]:
    """The translations of the spans of `text` as one text, and where in it each begins.

    A space goes between two parts unless the cut went through a word or the script of the translation has no spaces.
    """
    result = ""
    starts = []
    for index, part in enumerate(parts):
        if index and result and not _SPACELESS_END.search(result):
            before, after = spans[index - 1][1], spans[index][0]
            through_a_word = before == after and text[before - 1].isalnum() and not _SPACELESS_END.search(text[:before])
            result += "" if through_a_word else " "
        starts.append(len(result))
        result += part
    return result, tuple(starts)


def _break(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the left part of start..end ends and the right one begins: the best kind of place, the one nearest the middle."""
    middle = (start + end) // 2
    quarter = (end - start) // 4
    for place in _PLACES:
        found = [match.span() for match in place.finditer(text, start, end)]
        inner = [span for span in found if max(start + quarter, start + 1) <= span[0] and span[1] <= min(end - quarter, end - 1)]
        if inner:
            return min(inner, key=lambda span: abs(span[0] - middle))
    return middle, middle
