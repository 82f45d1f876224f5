"""translate-pipeline memory."""

import pathlib

import click

from translate_pipeline.cli.common import common_options, counted, settings_for, tag

__all__ = ["command"]


@click.group("memory")
def command() -> None:
    """Fill the translation memory, hand it to other programs, see what is in it."""


@command.command("import")
@click.argument("file", nargs=-1, required=True, type=click.Path(path_type=pathlib.Path, exists=True, dir_okay=False))
@click.option("--from", "source", metavar="TAG", callback=tag, help="Source language of TMX files that leave it open.")
@click.option(
    "--min-state",
    type=click.Choice(["initial", "translated", "reviewed", "final"]),
    default="reviewed",
    show_default=True,
    help="The least finished text that is taken from XLIFF files.",
)
@common_options
def import_(
    *,
    file: tuple[pathlib.Path, ...],
    source: str | None,
    min_state: str,
    output: pathlib.Path | None,
    config: pathlib.Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Take TMX files, and XLIFF files of anybody, into the memory.

    Exit codes: 0 done, 1 some files cannot be read (the others are in), 2 wrong usage.
    """
    import json
    from dataclasses import asdict

    from translate_pipeline.model import State
    from translate_pipeline.pipeline.memory import take_in

    rows = list(take_in(settings_for(config=config, output=output), file, source=source, least=State(min_state)))
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
    for row in rows:
        if row.problem:
            click.echo(row.problem, err=True)
        elif not as_json and not quiet:
            click.echo(f"{row.file}: {counted(row.units, 'pair')}, {row.added} new")
    if any(row.problem for row in rows):
        raise SystemExit(1)


@command.command("export")
@click.option("--from", "source", metavar="TAG", callback=tag, help="Only pairs from this language.")
@click.option("--to", "target", metavar="TAG", callback=tag, help="Only pairs into this language.")
@common_options
def export(
    *,
    source: str | None,
    target: str | None,
    output: pathlib.Path | None,
    config: pathlib.Path | None,
    as_json: bool,
    quiet: bool,  # noqa: ARG001 - nothing to silence
) -> None:
    """Write the memory as TMX 1.4 to standard output; with --json as JSON lines without inline codes.

    Exit codes: 0 done, 1 the memory cannot be used, 2 wrong usage.
    """
    import json

    from translate_pipeline.content import plain
    from translate_pipeline.pipeline.memory import export, units

    settings = settings_for(config=config, output=output)
    if as_json:
        for unit in units(settings, source=source, target=target):
            row = {name: getattr(unit, name) for name in ("source_language", "target_language", "origin", "person", "at", "machine")}
            click.echo(json.dumps({**row, "source": plain(unit.source), "target": plain(unit.target)}, ensure_ascii=False))
        return
    for piece in export(settings, source=source, target=target):
        click.echo(piece, nl=False)


@command.command("stats")
@common_options
def stats(*, output: pathlib.Path | None, config: pathlib.Path | None, as_json: bool, quiet: bool) -> None:  # noqa: ARG001 - nothing to silence
    """Show how many sentence pairs the memory holds, by language pair, and how many of them people approved.

    Exit codes: 0 done, 1 the memory cannot be used, 2 wrong usage.
    """
    import json
    from dataclasses import asdict

    from translate_pipeline.pipeline.memory import statistics

    settings = settings_for(config=config, output=output)
    rows = statistics(settings)
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], indent=2))
        return
    for row in rows:
        click.echo(f"{row.source_language} → {row.target_language}: {counted(row.units, 'pair')}, {row.approved} approved by people")
    if not rows:
        click.echo(f"Nothing in {settings.memory_file} yet.")
