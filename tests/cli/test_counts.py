"""What commands count: one of a thing is named in the singular."""

import pathlib
import re

from click.testing import CliRunner

from translate_pipeline.cli.common import counted
from translate_pipeline.cli.group import cli

PLURAL_OF_ONE = re.compile(r"\b1 \w+s\b|\b1 came by themselves")


def _output(words: str) -> str:
    result = CliRunner().invoke(cli, words.split())
    assert result.exit_code == 0, result.output
    return result.stdout


def test_only_one_is_singular() -> None:
    """None is counted as many are."""
    assert [counted(number, "pair") for number in (0, 1, 2)] == ["0 pairs", "1 pair", "2 pairs"]


def test_an_article_of_one_word(desk: pathlib.Path) -> None:
    """From the run to the book and the effort, an article of one sentence with one term is counted right."""
    (desk / "one.txt").write_text("Almaty.\n")
    (desk / "own.tsv").write_text("en\tde\nAlmaty\tAlmaty\n")
    commands = {
        "run one.txt --from en --to de --glossary own.tsv": "1 segment, 1 word,",
        "glossary check own.tsv": "1 concept, no problems",
        "kit omegat one --to de": "1 segment, 1 term, 2 pairs of",
        "publish --book Week": "1 of 1 article\n",
        "publish --book Week --min-state final": "No article may be published.",
        "import output/work/one/one.en.de.xlf --accept-unchanged --reviewer Anna": "1 accepted",
        "effort": "article one: 1 segment, 1 untouched, 2 words",
    }
    for words, part in commands.items():
        output = _output(words)
        assert part in output
        assert not PLURAL_OF_ONE.search(output), output
