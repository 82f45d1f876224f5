"""A run that is killed at any moment is continued by the next one, to the byte."""

import os
import pathlib
import random
import signal
import subprocess
import sys
import time

import pytest

KILLS = int(os.environ.get("TRANSLATE_PIPELINE_KILLS", "6"))
"""How many moments are tried; 20 before a release."""

SEED = 20
PACKAGES = pathlib.Path(__file__).parents[1] / "packages"

WHO = ("The president", "The chancellor", "The foreign minister", "The mayor", "A journalist", "The general")
WHERE = ("Berlin", "Astana", "Almaty", "Minsk", "Vienna", "Warsaw")
WHEN = ("Monday", "Tuesday", "Friday", "Sunday")


def _sentence(draw: random.Random) -> str:
    who, other, where, when = draw.choice(WHO), draw.choice(WHO).lower(), draw.choice(WHERE), draw.choice(WHEN)
    return draw.choice([f"{who} met {other} in {where}.", f"On {when}, {who.lower()} visited {where}.", f"It rained in {where} on {when}."])


def _articles(folder: pathlib.Path) -> None:
    folder.mkdir(parents=True)
    draw = random.Random(SEED)
    for number in range(40):
        text = "\n\n".join(" ".join(_sentence(draw) for _ in range(4)) for _ in range(5))
        (folder / f"article-{number:02}.txt").write_text(text + "\n", encoding="utf-8")


def _command(articles: pathlib.Path, output: pathlib.Path) -> list[str]:
    (package,) = PACKAGES.glob("translate-en_de-*.argosmodel")
    options = ["--from", "en", "--to", "de", "--package", str(package), "--output", str(output), "-q"]
    return [sys.executable, "-m", "translate_pipeline", "run", str(articles), *options]


def _files(folder: pathlib.Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[pathlib.Path, float, dict[str, bytes]]:
    """Articles, the seconds that a run over them takes, and its files."""
    folder = tmp_path_factory.mktemp("kill")
    _articles(folder / "articles")
    began = time.monotonic()
    subprocess.run(_command(folder / "articles", folder / "whole"), check=True, cwd=folder, stdout=subprocess.DEVNULL)
    return folder / "articles", time.monotonic() - began, _files(folder / "whole")


@pytest.mark.parametrize("number", range(KILLS))
def test_killed_run_is_continued_to_the_byte(
    number: int, undisturbed: tuple[pathlib.Path, float, dict[str, bytes]], tmp_path: pathlib.Path
) -> None:
    """SIGKILL at a random moment (seeded), then the same command: the files are those of an undisturbed run, and nothing else is left."""
    articles, seconds, whole = undisturbed
    moment = random.Random(SEED + number).uniform(0.05, 1.0) * seconds
    command = _command(articles, tmp_path / "out")
    process = subprocess.Popen(command, cwd=articles.parent, stdout=subprocess.DEVNULL)
    try:
        process.wait(timeout=moment)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
    subprocess.run(command, check=True, cwd=articles.parent, stdout=subprocess.DEVNULL)
    after = _files(tmp_path / "out")
    assert list(after) == list(whole), f"killed after {moment:.2f} s"
    assert after == whole, f"killed after {moment:.2f} s"
