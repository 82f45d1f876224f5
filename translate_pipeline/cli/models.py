"""translate-pipeline models."""

import pathlib
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from translate_pipeline.cli.common import common_options, settings_for

if TYPE_CHECKING:
    from translate_pipeline.mt.packages import Package

__all__ = ["command"]


@click.group("models")
def command() -> None:
    """List, install and remove Argos packages."""


@command.command("list")
@click.option("--available", is_flag=True, help="List what the Argos index offers (opens a connection).")
@common_options
def list_packages(*, available: bool, output: pathlib.Path | None, config: pathlib.Path | None, as_json: bool, quiet: bool) -> None:  # noqa: ARG001 - nothing to silence
    """List the packages in the order in which `run` prefers them: given in the settings, installed, bundled.

    Exit codes: 0 done, 1 the index cannot be reached, 2 wrong usage.
    """
    import json

    from translate_pipeline.mt import install, packages

    if available:
        offers = install.available()
        if as_json:
            click.echo(json.dumps([{"from": offer.codes[0], "to": offer.codes[1], "version": offer.version} for offer in offers], indent=2))
        for offer in offers if not as_json else ():
            click.echo(f"{offer.codes[0]} → {offer.codes[1]}  {offer.version}")
        return
    found = packages.discover(settings_for(config=config, output=output).packages)
    _report(found, _line, as_json=as_json)
    if not found and not as_json:
        click.echo("No packages. `translate-pipeline models install en de` fetches one; a file can be given to `run` with --package.")


@command.command("install")
@click.argument("package", nargs=-1, required=True)
@common_options
def install_packages(
    *,
    package: tuple[str, ...],
    output: pathlib.Path | None,  # noqa: ARG001 - packages are installed for the user
    config: pathlib.Path | None,  # noqa: ARG001
    as_json: bool,
    quiet: bool,
) -> None:
    """Install a PACKAGE: a language pair from the Argos index ("en de"; opens a connection), or a local .argosmodel file.

    Exit codes: 0 done, 1 the package cannot be fetched or used, 2 wrong usage.
    """
    from translate_pipeline.mt import install

    if len(package) == 1 and pathlib.Path(package[0]).exists():
        done: tuple[Package, ...] = (install.install_file(pathlib.Path(package[0]), progress=_progress(quiet=quiet)),)
    else:
        source, target = _pair(package, otherwise=", or a package file that exists")
        done = install.install_pair(source, target, progress=_progress(quiet=quiet))
    _report(done, lambda item: f"Installed {_line(item)}", as_json=as_json)


@command.command("remove")
@click.argument("package", nargs=-1, required=True)
@common_options
def remove_packages(
    *,
    package: tuple[str, ...],
    output: pathlib.Path | None,  # noqa: ARG001 - packages are installed for the user
    config: pathlib.Path | None,  # noqa: ARG001
    as_json: bool,
    quiet: bool,  # noqa: ARG001 - nothing to silence
) -> None:
    """Remove the installed packages of a language pair ("en de").

    Exit codes: 0 done, 1 nothing was installed, 2 wrong usage.
    """
    from translate_pipeline.mt import install

    source, target = _pair(package)
    _report(install.remove(source, target), lambda item: f"Removed {item.name}", as_json=as_json)


def _report(packages: "Sequence[Package]", line: "Callable[[Package], str]", *, as_json: bool) -> None:
    """A line for each package, or all of them as JSON."""
    import json

    if as_json:
        rows = [
            {
                "from": item.source_language,
                "to": item.target_language,
                "version": item.version,
                "place": item.place,
                "label": item.label,
                "path": str(item.path),
            }
            for item in packages
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    for item in packages if not as_json else ():
        click.echo(line(item))


def _line(package: "Package") -> str:
    label = f", {package.label}" if package.label else ""
    return f"{package.source_language} → {package.target_language}  {package.version}  ({package.place}{label})"


def _pair(words: tuple[str, ...], *, otherwise: str = "") -> tuple[str, str]:
    from translate_pipeline.errors import LanguageError
    from translate_pipeline.languages import normalise

    if len(words) != 2:
        raise click.UsageError(f"Name a language pair such as `en de`{otherwise}.")
    try:
        return normalise(words[0]), normalise(words[1])
    except LanguageError as problem:
        raise click.UsageError(str(problem)) from problem


def _progress(*, quiet: bool) -> Callable[[int, int | None], None] | None:
    """Megabytes so far, on one line of standard error; nothing when nobody looks."""
    if quiet or not sys.stderr.isatty():
        return None

    def show(done: int, total: int | None) -> None:
        of = f" of {total / 1e6:.0f}" if total else ""
        click.echo(f"\r{done / 1e6:.0f}{of} MB", err=True, nl=done == total)

    return show
