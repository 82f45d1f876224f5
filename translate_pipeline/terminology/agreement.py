"""Words around a term that change with it: its article, the adjectives in it, the ending of its noun.

Only what is certain is changed: `articles.tsv` says which article a term of a gender has where another one stands, and which endings its adjective and
its noun have after it; what is not in the table stays. `genders.tsv` tells the gender from the last letters of a noun.
"""

import csv
import functools
import importlib.resources
from collections.abc import Iterable
from dataclasses import dataclass

from translate_pipeline.content import plain
from translate_pipeline.evidence.forms import fold, occurrences, words
from translate_pipeline.languages import primary
from translate_pipeline.model import Content, Term
from translate_pipeline.terminology.protection import Replacement, replace_spans

__all__ = ["agreed", "articles", "gender", "genitive", "opening", "placed"]

_ADJECTIVES = {"m": "er", "f": "e", "n": "es", "pl": "e"}  # endings in glossaries: Nationaler Rat, Europäische Union, Kaspisches Meer
_VOWELS = frozenset("aâàeéèêëiîïoôuùûhyœæ")
_GLUE = frozenset({" ", "\u00a0", "'", "’"})
_ELISION = "'"
_NO_GENITIVE = tuple("sßxzSXZ")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    article: str
    adjective: str
    noun: str


def gender(term: Term, form: str, language: str) -> str:
    """The gender of a target form, "m", "f", "n", "pl", or "" where nobody can tell.

    An acronym has that of the full names listed with it. Names of people and places are used without article, and have none.
    """
    if term.kind in {"person", "place"} and len(words(form)) == 1 and not _ending(form, language):
        return ""
    acronym = form.isupper() and len(words(form)) == 1
    candidates = [form, *term.target] if acronym else [form]
    for candidate in candidates:
        for start, end in words(candidate):
            if found := _ending(candidate[start:end], language):
                return found
    return ""


def placed(content: Content, start: int, end: int, form: str, term: Term, language: str, *, owner: bool = False) -> Content:
    """Put `form` in the place from `start` to `end`, in agreement with the word before it.

    `owner` says that a name stands as an owner there (Tokajews Rede). `language` is a target language tag.
    """
    text = plain(content)
    base = primary(language)
    capitals = text.isupper()
    before = [span for span in words(text) if span[1] <= start]
    if before and text[before[-1][1] : start] in _GLUE:
        left, right = before[-1]
        kind = gender(term, form, base)
        rule = _article(text[left:right], form, kind, base)
        if rule is not None:
            owner = False
            form = _inflected(form, rule, kind, base)
            article = rule.article[0].upper() + rule.article[1:] if text[left].isupper() else rule.article
            if article.casefold() != text[left:right].casefold():
                start, form = left, article + ("" if article.endswith(_ELISION) else " ") + form
    if owner:
        form = genitive(form, base)
    return replace_spans(content, [Replacement(start=start, end=end, text=form.upper() if capitals else form)])


def opening(form: str, term: Term, language: str) -> str:
    """A form as the subject at the beginning of a sentence, with its article when its gender is known."""
    base = primary(language)
    kind = gender(term, form, base)
    rule = _article("", form, kind, base)
    if rule is None:
        return form
    return (
        f"{rule.article[0].upper()}{rule.article[1:]}{'' if rule.article.endswith(_ELISION) else ' '}{_inflected(form, rule, kind, base)}"
    )


def agreed(content: Content, terms: Iterable[Term], language: str) -> Content:
    """Forms that were copied into a target as they are listed, in agreement with the word before them."""
    base = primary(language)
    for term in dict.fromkeys(terms):
        for form in term.target:
            text = plain(content)
            spans = words(form)
            # of a form led by an adjective, the noun may have its ending already
            first = form[spans[0][0] : spans[0][1]] if len(spans) > 1 else form
            for one in reversed(list(occurrences(form, text, base))):
                if text[one.start : one.end] == form or (len(spans) > 1 and text.startswith(first, one.start) and _led(form, term, base)):
                    content = placed(content, one.start, one.end, form, term, language)
    return content


def genitive(form: str, language: str) -> str:
    """A name as owner, in languages that say it with an ending."""
    if language != "de":
        return form
    return f"{form}’" if form.endswith(_NO_GENITIVE) else f"{form}s"


def articles(language: str) -> frozenset[str]:
    """The small words that an article can be."""
    return frozenset(found for own, _, found in _rules() if own == language and found)


def _article(found: str, form: str, kind: str, language: str) -> _Rule | None:
    if language == "fr" and fold(form)[:1] in _VOWELS and (language, "vowel", found.lower()) in _rules():
        return _rules()[language, "vowel", found.lower()]
    return _rules().get((language, kind, found.lower()))


def _inflected(form: str, rule: _Rule, kind: str, language: str) -> str:
    """Adjectives that lead the form get the ending that goes with the article, the noun after them that of its case."""
    result = ""
    at = 0
    for start, end in words(form):
        word = form[start:end]
        listed = _ADJECTIVES.get(kind, "")
        if _ending(word, language) or not listed or not word.endswith(listed):
            noun = rule.noun if not word.isupper() and not word.endswith(_NO_GENITIVE) else ""
            return f"{result}{form[at:end]}{noun}{form[end:]}"
        result += form[at:start] + word.removesuffix(listed) + rule.adjective
        at = end
    return form


def _led(form: str, term: Term, language: str) -> bool:
    """Whether a form begins with an adjective in the ending of its citation."""
    listed = _ADJECTIVES.get(gender(term, form, language), "")
    start, end = words(form)[0]
    return bool(listed) and form[start:end].endswith(listed) and not _ending(form[start:end], language)


def _ending(word: str, language: str) -> str:
    folded = fold(word)
    rules = _genders().get(language, {})
    return next((rules[folded[at:]] for at in range(len(folded)) if folded[at:] in rules), "")


@functools.cache
def _rules() -> dict[tuple[str, str, str], _Rule]:
    return {
        (row["language"], row["gender"], row["found"]): _Rule(article=row["article"], adjective=row["adjective"], noun=row["noun"])
        for row in _table("articles.tsv")
    }


@functools.cache
def _genders() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for row in _table("genders.tsv"):
        table.setdefault(row["language"], {})[row["ending"]] = row["gender"]
    return table


def _table(name: str) -> list[dict[str, str]]:
    data = importlib.resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(data.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
