"""How many sentences to decode at once: processor time a sentence by the number of rows in a batch.

    python -m benchmarks.batches

A Transformer base with random weights, beam 4, two threads, sources of one length, so that nothing is padded.
"""

import os
import pathlib
import statistics
import tempfile
import time
from collections.abc import Sequence

import ctranslate2

from benchmarks.random_package import articles, build
from translate_pipeline.mt.packages import argos_package

LENGTHS = (10, 28)
ROWS = (8, 16, 24, 32, 40, 48, 64, 96)
SENTENCES = 192
TARGET = 12
ROUNDS = 3


def seconds(translator: ctranslate2.Translator, sources: Sequence[Sequence[str]], rows: int) -> float:
    """Processor time for all the sources in batches of `rows`."""
    began = time.process_time()
    waiting = [
        translator.translate_batch(
            list(sources[start : start + rows]),
            beam_size=4,
            length_penalty=0.2,
            return_scores=True,
            replace_unknowns=True,
            min_decoding_length=TARGET,
            max_decoding_length=TARGET,
            asynchronous=True,
        )
        for start in range(0, len(sources), rows)
    ]
    for batch in waiting:
        for result in batch:
            result.result()
    return time.process_time() - began


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as scratch:
        package = build(pathlib.Path(scratch))
        tokenizer = argos_package(package).tokenizer
        translator = ctranslate2.Translator(os.fspath(package / "model"), inter_threads=2, intra_threads=1)
        sentences = [tokenizer.encode(line) for article in articles(count=20, sentences=40) for line in article]
    print("rows in a batch  " + "".join(f"{rows:8}" for rows in ROWS))
    for length in LENGTHS:
        cut = [pieces[:length] for pieces in sentences if len(pieces) >= length][:SENTENCES]
        seconds(translator, cut, ROWS[0])
        rounds = [[seconds(translator, cut, rows) for rows in ROWS] for _ in range(ROUNDS)]
        medians = [statistics.median(times) for times in zip(*rounds, strict=True)]
        print(f"{length:3} pieces, ms     " + "".join(f"{1000 * median / len(cut):8.1f}" for median in medians))
    print(
        f"recipe: benchmarks.batches, random weights, 6+6 layers of 512, vocabulary 32,000, seed 0, int8, {SENTENCES} sentences, {TARGET} target "
        f"pieces each, beam 4, 2 threads, processor time a sentence, median of {ROUNDS} rounds, interleaved"
    )


if __name__ == "__main__":
    main()
