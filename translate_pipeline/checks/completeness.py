"""Is everything there: empty targets, source left standing, lengths out of the band of the language pair, missing sentences."""

import functools
import importlib.resources
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from translate_pipeline.checks.check import Job, Pair, issue
from translate_pipeline.content import plain
from translate_pipeline.evidence.copy import copied_run, is_prose
from translate_pipeline.evidence.length import ratio, width
from translate_pipeline.model import Issue

__all__ = ["check_copied", "check_empty", "check_length", "check_omission"]

_SENTENCE_END = re.compile(r"(?:[.!?…]+[\"'»”’“)\]]*(?=\s+[^\W\d_a-zа-яё]|\s+[\"'«„“¿¡(]|\s*$)|[。！？][”」』）]*)")
# By how much (natural logarithm) a text has to be shorter than usual: when it has fewer sentences, and when it has not; the latter is
# less the longer the source is, since short texts vary. Tuned on FLORES dev, lines 1-498, all 30 directions.
_SHORTER_WITH_FEWER_SENTENCES = 0.10
_SHORTER, _SHORTER_BY_ROOT = 0.2, 2.7


@dataclass(frozen=True, slots=True)
class _Band:
    """Usual ratios of widths (evidence.length): the 0.1st percentile, the median and the 99.9th."""

    low: float
    middle: float
    high: float


def check_empty(job: Job) -> Iterator[tuple[str, Issue]]:
    """A source with words in it needs a target."""
    filled = {pair.segment.id for pair in job.pairs}
    for segment in job.segments:
        if segment.id not in filled and plain(segment.source).strip():
            yield segment.id, issue("empty-target", "there is no translation")


def check_copied(job: Job) -> Iterator[tuple[str, Issue]]:
    """More than three words of prose in a row, the same on both sides, were left untranslated. Names may stay."""
    if job.source_language == job.target_language:
        return
    for pair in job.pairs:
        run = copied_run(pair.source, pair.target)
        if is_prose(run):
            text = " ".join(run) if any(len(word) > 1 for word in run) else "".join(run)
            at = pair.target.casefold().find(text.casefold())
            span = (at, at + len(text)) if at >= 0 else None
            yield pair.segment.id, issue("target-same-as-source", f"left untranslated: “{text}”", span=span)


def check_length(job: Job) -> Iterator[tuple[str, Issue]]:
    """The ratio of widths lies in the band that translations between these languages keep to."""
    band = _band(job.source_language, job.target_language)
    for pair in job.pairs:
        found = ratio(pair.source, pair.target)
        if not band.low <= found <= band.high:
            word = "shorter" if found < band.low else "longer"
            yield pair.segment.id, issue("length", f"far {word} than usual: {found:.2f} of the source, usual is {band.middle:.2f}")


def check_omission(job: Job) -> Iterator[tuple[str, Issue]]:
    """A target has not lost a sentence: it is about as long as usual, the less strictly the more of its sentences are there."""
    band = _band(job.source_language, job.target_language)
    for pair in job.pairs:
        wanted, found, shortness = _sentences(pair.source), _sentences(pair.target), _shortness(pair, band)
        if found < wanted and shortness > _SHORTER_WITH_FEWER_SENTENCES:
            yield pair.segment.id, issue("omission", f"the source has {wanted} sentences, the target {found}")
        elif shortness > _SHORTER + _SHORTER_BY_ROOT / math.sqrt(max(width(pair.source), 1)):
            yield (
                pair.segment.id,
                issue("omission", f"only {math.exp(-shortness):.0%} as long as usual, which is little for so long a text"),
            )


def _shortness(pair: Pair, band: _Band) -> float:
    return math.log(band.middle / ratio(pair.source, pair.target))


def _sentences(text: str) -> int:
    return max(1, sum(1 for _ in _SENTENCE_END.finditer(text)))


@functools.cache
def _band(source: str, target: str) -> _Band:
    text = importlib.resources.files(__package__).joinpath("lengths.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    by_pair = {(row[0], row[1]): _Band(*map(float, row[2:5])) for row in rows}
    return by_pair.get((source, target), by_pair["*", "*"])
