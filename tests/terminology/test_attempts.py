"""The ways of asking for a segment."""

import pytest

from translate_pipeline.content import from_text, plain
from translate_pipeline.model import Segment, Term, TermMatch
from translate_pipeline.terminology.attempts import Attempt, Situation, build

CSTO = Term(concept="csto", source=("CSTO",), target=("OVKS", "Organisation des Vertrags über kollektive Sicherheit"), kind="acronym")
TOKAYEV = Term(concept="tokayev", source=("Tokayev",), target=("Tokajew",), kind="person")
SOURCE = "Tokayev asked the CSTO at www.csto.org."
MATCHES = (TermMatch(term=TOKAYEV, start=0, end=7), TermMatch(term=CSTO, start=18, end=22))


def attempt(variant: str, *, keeps: str = "[", source: str = SOURCE) -> Attempt | None:
    """The attempt for a sentence; the vocabulary keeps what contains `keeps`."""
    segment = Segment(id="s1", source=from_text(source), terms=MATCHES)
    return build(
        Situation(
            document="d",
            segment=segment,
            source_language="en",
            target_language="de",
            fixed=frozenset(),
            survives=lambda text, *_: keeps in text,
        ),
        variant,
    )


@pytest.mark.parametrize(
    ("variant", "asked"),
    [
        ("plain", "Tokayev asked the CSTO at [1]."),
        ("bare", SOURCE),
        ("inline:0,1:0", "Tokajew asked the OVKS at [1]."),
        ("inline:1:0", "Tokayev asked the OVKS at [1]."),
        ("mask:0,1:0", "[1] asked the [2] at [3]."),
        ("proxy:0,1:0", "Peter asked the EU at [1]."),
        ("proxy:0,1:1", "Maria asked the NATO at [1]."),
    ],
)
def test_what_is_asked(variant: str, asked: str) -> None:
    """Each strategy puts its own words in the places of the terms; addresses are masked in all but the last."""
    found = attempt(variant)
    assert found is not None
    assert plain(found.source) == asked


@pytest.mark.parametrize(
    ("variant", "answer", "target"),
    [
        ("mask:0,1:0", "[1] bat die [2] auf [3].", "Tokajew bat die OVKS auf www.csto.org."),
        ("mask:0,1:0", "[1] bat die [2].", None),
        ("proxy:0,1:0", "Peter bat die EU auf [1].", "Tokajew bat die OVKS auf www.csto.org."),
        ("proxy:0,1:0", "Peters Bitte an die EU auf [1].", "Tokajews Bitte an die OVKS auf www.csto.org."),
        ("proxy:0,1:0", "Er bat die EU auf [1].", None),
        ("proxy:0,1:0", "Peter bat die EU der EU auf [1].", None),
    ],
)
def test_what_an_answer_gives(variant: str, answer: str, target: str | None) -> None:
    """Stand-ins are swapped back, with their endings; an answer that lost or doubled one gives nothing."""
    found = attempt(variant)
    assert found is not None
    result = found.target(from_text(answer))
    assert (plain(result) if result is not None else None) == target


def test_masks_that_the_vocabulary_keeps() -> None:
    """The first kind of mask is taken that goes through the vocabulary and is not in the source."""
    found = attempt("plain", keeps="T-")
    assert found is not None
    assert plain(found.source) == "Tokayev asked the CSTO at T-01."
    found = attempt("plain", keeps="", source="Tokayev asked the CSTO [1] www.csto.org.")
    assert found is not None
    assert plain(found.source) == "Tokayev asked the CSTO [1] T-01."
    assert attempt("mask:0:0", keeps="nothing") is None


def test_proxies_run_out() -> None:
    """Where there is no further proxy of the kind and gender, there is no attempt."""
    assert attempt("proxy:1:9") is None
