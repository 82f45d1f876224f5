"""The group of all commands. Nothing but click is imported before a command runs."""

import importlib

import click

from translate_pipeline import __version__

__all__ = ["cli"]

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
        command: click.Command = importlib.import_module(f"{__package__}.{_MODULES.get(cmd_name, cmd_name)}").command
        return command


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="translate-pipeline")
def cli() -> None:
    """Translate articles offline into aligned XLIFF and bilingual pages.

    Exit codes: 0 done, 1 refused or failed (the other articles are done), 2 wrong usage.
    """
