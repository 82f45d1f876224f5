"""The command line: one module a command. Nothing but click is imported before a command runs."""

import importlib
import sys
import types

import click

from translate_pipeline import __version__

__all__ = ["cli", "main"]

_COMMANDS = (
    "run",
    "import",
    "export",
    "check",
    "validate",
    "kit",
    "publish",
    "preview",
    "status",
    "effort",
    "segment",
    "glossary",
    "memory",
    "models",
)
_MODULES = {"import": "import_"}  # where the name of a command is a word of Python


class _Lazy(click.Group):
    """A group whose commands live in the modules of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the signature is click's
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{_MODULES.get(cmd_name, cmd_name)}").command
        return command


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="translate-pipeline")
def cli() -> None:
    """Translate articles offline into aligned XLIFF and bilingual pages.

    Exit codes: 0 done, 1 refused or failed (the other articles are done), 2 wrong usage.
    """


def _unexpected(kind: type[BaseException], problem: BaseException, trace: types.TracebackType | None) -> None:
    """Say in a sentence that the fault is ours; --debug shows where."""
    if "--debug" in sys.argv:
        sys.__excepthook__(kind, problem, trace)
    else:
        sys.stderr.write(
            f"This is a fault of translate-pipeline ({kind.__name__}: {problem}). Run the command again with --debug and report it.\n"
        )


def main() -> None:
    """The entry point of the program."""
    sys.excepthook = _unexpected
    cli(prog_name="translate-pipeline")
