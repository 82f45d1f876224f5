"""mt.guards."""

import pathlib

import pytest

from translate_pipeline.mt.guards import findings, needs_translation, plainer

SOURCE = "The president went to Berlin on Monday and spoke with the chancellor."


@pytest.mark.parametrize(
    ("target", "word"),
    [
        ("", "empty"),
        ("...", "empty"),
        ("Der Präsident und so weiter und so weiter und so weiter und so weiter", "repeats “und so weiter” 4 times"),
        (SOURCE, "stand untranslated"),
        ("Der Präsident went to Berlin on Monday and spoke mit ihr.", "stand untranslated"),
        ("Ja.", "much shorter"),
        ("Der Präsident reiste am Montag und " + " ".join(f"w{chr(97 + n % 26)}{chr(97 + n // 3)}" for n in range(60)), "much longer"),
        ("Der Präsident reiste nach Берлин, und sprach mit der Kanzlerin.", "“Берлин”"),
        ("Der Präsident ⁇ reiste nach Berlin, und sprach mit der Kanzlerin.", "“⁇”"),
    ],
)
def test_what_is_wrong_is_said(target: str, word: str) -> None:
    """Each kind of suspicion has its sentence."""
    assert any(word in sentence for sentence in findings(SOURCE, target))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (SOURCE, "Der Präsident reiste am Montag nach Berlin und sprach mit der Kanzlerin."),
        ("He wrote for The Wall Street Journal.", "Er schrieb für The Wall Street Journal."),
        ("Ha, ha, ha, ha, ha!", "Ha, ha, ha, ha, ha!"),
        ("The letter д is Cyrillic.", "Der Buchstabe д ist kyrillisch."),
        ("UN", "Vereinte Nationen"),
        ("10 000 000 000 tenge", "10 000 000 000 Tenge"),
        ("President Tokayev said so.", "Президент Токаев так сказал (Tokayev)."),
        ("Tokyo 2020 was held later.", "東京オリンピックは延期された。"),
    ],
)
def test_good_translations_pass(source: str, target: str) -> None:
    """Names, laughter, quoted letters and mixed scripts of Asia are no faults."""
    assert findings(source, target) == ()


def test_human_translations_pass(shared: pathlib.Path) -> None:
    """None of 1,000 human translations from English into five languages is called suspicious."""
    texts = {
        code: (shared / "eval" / f"flores-dev.{code}").read_text(encoding="utf-8").splitlines()[:200]
        for code in ("en", "de", "ru", "fr", "es", "zh")
    }
    wrong = [
        (x, y, found) for code in texts if code != "en" for x, y in zip(texts["en"], texts[code], strict=True) if (found := findings(x, y))
    ]
    assert wrong == []


def test_what_has_no_letters_is_not_translated() -> None:
    """Numbers and signs stay as they are."""
    assert not needs_translation("12:30 — 45 %")
    assert needs_translation("12 Uhr")


def test_plainer_punctuation() -> None:
    """Typographic quotes, long dashes, rows of marks and emoticons go; words stay."""
    assert plainer("“Really?!?!” — he said… :-) 🎉") == '"Really?" - he said…'
