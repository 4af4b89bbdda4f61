"""Characters that mostly stand beside another one: 望 behind 希."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from textcheck.text.ngrams import Ngrams
from textcheck.text.pairs import Lists

__all__ = ["Tied"]

Numbers = NDArray[np.uint64]
Places = NDArray[np.int64]

_NUMBERS = 4096


class Tied:
    """What mostly stands behind a character and before it, by the numbers of a table of n-grams."""

    def __init__(self, rows: Iterable[tuple[str, str, str]], ngrams: Ngrams) -> None:
        """Take rows of a character, those that mostly stand before it and those behind."""
        before, behind = [""] * _NUMBERS, [""] * _NUMBERS
        characters, heads, tails = zip(*rows, strict=True)
        numbers = ngrams.codes("".join(characters)).tolist()
        for number, ahead, after in zip(numbers, heads, tails, strict=True):
            before[number], behind[number] = ahead, after
        self._before, self._behind = _lists(before, ngrams), _lists(behind, ngrams)

    def between(self, codes: Numbers, places: Places) -> tuple[Places, Numbers]:
        """
        Return what is tied to a neighbour of some places of a text, with its place.

        Tied to both it comes twice.
        """
        ahead = _each(self._behind, codes[places - 1], places)
        behind = _each(self._before, codes[places + 1], places)
        return np.concatenate([ahead[0], behind[0]]), np.concatenate([ahead[1], behind[1]])


def _lists(tied: Sequence[str], ngrams: Ngrams) -> Lists:
    ends = np.cumsum([len(characters) for characters in tied])
    starts = np.concatenate([[0], ends[:-1]])
    return Lists(starts, ends, ngrams.codes("".join(tied)))


def _each(lists: Lists, beside: Numbers, places: Places) -> tuple[Places, Numbers]:
    """Return the numbers in the list of each neighbour, with the place beside it."""
    numbers = beside.view(np.int64)
    found = Lists(lists.starts[numbers], lists.ends[numbers], lists.numbers)
    return np.repeat(places, found.counts), found.each()
