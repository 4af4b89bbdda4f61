"""The compiled scorer, where the program was installed with a compiler."""

import ctypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from textcheck.text.native import load_library

__all__ = ["Scorer"]

_SOURCE = Path(__file__).with_name("score.c")


class _Model(ctypes.Structure):
    """The model as score.c sees it."""

    _fields_ = (
        ("cells", ctypes.c_void_p),
        ("single", ctypes.c_void_p),
        ("probability", ctypes.c_void_p),
        ("back_off", ctypes.c_void_p),
        ("segment", ctypes.c_uint64),
        ("segments", ctypes.c_uint64),
        ("seed", ctypes.c_uint64),
        ("codes", ctypes.c_uint64),
    )


class Scorer:
    """Scores rows of characters by one model; releases the interpreter while it does."""

    def __init__(
        self, library: ctypes.CDLL, tables: Sequence[NDArray[Any]], numbers: Sequence[int]
    ) -> None:
        """Take the function out of the library; tables and numbers come in the order of _Model."""
        self._score = library.textcheck_score
        self._score.restype = None
        self._score.argtypes = (
            ctypes.POINTER(_Model), ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64,
            ctypes.c_int64, ctypes.c_void_p,
        )  # fmt: skip
        self._tables = [np.ascontiguousarray(table) for table in tables]  # kept as long as this
        self._model = _Model(*(table.ctypes.data for table in self._tables), *numbers)

    @classmethod
    def load(cls, tables: Sequence[NDArray[Any]], numbers: Sequence[int]) -> Self | None:
        """Return the scorer, None where it was not compiled or not for this machine."""
        compiled = load_library(_SOURCE, "textcheck_score")
        return cls(compiled, tables, numbers) if compiled else None

    def score(self, rows: NDArray[np.uint16], first: int) -> NDArray[np.float32]:
        """Return the log probability of each row's characters from place `first` on."""
        scores = np.empty(len(rows), dtype=np.float32)
        self._score(
            ctypes.byref(self._model), rows.ctypes.data, len(rows), rows.shape[1], first,
            scores.ctypes.data,
        )  # fmt: skip
        return scores
