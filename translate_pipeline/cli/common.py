"""What all commands share: options, messages, exit codes."""

import contextlib
import functools
import os
import pathlib
import sys
import traceback
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from translate_pipeline.config import Settings

__all__ = ["common_options", "counted", "report_errors", "settings_for", "standard_input", "tag"]

_OPTIONS = (
    click.option("--output", type=click.Path(path_type=pathlib.Path, file_okay=False), help="Where results go (default: output)."),
    click.option(
        "--config",
        type=click.Path(path_type=pathlib.Path, exists=True, dir_okay=False),
        help="Settings file (default: translate-pipeline.toml, found upwards).",
    ),
    click.option("--json", "as_json", is_flag=True, help="Report as JSON."),
    click.option("--debug", is_flag=True, help="Show a traceback for every error."),
    click.option("-q", "--quiet", is_flag=True, help="No progress and no messages but errors."),
)


def common_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that every command has, and turn errors into messages and exit codes."""

    @functools.wraps(function)
    def wrapped(*arguments: Any, debug: bool, **options: Any) -> None:
        with report_errors(debug=debug):
            function(*arguments, **options)

    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


@contextlib.contextmanager
def report_errors(*, debug: bool) -> Iterator[None]:
    """Print an error of ours as its sentences and leave with 1, or with 2 when the command was misused.

    Ctrl-C is no fault either. With `debug` the traceback goes to standard error as well.
    """
    from translate_pipeline.errors import PipelineError, UsageError

    try:
        yield
    except PipelineError as problem:
        if debug:
            traceback.print_exception(problem)
        else:
            click.echo("\n".join(problem.problems), err=True)
        sys.exit(2 if isinstance(problem, UsageError) else 1)
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)
        sys.exit(1)


def counted(number: int, noun: str) -> str:
    """A number of things, for a person: "1 pair", "2 pairs"."""
    return f"{number} {noun}{'s' * (number != 1)}"


def standard_input() -> bytes:
    """What comes from standard input, but no more than shows that it is too long for an article."""
    from translate_pipeline.ingest.decode import LIMIT

    return sys.stdin.buffer.read(LIMIT + 1)


def settings_for(*, config: pathlib.Path | None, **options: object) -> "Settings":
    """The settings, with those of the command line in front.

    Raises:
        SettingsError: the settings file or the environment has problems.
    """
    from translate_pipeline.config import load

    return load(file=config, start=pathlib.Path.cwd(), environment=os.environ, options=options)


def tag(_context: click.Context, _parameter: click.Parameter, value: Any) -> Any:
    """Callback for language options: tags in canonical form, or wrong usage."""
    from translate_pipeline.errors import LanguageError
    from translate_pipeline.languages import normalise

    try:
        if isinstance(value, tuple):
            return tuple(dict.fromkeys(normalise(item) for item in value))
        return None if value is None else normalise(value)
    except LanguageError as problem:
        raise click.BadParameter(str(problem)) from problem
