"""Copying: stretches of the source that stand untranslated in the target."""

import difflib
import re

__all__ = ["copied_run", "is_prose"]

# a word, or one character of a script that does not separate words
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\d_]+(?:['’-][^\W\d_]+)*")


def copied_run(source: str, target: str) -> tuple[str, ...]:
    """The longest run of words of `source` that stands in `target`, without regard to case, as the source writes it."""
    ours = _WORD.findall(source)
    theirs = [word.casefold() for word in _WORD.findall(target)]
    folded = [word.casefold() for word in ours]
    if not set(folded) & set(theirs):
        return ()
    match = difflib.SequenceMatcher(None, folded, theirs, autojunk=False).find_longest_match()
    return tuple(ours[match.a : match.a + match.size])


def is_prose(words: tuple[str, ...]) -> bool:
    """Whether a copied run is more than names, titles and small words: more than three words, two of them long and in lower case.

    In scripts without capitals or spaces: at least twelve characters.
    """
    if all(len(word) == 1 and word.upper() == word.lower() for word in words):
        return len(words) >= 12
    return len(words) > 3 and sum(len(word) > 3 and word[0].islower() for word in words) >= 2
