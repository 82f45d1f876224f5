"""The form in which texts are searched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.evidence.forms import pieces
from translate_pipeline.terminology import families
from translate_pipeline.terminology.families import Normal


def test_a_sign_for_every_piece() -> None:
    """Words and gaps have one sign each, so that places of pieces are places of signs; equal words have equal signs."""
    normal = Normal(["Security Council", "Council"], "en")
    searched = normal.searched(pieces("the Security  Council, the council!"))
    assert len(searched) == len(["the", " ", "Security", "  ", "Council", ", ", "the", " ", "council"])
    assert searched.find(normal.keys[0]) == 2  # "Security" is the third piece
    assert [place for place, sign in enumerate(searched) if sign == normal.keys[1]] == [4, 8]


@pytest.mark.parametrize(
    ("language", "listed", "text"),
    [
        ("de", "Sicherheitsrat", "Sicherheitsrats"),
        ("ru", "Назарбаев", "Назарбаевым"),
        ("en", "minister", "Ministers"),
        ("es", "país", "PAÍS"),
    ],
)
def test_inflected_words_have_the_sign_of_their_family(language: str, listed: str, text: str) -> None:
    """A regularly inflected word is searched as the listed one, whatever its capitals; the endings are those of `inflections.tsv`."""
    normal = Normal([listed], language)
    assert normal.searched(pieces(text)) == normal.keys[0]


def test_hyphens_and_apostrophes_in_one_spelling() -> None:
    """Typography does not part what the glossary types plainly; another sign between the words does."""
    normal = Normal(["Alma-Ata", "Xi'an"], "en")
    assert normal.searched(pieces("Alma‑Ata")) == normal.keys[0]
    assert normal.searched(pieces("Xi’an")) == normal.keys[1]
    assert normal.searched(pieces("Alma, Ata")) != normal.keys[0]


@given(st.lists(st.text(alphabet="aB- ()§'", min_size=1, max_size=6), max_size=6))
def test_a_key_for_every_form(forms: list[str]) -> None:
    """There are as many keys as forms, in order; a key is empty where its form has no word, and found in the form where it has."""
    normal = Normal(forms, "en")
    assert len(normal.keys) == len(forms)
    for form, key in zip(forms, normal.keys, strict=True):
        cut = pieces(form)
        assert key == normal.searched(cut)
        assert bool(key) == (len(cut) > 1)


def test_strangers_are_in_no_key() -> None:
    """Words and gaps of a text that no form has, even control characters, are never part of a key."""
    normal = Normal(["one two", "!", "three"], "en")
    searched = normal.searched(pieces("four\x00five\x00\x00six seven"))
    assert len(searched) == 7
    assert not set(searched[::2]) & set("".join(normal.keys))
    assert searched[1] == searched[3] == searched[0]


def test_more_words_than_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    """When there are more families than characters, some share a sign: nothing that should be found is lost."""
    monkeypatch.setattr(families, "_SIGNS", 3)
    forms = [f"word{number} other{number}" for number in range(20)]
    normal = Normal(forms, "en")
    assert all(normal.searched(pieces(form.upper())) == key for form, key in zip(forms, normal.keys, strict=True))
