"""The joint SentencePiece vocabulary: pieces of the pretrained encoder that the corpus needs, letters, and bytes.

Whatever the pieces cannot spell falls back to single letters, and what has no letter piece to its UTF-8 bytes, so no name is lost.
"""

import collections
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import sentencepiece
from sentencepiece import sentencepiece_model_pb2 as protocol

from training.weights import Encoder

PAD, EOS, UNK = 0, 1, 2
_SPECIAL = ("<pad>", "</s>", "<unk>")
_NORMAL, _UNKNOWN, _CONTROL, _BYTE = 1, 2, 3, 6

LETTERS = (
    "▁"
    + "".join(map(chr, range(0x21, 0x7F)))
    + "".join(map(chr, range(0xC0, 0x180)))
    + "".join(map(chr, range(0x391, 0x3CA)))
    + "".join(map(chr, range(0x410, 0x450)))
    + "ЁёЇїІіЄєҐґЎўӘәҒғҚқҢңӨөҰұҮүҺһ§°±«»·¿¡×÷–—‘’‚“”„†•…€£¥ȘșȚțƏəẞ"
)


def build(encoder: Encoder, texts: Sequence[str], size: int) -> bytes:
    """A SentencePiece model of `size` pieces: specials, bytes, letters, then the pieces most frequent in `texts`."""
    scores = {
        piece: float(score)
        for piece, score in zip(encoder.pieces, encoder.scores, strict=False)
        if piece and "\ufffd" not in piece and piece not in _SPECIAL and piece != "<s>"
    }
    lowest = min(scores.values())
    letters = {letter: scores.get(letter, lowest) for letter in LETTERS}
    full = sentencepiece.SentencePieceProcessor(model_proto=_model(letters | scores))
    counts: collections.Counter[str] = collections.Counter()
    for pieces in full.encode(list(texts), out_type=str):
        counts.update(pieces)
    room = size - len(_SPECIAL) - 256 - len(letters)
    frequent = [piece for piece, _ in counts.most_common() if piece in scores and piece not in letters][:room]
    return _model(letters | {piece: scores[piece] for piece in frequent})


def processor(path: Path) -> sentencepiece.SentencePieceProcessor:
    """The tokenizer of a `sentencepiece.model` file."""
    return sentencepiece.SentencePieceProcessor(model_file=str(path))


def pieces_of(tokenizer: sentencepiece.SentencePieceProcessor) -> list[str]:
    """All pieces in the order of their ids."""
    return [tokenizer.id_to_piece(i) for i in range(tokenizer.get_piece_size())]


def _model(scores: dict[str, float]) -> bytes:
    model = protocol.ModelProto()  # type: ignore[attr-defined]  # made when it is imported
    model.ParseFromString(_normalizer())
    del model.pieces[:]
    trainer = model.trainer_spec
    trainer.model_type = protocol.TrainerSpec.UNIGRAM  # type: ignore[attr-defined]
    trainer.byte_fallback = True
    trainer.vocab_size = len(_SPECIAL) + 256 + len(scores)
    trainer.pad_id, trainer.eos_id, trainer.unk_id, trainer.bos_id = PAD, EOS, UNK, -1
    specials = ((_SPECIAL[PAD], _CONTROL), (_SPECIAL[EOS], _CONTROL), (_SPECIAL[UNK], _UNKNOWN))
    every: Iterable[tuple[str, float, int]] = (
        *((text, 0.0, kind) for text, kind in specials),
        *((f"<0x{byte:02X}>", 0.0, _BYTE) for byte in range(256)),
        *((text, score, _NORMAL) for text, score in scores.items()),
    )
    for text, score, kind in every:
        model.pieces.add(piece=text, score=score, type=kind)
    return bytes(model.SerializeToString())


def _normalizer() -> bytes:
    """A throw-away model: SentencePiece writes its compiled normalisation rules (nmt_nfkc) only when it trains."""
    with tempfile.TemporaryDirectory() as folder:
        prefix = Path(folder) / "normalizer"
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(["a b c d e f"]),
            model_prefix=str(prefix),
            vocab_size=12,
            model_type="char",
            normalization_rule_name="nmt_nfkc",
            minloglevel=2,
        )
        return prefix.with_suffix(".model").read_bytes()
