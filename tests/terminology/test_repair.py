"""Putting a term into a target that lost it."""

import pytest

from translate_pipeline.content import from_text, plain
from translate_pipeline.model import Segment, Term, TermMatch
from translate_pipeline.terminology.attempts import Situation
from translate_pipeline.terminology.repair import beginnings, missing, respelled, spliced

TERMS = {
    "CSTO": Term(
        concept="csto", source=("CSTO", "ODKB"), target=("OVKS", "Organisation des Vertrags über kollektive Sicherheit"), kind="acronym"
    ),
    "Tokayev": Term(concept="tokayev", source=("Tokayev",), target=("Tokajew", "Kassym-Schomart Tokajew"), kind="person"),
    "Nursultan Nazarbayev": Term(
        concept="nazarbayev", source=("Nursultan Nazarbayev", "Nazarbayev"), target=("Nursultan Nasarbajew", "Nasarbajew"), kind="person"
    ),
    "Vladimir Putin": Term(concept="putin", source=("Vladimir Putin", "Putin"), target=("Wladimir Putin", "Putin"), kind="person"),
    "Interior Ministry": Term(concept="interior", source=("Interior Ministry",), target=("Innenministerium",), kind="title"),
}


def situation(source: str) -> Situation:
    """A segment with the terms that its source has."""
    matches = [
        TermMatch(term=term, start=start, end=start + len(form))
        for form, term in TERMS.items()
        for start in [place for place in range(len(source)) if source.startswith(form, place)]
    ]
    segment = Segment(id="s1", source=from_text(source), terms=tuple(sorted(matches, key=lambda match: match.start)))
    return Situation(document="d", segment=segment, source_language="en", target_language="de", fixed=frozenset(), survives=lambda *_: True)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Tokayev spoke.", "Tokayev sprach.", "Tokajew sprach."),
        ("Tokayev spoke.", "Jokayov sprach.", "Tokajew sprach."),
        ("Tokayev's speech", "Tokayevs Rede", "Tokajews Rede"),
        ("Tokayev's speech", "Tokayev's Rede", "Tokajews Rede"),
        ("Nursultan Nazarbayev left.", "Nursultan Nazarbayev ging.", "Nursultan Nasarbajew ging."),
        ("Vladimir Putin left.", "Vladimir Putin ging.", "Wladimir Putin ging."),
        ("Vladimir Putin left.", "Putin ging.", "Wladimir Putin ging."),
        ("Vladimir Putin's speech", "Die Rede Putins", "Die Rede Wladimir Putins"),
        ("Nursultan Nazarbayev and Nazarbayev's men", "Nasarbajew und Nasarbajews Leute", "Nursultan Nasarbajew und Nasarbajews Leute"),
        ("Nursultan Nazarbayev left.", "Osultan Nazarbayov ging.", "Nursultan Nasarbajew ging."),
        ("Tokayev and Tokayev", "Tokayev und Tokajew", "Tokajew und Tokajew"),
        ("The CSTO helped.", "Der CSTO half.", "Der OVKS half."),
        ("He asked the CSTO.", "Er bat den CSTO.", "Er bat die OVKS."),
        ("CSTO TROOPS", "CSTO-TRUPPEN", "OVKS-TRUPPEN"),
        ("The Interior Ministry", "Das Ministerium des Inneren", None),
        ("Tokayev met Tomas.", "Tomas traf ihn.", None),
        ("Tokayev spoke.", "Tokajew sprach.", "Tokajew sprach."),
    ],
)
def test_near_copies(source: str, target: str, expected: str | None) -> None:
    """A copied or garbled name gets the glossary's spelling, with its ending; where nothing looks like the term, nothing is done."""
    result = respelled(situation(source), from_text(target))
    assert (plain(result) if result is not None else None) == expected


def test_missing() -> None:
    """Missing are as many matches of a concept as the target has too few."""
    lost = missing(situation("Tokayev, Tokayev and the CSTO"), from_text("Tokajew und die OVKS"))
    assert [match.term.concept for match in lost] == ["tokayev"]


def test_difference_of_two_others() -> None:
    """Where two translations with other words for a term agree on the place, the term is put there, with its article."""
    target = from_text("Das Ministerium sprach von Toten.")
    others = [from_text("Das Gericht sprach von Toten."), from_text("Das Parlament sprach von Toten.")]
    result = spliced(situation("The Interior Ministry spoke of deaths."), target, others)
    assert result is not None
    assert plain(result) == "Das Innenministerium sprach von Toten."


@pytest.mark.parametrize(
    "others",
    [
        ["Das Gericht sprach von Toten."],
        ["Das Gericht sprach von Toten.", "Das Gericht sprach von Toten."],
        ["Das Gericht sprach von Toten.", "Das Parlament redete über die Toten."],
    ],
)
def test_no_guessing(others: list[str]) -> None:
    """One other translation, the same twice, or two that differ elsewhere do not tell the place."""
    target = from_text("Das Ministerium sprach von Toten.")
    assert spliced(situation("The Interior Ministry spoke of deaths."), target, [from_text(other) for other in others]) is None


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("CSTO units arrived.", "Einheiten kamen an.", ("OVKS", "Die OVKS")),
        ("The CSTO helped.", "Sie half.", ("Die OVKS", "OVKS")),
        ("Tokayev's speech was short.", "Die Rede war kurz.", ("Tokajews", "Tokajew")),
        ("Then Tokayev spoke.", "Dann sprach Jokaja.", ("Dann sprach Tokajew",)),
        ("Then he spoke.", "Dann sprach er.", ()),
    ],
)
def test_beginnings(source: str, target: str, expected: tuple[str, ...]) -> None:
    """The engine can go on from the term where the source begins with it, or from what looks a little like it."""
    assert beginnings(situation(source), from_text(target)) == expected
