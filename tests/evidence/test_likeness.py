"""How much alike spellings are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.evidence.likeness import LIKE, likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [("Nazarbayev", "Nasarbajew"), ("Wischnewski", "Wishnevski"), ("Vladimir", "Wladimir"), ("CTSO", "CSTO"), ("tokayev", "TOKAYEV")],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    """Transliterations, a slip in an acronym, and other capitals are like."""
    assert likeness(one, other) >= LIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [("Tokayev", "Nazarbayev"), ("Astana", "Almaty"), ("Kasachstan", "Kirgistan"), ("NATO", "CSTO"), ("Osch", "Ost"), ("cis", "CIS2")],
)
def test_other_names(one: str, other: str) -> None:
    """Other names are not, nor short words, nor small words like an acronym."""
    assert likeness(one, other) == 0.0


@given(st.text(min_size=1, max_size=12))
def test_every_word_is_like_itself(word: str) -> None:
    """Wholly, whatever it is."""
    assert likeness(word, word) == 1.0


def test_a_lower_limit() -> None:
    """Where less is asked for, fainter likeness is told as it is."""
    assert likeness("Beatrix", "Belarus") == 0.0
    assert 0.4 <= likeness("Beatrix", "Belarus", least=0.4) < LIKE
