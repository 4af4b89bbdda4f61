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
    """Scores rows of characters and edits by one model; releases the interpreter meanwhile."""

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
        self._gains = library.textcheck_gains
        self._gains.restype = None
        self._gains.argtypes = (
            ctypes.POINTER(_Model), *[ctypes.c_void_p] * 3, ctypes.c_int64, ctypes.c_void_p,
            *[ctypes.c_int64] * 5, ctypes.c_float, ctypes.c_void_p,
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

    def gains(  # noqa: PLR0913 # all that an edit is weighed by
        self,
        text: tuple[NDArray[np.uint16], NDArray[np.float64]],
        at: NDArray[np.int64],
        tried: NDArray[np.uint16],
        *,
        skip: int,
        most: int,
        best: int,
        none: np.float32,
    ) -> NDArray[np.float32]:
        """
        Return what a text gains by the `best` candidates of each place, `none` for the others.

        The gains are (places, candidates). `text` are its characters, four of NOTHING before them,
        and the sums of their logarithms.
        Of more than `most` candidates of a place only the most promising are weighed.
        """
        gains = np.full(tried.shape[:2], none, dtype=np.float32)
        at, tried = np.ascontiguousarray(at), np.ascontiguousarray(tried)
        self._gains(
            ctypes.byref(self._model), *(part.ctypes.data for part in text), at.ctypes.data,
            len(at), tried.ctypes.data, *tried.shape[1:], skip, most, best, none,
            gains.ctypes.data,
        )  # fmt: skip
        return gains
