"""Numbers in words."""

from decimal import Decimal

import pytest

from translate_pipeline.evidence.words import knows_words, rows, scale_after, spelled


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("twenty-one", "en", 21),
        ("two hundred and fifty thousand", "en", 250_000),
        ("zweihundertdreißig", "de", 230),
        ("fünfundzwanzig", "de", 25),
        ("zweistündig", "de", 2),
        ("quatre-vingt-trois", "fr", 83),
        ("mil millones", "es", 10**9),
        ("двадцать три тысячи", "ru", 23_000),
        ("三百二十万", "zh", 3_200_000),
        ("二〇〇五", "zh", 2005),
        ("XVIIIe siècle", "fr", 18),
        ("d'octobre", "fr", 10),
    ],
)
def test_words_have_their_value(text: str, language: str, value: int) -> None:
    """The value of the whole expression is among those offered."""
    assert Decimal(value) in {meaning for word in spelled(text, language) for meaning in word.values}


def test_months_are_marked() -> None:
    """Unambiguous names of months are known as such; "May" may be a verb."""
    assert any(word.month for word in spelled("October", "en"))
    assert not any(word.month for word in spelled("they may", "en"))


def test_spans_cover_the_word() -> None:
    """Offsets count code points of the text, also behind letters that fold to two."""
    text = "groß: dreißig"
    (word,) = {(word.start, word.end) for word in spelled(text, "de")}
    assert text[slice(*word)] == "dreißig"


def test_multipliers_multiply() -> None:
    """What follows a number in digits is one factor, however many words it has."""
    assert scale_after("5 mil millones", 1, "es") == (Decimal(10**9), len("5 mil millones"))
    assert scale_after("5 Tage", 1, "de") == (None, 1)


def test_table_is_sound() -> None:
    """Every row has a language, a value and forms in small letters; unknown languages are known as such."""
    for language, value, forms in rows("number-words.tsv"):
        assert len(language) == 2
        assert Decimal(value.lstrip("xm")) >= 0
        assert all(form and form == form.lower() for form in forms.split("|")), forms
    assert knows_words("kk")
    assert not knows_words("xx")
