"""The models commands, with package files that lie here."""

import json
import pathlib

import pytest
from click.testing import CliRunner, Result

from translate_pipeline.cli.group import cli

PACKAGE = pathlib.Path(__file__).parents[1] / "packages" / "translate-en_de-tiny.argosmodel"


def _invoke(*words: str) -> Result:
    return CliRunner().invoke(cli, ["models", *words])


def test_what_is_installed_and_removed_is_told(newsroom: pathlib.Path) -> None:
    """A line for each package, or with --json the row that `models list` has for it."""
    assert _invoke("install", str(PACKAGE)).stdout.startswith("Installed en → de  0.1  (installed, for tests")
    assert _invoke("remove", "en", "de").stdout == "Removed en_de-0.1\n"
    (row,) = json.loads(_invoke("install", str(PACKAGE), "--json").stdout)
    assert (row["from"], row["to"], row["version"], row["place"]) == ("en", "de", "0.1", "installed")
    assert pathlib.Path(row["path"]).is_relative_to(newsroom / "installed")
    assert row in json.loads(_invoke("list", "--json").stdout)
    assert json.loads(_invoke("remove", "en", "de", "--json").stdout) == [row]


@pytest.mark.usefixtures("newsroom")
@pytest.mark.parametrize(
    ("command", "way_out"),
    [
        ("install", "Name a language pair such as `en de`, or a package file that exists."),
        ("remove", "Name a language pair such as `en de`."),
    ],
)
def test_what_names_no_package_is_wrong_usage(command: str, way_out: str) -> None:
    """The message asks for what the command takes: only `install` takes a file."""
    for words in (["en"], ["nosuch.argosmodel"], ["en", "de", "fr"]):
        result = _invoke(command, *words)
        assert result.exit_code == 2, words
        assert result.stderr.endswith(f"Error: {way_out}\n")
