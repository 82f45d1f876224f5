"""One package, loaded: pieces in, pieces out.

A text is translated the same whatever else is translated with it, so that an interrupted run ends with the bytes of an undisturbed one.
That takes some care: the length to which a source is padded changes the last bits of its numbers and, now and then, a word of its
translation. So texts are put into classes by length, and every batch of a class is padded to the same length, if need be by a row of filler.
"""

import collections
import json
import math
import os
import pathlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from translate_pipeline.errors import PackageError
from translate_pipeline.mt.packages import Package, argos_package

__all__ = ["Decoding", "Model", "Output"]

_BATCH_PIECES = 2048
_BATCH_ROWS = 40
"""With more rows the states of a beam of 4 leave the processor's cache: 70 rows take 7 % longer a row (`benchmarks.batches`)."""
_CLASS = 8
"""How many lengths share a class: wide enough for full batches, narrow enough to waste little on padding."""
_LENGTH_PENALTY = 0.2
"""As in Argos."""
_MOST_PIECES = 250
"""Of a translation: as Argos, whose models may have no more than 256 places for a piece. Sources are cut to half of that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """How to search for a translation. The last three are off at 1, 0 and ()."""

    beam: int
    repetition_penalty: float = 1.0
    no_repeat_ngram: int = 0
    avoid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A translation: its text, the mean log probability of its pieces, and for each piece the source piece that it looks at.

    `pieces` are spans of the text, `attended` indexes into the pieces of the source; both empty unless attention was asked for.
    """

    text: str
    log_probability: float
    pieces: tuple[tuple[int, int], ...] = ()
    attended: tuple[int, ...] = ()


