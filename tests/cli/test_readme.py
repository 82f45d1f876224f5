"""The README's commands are run, as they stand there."""

import pathlib
import re
import shlex
import subprocess
import sys

import pytest

README = (pathlib.Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
NOT_HERE = {
    "models install": "opens a connection",
    "models remove": "needs what `models install` brought",
    "preview": "serves until Ctrl-C",
}

TMX = (
    '<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/>'
    '<body><tu><tuv xml:lang="en"><seg>Peace.</seg></tuv><tuv xml:lang="de"><seg>Frieden.</seg></tuv></tu></body></tmx>'
)


def _lines() -> list[str]:
    blocks = re.findall(r"```(?:sh|console)\n(.*?)```", README, re.DOTALL)
    return [line for block in blocks for line in block.replace("\\\n", " ").splitlines() if "translate-pipeline " in line]


def _is_run(line: str) -> bool:
    return not any(f"translate-pipeline {words}" in line for words in NOT_HERE)


def test_readme_commands_run(newsroom: pathlib.Path) -> None:
    """One after the other, in a folder with an article in the little world of the test packages."""
    (newsroom / "article.html").write_text((newsroom / "page.html").read_text(encoding="utf-8"), encoding="utf-8")
    (newsroom / "agency.tmx").write_text(TMX, encoding="utf-8")
    for line in filter(_is_run, _lines()):
        command = line.replace("translate-pipeline", f"{shlex.quote(sys.executable)} -m translate_pipeline")
        result = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, cwd=newsroom, check=False)
        assert result.returncode == 0, f"{line}\n{result.stdout}\n{result.stderr}"
        assert result.stdout or " > " in line, line


@pytest.mark.parametrize("words", NOT_HERE)
def test_what_is_not_run_is_in_the_readme(words: str) -> None:
    """The list of exceptions holds nothing that is gone."""
    assert f"translate-pipeline {words}" in README
