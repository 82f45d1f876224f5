"""Words around a term that change with it."""

import pytest

from translate_pipeline.content import from_text, plain
from translate_pipeline.model import Term
from translate_pipeline.terminology.agreement import agreed, gender, genitive, opening, placed

CSTO = Term(concept="csto", source=("CSTO",), target=("OVKS", "Organisation des Vertrags über kollektive Sicherheit"), kind="acronym")
IMF = Term(concept="imf", source=("IMF",), target=("IWF", "Internationaler Währungsfonds"), kind="acronym")
ICRC = Term(concept="icrc", source=("ICRC",), target=("IKRK", "Internationales Komitee vom Roten Kreuz"), kind="organisation")
COUNCIL = Term(concept="council", source=("National Security Council",), target=("Nationaler Sicherheitsrat",), kind="title")
SEA = Term(concept="sea", source=("Caspian Sea",), target=("Kaspisches Meer",), kind="place")
UNION = Term(concept="union", source=("European Union",), target=("Europäische Union",), kind="organisation")
SCO = Term(
    concept="sco",
    source=("Shanghai Cooperation Organisation",),
    target=("Shanghaier Organisation für Zusammenarbeit",),
    kind="organisation",
)
GROUP = Term(concept="group", source=("Wagner Group",), target=("Gruppe Wagner",), kind="organisation")


def put(text: str, hole: str, term: Term, language: str = "de", *, owner: bool = False) -> str:
    """`text` with the preferred form of the term in the place of `hole`."""
    start = text.index(hole)
    return plain(placed(from_text(text), start, start + len(hole), term.target[0], term, language, owner=owner))


@pytest.mark.parametrize(
    ("term", "expected"),
    [(CSTO, "f"), (IMF, "m"), (ICRC, "n"), (COUNCIL, "m"), (SEA, "n"), (UNION, "f"), (SCO, "f"), (GROUP, "f")],
)
def test_gender(term: Term, expected: str) -> None:
    """The head noun tells the gender; an acronym has that of its full name."""
    assert gender(term, term.target[0], "de") == expected


@pytest.mark.parametrize(
    ("text", "term", "expected"),
    [
        ("Er bat den X.", CSTO, "Er bat die OVKS."),
        ("Truppen des X", CSTO, "Truppen der OVKS"),
        ("im X", CSTO, "in der OVKS"),
        ("Vom X kam nichts.", CSTO, "Von der OVKS kam nichts."),
        ("die X", CSTO, "die OVKS"),
        ("die X", ICRC, "das IKRK"),
        ("des X", COUNCIL, "des Nationalen Sicherheitsrats"),
        ("der X", COUNCIL, "der Nationale Sicherheitsrat"),
        ("am X", SEA, "am Kaspischen Meer"),
        ("dem X", UNION, "der Europäischen Union"),
        ("das X", SCO, "die Shanghaier Organisation für Zusammenarbeit"),
        ("des X", GROUP, "der Gruppe Wagner"),
        ("Hilfe X", CSTO, "Hilfe OVKS"),
    ],
)
def test_german(text: str, term: Term, expected: str) -> None:
    """Articles, adjectives and genitives follow the term; what is not certain stays."""
    assert put(text, "X", term) == expected


def test_french_and_spanish() -> None:
    """French elides before a vowel, Spanish changes the article with the gender."""
    otsc = Term(concept="csto", source=("CSTO",), target=("OTSC", "Organisation du traité de sécurité collective"), kind="acronym")
    assert put("le X", "X", otsc, "fr") == "l'OTSC"
    assert put("la force du X", "X", otsc, "fr") == "la force de l'OTSC"
    spanish = Term(concept="csto", source=("CSTO",), target=("OTSC", "Organización del Tratado de Seguridad Colectiva"), kind="acronym")
    assert put("las tropas del X", "X", spanish, "es") == "las tropas de la OTSC"


def test_names_of_owners() -> None:
    """A name as owner has the ending of the language, an apostrophe where there is an s already."""
    assert [genitive("Tokajew", "de"), genitive("Taras", "de"), genitive("Tokajew", "ru")] == ["Tokajews", "Taras’", "Tokajew"]


def test_forms_copied_by_a_model() -> None:
    """What a model copied as it is listed is brought into agreement."""
    target = from_text("Der Vorsitz des Nationaler Sicherheitsrat bat den OVKS.")
    assert plain(agreed(target, (COUNCIL, CSTO), "de")) == "Der Vorsitz des Nationalen Sicherheitsrats bat die OVKS."


@pytest.mark.parametrize(
    ("term", "expected"), [(CSTO, "Die OVKS"), (COUNCIL, "Der Nationale Sicherheitsrat"), (ICRC, "Das IKRK"), (SEA, "Das Kaspische Meer")]
)
def test_openings(term: Term, expected: str) -> None:
    """A term that begins a sentence has the article of its gender."""
    assert opening(term.target[0], term, "de") == expected


def test_capitals() -> None:
    """In a headline in capitals the form is in capitals."""
    assert put("TRUPPEN DES CSTO", "CSTO", CSTO) == "TRUPPEN DER OVKS"
