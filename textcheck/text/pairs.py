"""Which characters stand next to each other in words of the dictionary."""

import ctypes
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from textcheck.text.native import address, load_library

__all__ = ["CHARACTERS", "MAGIC", "Beside", "Lists", "WordPairs"]

MAGIC = b"textcheck pairs 1\n"
"""The first line of the file; the digest of the table of n-grams and a bit for each pair follow."""

CHARACTERS = 4096
"""How many numbers textcheck/text/ngrams.py gives to characters."""
_SHIFT, _LOW = np.uint64(3), np.uint8(7)
_PART = 16_384  # so many are looked up at once: all that is made of them stays in the cache
_DIGEST = 16
_ROW = CHARACTERS // 8  # bytes of one first character

Numbers = NDArray[np.uint64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lists:
    """Several lists of numbers: each goes from one of `starts` to one of `ends` in `numbers`."""

    starts: Places
    ends: Places
    numbers: Numbers

    @property
    def counts(self) -> Places:
        """Return how long each list is."""
        return self.ends - self.starts

    def each(self) -> Numbers:
        """Return the numbers of all lists, one list after the other."""
        counts = self.counts
        behind = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        each: Numbers = self.numbers[np.repeat(self.starts, counts) + behind]
        return each


@dataclass(frozen=True, slots=True)
class Beside:
    """
    Characters at places where they make a word with a neighbour, as arrays.

    `numbers` are those of the characters, `ahead` and `behind` tell with which neighbour.
    """

    places: Places
    numbers: Numbers
    ahead: NDArray[np.bool_]
    behind: NDArray[np.bool_]


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
        self._compiled = load_library(Path(__file__).with_name("beside.c"), "textcheck_beside")

    def beside(self, codes: Numbers, places: Places, tried: Lists) -> Beside:
        """
        Return which of the numbers tried at some places of a text make a word there.

        `codes` are the numbers of the text; `tried` has a list for each place.
        """
        if self._compiled is not None:
            return self._beside(self._compiled, codes, places, tried)
        counts, numbers = tried.counts, tried.each()
        left, right = np.repeat(codes[places - 1], counts), np.repeat(codes[places + 1], counts)
        joined, too = self.joined(left, numbers), self.joined(numbers, right)
        # Of twelve characters eleven make no word with either neighbour.
        kept = np.flatnonzero(joined | too)
        where = np.repeat(places, counts).take(kept)
        return Beside(where, numbers.take(kept), joined.take(kept), too.take(kept))

    def _beside(
        self, compiled: ctypes.CDLL, codes: Numbers, places: Places, tried: Lists
    ) -> Beside:
        compiled.textcheck_beside.restype = ctypes.c_int64
        size = int(tried.counts.sum())
        where, kept = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.uint64)
        ahead, behind = np.empty((2, size), dtype=np.bool_)
        lists = (tried.starts, tried.ends, tried.numbers)
        written = compiled.textcheck_beside(
            *(ctypes.c_void_p(address(array)) for array in (self._bits, codes, places)),
            ctypes.c_int64(len(places)),
            *(ctypes.c_void_p(address(array)) for array in lists),
            *(ctypes.c_void_p(address(array)) for array in (where, kept, ahead, behind)),
        )
        return Beside(where[:written], kept[:written], ahead[:written], behind[:written])

    def following(self, first: int) -> Places:
        """Return the numbers of the characters that stand behind one in words."""
        row = self._bits[first * _ROW : (first + 1) * _ROW]
        return np.flatnonzero(np.unpackbits(row, bitorder="little"))

    def preceding(self, second: int) -> Places:
        """Return the numbers of the characters that stand before one in words."""
        return np.flatnonzero(self._bits[second >> 3 :: _ROW] & np.uint8(1 << (second & 7)))

    def joined(self, first: Numbers, second: Numbers) -> NDArray[np.bool_]:
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
