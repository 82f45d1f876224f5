"""From the bytes of an article to a Document."""

import re
from dataclasses import dataclass

from translate_pipeline import languages
from translate_pipeline.content import display
from translate_pipeline.errors import InputError, LanguageError
from translate_pipeline.ingest import html, text
from translate_pipeline.ingest.decode import decode
from translate_pipeline.ingest.detect import detect, written_in
from translate_pipeline.model import Document, Markup

__all__ = ["Ingested", "read"]

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_PLAIN = "text/plain"
_SUFFIXES = (".html", ".htm", ".xhtml")
_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body|main|article|section|div|h1|p)\b", re.IGNORECASE | re.DOTALL
)
_SURE = 0.95  # probability from which detection is believed against what the page says of itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """An article, and a sentence about each thing that had to be guessed (encoding, language)."""

    document: Document
    messages: tuple[str, ...] = ()


def read(
    data: bytes,
    *,
    slug: str,
    original: str,
    language: str | None = None,
    encoding: str | None = None,
    media_type: str | None = None,
) -> Ingested:
    """The article in `data` as a Document whose blocks have one segment each, with the id "".

    `original` names the article in messages; `language` and `encoding` are detected when None, and whether it is HTML or plain text is
    seen from its beginning or from the suffix of `original`, unless `media_type` says it.

    Raises:
        DecodingError: the bytes are in no known encoding.
        LanguageError: the language is malformed, uncertain, or not in the script of the article.
        InputError: empty, too long, binary, without text, or with characters that XML cannot carry.
    """
    try:
        return _read(data, slug=slug, original=original, language=language, encoding=encoding, media_type=media_type)
    except InputError as problem:
        raise type(problem)(*(f"{original}: {sentence}" for sentence in problem.problems)) from problem


def _read(data: bytes, *, slug: str, original: str, language: str | None, encoding: str | None, media_type: str | None) -> Ingested:
    decoded = decode(data, encoding)
    kind = _media_type(decoded.text, original, media_type)
    facts: tuple[tuple[str, str], ...] = ()
    codes: tuple[Markup, ...] = ()
    if kind in _HTML:
        page = html.parse(decoded.text)
        tag, message = _language(page.text, language, page.head.language)
        facts = page.facts
        blocks, codes, last = html.blocks(page, tag)
    else:
        tag, message = _language(decoded.text, language, "")
        blocks = text.blocks(decoded.text, tag)
        last = len(blocks)  # there is at most one code a block
    if not any(display(segment.source).strip() for block in blocks for segment in block.segments):
        raise InputError("has no text.")
    document = Document(
        id=slug,
        source_language=tag,
        metadata=(("original", original), ("media-type", kind), ("encoding", decoded.encoding), *facts),
        blocks=blocks,
        codes=codes,
        last_id=last,
    )
    return Ingested(document=document, messages=tuple(f"{original}: {item}" for item in (decoded.message, message) if item))


def _media_type(content: str, original: str, given: str | None) -> str:
    if given is not None:
        kind = given.partition(";")[0].strip().lower()
        if kind not in _HTML and kind != _PLAIN:
            raise InputError(f"is of the type {given!r}; only plain text and HTML are read.")
        return kind
    return "text/html" if original.lower().endswith(_SUFFIXES) or _MARKUP.match(content) else _PLAIN


def _language(content: str, given: str | None, declared: str) -> tuple[str, str]:
    """The tag of the source language, and a sentence about how it was found when it was not given."""
    if given is not None:
        tag = languages.normalise(given)
        if not written_in(content, tag):
            raise LanguageError(f"is not written in the letters of {languages.name(tag)}. Correct --from, or leave it out.")
        return tag, ""
    stated = _general(declared) if declared else ""
    try:
        found = detect(content)
    except LanguageError:
        if stated and written_in(content, stated):
            return stated, f"language is {languages.name(stated)} as the page says."
        raise
    if stated and (languages.primary(stated) == languages.primary(found.tag) or found.probability < _SURE) and written_in(content, stated):
        return stated, f"language is {languages.name(stated)} as the page says."
    doubt = f"; the page says {languages.name(stated)}" if stated else ""
    return found.tag, f"language is {languages.name(found.tag)} (probability {found.probability:.2f}{doubt})."


def _general(tag: str) -> str:
    """The tag without a region that makes no difference to packages: "en" for "en-GB", but "pt-BR"."""
    general = languages.tag_of(languages.argos_code(tag))
    return general if languages.script(general) == languages.script(tag) else tag
