"""Documents for the tests of pages, written by hand: no engine, no files."""

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
CSTO = Term(concept="csto", source=("CSTO", "ODKB"), target=("OVKS", "OWKS"), kind="acronym", note="Military alliance led by Russia.")
TOKAYEV = Term(concept="tokayev", source=("Tokayev",), target=("Tokajew",), kind="person")


def segment(number: int, source: str | Content, target: str | Content | None, **more: object) -> Segment:
    """A segment with machine text."""
    content = from_text(source) if isinstance(source, str) else source
    translated = from_text(target) if isinstance(target, str) else target
    candidates = () if translated is None else (Candidate(target=translated, origin="mt:en_de-1.9", score=0.71),)
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


def article() -> Document:
    """An article with every kind of block, from English into German."""
    linked: Content = (
        Text(value="Now he thanked the Russian President "),
        Code(id="c1", kind=OPEN, disp="<em>"),
        Text(value="Vladimir Putin"),
        Code(id="c1", kind=CLOSE, disp="</em>"),
        Text(value=" for his "),
        Code(id="c2", kind=OPEN, disp="<a>"),
        Text(value="answer"),
        Code(id="c2", kind=CLOSE, disp="</a>"),
        Text(value="."),
    )
    linked_target: Content = (
        Text(value="Jetzt dankte er dem russischen Präsidenten "),
        Code(id="c1", kind=OPEN, disp="<em>"),
        Text(value="Wladimir Putin"),
        Code(id="c1", kind=CLOSE, disp="</em>"),
        Text(value=" für seine "),
        Code(id="c2", kind=OPEN, disp="<a>"),
        Text(value="Antwort"),
        Code(id="c2", kind=CLOSE, disp="</a>"),
        Text(value="."),
    )
    help_asked = "To combat the protests, Tokayev has asked the Russian-led military alliance CSTO for help."
    terms = (
        TermMatch(term=TOKAYEV, start=help_asked.index("Tokayev"), end=help_asked.index("Tokayev") + 7),
        TermMatch(term=CSTO, start=help_asked.index("CSTO"), end=help_asked.index("CSTO") + 4),
    )
    return Document(
        id="almaty",
        source_language="en",
        target_language="de",
        metadata=(
            ("original", "articles/almaty.html"),
            ("author", "Reinhard Veser"),
            ("date", "2022-01-07"),
            ("url", "https://news.example/almaty"),
        ),
        codes=(
            Markup(code="c1", element="em"),
            Markup(code="c2", element="a", attributes=(("href", "https://news.example/putin"),)),
            Markup(code="c3", element="span", attributes=(("lang", "ru"),), translate=False),
            Markup(code="c4", element="br"),
        ),
        blocks=(
            block(
                1, "title", segment(1, "Tokayev orders troops to open fire – The Example", "Tokajew lässt das Feuer eröffnen – The Example")
            ),
            block(2, "description", segment(2, "The president speaks of terrorists.", "Der Präsident spricht von Terroristen.")),
            block(
                3,
                "headline",
                segment(3, "Tokayev orders troops to open fire without warning", "Tokajew befiehlt, ohne Vorwarnung das Feuer zu eröffnen"),
            ),
            block(
                4,
                "paragraph",
                segment(
                    4,
                    "Kazakhstan's President Kassym-Jomart Tokayev has ordered the security forces to open fire without warning.",
                    "Der kasachische Präsident Kassym-Schomart Tokajew hat den Sicherheitskräften befohlen, ohne Vorwarnung das Feuer zu eröffnen.",
                ),
                segment(
                    5,
                    'He announced this in a televised address on Friday in which he said the "anti-terrorist operation" in the country was ongoing.',
                    "Das kündigte er am Freitag in einer Fernsehansprache an, in der er sagte, die „Anti-Terror-Operation“ im Land dauere an.",
                ),
                segment(
                    6,
                    help_asked,
                    "Um die Proteste zu bekämpfen, hat Tokajew das von Russland geführte Militärbündnis OVKS um Hilfe gebeten.",
                    terms=terms,
                ),
            ),
            block(5, "heading", segment(7, "Russian soldiers arrive", "Russische Soldaten treffen ein"), level=2),
            block(6, "paragraph", segment(8, linked, linked_target), segment(9, "It was quick.", None, substate="")),
            block(7, "list"),
            block(8, "item", segment(10, "Public buildings were stormed.", "Öffentliche Gebäude wurden gestürmt."), parent="b7", level=1),
            block(
                9,
                "item",
                segment(11, "Some were set on fire on 5 January.", "Einige wurden am 6. Januar in Brand gesetzt.", substate="tp:flagged"),
                parent="b7",
                level=1,
            ),
            block(
                10,
                "quote",
                segment(
                    12,
                    "“China supports all efforts to help the authorities in Kazakhstan to end the chaos as soon as possible.”",
                    "„China unterstützt alle Bemühungen, den Behörden in Kasachstan zu helfen, das Chaos so bald wie möglich zu beenden.“",
                ),
            ),
            block(11, "figure"),
            block(
                12,
                "alt",
                segment(13, "Soldiers in front of a building", "Soldaten vor einem Gebäude"),
                parent="b11",
                attributes=(("src", "https://news.example/soldiers.jpg"), ("width", "800"), ("height", "450")),
            ),
            block(13, "caption", segment(14, "Soldiers in Almaty on Thursday", "Soldaten am Donnerstag in Almaty"), parent="b11"),
            block(14, "table"),
            block(15, "row", parent="b14"),
            block(16, "cell", segment(15, "City", "Stadt"), parent="b15", attributes=(("header", "1"),)),
            block(17, "cell", segment(16, "Arrests", "Festnahmen"), parent="b15", attributes=(("header", "1"),)),
            block(18, "row", parent="b14"),
            block(19, "cell", segment(17, "Almaty", "Almaty"), parent="b18"),
            block(20, "cell", segment(18, "2,000", "2.000"), parent="b18"),
            block(21, "code", segment(19, "curl -X POST https://news.example\n  --data '<fire>'", None, translate=False, substate="")),
            block(22, "residue", segment(20, "• Follow I follow", None, translate=False, substate="")),
            block(23, "byline", segment(21, "Reinhard Veser", None, translate=False, substate="")),
        ),
        last_id=23,
    )
