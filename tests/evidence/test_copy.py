"""evidence.copy."""

import pathlib

from translate_pipeline.evidence.copy import copied_run, is_prose


def test_the_longest_copied_run_is_found() -> None:
    """The run is given as the source writes it, whatever case the target has."""
    assert copied_run("The old man went home early today.", "Der alte Mann The Old man went heute.") == ("The", "old", "man", "went")
    assert copied_run("One.", "Zwei.") == ()


def test_prose_is_more_than_names() -> None:
    """Names and titles may stay; a clause may not, in scripts without spaces either."""
    assert not is_prose(("The", "Wall", "Street", "Journal"))
    assert not is_prose(("The", "Lord", "of", "the", "Rings"))
    assert is_prose(("went", "home", "early", "today"))
    assert not is_prose(tuple("国际货币基金组织"))
    assert is_prose(tuple("他昨天在北京对记者们说这很重要"))


def test_human_translations_copy_no_prose(shared: pathlib.Path) -> None:
    """In none of the 30 directions of 997 sentences a human translation is taken for a copy."""
    languages = ("en", "de", "ru", "fr", "es", "zh")
    texts = {code: (shared / "eval" / f"flores-dev.{code}").read_text(encoding="utf-8").splitlines()[:200] for code in languages}
    copies = [
        (a, b, run)
        for a in texts
        for b in texts
        if a != b
        for x, y in zip(texts[a], texts[b], strict=True)
        if is_prose(run := copied_run(x, y))
    ]
    assert copies == []
