"""Whether a target keeps the terms of its source."""

import pytest

from translate_pipeline.evidence.presence import findings
from translate_pipeline.model import Term, TermMatch

CSTO = Term(concept="csto", source=("CSTO",), target=("OVKS", "Organisation des Vertrags über kollektive Sicherheit"), forbidden=("ODKB",))
TOKAYEV = Term(concept="tokayev", source=("Tokayev",), target=("Tokajew", "Kassym-Schomart Tokajew"))


@pytest.mark.parametrize(
    ("terms", "target", "kept"),
    [
        ((CSTO,), "Die OVKS half.", [True]),
        ((CSTO,), "Die Organisation des Vertrags über kollektive Sicherheit half.", [True]),
        ((CSTO,), "Die CSTO half.", [False]),
        ((CSTO, CSTO), "Die OVKS half.", [False]),
        ((CSTO,), "Die OVKS (ODKB) half.", [False]),
        ((CSTO, TOKAYEV), "Tokajews Bitte an die OVKS", [True, True]),
        ((TOKAYEV, TOKAYEV), "Kassym-Schomart Tokajew kam, Tokajew ging.", [True]),
    ],
)
def test_each_term_as_often_as_in_the_source(terms: tuple[Term, ...], target: str, kept: list[bool]) -> None:
    """Every listed form counts, also inflected; too few or a forbidden form does not do."""
    matches = tuple(TermMatch(term=term, start=0, end=1) for term in terms)
    assert [finding.kept for finding in findings(matches, target, "de")] == kept


@pytest.mark.parametrize(
    ("target", "found"),
    [("Armenia ging.", []), ("ARMENIA GING.", []), ("Armenien ging.", ["Armenien"]), ("Armeniens Abschied", ["Armeniens"])],
)
def test_an_untranslated_name_is_no_inflected_one(target: str, found: list[str]) -> None:
    """By its ending "Armenia" might be the base of "Armenien", as "Firma" is of "Firmen"; it is the English name, left as it was."""
    term = Term(concept="armenia", source=("Armenia",), target=("Armenien",), kind="place")
    (finding,) = findings((TermMatch(term=term, start=0, end=7),), target, "de", capitals=target.isupper())
    assert [target[one.start : one.end] for one in finding.found] == found


def test_capitals() -> None:
    """In a headline in capitals the forms are in capitals too."""
    (finding,) = findings((TermMatch(term=TOKAYEV, start=0, end=7),), "TOKAJEW SPRICHT", "de", capitals=True)
    assert finding.kept


def test_forbidden_only() -> None:
    """A term that only forbids is kept as long as the forbidden form is away."""
    term = Term(concept="x", source=("militants",), target=(), forbidden=("Terroristen",))
    match = (TermMatch(term=term, start=0, end=9),)
    assert findings(match, "Kämpfer", "de")[0].kept
    assert findings(match, "Die Terroristen", "de")[0].forbidden == ("Terroristen",)


PUTIN = Term(concept="putin", source=("Vladimir Putin", "Putin"), target=("Wladimir Putin", "Putin"), kind="person")
COUNCIL = Term(
    concept="council", source=("National Security Council", "Security Council"), target=("Nationaler Sicherheitsrat", "Sicherheitsrat")
)
SOVIET = Term(concept="ussr", source=("Soviet Union",), target=("Sowjetunion", "Sowjetunion der Republiken"))


@pytest.mark.parametrize(
    ("term", "target", "found"),
    [
        (PUTIN, "Er dankte Vladimir Putin.", []),
        (PUTIN, "Er dankte Wladmir Putin.", []),
        (PUTIN, "Wladimir Putins Rede", ["Wladimir Putins"]),
        (PUTIN, "Er dankte Putin.", ["Putin"]),
        (PUTIN, "Er dankte Präsident Putin.", ["Putin"]),
        (PUTIN, "Für Vladimir: Putin sprach.", ["Putin"]),
        (COUNCIL, "Der Natonaler Sicherheitsrat tagte.", []),
        (COUNCIL, "Der Sicherheitsrat tagte.", ["Sicherheitsrat"]),
        (SOVIET, "Die Sowjetunion der Republics", []),
    ],
)
def test_a_short_form_inside_a_longer_name(term: Term, target: str, found: list[str]) -> None:
    """A short form does not count beside what is left of a longer one, untranslated or spelled otherwise; alone it does."""
    (finding,) = findings((TermMatch(term=term, start=0, end=1),), target, "de")
    assert [target[one.start : one.end] for one in finding.found] == found
