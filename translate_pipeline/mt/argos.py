"""The engine: requests in, hypotheses out, with whatever packages there are."""

import collections
import math
import os
import pathlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from translate_pipeline import content as contents
from translate_pipeline.model import Content, Hypothesis, Request
from translate_pipeline.mt.alignment import Alignment, Span, divide, locate
from translate_pipeline.mt.casing import Casing, casing, restore, sentence_case
from translate_pipeline.mt.decoder import Model
from translate_pipeline.mt.guards import needs_translation
from translate_pipeline.mt.hop import QUALITIES, Quality, Rendering, translate
from translate_pipeline.mt.markup import Marked, mark, unmark
from translate_pipeline.mt.packages import Package, chain, discover

__all__ = ["ArgosEngine", "load"]


def load(paths: Iterable[pathlib.Path] = (), *, quality: str = "balanced", threads: int | None = None) -> "ArgosEngine":
    """An engine with the packages given as files or folders, those installed and those bundled.

    `quality` is one of `QUALITIES`; `threads` are as many as the processors that this process may use, or fewer if so wished. Models are loaded when they are needed.

    Raises:
        PackageError: a given package cannot be used.
    """
    cores = len(os.sched_getaffinity(0))
    return ArgosEngine(discover(paths), quality=QUALITIES[quality], threads=min(threads or cores, cores))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """A translated text, over all packages of the chain."""

    text: str
    score: float
    warnings: tuple[str, ...] = ()
    hops: tuple[tuple[Alignment, str], ...] = ()


class ArgosEngine:
    """Translates with Argos packages, over a chain of them where there is no direct one. See `mt.engine.Engine`.

    A text is translated once however often it is asked for, and its translation does not depend on what else is asked for.
    """

    def __init__(self, packages: Sequence[Package], *, quality: Quality = QUALITIES["balanced"], threads: int = 1) -> None:
        self.packages = tuple(packages)
        self._quality = quality
        self._threads = threads
        self._models: dict[pathlib.Path, Model] = {}

    def translate(self, requests: Sequence[Request]) -> Iterator[tuple[Hypothesis, ...]]:
        """The hypotheses of every request; as fast as possible if requests come by the thousand."""
        marked = [unmark(request.source) for request in requests]
        groups: dict[tuple[str, str, tuple[str, ...]], list[int]] = collections.defaultdict(list)
        for index, request in enumerate(requests):
            groups[request.source_language, request.target_language, request.avoid].append(index)
        results: dict[int, tuple[Hypothesis, ...]] = {}
        for (source_language, target_language, avoid), indexes in groups.items():
            origin = self.origin(source_language, target_language)
            pair = (source_language, target_language)
            texts: dict[tuple[str, str], None] = dict.fromkeys((marked[index].text, requests[index].prefix) for index in indexes)
            count = max(requests[index].hypotheses for index in indexes)
            spanned = any(marked[index].nodes for index in indexes)
            answers = dict(zip(texts, self._texts(tuple(texts), pair, count=count, avoid=avoid, attention=spanned), strict=True))
            phrases = self._phrases([marked[index] for index in indexes], pair) if spanned else {}
            for index in indexes:
                request = requests[index]
                results[index] = tuple(
                    Hypothesis(
                        key=request.key,
                        target=_put_back(marked[index], answer, phrases),
                        origin=origin,
                        score=answer.score,
                        warnings=answer.warnings,
                    )
                    for answer in answers[marked[index].text, request.prefix][: request.hypotheses]
                )
        for index in range(len(requests)):
            yield results[index]

    def survives(self, text: str, source_language: str, target_language: str) -> bool:
        """Whether every package of the chain can spell `text` and gives it back unchanged."""
        return all(self._model(package).survives(text) for package in chain(self.packages, source_language, target_language))

    def origin(self, source_language: str, target_language: str) -> str:
        """The packages that translate this pair."""
        return "mt:" + "+".join(package.name for package in chain(self.packages, source_language, target_language))

    def _model(self, package: Package) -> Model:
        if package.path not in self._models:
            self._models[package.path] = Model(package, threads=self._threads)
        return self._models[package.path]

    def _phrases(self, marked: Iterable[Marked], pair: tuple[str, str]) -> dict[str, str]:
        """The spans between paired codes, translated by themselves: where the same words stand in the sentence, there is the span."""
        phrases = dict.fromkeys(
            item.text[start:end].strip() for item in marked for start, end in item.spans() if (start, end) != (0, len(item.text))
        )
        texts = tuple((phrase, "") for phrase in phrases if phrase)
        return {
            text: answers[0].text for (text, _), answers in zip(texts, self._texts(texts, pair), strict=True) if not answers[0].warnings
        }

    def _texts(
        self,
        texts: tuple[tuple[str, str], ...],
        pair: tuple[str, str],
        *,
        count: int = 1,
        avoid: tuple[str, ...] = (),
        attention: bool = False,
    ) -> list[tuple[_Answer, ...]]:
        """The answers for distinct plain texts, each with what its translation begins with; what has no letters is its own translation."""
        models = [self._model(package) for package in chain(self.packages, *pair)]
        styles = {text: casing(text, models[0].cost) for text, _ in texts if needs_translation(text)}
        prepared = {text: sentence_case(text, style, models[0].cost) for text, style in styles.items()}
        distinct = tuple(dict.fromkeys((prepared[text], beginning) for text, beginning in texts if text in styles))
        rendered = dict(zip(distinct, self._chained(models, distinct, count=count, avoid=avoid, attention=attention), strict=True))
        return [
            tuple(_restored(text, styles[text], answer, pair[1]) for answer in rendered[prepared[text], beginning])
            if text in styles
            else (_Answer(text=text, score=1.0),)
            for text, beginning in texts
        ]

    def _chained(
        self, models: Sequence[Model], texts: tuple[tuple[str, str], ...], *, count: int, avoid: tuple[str, ...], attention: bool
    ) -> list[tuple[_Answer, ...]]:
        """Sentence by sentence through the chain; only the last package is asked for more than one hypothesis."""
        so_far: list[tuple[Rendering, ...]] = [() for _ in texts]
        current = tuple(text for text, _ in texts)
        for model in models[:-1]:
            step = translate(model, current, quality=self._quality, attention=attention)
            so_far = [(*earlier, renderings[0]) for earlier, renderings in zip(so_far, step, strict=True)]
            current = tuple(renderings[0].text for renderings in step)
        beginnings = tuple(beginning for _, beginning in texts)
        last = translate(
            models[-1], current, quality=self._quality, hypotheses=count, avoid=avoid, beginnings=beginnings, attention=attention
        )
        return [tuple(_answer((*earlier, rendering)) for rendering in renderings) for earlier, renderings in zip(so_far, last, strict=True)]


