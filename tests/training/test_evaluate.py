"""The measures that are not sacreBLEU's."""

import pytest

pytest.importorskip("sacrebleu", reason="the training group is not installed")

from training import evaluate
from training.corpus import DATA, read_columns


def test_loops() -> None:
    """One to three words four times over are a loop, three times are not."""
    assert evaluate.loops("er ging und ging und ging und ging und weg")
    assert evaluate.loops("ja ja ja ja")
    assert not evaluate.loops("ja ja ja")
    assert not evaluate.loops("der Mann und der Hund und der Baum und der Fluss")


def test_copies() -> None:
    """A sentence given back in its own words is a copy; names and short headings may stay."""
    assert evaluate.copied("The war is over.", "the war is over")
    assert not evaluate.copied("Photo: Reuters", "Photo: Reuters")
    assert not evaluate.copied("The war is over.", "Der Krieg ist vorbei.")


def test_inflected_terms_count() -> None:
    """A term counts with another ending, and does not count as part of another word."""
    assert evaluate.has_term("Ausnahmezustand", "des Ausnahmezustandes")
    assert evaluate.has_term("Schwarzes Meer", "im Schwarzen Meer")
    assert evaluate.has_term("OVKS", "Die OVKS kam.")
    assert not evaluate.has_term("SOZ", "Die ASOZ kam.")
    assert not evaluate.has_term("Ausnahmezustand", "der Ausnahme-Zustand")


@pytest.mark.parametrize("direction", ["en-de", "de-en"])
def test_the_term_sentences_hold_their_terms(direction: str) -> None:
    """A hundred sentences, each with its term in place."""
    rows = read_columns(DATA / f"terms.{direction}.tsv")
    assert len(rows) == 100
    assert all(row["term"] in row["sentence"] for row in rows)
