"""An Argos package with seeded random weights, and articles in its language: for measuring speed where no model is needed.

The shape is Transformer base (6+6 layers, 512, vocabulary of 32,000) unless told otherwise. Random weights never end a sentence, so that the
length of every translation is bounded by who measures (`bounded`).
"""

import contextlib
import json
import pathlib
import random
from collections.abc import Iterator
from typing import Any

import ctranslate2
import numpy as np
import sentencepiece

__all__ = ["NAME", "articles", "bounded", "build"]

NAME = "translate-en_de-0_0"
_SYLLABLES = [consonant + vowel for consonant in "bdfghklmnprstvwz" for vowel in ("a", "e", "i", "o", "u", "an", "er", "in")]


def articles(*, count: int, sentences: int, seed: int = 0) -> list[list[str]]:
    """`count` articles of `sentences` sentences of 4 to 22 words, without a repeated sentence; word frequencies as in language (Zipf)."""
    draw = random.Random(seed)
    words = _lexicon(draw)
    weights = [1 / (rank + 10) for rank in range(len(words))]
    cumulative = list(np.cumsum(weights))
    result = []
    for _ in range(count):
        lines = []
        for _ in range(sentences):
            chosen = draw.choices(words, cum_weights=cumulative, k=draw.randint(4, 22))
            lines.append(" ".join(chosen).capitalize() + ".")
        result.append(lines)
    return result


def build(
    folder: pathlib.Path, *, layers: tuple[int, int] = (6, 6), width: int = 512, vocabulary: int = 32_000, seed: int = 0
) -> pathlib.Path:
    """Write the package "en_de" into `folder` and return its folder."""
    package = folder / NAME
    package.mkdir(parents=True)
    text = folder / "text.txt"
    text.write_text("\n".join(line for article in articles(count=400, sentences=40, seed=seed + 1) for line in article), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(text), model_prefix=str(package / "sentencepiece"), vocab_size=vocabulary, model_type="bpe", minloglevel=2, num_threads=2
    )
    (package / "sentencepiece.vocab").unlink()
    processor = sentencepiece.SentencePieceProcessor(model_file=str(package / "sentencepiece.model"))
    pieces = [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
    (package / "model").mkdir()
    _model(layers, width, pieces, seed).save(str(package / "model"))
    metadata = {
        "package_version": "0.0",
        "argos_version": "1.9",
        "from_code": "en",
        "from_name": "English",
        "to_code": "de",
        "to_name": "German",
    }
    (package / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    return package


@contextlib.contextmanager
def bounded(length: int) -> Iterator[None]:
    """Inside, every translation by CTranslate2 in this process has exactly `length` pieces, whoever asks for it."""
    original = ctranslate2.Translator

    class Bounded(original):  # type: ignore[misc, valid-type]
        def translate_batch(self, *args: Any, **options: Any) -> Any:
            return super().translate_batch(*args, **options | {"max_decoding_length": length, "min_decoding_length": length})

    ctranslate2.Translator = Bounded
    try:
        yield
    finally:
        ctranslate2.Translator = original


def _lexicon(draw: random.Random) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < 40_000:
        words["".join(draw.choices(_SYLLABLES, k=draw.choice((1, 2, 2, 3, 3, 4))))] = None
    return list(words)


def _model(layers: tuple[int, int], width: int, pieces: list[str], seed: int) -> Any:
    spec = ctranslate2.specs.TransformerSpec.from_config(layers, width // 64)
    draw = np.random.default_rng(seed)
    vocabulary = len(pieces)

    def matrix(rows: int, columns: int) -> Any:
        return draw.normal(0, columns**-0.5, (rows, columns)).astype(np.float32)

    def fill_linear(linear: Any, rows: int, columns: int) -> None:
        linear.weight, linear.bias = matrix(rows, columns), np.zeros(rows, np.float32)

    def fill_norm(norm: Any) -> None:
        norm.gamma, norm.beta = np.ones(width, np.float32), np.zeros(width, np.float32)

    def fill_attention(attention: Any, *, own: bool) -> None:
        fill_norm(attention.layer_norm)
        shapes = [3 * width, width] if own else [width, 2 * width, width]
        for linear, rows in zip(attention.linear, shapes, strict=True):
            fill_linear(linear, rows, width)

    for side in (spec.encoder, spec.decoder):
        embeddings = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        embeddings.weight = matrix(vocabulary, width)
        fill_norm(side.layer_norm)
        for layer in side.layer:
            fill_attention(layer.self_attention, own=True)
            if hasattr(layer, "attention"):
                fill_attention(layer.attention, own=False)
            fill_norm(layer.ffn.layer_norm)
            fill_linear(layer.ffn.linear_0, 4 * width, width)
            fill_linear(layer.ffn.linear_1, width, 4 * width)
    fill_linear(spec.decoder.projection, vocabulary, width)
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.add_source_eos = True
    spec.validate()
    spec.optimize(quantization="int8")
    return spec
