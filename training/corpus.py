"""Sentence pairs: which sources, how much of each, and the cleaning that all of them get."""

import csv
import lzma
import random
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

DATA = Path(__file__).parent / "data"
LONGEST_WORDS = 50
HELD_OUT = 500
"""One pair in so many goes to the dev part: by the hash of its English, so the choice never depends on shares or order."""

Pair: TypeAlias = tuple[str, str]
"""English and German."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One corpus: its file stem, how often each pair is taken (0.3: a sample, 2: twice) at first and in the last part of a run, licence and
    kind of text.
    """

    name: str
    share: float
    last_share: float
    licence: str
    text: str


def sources(table: Path = DATA / "sources.tsv") -> tuple[Source, ...]:
    """Read the table of sources that go into the model."""
    return tuple(
        Source(
            name=row["source"],
            share=float(row["share"]),
            last_share=float(row["last share"]),
            licence=row["licence"],
            text=row["what it is"],
        )
        for row in read_columns(table)
    )


def read_columns(table: Path) -> list[dict[str, str]]:
    """The rows of a tab-separated file whose first line names the columns; quotation marks are text."""
    with table.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def files(source: str, folder: Path, direction: str) -> tuple[Path, ...]:
    """Where the pairs of a source are: text of our own in `data/<source>/`, all other in `folder`.

    A file with a direction in its name (`terms.en-de.tsv`) is for that one alone.
    """
    own = tuple(path for path in sorted((DATA / source).glob("*.tsv")) if path.suffixes[:-1] in ([], [f".{direction}"]))
    return own or (folder / f"{source}.tsv.xz",)


def read(path: Path) -> Iterator[Pair]:
    """Yield the (English, German) pairs of one `.tsv` or `.tsv.xz` file, cleaned; lines without exactly two sides are skipped."""
    with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            sides = line.rstrip("\n").split("\t")
            if len(sides) == 2 and all(sides):
                yield clean(sides[0]), modern(clean(sides[1]))


def sample(pairs: Iterator[Pair], share: float, random_: random.Random) -> Iterator[Pair]:
    """Take each pair `share` times: the whole part always, the rest by chance."""
    for pair in pairs:
        for _ in range(int(share) + (random_.random() < share % 1)):
            yield pair


def is_dev(pair: Pair) -> bool:
    """Whether the pair belongs to the held-out dev part."""
    return zlib.crc32(pair[0].encode()) % HELD_OUT == 0


def acceptable(pair: Pair) -> bool:
    """Whether both sides are sentences of a usable length, not equal, and not wildly different in length."""
    counts = [len(side.split()) for side in pair]
    if not all(0 < count <= LONGEST_WORDS for count in counts) or (pair[0] == pair[1] and counts[0] > 2):
        return False
    longer, shorter = max(map(len, pair)), min(map(len, pair))
    return longer < 2.2 * shorter + 12


_SPACED = (
    (re.compile(r"\s+"), " "),
    (re.compile(r" ([,.;:!?%)\]”“’])(?=\s|$)"), r"\1"),
    (re.compile(r"([(\[„]) "), r"\1"),
    (re.compile(r"\b(\w+) (n't|'s|'re|'ve|'ll|'d|'m)\b"), r"\1\2"),
    (re.compile(r" ' ([^']{1,60}) '(?= |[,.;:!?]|$)"), r" '\1'"),
    (re.compile(r'(^|\s)" ([^"]{1,80}) "(?=\s|[,.;:!?]|$)'), r'\1"\2"'),
)


def clean(text: str) -> str:
    """Undo tokenised punctuation (`Paris , Rom .`) and runs of white space."""
    for pattern, replacement in _SPACED:
        text = pattern.sub(replacement, text)
    return text.strip()


def modern(german: str) -> str:
    """Spell the commonest words as since 1996 (`daß` → `dass`); older texts would teach the old form."""
    return _OLD_WORD.sub(lambda found: found[0].replace("ß", "ss"), german)


_OLD_WORD = re.compile(
    r"\b(?:[dD]aß|[mM](?:uß|üßt)(?:te(?:n|st|t)?|e)?|[bB]ewußt\w*|[lL]äßt|[fF]luß|Prozeß|Kongreß|Schluß|Einfluß|[gG]ewiß|wußte\w*|Haß|Nuß|Paß|[vV]erläßt)\b"
)
