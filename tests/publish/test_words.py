"""Interface words and dates."""

import importlib.resources
import string
import tomllib

import pytest

from translate_pipeline.publish.words import date_in, words_for

FILES = sorted(
    file.name for file in importlib.resources.files("translate_pipeline").joinpath("strings").iterdir() if file.name.endswith(".toml")
)


def _table(name: str) -> dict[str, str]:
    return tomllib.loads(importlib.resources.files("translate_pipeline").joinpath("strings", name).read_text(encoding="utf-8"))


def test_at_least_eight_languages() -> None:
    """The languages of the first readers are there."""
    assert {f"{tag}.toml" for tag in ("en", "de", "ru", "fr", "es", "kk", "ar", "zh")} <= set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_complete(name: str) -> None:
    """Each file has the keys of the English one, none empty, with the same values to be filled in."""
    english, table = _table("en.toml"), _table(name)
    assert table["language"] == name.removesuffix(".toml")
    assert list(table) == list(english)
    fields = {key: {field for _, field, _, _ in string.Formatter().parse(text) if field} for key, text in english.items()}
    assert {key: {field for _, field, _, _ in string.Formatter().parse(text) if field} for key, text in table.items()} == fields
    assert all(text.strip() for text in table.values())


@pytest.mark.parametrize(("tag", "language"), [("de-AT", "de"), ("zh-Hant", "zh-Hant"), ("zh-Hans", "zh"), ("cy", "en"), ("ar", "ar")])
def test_the_nearest_language(tag: str, language: str) -> None:
    """The words of the tag, of its primary language, or English ones."""
    assert words_for(tag).language == language


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "January 7, 2022"),
        ("de", "7. Januar 2022"),
        ("ru", "7 января 2022\u202fг."),
        ("zh", "2022年1月7日"),
        ("kk", "2022 ж. 7 қаңтар"),
    ],
)
def test_dates_by_cldr(tag: str, text: str) -> None:
    """Dates are written as in running text of the language, whatever time is behind them."""
    assert date_in(tag, "2022-01-07T10:00:00Z").replace("\u202f", " ").replace("\xa0", " ") == text.replace("\u202f", " ")


def test_what_is_no_date_stays() -> None:
    """Text that is no date is shown as it is."""
    assert date_in("de", "last Friday") == "last Friday"
    assert date_in("de", "2022-13-45") == "2022-13-45"
