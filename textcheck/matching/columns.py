"""What many things say of themselves, as arrays, so that all of them are weighed at once."""

from collections.abc import Mapping, Sequence
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

__all__ = ["Columns", "Values", "asked", "rows_of"]

Values = NDArray[np.float64]
Columns = Mapping[str, Values]


def asked(things: Sequence[object], names: Sequence[str]) -> dict[str, Values]:
    """
    Return some attributes of things that are numbers, an array for each.

    >>> asked([3 + 4j, 1 + 0j], ["real", "imag"])["imag"].tolist()
    [4.0, 0.0]
    """
    ask = attrgetter(*names)
    answers = np.array([ask(thing) for thing in things], dtype=np.float64)
    return dict(zip(names, answers.reshape(-1, len(names)).T, strict=True))


def rows_of(columns: Columns, which: NDArray[np.int64]) -> dict[str, Values]:
    """Return some of the rows."""
    return {name: column[which] for name, column in columns.items()}
