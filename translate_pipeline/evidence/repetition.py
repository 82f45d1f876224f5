"""Repetition: the same words or letters over and over, as neural models produce them when they lose the thread."""

import re
from dataclasses import dataclass

__all__ = ["Loop", "loop"]

_LONGEST_UNIT = 8
_WORD = re.compile(r"[^\W_]+|[^\w\s]")
# scripts that do not separate words: one character is one word
_SPACELESS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_INSIDE_WORD = re.compile(r"([^\W\d_]{1,12}?)\1{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """A `unit` of one to eight words (or of some letters inside a word) that stands `times` times in a row."""

    unit: str
    times: int


def loop(text: str) -> Loop | None:
    """What is repeated most often without anything between, at least twice; None where nothing is.

    Digits and punctuation alone do not count ("1 000 000 000", "......"), nor do letters less than four times over.
    """
    best: Loop | None = None
    words = _WORD.findall(_SPACELESS.sub(r" \g<0> ", text.casefold()))
    for size in range(1, min(_LONGEST_UNIT, len(words) // 2) + 1):
        same = 0
        for index in range(len(words) - size):
            if words[index] != words[index + size]:
                same = 0
                continue
            same += 1
            times = same // size + 1
            if same % size == 0 and (best is None or times > best.times):
                unit = " ".join(words[index + 1 : index + 1 + size])
                if any(character.isalpha() for character in unit):
                    best = Loop(unit=unit, times=times)
    inside = _INSIDE_WORD.search(text.casefold())
    if inside:
        times = len(inside[0]) // len(inside[1])
        if best is None or times > best.times:
            best = Loop(unit=inside[1], times=times)
    return best
