"""How a run is going: loss, BLEU and chrF on the held-out pairs, a log of them, and the learning curve.

Drawn as a picture by

    python -m training.progress [--work FOLDER] [--output curve.png]
"""

import argparse
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from matplotlib.figure import Figure
from torch.nn import functional

from training import batches, convert, evaluate, network, vocabulary
from training.prepare import WORK
from training.vocabulary import PAD

SCORED = 200
"""Held-out pairs that are translated at every checkpoint."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw `log.jsonl`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--output", type=Path, default=Path("curve.png"))
    options = parser.parse_args(arguments)
    draw(entries(options.work), options.output)


def entries(work: Path) -> list[dict[str, float]]:
    """The lines of `log.jsonl`."""
    return [json.loads(line) for line in (work / "log.jsonl").read_text(encoding="utf-8").splitlines()]


def log(work: Path, entry: Mapping[str, Any]) -> None:
    """Append a line to `log.jsonl` and show it."""
    line = json.dumps(entry)
    with (work / "log.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(line + "\n")
    print(line, flush=True)


@torch.no_grad()
def loss(model: network.Translator, dev: batches.Pairs, device: torch.device) -> float:
    """Cross-entropy a piece (nats, no smoothing, whole vocabulary) on the held-out pairs."""
    model.eval()
    total, count = 0.0, 0
    for group in batches.epoch(dev, tokens=2_000, seed=0, number=0):
        source, shifted, target = (part.to(device) for part in batches.tensors(dev, group))
        real = target != PAD
        logits = model.logits(model.decode(model.encode(source), source, shifted)[real])
        total += functional.cross_entropy(logits, target[real], reduction="sum").item()
        count += int(real.sum())
    model.train()
    return total / count


def scores(model: network.Translator, dev: batches.Pairs, tokenizer_path: Path) -> evaluate.Scores:
    """BLEU, chrF and guard rates on the first held-out pairs, translated by the network as a package would hold it."""
    pieces = vocabulary.pieces_of(vocabulary.processor(tokenizer_path))
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder)
        (package / "model").mkdir()
        convert.specification(model, pieces).save(str(package / "model"))
        (package / "sentencepiece.model").write_bytes(tokenizer_path.read_bytes())
        (package / "metadata.json").write_text("{}", encoding="utf-8")
        translator = evaluate.Translator(package)
    source, reference = (translator.tokenizer.decode([row.tolist() for row in side[:SCORED]]) for side in (dev.source, dev.target))
    return evaluate.score(source, translator.translate(source), reference)


def draw(entries: Sequence[Mapping[str, float]], path: Path) -> None:
    """Losses and BLEU over the target pieces seen, as a picture."""
    figure = Figure(figsize=(8, 4.5))
    left = figure.subplots()
    right = left.twinx()
    for name, label, axes, style in (
        ("loss", "training loss (smoothed labels)", left, "C0-"),
        ("dev_loss", "dev loss", left, "C1o-"),
        ("bleu", "dev BLEU", right, "C2s-"),
    ):
        points = [(entry["pieces"] / 1e6, entry[name]) for entry in entries if name in entry]
        axes.plot([x for x, _ in points], [y for _, y in points], style, label=label, markersize=4)
    left.set(xlabel="target pieces (million)", ylabel="nats a piece")
    right.set_ylabel("BLEU")
    figure.legend(loc="lower center", bbox_to_anchor=(0.5, 0.9), ncols=3, frameon=False)
    figure.savefig(path, dpi=110, bbox_inches="tight")


if __name__ == "__main__":
    main()
