"""The attack corpus: hostile texts from the data file, each also in disguises that filters are known to miss."""

import pathlib
import re
from dataclasses import replace

from samples import ALONE, CLOSE, OPEN, block, segment

from translate_pipeline.content import from_text
from translate_pipeline.model import Code, Content, Document, Markup, Provenance, Segment, State, Term, TermMatch, Text

DATA = pathlib.Path(__file__).parents[1] / "data" / "publish" / "attacks.txt"


def payloads() -> tuple[str, ...]:
    """All hostile texts, without repetition. XML can carry them all: control characters are left out."""
    lines = [line for line in DATA.read_text(encoding="utf-8").splitlines() if line and not line.startswith("# ")]
    plain = [re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), line.replace("\\n", "\n")) for line in lines]
    disguised = [change(text) for text in plain for change in (_swapped, _entities, _split)]
    return tuple(dict.fromkeys(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text) for text in (*plain, *disguised)))


def _swapped(text: str) -> str:
    """Letters in changing case, which HTML ignores."""
    return "".join(letter.upper() if index % 2 else letter.lower() for index, letter in enumerate(text)).replace(
        "WINDOW.PWNED", "window.pwned"
    )


def _entities(text: str) -> str:
    """Angle brackets and colons as numeric references, as if decoded once too often."""
    return text.replace("<", "&#60;").replace(">", "&#62;").replace(":", "&#58;")


def _split(text: str) -> str:
    """A tab inside words that filters look for."""
    return re.sub(r"(?i)(java|on|scr)(script|error|load|ipt)", "\\1\t\\2", text)


def hostile(payload: str, *, slug: str = "attack") -> Document:
    """A small article with the payload in every field that an article, a glossary, a reviewer or an engine can fill."""
    text = from_text(payload)
    wrapped = (
        Code(id="c1", kind=OPEN, equiv="", disp=payload),
        Text(value=payload),
        Code(id="c1", kind=CLOSE),
        Code(id="c2", kind=ALONE, equiv=payload, disp=payload),
        Code(id="c3", kind=OPEN),
        Text(value="linked"),
        Code(id="c3", kind=CLOSE),
        Code(id="c4", kind=ALONE),
        Code(id="c5", kind=OPEN),
        Text(value="unknown"),
        Code(id="c5", kind=CLOSE),
    )
    attributes = tuple(
        (name, payload) for name in ("href", "src", "alt", "title", "lang", "dir", "datetime", "hreflang", "width", "onclick", "style")
    )
    term = Term(concept=payload, source=(payload,), target=(payload,), note=payload, kind=payload)
    reviewed = {"state": State.REVIEWED, "substate": "", "provenance": (Provenance(action="reviewed", person=payload, at=payload),)}

    def say(number: int, content: Content = text, **more: object) -> Segment:
        return segment(number, content, content, origin=f"mt:{payload}", **{**reviewed, **more})

    return Document(
        id=slug,
        source_language="en",
        target_language="de",
        metadata=tuple((name, payload) for name in ("original", "author", "date", "url", "title", "language")),
        codes=(
            Markup(code="c1", element="em", attributes=attributes),
            Markup(code="c2", element=payload, attributes=attributes),
            Markup(code="c3", element="a", attributes=attributes),
            Markup(code="c4", element="img", attributes=attributes),
            Markup(code="c5", element="script", attributes=attributes),
        ),
        blocks=(
            block(1, "title", say(1)),
            block(2, "description", say(2)),
            block(3, "headline", say(3)),
            block(4, "paragraph", say(4, wrapped, terms=(TermMatch(term=term, start=0, end=len(payload)),)), attributes=attributes),
            block(5, "figure", attributes=attributes),
            block(6, "alt", say(5), parent="b5", attributes=attributes),
            block(7, "caption", replace(say(6), target=None), parent="b5"),
            block(8, "code", say(7, translate=False)),
            block(9, "residue", say(8, translate=False)),
            block(10, "cell", say(9), attributes=(("colspan", payload), ("header", payload))),
        ),
        last_id=10,
    )


def readable(payload: str) -> str:
    """What a reader must find of a payload: all of it but the characters that turn directions, with white space as HTML shows it."""
    return " ".join(re.sub("[\u202a-\u202e]", "", payload).split())
