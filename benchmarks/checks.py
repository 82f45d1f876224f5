"""How often the checks cry wolf, and what they miss: professional translations, and copies of them that were damaged.

Run: python benchmarks/checks.py [--lines 498:997] [--seed 1] [--show SOURCE TARGET]
Clean segments are FLORES lines; every clean segment has one damaged copy. Damage is drawn among what the segment allows:
  number    a number in digits of the target becomes another one with as many digits
  term      a country of the glossary (data/countries.tsv) that both sides name becomes another country in the target
  sentence  the segment is joined with the next line on both sides, and the target loses one of the two
  code      a word is put between two inline codes on both sides, and the target loses one of them
A copy counts as caught when it has a warning or an error that the same segment, undamaged, does not have.
"""

import argparse
import csv
import itertools
import os
import pathlib
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from translate_pipeline.checks import kinds, run_checks
from translate_pipeline.content import from_text
from translate_pipeline.evidence.forms import occurrences
from translate_pipeline.model import Block, Code, CodeKind, Content, Document, Issue, Segment, Severity, State, Term, TermMatch, Text

LANGUAGES = ("en", "de", "es", "fr", "ru", "zh")
SHARED = pathlib.Path(os.environ.get("TRANSLATE_PIPELINE_SHARED", pathlib.Path(__file__).parents[2] / "shared"))


@dataclass(frozen=True, slots=True)
class Sample:
    """A segment as it was translated, the same segment damaged, and how."""

    clean: Segment
    damaged: Segment
    damage: str


def countries(source: str, target: str) -> tuple[Term, ...]:
    """Forty countries: the name in the source language, name and words of the family in the target language."""
    with (pathlib.Path(__file__).parent / "data" / "countries.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return tuple(
        Term(concept=row["en"], source=(row[source].split("|")[0],), target=tuple(row[target].split("|")), kind="place") for row in rows
    )


def segment(number: int, source: str, target: str, terms: tuple[Term, ...]) -> Segment:
    """A translated segment with the terms that its source names."""
    found = tuple(
        TermMatch(term=term, start=found.start, end=found.end)
        for term in terms
        if term.source[0] in source and (found := next((one for one in occurrences(term.source[0], source, "") if one.exact), None))
    )
    return Segment(id=f"s{number}", source=from_text(source), target=from_text(target), state=State.TRANSLATED, terms=found)


def text(content: Content | None) -> str:
    """The characters of content that has no codes."""
    return "".join(part.value for part in content or () if isinstance(part, Text))


def change_number(clean: Segment, draw: random.Random) -> Sample | None:
    """Another number with as many digits."""
    target = text(clean.target)
    runs = list(re.finditer(r"\d+", target))
    if not runs:
        return None
    run = draw.choice(runs)
    while (other := "".join([draw.choice("123456789"), *(draw.choice("0123456789") for _ in run.group()[1:])])) == run.group():
        pass
    return Sample(clean, replace(clean, target=from_text(target[: run.start()] + other + target[run.end() :])), "number")


def swap_term(clean: Segment, draw: random.Random, terms: tuple[Term, ...], language: str) -> Sample | None:
    """Another country."""
    target = text(clean.target)
    named = [
        match.term for match in clean.terms if any(any(True for _ in occurrences(form, target, language)) for form in match.term.target)
    ]
    if not named:
        return None
    term = draw.choice(named)
    other = draw.choice([candidate for candidate in terms if candidate != term]).target[0]
    for form in sorted(term.target, key=len, reverse=True):
        for found in reversed(list(occurrences(form, target, language))):
            target = target[: found.start] + other + target[found.end :]
    return Sample(clean, replace(clean, target=from_text(target)), "term")


def drop_sentence(clean: Segment, following: Segment, draw: random.Random, gap: str) -> Sample:
    """Two sentences in the source, one in the target."""
    source = from_text(text(clean.source) + " " + text(following.source))
    both = replace(clean, source=source, target=from_text(text(clean.target) + gap + text(following.target)), terms=())
    return Sample(both, replace(both, target=draw.choice((clean.target, following.target))), "sentence")


def lose_code(clean: Segment, draw: random.Random) -> Sample:
    """A span around part of the text, one of whose codes is gone."""
    marked = []
    for content in (clean.source, clean.target):
        line = text(content)
        start, end = sorted(draw.sample(range(len(line) + 1), 2)) if len(line) > 1 else (0, len(line))
        opening, closing = Code(id="c1", kind=CodeKind.OPEN), Code(id="c1", kind=CodeKind.CLOSE)
        marked.append((*from_text(line[:start]), opening, *from_text(line[start:end]), closing, *from_text(line[end:])))
    source, target = marked
    lost = draw.choice([part for part in target if isinstance(part, Code)])
    return Sample(
        replace(clean, source=source, target=target, terms=()),
        replace(clean, source=source, target=tuple(part for part in target if part is not lost), terms=()),
        "code",
    )


