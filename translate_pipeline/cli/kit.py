"""translate-pipeline kit."""

import pathlib

import click

from translate_pipeline.cli.common import common_options, counted, settings_for, tag

__all__ = ["command"]


@click.group("kit")
def command() -> None:
    """Make ready projects for translation programs."""


@command.command("omegat")
@click.argument("slug")
@click.option("--to", metavar="TAG", required=True, callback=tag, help="Target language.")
@common_options
def omegat(*, slug: str, to: str, output: pathlib.Path | None, config: pathlib.Path | None, as_json: bool, quiet: bool) -> None:
    """Write an OmegaT project for the article called SLUG: text, machine translation, memory and glossary in their places.

    Translate it in OmegaT, create the translated documents, and give the file in target/ to `import`.

    Exit codes: 0 done, 1 the file changed since it was handed out, or the project cannot be written, 2 wrong usage.
    """
    import json
    from dataclasses import asdict

    from translate_pipeline.pipeline.kit import make
    from translate_pipeline.workspace import Workspace

    settings = settings_for(config=config, output=output)
    kit = make(settings, Workspace(settings.output), slug=slug, target=to)
    if as_json:
        click.echo(json.dumps(asdict(kit), ensure_ascii=False, indent=2))
    elif not quiet:
        counts = (
            f"{counted(kit.segments, 'segment')}, {counted(kit.terms, 'term')}, {counted(kit.pairs, 'pair')} of machine text and memory"
        )
        click.echo(f"{kit.folder}: {counts}")
