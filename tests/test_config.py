"""Settings: file, environment, options."""

import pathlib

import pytest

from translate_pipeline.config import FILE_NAME, Settings, load
from translate_pipeline.errors import SettingsError


def _load(start: pathlib.Path, environment: dict[str, str] | None = None, **options: object) -> Settings:
    return load(file=None, start=start, environment=environment or {}, options=options)


def test_defaults_lie_under_the_working_directory(tmp_path: pathlib.Path) -> None:
    """Without a settings file everything is relative to where the command runs."""
    settings = _load(tmp_path)
    assert (settings.root, settings.output, settings.quality) == (tmp_path, tmp_path / "output", "balanced")


def test_file_is_found_upwards_and_paths_are_relative_to_it(tmp_path: pathlib.Path) -> None:
    """A command in a folder below the settings uses them."""
    (tmp_path / FILE_NAME).write_text('output = "out"\npackages = ["a.argosmodel"]\nto = ["DE", "fr"]\n')
    below = tmp_path / "x" / "y"
    below.mkdir(parents=True)
    settings = _load(below)
    assert settings.output == tmp_path / "out"
    assert settings.packages == (tmp_path / "a.argosmodel",)
    assert settings.to == ("de", "fr")


def test_options_beat_environment_beats_file(tmp_path: pathlib.Path) -> None:
    """The nearer to the person, the stronger."""
    (tmp_path / FILE_NAME).write_text('quality = "best"\nto = ["de"]\n')
    environment = {"TRANSLATE_PIPELINE_QUALITY": "fast", "TRANSLATE_PIPELINE_TO": "fr:es", "TRANSLATE_PIPELINE_UNKNOWN": "x", "HOME": "/"}
    assert _load(tmp_path).quality == "best"
    settings = _load(tmp_path, environment)
    assert (settings.quality, settings.to) == ("fast", ("fr", "es"))
    settings = _load(tmp_path, environment, quality="balanced", to=(), srx=None)
    assert (settings.quality, settings.to) == ("balanced", ("fr", "es"))


def test_all_problems_at_once(tmp_path: pathlib.Path) -> None:
    """Every wrong name, type, value and tag is reported with its place, in one go."""
    (tmp_path / FILE_NAME).write_text('colour = 1\noutput = 3\nquality = "x"\nto = "de"\npackages = [1]\n')
    with pytest.raises(SettingsError) as caught:
        _load(tmp_path, {"TRANSLATE_PIPELINE_XLIFF": "9"})
    assert len(caught.value.problems) == 6
    assert all(FILE_NAME in problem or "TRANSLATE_PIPELINE_XLIFF" in problem for problem in caught.value.problems)


@pytest.mark.parametrize("name", ["quality", "xliff", "segmentation", "base_url", "site_name", "site_language"])
@pytest.mark.parametrize("value", ["1.2", "2", "true", "2026-01-01", "['1.2']"])
def test_text_without_quotes_is_told(tmp_path: pathlib.Path, name: str, value: str) -> None:
    """A number in place of text is not answered with the same characters as what it can be."""
    (tmp_path / FILE_NAME).write_text(f"{name} = {value}\n")
    with pytest.raises(SettingsError) as caught:
        _load(tmp_path)
    assert caught.value.problems == (f"{tmp_path / FILE_NAME}: {name} must be text in quotes.",)


def test_broken_toml_is_a_sentence(tmp_path: pathlib.Path) -> None:
    """The TOML reader's own words, behind the name of the file."""
    (tmp_path / FILE_NAME).write_bytes(b'to = ["de"\nx = \xff')
    with pytest.raises(SettingsError, match=r"not valid TOML"):
        _load(tmp_path)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('output = "a\\u0000b"', "output is 'a\\x00b'; no path has a zero character"),
        ('packages = ["a\\u0000b"]', "packages is 'a\\x00b'; no path has a zero character"),
        (f"to = {'[' * 5000}{']' * 5000}", "too deep to be read"),
    ],
)
def test_hostile_values_are_refused(tmp_path: pathlib.Path, text: str, part: str) -> None:
    """A zero character in a path and nesting without end are sentences, not faults."""
    (tmp_path / FILE_NAME).write_text(text + "\n")
    with pytest.raises(SettingsError) as caught:
        _load(tmp_path)
    assert part in str(caught.value)
