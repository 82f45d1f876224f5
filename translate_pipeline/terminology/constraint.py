"""The promise that terms arrive: what is asked of the engine, and which of its answers is taken.

Pure, in rounds: `requests` asks for every segment once, `choose` takes what is good enough and asks again, in other ways, for the rest.
Between the rounds a segment keeps its candidates, and the key of a request says how its text was made. The engine knows no glossary.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from translate_pipeline.content import plain
from translate_pipeline.evidence.codes import protected_codes
from translate_pipeline.languages import script
from translate_pipeline.model import Block, Candidate, Content, Document, Hypothesis, Note, Request, Segment
from translate_pipeline.terminology.agreement import agreed
from translate_pipeline.terminology.attempts import Attempt, Situation, Survives, build
from translate_pipeline.terminology.consistency import harmonised
from translate_pipeline.terminology.repair import beginnings, respelled, spliced
from translate_pipeline.terminology.verdict import Verdict, judge

__all__ = ["choose", "requests"]

_ROUNDS = (("plain:0",), ("inline:0", "avoid:0"), ("prefix:0",), ("prefix:1", "proxy:0", "proxy:1", "mask:0"), ("bare:0",))
"""The attempts of each round, with the number of their choice: what keeps the sentence best comes first, what costs most last."""
_HYPOTHESES = 4  # as many as the engine's beam is wide: they cost nothing
_COPIED = frozenset({"inline", "mask"})  # strategies that bring forms into a target as they are listed
_KEPT = 3  # candidates that a translator is shown


def requests(documents: Iterable[Document], *, survives: Survives) -> tuple[Request, ...]:
    """What to ask of the engine in the first round: every segment that is to be translated and is not yet."""
    return tuple(
        _request(situation, attempt)
        for document in documents
        for block in document.blocks
        for segment in block.segments
        if _is_open(document, block, segment)
        for situation in [_situation(document, segment, survives)]
        for attempt in [build(situation, "plain")]
        if attempt is not None
    )


def choose(
    documents: Iterable[Document], hypotheses: Iterable[tuple[Hypothesis, ...]], *, survives: Survives
) -> tuple[tuple[Document, ...], tuple[Request, ...]]:
    """The documents with the answers worked in, and what to ask next; nothing when every segment has its target.

    `hypotheses` answer the requests of the round before. A segment without letters, or with nothing but a person's name that can be read in the
    script of the target, gets its source as target.
    """
    answers: dict[tuple[str, str, str], dict[str, tuple[Hypothesis, ...]]] = {}
    for group in hypotheses:
        *place, variant = group[0].key
        answers.setdefault((place[0], place[1], place[2]), {})[variant] = group
    further: list[Request] = []
    result: list[Document] = []
    for document in documents:
        before = len(further)
        blocks = tuple(_block(document, block, answers, further, survives) for block in document.blocks)
        chosen = replace(document, blocks=blocks)
        result.append(harmonised(chosen) if len(further) == before and blocks != document.blocks else chosen)
    return tuple(result), tuple(further)


def _is_open(document: Document, block: Block, segment: Segment) -> bool:
    if not segment.translate or segment.target is not None or not any(map(str.isalpha, plain(segment.source))):
        return False
    is_name = ("content", "name") in block.attributes and not segment.terms
    return not is_name or script(document.source_language) != script(document.target_language or "")


def _situation(document: Document, segment: Segment, survives: Survives) -> Situation:
    assert document.target_language is not None
    return Situation(
        document=document.id,
        segment=segment,
        source_language=document.source_language,
        target_language=document.target_language,
        fixed=protected_codes(document),
        survives=survives,
    )


def _request(situation: Situation, attempt: Attempt) -> Request:
    return Request(
        key=(situation.document, situation.target_language, situation.segment.id, attempt.variant),
        source=attempt.source,
        source_language=situation.source_language,
        target_language=situation.target_language,
        hypotheses=_HYPOTHESES if situation.segment.terms else 1,
        avoid=attempt.avoid,
        prefix=attempt.prefix,
    )


def _block(
    document: Document,
    block: Block,
    answers: Mapping[tuple[str, str, str], Mapping[str, tuple[Hypothesis, ...]]],
    further: list[Request],
    survives: Survives,
) -> Block:
    segments = []
    for segment in block.segments:
        own = answers.get((document.id, document.target_language or "", segment.id))
        if own:
            situation = _situation(document, segment, survives)
            segments.append(_decided(situation, own, further))
        elif segment.translate and segment.target is None and not _is_open(document, block, segment):
            segments.append(replace(segment, target=segment.source, substate="tp:mt"))
        else:
            segments.append(segment)
    return replace(block, segments=tuple(segments))


def _decided(situation: Situation, answers: Mapping[str, tuple[Hypothesis, ...]], further: list[Request]) -> Segment:
    """The segment with its target, or with the candidates so far and more requests in `further`."""
    segment = situation.segment
    attempts = {variant: attempt for variant in answers for attempt in [build(situation, variant)] if attempt is not None}
    if not segment.terms and len(segment.source) == 1 and not any(attempt.masks for attempt in attempts.values()):
        ((hypothesis, *_),) = answers.values()
        return _unconstrained(segment, hypothesis)
    candidates = list(segment.candidates)
    notes = list(segment.notes)
    for variant, attempt in attempts.items():
        sound = [hypothesis for hypothesis in answers[variant] if not hypothesis.warnings]
        candidates += _candidates(situation, attempt, sound or answers[variant][:1])
        if not sound:
            notes += [
                Note(text=warning, category=_engine(attempt.strategy), annotates="target") for warning in answers[variant][0].warnings
            ]
    ranked = _ranked(situation, candidates)
    if ranked and not ranked[0][0].keeps_all:
        others = [hypothesis.target for variant, group in answers.items() if variant != "plain" for hypothesis in group[:1]]
        others += [candidate.target for candidate in segment.candidates if candidate.strategy == "inline"]
        candidates += _splices(situation, candidates, others)
        ranked = _ranked(situation, candidates)
    if not ranked or not ranked[0][0].keeps_all:
        done = max(_round(variant) for variant in answers)
        wanted = next(filter(None, (_attempts(situation, tries, ranked) for tries in _ROUNDS[done + 1 :])), ())
        if wanted:
            further += [_request(situation, attempt) for attempt in wanted]
            return replace(segment, candidates=tuple(candidates), notes=tuple(notes))
    return _settled(segment, ranked, notes)


def _unconstrained(segment: Segment, hypothesis: Hypothesis) -> Segment:
    """The segment with what the engine says, where there is nothing to watch over."""
    notes = tuple(Note(text=warning, category="engine", annotates="target") for warning in hypothesis.warnings)
    return replace(
        segment,
        target=hypothesis.target,
        substate="tp:flagged" if notes else "tp:mt",
        candidates=(Candidate(target=hypothesis.target, origin=hypothesis.origin, score=hypothesis.score),),
        notes=(*segment.notes, *notes),
    )


def _candidates(situation: Situation, attempt: Attempt, hypotheses: Iterable[Hypothesis]) -> Iterator[Candidate]:
    """The best target that an attempt gives, also with near copies of its terms in the form of the glossary; the engine's order decides a tie.

    The first answer to the source as it is comes always, so that it can be compared.
    """
    found: list[Candidate] = []
    for rank, hypothesis in enumerate(hypotheses):
        target = attempt.target(hypothesis.target)
        if target is None:
            continue
        if attempt.strategy in _COPIED:
            target = agreed(target, (match.term for match in situation.segment.terms), situation.target_language)
        strategy = "nbest" if rank and attempt.strategy == "plain" else attempt.strategy
        found.append(Candidate(target=target, origin=hypothesis.origin, score=hypothesis.score, strategy=strategy))
        mended = respelled(situation, target)
        if mended is not None and mended != target:
            found.append(replace(found[-1], target=mended, strategy=f"{strategy}+respell"))
    if found:
        best = min(found, key=lambda candidate: (_merit(judge(situation, candidate.target)), -(candidate.score or 0.0)))
        if attempt.strategy == "plain" and best is not found[0]:
            yield found[0]
        yield best


def _splices(situation: Situation, candidates: Iterable[Candidate], others: Sequence[Content]) -> Iterator[Candidate]:
    first = next((candidate for candidate in candidates if candidate.strategy == "plain"), None)
    if first is not None:
        target = spliced(situation, first.target, others)
        if target is not None:
            yield replace(first, target=target, strategy="plain+splice")


def _settled(segment: Segment, ranked: list[tuple[Verdict, Candidate]], notes: Iterable[Note]) -> Segment:
    verdict, winner = ranked[0]
    base = winner.strategy.partition("+")[0]
    own = [replace(note, category="engine") for note in notes if note.category == _engine(base)]
    others = [note for note in notes if not note.category.startswith(_engine(""))]
    shown = [candidate for _, candidate in ranked[:_KEPT]]
    return replace(
        segment,
        target=winner.target,
        substate="tp:mt" if verdict.keeps_all and not own else "tp:flagged",
        candidates=tuple(shown if segment.terms else (replace(candidate, strategy="") for candidate in shown)),
        notes=(*others, *verdict.notes(), *own),
    )


def _attempts(situation: Situation, tries: Iterable[str], ranked: list[tuple[Verdict, Candidate]]) -> tuple[Attempt, ...]:
    pairs = (one.split(":") for one in tries)
    return tuple(
        attempt for strategy, choice in pairs for attempt in [_attempt(situation, strategy, int(choice), ranked)] if attempt is not None
    )


def _attempt(situation: Situation, strategy: str, choice: int, ranked: list[tuple[Verdict, Candidate]]) -> Attempt | None:
    terms = situation.segment.terms
    if strategy == "bare":
        return None if ranked else build(situation, strategy)
    lost = {finding.term.concept for finding in ranked[0][0].terms} if ranked else {match.term.concept for match in terms}
    if strategy == "avoid":
        lost = {finding.term.concept for finding in ranked[0][0].terms if finding.forbidden} if ranked else set()
    numbers = [
        str(number) for number, match in enumerate(terms) if match.term.concept in lost and (match.term.target or strategy == "avoid")
    ]
    attempt = build(situation, f"{strategy}:{','.join(numbers)}:{choice}") if numbers else None
    if strategy != "prefix" or attempt is None:
        return attempt
    found = beginnings(situation, ranked[0][1].target) if ranked and not attempt.masks else ()
    return replace(attempt, prefix=found[choice]) if choice < len(found) else None


def _ranked(situation: Situation, candidates: Iterable[Candidate]) -> list[tuple[Verdict, Candidate]]:
    """The best first: what loses least, then what is least doubtful, then what the engine itself believes in most."""
    judged = [(judge(situation, candidate.target), candidate) for candidate in candidates]
    return sorted(judged, key=lambda item: (*_merit(item[0]), -(item[1].score or 0.0)))


def _merit(verdict: Verdict) -> tuple[int, int, int, int]:
    return len(verdict.terms) + len(verdict.lost), verdict.shortened, verdict.doubts, verdict.surplus


def _round(variant: str) -> int:
    strategy, _, choice = (*variant.split(":"), "", "")[:3]
    return next(number for number, tries in enumerate(_ROUNDS) if f"{strategy}:{choice or 0}" in tries)


def _engine(strategy: str) -> str:
    """The category of notes about an answer, until it is known whether the answer is taken."""
    return f"engine:{strategy}"
