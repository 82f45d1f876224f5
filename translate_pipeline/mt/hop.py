"""Texts through one package: cut, decoded, looked at, and decoded again where the translation is suspicious."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from translate_pipeline.mt.alignment import Alignment
from translate_pipeline.mt.decoder import Decoding, Model, Output
from translate_pipeline.mt.guards import findings, plainer
from translate_pipeline.mt.overlong import LIMIT, cut, joined

__all__ = ["QUALITIES", "Quality", "Rendering", "translate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How much is spent on a text: the first decoding, and those that a suspicious translation gets one after the other."""

    first: Decoding
    repairs: tuple[Decoding, ...] = ()


_LAST_RESORT = Decoding(beam=8, no_repeat_ngram=3, repetition_penalty=1.2)
QUALITIES = {
    "fast": Quality(first=Decoding(beam=1), repairs=(Decoding(beam=4), _LAST_RESORT)),
    "balanced": Quality(first=Decoding(beam=4), repairs=(_LAST_RESORT,)),
    "best": Quality(first=Decoding(beam=8), repairs=(_LAST_RESORT,)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """A translation by one package; `alignment` is None unless it was asked for, `warnings` is what is still suspicious."""

    text: str
    log_probability: float
    warnings: tuple[str, ...] = ()
    alignment: Alignment | None = None


def translate(
    model: Model,
    texts: Sequence[str],
    *,
    quality: Quality,
    hypotheses: int = 1,
    avoid: tuple[str, ...] = (),
    beginnings: Sequence[str] = (),
    attention: bool = False,
) -> list[tuple[Rendering, ...]]:
    """The renderings of each text, best first. A text for which nothing comes out stands for itself, with a warning.

    `beginnings`, one a text when there are any, are what the renderings have to begin with.
    """
    own = tuple(beginnings) or ("",) * len(texts)
    results = _decode(model, texts, quality.first, hypotheses=hypotheses, avoid=avoid, beginnings=own, attention=attention)
    suspicious = [index for index, renderings in enumerate(results) if renderings[0].warnings]
    for decoding in quality.repairs:
        if not suspicious:
            break
        plain = [plainer(texts[index]) if decoding is quality.repairs[-1] and not attention else texts[index] for index in suspicious]
        originals = [texts[index] for index in suspicious]
        again = _decode(
            model,
            plain,
            decoding,
            hypotheses=hypotheses,
            avoid=avoid,
            beginnings=[own[index] for index in suspicious],
            attention=attention,
            originals=originals,
        )
        for index, renderings in zip(suspicious, again, strict=True):
            if len(renderings[0].warnings) < len(results[index][0].warnings):
                results[index] = renderings
        suspicious = [index for index in suspicious if results[index][0].warnings]
    return [tuple(_spoken(text, rendering) for rendering in renderings) for text, renderings in zip(texts, results, strict=True)]


def _decode(
    model: Model,
    texts: Sequence[str],
    decoding: Decoding,
    *,
    hypotheses: int,
    avoid: tuple[str, ...],
    beginnings: Sequence[str],
    attention: bool,
    originals: Sequence[str] | None = None,
) -> list[tuple[Rendering, ...]]:
    """One decoding of all texts, judged against the originals; of several hypotheses those that avoid what they should come first."""
    decoding = Decoding(
        beam=decoding.beam, repetition_penalty=decoding.repetition_penalty, no_repeat_ngram=decoding.no_repeat_ngram, avoid=avoid
    )
    cuts, pieces = _cut_all(model, texts)
    firsts = [own if number == 0 else "" for own, spans in zip(beginnings, cuts, strict=True) for number in range(len(spans))]
    outputs = model.translate(pieces, decoding, hypotheses=hypotheses, attention=attention, beginnings=firsts)
    results = []
    at = 0
    for text, spans, original in zip(texts, cuts, originals or texts, strict=True):
        parts, sources = outputs[at : at + len(spans)], pieces[at : at + len(spans)]
        at += len(spans)
        ranks = range(min(len(part) for part in parts))
        renderings = [_rendering(model, text, original, spans, sources, [part[rank] for part in parts], attention) for rank in ranks]
        if avoid:
            renderings.sort(key=lambda rendering: any(phrase in rendering.text for phrase in avoid))
        results.append(tuple(renderings))
    return results


def _cut_all(model: Model, texts: Sequence[str]) -> tuple[list[tuple[tuple[int, int], ...]], list[list[str]]]:
    """The spans of each text, and the pieces of all spans in one row."""
    cuts: list[tuple[tuple[int, int], ...]] = []
    row: list[list[str]] = []
    for text, pieces in zip(texts, model.encode(texts), strict=True):
        if len(pieces) <= LIMIT:
            cuts.append(((0, len(text)),))
            row.append(pieces)
            continue
        spans = cut(text, lambda part: len(model.encode([part])[0]), limit=LIMIT)
        cuts.append(spans)
        row += model.encode([text[start:end] for start, end in spans])
    return cuts, row


def _rendering(
    model: Model,
    text: str,
    original: str,
    spans: tuple[tuple[int, int], ...],
    sources: Sequence[list[str]],
    outputs: Sequence[Output],
    attention: bool,
) -> Rendering:
    """The outputs for the spans of a text as one rendering."""
    target, starts = joined(text, spans, tuple(output.text for output in outputs))
    alignment = None
    if attention:
        ours: list[tuple[int, int]] = []
        theirs: list[tuple[int, int]] = []
        attended: list[int] = []
        for (start, end), pieces, output, offset in zip(spans, sources, outputs, starts, strict=True):
            attended += [len(ours) + index for index in output.attended]
            ours += [(start + left, start + right) for left, right in model.source_spans(text[start:end], pieces)]
            theirs += [(offset + left, offset + right) for left, right in output.pieces]
        alignment = Alignment(source=tuple(ours), target=tuple(theirs), attended=tuple(attended))
    return Rendering(
        text=target,
        log_probability=math.fsum(output.log_probability for output in outputs) / len(outputs),
        warnings=findings(original, target),
        alignment=alignment,
    )


def _spoken(text: str, rendering: Rendering) -> Rendering:
    """The rendering, or the source in place of an empty one."""
    if any(character.isalnum() for character in rendering.text):
        return rendering
    return Rendering(text=text, log_probability=rendering.log_probability, warnings=("Nothing came out; the source stands here.",))
