"""Which characters are taken for one another: those of like sound or shape."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from textcheck.text.ngrams import Ngrams
from textcheck.text.points import Points
from textcheck.text.shape import Shapes
from textcheck.text.sound import Sounds

__all__ = ["Alike", "Likeness"]

Codes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Likeness:
    """In what two characters are alike."""

    same_sound: bool
    near_sound: bool
    shape: bool


class Alike:
    """The characters that the table of n-grams knows, and those that are like each of them."""

    def __init__(self, sounds: Sounds, shapes: Shapes, ngrams: Ngrams) -> None:
        """Keep the tables; what they say is looked up when it is first asked."""
        self._sounds, self._shapes, self._ngrams = sounds, shapes, ngrams
        self._known = ngrams.characters
        self._numbers: dict[int, Codes] = {}
        self.likeness = lru_cache(1 << 16)(self._likeness)
        """Tell in what two characters are alike."""

    def like(self, character: str) -> frozenset[str]:
        """Return the known characters that sound or look like one."""
        others = self._sounds.alike(character) | self._shapes.like(character)
        return (others - {character}) & self._known

    def numbers(self, points: Points) -> tuple[NDArray[np.int64], Codes]:
        """Return of how many known characters each is like, and their numbers in a row."""
        each = sorted(set(points.tolist()))
        like = [self._like(point) for point in each]
        sizes = np.array([len(numbers) for numbers in like], dtype=np.int64)
        row = np.searchsorted(np.array(each, dtype=np.uint32), points)
        count = sizes[row]
        behind = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        starts = np.cumsum(sizes) - sizes
        nothing = np.zeros(0, dtype=np.uint64)
        return count, np.concatenate([nothing, *like])[np.repeat(starts[row], count) + behind]

    def _like(self, point: int) -> Codes:
        if point not in self._numbers:
            like = "".join(sorted(self.like(chr(point))))
            self._numbers[point] = self._ngrams.codes(like)
        return self._numbers[point]

    def _likeness(self, one: str, other: str) -> Likeness:
        return Likeness(
            self._sounds.same(one, other),
            self._sounds.near(one, other),
            self._shapes.alike(one, other),
        )
