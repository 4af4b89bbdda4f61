"""
From clean text to the probabilities of a character after the four before it.

All rows of five characters are packed into words of 64 bits and sorted once; the shorter rows
are what those begin with. Probabilities are interpolated with absolute discounting, with three
discounts an order (Chen and Goodman 1999); rows that tell little more than the shorter ones are
left out (Stolcke 1998).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textcheck.text.language import ORDER

__all__ = ["Rows", "counted", "kept_rows", "smoothed"]

Keys = NDArray[np.uint64]
Floats = NDArray[np.float32]

_LEAST_COUNT = 2  # what was seen once is as often chance or a misprint
_USUAL_DISCOUNT = 0.75
_RARE = 0.5  # added to the count of every character, so that none is impossible


@dataclass(slots=True)
class Rows:
    """All rows of one length: keys in order, counts, probabilities, and what each adds."""

    keys: Keys
    counts: NDArray[np.int32]
    probability: Floats
    worth: Floats  # count times the gain in log probability over the shorter row

    def at(self, keys: Keys) -> NDArray[np.int64]:
        """Return the places of keys that are there."""
        return np.searchsorted(self.keys, keys)

    def only(self, kept: NDArray[np.bool_]) -> "Rows":
        """Return some of the rows."""
        return Rows(self.keys[kept], self.counts[kept], self.probability[kept], self.worth[kept])


def counted(codes: NDArray[np.uint16], size: int) -> dict[int, tuple[Keys, NDArray[np.int32]]]:
    """Return keys in order and counts of all rows of one to five of `size` codes."""
    wide = codes.astype(np.uint64)
    end = len(codes) - ORDER + 1
    keys = wide[:end].copy()
    for place in range(1, ORDER):
        keys *= np.uint64(size)
        keys += wide[place : end + place]
    del wide
    keys.sort()
    found = {}
    for order in range(ORDER, 0, -1):
        shorter = keys // np.uint64(size ** (ORDER - order))
        borders = np.flatnonzero(np.concatenate([[True], shorter[1:] != shorter[:-1], [True]]))
        found[order] = (shorter[borders[:-1]], np.diff(borders).astype(np.int32))
    return found


def smoothed(codes: NDArray[np.uint16], size: int) -> dict[int, Rows]:
    """Return all rows of one to five characters with their probabilities."""
    found = counted(codes, size)
    keys, counts = found[1]
    smooth = counts + _RARE
    total = smooth.sum() + _RARE * (size - len(keys))
    rows = {1: Rows(keys, counts, (smooth / total).astype(np.float32), np.zeros(len(keys), "f4"))}
    for order in range(2, ORDER + 1):
        keys, counts = found.pop(order)
        shorter = rows[order - 1]
        lower = shorter.probability[shorter.at(keys % np.uint64(size ** (order - 1)))]
        discounts = _discounts(counts)[np.minimum(counts, 3)]
        before = keys // np.uint64(size)
        first = np.flatnonzero(np.concatenate([[True], before[1:] != before[:-1]]))
        lengths = np.diff(np.append(first, len(keys)))
        all_ = np.add.reduceat(counts.astype(np.float64), first)
        left = np.repeat(np.add.reduceat(discounts, first) / all_, lengths)
        probability = (counts - discounts) / np.repeat(all_, lengths) + left * lower
        worth = counts * (np.log(probability) - np.log(left * lower))
        rows[order] = Rows(keys, counts, probability.astype(np.float32), worth.astype(np.float32))
    return rows


def _discounts(counts: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return what is taken from a count of 0, 1, 2, and 3 or more."""
    of = [int(np.count_nonzero(counts == number)) for number in range(1, 5)]
    if not all(of):
        return np.array([0.0, *[_USUAL_DISCOUNT] * 3])  # too little text to tell
    base = of[0] / (of[0] + 2 * of[1])
    return np.array([0.0, *(n - (n + 1) * base * of[n] / of[n - 1] for n in (1, 2, 3))])


def kept_rows(rows: dict[int, Rows], size: int, worth: float) -> dict[int, Rows]:
    """
    Return the rows of two characters or more that are worth so much, or that those need.

    With a row its beginning and its end are kept: what it backs off from and to.
    """
    kept = {
        order: (rows[order].worth >= worth) & (rows[order].counts >= _LEAST_COUNT)
        for order in range(2, ORDER + 1)
    }
    for order in range(ORDER, 2, -1):
        keys = rows[order].keys[kept[order]]
        for part in (keys // np.uint64(size), keys % np.uint64(size ** (order - 1))):
            kept[order - 1][rows[order - 1].at(part)] = True
    return {order: rows[order].only(mask) for order, mask in kept.items()}