def _answer(renderings: tuple[Rendering, ...]) -> _Answer:
    """The renderings by the packages of a chain, one after the other, as one answer."""
    aligned = all(rendering.alignment for rendering in renderings)
    return _Answer(
        text=renderings[-1].text,
        score=round(math.exp(math.fsum(rendering.log_probability for rendering in renderings)), 2),
        warnings=tuple(dict.fromkeys(warning for rendering in renderings for warning in rendering.warnings)),
        hops=tuple((rendering.alignment, rendering.text) for rendering in renderings if rendering.alignment) if aligned else (),
    )


def _restored(source: str, style: Casing, answer: _Answer, language: str) -> _Answer:
    if style is Casing.USUAL:
        return answer
    text = restore(source, answer.text, style, language)
    # ß in capitals is longer: then the places of the words are no longer known
    return _Answer(text=text, score=answer.score, warnings=answer.warnings, hops=answer.hops if len(text) == len(answer.text) else ())


def _put_back(marked: Marked, answer: _Answer, phrases: dict[str, str]) -> Content:
    if not marked.nodes:
        return contents.join((*marked.before, *contents.from_text(answer.text), *marked.after))

    def find(span: Span) -> Span:
        rendering = phrases.get(marked.text[span[0] : span[1]].strip(), "")
        return locate(marked.text, span, answer.text, hops=answer.hops, rendering=rendering)

    def between(at: int) -> int:
        return divide(marked.text, at, answer.text, hops=answer.hops)

    return mark(marked, answer.text, locate=find, divide=between)
