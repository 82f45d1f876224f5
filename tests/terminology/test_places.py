"""Names of countries and languages from CLDR."""

import pytest

from translate_pipeline.terminology.glossary import load
from translate_pipeline.terminology.matching import Matcher
from translate_pipeline.terminology.places import names


def found(text: str, source: str = "en", target: str = "de") -> list[tuple[str, str, str]]:
    """What is found in `text`: the words, the preferred target form, the status."""
    matches = Matcher((names(source, target),), source, target).find(text)
    return [(text[match.start : match.end], match.term.target[0], match.term.status) for match in matches]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Azerbaijan and Bermuda", [("Azerbaijan", "Aserbaidschan", "preferred"), ("Bermuda", "Bermuda", "preferred")]),
        ("He flew to Georgia.", [("Georgia", "Georgien", "admitted")]),
        ("Georgia Meloni and Michael Jordan ate turkey.", []),
        ("Turkey is eaten at Christmas.", []),
        ("It is written in Kazakh.", [("Kazakh", "Kasachisch", "admitted")]),
        ("In Russian cities", []),
    ],
)
def test_names_in_context(text: str, expected: list[tuple[str, str, str]]) -> None:
    """Clear names are terms; names that may mean something else are found only among fitting words, and then only checked."""
    assert found(text) == expected


def test_every_pair() -> None:
    """Any two languages that CLDR knows have a glossary; an unknown one has none."""
    assert found("Қазақстан мен Әзербайжан", "kk", "es")[0][:2] == ("Қазақстан", "Kazajistán")
    assert found("Kazakhstan", "en", "qtz") == []


def test_a_glossary_has_the_last_word() -> None:
    """What the editor wrote comes before CLDR."""
    own = load("own.tsv", b"en\tde\nKyrgyzstan\tKirgisien\n")
    (match,) = Matcher((own, names("en", "de")), "en", "de").find("Kyrgyzstan")
    assert match.term.target == ("Kirgisien",)
