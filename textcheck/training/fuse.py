"""The order in which the cells of a binary fuse filter can be filled (Graf and Lemire 2022)."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["peeled"]

Places = NDArray[np.int64]


def peeled(places: Places, cells: int) -> list[Places] | None:
    """
    Return the keys in the order of their removal, round by round, None where some remain.

    `places` are the three cells of each key, a row each. A key can be removed that alone has one of
    its cells; each round has two rows, the keys and that cell.
    """
    left = np.ones(places.shape[1], dtype=np.bool_)
    degree = np.bincount(places.ravel(), minlength=cells)
    owners = np.zeros(cells, dtype=np.int64)  # xor of the keys in a cell
    numbers = np.arange(places.shape[1])
    for row in places:
        np.bitwise_xor.at(owners, row, numbers)
    rounds = []
    free = np.flatnonzero(degree == 1)
    while len(free):
        keys, first = np.unique(owners[free], return_index=True)
        rounds.append(np.stack([keys, free[first]]))
        left[keys] = False
        for row in places[:, keys]:
            np.subtract.at(degree, row, 1)
            np.bitwise_xor.at(owners, row, keys)
        touched = np.unique(places[:, keys])
        free = touched[degree[touched] == 1]
    return None if left.any() else rounds
