"""Which characters stand next to each other in words of the dictionary."""

import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["CHARACTERS", "MAGIC", "WordPairs"]

MAGIC = b"textcheck pairs 1\n"
"""The first line of the file; the digest of the table of n-grams and a bit for each pair follow."""

CHARACTERS = 4096
"""How many numbers textcheck/text/ngrams.py gives to characters."""
_SHIFT, _LOW = np.uint64(3), np.uint64(7)
_DIGEST = 16


class WordPairs:
    """A bit for each two characters, by their numbers in the table of n-grams."""

    def __init__(self, path: Path, ngrams: str) -> None:
        """Read the file; raise ValueError if it is not of the n-grams with that digest."""
        data = path.read_bytes()
        head = MAGIC + ngrams.encode()
        if not data.startswith(head):
            raise ValueError("not made for this table of n-grams")
        packed = zlib.decompress(data[len(MAGIC) + _DIGEST :])
        self._bits = np.frombuffer(packed, dtype=np.uint8)

    def joined(self, first: NDArray[np.uint64], second: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Tell of each two characters whether a word has them one after the other."""
        keys = first * np.uint64(CHARACTERS) + second
        bytes_of = self._bits[(keys >> _SHIFT).view(np.int64)]
        bits: NDArray[np.bool_] = (bytes_of >> (keys & _LOW).astype(np.uint8)) & 1 > 0
        return bits
