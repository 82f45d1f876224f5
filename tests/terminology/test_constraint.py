"""The promise that terms arrive."""

import pathlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import pytest

from translate_pipeline.content import from_text, plain
from translate_pipeline.model import Block, Code, CodeKind, Content, Document, Hypothesis, Markup, Request, Segment, State, Text
from translate_pipeline.mt import argos
from translate_pipeline.terminology import constraint
from translate_pipeline.terminology.glossary import Glossary, load
from translate_pipeline.terminology.matching import annotate

GLOSSARY = load("g.tsv", b"en\tde\tkind\nCSTO|ODKB\tOVKS\tacronym\nTokayev\tTokajew\tperson\nrebels\t!Terroristen\t\n")

Translator = Callable[[str, int], str]
"""What a pretended engine makes of a text, by the rank of the hypothesis."""


def document(*sources: str | Content, codes: Sequence[Markup] = (), glossary: Glossary = GLOSSARY, to: str = "de") -> Document:
    """An annotated document with a segment for each source."""
    segments = tuple(
        Segment(id=f"s{number}", source=from_text(source) if isinstance(source, str) else source)
        for number, source in enumerate(sources, 1)
    )
    raw = Document(
        id="d", source_language="en", target_language=to, blocks=(Block(id="b", kind="paragraph", segments=segments),), codes=tuple(codes)
    )
    (result,) = annotate((glossary,))([raw])
    return result


def hypotheses(requests: Iterable[Request], translator: Translator, warnings: tuple[str, ...] = ()) -> Iterator[tuple[Hypothesis, ...]]:
    """The answers of an engine that translates texts with `translator` and leaves codes where they are."""
    for request in requests:
        yield tuple(
            Hypothesis(
                key=request.key,
                target=tuple(Text(value=translator(part.value, rank)) if isinstance(part, Text) else part for part in request.source),
                origin="mt:test",
                score=round(0.9 - rank / 10, 2),
                warnings=warnings,
            )
            for rank in range(request.hypotheses)
        )


def settle(
    start: Document, translator: Translator, warnings: tuple[str, ...] = ()
) -> tuple[tuple[Segment, ...], list[tuple[Request, ...]]]:
    """The segments after all rounds, and the requests of each round."""
    rounds = []
    documents: tuple[Document, ...] = (start,)
    requests = constraint.requests(documents, survives=lambda *_: True)
    while requests:
        rounds.append(requests)
        documents, requests = constraint.choose(documents, hypotheses(requests, translator, warnings), survives=lambda *_: True)
    return tuple(documents[0].segments()), rounds


def target(segment: Segment) -> str:
    """The target as text."""
    assert segment.target is not None
    return plain(segment.target)


def test_a_term_that_comes_by_itself_needs_one_round() -> None:
    """The first hypothesis that has all terms is taken, and nothing more is asked."""
    (segment,), rounds = settle(document("Tokayev spoke."), lambda text, rank: text.replace("Tokayev", "Tokajew" if rank == 2 else "Tokio"))
    assert target(segment) == "Tokajew spoke."
    assert (segment.state, segment.substate) == (State.INITIAL, "tp:mt")
    assert segment.candidates[0].strategy == "nbest"
    assert len(rounds) == 1


def test_a_lost_term_is_asked_for_again() -> None:
    """A term that the engine does not know arrives in the form of the glossary, and the candidate says how."""
    (segment,), _ = settle(document("The CSTO and the ODKB met."), lambda text, _: text)
    assert target(segment) == "The OVKS and the OVKS met."
    assert segment.substate == "tp:mt"
    assert segment.candidates[0].strategy != "plain"


def test_a_term_that_cannot_be_kept_is_flagged() -> None:
    """Nothing is forced: the best translation stays, flagged, with a note that names the term."""
    (segment,), _ = settle(document("The CSTO met."), lambda _text, _rank: "Das Bündnis traf sich.")
    assert target(segment) == "Das Bündnis traf sich."
    assert segment.substate == "tp:flagged"
    assert [note.text for note in segment.notes] == ['The term "OVKS" for "CSTO" is missing (0 of 1).']


def test_forbidden_forms() -> None:
    """A hypothesis with a forbidden form does not win over one without."""
    (segment,), _ = settle(
        document("The rebels fled."), lambda _text, rank: "Die Aufständischen flohen." if rank == 3 else "Die Terroristen flohen."
    )
    assert target(segment) == "Die Aufständischen flohen."


def test_forbidden_forms_are_suppressed() -> None:
    """Where every hypothesis has a forbidden form, the engine is asked to avoid it."""
    start = document("The rebels fled.")
    first = constraint.requests((start,), survives=lambda *_: True)
    (waiting,), second = constraint.choose((start,), hypotheses(first, lambda *_: "Die Terroristen flohen."), survives=lambda *_: True)
    assert [request.avoid for request in second] == [("Terroristen",)]
    (result,), third = constraint.choose((waiting,), hypotheses(second, lambda *_: "Die Rebellen flohen."), survives=lambda *_: True)
    assert [target(segment) for segment in result.segments()] == ["Die Rebellen flohen."]
    assert third == ()


