"""An index for fuzzy search: which of a million texts may be like a given one.

Texts are ranked by length, and each has its trigrams of letters, hashed into 65,536 lists of ranks. A search reads the shortest lists of the
query's trigrams, cut to the ranks whose length can still be similar enough, counts, and hands the texts with most trigrams in common to
rapidfuzz. `LISTED` and `SHORTLIST` were chosen for recall against a full scan (benchmarks/memory.py).
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

__all__ = ["BUCKETS", "Ranking", "Ranks", "build", "similar", "similarity"]

BUCKETS = 1 << 16
LISTED = 120_000
"""How many places in lists a search reads at most, beyond the four shortest lists."""
SHORTLIST = 1_200
"""How many texts are compared letter by letter."""
_CHUNK = 50_000

Ranks = npt.NDArray[np.uint32]
Hashes = npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Ranking:
    """What is needed of an index for every search: the lengths of the texts by rank, and how many places each bucket lists."""

    lengths: npt.NDArray[np.uint32]
    sizes: npt.NDArray[np.uint32]


def similarity(one: str, other: str) -> float:
    """Twice the letters in common, in order, over all letters: 0 to 1 (normalised indel similarity)."""
    return fuzz.ratio(one, other) / 100


def build(texts: Sequence[str]) -> tuple[Ranking, Iterator[tuple[int, Ranks]]]:
    """The index of texts that are in order of length: the ranking, and the ranks in each bucket that lists any, in ascending order."""
    lengths = np.fromiter((len(text) for text in texts), dtype=np.uint32, count=len(texts))
    chunks: list[tuple[Hashes, Ranks]] = []
    sizes = np.zeros(BUCKETS, dtype=np.int64)
    for start in range(0, len(texts), _CHUNK):
        hashes, ranks = _trigrams(texts[start : start + _CHUNK])
        order = np.argsort(hashes, kind="stable")
        chunks.append((hashes[order], ranks[order] + np.uint32(start)))
        sizes += np.bincount(hashes, minlength=BUCKETS)
    ends = np.cumsum(sizes)
    places = np.empty(int(ends[-1]), dtype=np.uint32)
    cursor = ends - sizes
    for hashes, ranks in chunks:
        here = np.bincount(hashes, minlength=BUCKETS)
        first = np.cumsum(here) - here
        places[cursor[hashes] + np.arange(len(hashes)) - first[hashes]] = ranks
        cursor += here
    used = np.flatnonzero(sizes)
    lists = ((int(bucket), places[int(ends[bucket] - sizes[bucket]) : int(ends[bucket])]) for bucket in used)
    return Ranking(lengths, sizes.astype(np.uint32)), lists


def similar(
    query: str,
    ranking: Ranking,
    *,
    bucket: Callable[[int], Ranks],
    texts: Callable[[Ranks], tuple[Sequence[int], Sequence[str]]],
    least: float,
) -> list[tuple[int, float]]:
    """Keys of texts that are at least `least` (0 to 1) like the query, with their similarity, the most similar first.

    `bucket` gives the ranks that a bucket lists, `texts` gives keys and texts for ranks.
    """
    # with s the similarity and a, b the lengths, 2 min(a, b) / (a + b) >= s bounds b
    shortest, longest = len(query) * least / (2 - least), len(query) * (2 - least) / least
    # whole numbers of the arrays' own type, or each search would copy its array
    low = int(ranking.lengths.searchsorted(np.uint32(math.ceil(shortest))))
    high = int(ranking.lengths.searchsorted(np.uint32(math.floor(longest)), side="right"))
    if low >= high:
        return []
    first, beyond = np.uint32(low), np.uint32(high)
    hashes = np.unique(_trigrams([query])[0])
    lists: list[Ranks] = []
    total = 0
    for number in hashes[np.argsort(ranking.sizes[hashes], kind="stable")]:
        if not ranking.sizes[number]:
            continue
        if total > LISTED and len(lists) >= 4:
            break
        ranks = bucket(int(number))
        ranks = ranks[ranks.searchsorted(first) : ranks.searchsorted(beyond)]
        lists.append(ranks)
        total += len(ranks)
    if not total:
        return []
    keys, found = texts(_most_frequent(np.concatenate(lists), SHORTLIST))
    hits = process.extract(query, found, scorer=fuzz.ratio, score_cutoff=100 * least, limit=None)
    return [(keys[position], score / 100) for _, score, position in hits]


def _most_frequent(ranks: Ranks, limit: int) -> Ranks:
    """The ranks that occur most often, at most `limit`; among equals the lower ones."""
    ordered = np.sort(ranks)
    starts = np.flatnonzero(np.diff(ordered, prepend=ordered[0] ^ np.uint32(1)))
    counts = np.diff(starts, append=len(ordered))
    if len(starts) > limit:
        at_least = np.cumsum(np.bincount(counts)[::-1])[::-1]  # how many ranks have so many occurrences or more
        enough = int(np.flatnonzero(at_least > limit)[-1])
        rare = np.flatnonzero(counts == enough)[: limit - int(at_least[enough + 1] if enough + 1 < len(at_least) else 0)]
        starts = starts[np.sort(np.concatenate([np.flatnonzero(counts > enough), rare]))]
    return ordered[starts]


def _trigrams(texts: Sequence[str]) -> tuple[Hashes, Ranks]:
    """The hashed trigrams of texts in small letters, edges included, and the position of the text that each is from."""
    small = [text.lower() for text in texts]
    letters = np.frombuffer(("".join(f"\x02{text}\x03" for text in small)).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    owners = np.repeat(np.arange(len(small), dtype=np.uint32), [len(text) + 2 for text in small])
    inside = owners[:-2] == owners[2:]
    wide = letters.astype(np.uint64)
    mixed = wide[:-2] * np.uint64(0x9E3779B1) + wide[1:-1] * np.uint64(0x85EBCA6B) + wide[2:] * np.uint64(0xC2B2AE35)
    mixed ^= mixed >> np.uint64(15)
    mixed *= np.uint64(0x2C1B3C6D)
    mixed ^= mixed >> np.uint64(12)
    return (mixed & np.uint64(BUCKETS - 1)).astype(np.uint16)[inside], owners[:-2][inside]
