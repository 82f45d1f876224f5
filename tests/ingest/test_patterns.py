"""Bylines and residue: certain, or not at all."""

import pytest

from translate_pipeline.ingest.patterns import is_byline, is_name, is_residue, is_role


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Follow I follow"),
        ("en", "SHARE"),
        ("en", "Share on Facebook"),
        ("en", "Read more"),
        ("en-GB", "12 comments"),
        ("en", "Facebook | Twitter | WhatsApp"),
        ("de", "Artikel teilen"),
        ("de", "Anzeige"),
        ("de", "Lesezeit: 4 Min."),
        ("ru", "Поделиться"),
        ("ru", "Читайте также:"),
        ("fr", "S’abonner"),
        ("fr", "Partager sur Facebook"),
        ("es", "Síguenos en Twitter"),
        ("zh-Hans", "分享到微信"),
        ("kk", "Бөлісу"),
        ("xx", "***"),
    ],
)
def test_residue(language: str, text: str) -> None:
    """Buttons and lines of web pages are recognised in their language."""
    assert is_residue(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Follow the money."),
        ("en", "Shares fell on Friday."),
        ("en", "Read more books, she said."),
        ("en", "Share prices on the rise in Almaty after the president spoke about the unrest and its causes"),
        ("de", "Anzeige gegen den Minister"),
        ("de", "Teilen ist schwer."),
        ("ru", "Реклама сигарет запрещена."),
        ("fr", "Suivre les règles est difficile."),
        ("en", "Teilen"),
        ("en", ""),
    ],
)
def test_sentences_are_no_residue(language: str, text: str) -> None:
    """What could be a sentence of an article stays one."""
    assert not is_residue(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "By Anna Smith"),
        ("en", "By Anna Smith and J. R. R. Tolkien"),
        ("de", "Von Ursula von der Leyen, Brüssel"),
        ("ru", "Автор: Анна Петрова"),
        ("fr", "Par Jean-Pierre Dupont"),
        ("es", "Por María del Carmen García"),
        ("zh", "记者 王小明"),
    ],
)
def test_bylines(language: str, text: str) -> None:
    """A byline names persons behind the word that its language uses."""
    assert is_byline(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "By far the best"), ("en", "by anna smith"), ("de", "Von hier aus"), ("de", "By Anna Smith"), ("en", "By 2030")],
)
def test_no_bylines(language: str, text: str) -> None:
    """Without a name in capitals, or in another language, it is none."""
    assert not is_byline(text, language)


def test_names_and_roles() -> None:
    """A name is capitalised words and nothing else; a role begins with an office."""
    assert is_name("Reinhard Veser")
    assert not is_name("Snow falls")
    assert not is_name("Reinhard")
    assert is_role("Editor in politics.", "en")
    assert is_role("Redakteurin in der Politik.", "de")
    assert not is_role("The editor resigned.", "en")


def test_matching_takes_bounded_time() -> None:
    """A long line made to confuse the patterns is decided at once."""
    assert not is_byline("By " + "Anna Smith and " * 9 + "!", "en")
    assert not is_residue("share | " * 19 + "!", "en")
    assert not is_name("A-" * 5000)
