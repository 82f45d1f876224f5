"""The group of all commands. Nothing but click is imported before a command runs."""

import importlib

import click

from translate_pipeline import __version__

__all__ = ["cli"]

_COMMANDS = {
    "run": "Translate articles into XLIFF and bilingual pages.",
    "import": "Take translators' files back, with a verdict on every segment.",
    "export": "Hand a job out again, in another form.",
    "check": "Look for what a translator should see again.",
    "validate": "Hold XLIFF files against the rules of the standard.",
    "kit": "Make a ready project for a CAT tool.",
    "publish": "Bring the site up to date.",
    "preview": "Show the site in a browser of this machine.",
    "status": "Show what is translated, reviewed, flagged, or waits.",
    "effort": "Show what reviewers changed.",
    "segment": "Show the segments of an article as JSON lines.",
    "glossary": "Check glossaries, convert them, see what they find.",
    "memory": "Fill, export and count the translation memory.",
    "models": "List, install and remove Argos packages.",
}
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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - the signature is click's
        """List the commands without importing them, so that --help is quick."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="translate-pipeline")
def cli() -> None:
    """Translate articles offline into aligned XLIFF and bilingual pages.

    Exit codes: 0 done, 1 refused or failed (the other articles are done), 2 wrong usage.
    """
