"""Start-up time of `translate-pipeline --help` against an empty click program.

Run: python -m benchmarks.startup [--rounds 20]
"""

import argparse
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from typing import Any

EMPTY = "import click\n\n@click.command()\ndef main():\n    'Nothing.'\n\nmain()\n"


def measure(command: Sequence[str | os.PathLike[str]]) -> tuple[float, float]:
    """Milliseconds on the clock and of the processor for one start."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * wall, 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    options: Any = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        empty = pathlib.Path(scratch) / "empty.py"
        empty.write_text(EMPTY, encoding="utf-8")
        program = pathlib.Path(sys.executable).with_name("translate-pipeline")
        commands = {"empty click program": [sys.executable, empty, "--help"], "translate-pipeline": [program, "--help"]}
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _ in range(options.rounds):
            for name, command in commands.items():
                times[name].append(measure(command))
    medians = {name: tuple(statistics.median(column) for column in zip(*rows, strict=True)) for name, rows in times.items()}
    base = medians["empty click program"]
    print(f"{'--help of':22} {'ms':>7} {'CPU ms':>7} {'×':>6} {'× (CPU)':>8}")
    for name, (wall, cpu) in medians.items():
        print(f"{name:22} {wall:7.0f} {cpu:7.0f} {wall / base[0]:6.2f} {cpu / base[1]:8.2f}")
    print(f"recipe: benchmarks.startup, medians of {options.rounds} starts each, in turn, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
