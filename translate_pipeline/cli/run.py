"""translate-pipeline run."""

import pathlib
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from translate_pipeline.cli.common import common_options, counted, settings_for, standard_input, tag

if TYPE_CHECKING:
    from translate_pipeline.pipeline.run import Outcome, Progress

__all__ = ["command"]

_SECONDS_BETWEEN_LINES = 10.0


@click.command("run")
@click.argument("article", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option("--to", metavar="TAG", multiple=True, callback=tag, help="Target language; may be given several times.")
@click.option("--from", "source", metavar="TAG", callback=tag, help="Language of the articles (default: detected, one by one).")
@click.option(
    "--glossary",
    type=click.Path(path_type=pathlib.Path, exists=True, dir_okay=False),
    multiple=True,
    help="Use this glossary (default: all of the glossaries folder).",
)
@click.option(
    "--package",
    type=click.Path(path_type=pathlib.Path, exists=True),
    multiple=True,
    help="Use this Argos package (file or folder) before installed ones.",
)
@click.option("--quality", type=click.Choice(["fast", "balanced", "best"]), help="Speed against care (default: balanced).")
@click.option("--xliff", type=click.Choice(["1.2", "2.0", "2.1"]), help="XLIFF version (default: 1.2).")
@click.option(
    "--segmentation",
    type=click.Choice(["unit", "mrk"]),
    help="One trans-unit a segment, or one a block with marked segments (default: unit).",
)
@click.option(
    "--srx", type=click.Path(path_type=pathlib.Path, exists=True, dir_okay=False), help="Your segmentation rules, applied before ours."
)
@click.option("--places/--no-places", default=None, help="Whether names of countries and languages are terms, too (default: they are).")
@click.option("--encoding", metavar="NAME", help="Encoding of the articles (default: detected).")
@click.option("--slug", metavar="NAME", help="Name of the article in the output (default: the file's stem).")
@click.option("--jobs", type=click.IntRange(1), help="Processor cores to use (default: all).")
@click.option("--dry-run", is_flag=True, help="Say what would be done; translate and write nothing.")
@click.option("--discard", is_flag=True, help="Overwrite files that were changed after they were handed out.")
@common_options
def command(
    *,
    article: tuple[str, ...],
    to: tuple[str, ...],
    source: str | None,
    glossary: tuple[pathlib.Path, ...],
    package: tuple[pathlib.Path, ...],
    encoding: str | None,
    slug: str | None,
    jobs: int | None,
    dry_run: bool,
    discard: bool,
    config: pathlib.Path | None,
    as_json: bool,
    quiet: bool,
    **options: object,
) -> None:
    """Translate each ARTICLE: a text or HTML file, a directory of them, or "-" for standard input.

    Writes one XLIFF file for the translator and one bilingual page for each target language. What is done already is left as it is, so
    a run that was stopped is continued by the same command.

    Exit codes: 0 done (flagged segments do not change that), 1 some articles failed or were refused (the others are done), 2 wrong usage.
    """
    from translate_pipeline.errors import UsageError
    from translate_pipeline.pipeline.job import prepare
    from translate_pipeline.pipeline.run import plan, run
    from translate_pipeline.workspace import Workspace, find_articles

    settings = settings_for(config=config, to=to, packages=package, **options)
    if not settings.to:
        raise UsageError("Say which language to translate to: --to TAG, or `to` in the settings.")
    stdin = standard_input() if "-" in article else None
    articles = find_articles(article, root=settings.root, slug=slug, stdin=stdin)
    job = prepare(settings, source=source, encoding=encoding, glossaries=glossary, cores=jobs, discard=discard)
    workspace = Workspace(settings.output)
    outcomes: list[Outcome] = []
    try:
        if dry_run:
            outcomes += plan(articles, job, workspace)
        else:
            with _progress(len(articles) * len(settings.to), quiet=quiet) as progress:
                # one by one, so that a stopped run can still report them
                for outcome in run(articles, job, workspace, progress=progress):
                    outcomes.append(outcome)
    except KeyboardInterrupt:
        _report(outcomes, as_json=as_json, quiet=quiet)
        click.echo("Stopped. What is listed is done; the same command continues with the rest.", err=True)
        raise SystemExit(1) from None
    _report(outcomes, as_json=as_json, quiet=quiet)
    if any(outcome.status == "failed" for outcome in outcomes):
        raise SystemExit(1)


@contextmanager
def _progress(total: int, *, quiet: bool) -> "Iterator[Progress]":
    """A bar on a terminal, else a line every few seconds, on standard error; `total` counts articles times target languages."""
    done = {"article": 0, "sentence": 0}
    stream = sys.stderr
    if quiet:
        yield lambda _what, _more: None
    elif stream.isatty():
        with click.progressbar(
            range(total), label="Translating", file=stream, item_show_func=lambda _: counted(done["sentence"], "sentence")
        ) as bar:

            def show(what: str, more: int) -> None:
                done[what] += more
                bar.update(more if what == "article" else 0, 1)

            yield show
    else:
        spoken = time.monotonic()

        def say(what: str, more: int) -> None:
            nonlocal spoken
            done[what] += more
            if time.monotonic() - spoken >= _SECONDS_BETWEEN_LINES:
                spoken = time.monotonic()
                click.echo(
                    f"{done['article']} of {counted(total, 'article')}, {counted(done['sentence'], 'sentence')} translated", file=stream
                )

        yield say


def _report(outcomes: "list[Outcome]", *, as_json: bool, quiet: bool) -> None:
    import json
    from dataclasses import asdict

    if as_json:
        click.echo(json.dumps([asdict(outcome) for outcome in outcomes], ensure_ascii=False, indent=2))
    for outcome in outcomes if not quiet else ():
        for notice in outcome.notices:
            click.echo(notice, err=True)
    for outcome in outcomes if not as_json else ():
        if outcome.status == "failed":
            continue
        click.echo(
            f"{outcome.slug} {outcome.source} → {outcome.target}: {outcome.status}, "
            f"{counted(outcome.segments, 'segment')}, {counted(outcome.words, 'word')}"
            + "".join(
                f", {count} {what}"
                for count, what in ((outcome.flagged, "flagged"), (outcome.recalled, "from the memory"), (outcome.kept, "by people"))
                if count
            )
            + (f", by {outcome.origin}" if outcome.origin else "")
        )
        for label, fact in (("terms", _terms(outcome)), ("XLIFF", outcome.xliff), ("page", outcome.page)):
            if fact:
                click.echo(f"  {label:5} {fact}")
    failed = [outcome for outcome in outcomes if outcome.status == "failed"]
    for outcome in failed:
        prefix = "" if outcome.message.startswith(outcome.original) else f"{outcome.original}: "
        click.echo(f"{prefix}{outcome.message}", err=True)
    if failed and len(outcomes) > 1:
        click.echo(f"{len(failed)} of {len(outcomes)} failed; the others are done.", err=True)


def _terms(outcome: "Outcome") -> str:
    """What became of the terms, in a line; nothing when there are none, or none was translated yet."""
    report = outcome.terms
    if report is None or not report.found or outcome.status == "planned":
        return ""
    repaired = ", ".join(f"{count} by {strategy}" for strategy, count in report.repaired if count)
    parts = [
        f"{report.first_pass} came by {'itself' if report.first_pass == 1 else 'themselves'}",
        repaired,
        f"{report.missing} missing and flagged" if report.missing else "",
    ]
    return f"{report.found} found: " + ", ".join(part for part in parts if part)
