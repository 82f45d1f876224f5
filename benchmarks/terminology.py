"""How well terms arrive: `python -m benchmarks.terminology --package FILE`.

The sentences are in `data/terminology.en-de.tsv`, with a German reference each and the concepts that a reader finds in it. Every sentence is
translated twice by the same engine: without a glossary, and with the shipped one. A term has arrived *exactly* when a listed form stands in the
target letter by letter from the beginning of a word (so that "Tokajews" has "Tokajew"), *tolerantly* when it may also be regularly inflected; each as
often as in the source. Consistency is the share of the occurrences of a concept, of those that occur more than once, that have its most frequent form.
"""

import argparse
import collections
import csv
import pathlib
import re
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import sacrebleu

from translate_pipeline.content import from_text, plain
from translate_pipeline.evidence.presence import findings
from translate_pipeline.model import Block, Document, Segment, Term, TermMatch
from translate_pipeline.mt import argos
from translate_pipeline.mt.engine import Engine
from translate_pipeline.terminology import constraint
from translate_pipeline.terminology.glossary import Glossary, load
from translate_pipeline.terminology.matching import annotate

HERE = pathlib.Path(__file__).parent
GLOSSARY = HERE.parent / "glossaries" / "cis-politics.tsv"
SENTENCES = HERE / "data" / "terminology.en-de.tsv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the set; `concepts` are those that stand in it, as often as they do."""

    category: str
    source: str
    reference: str
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The targets of all sentences, the documents they came from, and the processor seconds that decoding took, by round."""

    targets: tuple[str, ...]
    segments: tuple[Segment, ...]
    seconds: tuple[float, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table for each package."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--package", type=pathlib.Path, action="append", default=[], help="an Argos package; several are measured one by one"
    )
    parser.add_argument("--quality", default="balanced")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=2, help="measure so often, in turns, and take the fastest")
    parser.add_argument("--show", action="store_true", help="print every sentence whose terms did not all arrive, or were repaired")
    options = parser.parse_args(arguments)
    with SENTENCES.open(encoding="utf-8") as file:
        rows = [
            Sentence(category=row["category"], source=row["source"], reference=row["reference"], concepts=tuple(row["concepts"].split()))
            for row in csv.DictReader(file, delimiter="\t")
        ]
    glossary = load(GLOSSARY.name, GLOSSARY.read_bytes())
    for package in options.package or [None]:
        engine = argos.load([package] if package else [], quality=options.quality, threads=options.threads)
        report(rows, glossary, engine, options=options)
        print(
            f"recipe: python -m benchmarks.terminology --package {package} --quality {options.quality} --threads {options.threads} --rounds {options.rounds}\n"
        )
    return 0


def report(rows: Sequence[Sentence], glossary: Glossary, engine: Engine, *, options: argparse.Namespace) -> None:
    """Translate without and with the glossary, and print how it went."""
    translated(rows[:8], (glossary,), engine)  # models are loaded and warm before anything is timed
    without = translated(rows, (), engine)
    with_terms = translated(rows, (glossary,), engine)
    # the same again, in turns: a run on a busy machine is slower than it need be
    for _ in range(options.rounds - 1):
        without = min(without, translated(rows, (), engine), key=lambda one: sum(one.seconds))
        with_terms = min(with_terms, translated(rows, (glossary,), engine), key=lambda one: sum(one.seconds))
    seconds = sum(without.seconds)
    expected = [terms(row, glossary) for row in rows]
    missed = [
        tuple(match for match in own if not _success([match], target, exact=False)[0])
        for own, target in zip(expected, without.targets, strict=True)
    ]
    found = sum(
        (collections.Counter(row.concepts) & collections.Counter(match.term.concept for match in segment.terms)).total()
        for row, segment in zip(rows, with_terms.segments, strict=True)
    )
    print(f"{engine.origin('en', 'de')}: {len(rows)} sentences, {sum(map(len, expected))} terms, {found} of them found")
    print(f"{'':28}{'without':>10}{'with terms':>12}{'references':>12}")
    references = tuple(row.reference for row in rows)
    sets = (without.targets, with_terms.targets, references)
    for name, exact in (("success, tolerant", False), ("success, exact", True)):
        print(
            f"{name:28}"
            + "".join(f"{rate(expected, targets, exact=exact):>{width}.3f}" for targets, width in zip(sets, (10, 12, 12), strict=True))
        )
    print(f"{'  of those missed without':28}{'':>10}{rate(missed, with_terms.targets, exact=False):>12.3f}")
    print(
        f"{'consistency':28}"
        + "".join(f"{consistency(expected, targets):>{width}.3f}" for targets, width in zip(sets, (10, 12, 12), strict=True))
    )
    chrf = sacrebleu.CHRF(word_order=2)
    scores = [chrf.corpus_score(list(targets), [list(references)]).score for targets in (without.targets, with_terms.targets)]
    print(f"{'chrF2++':28}{scores[0]:>10.1f}{scores[1]:>12.1f}   {chrf.get_signature()}")
    print(
        f"{'processor seconds':28}{seconds:>10.2f}{sum(with_terms.seconds):>12.2f}   ratio {sum(with_terms.seconds) / seconds:.2f}, rounds {' + '.join(f'{one:.2f}' for one in with_terms.seconds)}"
    )
    flagged = sum(segment.substate == "tp:flagged" for segment in with_terms.segments)
    wins = collections.Counter(segment.candidates[0].strategy for segment in with_terms.segments if segment.candidates)
    print(
        f"{'strategies':28}" + ", ".join(f"{name or 'none needed'} {count}" for name, count in wins.most_common()) + f"; flagged {flagged}"
    )
    by_category: dict[str, list[int]] = collections.defaultdict(list)
    for row, own, target in zip(rows, expected, with_terms.targets, strict=True):
        by_category[row.category] += _success(own, target, exact=False)
    print("by kind: " + ", ".join(f"{name} {sum(hits) / len(hits):.2f}" for name, hits in by_category.items()))
    if options.show:
        for row, own, one, other, segment in zip(rows, expected, without.targets, with_terms.targets, with_terms.segments, strict=True):
            strategy = segment.candidates[0].strategy
            if strategy != "plain" or not all(_success(own, other, exact=False)):
                print(f"{strategy:8}{row.source}\n   without {one}\n   with    {other}\n   ref     {row.reference}")


def translated(rows: Sequence[Sentence], glossaries: tuple[Glossary, ...], engine: Engine) -> Result:
    """All sentences as one document, through all rounds."""
    segments = tuple(Segment(id=f"s{number}", source=from_text(row.source)) for number, row in enumerate(rows))
    document = Document(id="set", source_language="en", target_language="de", blocks=(Block(id="b", kind="paragraph", segments=segments),))
    documents = tuple(annotate(glossaries)([document]))
    seconds: list[float] = []
    requests = constraint.requests(documents, survives=engine.survives)
    while requests:
        start = time.process_time()
        answers = list(engine.translate(requests))
        seconds.append(time.process_time() - start)
        documents, requests = constraint.choose(documents, answers, survives=engine.survives)
    result = tuple(documents[0].segments())
    return Result(targets=tuple(plain(segment.target or ()) for segment in result), segments=result, seconds=tuple(seconds))


def terms(row: Sentence, glossary: Glossary) -> tuple[TermMatch, ...]:
    """The terms that a sentence has, with all their German forms."""
    by_id = {concept.id: concept for concept in glossary.concepts}
    result = []
    for name in row.concepts:
        entry = by_id[name].entry("de")
        assert entry is not None
        forms = tuple(form.upper() for form in entry.forms) if row.source.isupper() else entry.forms
        result.append(TermMatch(term=Term(concept=name, source=(name,), target=forms, forbidden=entry.forbidden), start=0, end=0))
    return tuple(result)


def rate(expected: Iterable[Sequence[TermMatch]], targets: Iterable[str], *, exact: bool) -> float:
    """The share of terms that arrived."""
    hits = [hit for own, target in zip(expected, targets, strict=True) for hit in _success(own, target, exact=exact)]
    return sum(hits) / max(1, len(hits))


def consistency(expected: Iterable[Sequence[TermMatch]], targets: Iterable[str]) -> float:
    """The share of occurrences with the most frequent form of their concept, full and short names apart; one without any form counts as another."""
    renderings: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for own, target in zip(expected, targets, strict=True):
        for match in own:
            form = next(
                (
                    form
                    for form in sorted(match.term.target, key=len, reverse=True)
                    if _success([_only(match, form)], target, exact=False)[0]
                ),
                "",
            )
            renderings[f"{match.term.concept} {len(form.split())}" if form else match.term.concept][form.upper()] += 1
    repeated = [counts for counts in renderings.values() if counts.total() > 1]
    return sum(max(counts.values()) if max(counts) else 1 for counts in repeated) / max(1, sum(counts.total() for counts in repeated))


def _only(match: TermMatch, form: str) -> TermMatch:
    return replace(match, term=replace(match.term, target=(form,)))


def _success(own: Sequence[TermMatch], target: str, *, exact: bool) -> list[int]:
    """1 or 0 for each term; of several occurrences of a concept as many count as there are in the target."""
    hits = []
    for finding in findings(own, target, "de"):
        count = len(finding.found)
        if exact:
            forms = sorted(finding.term.target, key=len, reverse=True)
            count = len(re.findall(r"(?<!\w)(?:" + "|".join(map(re.escape, forms)) + ")", target))
        arrived = 0 if finding.forbidden else min(count, finding.wanted)
        hits += [1] * arrived + [0] * (finding.wanted - arrived)
    return hits


if __name__ == "__main__":
    sys.exit(main())
