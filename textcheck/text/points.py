"""The code points of a text as an array."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["Points", "points_of"]

Points = NDArray[np.uint32]


def points_of(text: str) -> Points:
    """
    Return the code points of a text, half a surrogate pair too.

    >>> points_of("甲a").tolist()
    [30002, 97]
    """
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
