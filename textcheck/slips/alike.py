"""Which characters are taken for one another: those of near sound or like shape."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from textcheck.text.ngrams import Ngrams
from textcheck.text.pairs import Lists
from textcheck.text.points import Points
from textcheck.text.shape import Shapes
from textcheck.text.sound import Sounds

__all__ = ["Alike", "Likeness"]

Codes = NDArray[np.uint64]
Places = NDArray[np.int64]

_PLANE = 0x10000  # characters beyond the basic plane are like none
_COMMON = 300  # words of one character are among the commonest: 了 在 和


@dataclass(frozen=True, slots=True)
class Likeness:
    """In what two characters are alike."""

    same_sound: bool
    near_sound: bool
    shape: bool


@dataclass(frozen=True, slots=True)
class _Table:
    """The characters asked for so far: the row of each code point, where the row's list ends."""

    rows: Places
    ends: Places
    numbers: Codes


class Alike:
    """The characters that the table of n-grams knows, and those that are like each of them."""

    def __init__(self, sounds: Sounds, shapes: Shapes, ngrams: Ngrams) -> None:
        """Keep the tables; what they say is looked up when it is first asked."""
        self._sounds, self._shapes, self._ngrams = sounds, shapes, ngrams
        self._known = ngrams.characters
        nothing = np.zeros(1, dtype=np.int64)
        self._table = _Table(np.full(_PLANE, -1), nothing, np.zeros(0, dtype=np.uint64))
        self._is_common = np.zeros(_PLANE, dtype=np.bool_)
        self._is_common[ngrams.codes(ngrams.common(_COMMON)).view(np.int64)] = True
        self.likeness = lru_cache(1 << 16)(self._likeness)
        """Tell in what two characters are alike."""

    def like(self, character: str) -> frozenset[str]:
        """Return the known characters that sound nearly like one, or look like it."""
        others = self._sounds.near_to(character) | self._shapes.like(character)
        return (others - {character}) & self._known

    def lists(self, points: Points) -> Lists:
        """Return the numbers of the known characters that each of some is like."""
        table = self._table
        rows = table.rows[np.minimum(points, _PLANE - 1)]
        if (rows < 0).any():
            # Made anew, not changed: another thread may be reading it.
            table = self._table = self._grown(table, set(points[rows < 0].tolist()))
            rows = table.rows[np.minimum(points, _PLANE - 1)]
        return Lists(table.ends[rows], table.ends[rows + 1], table.numbers)

    def common(self, points: Points) -> Lists:
        """Return the same of the commonest characters only."""
        lists = self.lists(points)
        numbers = lists.each()
        kept = self._is_common[numbers.view(np.int64)]
        before, ends = np.concatenate([[0], np.cumsum(kept)]), np.cumsum(lists.counts)
        return Lists(before[ends - lists.counts], before[ends], numbers[kept])

    def _grown(self, table: _Table, points: set[int]) -> _Table:
        """Return a table that has some more characters."""
        like = ["".join(sorted(self.like(chr(point)))) for point in points]
        rows = table.rows.copy()
        rows[np.minimum(list(points), _PLANE - 1)] = np.arange(len(like)) + len(table.ends) - 1
        ends = np.cumsum([len(characters) for characters in like]) + table.ends[-1]
        numbers = self._ngrams.codes("".join(like))
        return _Table(
            rows,
            np.concatenate([table.ends, ends]),
            np.concatenate([table.numbers, numbers]),
        )

    def _likeness(self, one: str, other: str) -> Likeness:
        return Likeness(
            self._sounds.same(one, other),
            self._sounds.near(one, other),
            self._shapes.alike(one, other),
        )
