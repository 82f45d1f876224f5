"""From the content of segments to markup that is safe to show.

Text is escaped; elements come from the article's own codes and from an allow-list, never from a file that came back.
"""

import functools
import importlib.resources
import re
import tomllib
import unicodedata
import urllib.parse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import markupsafe

from translate_pipeline import languages
from translate_pipeline.model import Code, CodeKind, Content, Markup, Text

__all__ = ["Inlines", "Span", "clean", "safe_address"]

_SCHEMES = frozenset({"http", "https", "mailto"})
_VOID = frozenset({"br", "img", "wbr"})
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


def safe_address(value: str) -> str | None:
    """An address that may be linked to, or None: http, https or mailto, absolute, without a user's name, control characters or spaces."""
    if any(unicodedata.category(character) in {"Cc", "Cf", "Zs", "Zl", "Zp"} or character in "\\<>\"'`" for character in value):
        return None
    try:
        parts = urllib.parse.urlsplit(value)
    except ValueError:
        return None
    if parts.scheme.lower() not in _SCHEMES or "@" in parts.netloc or (parts.scheme.lower() != "mailto" and not parts.netloc):
        return None
    return value


class Inlines:
    """Renders the segments of one side of a block, one after the other; a span that a segment's end cuts goes on in the next.

    `terms` says how a term is marked: "button" opens its popover, "link" leads to the glossary (books), "" leaves it plain.
    `xhtml` closes void elements, as books want it.
    """

    def __init__(
        self, codes: Mapping[str, Markup], *, language: str, terms: str = "button", images: bool = True, xhtml: bool = False
    ) -> None:
        self._codes = codes
        self._terms = terms
        self._images = images
        self._end = " />" if xhtml else ">"
        self._foreign, self._other = (_LEFT_TO_RIGHT, "ltr") if languages.direction(language) == "rtl" else (_RIGHT_TO_LEFT, "rtl")
        self._open: list[str] = []
        self._parts: list[str] = []
        self._written: list[str] = []

    def render(self, content: Content, spans: Sequence[Span] = (), *, marker: bool = True) -> markupsafe.Markup:
        """The markup of a segment. Without `marker`, a standalone code in front (the bullet of a list) is left out."""
        self._parts, self._written = [], []
        at = 0
        for index, part in enumerate(content):
            if isinstance(part, Text):
                for start, end, entry in _cut(at, at + len(part.value), spans):
                    self._text(part.value[start - at : end - at], entry)
                at += len(part.value)
            elif part.kind is CodeKind.OPEN:
                self._open.append(part.id)
            elif part.kind is CodeKind.CLOSE:
                if part.id in self._open:
                    self._open.remove(part.id)
            elif marker or index or not part.equiv.strip():
                self._standalone(part)
        self._nest(())
        # The only place where text becomes markup: every piece was escaped or comes from the allow-list.
        return markupsafe.Markup("".join(self._parts))  # noqa: S704

    def _text(self, value: str, entry: int | None) -> None:
        self._nest(self._open)
        escaped = self._isolate(clean(value))
        linked = any(self._codes[code].element == "a" for code in self._written)
        if entry is None or linked or not self._terms:
            self._parts.append(escaped)
        elif self._terms == "button":
            self._parts.append(f'<button type="button" class="term" popovertarget="popover-{entry}">{escaped}</button>')
        else:
            self._parts.append(f'<a class="term" href="#term-{entry}">{escaped}</a>')

    def _isolate(self, value: str) -> str:
        """Escaped text; runs in the other direction are isolated, so that they cannot disturb the order around them."""
        pieces: list[str] = []
        at = 0
        for match in self._foreign.finditer(value):
            pieces += [str(markupsafe.escape(value[at : match.start()])), f'<bdi dir="{self._other}">{markupsafe.escape(match.group())}</bdi>']
            at = match.end()
        pieces.append(str(markupsafe.escape(value[at:])))
        return "".join(pieces)

    def _standalone(self, code: Code) -> None:
        self._nest(self._open)
        markup = self._codes.get(code.id)
        if markup is not None and markup.element in _VOID and markup.element in _allowed():
            if markup.element != "img":
                self._parts.append(f"<{markup.element}{self._end}")
            elif self._images and _image(markup):
                self._parts.append(f"<img{_attributes(markup)}{self._end}")
            else:
                self._parts.append(self._isolate(clean(dict(markup.attributes).get("alt", ""))))
        else:
            self._parts.append(self._isolate(clean(code.equiv)))

    def _nest(self, wanted: Iterable[str]) -> None:
        """Close and open elements until exactly those of the `wanted` codes are open, in that order."""
        goal = self._elements(wanted)
        common = 0
        while common < min(len(goal), len(self._written)) and goal[common] == self._written[common]:
            common += 1
        self._parts += [f"</{self._codes[code].element}>" for code in reversed(self._written[common:])]
        self._parts += [f"<{self._codes[code].element}{_attributes(self._codes[code])}>" for code in goal[common:]]
        self._written = goal

    def _elements(self, wanted: Iterable[str]) -> list[str]:
        """The codes that become elements: allowed ones, links with an address that may be followed, and no link inside a link."""
        shown: list[str] = []
        linked = False
        for code in wanted:
            markup = self._codes.get(code)
            if markup is None or markup.element in _VOID or markup.element not in _allowed():
                continue
            if markup.element == "a":
                if linked or safe_address(dict(markup.attributes).get("href", "")) is None:
                    continue
                linked = True
            shown.append(code)
        return shown


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


def _image(markup: Markup) -> bool:
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
    return "".join(f' {name}="{markupsafe.escape(clean(value))}"' for name, value in kept)


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
