"""The network: six encoder layers as in BERT, two decoder layers, every name as CTranslate2's specification has it.

Post-norm, GELU, learned positions: the shape of the pretrained encoder. Decoder embedding and output projection are one
matrix; a learned scale and a bias stand between them.
"""

import re
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.vocabulary import PAD
from training.weights import Array, Encoder

WIDTH, HEADS, INNER, POSITIONS = 384, 12, 1536, 256
ENCODER_LAYERS, DECODER_FROM = 6, (2, 5)
"""Encoder layers kept, and the layers of the pretrained encoder that the decoder layers start from."""


class Attention(nn.Module):
    """Multi-head attention with its residual and norm: over itself, or over `memory` when it is built as `cross`."""

    linear_0: nn.Linear
    linear_1: nn.Linear
    linear_2: nn.Linear

    def __init__(self, *, cross: bool, dropout: float) -> None:
        super().__init__()
        self.dropout = dropout
        self.layer_norm = nn.LayerNorm(WIDTH, eps=1e-5)
        widths = (WIDTH, 2 * WIDTH, WIDTH) if cross else (3 * WIDTH, WIDTH)
        for number, width in enumerate(widths):
            setattr(self, f"linear_{number}", nn.Linear(WIDTH, width))

    def forward(self, x: Tensor, memory: Tensor | None = None, *, mask: Tensor | None = None, causal: bool = False) -> Tensor:
        """`mask` is true where a position may be looked at."""
        if memory is None:
            query, key, value = self.linear_0(x).chunk(3, -1)
        else:
            query = self.linear_0(x)
            key, value = self.linear_1(memory).chunk(2, -1)
        query, key, value = (part.unflatten(-1, (HEADS, -1)).transpose(1, 2) for part in (query, key, value))
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask, is_causal=causal)
        mixed = mixed.transpose(1, 2).flatten(2)
        out = self.linear_1(mixed) if memory is None else self.linear_2(mixed)
        normed: Tensor = self.layer_norm(x + functional.dropout(out, self.dropout, self.training))
        return normed


class FeedForward(nn.Module):
    """Two linear layers with GELU between them, residual and norm."""

    def __init__(self, *, dropout: float) -> None:
        super().__init__()
        self.dropout = dropout
        self.layer_norm = nn.LayerNorm(WIDTH, eps=1e-5)
        self.linear_0 = nn.Linear(WIDTH, INNER)
        self.linear_1 = nn.Linear(INNER, WIDTH)

    def forward(self, x: Tensor) -> Tensor:
        """The block applied to every position."""
        out = self.linear_1(functional.gelu(self.linear_0(x)))
        normed: Tensor = self.layer_norm(x + functional.dropout(out, self.dropout, self.training))
        return normed


class Layer(nn.Module):
    """One layer of the encoder, or of the decoder when it has an attention over the encoder."""

    attention: Attention

    def __init__(self, *, decoder: bool, dropout: float) -> None:
        super().__init__()
        self.self_attention = Attention(cross=False, dropout=dropout)
        if decoder:
            self.attention = Attention(cross=True, dropout=dropout)
        self.ffn = FeedForward(dropout=dropout)


class Stack(nn.Module):
    """Embeddings, positions and layers of one side."""

    def __init__(self, vocabulary: int, *, layers: int, decoder: bool, dropout: float) -> None:
        super().__init__()
        self.dropout = dropout
        self.embeddings = nn.Embedding(vocabulary, WIDTH)
        self.position_encodings = nn.Embedding(POSITIONS, WIDTH)
        self.layernorm_embedding = nn.LayerNorm(WIDTH, eps=1e-5)
        self.layers = nn.ModuleList(Layer(decoder=decoder, dropout=dropout) for _ in range(layers))

    def each_layer(self) -> Iterator[Layer]:
        """The layers from the lowest up."""
        for layer in self.layers:
            assert isinstance(layer, Layer)
            yield layer

    def embed(self, ids: Tensor) -> Tensor:
        """Pieces and positions, normalised."""
        x = self.embeddings(ids) + self.position_encodings.weight[: ids.shape[1]]
        return functional.dropout(self.layernorm_embedding(x), self.dropout, self.training)


