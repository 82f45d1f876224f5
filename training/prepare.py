"""Turn sentence pairs into a vocabulary and numbered shards.

    python -m training.prepare --corpus FOLDER [--direction en-de] [--last] [--work FOLDER] [--exclude FILE]...

FOLDER holds one `<source>.tsv.xz` a source, English and German; text of our own is in `data/`. Everything random follows `--seed`. With
`--last` the shards are made for the last part of a run: less narrative and documentation, more names and inline terms.
"""

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece

from training import augment, corpus, vocabulary
from training.corpus import Pair
from training.weights import pretrained_encoder

WORK = Path(__file__).parent / "work"
SIZE = 14_800
LONGEST_PIECES = 80
SHARD = 100_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--direction", choices=("en-de", "de-en"), default="en-de")
    parser.add_argument("--last", action="store_true", help="replace the shards by those for the last part of a run")
    parser.add_argument("--exclude", type=Path, action="append", default=[], help="a text whose lines must not be trained on")
    parser.add_argument("--size", type=int, default=SIZE, help="pieces in the vocabulary")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    prepare(
        corpus_folder=options.corpus,
        work=options.work,
        direction=options.direction,
        last=options.last,
        exclude=options.exclude,
        size=options.size,
        seed=options.seed,
    )


def prepare(*, corpus_folder: Path, work: Path, direction: str, last: bool, exclude: Sequence[Path], size: int, seed: int) -> None:
    """Write `sentencepiece.model` (kept if it is there), `shard-*.npz`, `dev.npz` and `prepared.json` into `work`.

    With `last`, `work` holds the first shards: they are replaced, and what is told about them is kept.
    """
    work.mkdir(parents=True, exist_ok=True)
    random_ = random.Random(seed)
    held = {corpus.clean(line) for path in exclude for line in path.read_text(encoding="utf-8").splitlines()}
    held |= {row["sentence"] for table in corpus.DATA.glob("terms.*.tsv") for row in corpus.read_columns(table)}
    dev: list[Pair] = []
    pairs: list[Pair] = []
    counts = {}
    for source in corpus.sources():
        seen: set[Pair] = set()
        for path in corpus.files(source.name, corpus_folder, direction):
            seen.update(pair for pair in corpus.read(path) if corpus.acceptable(pair) and not held.intersection(pair))
        training = sorted(pair for pair in seen if not corpus.is_dev(pair))
        dev += sorted(seen.difference(training)) if source.text != "dictionary entries" else []
        before = len(pairs)
        pairs += corpus.sample(iter(training), source.last_share if last else source.share, random_)
        counts[source.name] = len(pairs) - before
    model_path = work / "sentencepiece.model"
    if not model_path.exists():
        texts = [side for pair in random_.sample(pairs, min(len(pairs), 250_000)) for side in pair]
        model_path.write_bytes(vocabulary.build(pretrained_encoder(), texts, size))
    lexicon = augment.lexicon(corpus.read(corpus_folder / "ding_lexicon.tsv.xz"))
    rates = augment.LAST_RATES if last else augment.RATES
    pairs = list(augment.augment(pairs, lexicon=lexicon, rates=rates, to_german=direction == "en-de", random_=random_))
    random_.shuffle(pairs)
    tokenizer = vocabulary.processor(model_path)
    if direction == "de-en":
        pairs, dev = ([(german, english) for english, german in part] for part in (pairs, dev))
    for old in work.glob("shard-*.npz"):
        old.unlink()
    lines = pieces = 0
    for number, start in enumerate(range(0, len(pairs), SHARD)):
        kept = _write(work / f"shard-{number:03}.npz", pairs[start : start + SHARD], tokenizer)
        lines, pieces = lines + kept[0], pieces + kept[1]
    _write(work / "dev.npz", dev, tokenizer)
    record = work / "prepared.json"
    facts: dict[str, Any] = {"direction": direction, "seed": seed, "sources": counts, "pairs": lines, "target_pieces": pieces}
    if last:
        facts = json.loads(record.read_text(encoding="utf-8")) | {"last": facts}
    record.write_text(json.dumps(facts, indent=2), encoding="utf-8")
    print(json.dumps(facts, indent=2))


def _write(path: Path, pairs: Sequence[Pair], tokenizer: sentencepiece.SentencePieceProcessor) -> tuple[int, int]:
    """Write the pairs as two flat arrays of ids with their lengths; give lines and target pieces."""
    both = zip(tokenizer.encode([a for a, _ in pairs]), tokenizer.encode([b for _, b in pairs]), strict=True)
    kept = [(s, t) for s, t in both if 0 < len(s) <= LONGEST_PIECES and 0 < len(t) <= LONGEST_PIECES]
    arrays: dict[str, Any] = {}
    for name, side in (("source", 0), ("target", 1)):
        rows = [pair[side] for pair in kept]
        arrays[name] = np.array([i for row in rows for i in row], np.uint16)
        arrays[f"{name}_lengths"] = np.array([len(row) for row in rows], np.uint16)
    np.savez_compressed(path, **arrays)
    return len(kept), len(arrays["target"])


if __name__ == "__main__":
    main()
