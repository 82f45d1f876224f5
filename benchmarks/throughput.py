"""Translation speed: our engine against the argostranslate API and against one raw call of CTranslate2.

    python -m benchmarks.throughput                         20 articles of 40 sentences, a Transformer base with random weights
    python -m benchmarks.throughput --articles 200          as large as a morning's work
    python -m benchmarks.throughput --package FILE          another package; its translations are not bounded then

All translate the same sentences with beam 4 on two threads, one after the other in every round, so that other load hits all alike. Argos gets
the sentences through its sentencizer interface, five to a line, as an article has them. Random weights never end a sentence and repeat
themselves: every translation has exactly as many pieces as asked for, and our guards report but do not decode again.
"""

import argparse
import contextlib
import os
import pathlib
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.random_package import articles, bounded, build
from translate_pipeline.content import from_text
from translate_pipeline.model import Request
from translate_pipeline.mt.argos import ArgosEngine
from translate_pipeline.mt.decoder import Decoding
from translate_pipeline.mt.hop import Quality
from translate_pipeline.mt.packages import argos_package, given
from translate_pipeline.pipeline.run import CHUNK

THREADS = 2
BEAM = 4
LINE = 5

System = Callable[[Sequence[Sequence[str]]], object]


def ours(package: pathlib.Path, *, chunk: int) -> System:
    """Our engine, from requests to hypotheses, `chunk` sentences at a time."""
    engine = ArgosEngine(given(package), quality=Quality(first=Decoding(beam=BEAM)), threads=THREADS)

    def run(texts: Sequence[Sequence[str]]) -> object:
        requests = [
            Request(key=(str(number), "de", str(place), ""), source=from_text(sentence), source_language="en", target_language="de")
            for number, text in enumerate(texts)
            for place, sentence in enumerate(text)
        ]
        return [answer for start in range(0, len(requests), chunk) for answer in engine.translate(requests[start : start + chunk])]

    return run


def raw(package: pathlib.Path) -> System:
    """One call with the pieces of all sentences; they are not even put together again."""
    import ctranslate2  # noqa: PLC0415 - after `bounded` has replaced the class

    translator = ctranslate2.Translator(os.fspath(package / "model"), inter_threads=THREADS, intra_threads=1)
    tokenizer = argos_package(package).tokenizer

    def run(texts: Sequence[Sequence[str]]) -> object:
        pieces = [tokenizer.encode(sentence) for text in texts for sentence in text]
        return translator.translate_batch(
            pieces, max_batch_size=2048, batch_type="tokens", beam_size=BEAM, length_penalty=0.2, return_scores=True, replace_unknowns=True
        )

    return run


def argos(package: pathlib.Path, *, batch: int, inter: int, intra: int) -> System:
    """The argostranslate API, an article at a time."""
    argos_package(package)  # imports argostranslate without leaving folders in HOME
    from argostranslate import settings, translate  # noqa: PLC0415 - it loads a sentence splitter, which we never do

    class Given:
        """A sentencizer that knows the sentences already."""

        def split_sentences(self, line: str) -> list[str]:
            return line.split("\t")

    class Splitter(Given):
        def __init__(self, _: object) -> None:
            """Takes the place of the one that would fetch a model."""

    original, translate.MiniSBDSentencizer = translate.MiniSBDSentencizer, Splitter
    english, german = translate.Language("en", "English"), translate.Language("de", "German")
    translation = translate.PackageTranslation(english, german, argos_package(package))
    translate.MiniSBDSentencizer = original

    def run(texts: Sequence[Sequence[str]]) -> object:
        settings.batch_size, settings.inter_threads, settings.intra_threads = batch, inter, intra
        lines = ("\n".join("\t".join(text[start : start + LINE]) for start in range(0, len(text), LINE)) for text in texts)
        return [translation.translate(line) for line in lines]

    return run


def measure(systems: dict[str, System], texts: Sequence[Sequence[str]], rounds: int) -> dict[str, tuple[float, float]]:
    """Seconds on the clock and of the processors for each system: the medians over the rounds."""
    for system in systems.values():
        system([texts[0][:2]])
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in systems}
    for _ in range(rounds):
        for name, system in systems.items():
            wall, cpu = time.perf_counter(), time.process_time()
            system(texts)
            times[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    return {name: (statistics.median(w for w, _ in pairs), statistics.median(c for _, c in pairs)) for name, pairs in times.items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--sentences", type=int, default=40)
    parser.add_argument("--length", type=int, default=26, help="pieces of every translation")
    parser.add_argument("--chunk", type=int, default=CHUNK, help="sentences that our engine gets at once, as many as `run` gives it")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--package", type=pathlib.Path)
    options: Any = parser.parse_args(arguments)
    texts = articles(count=options.articles, sentences=options.sentences)
    with tempfile.TemporaryDirectory() as scratch, contextlib.ExitStack() as stack:
        if options.package is None:
            package = build(pathlib.Path(scratch))
            stack.enter_context(bounded(options.length))
        else:
            package = given(options.package)[0].path
        systems = {
            "translate_pipeline": ours(package, chunk=options.chunk),
            "raw translate_batch": raw(package),
            "argostranslate, default batches": argos(package, batch=32, inter=THREADS, intra=1),
            "argostranslate, ARGOS_BATCH_SIZE=2048": argos(package, batch=2048, inter=1, intra=THREADS),
        }
        figures = measure(systems, texts, options.rounds)
    count = options.articles * options.sentences
    own, own_cpu = figures["translate_pipeline"]
    print(f"{'system':40} {'sentences/s':>12} {'sentences/CPU s':>16} {'ours is × (clock)':>18} {'× (CPU)':>8}")
    for name, (wall, cpu) in figures.items():
        print(f"{name:40} {count / wall:12.1f} {count / cpu:16.1f} {wall / own:18.2f} {cpu / own_cpu:8.2f}")
    what = "random weights, 6+6 layers of 512, vocabulary 32,000, seed 0" if options.package is None else options.package.name
    print(
        f"recipe: benchmarks.throughput, {what}, int8, {options.articles} articles x {options.sentences} sentences, "
        f"{options.length if options.package is None else 'as many as wanted'} target pieces each, beam {BEAM}, {THREADS} threads, "
        f"chunks of {options.chunk}, median of {options.rounds} rounds, interleaved"
    )


if __name__ == "__main__":
    main()
