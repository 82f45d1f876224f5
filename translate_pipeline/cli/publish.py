"""translate-pipeline publish."""

import pathlib
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from translate_pipeline.cli.common import common_options, counted, settings_for

if TYPE_CHECKING:
    from translate_pipeline.pipeline.publish import Published

__all__ = ["command"]


@click.command("publish")
@click.argument("slug", nargs=-1)
@click.option(
    "--min-state",
    type=click.Choice(["initial", "translated", "reviewed", "final"]),
    default="initial",
    show_default=True,
    help="Publish only translations whose sentences have all reached this state.",
)
@click.option("--base-url", metavar="URL", help="Where the site will be: for canonical and hreflang links, sitemap and feeds.")
@click.option("--site-name", metavar="NAME", help="What the site is called.")
@click.option(
    "--theme", type=click.Path(path_type=pathlib.Path, exists=True, file_okay=False), help="Folder of templates of your own, and theme.css."
)
@click.option("--epub", is_flag=True, help="Write a bilingual book of each translation as well.")
@click.option(
    "--book", metavar="TITLE", help="Bind the articles in one bilingual book as well, for each pair of languages. Without it there is none."
)
@click.option("--fragment", is_flag=True, help="Write each page also without head and masthead, to be put into a page of your own.")
@common_options
def command(
    *,
    slug: tuple[str, ...],
    min_state: str,
    epub: bool,
    book: str | None,
    fragment: bool,
    config: pathlib.Path | None,
    as_json: bool,
    quiet: bool,
    **options: object,
) -> None:
    """Bring the site up to date: the articles called SLUG, or all. Only what changed is rendered.

    What is withdrawn, or falls below --min-state, is removed from the site and listed.

    Exit codes: 0 done, 1 some articles failed or were refused (the others are done), 2 wrong usage.
    """
    import json

    from translate_pipeline.model import State
    from translate_pipeline.pipeline.publish import prepare, publish
    from translate_pipeline.publish.site import left_out
    from translate_pipeline.workspace import Workspace

    settings = settings_for(config=config, **options)
    site, looks = prepare(settings, minimum=State(min_state), epub=epub, fragment=fragment)
    results = list(publish(Workspace(settings.output), site, looks=looks, slugs=slug, book=book))
    if as_json:
        click.echo(json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=2))
    else:
        _report(results)
    missing = left_out(site)
    if missing and not quiet:
        click.echo(missing, err=True)
    for result in results:
        if result.message:
            click.echo(result.message, err=True)
    if any(result.status == "failed" for result in results):
        raise SystemExit(1)


def _report(results: "list[Published]") -> None:
    if not results:
        click.echo("Nothing to publish yet.")
    for result in results:
        if result.status == "failed":
            continue
        name = f"book {result.slug}" if result.kind == "book" else result.slug
        click.echo(f"{name}: {result.status}" + (f", {counted(len(result.pages), 'file')}" if result.pages else ""))
        for note in result.notes:
            click.echo(f"  {note}")
        for path in result.removed:
            click.echo(f"  removed {path}")
