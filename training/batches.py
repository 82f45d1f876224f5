"""Read shards and cut them into batches of sentences of about equal length."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from training.vocabulary import EOS, PAD

Ids = npt.NDArray[np.int64]

_WINDOW = 8_000
"""Pairs sorted by length together: long enough for full batches, short enough to keep an epoch mixed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Sentence pairs as ids."""

    source: Sequence[Ids]
    target: Sequence[Ids]

    def __len__(self) -> int:
        return len(self.source)


def load(paths: Sequence[Path]) -> Pairs:
    """All pairs of the shards in their order."""
    sides: dict[str, list[Ids]] = {"source": [], "target": []}
    for path in paths:
        with np.load(path) as shard:
            for name in sides:
                ends = np.cumsum(shard[f"{name}_lengths"].astype(np.int64))
                sides[name] += np.split(shard[name].astype(np.int64), ends[:-1])
    return Pairs(source=sides["source"], target=sides["target"])


def epoch(pairs: Pairs, *, tokens: int, seed: int, number: int) -> list[list[int]]:
    """The batches of one epoch, as indices: at most `tokens` padded pieces on the longer side, in random order."""
    random_ = np.random.default_rng((seed, number))
    source = np.array([len(row) for row in pairs.source])
    target = np.array([len(row) for row in pairs.target])
    order = random_.permutation(len(pairs))
    batches: list[list[int]] = []
    for start in range(0, len(order), _WINDOW):
        window = order[start : start + _WINDOW]
        window = window[np.lexsort((source[window], target[window]))]
        batch: list[int] = []
        widest = 0
        for index in window.tolist():
            widest_with = max(widest, int(source[index]), int(target[index])) + 1
            if batch and widest_with * (len(batch) + 1) > tokens:
                batches.append(batch)
                batch, widest = [], 0
            batch.append(index)
            widest = max(widest, int(source[index]), int(target[index]))
        batches.append(batch)
    return [batches[i] for i in random_.permutation(len(batches))]


def stream(
    pairs: Pairs, *, tokens: int, seed: int, start: tuple[int, int], every: int
) -> Iterator[tuple[tuple[int, int], list[list[int]]]]:
    """Endless groups of `every` batches from (epoch, group) `start` on, each with the place to continue from after it."""
    number, skipped = start
    while True:
        batches = epoch(pairs, tokens=tokens, seed=seed, number=number)
        groups = len(batches) // every
        for group in range(skipped, groups):
            yield (number, group + 1), batches[group * every : (group + 1) * every]
        number, skipped = number + 1, 0


def tensors(pairs: Pairs, indices: Sequence[int]) -> tuple[Tensor, Tensor, Tensor]:
    """Padded source, target as the decoder reads it, and target as it has to predict it."""
    source = _pad([pairs.source[i] for i in indices])
    target = _pad([pairs.target[i] for i in indices])
    shifted = torch.cat([torch.full((len(indices), 1), EOS), target[:, :-1]], 1)
    return source, shifted, target


def _pad(rows: Sequence[Ids]) -> Tensor:
    padded = np.full((len(rows), max(map(len, rows)) + 1), PAD, np.int64)
    for row, ids in zip(padded, rows, strict=True):
        row[: len(ids)] = ids
        row[len(ids)] = EOS
    return torch.from_numpy(padded)
