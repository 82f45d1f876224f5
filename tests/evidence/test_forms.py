"""Words, their boundaries and their regular inflections."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.evidence import forms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tokayev’s CSTO-led", ["Tokayev", "s", "CSTO", "led"]),
        ("Côte d'Ivoire", ["Côte", "d", "Ivoire"]),
        ("习近平 met", ["习", "近", "平", "met"]),
        ("Oʻzbekiston", ["Oʻzbekiston"]),
        ("भारत", ["भारत"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    """Apostrophes and hyphens part words, letters like the Uzbek ʻ do not, and scripts without spaces have a word a character."""
    assert [text[start:end] for start, end in forms.words(text)] == expected


@given(st.text(max_size=40))
def test_words_are_ordered_and_disjoint(text: str) -> None:
    """Words never overlap and none is empty, whatever the text."""
    spans = forms.words(text)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))


@pytest.mark.parametrize(
    ("form", "word", "language"),
    [
        ("Nationaler", "Nationalen", "de"),
        ("Sicherheitsrat", "Sicherheitsrats", "de"),
        ("Sicherheitsrat", "Sicherheitsräte", "de"),
        ("Tokajew", "Tokajews", "de"),
        ("Verteidigungsministerium", "Verteidigungsministerien", "de"),
        ("Токаев", "Токаевым", "ru"),
        ("Россия", "России", "ru"),
        ("Организация", "Организацией", "ru"),
        ("коллективный", "коллективного", "ru"),
        ("Қазақстан", "Қазақстанның", "kk"),
        ("Unión", "Uniones", "es"),
        ("national", "nationaux", "fr"),
        ("Republic", "Republics", "en"),
    ],
)
def test_regular_inflections(form: str, word: str, language: str) -> None:
    """An inflected form counts as the listed one."""
    assert forms.inflected(forms.fold(form), forms.fold(word), language)


@pytest.mark.parametrize(
    ("form", "word", "language"),
    [("Tokajew", "Nasarbajew", "de"), ("Russland", "Russe", "de"), ("Казахстан", "Казань", "ru"), ("Kazakhstan", "Kazakh", "en")],
)
def test_other_words_are_no_inflections(form: str, word: str, language: str) -> None:
    """A word of the same beginning is not taken for an inflection."""
    assert not forms.inflected(forms.fold(form), forms.fold(word), language)


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("OVKS", "Die OVKS-Truppen der OVKS", [("OVKS", True), ("OVKS", True)]),
        ("UN", "uns und UNO", []),
        ("Nationaler Sicherheitsrat", "den Vorsitz des Nationalen Sicherheitsrats", [("Nationalen Sicherheitsrats", False)]),
        ("Kassym-Schomart Tokajew", "Kassym\u2011Schomart\u00a0Tokajew", [("Kassym\u2011Schomart\u00a0Tokajew", True)]),
        ("Kassym-Schomart", "Kassym Schomart", []),
    ],
)
def test_occurrences(form: str, text: str, expected: list[tuple[str, bool]]) -> None:
    """Forms are found on word boundaries, inflected, with any kind of hyphen and space; acronyms keep their letters."""
    assert [(text[one.start : one.end], one.exact) for one in forms.occurrences(form, text, "de")] == expected
