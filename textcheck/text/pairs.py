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
_SHIFT, _LOW = np.uint64(3), np.uint8(7)
_PART = 16_384  # so many are looked up at once: all that is made of them stays in the cache
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
        joined = np.zeros(len(first), dtype=np.bool_)
        for low in range(0, len(first), _PART):
            keys = first[low : low + _PART] * np.uint64(CHARACTERS)
            keys += second[low : low + _PART]
            bits = self._bits.take((keys >> _SHIFT).view(np.int64))
            bits >>= keys.astype(np.uint8) & _LOW
            bits &= np.uint8(1)
            joined[low : low + _PART] = bits.view(np.bool_)
        return joined
