"""What a run does besides translating, and how much memory it takes.

    python -m benchmarks.run_share                  20 articles of 40 sentences, a Transformer base with random weights
    python -m benchmarks.run_share --articles 200   as large as a morning's work

The whole job is run: reading, segmenting, terms of the glossaries in `glossaries`, translating, checking, XLIFF, pages. Translating is the time inside
`Engine.translate`; translations are bounded and not decoded again, see benchmarks.throughput.
"""

import argparse
import dataclasses
import multiprocessing
import pathlib
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.random_package import NAME, articles, bounded, build
from translate_pipeline.config import Settings
from translate_pipeline.model import Hypothesis, Request
from translate_pipeline.mt.argos import ArgosEngine
from translate_pipeline.mt.decoder import Decoding
from translate_pipeline.mt.hop import Quality
from translate_pipeline.mt.packages import given
from translate_pipeline.pipeline.job import prepare
from translate_pipeline.pipeline.run import run
from translate_pipeline.workspace import Workspace, find_articles

THREADS = 2
GLOSSARIES = pathlib.Path(__file__).parents[1] / "glossaries"


class Timed(ArgosEngine):
    """Our engine with a stop watch, for the clock and for the processors."""

    wall = 0.0
    cpu = 0.0

    def translate(self, requests: Sequence[Request]) -> Iterator[tuple[Hypothesis, ...]]:
        """The same hypotheses; all at once, so that no other work is counted."""
        wall, cpu = time.perf_counter(), time.process_time()
        answers = list(super().translate(requests))
        self.wall += time.perf_counter() - wall
        self.cpu += time.process_time() - cpu
        return iter(answers)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--sentences", type=int, default=40)
    parser.add_argument("--length", type=int, default=26, help="pieces of every translation")
    options: Any = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch, bounded(options.length):
        folder = pathlib.Path(scratch)
        # in a process of its own, so that its memory is not ours
        builder = multiprocessing.get_context("spawn").Process(target=build, args=(folder / "package",))
        builder.start()
        builder.join()
        engine = Timed(given(folder / "package" / NAME), quality=Quality(first=Decoding(beam=4)), threads=THREADS)
        for number, text in enumerate(articles(count=options.articles, sentences=options.sentences)):
            paragraphs = (" ".join(text[start : start + 5]) for start in range(0, len(text), 5))
            (folder / f"article-{number}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")
        settings = Settings(root=folder, output=folder / "output", glossaries=GLOSSARIES, to=("de",))
        wall, cpu = time.perf_counter(), time.process_time()
        job = dataclasses.replace(prepare(settings, source="en"), engine=engine)
        found = find_articles(sorted(str(path) for path in folder.glob("article-*.txt")), root=folder, slug=None, stdin=None)
        outcomes = list(run(found, job, Workspace(settings.output)))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    failed = [outcome.message for outcome in outcomes if outcome.status != "written"]
    if failed:
        raise SystemExit(failed[0])
    print(f"{'':12} {'seconds':>9} {'CPU seconds':>12}")
    print(f"{'run':12} {wall:9.1f} {cpu:12.1f}")
    print(f"{'translating':12} {engine.wall:9.1f} {engine.cpu:12.1f}")
    print(f"{'the rest':12} {(wall - engine.wall) / wall:9.1%} {(cpu - engine.cpu) / cpu:12.1%}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    print(
        f"recipe: benchmarks.run_share, random weights, 6+6 layers of 512, vocabulary 32,000, seed 0, int8, {options.articles} articles x "
        f"{options.sentences} sentences, {options.length} target pieces each, beam 4, {THREADS} threads"
    )


if __name__ == "__main__":
    main()
