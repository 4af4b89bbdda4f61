"""What counts.c does for ngrams.py, which can do it itself."""

import ctypes
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from textcheck.text.native import address, load_library

__all__ = ["Tally"]

_SOURCE = Path(__file__).with_name("counts.c")


class _Table(ctypes.Structure):
    _fields_ = (
        ("marks", ctypes.c_void_p),
        ("counts", ctypes.c_void_p),
        ("of_power", ctypes.c_void_p),
        ("segment", ctypes.c_uint64),
        ("segments", ctypes.c_uint64),
        ("seed", ctypes.c_uint64),
    )


class Tally:
    """Looks keys up in a table of n-grams."""

    def __init__(
        self, compiled: ctypes.CDLL, parts: tuple[NDArray[Any], ...], numbers: tuple[int, ...]
    ) -> None:
        """Take the functions out of the library; parts and numbers come in the order of _Table."""
        self._counts, self._seen = compiled.textcheck_counts, compiled.textcheck_seen
        self._counts.restype = self._seen.restype = None
        self._kept = parts
        self._table = _Table(*map(address, parts), *numbers)

    @classmethod
    def load(cls, parts: tuple[NDArray[Any], ...], numbers: tuple[int, ...]) -> Self | None:
        """Return the tally, None where it was not compiled."""
        compiled = load_library(_SOURCE, "textcheck_seen")
        return cls(compiled, parts, numbers) if compiled else None

    def counts(self, keys: NDArray[np.uint64]) -> NDArray[np.float32]:
        """Return how often each key was seen, 0 for less than the least."""
        counts = np.empty(len(keys), dtype=np.float32)
        self._look_up(self._counts, keys, counts)
        return counts

    def seen(self, keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Return whether each key was entered."""
        seen = np.empty(len(keys), dtype=np.bool_)
        self._look_up(self._seen, keys, seen)
        return seen

    def _look_up(self, function: Any, keys: NDArray[np.uint64], found: NDArray[Any]) -> None:  # noqa: ANN401 # ctypes has no name for its functions
        keys = np.ascontiguousarray(keys)
        function(
            ctypes.byref(self._table),
            ctypes.c_void_p(address(keys)),
            ctypes.c_int64(len(keys)),
            ctypes.c_void_p(address(found)),
        )
