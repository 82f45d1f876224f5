"""translate-pipeline validate."""

import json
import pathlib

from click.testing import CliRunner

from translate_pipeline.cli.group import cli


def test_own_work_is_valid_and_damage_is_named(newsroom: pathlib.Path) -> None:
    """What `run` writes is valid; a doubled id is named with its line; what is no XLIFF is one line; exit code 1 for both."""
    runner = CliRunner()
    assert runner.invoke(cli, ["run", "article.txt", "--to", "de"]).exit_code == 0
    path = newsroom / "output/work/article/article.en.de.xlf"
    result = runner.invoke(cli, ["validate", str(path)])
    assert (result.exit_code, result.output) == (0, f"{path}: valid\n")
    damaged = newsroom / "damaged.xlf"
    damaged.write_text(path.read_text(encoding="utf-8").replace('id="s2"', 'id="s1"'), encoding="utf-8")
    other = newsroom / "other.xlf"
    other.write_text("<html/>")
    result = runner.invoke(cli, ["validate", str(path), "damaged.xlf", "other.xlf"])
    assert result.exit_code == 1
    assert len(result.output.splitlines()) == 3
    assert "damaged.xlf:" in result.output
    assert "other.xlf: " in result.output
    report = json.loads(runner.invoke(cli, ["validate", "--json", "damaged.xlf"]).output)
    assert report[0]["problems"][0][0] > 1
