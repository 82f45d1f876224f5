"""How much alike two spellings of a name are."""

import difflib
import functools

from translate_pipeline.evidence.forms import fold

__all__ = ["LIKE", "likeness"]

LIKE = 0.66  # of two spellings of one name; other names of the same length stay below
_LIKE_ACRONYM = 0.75  # one letter lost of four or five
_SHORTEST = 4  # letters of a name whose likeness says anything


@functools.lru_cache(maxsize=1 << 14)
def likeness(word: str, model: str, *, least: float = LIKE) -> float:
    """How much `word` is like `model`, up to 1; 0 when less than `least` (acronyms: than 0.75 where `least` is the default).

    Capitals do not count, but for acronyms.
    """
    one, other = fold(word), fold(model)
    if one == other:
        return 1.0
    acronym = model.isupper() and " " not in model
    if acronym and sum(character.isupper() for character in word) < 2:
        return 0.0
    if not acronym and min(len(one), len(other)) < _SHORTEST:
        return 0.0
    ratio = difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
    return ratio if ratio >= (_LIKE_ACRONYM if acronym and least == LIKE else least) else 0.0