class Translator(nn.Module):
    """Encoder and decoder; the projection is left to the loss, which may need only a part of the vocabulary."""

    def __init__(self, vocabulary: int, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Stack(vocabulary, layers=ENCODER_LAYERS, decoder=False, dropout=dropout)
        self.decoder = Stack(vocabulary, layers=len(DECODER_FROM), decoder=True, dropout=dropout)
        self.scale = nn.Parameter(torch.tensor(0.3))
        self.bias = nn.Parameter(torch.zeros(vocabulary))

    def encode(self, source: Tensor) -> Tensor:
        """The states of the encoder for padded `source` ids."""
        mask = (source != PAD)[:, None, None, :]
        x = self.encoder.embed(source)
        for layer in self.encoder.each_layer():
            x = layer.ffn(layer.self_attention(x, mask=mask))
        return x

    def decode(self, memory: Tensor, source: Tensor, shifted: Tensor) -> Tensor:
        """The states of the decoder that predict the piece after each of `shifted`."""
        mask = (source != PAD)[:, None, None, :]
        x = self.decoder.embed(shifted)
        for layer in self.decoder.each_layer():
            x = layer.ffn(layer.attention(layer.self_attention(x, causal=True), memory, mask=mask))
        return x

    def logits(self, states: Tensor, candidates: Tensor | None = None) -> Tensor:
        """Scores of all pieces, or of the `candidates` alone."""
        weight: Tensor = self.decoder.embeddings.weight
        bias: Tensor = self.bias
        if candidates is not None:
            weight, bias = weight[candidates], bias[candidates]
        return functional.linear(states * self.scale, weight, bias)


def from_encoder(encoder: Encoder, pieces: Sequence[str], *, dropout: float = 0.1) -> Translator:
    """A network whose layers and embeddings start from the pretrained encoder."""
    model = Translator(len(pieces), dropout=dropout)
    rows = {piece: i for i, piece in reversed(list(enumerate(encoder.pieces)))}
    words = encoder.tensor("emb.word", len(encoder.pieces), WIDTH)
    random_ = np.random.default_rng(0)
    start = words[rows["<unk>"]] + 0.02 * random_.standard_normal((len(pieces), WIDTH), dtype=np.float32)
    for i, piece in enumerate(pieces):
        if piece in rows:
            start[i] = words[rows[piece]]
    positions = encoder.tensor("emb.pos", encoder.positions, WIDTH) + encoder.tensor("emb.type", 2, WIDTH)[0]
    for stack in (model.encoder, model.decoder):
        _set(stack.embeddings.weight, start)
        _set(stack.position_encodings.weight, positions[:POSITIONS])
        _set(stack.layernorm_embedding.weight, encoder.tensor("emb.ln.w", WIDTH))
        _set(stack.layernorm_embedding.bias, encoder.tensor("emb.ln.b", WIDTH))
    for layer, number in zip((*model.encoder.layers, *model.decoder.layers), (*range(ENCODER_LAYERS), *DECODER_FROM), strict=True):
        _fill(layer, encoder, number)
    return model


def _fill(layer: Layer, encoder: Encoder, number: int) -> None:
    """Copy one layer; cross-attention starts as the self-attention it stands beside."""

    def linear(target: nn.Linear, *names: str, rows: int = WIDTH, columns: int = WIDTH) -> None:
        _set(target.weight, np.concatenate([encoder.tensor(f"l{number}.{name}.w", rows, columns) for name in names]))
        _set(target.bias, np.concatenate([encoder.tensor(f"l{number}.{name}.b", rows) for name in names]))

    def norm(target: nn.LayerNorm, name: str) -> None:
        _set(target.weight, encoder.tensor(f"l{number}.{name}.w", WIDTH))
        _set(target.bias, encoder.tensor(f"l{number}.{name}.b", WIDTH))

    linear(layer.self_attention.linear_0, "q", "k", "v")
    linear(layer.self_attention.linear_1, "ao")
    norm(layer.self_attention.layer_norm, "aln")
    linear(layer.ffn.linear_0, "fi", rows=INNER)
    linear(layer.ffn.linear_1, "fo", columns=INNER)
    norm(layer.ffn.layer_norm, "oln")
    if hasattr(layer, "attention"):
        linear(layer.attention.linear_0, "q")
        linear(layer.attention.linear_1, "k", "v")
        linear(layer.attention.linear_2, "ao")
        norm(layer.attention.layer_norm, "aln")


def package_name(parameter: str) -> str:
    """The name that a parameter has inside a package: `decoder.layers.0.ffn.layer_norm.weight` → `decoder/layer_0/ffn/layer_norm/gamma`."""
    name = re.sub(r"layers\.(\d+)", r"layer_\1", parameter)
    name = re.sub(r"(norm|embedding)\.weight$", r"\1.gamma", name)
    name = re.sub(r"(norm|embedding)\.bias$", r"\1.beta", name)
    name = name.replace("position_encodings.weight", "position_encodings.encodings")
    if name == "bias":
        return "decoder/projection/bias"
    return name.replace("encoder.embeddings.", "encoder.embeddings_0.").replace(".", "/")


def load_package(model: Translator, pieces: Sequence[str], theirs: Sequence[str], variables: dict[str, Array]) -> int:
    """Take over the weights of a package; give the number of pieces that it knows. Other pieces keep what they have."""
    row = {piece: i for i, piece in enumerate(theirs)}
    mine = [i for i, piece in enumerate(pieces) if piece in row]
    other = [row[pieces[i]] for i in mine]
    projection = variables["decoder/projection/weight"]
    embedding = variables["decoder/embeddings/weight"] * variables["decoder/scale_embeddings"]
    scale = float((projection * embedding).sum() / (embedding * embedding).sum())
    bias = np.full(len(pieces), np.percentile(variables["decoder/projection/bias"], 10), np.float32)
    bias[mine] = variables["decoder/projection/bias"][other]
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name == "scale":
                parameter.fill_(scale)
            elif name == "bias":
                _set(parameter, bias)
            elif name.endswith("embeddings.weight"):
                rows = embedding if name.startswith("decoder") else variables[package_name(name)]
                parameter[mine] = torch.tensor(rows[other])
            else:
                _set(parameter, variables[package_name(name)])
    return len(mine)


def _set(parameter: Tensor, value: Array) -> None:
    if parameter.shape != value.shape:
        raise ValueError(f"The weights have the shape {value.shape}, the network wants {tuple(parameter.shape)}.")
    with torch.no_grad():
        parameter.copy_(torch.tensor(value))
