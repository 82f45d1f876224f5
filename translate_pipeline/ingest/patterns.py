"""What stands around an article: bylines, and the residue of web pages. The patterns are data: `patterns.toml`."""

import functools
import importlib.resources
import re
import tomllib

from translate_pipeline.languages import primary

__all__ = ["is_byline", "is_name", "is_residue", "is_role"]

# "Reinhard Veser", "J. R. R. Tolkien", "Ursula von der Leyen", "Анна Петрова"
_WORD = r"(?:[^\W\d_a-zа-яё][^\W\d_]*(?:[-'’][^\W\d_]+)*\.?)"
_PERSON = rf"{_WORD}(?: (?:(?:von|van|der|den|ter|ten|de|del|du|da|dos|das|la|le|di|el|bin|ibn|al|zu) )*{_WORD}){{1,4}}"
_NAMES = rf"{_PERSON}(?:(?:,| and| und| et| y| и| және) {_PERSON}){{0,4}}"
_LONGEST = 160


def is_residue(text: str, language: str) -> bool:
    """Whether a block is certainly no part of the article, like "Share on Facebook"."""
    return _matches("residue", text, language)


def is_byline(text: str, language: str) -> bool:
    """Whether a block certainly names its author, like "By Anna Smith"."""
    return _matches("byline", text, language)


def is_role(text: str, language: str) -> bool:
    """Whether a block says what somebody is, like "Editor in politics."."""
    return _matches("role", text, language)


def is_name(text: str) -> bool:
    """Whether a block could be the name of a person and nothing else."""
    return len(text) <= _LONGEST and re.fullmatch(_NAMES, text) is not None


def _matches(kind: str, text: str, language: str) -> bool:
    value = " ".join(text.split())
    return 0 < len(value) <= _LONGEST and any(pattern.fullmatch(value) for pattern in _patterns(kind, primary(language)))


@functools.cache
def _patterns(kind: str, language: str) -> tuple[re.Pattern[str], ...]:
    table = tomllib.loads(importlib.resources.files(__package__).joinpath("patterns.toml").read_text(encoding="utf-8"))
    found = [pattern for name in ("any", language) for pattern in table.get(name, {}).get(kind, ())]
    return tuple(re.compile(pattern.replace("NAME", _NAMES), re.IGNORECASE) for pattern in found)
