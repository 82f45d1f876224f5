"""translate-pipeline segment."""

import pathlib

import click

from translate_pipeline.cli.common import common_options, settings_for, standard_input, tag

__all__ = ["command"]


@click.command("segment")
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--from", "source", metavar="TAG", callback=tag, help="Language of the article (default: detected).")
@click.option(
    "--srx", type=click.Path(path_type=pathlib.Path, exists=True, dir_okay=False), help="Your segmentation rules, applied before ours."
)
@click.option("--encoding", metavar="NAME", help="Encoding of the file (default: detected).")
@common_options
def command(
    *,
    file: str,
    source: str | None,
    srx: pathlib.Path | None,
    encoding: str | None,
    output: pathlib.Path | None,
    config: pathlib.Path | None,
    as_json: bool,  # noqa: ARG001 - the output is JSON in any case
    quiet: bool,
) -> None:
    """Show the segments of FILE ("-" for standard input) as JSON lines.

    Each line has block, segment, kind, start, end and text; start and end count code points in the text of the block, after
    decoding and without markup.

    Exit codes: 0 done, 1 the file cannot be read, 2 wrong usage.
    """
    import json

    from translate_pipeline.pipeline.segments import segments

    settings = settings_for(config=config, output=output, srx=srx)
    stdin = standard_input() if file == "-" else None
    rows, messages = segments(file, settings=settings, stdin=stdin, source=source, encoding=encoding)
    for message in messages if not quiet else ():
        click.echo(message, err=True)
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False))
