"""From the content of segments to markup that is safe to show.

Text is escaped; elements come from the article's own codes and from an allow-list, never from a file that came back.
"""

import functools
import html
import importlib.resources
import re
import tomllib
import unicodedata
import urllib.parse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import markupsafe

from translate_pipeline import languages
from translate_pipeline.model import CodeKind, Content, Markup, Text

__all__ = ["Inlines", "Span", "Tag", "clean", "safe_address", "tags"]

_SCHEMES = frozenset({"http", "https", "mailto"})
_VOID = frozenset({"br", "img", "wbr"})
_FORBIDDEN = re.compile(r"""[\x00-\x20\x7f\\<>"'`]""")
_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_OVERRIDES = dict.fromkeys([*range(0x202A, 0x202F)])
_LATIN = r"A-Za-z0-9\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff"
_LEFT_TO_RIGHT = re.compile(rf"[+#@]?[{_LATIN}](?:[{_LATIN}]|[ .,:/'’&+@%-](?=[{_LATIN}]))*")
_HEBREW_ARABIC = r"\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RIGHT_TO_LEFT = re.compile(rf"[{_HEBREW_ARABIC}](?:[{_HEBREW_ARABIC} \u200c\u200d'’.,-]*[{_HEBREW_ARABIC}])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where a term stands in the plain text of a segment, and the number of its entry in the glossary of the page."""

    start: int
    end: int
    entry: int


@functools.cache
def _allowed() -> Mapping[str, frozenset[str]]:
    table = tomllib.loads(importlib.resources.files(__package__).joinpath("elements.toml").read_text(encoding="utf-8"))
    return {element: frozenset(attributes) for element, attributes in table.items()}


def clean(value: str) -> str:
    """`value` without the characters that turn the direction of what follows (U+202A to U+202E)."""
    return value.translate(_OVERRIDES)


@functools.lru_cache(maxsize=1024)  # a link is looked at twice
def safe_address(value: str) -> str | None:
    """An address that may be linked to, or None: http, https or mailto, absolute, without a user's name, control characters or spaces."""
    if _FORBIDDEN.search(value) or not (value.isascii() or all(unicodedata.category(character) not in _INVISIBLE for character in value)):
        return None
    try:
        parts = urllib.parse.urlsplit(value)
    except ValueError:
        return None
    if parts.scheme.lower() not in _SCHEMES or "@" in parts.netloc or (parts.scheme.lower() != "mailto" and not parts.netloc):
        return None
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """What a code is written as. A void element has no `closing`; `link` says that nothing to be clicked may stand inside."""

    opening: str
    closing: str = ""
    link: bool = False


def tags(codes: Iterable[Markup], *, images: bool = True, xhtml: bool = False) -> Mapping[str, Tag]:
    """The tags for the codes that become elements; those that are not allowed, and links that may not be followed, are left out.

    Without `images`, an image is its alternative text. `xhtml` closes void elements, as books want it.
    """
    end = " />" if xhtml else ">"
    made: dict[str, Tag] = {}
    for markup in codes:
        if markup.element not in _allowed():
            continue
        if markup.element == "img" and not (images and _is_remote_image(markup)):
            made[markup.code] = Tag(opening=html.escape(clean(dict(markup.attributes).get("alt", ""))))
        elif markup.element in _VOID:
            made[markup.code] = Tag(opening=f"<{markup.element}{_attributes(markup)}{end}")
        elif markup.element != "a" or safe_address(dict(markup.attributes).get("href", "")) is not None:
            made[markup.code] = Tag(
                opening=f"<{markup.element}{_attributes(markup)}>", closing=f"</{markup.element}>", link=markup.element == "a"
            )
    return made


class Inlines:
    """Renders the segments of one side of a block, one after the other; a span that a segment's end cuts goes on in the next.

    `terms` says how a term is marked: "button" opens its popover, "link" leads to the glossary (books), "" leaves it plain.
    """

    def __init__(self, known: Mapping[str, Tag], *, language: str, terms: str = "button") -> None:
        self._tags = known
        self._terms = terms
        self._rtl = languages.direction(language) == "rtl"
        self._open: list[str] = []
        self._parts: list[str] = []
        self._written: list[str] = []

    def render(self, content: Content, spans: Sequence[Span] = (), *, marker: bool = True) -> markupsafe.Markup:
        """The markup of a segment. Without `marker`, a standalone code in front (the bullet of a list) is left out."""
        self._parts = []
        at = 0
        for index, part in enumerate(content):
            if isinstance(part, Text):
                self._nest(self._open)
                if spans:
                    for start, end, entry in _cut(at, at + len(part.value), spans):
                        self._text(part.value[start - at : end - at], entry)
                    at += len(part.value)
                else:
                    self._parts.append(self._isolate(part.value))
            elif part.kind is CodeKind.OPEN:
                self._open.append(part.id)
            elif part.kind is CodeKind.CLOSE:
                if part.id in self._open:
                    self._open.remove(part.id)
            elif marker or index or not part.equiv.strip():
                self._nest(self._open)
                tag = self._tags.get(part.id)
                self._parts.append(self._isolate(part.equiv) if tag is None or tag.closing else tag.opening)
        self._nest(())
        # The only place where text becomes markup: every piece was escaped or comes from the allow-list.
        return markupsafe.Markup("".join(self._parts))  # noqa: S704

    def _text(self, value: str, entry: int | None) -> None:
        escaped = self._isolate(value)
        if entry is None or not self._terms or any(self._tags[code].link for code in self._written):
            self._parts.append(escaped)
        elif self._terms == "button":
            self._parts.append(f'<button type="button" class="term" popovertarget="popover-{entry}">{escaped}</button>')
        else:
            self._parts.append(f'<a class="term" href="#term-{entry}">{escaped}</a>')

    def _isolate(self, value: str) -> str:
        """Escaped text; runs in the other direction are isolated, so that they cannot disturb the order around them."""
        if value.isascii() and not self._rtl:
            return html.escape(value)
        value = clean(value)
        foreign, direction = (_LEFT_TO_RIGHT, "ltr") if self._rtl else (_RIGHT_TO_LEFT, "rtl")
        pieces: list[str] = []
        at = 0
        for match in foreign.finditer(value):
            pieces += [html.escape(value[at : match.start()]), f'<bdi dir="{direction}">{html.escape(match.group())}</bdi>']
            at = match.end()
        pieces.append(html.escape(value[at:]))
        return "".join(pieces)

    def _nest(self, wanted: Sequence[str]) -> None:
        """Close and open elements until exactly those of the `wanted` codes are open, in that order."""
        if not wanted and not self._written:
            return
        goal: list[str] = []
        linked = False
        for code in wanted:
            tag = self._tags.get(code)
            if tag is not None and tag.closing and not (tag.link and linked):  # no link inside a link
                goal.append(code)
                linked = linked or tag.link
        common = 0
        while common < min(len(goal), len(self._written)) and goal[common] == self._written[common]:
            common += 1
        self._parts += [self._tags[code].closing for code in reversed(self._written[common:])]
        self._parts += [self._tags[code].opening for code in goal[common:]]
        self._written = goal


def _cut(start: int, end: int, spans: Sequence[Span]) -> Iterable[tuple[int, int, int | None]]:
    """The pieces of a text from `start` to `end`, each with the term it belongs to."""
    at = start
    for span in spans:
        first, last = max(span.start, at), min(span.end, end)
        if first >= last:
            continue
        if at < first:
            yield at, first, None
        yield first, last, span.entry
        at = last
    if at < end:
        yield at, end, None


def _is_remote_image(markup: Markup) -> bool:
    return (safe_address(dict(markup.attributes).get("src", "")) or "").lower().startswith("https:")


def _attributes(markup: Markup) -> str:
    allowed = _allowed()[markup.element]
    kept = [(name, value) for name, value in dict(markup.attributes).items() if name in allowed and _harmless(name, value)]
    if markup.element == "a":
        kept.append(("rel", "noopener"))
    if markup.element == "img":
        kept += [("loading", "lazy"), ("referrerpolicy", "no-referrer")]
        kept += [] if any(name == "alt" for name, _ in kept) else [("alt", "")]
    if not markup.translate:
        kept.append(("translate", "no"))
    return "".join(f' {name}="{html.escape(clean(value))}"' for name, value in kept)


def _harmless(name: str, value: str) -> bool:
    if name in {"href", "src"}:
        return safe_address(value) is not None
    if name == "dir":
        return value in {"ltr", "rtl", "auto"}
    if name in {"lang", "hreflang"}:
        return re.fullmatch(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*", value) is not None
    if name in {"width", "height"}:
        return re.fullmatch(r"\d{1,5}", value) is not None
    if name == "datetime":
        return re.fullmatch(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?", value) is not None
    return True
