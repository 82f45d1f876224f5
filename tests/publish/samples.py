"""Documents for the tests of pages, written by hand: no engine."""

import pathlib
import re
import tomllib
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

OPEN, CLOSE, ALONE = CodeKind.OPEN, CodeKind.CLOSE, CodeKind.STANDALONE
TEXTS = tomllib.loads((pathlib.Path(__file__).parents[1] / "data" / "publish" / "almaty.toml").read_text(encoding="utf-8"))
FORMS = {
    "de": (("OVKS", "OWKS"), ("Tokajew",)),
    "ru": (("ОДКБ",), ("Токаев",)),
    "ar": (("CSTO",), ("توكاييف",)),
}
ORIGINS = {"de": "mt:en_de-1.9", "ru": "mt:en_ru-1.7", "ar": "mt:en_de-1.9+de_ar-1.0"}


def segment(number: int, source: str | Content, target: str | Content | None, *, origin: str = "mt:en_de-1.9", **more: object) -> Segment:
    """A segment with machine text."""
    content = from_text(source) if isinstance(source, str) else source
    translated = from_text(target) if isinstance(target, str) else target
    candidates = () if translated is None else (Candidate(target=translated, origin=origin, score=0.71),)
    plain = Segment(id=f"s{number}", source=content, target=translated, substate="tp:mt", after=" ", candidates=candidates)
    return replace(plain, **more)  # type: ignore[arg-type]


def block(number: int, kind: str, *segments: Segment, **more: object) -> Block:
    """A block of segments."""
    return replace(Block(id=f"b{number}", kind=kind, segments=segments), **more)  # type: ignore[arg-type]


def reviewed(document: Document, *, person: str = "Anna Weber", at: str = "2026-11-03") -> Document:
    """The document as `person` left it: every sentence translated and reviewed."""
    record = (Provenance(action="reviewed", person=person, at=at),)
    blocks = [
        replace(
            item,
            segments=tuple(
                replace(
                    s,
                    target=s.target if s.target is not None else from_text("Übersetzt."),
                    state=State.REVIEWED,
                    substate="",
                    provenance=record,
                )
                if s.translate
                else s
                for s in item.segments
            ),
        )
        for item in document.blocks
    ]
    return replace(document, blocks=tuple(blocks))


def article(target: str = "de") -> Document:
    """An article with every kind of block, in English, and translated by a machine into German, Russian or Arabic."""
    csto, tokayev = FORMS[target]
    help_asked = "To combat the protests, Tokayev has asked the Russian-led military alliance CSTO for help."
    terms = (
        _match(help_asked, Term(concept="tokayev", source=("Tokayev",), target=tokayev, kind="person")),
        _match(
            help_asked, Term(concept="csto", source=("CSTO", "ODKB"), target=csto, kind="acronym", note="Military alliance led by Russia.")
        ),
    )

    def say(number: int, source: str, **more: object) -> Segment:
        text = TEXTS[target].get(f"s{number}")
        return segment(number, _spans(source), None if text is None else _spans(text), origin=ORIGINS[target], **more)

    same = {"translate": False, "substate": ""}
    image = (("src", "https://news.example/soldiers.jpg"), ("width", "800"), ("height", "450"))
    return Document(
        id="almaty",
        source_language="en",
        target_language=target,
        metadata=(
            ("original", "articles/almaty.html"),
            ("author", "Reinhard Veser"),
            ("date", "2022-01-07"),
            ("url", "https://news.example/almaty"),
        ),
        codes=(
            Markup(code="c1", element="em"),
            Markup(code="c2", element="a", attributes=(("href", "https://news.example/putin"),)),
        ),
        blocks=(
            block(1, "title", say(1, "Tokayev orders troops to open fire – The Example")),
            block(2, "description", say(2, "The president speaks of terrorists.")),
            block(3, "headline", say(3, "Tokayev orders troops to open fire without warning")),
            block(
                4,
                "paragraph",
                say(4, "Kazakhstan's President Kassym-Jomart Tokayev has ordered the security forces to open fire without warning."),
                say(5, 'He announced this in a televised address on Friday in which he said the "anti-terrorist operation" was ongoing.'),
                say(6, help_asked, terms=terms),
            ),
            block(5, "heading", say(7, "Russian soldiers arrive"), level=2),
            block(
                6,
                "paragraph",
                say(8, "Now he thanked the Russian President {c1}Vladimir Putin{/c1} for his {c2}answer{/c2}."),
                say(9, "It was quick.", substate=""),
            ),
            block(7, "list"),
            block(8, "item", say(10, "Public buildings were stormed."), parent="b7", level=1),
            block(9, "item", say(11, "Some were set on fire on 5 January.", substate="tp:flagged"), parent="b7", level=1),
            block(
                10,
                "quote",
                say(12, "“China supports all efforts to help the authorities in Kazakhstan to end the chaos as soon as possible.”"),
            ),
            block(11, "figure"),
            block(12, "alt", say(13, "Soldiers in front of a building"), parent="b11", attributes=image),
            block(13, "caption", say(14, "Soldiers in Almaty on Thursday"), parent="b11"),
            block(14, "table"),
            block(15, "row", parent="b14"),
            block(16, "cell", say(15, "City"), parent="b15", attributes=(("header", "1"),)),
            block(17, "cell", say(16, "Arrests"), parent="b15", attributes=(("header", "1"),)),
            block(18, "row", parent="b14"),
            block(19, "cell", say(17, "Almaty"), parent="b18"),
            block(20, "cell", say(18, "2,000"), parent="b18"),
            block(21, "code", segment(19, "curl -X POST https://news.example\n  --data '<fire>'", None, **same)),
            block(22, "residue", segment(20, "• Follow I follow", None, **same)),
            block(23, "byline", segment(21, "Reinhard Veser", None, **same)),
        ),
        last_id=23,
    )


def _match(text: str, term: Term) -> TermMatch:
    start = text.index(term.source[0])
    return TermMatch(term=term, start=start, end=start + len(term.source[0]))


def _spans(text: str) -> Content:
    """Content from text with {c1} and {/c1} for codes."""
    parts: list[Text | Code] = []
    for piece in re.split(r"(\{/?c\d\})", text):
        if match := re.fullmatch(r"\{(/?)(c\d)\}", piece):
            parts.append(Code(id=match[2], kind=CLOSE if match[1] else OPEN, disp=piece))
        elif piece:
            parts.append(Text(value=piece))
    return tuple(parts)
