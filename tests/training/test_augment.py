"""The changes that turn plain pairs into what articles need."""

import random
import re

import pytest

from training import augment
from training.corpus import DATA, read_columns

PAIR = ("We met Tom's sister in Boston.", "Wir trafen Toms Schwester in Boston.")


def test_an_inline_term_stands_in_the_source_and_keeps_its_inflection_in_the_target() -> None:
    """The dictionary form replaces the English phrase; the German side is left as it is."""
    lexicon = augment.lexicon([("state of emergency", "Ausnahmezustand"), ("the president", "Präsident"), ("to go", "gehen")])
    pair = ("The end of the state of emergency came early.", "Das Ende des Ausnahmezustandes kam früh.")
    assert augment.inline_term(pair, lexicon, random.Random(1), to_german=True) == ("The end of the Ausnahmezustand came early.", pair[1])


def test_an_inline_term_is_of_the_target_language() -> None:
    """From German, the English phrase takes the place of the inflected German one."""
    lexicon = augment.lexicon([("state of emergency", "Ausnahmezustand")])
    pair = ("The end of the state of emergency came early.", "Das Ende des Ausnahmezustandes kam früh.")
    wanted = (pair[0], "Das Ende des state of emergency kam früh.")
    assert augment.inline_term(pair, lexicon, random.Random(1), to_german=False) == wanted


def test_a_phrase_whose_translation_is_absent_stays() -> None:
    """Without the German word in the target nothing is replaced."""
    lexicon = augment.lexicon([("house", "Haus")])
    pair = ("The house is old.", "Das Gebäude ist alt.")
    assert augment.inline_term(pair, lexicon, random.Random(1), to_german=True) == pair


def test_the_lexicon_holds_phrases_with_a_noun_only() -> None:
    """Verbs, long entries and entries with an article are no terms."""
    entries = [("to go", "gehen"), ("world", "die Welt"), ("request", "Bitte"), ("a very long phrase here", "Ausdruck")]
    assert augment.lexicon(entries) == {"request": ("Bitte",)}


@pytest.mark.parametrize("seed", range(20))
def test_a_swapped_name_is_the_same_on_both_sides(seed: int) -> None:
    """Whatever name comes in stands in English and in German, with the genitive of each."""
    random_ = random.Random(seed)
    english, german = augment.swap_names(PAIR, augment.Names(random_), random_, 1.0)
    owner = re.fullmatch(r"We met (.+)'s sister in (.+)\.", english)
    assert owner
    name, place = owner.groups()
    assert german in (f"Wir trafen {name}s Schwester in {place}.", f"Wir trafen {name}’ Schwester in {place}.")


@pytest.mark.parametrize("seed", range(20))
def test_a_name_that_begins_the_sentence_is_swapped_too(seed: int) -> None:
    """A short word there may be any word: `Die` and `die` are no names."""
    random_ = random.Random(seed)
    names = augment.Names(random_)
    english, german = augment.swap_names(("Madrid is old.", "Madrid ist alt."), names, random_, 1.0)
    assert english.split()[0] == german.split()[0] != "Madrid"
    pair = ("Was it?", "Was war es?")
    assert augment.swap_names(pair, names, random_, 1.0) == pair


@pytest.mark.parametrize("seed", range(20))
def test_a_swapped_number_is_the_same_on_both_sides(seed: int) -> None:
    """Equal numbers change together; a year stays a year, and written-out or formatted numbers stay."""
    pair = ("In 1981, 45 of 1,200 men came.", "1981 kamen 45 von 1.200 Männern.")
    english, german = augment.swap_numbers(pair, random.Random(seed))
    found = re.fullmatch(r"In (\d{4}), (\d\d) of 1,200 men came\.", english)
    assert found
    assert german == f"{found[1]} kamen {found[2]} von 1.200 Männern."
    assert 1800 <= int(found[1]) <= 2040


def test_headlines() -> None:
    """Capitals on both sides; Title Case in English only, and no final stop."""
    pair = ("The police of the town said nothing.", "Die Polizei der Stadt sagte nichts.")
    assert augment.capitals(pair)[1] == "DIE POLIZEI DER STADT SAGTE NICHTS."
    assert augment.title_case(pair) == ("The Police of the Town Said Nothing", "Die Polizei der Stadt sagte nichts")


def test_templates_leave_no_slot_open_and_agree_on_both_sides() -> None:
    """Every slot is filled, and each template has the same slots in both languages."""
    for row in read_columns(DATA / "templates.en-de.tsv"):
        slots = [{slot.lower() for slot in re.findall(r"{(\w+)", row[side])} for side in ("english", "german")]
        assert slots[0] == slots[1], row
    random_ = random.Random(1)
    assert not [pair for pair in augment.templates(augment.Names(random_), random_) if "{" in "".join(pair)]


def test_the_same_seed_gives_the_same_pairs() -> None:
    """Preparation can be repeated."""
    pairs = [PAIR] * 50
    first, second = (
        list(augment.augment(pairs, lexicon={}, rates=augment.RATES, to_german=True, random_=random.Random(7))) for _ in range(2)
    )
    assert first == second
    assert first[: len(pairs)] != pairs
