"""evidence.length."""

import pathlib

from translate_pipeline.evidence.length import ratio, width


def test_scripts_are_made_comparable() -> None:
    """A Chinese character counts three letters, a syllable of Korean two."""
    assert width("ab") == 2
    assert width("北京") == 6
    assert width("서울") == 4


def test_short_texts_are_not_suspicious() -> None:
    """A word may become a phrase; a sentence may not become five."""
    assert ratio("OK", "Einverstanden") < 2
    assert ratio("This is a sentence of some length.", "Wort " * 60) > 2.5
    assert ratio("", "") == 1


def test_human_translations_stay_within_the_bounds(shared: pathlib.Path) -> None:
    """The figures of the docstring hold: between 0.44 and 2.26 in all directions."""
    languages = ("en", "de", "ru", "fr", "es", "zh")
    texts = {code: (shared / "eval" / f"flores-dev.{code}").read_text(encoding="utf-8").splitlines() for code in languages}
    ratios = [ratio(x, y) for a in texts for b in texts if a != b for x, y in zip(texts[a], texts[b], strict=True)]
    assert min(ratios) > 0.44
    assert max(ratios) < 2.26
