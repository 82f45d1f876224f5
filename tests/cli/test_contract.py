"""The command line is a contract: every command documented, with help, errors in sentences, exit codes as stated."""

import json
import pathlib
import re
import shlex
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from translate_pipeline.cli.group import cli

ROOT = pathlib.Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _commands(group: click.Group, *path: str) -> list[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    found = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found.append(((*path, name), command))
        if isinstance(command, click.Group):
            found += _commands(command, *path, name)
    return found


COMMANDS = _commands(cli)
IDS = [" ".join(path) for path, _ in COMMANDS]


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=IDS)
def test_every_command_has_help_and_states_its_exit_codes(path: tuple[str, ...], command: click.Command) -> None:
    """--help works, and what the exit codes mean stands in it."""
    result = CliRunner().invoke(cli, [*path, "--help"])
    assert result.exit_code == 0
    if not isinstance(command, click.Group):
        assert "Exit codes: 0" in result.output


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=IDS)
def test_every_option_has_help(path: tuple[str, ...], command: click.Command) -> None:
    """No option goes unexplained, and every command has the options that all have."""
    options = [item for item in command.params if isinstance(item, click.Option)]
    assert [item.name for item in options if not item.help and not item.hidden] == []
    if not isinstance(command, click.Group):
        assert {"output", "config", "as_json", "debug", "quiet"} <= {item.name for item in options}, path


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=IDS)
def test_every_command_is_in_the_readme(path: tuple[str, ...], command: click.Command) -> None:
    """A newcomer finds every command in the README."""
    if not isinstance(command, click.Group):
        assert f"translate-pipeline {' '.join(path)}" in README


def test_readme_commands_exist() -> None:
    """Every command line in the README names a command and options that exist."""
    blocks = re.findall(r"```(?:sh|console)\n(.*?)```", README, re.DOTALL)
    lines = [line.removeprefix("$ ") for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    ours = [shlex.split(line, comments=True) for line in lines if line.startswith("translate-pipeline ")]
    assert ours
    known = dict(COMMANDS)
    for words in ours:
        path = tuple(words[1:3]) if tuple(words[1:3]) in known else tuple(words[1:2])
        assert path in known, words
        flags = {flag for parameter in known[path].params for flag in parameter.opts}
        assert [word for word in words if word.startswith("--") and word not in flags] == [], words


def test_readme_begins_with_demo_and_test() -> None:
    """The first two commands of the README are all that a fresh machine needs."""
    first = re.search(r"```sh\n(.*?)```", README, re.DOTALL)
    assert first is not None
    assert [line.split("#")[0].strip() for line in first[1].splitlines()][:2] == ["make demo", "make test"]


def test_help_imports_nothing_heavy() -> None:
    """--help loads click and our own thin modules, so that it is quick."""
    code = (
        "import sys; from translate_pipeline.cli.group import cli; cli(['--help'], standalone_mode=False); "
        "print(sorted(m for m in sys.modules if m.split('.')[0] in {'lxml','jinja2','ctranslate2','langdetect','sqlite3','argostranslate','nh3'}))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "[]"


def test_wrong_usage_is_2() -> None:
    """An unknown option, a missing argument and contradictory options leave with 2 and no traceback."""
    runner = CliRunner()
    for words in (["run", "--nonsense"], ["run"], ["run", "x.txt", "--to", "not a tag"], ["nothing"]):
        result = runner.invoke(cli, words)
        assert result.exit_code == 2, words
        assert "Traceback" not in result.output


def test_settings_problems_are_sentences(tmp_path: pathlib.Path) -> None:
    """All problems of a settings file at once, exit code 1."""
    settings = tmp_path / "translate-pipeline.toml"
    settings.write_text('quality = "perfect"\ncolour = 1\nto = ["de", "x y"]\n')
    result = CliRunner().invoke(cli, ["status", "--config", str(settings)])
    assert result.exit_code == 1
    for part in ("quality is 'perfect'", "unknown setting 'colour'", "'x y'"):
        assert part in result.output
    assert "Traceback" not in result.output


def test_status_without_work(tmp_path: pathlib.Path) -> None:
    """An empty output directory is no error."""
    result = CliRunner().invoke(cli, ["status", "--output", str(tmp_path)])
    assert (result.exit_code, result.output) == (0, f"No work in {tmp_path} yet.\n")
    result = CliRunner().invoke(cli, ["status", "--json", "--output", str(tmp_path)])
    assert json.loads(result.output) == []
