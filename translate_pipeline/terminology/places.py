"""Names of countries, territories and languages, from CLDR, for every pair of languages.

They are the last glossary to be asked. A name that may be something else (`ambiguous.tsv`: Georgia, Turkey, Chad), and every name of a language,
which is an adjective as well, counts only among words that speak for it (`contexts.tsv`).
"""

import csv
import functools
import importlib.resources
import re
from typing import Any

from translate_pipeline.languages import primary
from translate_pipeline.terminology.glossary import Concept, Entry, Glossary

__all__ = ["in_context", "names"]

_REACH = 40  # characters on either side that a context may look at


def names(source: str, target: str) -> Glossary:
    """The glossary of places and languages for a pair of language tags; empty where CLDR does not know one of them."""
    here, there = _territories(source), _territories(target)
    ambiguous = _ambiguous(primary(source))
    concepts = [
        Concept(
            id=f"CLDR-{code}",
            entries=(Entry(language=source, forms=here[code]), Entry(language=target, forms=there[code])),
            kind="place",
            context="name" if ambiguous.intersection(here[code]) else "",
            source="CLDR",
        )
        for code in here
        if code in there
    ]
    ours, theirs = _languages(source), _languages(target)
    concepts += [
        Concept(
            id=f"CLDR-language-{code}",
            entries=(Entry(language=source, forms=(ours[code],)), Entry(language=target, forms=(theirs[code],))),
            context="language",
            source="CLDR",
        )
        for code in ours
        if code in theirs
    ]
    return Glossary(name="CLDR", languages=(source, target), concepts=tuple(concepts))


def in_context(context: str, language: str, text: str, start: int, end: int) -> bool:
    """Whether the words around `text[start:end]` are what the rule called `context` wants; always without a rule."""
    if not context:
        return True
    rule = _contexts().get((context, language)) or _contexts().get((context, "*"))
    return bool(rule and rule[0].search(text[max(0, start - _REACH) : start]) and rule[1].match(text[end : end + _REACH]))


@functools.lru_cache(maxsize=64)
def _territories(tag: str) -> dict[str, tuple[str, ...]]:
    """The names of the territories with two letters, with those that newspapers use as well."""
    known = _locale(tag)
    more = _more(primary(tag))
    return {
        code: tuple(dict.fromkeys((name, *more.get(code, ()))))
        for code, name in (known.territories.items() if known else ())
        if len(code) == 2 and code.isalpha() and not name.startswith("Pseudo") and code not in {"ZZ", "XA", "XB", "QO", "EU", "EZ", "UN"}
    }


@functools.lru_cache(maxsize=64)
def _languages(tag: str) -> dict[str, str]:
    known = _locale(tag)
    return {code: name for code, name in (known.languages.items() if known else ()) if len(code) == 2 and "(" not in name}


def _locale(tag: str) -> Any:
    import babel  # noqa: PLC0415 - only runs with places pay for it

    try:
        return babel.Locale.parse(tag, sep="-")
    except (ValueError, babel.UnknownLocaleError):
        return None


@functools.cache
def _more(language: str) -> dict[str, tuple[str, ...]]:
    return {row["territory"]: tuple(row["forms"].split("|")) for row in _table("places.tsv") if row["language"] == language}


@functools.cache
def _ambiguous(language: str) -> frozenset[str]:
    return frozenset(row["name"] for row in _table("ambiguous.tsv") if row["language"] == language)


@functools.cache
def _contexts() -> dict[tuple[str, str], tuple[re.Pattern[str], re.Pattern[str]]]:
    return {(row["context"], row["language"]): (re.compile(row["before"]), re.compile(row["after"])) for row in _table("contexts.tsv")}


def _table(name: str) -> list[dict[str, str]]:
    data = importlib.resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(data.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
