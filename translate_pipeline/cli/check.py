"""translate-pipeline check."""

import pathlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from translate_pipeline.cli.common import common_options, settings_for

if TYPE_CHECKING:
    from translate_pipeline.pipeline.check import Found

__all__ = ["command"]


def _finding(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Callback for SEGMENT:CHECK."""
    pairs = tuple(tuple(value.rpartition(":")[::2]) for value in values)
    if not all(segment and check for segment, check in pairs):
        raise click.BadParameter("write it as SEGMENT:CHECK, for example s12:numbers")
    return tuple((segment, check) for segment, check in pairs)


@click.command("check")
@click.argument("work", metavar="XLIFF|SLUG...", nargs=-1, required=True)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    show_default=True,
    help="The least severity that means exit code 1.",
)
@click.option(
    "--dismiss",
    metavar="SEGMENT:CHECK",
    multiple=True,
    callback=_finding,
    help="Set this finding aside; it stays so on the way out and back.",
)
@click.option("--reason", metavar="TEXT", help="Why it is set aside.")
@click.option("--reviewer", metavar="NAME", default="", help="Who sets it aside.")
@common_options
def command(
    *,
    work: tuple[str, ...],
    fail_on: str,
    dismiss: tuple[tuple[str, str], ...],
    reason: str | None,
    reviewer: str,
    output: pathlib.Path | None,
    config: pathlib.Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Look for what a translator should see again: numbers, terms, codes, quotation marks, omissions and more.

    Takes XLIFF files of anybody, or the names of articles whose work is checked. With --dismiss and --reason a finding is set aside for good;
    the file is handed out anew with that decision in it.

    Exit codes: 0 nothing at the level of --fail-on, 1 findings at that level or a file cannot be read, 2 wrong usage.
    """
    from translate_pipeline.errors import UsageError
    from translate_pipeline.model import Severity
    from translate_pipeline.pipeline import check as checking
    from translate_pipeline.workspace import Workspace

    workspace = Workspace(settings_for(config=config, output=output).output)
    if bool(dismiss) != bool(reason and reason.strip()) or (reviewer and not dismiss):
        raise UsageError("--dismiss and --reason go together, and --reviewer goes with --dismiss: a finding is set aside for a reason.")
    if dismiss:
        if len(work) != 1:
            raise UsageError("--dismiss is for one file or article at a time.")
        path = checking.dismiss(workspace, work[0], dismiss, reason=(reason or "").strip(), person=reviewer.strip())
        if not quiet:
            click.echo(f"{path}: {len(dismiss)} dismissed", err=True)
    findings, problems = checking.check(workspace, work)
    if as_json:
        _print_json(findings)
    for found in findings if not as_json else ():
        shown = f" «{found.shown}»" if found.shown else ""
        click.echo(f"{found.file}: {found.segment}: {found.severity.value}: {found.check}: {found.message}{shown}")
    for problem in problems:
        click.echo(problem, err=True)
    if not findings and not problems and not as_json and not quiet:
        click.echo("No findings.")
    failing = {"error": {Severity.ERROR}, "warning": {Severity.ERROR, Severity.WARNING}}[fail_on]
    if problems or any(found.severity in failing for found in findings):
        raise SystemExit(1)


def _print_json(findings: "Sequence[Found]") -> None:
    """One array, row by row: a long list is not in memory twice."""
    import json
    from dataclasses import asdict

    before = "[\n  "
    for found in findings:
        row = json.dumps({**asdict(found), "severity": found.severity.value}, ensure_ascii=False, indent=2)
        click.echo(before + row.replace("\n", "\n  "), nl=False)
        before = ",\n  "
    click.echo("\n]" if findings else "[]")
