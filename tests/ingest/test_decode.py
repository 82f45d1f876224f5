"""Bytes become characters."""

import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.errors import DecodingError, InputError
from translate_pipeline.ingest.decode import LIMIT, decode

RUSSIAN = "Президент подписал закон о ценах на топливо. Об этом сообщили в пятницу в Москве.\n"


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        *((language, encoding) for encoding in ("utf-8", "utf-16") for language in ("en", "de", "ru", "fr", "es", "zh")),
        ("ru", "cp1251"),
        ("ru", "koi8-r"),
        ("ru", "iso8859-5"),
        ("de", "cp1252"),
        ("fr", "cp1252"),
        ("es", "cp1252"),
        ("zh", "gb18030"),
    ],
)
def test_news_texts_are_decoded_right(shared: pathlib.Path, language: str, encoding: str) -> None:
    """Of 50 texts of ten lines at least 49 come back without being told the encoding."""
    lines = (shared / "eval" / f"flores-dev.{language}").read_text(encoding="utf-8").splitlines()[:500]
    texts = ["\n\n".join(lines[start : start + 10]) for start in range(0, 500, 10)]
    coded = [text.encode(encoding, errors="ignore") for text in texts]
    assert sum(decode(data).text == data.decode(encoding) for data in coded) >= 49


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_the_byte_order_mark_decides_and_is_gone(encoding: str) -> None:
    """A byte order mark names the encoding and is no part of the text."""
    assert decode(RUSSIAN.encode(encoding)).text == RUSSIAN
    assert decode(RUSSIAN.encode(encoding)).how == "bom"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark_is_seen(encoding: str) -> None:
    """UTF-16 without its mark is recognised by its spaces, and the guess is told."""
    found = decode(RUSSIAN.encode(encoding))
    assert (found.text, found.encoding, found.how) == (RUSSIAN, encoding, "guessed")
    assert "--encoding" in found.message


@pytest.mark.parametrize(
    "head",
    [
        "<?xml version='1.0' encoding='windows-1251'?>",
        '<meta charset="cp1251">',
        '<meta http-equiv="x" content="text/html; charset=windows-1251">',
    ],
)
def test_the_declaration_decides(head: str) -> None:
    """An XML or HTML declaration is believed before any guess."""
    found = decode((head + RUSSIAN).encode("cp1251"))
    assert (found.text, found.encoding, found.how, found.message) == (head + RUSSIAN, "cp1251", "declared", "")


def test_latin1_means_what_browsers_read() -> None:
    """Pages that say iso-8859-1 have typographic quotation marks, which only windows-1252 has."""
    assert decode('<meta charset="iso-8859-1">„Ja“'.encode("cp1252")).text.endswith("„Ja“")


def test_a_wrong_declaration_is_told() -> None:
    """A declaration that the bytes contradict is passed over with a message."""
    found = decode(('<meta charset="utf-8">' + RUSSIAN * 3).encode("cp1251"))
    assert found.encoding == "cp1251"
    assert "is not in utf-8 as it says" in found.message


def test_the_given_encoding_wins() -> None:
    """--encoding is used and nothing is guessed."""
    assert decode(RUSSIAN.encode("cp866"), "cp866").text == RUSSIAN


@pytest.mark.parametrize(
    ("data", "encoding", "sentence"),
    [
        (b"abc", "klingon", "'klingon' is no encoding"),
        (b"abc", "hex", "'hex' is no encoding"),
        (b"ab\xff", "utf-8", "is not in utf-8 as you say: byte 2 cannot be read"),
        (b"\xff\xfea", None, "is not in utf-16-le as its byte order mark says"),
    ],
)
def test_what_cannot_be_decoded_is_a_sentence(data: bytes, encoding: str | None, sentence: str) -> None:
    """Unknown encodings and bytes outside the encoding are named."""
    with pytest.raises(DecodingError, match=sentence):
        decode(data, encoding)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty"),
        (b" \r\n\t ", "is empty"),
        (bytes(range(256)) * 40, "is a binary file"),
        (b"x" * (LIMIT + 1), "is too long: at most 20,000,000 bytes are read"),
        (b"First line.\nThen a \x08 mark", r"U\+0008 in line 2, column 8, which XML cannot carry"),
        (b"One \0 two and three words", r"U\+0000 in line 1, column 5"),
        ("Text \ufffe here".encode(), r"U\+FFFE in line 1, column 6"),
    ],
)
def test_bad_bytes_are_a_sentence(data: bytes, sentence: str) -> None:
    """Empty, binary and over-long files and characters that XML cannot carry are refused, with their place."""
    with pytest.raises(InputError, match=sentence):
        decode(data)


def test_line_ends_and_page_breaks() -> None:
    """Every line end is a line feed; form feed and vertical tab end a paragraph."""
    assert decode(b"a\r\nb\rc\fd\ve").text == "a\nb\nc\n\nd\n\ne"


def test_a_line_of_a_megabyte_is_fine() -> None:
    """Length alone is no reason to refuse a line."""
    assert len(decode(b"word " * 200_000).text) == 1_000_000


@given(st.text(st.characters(blacklist_categories=("Cs",)), min_size=1), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_unicode_is_never_altered(text: str, encoding: str) -> None:
    """What is in Unicode comes back as it was, or is refused for a character that XML cannot carry, or for being empty."""
    try:
        found = decode(text.encode(encoding), None if encoding != "utf-8" else "utf-8")
    except InputError as problem:
        assert "XML cannot carry" in str(problem) or "is empty" in str(problem) or "binary" in str(problem)  # noqa: PT017
    else:
        expected = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").replace("\v", "\n\n")
        assert found.text == expected
