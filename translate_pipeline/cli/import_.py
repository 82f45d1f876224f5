"""translate-pipeline import."""

import pathlib
from typing import TYPE_CHECKING

import click

from translate_pipeline.cli.common import common_options, settings_for

if TYPE_CHECKING:
    from translate_pipeline.pipeline.import_ import Landed

__all__ = ["command"]


@click.command("import")
@click.argument(
    "reviewed", metavar="REVIEWED.xlf...", nargs=-1, required=True, type=click.Path(path_type=pathlib.Path, exists=True, dir_okay=False)
)
@click.option("--reviewer", metavar="NAME", default="", help="Who reviewed: signs what changed.")
@click.option("--accept-unchanged", is_flag=True, help="Count machine text that came back as it went as confirmed.")
@common_options
def command(
    *,
    reviewed: tuple[pathlib.Path, ...],
    reviewer: str,
    accept_unchanged: bool,
    output: pathlib.Path | None,
    config: pathlib.Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Take back files from translators, with a verdict for each segment: accepted, repaired or refused.

    What is refused changes nothing, and a copy of the file is kept. Two files over one base are merged; where both changed a segment differently,
    publication waits until somebody decides.

    Exit codes: 0 everything was taken, 1 segments or files were refused or are in conflict (the rest was taken), 2 wrong usage.
    """
    import datetime as dt
    import json
    from dataclasses import asdict

    from translate_pipeline.pipeline.import_ import Signature, take_back
    from translate_pipeline.workspace import Workspace

    settings = settings_for(config=config, output=output)
    today = dt.datetime.now(dt.UTC).astimezone().date().isoformat() if reviewer else ""
    signature = Signature(reviewer=reviewer, at=today, accept_unchanged=accept_unchanged)
    rows = list(take_back(settings, Workspace(settings.output), reviewed, signature))
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
    for row in rows:
        if not as_json and not row.problem:
            _print(row, quiet=quiet)
    for row in rows:
        if row.problem:
            click.echo(row.problem, err=True)
    if any(row.problem or row.conflicts or row.kept for row in rows):
        raise SystemExit(1)


def _print(row: "Landed", *, quiet: bool) -> None:
    """The verdicts that say more than that nothing happened, and how many there are of each."""
    for verdict in row.verdicts:
        if verdict.outcome != "accepted" or (verdict.change != "unchanged" and not quiet):
            reasons = f": {'; '.join(verdict.reasons)}" if verdict.reasons else ""
            place = f" (line {verdict.line})" if verdict.line else ""
            click.echo(f"{verdict.segment}\t{verdict.outcome}\t{verdict.change}{reasons}{place}")
    for segment in row.conflicts:
        click.echo(f"{segment}\tconflict\tsomebody else changed it differently; both texts are in the file")
    counts = {name: sum(verdict.outcome == name for verdict in row.verdicts) for name in ("accepted", "repaired", "refused")}
    click.echo(f"{row.file}: {', '.join(f'{count} {name}' for name, count in counts.items())}, {len(row.conflicts)} in conflict")
    if row.kept:
        click.echo(f"{row.file}: a copy with what was refused is {row.kept}", err=True)
