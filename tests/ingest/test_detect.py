"""Languages are told apart, or the user is asked."""

import pathlib

import pytest

from translate_pipeline.errors import LanguageError
from translate_pipeline.ingest.detect import THRESHOLD, detect, written_in

LINES = [
    tuple(line.split("\t"))
    for line in (pathlib.Path(__file__).parents[1] / "data/ingest/languages.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("tag", "text"), LINES)
def test_languages_are_not_mistaken_for_their_neighbours(tag: str, text: str) -> None:
    """Sentences, also short ones, are in the language that they are in, and the probability says so."""
    found = detect(text)
    assert found.tag == tag
    assert THRESHOLD <= found.probability <= 1


# The capital I of Turkish and Azerbaijani loses its dot when lowered without knowing the language.
@pytest.mark.parametrize(("tag", "text"), [(tag, text) for tag, text in LINES if tag not in {"tr", "az"}])
def test_capitals_make_no_difference(tag: str, text: str) -> None:
    """A text in capitals is in the same language."""
    assert detect(text.upper()).tag == tag


@pytest.mark.parametrize("text", ["ODKB", "Breaking news", "Алма-Ата", "Президент Токаев", "OK, Taxi!"])
def test_a_name_is_not_a_language(text: str) -> None:
    """A few letters say nothing, whatever statistics make of them."""
    with pytest.raises(LanguageError, match="--from"):
        detect(text)


@pytest.mark.parametrize("text", ["", "123 456", "https://example.org/a-path-with-many-words-in-it", "— … !"])
def test_no_letters_no_language(text: str) -> None:
    """Numbers and addresses have no language."""
    with pytest.raises(LanguageError, match="no letters"):
        detect(text)


def test_unknown_scripts_are_named() -> None:
    """A script whose languages we do not know is named in the sentence."""
    with pytest.raises(LanguageError, match="written in Cherokee letters"):
        detect("ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ ᏗᎧᎿᏩᏛᏍᏗ")


def test_the_same_text_has_the_same_language() -> None:
    """Detection is seeded: no answer ever flips."""
    text = "Moskva, Praha, Budapest, Wien, Roma, Madrid, Lisboa"
    answers = set()
    for _ in range(10):
        try:
            answers.add(detect(text))
        except LanguageError as problem:
            answers.add(str(problem))
    assert len(answers) == 1


def test_a_foreign_name_does_not_turn_the_language() -> None:
    """A Russian article about Kazakhstan that writes names the Kazakh way stays Russian."""
    text = "Глава государства Қасым-Жомарт Тоқаев заявил, что порядок в стране восстановлен и войска выводятся. " * 5
    assert detect(text).tag == "ru"


@pytest.mark.parametrize("language", ["en", "de", "ru", "fr", "es", "zh"])
def test_news_in_six_languages(shared: pathlib.Path, language: str) -> None:
    """All of 40 texts of five sentences in each language are recognised."""
    lines = (shared / "eval" / f"flores-dev.{language}").read_text(encoding="utf-8").splitlines()[:200]
    found = [detect("\n".join(lines[start : start + 5])).tag for start in range(0, 200, 5)]
    assert {tag.partition("-")[0] for tag in found} == {language}


@pytest.mark.parametrize(
    ("text", "tag", "expected"),
    [
        ("The law was signed.", "en", True),
        ("The law was signed.", "ru", False),
        ("Закон подписан.", "de", False),
        ("Закон подписан.", "sr", True),
        ("Zakon je potpisan.", "sr", True),
        ("Zakon je potpisan.", "sr-Cyrl", False),
        ("今天国会开会", "zh", True),
        ("今天国会开会", "en", True),
        ("123", "en", True),
    ],
)
def test_letters_and_language_fit(text: str, tag: str, expected: bool) -> None:
    """A language named by the user is refused only where the letters prove it wrong."""
    assert written_in(text, tag) is expected
