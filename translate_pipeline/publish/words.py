"""The words of the page itself, in the language of its reader, and dates as that language writes them."""

import datetime as dt
import functools
import importlib.resources
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

import babel.core
import babel.dates

from translate_pipeline import languages

__all__ = ["Words", "date_in", "words_for"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Interface words in `language` (English where there are none for the language that was asked for)."""

    language: str
    direction: str
    table: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The words for `key`, with the values filled in."""
        return self.table[key].format(**values)


@functools.cache
def words_for(tag: str) -> Words:
    """The words for readers of the language `tag`: those of the tag itself, of its primary language, or English."""
    folder = importlib.resources.files("translate_pipeline").joinpath("strings")
    for name in (tag, languages.primary(tag), "en"):
        file = folder.joinpath(f"{name}.toml")
        if file.is_file():
            table = tomllib.loads(file.read_text(encoding="utf-8"))
            language = str(table.pop("language"))
            return Words(language=language, direction=languages.direction(language), table=table)
    raise AssertionError("en.toml is part of the package")


@functools.lru_cache(maxsize=1024)
def date_in(tag: str, date: str) -> str:
    """An ISO 8601 date (or date and time) as the language writes it in running text, by CLDR; unchanged when it is no such date."""
    try:
        day = dt.date.fromisoformat(date[:10])
    except ValueError:
        return date
    try:
        locale = babel.core.Locale.parse(tag, sep="-")
    except (babel.core.UnknownLocaleError, ValueError):
        return day.isoformat()
    return babel.dates.format_date(day, "long", locale=locale)
