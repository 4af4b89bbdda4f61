"""What counts.c does for ngrams.py, which can do it itself."""

import ctypes
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from textcheck.text.native import address, load_library

__all__ = ["Edits", "Tally"]

Places = NDArray[np.int64]
Floats = NDArray[np.float32]

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


class _Logs(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_void_p) for name in ("seen", "behind", "single", "alone"))


class _Edits(ctypes.Structure):
    _fields_ = tuple(
        (name, ctypes.c_void_p)
        for name in ("at", "taken", "given", "behind", "sites", "lengths", "right")
    )


class _Text(ctypes.Structure):
    _fields_ = (
        ("points", ctypes.c_void_p),
        ("length", ctypes.c_int64),
        ("numbers", ctypes.c_void_p),
    )


class _Least(ctypes.Structure):
    _fields_ = (("begins", ctypes.c_float), ("goes_on", ctypes.c_float))


@dataclass(frozen=True, slots=True)
class Edits:
    """
    Edits that put a text right, as arrays.

    `at` is where each stands in the text, so many characters of which are `taken` and so many
    `given` for them, those of `right`, two for each; of what stands `behind` so many are looked at.
    `sites` are the places in the right forms, `lengths` those of the forms.
    """

    at: Places
    taken: Places
    given: Places
    behind: Places
    sites: Places
    lengths: Places
    right: NDArray[np.uint32]


class Tally:
    """Looks keys up in a table of n-grams."""

    def __init__(
        self,
        compiled: ctypes.CDLL,
        parts: tuple[NDArray[Any], ...],
        numbers: tuple[int, ...],
        logs: tuple[NDArray[np.float32], ...],
    ) -> None:
        """
        Take the functions out of the library.

        Parts and numbers come in the order of _Table, log probabilities in that of _Logs.
        """
        self._counts, self._seen = compiled.textcheck_counts, compiled.textcheck_seen
        self._log_probabilities = compiled.textcheck_logs
        self._gains = compiled.textcheck_gains
        for function in (self._counts, self._seen, self._log_probabilities, self._gains):
            function.restype = None
        self._kept = (parts, logs)
        self._table = _Table(*map(address, parts), *numbers)
        self._logs = _Logs(*map(address, logs))

    @classmethod
    def load(
        cls,
        parts: tuple[NDArray[Any], ...],
        numbers: tuple[int, ...],
        logs: tuple[NDArray[np.float32], ...],
    ) -> Self | None:
        """Return the tally, None where it was not compiled."""
        compiled = load_library(_SOURCE, "textcheck_gains")
        return cls(compiled, parts, numbers, logs) if compiled else None

    def log_probabilities(
        self, codes: NDArray[np.uint64]
    ) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """Return for each row of three numbers what Ngrams does."""
        codes = np.ascontiguousarray(codes)
        logs, seen = np.empty(len(codes), np.float32), np.empty(len(codes), np.bool_)
        self._log_probabilities(
            ctypes.byref(self._table),
            ctypes.byref(self._logs),
            ctypes.c_void_p(address(codes)),
            ctypes.c_int64(len(codes)),
            ctypes.c_void_p(address(logs)),
            ctypes.c_void_p(address(seen)),
        )
        return logs, seen

    def gains(
        self,
        points: NDArray[np.uint32],
        numbers: NDArray[np.uint64],
        edits: Edits,
        least: tuple[float, float],
    ) -> tuple[Floats, Floats, NDArray[np.float64]]:
        """
        Return for each edit the gain, the least likely character, the share of triples not seen.

        `numbers` has that of every code point, `least` the least log probabilities of the second
        character of a form and of those behind it.
        """
        columns = tuple(map(np.ascontiguousarray, astuple(edits)))
        count = len(edits.at)
        totals, worst = np.empty((2, count), np.float32)
        unseen = np.empty(count, np.float64)
        self._gains(
            ctypes.byref(self._table),
            ctypes.byref(self._logs),
            ctypes.byref(_Text(address(points), len(points), address(numbers))),
            ctypes.byref(_Edits(*map(address, columns))),
            ctypes.c_int64(count),
            ctypes.byref(_Least(*least)),
            *(ctypes.c_void_p(address(found)) for found in (totals, worst, unseen)),
        )
        return totals, worst, unseen

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
