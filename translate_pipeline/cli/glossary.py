"""translate-pipeline glossary."""

import pathlib

import click

from translate_pipeline.cli.common import common_options, settings_for, tag

__all__ = ["command"]


@click.group("glossary")
def command() -> None:
    """Check glossaries, and see what they find."""


@command.command("check")
@click.argument("file", nargs=-1, type=click.Path(path_type=pathlib.Path, exists=True, dir_okay=False))
@common_options
def check(*, file: tuple[pathlib.Path, ...], output: pathlib.Path | None, config: pathlib.Path | None, as_json: bool, quiet: bool) -> None:
    """Look for damage and contradictions in each FILE (default: all of the glossaries folder).

    Exit codes: 0 no problem, 1 problems, each with file and line, 2 wrong usage.
    """
    import json

    from translate_pipeline.pipeline.glossaries import check

    reports = check(settings_for(config=config, output=output), file)
    if as_json:
        rows = [{"file": name, "concepts": count, "problems": list(problems)} for name, count, problems in reports]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    for name, count, problems in reports:
        for problem in problems:
            click.echo(problem, err=True)
        if not problems and not as_json and not quiet:
            click.echo(f"{name}: {count} concepts, no problems")
    if any(problems for _, _, problems in reports):
        raise SystemExit(1)


@command.command("match")
@click.argument("article", type=click.Path(allow_dash=True))
@click.option("--to", metavar="TAG", required=True, callback=tag, help="Target language.")
@click.option("--from", "source", metavar="TAG", callback=tag, help="Language of the article (default: detected).")
@click.option(
    "--glossary",
    type=click.Path(path_type=pathlib.Path, exists=True, dir_okay=False),
    multiple=True,
    help="Use this glossary (default: all of the glossaries folder).",
)
@common_options
def match(
    *,
    article: str,
    to: str,
    source: str | None,
    glossary: tuple[pathlib.Path, ...],
    output: pathlib.Path | None,
    config: pathlib.Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Show the terms that are found in ARTICLE ("-" for standard input), each with the form that is wanted in the target.

    Exit codes: 0 done, 1 the article or a glossary cannot be read, 2 wrong usage.
    """
    import json
    import sys

    from translate_pipeline.pipeline.glossaries import match

    settings = settings_for(config=config, output=output)
    stdin = sys.stdin.buffer.read() if article == "-" else None
    rows, messages = match(article, settings=settings, stdin=stdin, source=source, target=to, glossaries=glossary)
    for message in messages if not quiet else ():
        click.echo(message, err=True)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        text = row["text"]
        for term in reversed(row["terms"]):
            start, end = term["start"], term["end"]
            text = f"{text[:start]}{click.style(text[start:end], bold=True, fg='green')} [{term['target']}]{text[end:]}"
        click.echo(f"{row['segment']}: {text}")
    if not rows:
        click.echo("No terms found.")
