"""translate-pipeline status."""

import pathlib
from dataclasses import asdict

import click

from translate_pipeline.cli.common import common_options, settings_for

__all__ = ["command"]


@click.command("status")
@common_options
def command(*, output: pathlib.Path | None, config: pathlib.Path | None, as_json: bool, quiet: bool) -> None:  # noqa: ARG001 - nothing to silence
    """Show what is translated, reviewed, flagged, or came back and waits.

    Exit codes: 0 done, 1 some work cannot be read, 2 wrong usage.
    """
    import json

    from translate_pipeline.pipeline.status import status
    from translate_pipeline.workspace import Workspace

    settings = settings_for(config=config, output=output)
    rows = list(status(Workspace(settings.output)))
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
    elif not rows:
        click.echo(f"No work in {settings.output} yet.")
    for row in rows if not as_json else ():
        if row.problem:
            click.echo(f"{row.slug}: {row.problem}")
            continue
        counts = ", ".join(f"{count} {state}" for state, count in row.states if count)
        remarks = [f"{row.flagged} flagged"] if row.flagged else []
        remarks += ["changed since it was handed out: `import` it"] if row.returned else []
        click.echo("; ".join([f"{row.slug} {row.source} → {row.target}: {counts or 'nothing to translate'}", *remarks]))
    if any(row.problem for row in rows):
        raise SystemExit(1)
