"""Documents for property tests: anything that the model allows and XML can carry."""

from dataclasses import replace

from hypothesis import strategies as st

from translate_pipeline import content
from translate_pipeline.model import (
    Block,
    Candidate,
    Code,
    CodeKind,
    Content,
    Dismissal,
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

__all__ = ["aligned_documents", "contents", "documents"]

CHARACTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\t\n\r\x85", exclude_characters="\ufffe\uffff")
TEXT = st.text(CHARACTERS, max_size=8)
NAME = st.text(CHARACTERS, min_size=1, max_size=8)
WORD = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=8)
SHARE = st.none() | st.integers(0, 100).map(lambda number: number / 100)
LANGUAGES = st.sampled_from(["de", "en", "ru", "kk", "zh-Hant", "pt-BR", "ar"])
ELEMENTS = st.sampled_from(["em", "strong", "a", "br", "img", "code", "span", "sup"])
ATTRIBUTES = st.lists(st.tuples(WORD, TEXT), max_size=2, unique_by=lambda pair: pair[0]).map(tuple)
ACTIONS = st.sampled_from(["translated", "reviewed"])
DATES = st.sampled_from(["", "2026-11-22", "2026-11-22T10:00:00Z"])
PROVENANCE = st.builds(Provenance, action=ACTIONS, person=TEXT, tool=st.sampled_from(["", "translate-pipeline", "omegat"]), at=DATES)
FORMS = st.lists(NAME, min_size=1, max_size=3).map(tuple)
TERMS = st.builds(
    Term,
    concept=NAME,
    source=FORMS,
    target=FORMS,
    forbidden=st.just(()) | FORMS,
    status=st.sampled_from(["preferred", "admitted", "forbidden"]),
    kind=st.sampled_from(["", "acronym", "person"]),
    case=st.sampled_from(["exact", "smart", "ignore"]),
    note=TEXT,
)
NOTES = st.builds(
    Note, text=TEXT, person=TEXT, category=st.just("") | WORD | NAME, annotates=st.sampled_from(["source", "target", "general"])
).filter(lambda note: note.person != "translate-pipeline")
DISMISSALS = st.builds(Dismissal, check=WORD, reason=TEXT, person=TEXT)
ORIGINS = st.sampled_from(["mt:en_de-1.9", "mt:en_ru-1.0+ru_kk-1.0", "tm:memory.tmx", "review:Anna Schmidt"])
INITIAL = st.sampled_from(["", "tp:mt", "tp:tm", "tp:flagged", "tp:source-changed", "tp:conflict", "tp:rejected"])
LATER = st.sampled_from(["", "tp:edited", "tp:source-changed", "tp:conflict", "tp:rejected"])


@st.composite
def contents(draw: st.DrawFn, codes: tuple[Code, ...] = ()) -> Content:
    """Content of texts and some of the codes, in any order: nested, crossing, cut off."""
    chosen = draw(st.lists(st.sampled_from(codes), max_size=5, unique=True)) if codes else []
    parts: list[Text | Code] = []
    for code in chosen:
        parts += [Text(value=draw(TEXT)), code]
    return content.join([*parts, Text(value=draw(TEXT))])


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document without a target language, as ingest and segmentation make it."""
    numbers = range(1, draw(st.integers(1, 3)) + 1)
    blocks, markup, last = [], [], 0
    for number in numbers:
        codes: list[Code] = []
        for _ in range(draw(st.integers(0, 3))):
            last += 1
            markup.append(Markup(code=f"c{last}", element=draw(ELEMENTS), attributes=draw(ATTRIBUTES), translate=draw(st.booleans())))
            equiv, disp = draw(st.sampled_from([("", "<em>"), ("\n", "<br>"), ("• ", ""), ("", "")]))
            if draw(st.booleans()):
                codes.append(Code(id=f"c{last}", kind=CodeKind.STANDALONE, equiv=equiv, disp=disp))
            else:
                codes += [Code(id=f"c{last}", kind=kind, disp=disp) for kind in (CodeKind.OPEN, CodeKind.CLOSE)]
        segments = []
        for _ in range(draw(st.integers(0, 2))):
            last += 1
            source = draw(contents(tuple(codes)))
            codes = [code for code in codes if code not in source]
            after = draw(st.sampled_from(["", " ", "\n", "\u3000", "\n\n"]))
            segments.append(Segment(id=f"s{last}", source=source, after=after, translate=draw(st.booleans())))
        kind = draw(st.sampled_from(["paragraph", "headline", "item", "residue"])) if segments else "section"
        parent = draw(st.sampled_from(["", *(block.id for block in blocks)]))
        blocks.append(
            Block(
                id=f"b{number}",
                kind=kind,
                level=draw(st.integers(0, 3)),
                parent=parent,
                before=draw(st.sampled_from(["", "\n", "  "])),
                attributes=draw(ATTRIBUTES),
                segments=tuple(segments),
            )
        )
    return Document(
        id=draw(st.sampled_from(["article", "статья-7", "a.b"])),
        source_language=draw(LANGUAGES),
        metadata=(("original", draw(st.sampled_from(["articles/a.txt", "б.html"]))), *draw(ATTRIBUTES)),
        blocks=tuple(blocks),
        codes=tuple(markup),
        last_id=last,
    )


@st.composite
def _aligned(draw: st.DrawFn, segment: Segment) -> Segment:
    own = tuple(content.codes(segment.source))
    target = draw(st.none() | contents(own).filter(bool))
    state = draw(st.sampled_from(State)) if target is not None else State.INITIAL
    length = len(content.plain(segment.source))
    spans = st.tuples(st.integers(0, length), st.integers(0, length)).filter(lambda span: span[0] < span[1])
    terms = draw(st.lists(st.builds(_match, TERMS, spans), max_size=2)) if length else []
    candidates = st.builds(
        Candidate,
        target=contents(own),
        origin=ORIGINS,
        score=SHARE,
        similarity=SHARE,
        strategy=st.sampled_from(["", "inline", "placeholder"]),
    )
    return replace(
        segment,
        target=target,
        state=state,
        substate=draw(INITIAL if state is State.INITIAL else LATER),
        candidates=tuple(draw(st.lists(candidates, max_size=2))),
        terms=tuple(sorted(terms, key=lambda match: (match.start, -match.end))),
        notes=tuple(draw(st.lists(NOTES, max_size=2))),
        dismissals=tuple(draw(st.lists(DISMISSALS, max_size=1))),
        provenance=tuple(draw(st.lists(PROVENANCE, max_size=2))),
    )


def _match(term: Term, span: tuple[int, int]) -> TermMatch:
    return TermMatch(term=term, start=span[0], end=span[1])


@st.composite
def aligned_documents(draw: st.DrawFn) -> Document:
    """A document on its way through translation and review."""
    document = draw(documents()).for_target(draw(LANGUAGES))
    blocks = tuple(replace(block, segments=tuple(draw(_aligned(segment)) for segment in block.segments)) for block in document.blocks)
    return replace(document, blocks=blocks)