def test_warnings_flag() -> None:
    """What the engine still finds suspicious becomes a note, and the segment is flagged."""
    (segment,), _ = settle(document("They met."), lambda text, _: text, ("The target repeats itself.",))
    assert segment.substate == "tp:flagged"
    assert [(note.category, note.text) for note in segment.notes] == [("engine", "The target repeats itself.")]


def test_addresses_and_code_come_through() -> None:
    """An engine that spoils every word leaves web addresses and code alone, because it does not see them."""
    source = (
        Text(value="See www.csto.org, "),
        Code(id="c1", kind=CodeKind.OPEN),
        Text(value="run()"),
        Code(id="c1", kind=CodeKind.CLOSE),
        Text(value="."),
    )
    start = document(source, codes=[Markup(code="c1", element="code", translate=False)])
    (segment,), _ = settle(start, lambda text, _: text.replace("www", "W").replace("run", "Lauf"))
    assert target(segment) == "See www.csto.org, run()."
    assert segment.substate == "tp:mt"


def test_what_gets_no_request() -> None:
    """Work of people, protected segments and segments without letters are not asked for; the last get their source."""
    start = document("Tokayev spoke.", "Follow us", "20 000 — 3", "Done.")
    one, two, three, four = start.segments()
    segments = (one, replace(two, translate=False), three, replace(four, target=from_text("Fertig."), state=State.REVIEWED))
    start = replace(start, blocks=(replace(start.blocks[0], segments=segments),))
    result, rounds = settle(start, lambda text, _: text.replace("Tokayev", "Tokajew"))
    assert [request.key[2] for requests in rounds for request in requests] == ["s1"]
    assert [plain(segment.target) if segment.target else None for segment in result] == ["Tokajew spoke.", None, "20 000 — 3", "Fertig."]


def test_no_residue() -> None:
    """An engine that doubles whatever stands in for a term leaves none of it in a target."""
    (segment,), _ = settle(document("The CSTO met at www.csto.org."), lambda text, _: f"{text} {text}")
    assert "[1]" not in target(segment)
    assert segment.candidates[0].strategy.startswith("bare")


@pytest.mark.parametrize(("target", "asked"), [("de", 0), ("ru", 1)])
def test_a_name_alone_is_copied_where_it_can_be_read(target: str, asked: int) -> None:
    """The name of an author is not handed to a model that would garble it, unless it has to be written in another script."""
    name = Segment(id="s1", source=(Text(value="Reinhard Veser"),))
    block = Block(id="b1", kind="byline", attributes=(("content", "name"),), segments=(name,))
    document = Document(id="d", source_language="en", target_language=target, blocks=(block,))
    requests = constraint.requests([document], survives=lambda *_: True)
    assert len(requests) == asked
    if not asked:
        ((chosen,), further) = constraint.choose([document], (), survives=lambda *_: True)
        assert [segment.target for segment in chosen.segments()] == [name.source]
        assert not further


FRENCH = load("g.tsv", b"en\tfr\tkind\nCSTO\tOTSC\tacronym\nAstana\tNour-Soultan\tplace\n")
PACKAGES = pathlib.Path(__file__).parents[1] / "packages"


def test_a_middle_language_does_not_lose_terms() -> None:
    """In a chain the term goes through the middle language in the form of the target, so that the second engine cannot take it for another word."""
    middles: list[str] = []

    def over_german(text: str, _rank: int) -> str:
        middles.append(text.replace("The CSTO", "Das Bündnis").replace("The", "Die").replace("met", "tagte"))
        return middles[-1].replace("Das Bündnis", "L'alliance").replace("Die", "L'").replace("tagte", "a siégé")

    (segment,), rounds = settle(document("The CSTO met.", glossary=FRENCH, to="fr"), over_german)
    assert "OTSC" in target(segment)
    assert segment.substate == "tp:mt"
    assert [middle for middle in middles if "OTSC" in middle]
    assert len(rounds) == 2


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("The president met the chancellor in Astana.", "Le président a rencontré la chancelière à Nour-Soultan."),
        ("The CSTO has 12 members.", "L'OTSC a 12 membres."),
    ],
)
def test_terms_in_a_chain_of_packages(source: str, expected: str) -> None:
    """English to French over German with real packages: the sentences of their grammar, with the forms of a French glossary."""
    engine = argos.load(sorted(PACKAGES.glob("*.argosmodel")))
    assert engine.origin("en", "fr").count("+") == 1
    documents: tuple[Document, ...] = (document(source, glossary=FRENCH, to="fr"),)
    requests = constraint.requests(documents, survives=engine.survives)
    while requests:
        documents, requests = constraint.choose(documents, engine.translate(requests), survives=engine.survives)
    (segment,) = documents[0].segments()
    assert (target(segment), segment.substate) == (expected, "tp:mt")


def test_the_engine_decides_between_equals() -> None:
    """Of hypotheses that all keep their terms, the one of the best score is taken, wherever it stands."""
    start = document("Tokayev spoke.")
    (request,) = constraint.requests((start,), survives=lambda *_: True)
    answers = tuple(
        Hypothesis(key=request.key, target=from_text(text), origin="mt:test", score=score)
        for text, score in (("Tokio sprach.", 0.9), ("Tokajew redete.", 0.5), ("Tokajew sprach.", 0.7))
    )
    ((result,), _) = constraint.choose((start,), (answers,), survives=lambda *_: True)
    assert [target(segment) for segment in result.segments()] == ["Tokajew sprach."]
