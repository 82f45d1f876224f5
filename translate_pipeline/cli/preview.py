"""translate-pipeline preview."""

import pathlib

import click

from translate_pipeline.cli.common import common_options, settings_for

__all__ = ["command"]


@click.command("preview")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1 (default: one that is free).")
@common_options
def command(*, port: int, output: pathlib.Path | None, config: pathlib.Path | None, as_json: bool, quiet: bool) -> None:
    """Show the site in a browser of this machine, at a loopback address, until Ctrl-C. For looking only.

    Exit codes: 0 done, 1 there is no site, or the port is taken, 2 wrong usage.
    """
    import json

    from translate_pipeline.errors import PublishError
    from translate_pipeline.pipeline.preview import server
    from translate_pipeline.workspace import Workspace

    site = Workspace(settings_for(config=config, output=output).output).site
    if not site.is_dir():
        raise PublishError(f"{site}: there is no site yet. `translate-pipeline publish` makes one.")
    try:
        listening = server(site, port=port)
    except OSError as problem:
        raise PublishError(f"Port {port} cannot be used: {problem.strerror}. Choose another with --port.") from problem
    address = f"http://127.0.0.1:{listening.server_port}/"
    click.echo(json.dumps({"address": address}) if as_json else address)
    if not quiet:
        click.echo("Ctrl-C ends it.", err=True)
    with listening:
        try:
            listening.serve_forever()
        except KeyboardInterrupt:
            click.echo(err=True)
