"""Capitals and headline case: translated in sentence case, because models hardly know anything else, and restored."""

import enum
import re
from collections.abc import Callable

__all__ = ["Casing", "casing", "restore", "sentence_case"]

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class Casing(enum.Enum):
    """How a text is written: as usual, in capitals, or as an English headline with every word capitalised."""

    USUAL = "usual"
    CAPITALS = "capitals"
    HEADLINE = "headline"


Cost = Callable[[str], tuple[float, ...]]
"""How unlikely a word is, written like this, for the tokenizer of a package; only compared."""


def casing(text: str, cost: Cost) -> Casing:
    """How `text` is written. Acronyms alone are no capitals, and a list of names is no headline."""
    words = _WORD.findall(text)
    long = [word for word in words if len(word) > 1]
    capitals = [word for word in long if word.isupper()]
    if len(capitals) >= 0.8 * len(long) and (len(capitals) > 1 or (capitals and len(capitals[0]) > 5)):
        return Casing.CAPITALS
    content = [word for word in words[1:] if len(word) > 3]
    if len(content) >= 3 and all(_capitalised(word) or word.isupper() for word in content):
        lowered = [word for word in content if _capitalised(word) and cost(word.lower()) < cost(word)]
        if len(lowered) >= 0.4 * len(content):
            return Casing.HEADLINE
    return Casing.USUAL


def sentence_case(text: str, style: Casing, cost: Cost) -> str:
    """`text`, which is written in `style`, as it would stand in a sentence; as long as before, character for character.

    Of the ways in which a word can be written, the tokenizer's favourite is taken: its vocabulary was learned from running text.
    """
    if style is Casing.USUAL:
        return text
    result = text
    for index, match in enumerate(_WORD.finditer(text)):
        word = match[0]
        if style is Casing.CAPITALS and word.isupper():
            written = _favourite(word, first=index == 0, dotted=text[match.end() : match.end() + 1] == "." and len(word) == 1, cost=cost)
        elif style is Casing.HEADLINE and index and _capitalised(word):
            written = min((word.lower(), word), key=cost)
        else:
            continue
        if len(written) == len(word):
            result = result[: match.start()] + written + result[match.end() :]
    return result


def restore(source: str, target: str, style: Casing, language: str) -> str:
    """`target` in the style of `source`: all of it in capitals, save for words that the source itself has in small letters.

    Only English capitalises every word of a headline, so that a headline only gets its first letter.
    """
    if style is Casing.CAPITALS:
        kept = {word for word in _WORD.findall(source) if not word.isupper()}
        return _WORD.sub(lambda match: match[0] if match[0] in kept else _upper(match[0], language), target)
    if style is Casing.HEADLINE and target[:1].islower():
        return _upper(target[0], language) + target[1:]
    return target


def _favourite(word: str, *, first: bool, dotted: bool, cost: Cost) -> str:
    """How a word given in capitals is written in running text."""
    if dotted:
        return word
    small, capitalised = word.lower(), word[0] + word[1:].lower()
    if first:
        return min((capitalised, word), key=cost)
    return min((small, capitalised, word), key=cost)


def _capitalised(word: str) -> bool:
    return word[0].isupper() and word[1:].islower()


def _upper(word: str, language: str) -> str:
    """Capitals as the language has them: Turkic dotted and dotless i."""
    if language.split("-", maxsplit=1)[0] in {"tr", "az", "crh", "kk-latn"}:
        word = word.replace("i", "İ")
    return word.upper()
