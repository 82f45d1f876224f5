"""The program as a process: closed and full standard streams, and Ctrl-C at any time."""

import pathlib
import subprocess
import sys

import pytest

PROGRAM = [sys.executable, "-m", "translate_pipeline"]
_STOP_AT = """
import sys
class Stop:
    def find_spec(self, name, *rest):
        if name == {module!r}:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Stop())
from translate_pipeline.cli import main
sys.argv[1:] = ["status"]
main()
"""


@pytest.mark.parametrize("words", [["--help"], ["status"], ["segment", "article.txt"]])
def test_full_standard_output(newsroom: pathlib.Path, words: list[str]) -> None:
    """When nothing more can be written to standard output, one sentence says so."""
    with pathlib.Path("/dev/full").open("wb") as full:
        result = subprocess.run([*PROGRAM, *words], stdout=full, stderr=subprocess.PIPE, text=True, cwd=newsroom, check=False)
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1] == "Standard output cannot be written: No space left on device."
    assert "fault" not in result.stderr


def test_closed_standard_error(newsroom: pathlib.Path) -> None:
    """A run without standard error does what any other does."""
    command = " ".join([*PROGRAM, "run", "article.txt", "--to", "de", "2>&-"])
    result = subprocess.run(command, shell=True, stdout=subprocess.PIPE, text=True, cwd=newsroom, check=False)
    assert result.returncode == 0
    assert "written" in result.stdout


@pytest.mark.parametrize("module", ["click", "translate_pipeline.config"])
def test_ctrl_c_before_the_work_begins(newsroom: pathlib.Path, module: str) -> None:
    """Stopped while the program is loaded, or what a command needs: one word."""
    code = _STOP_AT.format(module=module)
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=newsroom, check=False)
    assert (result.returncode, result.stderr) == (1, "Stopped.\n")


def test_standard_input_has_a_limit(newsroom: pathlib.Path) -> None:
    """What comes in without end is refused at the length that no article has."""
    with pathlib.Path("/dev/zero").open("rb") as endless:
        result = subprocess.run(
            [*PROGRAM, "segment", "-"], stdin=endless, capture_output=True, text=True, cwd=newsroom, check=False, timeout=60
        )
    assert result.returncode == 1
    assert "at most 20,000,000" in result.stderr
