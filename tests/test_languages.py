"""Language tags, the codes of Argos, and what is known about languages."""

import pytest

from translate_pipeline.errors import LanguageError
from translate_pipeline.languages import argos_code, autonym, direction, name, normalise, primary, script, tag_of

# The codes in the public index of Argos packages.
ARGOS = [
    "ar",
    "az",
    "bg",
    "bn",
    "ca",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "eo",
    "es",
    "et",
    "eu",
    "fa",
    "fi",
    "fr",
    "ga",
    "gl",
    "he",
    "hi",
    "hu",
    "id",
    "it",
    "ja",
    "ko",
    "ky",
    "lt",
    "lv",
    "ms",
    "nb",
    "nl",
    "pb",
    "pl",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "sq",
    "sv",
    "th",
    "tl",
    "tr",
    "uk",
    "ur",
    "vi",
    "zh",
    "zt",
]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("EN", "en"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("pt_br", "pt-BR"),
        (" de-AT ", "de-AT"),
        ("es-419", "es-419"),
        ("sl-ROZAJ-biske", "sl-rozaj-biske"),
        ("de-DE-u-co-phonebk-x-desk", "de-DE-u-co-phonebk-x-desk"),
    ],
)
def test_tags_are_written_in_canonical_case(given: str, wanted: str) -> None:
    """Case, underscores and white space around do not matter, and normalising twice changes nothing."""
    assert normalise(given) == wanted
    assert normalise(wanted) == wanted


@pytest.mark.parametrize("given", ["", "d", "de-", "-de", "german-", "deutsch", "de--AT", "de AT", "de-x", "ру", "a" * 1000, "../de"])
def test_malformed_tags_are_refused_in_a_sentence(given: str) -> None:
    """Every function that takes a tag refuses what is none, and says what a tag looks like."""
    with pytest.raises(LanguageError, match=r"is no language tag. Write one like"):
        normalise(given)


@pytest.mark.parametrize("code", ARGOS)
def test_every_argos_code_has_a_tag_and_comes_back(code: str) -> None:
    """For each language that Argos has, code to tag to code is the identity, and the language has both names."""
    tag = tag_of(code)
    assert tag == normalise(tag)
    assert argos_code(tag) == code
    assert name(tag) != tag
    assert autonym(tag) != tag


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("zh", "zh"),
        ("zh-CN", "zh"),
        ("zh-TW", "zt"),
        ("zh-Hant-HK", "zt"),
        ("pt-PT", "pt"),
        ("pt-BR", "pb"),
        ("no", "nb"),
        ("en-GB", "en"),
        ("kk", "kk"),
        ("xx-YY", "xx"),
    ],
)
def test_regions_and_scripts_find_their_package(tag: str, code: str) -> None:
    """A tag with region or script leads to the code of the nearest package; an unknown language to its own code."""
    assert argos_code(tag) == code


def test_argos_codes_that_are_no_tags() -> None:
    """The two codes of Argos that mean nothing or something else in BCP 47 are translated."""
    assert (tag_of("zt"), tag_of("pb")) == ("zh-Hant", "pt-BR")


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("fa", "rtl"),
        ("ur", "rtl"),
        ("az-Arab", "rtl"),
        ("az", "ltr"),
        ("ru", "ltr"),
        ("dv-Thaa", "rtl"),
    ],
)
def test_direction_follows_the_script(tag: str, wanted: str) -> None:
    """The direction is that of the script, also where the tag names another one than usual."""
    assert direction(tag) == wanted


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [("sr", "Cyrl"), ("sr-Latn-RS", "Latn"), ("zh-TW", "Hant"), ("zh", "Hans"), ("kk", "Cyrl"), ("xx", "Latn"), ("de-x-cyrl", "Latn")],
)
def test_script_is_the_usual_one_or_the_one_in_the_tag(tag: str, wanted: str) -> None:
    """The script comes from the tag where it names one, else from the table."""
    assert script(tag) == wanted


def test_names() -> None:
    """Names are those of the language in the tag; an unknown language is called by its tag."""
    assert name("de-AT") == "German"
    assert name("zh-TW") == "Chinese (Traditional)"
    assert autonym("kk") == "Қазақша"
    assert name("xx-YY") == autonym("xx-YY") == "xx-YY"
    assert primary("pt-BR") == "pt"
