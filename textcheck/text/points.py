"""The code points of a text as an array."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["Points", "points_of"]

Points = NDArray[np.uint32]

_LONG = 4096  # characters: of texts joined for a look every part of it asks in turn


def points_of(text: str) -> Points:
    """
    Return the code points of a text, half a surrogate pair too.

    >>> points_of("甲a").tolist()
    [30002, 97]
    """
    return _points_of(text) if len(text) < _LONG else _last_points_of(text)


def _points_of(text: str) -> Points:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


_last_points_of = lru_cache(maxsize=1)(_points_of)
