"""What reviewers changed: how far approved targets are from what the machine proposed.

Three measures by their right names. Edit rate: Levenshtein distance in words over the words of the final text. Unmodified share: words of the
longest common subsequence over the longer text's words, as Wikipedia's content translation measures unmodified machine text. HTER: TER
(with shifts) against the final text as reference, only with sacrebleu, whose signature is printed with it.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq, Levenshtein

from translate_pipeline.content import plain
from translate_pipeline.errors import UsageError
from translate_pipeline.model import Document, State
from translate_pipeline.review.changes import last_person

__all__ = ["Effort", "Total", "efforts", "hter", "predicts", "totals"]

# a word, a character of a script without spaces, or a punctuation mark
_TOKEN = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w(?:[^\W\u0e00-\u9fff]|[’'])*|[^\w\s]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How a segment was edited. `engine` is the candidate's origin, `score` the engine's belief in it, `words` those of the final text."""

    document: str
    segment: str
    engine: str
    reviewer: str
    score: float | None
    machine: str
    final: str
    words: int
    edits: int
    unmodified: float

    @property
    def edit_rate(self) -> float:
        """Edits a word of the final text; 0 where nothing was changed, above 1 where more was thrown away than is left."""
        return self.edits / max(self.words, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The sum over segments that share an article, a reviewer or an engine. Rates are weighted by words."""

    name: str
    segments: int
    untouched: int
    words: int
    edit_rate: float
    unmodified: float


def efforts(document: Document, *, least: State = State.TRANSLATED) -> tuple[Effort, ...]:
    """One for each segment from the state `least` on that has a machine's candidate; the first candidate is what the person saw."""
    result: list[Effort] = []
    for segment in document.segments():
        machine = next((candidate for candidate in segment.candidates if candidate.origin.startswith("mt:")), None)
        if machine is None or segment.target is None or segment.state < least:
            continue
        before, after = plain(machine.target), plain(segment.target)
        old, new = _TOKEN.findall(before), _TOKEN.findall(after)
        result.append(
            Effort(
                document=document.id,
                segment=segment.id,
                engine=machine.origin,
                reviewer=last_person(segment),
                score=machine.score,
                machine=before,
                final=after,
                words=len(new),
                edits=Levenshtein.distance(old, new),
                unmodified=LCSseq.similarity(old, new) / max(len(old), len(new), 1),
            )
        )
    return tuple(result)


def totals(found: Iterable[Effort], by: Callable[[Effort], str]) -> tuple[Total, ...]:
    """Efforts summed up by a property ("document", "reviewer", "engine"), in order of names."""
    groups: dict[str, list[Effort]] = {}
    for effort in found:
        groups.setdefault(by(effort), []).append(effort)
    return tuple(_total(name, groups[name]) for name in sorted(groups))


def predicts(found: Iterable[Effort]) -> float | None:
    """Whether low scores predicted edits: the probability that an edited segment had a lower score than an untouched one.

    0.5 is chance, 1.0 perfect (the area under the ROC curve, by ranks); None unless there are segments of both kinds with scores.
    """
    scored = [(effort.score, bool(effort.edits)) for effort in found if effort.score is not None]
    edited = [score for score, changed in scored if changed]
    untouched = [score for score, changed in scored if not changed]
    if not edited or not untouched:
        return None
    wins = sum((low < high) + (low == high) / 2 for low in edited for high in untouched)
    return wins / (len(edited) * len(untouched))


def hter(found: Iterable[Effort]) -> tuple[float, str]:
    """HTER of the whole in percent, with the signature of the metric.

    Raises:
        UsageError: sacrebleu is not installed.
    """
    try:
        from sacrebleu.metrics.ter import TER  # noqa: PLC0415 - an extra, and slow to import
    except ImportError as problem:
        raise UsageError("HTER needs sacrebleu. Install it with: pip install 'translate-pipeline[metrics]'") from problem
    pairs = [(effort.machine, effort.final) for effort in found]
    metric = TER()
    score = metric.corpus_score([machine for machine, _ in pairs], [[final for _, final in pairs]])
    return float(score.score), str(metric.get_signature())


def _total(name: str, group: list[Effort]) -> Total:
    words = sum(effort.words for effort in group)
    return Total(
        name=name,
        segments=len(group),
        untouched=sum(not effort.edits for effort in group),
        words=words,
        edit_rate=sum(effort.edits for effort in group) / max(words, 1),
        unmodified=sum(effort.unmodified * effort.words for effort in group) / max(words, 1),
    )
