"""What stands twice in several texts, joined as text/joined.py does it."""

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from textcheck.text.joined import NO_CHARACTER
from textcheck.text.native import address, load_library
from textcheck.text.points import Points, points_of

__all__ = ["Repeated"]

_LIKE_NOTHING = 0xFFFFFFFF  # above all code points
_ROOM = 16  # runs in so many characters, for a start

Run = tuple[int, int, int]


class _Runs(ctypes.Structure):
    _fields_ = (
        ("starts", ctypes.c_void_p),
        ("lengths", ctypes.c_void_p),
        ("lags", ctypes.c_void_p),
        ("room", ctypes.c_int64),
        ("written", ctypes.c_int64),
    )


class Repeated:
    """Looks for what stands twice, in compiled code where there is any."""

    def __init__(self) -> None:
        """Load what was compiled."""
        source = Path(__file__).with_name("again.c")
        self._compiled = load_library(source, "textcheck_clauses")

    def runs(self, points: Points, shortest: int, longest: int) -> list[Run]:
        """
        Return (start, length, lag) of each run of characters that stands again `lag` behind.

        The lags are from `shortest` to `longest`, a run has at least one character fewer.
        """
        if self._compiled is None:
            return list(_runs(points, shortest, longest))
        room = len(points) // _ROOM + 1
        while True:
            columns = np.empty((3, room), dtype=np.int64)
            runs = _Runs(*map(address, columns), room, 0)
            self._compiled.textcheck_runs(
                ctypes.c_void_p(address(points)),
                ctypes.c_int64(len(points)),
                ctypes.c_int64(shortest),
                ctypes.c_int64(longest),
                ctypes.byref(runs),
            )
            if runs.written <= room:
                starts, lengths, lags = columns[:, : runs.written].tolist()
                return list(zip(starts, lengths, lags, strict=True))
            room = runs.written

    def clauses(self, text: str, sign: str, size: int) -> list[int]:
        """
        Return where a sign has a clause behind it that begins like a part of the one before.

        So many characters must be the same.

        >>> Repeated().clauses("大力发展农业，发展农业机械", "，", 4)
        [6]
        """
        if self._compiled is None:
            return list(_clauses(text, sign, size))
        points = points_of(text)
        places = np.empty(text.count(sign), dtype=np.int64)
        self._compiled.textcheck_clauses.restype = ctypes.c_int64
        written = self._compiled.textcheck_clauses(
            ctypes.c_void_p(address(points)),
            ctypes.c_int64(len(points)),
            ctypes.c_uint32(ord(sign)),
            ctypes.c_int64(size),
            ctypes.c_void_p(address(places)),
        )
        found: list[int] = places[:written].tolist()
        return found


def _runs(points: Points, shortest: int, longest: int) -> Iterator[Run]:
    size = len(points) + 1
    # All lags at once, a row for each, with a column of nothing on the right.
    behind = np.append(points, np.zeros(longest + 1, dtype=np.uint32))
    rows = sliding_window_view(behind[shortest:], size)[: longest - shortest + 1]
    here = behind[:size].copy()
    here[(here == 0) | (here == NO_CHARACTER)] = _LIKE_NOTHING
    same = (rows == here).ravel()
    edges = np.flatnonzero(same[1:] != same[:-1]) + 1
    if same[0]:
        edges = np.append(0, edges)
    starts, ends = edges[::2], edges[1::2]
    lags = starts // size + shortest
    long = ends - starts >= lags - 1
    places = starts[long] % size
    yield from zip(
        places.tolist(), (ends - starts)[long].tolist(), lags[long].tolist(), strict=True
    )


def _clauses(text: str, sign: str, size: int) -> Iterator[int]:
    at = -1
    for one, two in pairwise(text.split(sign)):
        at += len(one) + 1
        begins = two[:size]
        if len(begins) < size or chr(NO_CHARACTER) in begins:
            continue
        if begins in one.rpartition(chr(NO_CHARACTER))[2]:
            yield at
