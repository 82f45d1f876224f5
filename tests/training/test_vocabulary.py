"""The pruned vocabulary with its fallbacks."""

import pathlib

import numpy as np
import pytest

pytest.importorskip("google.protobuf", reason="the training group is not installed")

from training import vocabulary
from training.weights import Encoder


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A vocabulary pruned from an encoder with a handful of pieces."""
    pieces = ("<s>", "<pad>", "</s>", "<unk>", "▁the", "▁President", "▁Präsident", "stan", "▁rare")
    encoder = Encoder(pieces=pieces, scores=np.linspace(-1, -9, len(pieces), dtype=np.float32), width=32, positions=1, data=b"", where={})
    path = tmp_path_factory.mktemp("vocabulary") / "sentencepiece.model"
    path.write_bytes(vocabulary.build(encoder, ["the President", "Präsident Kasachstan", "the the"], 3 + 256 + len(vocabulary.LETTERS) + 4))
    return path


@pytest.mark.parametrize("text", ["the President", "Kasachstan", "Қазақстан", "中国 ☭", "Łódź"])
def test_nothing_is_lost(model: pathlib.Path, text: str) -> None:
    """Every text comes back: through pieces, through letters, or through bytes; nothing is unknown."""
    tokenizer = vocabulary.processor(model)
    ids = tokenizer.encode(text)
    assert vocabulary.UNK not in ids
    assert tokenizer.decode(ids) == text


def test_frequent_pieces_are_kept_and_the_rest_is_left_out(model: pathlib.Path) -> None:
    """A piece that the texts do not use makes room; specials have the ids that the network expects."""
    pieces = vocabulary.pieces_of(vocabulary.processor(model))
    assert {"▁the", "▁President", "▁Präsident", "stan"} <= set(pieces)
    assert "▁rare" not in pieces
    assert [pieces[i] for i in (vocabulary.PAD, vocabulary.EOS, vocabulary.UNK)] == ["<pad>", "</s>", "<unk>"]
