"""The bytes of an article become a Document, or a sentence."""

import pytest

from translate_pipeline.content import display
from translate_pipeline.errors import DecodingError, InputError, LanguageError
from translate_pipeline.ingest import read

TEXT = "Snow closes roads\n\nThe roads in the city are closed because of the snow."
PAGE = f"<html lang='{{}}'><article><p>{TEXT}</p></article></html>"


def test_plain_text() -> None:
    """A text article carries what was found out about it, its segments wait for their numbers, and guesses are told."""
    found = read(TEXT.encode(), slug="snow", original="in/snow.txt")
    document = found.document
    assert (document.id, document.source_language, document.target_language) == ("snow", "en", None)
    assert dict(document.metadata) == {"original": "in/snow.txt", "media-type": "text/plain", "encoding": "utf-8"}
    assert [segment.id for segment in document.segments()] == ["", ""]
    assert document.last_id == 2
    assert found.messages == (found.messages[0],)
    assert found.messages[0].startswith("in/snow.txt: language is English (probability ")


def test_nothing_is_guessed_when_it_is_said() -> None:
    """With language and encoding given there is nothing to tell."""
    found = read("Снег. Дороги закрыты.".encode("cp1251"), slug="a", original="a.txt", language="RU", encoding="cp1251")
    assert (found.document.source_language, found.messages) == ("ru", ())


@pytest.mark.parametrize(
    ("data", "original", "media_type", "expected"),
    [
        (PAGE.format("en"), "a", None, "text/html"),
        ("<?xml version='1.0'?>\n<!-- x -->\n" + PAGE.format("en"), "a", None, "text/html"),
        ("The roads in the city are closed because of the <b>snow</b>.", "a.HTM", None, "text/html"),
        ("The roads in the city are <b>closed</b> because of the snow.", "a.txt", None, "text/plain"),
        ("<p>The roads in the city are closed because of the snow.", "a.txt", "text/plain", "text/plain"),
        ("The roads in the city are closed because of the snow.", "-", "text/html; charset=utf-8", "text/html"),
    ],
)
def test_kind_of_article(data: str, original: str, media_type: str | None, expected: str) -> None:
    """HTML is known by what is said, by its suffix or by its beginning."""
    assert read(data.encode(), slug="a", original=original, media_type=media_type).document.fact("media-type") == expected


@pytest.mark.parametrize(("declared", "expected"), [("en", "en"), ("en-GB", "en"), ("de", "en"), ("ru", "en"), ("klingonese-x", "en")])
def test_the_language_of_a_page_is_used_when_it_fits(declared: str, expected: str) -> None:
    """What the page says counts where the text does not contradict it."""
    assert read(PAGE.format(declared).encode(), slug="a", original="a").document.source_language == expected


def test_the_language_of_a_page_helps_short_texts() -> None:
    """Where too few letters decide, the page is believed."""
    found = read(b"<html lang=nl><article><p>Sneeuw</p></article></html>", slug="a", original="a")
    assert (found.document.source_language, found.messages) == ("nl", ("a: language is Dutch as the page says.",))


def test_regions_that_matter_are_kept() -> None:
    """Brazilian Portuguese and traditional Chinese have packages of their own."""
    page = "<html lang=pt-BR><article><p>O presidente assinou hoje a nova lei em Brasília.</p></article></html>"
    assert read(page.encode(), slug="a", original="a").document.source_language == "pt-BR"
    page = "<html lang=zh-TW><article><p>今天國會開會討論經濟問題</p></article></html>"
    assert read(page.encode(), slug="a", original="a").document.source_language == "zh-Hant"


@pytest.mark.parametrize(
    ("data", "options", "error", "sentence"),
    [
        (b"", {}, InputError, "a.txt: is empty"),
        (bytes(range(256)) * 50, {}, InputError, "a.txt: is a binary file"),
        (TEXT.encode(), {"encoding": "nonsense"}, DecodingError, "a.txt: cannot be read: 'nonsense' is no encoding"),
        (TEXT.encode(), {"language": "not a tag"}, LanguageError, "a.txt: 'not a tag' is no language tag"),
        (TEXT.encode(), {"language": "ru"}, LanguageError, "a.txt: is not written in the letters of Russian. Correct --from"),
        (b"ODKB", {}, LanguageError, "a.txt: is too short to tell its language. Say it with --from"),
        (TEXT.encode(), {"media_type": "application/pdf"}, InputError, "a.txt: is of the type 'application/pdf'"),
        (b"<html><body></body></html>", {}, InputError, "a.txt: has no text"),
        (b"The snow\x01 falls", {}, InputError, r"a.txt: has the character U\+0001 in line 1, column 9"),
        ("\u00a0\u2003\n".encode(), {"language": "en"}, InputError, "a.txt: has no text"),
    ],
)
def test_bad_articles_are_a_sentence(data: bytes, options: dict[str, str], error: type[InputError], sentence: str) -> None:
    """Every refusal names the article, what is wrong and what to do."""
    with pytest.raises(error, match=sentence):
        read(data, slug="a", original="a.txt", **options)


def test_page_breaks_end_blocks() -> None:
    """Form feed and vertical tab end a block and stand in no segment."""
    found = read(b"The snow falls on the city.\fThe roads are closed.\x0bThe trains run.", slug="a", original="a", language="en")
    assert [display(segment.source) for segment in found.document.segments()] == [
        "The snow falls on the city.",
        "The roads are closed.",
        "The trains run.",
    ]


def test_the_same_bytes_give_the_same_document() -> None:
    """Reading is a function: nothing depends on when or how often."""
    page = PAGE.format("").encode()
    assert read(page, slug="a", original="a") == read(page, slug="a", original="a")
