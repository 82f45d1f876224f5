"""mt.casing."""

import pytest

from translate_pipeline.mt.casing import Casing, casing, restore, sentence_case

KNOWN = {
    "president",
    "visits",
    "the",
    "in",
    "for",
    "talks",
    "with",
    "Berlin",
    "NATO",
    "leaders",
    "Angela",
    "Merkel",
    "breaking",
    "news",
    "Boris",
    "summit",
}


def cost(word: str) -> tuple[float, ...]:
    """What is known costs nothing."""
    return (0.0,) if word in KNOWN else (1.0,)


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("PRESIDENT VISITS BERLIN", Casing.CAPITALS),
        ("PRESIDENT VISITS BERLIN with NATO LEADERS", Casing.CAPITALS),
        ("EXCLUSIVE", Casing.CAPITALS),
        ("NATO", Casing.USUAL),
        ("U.S.", Casing.USUAL),
        ("President Visits Berlin for Talks With NATO Leaders", Casing.HEADLINE),
        ("The president visits Berlin.", Casing.USUAL),
        ("Angela Merkel, Boris Berlin", Casing.USUAL),
        ("12:30", Casing.USUAL),
        ("", Casing.USUAL),
        ("北京", Casing.USUAL),
    ],
)
def test_styles_are_told_apart(text: str, style: Casing) -> None:
    """Capitals, headlines and the rest; acronyms and names are the rest."""
    assert casing(text, cost) is style


def test_words_are_written_as_the_vocabulary_likes_them() -> None:
    """Names keep their capital, acronyms all of them, and not a character moves."""
    text = "PRESIDENT VISITS BERLIN FOR TALKS WITH NATO LEADERS"
    assert sentence_case(text, Casing.CAPITALS, cost) == "PRESIDENT visits Berlin for talks with NATO leaders".replace(
        "PRESIDENT", "President"
    )
    text = "President Visits Berlin"
    assert sentence_case(text, Casing.HEADLINE, cost) == "President visits Berlin"
    assert sentence_case("Ask NATO.", Casing.USUAL, cost) == "Ask NATO."


def test_letters_that_change_their_number_stay() -> None:
    """A text never changes its length, so that places in it stay valid."""
    text = "İSTANBUL VE İZMİR"
    assert len(sentence_case(text, Casing.CAPITALS, cost)) == len(text)


def test_the_style_comes_back() -> None:
    """In capitals with the words that were small, in the capitals of the language; a headline gets its first letter."""
    assert restore("TALKS IN Moskau", "gespräche in Moskau, straße", Casing.CAPITALS, "de") == "GESPRÄCHE IN Moskau, STRASSE"
    assert restore("NEWS HERE", "istanbul ışık", Casing.CAPITALS, "tr") == "İSTANBUL IŞIK"
    assert restore("President Visits Berlin", "präsident besucht Berlin", Casing.HEADLINE, "de") == "Präsident besucht Berlin"
    assert restore("Usual", "text", Casing.USUAL, "de") == "text"
