"""Languages: BCP 47 tags in canonical form, Argos' own codes, scripts, directions and names."""

import functools
import importlib.resources
import re
from dataclasses import dataclass

from translate_pipeline.errors import LanguageError

__all__ = ["argos_code", "autonym", "direction", "known", "name", "normalise", "primary", "script", "tag_of"]

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?P<extensions>(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*)(?P<private>-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)
_RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Language:
    tag: str
    argos: str
    script: str
    name: str
    autonym: str


@functools.cache
def _table() -> dict[str, _Language]:
    text = importlib.resources.files(__package__).joinpath("languages.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {tag: _Language(tag=tag, argos=argos, script=script, name=english, autonym=own) for tag, argos, script, english, own in rows}


def normalise(tag: str) -> str:
    """The tag in canonical case (RFC 5646 section 2.1.1): "EN-us" is "en-US", "zh-hans" is "zh-Hans".

    Raises:
        LanguageError: the tag is not well formed.
    """
    found = _TAG.fullmatch(tag.strip().replace("_", "-"))
    if found is None:
        raise LanguageError(f"{tag!r} is no language tag. Write one like de, pt-BR or zh-Hans (BCP 47).")
    parts = [found["language"].lower(), (found["script"] or "").title(), (found["region"] or "").upper()]
    rest = (found["variants"] + (found["extensions"] or "") + (found["private"] or "")).lower()
    return "-".join(part for part in parts if part) + rest


def primary(tag: str) -> str:
    """The language without script, region and the rest: "pt" of "pt-BR"."""
    return tag.split("-", 1)[0].lower()


def known() -> tuple[str, ...]:
    """The tags that we know by name, sorted."""
    return tuple(sorted(_table()))


def argos_code(tag: str) -> str:
    """The code by which Argos packages call a language: "zt" for "zh-Hant", "pb" for "pt-BR", else the code of the nearest tag that we know."""
    row = _nearest(tag)
    return row.argos if row else primary(tag)


def tag_of(argos_code: str) -> str:
    """The tag for a code of an Argos package.

    Raises:
        LanguageError: the code is neither Argos' own nor a language tag.
    """
    own = next((row.tag for row in _table().values() if row.argos == argos_code), None)
    return own or normalise(argos_code)


def script(tag: str) -> str:
    """The ISO 15924 code of the script that the tag names or that the language is written in; "Latn" for what we do not know."""
    named = re.match(r"[a-z]{2,3}-([A-Z][a-z]{3})(?:-|$)", tag)
    row = _nearest(tag)
    return named[1] if named else row.script if row else "Latn"


def direction(tag: str) -> str:
    """The base direction of text in the language, "ltr" or "rtl"."""
    return "rtl" if script(tag) in _RIGHT_TO_LEFT else "ltr"


def name(tag: str) -> str:
    """The English name of the language; the tag itself for one that we do not know."""
    row = _nearest(tag)
    return row.name if row else tag


def autonym(tag: str) -> str:
    """The name of the language in the language; the tag itself for one that we do not know."""
    row = _nearest(tag)
    return row.autonym if row else tag


def _nearest(tag: str) -> _Language | None:
    """The row for the tag, or for it without its last parts; Chinese of Taiwan, Hong Kong and Macao is traditional."""
    table = _table()
    if re.fullmatch(r"zh-(TW|HK|MO)", tag):
        tag = "zh-Hant"
    while tag:
        if tag in table:
            return table[tag]
        tag = tag.rpartition("-")[0]
    return None
