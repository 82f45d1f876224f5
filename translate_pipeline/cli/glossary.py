"""translate-pipeline glossary."""

import pathlib

import click

from translate_pipeline.cli.common import common_options, counted, settings_for, standard_input, tag

__all__ = ["command"]


@click.group("glossary")
def command() -> None:
    """Check and convert glossaries, see what they find and what they lack."""


_GLOSSARY = click.option(
    "--glossary",
    type=click.Path(path_type=pathlib.Path, exists=True, dir_okay=False),
    multiple=True,
    help="Use this glossary (default: all of the glossaries folder).",
)


@command.command("check")
@click.argument("file", nargs=-1, type=click.Path(path_type=pathlib.Path, exists=True, dir_okay=False))
@click.option(
    "--in",
    "articles",
    type=click.Path(exists=True),
    multiple=True,
    help="Tell the forms that are not in this article or directory; needs --to.",
)
@click.option("--to", metavar="TAG", callback=tag, help="Target language, for --in and tables that do not name theirs.")
@click.option(
    "--from",
    "source",
    metavar="TAG",
    callback=tag,
    help="Source language, for --in (default: detected) and tables that do not name theirs.",
)
@common_options
def check(
    *,
    file: tuple[pathlib.Path, ...],
    articles: tuple[str, ...],
    to: str | None,
    source: str | None,
    output: pathlib.Path | None,
    config: pathlib.Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Look for damage and contradictions in each FILE (default: all of the glossaries folder), and for what is only suspicious.

    Exit codes: 0 no problem (remarks do not change that), 1 problems, each with file and line, 2 wrong usage.
    """
    import json

    from translate_pipeline.pipeline.glossaries import check, remarks

    settings = settings_for(config=config, output=output)
    reports = check(settings, file, source=source, target=to)
    damaged = any(problems for _, _, problems in reports)
    odd = [] if damaged else list(remarks(settings, file, articles=articles, source=source, target=to))
    if as_json:
        rows = [{"file": name, "concepts": count, "problems": list(problems)} for name, count, problems in reports]
        click.echo(json.dumps([*rows, *({"remark": remark} for remark in odd)], ensure_ascii=False, indent=2))
    for remark in odd if not quiet and not as_json else ():
        click.echo(f"remark: {remark}", err=True)
    for name, count, problems in reports:
        for problem in problems:
            click.echo(problem, err=True)
        if not problems and not as_json and not quiet:
            click.echo(f"{name}: {counted(count, 'concept')}, no problems")
    if damaged:
        raise SystemExit(1)


@command.command("convert")
@click.argument("file", type=click.Path(path_type=pathlib.Path, exists=True, dir_okay=False))
@click.option(
    "--into",
    "form",
    type=click.Choice(["tsv", "tbx", "tbx2", "deepl", "google", "weblate"]),
    required=True,
    help="tsv is our own form, tbx is TBX-Basic 3, tbx2 is TBX 2; the others are tables of two languages.",
)
@click.option("--from", "source", metavar="TAG", callback=tag, help="Source language of a table of two columns.")
@click.option("--to", metavar="TAG", callback=tag, help="Target language of a table of two columns.")
@common_options
def convert(
    *,
    file: pathlib.Path,
    form: str,
    source: str | None,
    to: str | None,
    output: pathlib.Path | None,
    config: pathlib.Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Print the glossary FILE (TSV, CSV or TBX; told by its content) in another form.

    Exit codes: 0 done, 1 the glossary is damaged or contradicts itself, 2 wrong usage.
    """
    import json

    from translate_pipeline.pipeline.glossaries import convert

    del output, config, quiet
    data = convert(file, form, source=source, target=to)
    if as_json:
        click.echo(json.dumps({"form": form, "text": data.decode()}, ensure_ascii=False))
    else:
        click.echo(data, nl=False)


@command.command("suggest")
@click.argument("article", nargs=-1, required=True, type=click.Path())
@click.option("--to", metavar="TAG", callback=tag, help="Translate into this language first, to see how the engine renders each form.")
@click.option("--from", "source", metavar="TAG", callback=tag, help="Language of the articles (default: detected).")
@_GLOSSARY
@click.option(
    "--package", type=click.Path(path_type=pathlib.Path, exists=True), multiple=True, help="Use this Argos package before installed ones."
)
@common_options
def suggest(
    *,
    article: tuple[str, ...],
    to: str | None,
    source: str | None,
    glossary: tuple[pathlib.Path, ...],
    package: tuple[pathlib.Path, ...],
    output: pathlib.Path | None,
    config: pathlib.Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """List names, acronyms and recurring phrases of each ARTICLE or directory that no glossary covers.

    A line each: how often, how much the engine disagrees with itself, then a row that can be pasted below `kind`, the source language and
    the target language; contexts go to standard error.

    Exit codes: 0 done, 1 an article cannot be read or there is no package, 2 wrong usage.
    """
    import json

    from translate_pipeline.pipeline.glossaries import suggest

    settings = settings_for(config=config, output=output, packages=package)
    rows = suggest(article, settings=settings, source=source, target=to, glossaries=glossary)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{row['count']}\t{row['disagreement']:.2f}\t{row['row']}")
        if not quiet:
            click.echo(f"    {row['contexts'][0]}", err=True)


@command.command("match")
@click.argument("article", type=click.Path(allow_dash=True))
@click.option("--to", metavar="TAG", required=True, callback=tag, help="Target language.")
@click.option("--from", "source", metavar="TAG", callback=tag, help="Language of the article (default: detected).")
@_GLOSSARY
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

    from translate_pipeline.pipeline.glossaries import match

    settings = settings_for(config=config, output=output)
    stdin = standard_input() if article == "-" else None
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
