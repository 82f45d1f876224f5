"""translate-pipeline export."""

import pathlib
from typing import Literal

import click

from translate_pipeline.cli.common import common_options, settings_for, tag

__all__ = ["command"]


@click.command("export")
@click.argument("slug", nargs=-1)
@click.option("--to", metavar="TAG", multiple=True, callback=tag, help="Only files into this language; may be given several times.")
@click.option("--xliff", type=click.Choice(["1.2", "2.0", "2.1"]), help="XLIFF version (default: the one that the file has).")
@click.option("--segmentation", type=click.Choice(["unit", "mrk"]), help="One unit a segment, or one a block (default: as the file is).")
@common_options
def command(
    *,
    slug: tuple[str, ...],
    to: tuple[str, ...],
    xliff: Literal["1.2", "2.0", "2.1"] | None,
    segmentation: Literal["unit", "mrk"] | None,
    output: pathlib.Path | None,
    config: pathlib.Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Hand out the files of the articles called SLUG, or of all, again: the same work in another form.

    Exit codes: 0 done, 1 some files were refused because they changed since they were handed out (the others are done), 2 wrong usage.
    """
    import json
    from dataclasses import asdict

    from translate_pipeline.pipeline.export import export
    from translate_pipeline.workspace import Workspace

    workspace = Workspace(settings_for(config=config, output=output).output)
    rows = list(export(workspace, slugs=slug, targets=to, xliff=xliff, segmentation=segmentation))
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
    for row in rows:
        if row.status == "failed":
            click.echo(row.message, err=True)
        elif not as_json and not quiet:
            click.echo(f"{row.slug} {row.source} → {row.target}: {row.status}\n  XLIFF {row.xliff}")
    if any(row.status == "failed" for row in rows):
        raise SystemExit(1)
