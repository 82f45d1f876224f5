"""What it takes to find 100,000 terms: `python -m benchmarks.matching`.

Terms and text are made of seeded syllables. The bare library automaton is built over the same forms and scans the same text, in the same process, the
best of several interleaved rounds. It gets both folded and with every word between two marks, which is the least that whole words need; making them so
is not counted. Memory is the peak of a process of its own that only loads and matches.
"""

import argparse
import gc
import pathlib
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

import ahocorasick_rs

from translate_pipeline.evidence.forms import fold, gap, pieces
from translate_pipeline.model import TermMatch
from translate_pipeline.terminology.glossary import load
from translate_pipeline.terminology.matching import Matcher

_SYLLABLES = [consonant + vowel for consonant in "bcdfghjklmnprstvz" for vowel in "aeiou"]
_ARTICLE = 40  # sentences


def material(terms: int, characters: int) -> tuple[bytes, list[str]]:
    """A glossary of so many terms, of one to three words, and sentences of so many characters in all; every tenth word begins a term."""
    chance = random.Random(7)
    vocabulary = ["".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 5))).title() for _ in range(60_000)]
    phrases = list(dict.fromkeys(" ".join(chance.choice(vocabulary) for _ in range(chance.randint(1, 3))) for _ in range(terms * 2)))[
        :terms
    ]
    rows = "".join(f"t{number}\t{phrase}\t{phrase[::-1]}\n" for number, phrase in enumerate(phrases))
    sentences: list[str] = []
    size = 0
    while size < characters:
        words = [chance.choice(vocabulary) if chance.random() < 0.9 else chance.choice(phrases) for _ in range(20)]
        sentences.append(" ".join(words) + ".")
        size += len(sentences[-1])
    return f"concept\ten\tde\n{rows}".encode(), sentences


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--terms", type=int, default=100_000)
    parser.add_argument("--characters", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only-match", action="store_true", help="load and match, and print the peak memory in MB")
    options = parser.parse_args(arguments)
    data, sentences = material(options.terms, options.characters)
    articles = [sentences[first : first + _ARTICLE] for first in range(0, len(sentences), _ARTICLE)]
    if options.only_match:
        matcher = Matcher((load("bench.tsv", data),), "en", "de")
        _matches(matcher, articles)
        # ru_maxrss would count the parent as well
        print(
            next(
                int(line.split()[1]) // 1024
                for line in pathlib.Path("/proc/self/status").read_text().splitlines()
                if line.startswith("VmHWM")
            )
        )
        return 0
    times: dict[str, float] = {}
    found = 0
    for _ in range(options.rounds):
        _clock(times, "load", lambda: Matcher((load("bench.tsv", data),), "en", "de"))
        keys = list(dict.fromkeys(_marked(line.split("\t")[1]) for line in data.decode().splitlines()[1:]))
        normal = "\n".join(map(_marked, sentences))
        fresh = Matcher((load("bench.tsv", data),), "en", "de")
        _clock(times, "match", lambda fresh=fresh: _matches(fresh, articles))
        found = sum(len(fresh.find(sentence)) for sentence in sentences)
        _clock(times, "build", lambda keys=keys: ahocorasick_rs.AhoCorasick(keys, store_patterns=False))
        automaton = ahocorasick_rs.AhoCorasick(keys, store_patterns=False)
        _clock(times, "scan", lambda automaton=automaton, normal=normal: automaton.find_matches_as_indexes(normal, overlapping=True))
        del fresh, automaton
        gc.collect()
    memory = subprocess.run(
        [
            sys.executable,
            "-m",
            "benchmarks.matching",
            "--only-match",
            "--terms",
            f"{options.terms}",
            "--characters",
            f"{options.characters}",
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    print(f"{options.terms} terms, {options.characters} characters, {found} matches")
    print(f"loading   {times['load']:.2f} s = {times['load'] / times['build']:.1f} × building the bare automaton ({times['build']:.2f} s)")
    print(f"matching  {times['match']:.2f} s = {times['match'] / times['scan']:.1f} × scanning with it ({times['scan']:.2f} s)")
    print(f"memory    {memory} MB at most")
    print(f"recipe: python -m benchmarks.matching --terms {options.terms} --characters {options.characters} --rounds {options.rounds}")
    return 0


def _matches(matcher: Matcher, articles: Sequence[Sequence[str]]) -> list[tuple[TermMatch, ...]]:
    """What the product does with articles that have nothing protected; all is kept, as documents keep it."""
    return [terms for article in articles for terms in matcher.find_all(article, [()] * len(article))]


def _marked(text: str) -> str:
    """A text as the bare automaton gets it."""
    return "".join(f"\x02{fold(piece)}\x03" if place % 2 else gap(piece) for place, piece in enumerate(pieces(text)))


def _clock(times: dict[str, float], name: str, work: Callable[[], object]) -> None:
    gc.collect()
    gc.freeze()  # what lives already is none of this work's business
    start = time.process_time()
    work()
    times[name] = min(times.get(name, float("inf")), time.process_time() - start)


if __name__ == "__main__":
    sys.exit(main())
