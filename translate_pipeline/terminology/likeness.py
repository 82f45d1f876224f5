"""How much alike two spellings of a name are."""

import difflib
import functools

from translate_pipeline.evidence.forms import fold

__all__ = ["likeness"]

_LIKE = 0.66  # of two spellings of one name; other names of the same length stay below
_LIKE_ACRONYM = 0.75  # one letter lost of four or five
_SHORTEST = 4  # letters of a name whose likeness says anything


@functools.lru_cache(maxsize=1 << 14)
def likeness(word: str, model: str) -> float:
    """How much `word` is like `model`, from 0.66 to 1; 0 when not enough to be the same. Capitals do not count, but for acronyms."""
    one, other = fold(word), fold(model)
    if one == other:
        return 1.0
    acronym = model.isupper() and " " not in model
    if acronym and sum(character.isupper() for character in word) < 2:
        return 0.0
    if not acronym and min(len(one), len(other)) < _SHORTEST:
        return 0.0
    ratio = difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
    return ratio if ratio >= (_LIKE_ACRONYM if acronym else _LIKE) else 0.0
