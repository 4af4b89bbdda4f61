"""What counts.c does for ngrams.py, which can do it itself."""

import ctypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from textcheck.text.native import address, load_library
from textcheck.text.pairs import Beside

__all__ = ["Asked", "Edits", "Tally"]

Places = NDArray[np.int64]
Floats = NDArray[np.float32]

_SOURCE = Path(__file__).with_name("counts.c")
_EDITED = ("at", "taken", "given", "behind", "sites", "lengths", "right")
_OF_TRIED = ("places", "numbers", "ahead", "behind")


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
    _fields_ = tuple((name, ctypes.c_void_p) for name in _EDITED)


class _Text(ctypes.Structure):
    _fields_ = (
        ("points", ctypes.c_void_p),
        ("length", ctypes.c_int64),
        ("numbers", ctypes.c_void_p),
    )


class _Asked(ctypes.Structure):
    _fields_ = (
        ("codes", ctypes.c_void_p),
        ("seldom", ctypes.c_void_p),
        ("unlikely", ctypes.c_void_p),
        ("usual", ctypes.c_float),
        ("times", ctypes.c_float),
    )


class _Tried(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_void_p) for name in _OF_TRIED)


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


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What is asked of characters tried in a text with these numbers.

    `seldom` has the counts of strange pairs at their places, `unlikely` tells where the text is. A
    pair is `usual` from such a count on, and makes up for a strange one so many `times` as rare.
    """

    codes: NDArray[np.uint64]
    seldom: Floats
    unlikely: NDArray[np.bool_]
    usual: float
    times: float


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
        self._gains, self._surely_seen = compiled.textcheck_gains, compiled.textcheck_surely_seen
        self._promising = compiled.textcheck_promising
        for function in (self._counts, self._seen, self._log_probabilities, self._gains):
            function.restype = None
        self._surely_seen.restype, self._promising.restype = None, ctypes.c_int64
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
        compiled = load_library(_SOURCE, "textcheck_promising")
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
        columns = [np.ascontiguousarray(getattr(edits, name)) for name in _EDITED]
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

    def surely_seen(self, codes: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Return for each three numbers in a row what Ngrams does."""
        seen = np.empty(max(0, len(codes) - 2), dtype=np.bool_)
        self._surely_seen(
            ctypes.byref(self._table),
            ctypes.c_void_p(address(codes)),
            ctypes.c_int64(len(seen)),
            ctypes.c_void_p(address(seen)),
        )
        return seen

    def promising(self, asked: Asked, tried: Beside) -> tuple[Places, Floats, Floats]:
        """Return which of the characters tried are promising, and how often their pairs are."""
        columns = [np.ascontiguousarray(getattr(tried, name)) for name in _OF_TRIED]
        count = len(tried.places)
        chosen, pairs = np.empty(count, np.int64), np.empty((2, count), np.float32)
        of_text = [address(asked.codes), address(asked.seldom), address(asked.unlikely)]
        written = self._promising(
            ctypes.byref(self._table),
            ctypes.byref(_Asked(*of_text, asked.usual, asked.times)),
            ctypes.byref(_Tried(*map(address, columns))),
            ctypes.c_int64(count),
            *(ctypes.c_void_p(address(found)) for found in (chosen, *pairs)),
        )
        return chosen[:written], pairs[0, :written], pairs[1, :written]

    def _look_up(self, function: Any, keys: NDArray[np.uint64], found: NDArray[Any]) -> None:  # noqa: ANN401 # ctypes has no name for its functions
        keys = np.ascontiguousarray(keys)
        function(
            ctypes.byref(self._table),
            ctypes.c_void_p(address(keys)),
            ctypes.c_int64(len(keys)),
            ctypes.c_void_p(address(found)),
        )