def samples(source: str, target: str, lines: slice, seed: int) -> Iterator[Sample]:
    """Each segment of a direction with one damaged copy."""
    draw = random.Random(f"{seed} {source} {target}")
    terms = countries(source, target)
    read = {tag: (SHARED / "eval" / f"flores-dev.{tag}").read_text(encoding="utf-8").splitlines()[lines] for tag in (source, target)}
    clean = [segment(number, *pair, terms) for number, pair in enumerate(zip(read[source], read[target], strict=True))]
    for one, following in itertools.pairwise([*clean, clean[0]]):
        choices = [
            change_number(one, draw),
            swap_term(one, draw, terms, target),
            drop_sentence(one, following, draw, "" if target == "zh" else " "),
            lose_code(one, draw),
        ]
        sample = draw.choice([choice for choice in choices if choice is not None])
        yield replace(sample, clean=sample.clean)


def findings(source: str, target: str, segments: list[Segment]) -> list[tuple[Issue, ...]]:
    """Warnings and errors by segment."""
    document = Document(
        id="flores",
        source_language=source,
        target_language=target,
        blocks=(Block(id="b1", kind="paragraph", segments=tuple(replace(s, id=f"s{number}") for number, s in enumerate(segments))),),
    )
    found = run_checks(document)
    return [tuple(i for i in found.get(f"s{number}", ()) if i.severity is not Severity.INFO) for number in range(len(segments))]


def main() -> None:
    """Print false alarms by check and language, and what was caught by damage and language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", default="498:997")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", nargs=2, metavar=("SOURCE", "TARGET"))
    options = parser.parse_args()
    lines = slice(*map(int, options.lines.split(":")))
    alarms: dict[str, Counter[str]] = defaultdict(Counter)
    totals: Counter[str] = Counter()
    caught: dict[str, Counter[str]] = defaultdict(Counter)
    started = time.process_time()
    for source, target in [tuple(options.show)] if options.show else itertools.permutations(LANGUAGES, 2):
        terms = countries(source, target)
        read = [(SHARED / "eval" / f"flores-dev.{tag}").read_text(encoding="utf-8").splitlines()[lines] for tag in (source, target)]
        clean = [segment(number, *pair, terms) for number, pair in enumerate(zip(*read, strict=True))]
        for one, found in zip(clean, findings(source, target, clean), strict=True):
            totals[target] += 1
            alarms[target].update({i.check for i in found} | ({"any"} if found else set()))
            if options.show and found:
                print(*(f"{i.check}: {i.message}" for i in found), text(one.source), text(one.target), sep="\n  ")
        pairs = list(samples(source, target, lines, options.seed))
        before = findings(source, target, [pair.clean for pair in pairs])
        after = findings(source, target, [pair.damaged for pair in pairs])
        for pair, old, new in zip(pairs, before, after, strict=True):
            hit = bool(set(new) - set(old))
            for key in (target, "all"):
                caught[pair.damage][f"{key} of"] += 1
                caught[pair.damage][key] += hit
            joined = pair.damage == "sentence"
            caught["(false alarms on joined)"]["all of"] += joined
            caught["(false alarms on joined)"]["all"] += joined and bool(old)
            if options.show and not hit:
                print(f"MISSED {pair.damage}", text(pair.clean.source), text(pair.clean.target), text(pair.damaged.target), sep="\n  ")
    seconds = time.process_time() - started
    print(
        f"recipe: python benchmarks/checks.py --lines {options.lines} --seed {options.seed}   (FLORES dev, translated into each language from the other five)"
    )
    print(f"\nsegments with a warning or an error, in %\n{'check':24}" + "".join(f"{tag:>7}" for tag in LANGUAGES) + f"{'all':>7}")
    for name in [*kinds(), "any"]:
        counts = [(alarms[tag][name], totals[tag]) for tag in LANGUAGES] + [(sum(alarms[t][name] for t in LANGUAGES), sum(totals.values()))]
        if counts[-1][0]:
            print(f"{name:24}" + "".join(f"{100 * hit / max(of, 1):7.2f}" for hit, of in counts))
    print(f"\ndamaged copies caught, in %\n{'damage':24}" + "".join(f"{tag:>7}" for tag in (*LANGUAGES, "all")) + "      of")
    real = [name for name in caught if not name.startswith("(")]
    for name in [*sorted(real), *sorted(set(caught) - set(real))]:
        row = caught[name]
        print(
            f"{name:24}"
            + "".join(f"{100 * row[t] / row[t + ' of']:7.2f}" if row[t + " of"] else "      -" for t in (*LANGUAGES, "all"))
            + f"{row['all of']:8}"
        )
    hits, of = sum(caught[name]["all"] for name in real), sum(caught[name]["all of"] for name in real)
    print(f"{'any':24}" + " " * 42 + f"{100 * hits / of:7.2f}{of:8}")
    print(f"\n{1000 * seconds / (of * 3):.2f} ms of CPU a segment, reading and damaging included")


if __name__ == "__main__":
    main()
