"""translate-pipeline validate."""

import pathlib

import click

from translate_pipeline.cli.common import common_options

__all__ = ["command"]


@click.command("validate")
@click.argument("xliff", nargs=-1, required=True, type=click.Path(path_type=pathlib.Path, exists=True, dir_okay=False))
@common_options
def command(
    *,
    xliff: tuple[pathlib.Path, ...],
    output: pathlib.Path | None,  # noqa: ARG001 - nothing is written
    config: pathlib.Path | None,  # noqa: ARG001 - no setting matters
    as_json: bool,
    quiet: bool,
) -> None:
    """Hold each XLIFF file (1.2, 2.0, 2.1 or 2.2, of anybody) against the rules of the standard, with line numbers.

    Exit codes: 0 all are valid, 1 problems, or a file that is no XLIFF, 2 wrong usage.
    """
    import json

    from translate_pipeline.pipeline.validate import validate

    reports = validate(xliff)
    if as_json:
        click.echo(json.dumps([report._asdict() for report in reports], ensure_ascii=False, indent=2))
    for report in reports if not as_json else ():
        for line, rule, message in report.problems:
            click.echo(f"{report.file}:{line}: {message} [{rule}]" if line else f"{report.file}: {message}")
        if not report.problems and not quiet:
            click.echo(f"{report.file}: valid")
    if any(report.problems for report in reports):
        raise SystemExit(1)
