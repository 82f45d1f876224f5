"""translate-pipeline effort."""

import pathlib

import click

from translate_pipeline.cli.common import common_options, counted, settings_for

__all__ = ["command"]


@click.command("effort")
@click.argument("slug", nargs=-1)
@click.option("--hter", "with_hter", is_flag=True, help="HTER as well; needs the extra translate-pipeline[metrics].")
@common_options
def command(
    *, slug: tuple[str, ...], with_hter: bool, output: pathlib.Path | None, config: pathlib.Path | None, as_json: bool, quiet: bool
) -> None:
    """Show what reviewers changed in machine text, by article, reviewer and engine, and whether low scores predicted it.

    The edit rate is edits in words over the words of the final text; "unmodified" is the share of words that stayed, in order.
    With --json each segment has its own row.

    Exit codes: 0 done, 1 some work cannot be read, 2 wrong usage.
    """
    import json
    from dataclasses import asdict

    from translate_pipeline.pipeline.effort import report
    from translate_pipeline.review.effort import hter
    from translate_pipeline.workspace import Workspace

    found = report(Workspace(settings_for(config=config, output=output).output), slug)
    score, signature = hter(found.segments) if with_hter and found.segments else (None, "")
    if as_json:
        rows = [{**asdict(effort), "edit_rate": round(effort.edit_rate, 4)} for effort in found.segments]
        sums = {name: [asdict(total) for total in group] for name, group in found.totals.items()}
        measures = {"predicts": found.predicts, "hter": score, "signature": signature}
        click.echo(json.dumps({"segments": rows, "totals": sums, **measures}, ensure_ascii=False, indent=2))
        return
    for name, group in found.totals.items():
        for total in group:
            click.echo(
                f"{name} {total.name}: {counted(total.segments, 'segment')}, {total.untouched} untouched, {counted(total.words, 'word')}, "
                f"edit rate {total.edit_rate:.0%}, unmodified {total.unmodified:.0%}"
            )
    if found.predicts is not None:
        click.echo(f"An edited segment had a lower score than an untouched one in {found.predicts:.0%} of all pairs (chance: 50%).")
    if score is not None:
        click.echo(f"HTER {score:.1f} ({signature})")
    if not found.segments and not quiet:
        click.echo("No machine text has been confirmed or edited yet.")
