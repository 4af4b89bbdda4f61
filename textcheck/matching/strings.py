"""Many strings as two arrays, cut out one by one when they are asked for."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import overload

import numpy as np
from numpy.typing import NDArray

from textcheck.arrays import Arrays
from textcheck.text.points import Points, points_of

__all__ = ["SortedStrings", "Strings", "packed"]

# A set of a hundred thousand strings takes as long to make as so many are found by halving.
_SEARCHED = 2000


def packed(strings: Iterable[str]) -> Arrays:
    """Return strings as arrays: all of them in a row as UTF-8, and where each ends."""
    strings = list(strings)
    text = "".join(strings).encode("utf-8", "surrogatepass")
    ends = np.cumsum([len(string) for string in strings], dtype=np.int32)
    return {"text": np.frombuffer(text, dtype=np.uint8), "ends": ends}


class Strings(Sequence[str]):
    """
    The strings of packed arrays.

    >>> list(Strings(packed(["甲", "", "乙丙"])))
    ['甲', '', '乙丙']
    """

    def __init__(self, arrays: Arrays) -> None:
        """Keep the arrays."""
        self._arrays = arrays

    @cached_property
    def _text(self) -> str:
        return self._arrays["text"].tobytes().decode("utf-8", "surrogatepass")

    @cached_property
    def _ends(self) -> list[int]:
        ends: list[int] = [*self._arrays["ends"].tolist(), 0]  # the last stands before the first
        return ends

    @cached_property
    def points(self) -> Points:
        """Return the code points of all strings in a row."""
        return points_of(self._text)

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Return where each string begins among the points."""
        ends: NDArray[np.int64] = self._arrays["ends"].astype(np.int64)
        return ends - self.lengths

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """Return the length of each string."""
        return np.diff(self._arrays["ends"], prepend=0).astype(np.int64)

    @cached_property
    def _set(self) -> frozenset[str]:
        return frozenset(self)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._arrays["ends"])

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...
    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        """Return one string, or some."""
        if isinstance(number, slice):
            return [self[at] for at in range(*number.indices(len(self)))]
        if not 0 <= number < len(self):
            raise IndexError(number)
        return self.cut(number)

    def cut(self, number: int) -> str:
        """Return the string that is known to have this number."""
        return self._text[self._ends[number - 1] : self._ends[number]]

    def __iter__(self) -> Iterator[str]:
        """Yield all strings."""
        start = 0
        for end in self._ends[:-1]:
            yield self._text[start:end]
            start = end

    def __contains__(self, string: object) -> bool:
        """Tell whether a string is one of them."""
        return string in self._set


class SortedStrings(Strings):
    """
    The strings of packed arrays that are in order: a short text asks for few of them.

    >>> "乙" in SortedStrings(packed(["丙", "乙", "甲"])), "丁" in SortedStrings(packed(["丙"]))
    (True, False)
    """

    def __init__(self, arrays: Arrays) -> None:
        """Keep the arrays."""
        super().__init__(arrays)
        self._asked = 0

    def __contains__(self, string: object) -> bool:
        """Tell whether a string is one of them."""
        if self._asked >= _SEARCHED or not isinstance(string, str):
            return super().__contains__(string)
        self._asked += 1
        at = bisect_left(self, string)
        return at < len(self) and self.cut(at) == string
