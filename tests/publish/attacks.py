"""The attack corpus: hostile texts from the data file, each also in disguises that filters are known to miss."""

import pathlib
import re
from dataclasses import replace

from translate_pipeline.content import from_text
from translate_pipeline.model import (
    Block,
    Candidate,
    Code,
    CodeKind,
    Content,
    Document,
    Markup,
    Provenance,
    Segment,
    State,
    Term,
    TermMatch,
    Text,
)

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
        Code(id="c1", kind=CodeKind.OPEN, equiv="", disp=payload),
        Text(value=payload),
        Code(id="c1", kind=CodeKind.CLOSE),
        Code(id="c2", kind=CodeKind.STANDALONE, equiv=payload, disp=payload),
        Code(id="c3", kind=CodeKind.OPEN),
        Text(value="linked"),
        Code(id="c3", kind=CodeKind.CLOSE),
        Code(id="c4", kind=CodeKind.STANDALONE),
        Code(id="c5", kind=CodeKind.OPEN),
        Text(value="unknown"),
        Code(id="c5", kind=CodeKind.CLOSE),
    )
    attributes = tuple(
        (name, payload) for name in ("href", "src", "alt", "title", "lang", "dir", "datetime", "hreflang", "width", "onclick", "style")
    )
    term = Term(concept=payload, source=(payload,), target=(payload,), note=payload, kind=payload)

    def segment(number: int, content: Content, **more: object) -> Segment:
        base = Segment(
            id=f"s{number}",
            source=content,
            target=content,
            state=State.REVIEWED,
            candidates=(Candidate(target=content, origin=f"mt:{payload}"),),
            provenance=(Provenance(action="reviewed", person=payload, at=payload),),
        )
        return replace(base, **more)  # type: ignore[arg-type]

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
            Block(id="b1", kind="title", segments=(segment(1, text),)),
            Block(id="b2", kind="description", segments=(segment(2, text),)),
            Block(id="b3", kind="headline", segments=(segment(3, text),)),
            Block(
                id="b4",
                kind="paragraph",
                attributes=attributes,
                segments=(segment(4, wrapped, terms=(TermMatch(term=term, start=0, end=len(payload)),)),),
            ),
            Block(id="b5", kind="figure", attributes=attributes),
            Block(id="b6", kind="alt", parent="b5", attributes=attributes, segments=(segment(5, text),)),
            Block(id="b7", kind="caption", parent="b5", segments=(segment(6, text, target=None),)),
            Block(id="b8", kind="code", segments=(segment(7, text, translate=False),)),
            Block(id="b9", kind="residue", segments=(segment(8, text, translate=False),)),
            Block(id="b10", kind="cell", attributes=(("colspan", payload), ("header", payload)), segments=(segment(9, text),)),
        ),
        last_id=10,
    )


def readable(payload: str) -> str:
    """What a reader must find of a payload: all of it but the characters that turn directions, with white space as HTML shows it."""
    return " ".join(re.sub("[\u202a-\u202e]", "", payload).split())