class Model:
    """A translator with its tokenizer. Loaded when made; holds the weights in memory."""

    def __init__(self, package: Package, *, threads: int) -> None:
        import ctranslate2  # noqa: PLC0415 - takes 0.2 s, and most commands do not translate

        self.package = package
        try:
            self._translator = ctranslate2.Translator(
                os.fspath(package.path / "model"),
                device="cpu",
                compute_type="auto",
                inter_threads=threads,
                intra_threads=1,
                max_queued_batches=threads,  # a program that is stopped still waits for all batches in the queue
            )
            self._tokenizer = argos_package(package.path).tokenizer
            self._processor = self._tokenizer.lazy_processor() if hasattr(self._tokenizer, "lazy_processor") else None
            self._tokenizer.encode("")
        except (RuntimeError, ValueError, OSError) as problem:
            raise PackageError(
                f"{package.path}: the model cannot be loaded: {problem}. Remove the package and install it again."
            ) from problem
        self._source_vocabulary = _vocabulary(package.path / "model", "source")
        self._target_vocabulary = _vocabulary(package.path / "model", "target")
        self._use_map = (package.path / "model" / "vmap.txt").exists()

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """The pieces of each text."""
        if self._processor is not None:
            return list(self._processor.encode(list(texts), out_type=str))
        return [self._tokenizer.encode(text) for text in texts]

    def decode(self, pieces: Sequence[str]) -> str:
        """The text that the pieces spell. Argos' own way turns every underscore into a space."""
        if self._processor is not None:
            return str(self._processor.decode_pieces(list(pieces))).replace("▁", " ").strip(" ")
        return str(self._tokenizer.decode(list(pieces))).strip(" ")

    def translate(
        self,
        sources: Sequence[Sequence[str]],
        decoding: Decoding,
        *,
        hypotheses: int = 1,
        attention: bool = False,
        beginnings: Sequence[str] = (),
    ) -> list[tuple[Output, ...]]:
        """For each source, given in pieces and not empty, the best `hypotheses` translations, best first.

        `beginnings`, when there are any, are what the translation of each source has to begin with.
        """
        prefix = [self.package.target_prefix] if self.package.target_prefix else []
        first = self.encode(beginnings) if any(beginnings) else [[] for _ in sources]
        rows = [_Row(pieces=tuple(pieces), start=(*prefix, *own)) for pieces, own in zip(sources, first, strict=True)]
        options: dict[str, Any] = {
            "asynchronous": True,
            "beam_size": max(decoding.beam, hypotheses),
            "num_hypotheses": hypotheses,
            "length_penalty": _LENGTH_PENALTY,
            "repetition_penalty": decoding.repetition_penalty,
            "no_repeat_ngram_size": decoding.no_repeat_ngram,
            "suppress_sequences": self._sequences(decoding.avoid) or None,
            "replace_unknowns": True,
            "return_scores": True,
            "return_attention": attention,
            "use_vmap": self._use_map,
            "max_input_length": 0,
        }
        waiting: dict[_Row, Any] = {}
        for length, batch in _batches(dict.fromkeys(rows)):
            filled = [list(row.pieces) for row in batch] + _filler(batch, length)
            prefixes = (
                [list(row.start) for row in batch] + [prefix] * (len(filled) - len(batch)) if any(row.start for row in batch) else None
            )
            results = self._translator.translate_batch(filled, prefixes, max_decoding_length=min(2 * length + 20, _MOST_PIECES), **options)
            waiting |= dict(zip(batch, results[: len(batch)], strict=True))
        try:
            done = {row: result.result() for row, result in waiting.items()}
        except (RuntimeError, ValueError) as problem:  # the latter when the vocabulary is not that of the weights
            raise PackageError(f"{self.package.path}: the model fails: {problem}. Install another package for this pair.") from problem
        outputs = {row: self._outputs(row.pieces, result, len(prefix)) for row, result in done.items()}
        return [outputs[row] for row in rows]

    def cost(self, word: str) -> tuple[float, ...]:
        """How unlikely `word` is in running text: its number of pieces, then what the vocabulary says against them."""
        if self._processor is None:
            return (len(self._tokenizer.encode(word)),)
        ids = self._processor.encode(word, out_type=int)
        unknown = sum(self._processor.is_unknown(number) for number in ids)
        return (unknown, len(ids), -math.fsum(self._processor.get_score(number) for number in ids))

    def survives(self, text: str) -> bool:
        """Whether `text` can be spelled with the vocabularies of both sides, and reads the same afterwards, alone and between words."""
        for context in (text, f"a {text} b"):
            pieces = self.encode([context])[0]
            if self.decode(pieces) != context or any(_missing(piece, self._source_vocabulary, self._target_vocabulary) for piece in pieces):
                return False
        return True

    def source_spans(self, text: str, pieces: Sequence[str]) -> tuple[tuple[int, int], ...]:
        """Where in `text` each piece stands. A piece that was normalised away has an empty span."""
        spans = []
        at = 0
        for piece in pieces:
            surface = piece.replace("▁", "").removesuffix("@@")
            found = text.find(surface, at)
            if surface and 0 <= found <= at + 20:
                spans.append((found, found + len(surface)))
                at = found + len(surface)
            else:
                spans.append((at, at))
        return tuple(spans)

    def _outputs(self, source: Sequence[str], result: Any, prefix: int) -> tuple[Output, ...]:
        outputs = []
        for rank, hypothesis in enumerate(result.hypotheses):
            pieces = hypothesis[prefix:]
            # the score is the sum of the log probabilities, the end included, divided by a power of their number
            length = len(hypothesis) + 1
            mean = result.scores[rank] * length**_LENGTH_PENALTY / length
            if not result.attention:
                outputs.append(Output(text=self.decode(pieces), log_probability=mean))
                continue
            rows = [row[: len(source)] for row in result.attention[rank][-len(pieces) :]] if pieces else []
            outputs.append(
                Output(
                    text=self.decode(pieces),
                    log_probability=mean,
                    pieces=self._target_spans(pieces),
                    attended=tuple(row.index(max(row)) for row in rows),
                )
            )
        return tuple(outputs)

    def _target_spans(self, pieces: Sequence[str]) -> tuple[tuple[int, int], ...]:
        ends = [len(self.decode(pieces[: count + 1])) for count in range(len(pieces))]
        starts = [0, *ends[:-1]]
        return tuple((min(start, end), end) for start, end in zip(starts, ends, strict=True))

    def _sequences(self, renderings: Sequence[str]) -> list[list[str]]:
        """The renderings in pieces, at the start of a word and behind an opening bracket or quotation mark."""
        sequences = []
        for rendering in renderings:
            whole, bracket, behind = self.encode([rendering, "(", f"({rendering}"])
            sequences.append(whole)
            if behind[: len(bracket)] == bracket:
                sequences.append(behind[len(bracket) :])
        return [sequence for sequence in sequences if sequence]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A source in pieces, and the pieces that its translation begins with."""

    pieces: tuple[str, ...]
    start: tuple[str, ...]


def _batches(rows: Iterable[_Row]) -> list[tuple[int, list[_Row]]]:
    """The rows in batches of one class, each with the length to pad to. The largest come first, so that the threads end together."""
    classes: dict[int, list[_Row]] = collections.defaultdict(list)
    for row in rows:
        classes[-(-len(row.pieces) // _CLASS) * _CLASS].append(row)
    batches = []
    for length, members in classes.items():
        size = max(1, min(_BATCH_ROWS, _BATCH_PIECES // max(1, length)))
        batches += [(length, members[start : start + size]) for start in range(0, len(members), size)]
    return sorted(batches, key=lambda batch: (batch[0] * len(batch[1]), batch[0]), reverse=True)


def _filler(batch: Sequence[_Row], length: int) -> list[list[str]]:
    """A row of full length for a batch that has none: its longest, with the last piece repeated."""
    longest = max((row.pieces for row in batch), key=len)
    return [[*longest, *longest[-1:] * (length - len(longest))]] if 0 < len(longest) < length else []


def _vocabulary(folder: pathlib.Path, side: str) -> frozenset[str]:
    """The vocabulary of the model in the formats that converters have written; empty when there is none to be found."""
    for stem in (f"{side}_vocabulary", "shared_vocabulary"):
        as_json, as_text = folder / f"{stem}.json", folder / f"{stem}.txt"
        if as_json.exists():
            return frozenset(json.loads(as_json.read_text(encoding="utf-8")))
        if as_text.exists():
            return frozenset(as_text.read_text(encoding="utf-8").splitlines())
    return frozenset()


def _missing(piece: str, *vocabularies: frozenset[str]) -> bool:
    return any(vocabulary and piece not in vocabulary for vocabulary in vocabularies)
