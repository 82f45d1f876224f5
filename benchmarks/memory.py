"""Fuzzy lookup among many segments against a full scan with rapidfuzz: time and recall.

Run: python benchmarks/memory.py [--units 1000000] [--queries 300] [--seed 1]
The units are the English sides of the sentence pairs in the corpus folder and, up to the number asked for, copies of them with every fifth
word replaced, left out or put in. Queries are sentences taken out of the corpus before, so that nobody has them word by word.
Both sides compare with rapidfuzz.fuzz.ratio at threshold 75 and run in one process and one thread; times are CPU time.
"""

import argparse
import lzma
import os
import pathlib
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from translate_pipeline.content import from_text, plain
from translate_pipeline.memory import Memory, Unit

SHARED = pathlib.Path(os.environ.get("TRANSLATE_PIPELINE_SHARED", pathlib.Path(__file__).parents[2] / "shared"))
LEAST = 0.75
LIMIT = 5


def sentences() -> list[str]:
    """The distinct English sentences of the corpus, dictionary entries left out."""
    found: dict[str, None] = {}
    folder = SHARED / "corpus/en-de"
    for path in sorted(folder.glob("*.tsv.xz")):
        if "lexicon" not in path.name:
            with lzma.open(path, "rt", encoding="utf-8") as lines:
                found.update((line.split("\t")[0], None) for line in lines)
    if not found:
        raise SystemExit(f"{folder}: no sentence pairs (*.tsv.xz) there. Say with TRANSLATE_PIPELINE_SHARED where the test material is.")
    return [sentence for sentence in found if sentence.strip()]


def variants(originals: list[str], draw: random.Random) -> Iterator[str]:
    """The sentences, and then for ever copies with every fifth word changed."""
    yield from originals
    words = " ".join(draw.sample(originals, min(2000, len(originals)))).split()
    while True:
        for sentence in originals:
            changed = sentence.split()
            for _ in range(max(1, len(changed) // 5)):
                at = draw.randrange(len(changed))
                change = draw.random()
                if change < 0.5:
                    changed[at] = draw.choice(words)
                elif change < 0.75 and len(changed) > 1:
                    del changed[at]
                else:
                    changed.insert(at, draw.choice(words))
            yield " ".join(changed)


def main() -> None:
    """Print sizes, times and recall."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    corpus = sentences()
    draw.shuffle(corpus)
    queries, corpus = corpus[: options.queries], corpus[options.queries :]
    texts: dict[str, None] = {}
    for text in variants(corpus, draw):
        texts[text] = None
        if len(texts) == options.units:
            break
    everything = list(texts)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "memory.sqlite"
        with Memory(path) as memory:
            started = time.process_time()
            memory.add(
                Unit(source_language="en", target_language="de", source=from_text(text), target=from_text("x")) for text in everything
            )
            print(
                f"{len(everything):,} units taken in and indexed in {time.process_time() - started:.0f} s; file {path.stat().st_size / 1e6:.0f} MB"
            )
        with Memory(path) as memory:
            memory.fuzzy("The first lookup reads the ranking.", "en", "de")
            scans, lookups = [], []
            best = firsts = found = wanted = 0
            for query in queries:
                started = time.process_time()
                scan = process.extract(query, everything, scorer=fuzz.ratio, score_cutoff=100 * LEAST, limit=LIMIT)
                scans.append(time.process_time() - started)
                started = time.process_time()
                lookup = memory.fuzzy(query, "en", "de", least=LEAST, limit=LIMIT)
                lookups.append(time.process_time() - started)
                if scan:
                    best += 1
                    firsts += bool(lookup) and lookup[0].similarity >= scan[0][1] / 100 - 1e-9
                    wanted += len(scan)
                    found += sum(match.similarity >= scan[-1][1] / 100 - 1e-9 for match in lookup)
                    assert all(abs(fuzz.ratio(query, plain(m.unit.source)) / 100 - m.similarity) < 1e-9 for m in lookup)
    scan_ms, lookup_ms = 1000 * statistics.median(scans), 1000 * statistics.median(lookups)
    slow = 1000 * statistics.quantiles(lookups, n=20)[-1]
    print(f"recipe: python benchmarks/memory.py --units {options.units} --queries {options.queries} --seed {options.seed}")
    print(f"full scan   median {scan_ms:8.2f} ms")
    print(f"lookup      median {lookup_ms:8.2f} ms   95th percentile {slow:.2f} ms   1/{scan_ms / lookup_ms:.0f} of the scan")
    print(f"queries with a match in the scan: {best} of {len(queries)}; lookup has an equally good first match for {firsts / best:.4f}")
    print(f"of the scan's best {LIMIT} matches (equals counted as one) the lookup has {found / wanted:.4f}")
    print(f"peak memory of the benchmark {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
