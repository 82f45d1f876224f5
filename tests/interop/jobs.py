"""Jobs that our files carry to other people's programs: every kind of code, state and fact, in several scripts."""

from translate_pipeline import content
from translate_pipeline.model import (
    Block,
    Candidate,
    Code,
    CodeKind,
    Content,
    Document,
    Markup,
    Note,
    Provenance,
    Segment,
    State,
    Term,
    TermMatch,
    Text,
)

__all__ = ["JOBS", "row"]

_MARKUP = {"c1": "em", "c2": "a", "c3": "br", "c4": "code", "c5": "strong"}
_MT = "mt:en_de-1.9"
_TERM = Term(concept="csto", source=("CSTO", "ODKB"), target=("OVKS", "ОДКБ | CSTO"), forbidden=("CSTO",), kind="acronym")
_REVIEW = (Provenance(action="translated", tool=_MT), Provenance(action="reviewed", person="Anna Schmidt", at="2026-11-22T10:00:00Z"))
_TEXTS = {
    "de": "Die  OVKS\u00a0tagt – heute.",
    "ru": "ОДКБ заседает\u00a0— «сегодня».",
    "kk": "ҰҚШҰ бүгін\tотырыс өткізеді.",
    "ar": "تجتمع المنظمة اليوم.",
    "zh-Hant": "集體安全條約組織今天開會。",
}


def row(text: str) -> Content:
    """Content from a row in which "[1" opens the code c1, "1]" closes it and "*3" is the code c3 alone."""
    parts: list[Text | Code] = []
    at = 0
    while at < len(text):
        sign = text[at : at + 2]
        if sign[:1] in "[*" and sign[1:].isdigit():
            kind = CodeKind.OPEN if sign[0] == "[" else CodeKind.STANDALONE
            parts.append(Code(id=f"c{sign[1]}", kind=kind, equiv="\n" if kind is CodeKind.STANDALONE else ""))
            at += 2
        elif sign[1:] == "]" and sign[:1].isdigit():
            parts.append(Code(id=f"c{sign[0]}", kind=CodeKind.CLOSE))
            at += 2
        else:
            parts.append(Text(value=text[at]))
            at += 1
    return content.join(parts)


def _segments(translation: str) -> tuple[tuple[Segment, ...], ...]:
    machine = Candidate(target=row(translation), origin=_MT, score=0.71, strategy="inline")
    memory = Candidate(target=row(f"[1{translation}1]"), origin="tm:agency.tmx", similarity=0.85)
    match = TermMatch(term=_TERM, start=4, end=8)
    return (
        (
            Segment(id="s1", source=row("The CSTO meets  today."), target=row(translation), substate="tp:mt", after=" ",
                    candidates=(machine, memory), terms=(match,)),
            Segment(id="s2", source=row("An [1italic *3 [2link2]1] here."), target=row(f"[2{translation}2] [1x *3y1]"), substate="tp:flagged",
                    after="\n", notes=(Note(text="CSTO is missing in the target.", category="terminology", annotates="target"),)),
            Segment(id="s3", source=row("[5Bold starts here"), target=row(f"[5{translation}"), state=State.TRANSLATED,
                    provenance=_REVIEW[:1]),
            Segment(id="s4", source=row("and ends here.5] Done."), target=row(f"{translation}5] <&>"), state=State.REVIEWED, provenance=_REVIEW),
        ),
        (
            Segment(id="s5", source=row("Type [4ls -l4] now"), target=row(f"{translation} [4ls -l4]"), state=State.FINAL, provenance=_REVIEW),
            Segment(id="s6", source=row("[1a[2b1]c2]"), target=row(f"[1{translation}[2b1]c2]"), substate="tp:tm"),
            Segment(id="s7", source=row("Source changed"), target=row(translation), state=State.TRANSLATED, substate="tp:source-changed"),
        ),
        (Segment(id="s8", source=row("• Follow I follow"), translate=False),),
        (Segment(id="s9", source=row("Not translated yet."), after="\n\n"), Segment(id="s10", source=row("A conflict."), target=row(translation),
                                                                                  state=State.TRANSLATED, substate="tp:conflict")),
    )  # fmt: skip


def _job(language: str, translation: str) -> Document:
    kinds = ("paragraph", "headline", "residue", "item")
    return Document(
        id=f"article-{language}",
        source_language="en",
        target_language=language,
        metadata=(("original", f"articles/article-{language}.html"), ("media-type", "text/html")),
        codes=tuple(Markup(code=code, element=element, translate=element != "code") for code, element in _MARKUP.items()),
        blocks=tuple(
            Block(id=f"b{number}", kind=kind, segments=segments)
            for number, (kind, segments) in enumerate(zip(kinds, _segments(translation), strict=True), 1)
        ),
        last_id=10,
    )


JOBS = tuple(_job(language, translation) for language, translation in _TEXTS.items())
"""One document a target language."""
