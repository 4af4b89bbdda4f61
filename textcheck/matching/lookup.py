"""What keyed.c does for match.py and fuzzy.py, which can do it themselves."""

import ctypes
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from textcheck.arrays import Arrays
from textcheck.matching.keys import NO_CHARACTER, OFFSETS, SALTS, SHAPES
from textcheck.matching.longforms import ABOUT, AWAY, BEHIND, LEAST_STRANGE, SHORTEST
from textcheck.matching.sieve import Places, Sieve
from textcheck.matching.strings import Strings
from textcheck.text.native import address, load_library
from textcheck.text.points import Points

__all__ = ["HitFinder", "SuspectFinder"]

_SOURCE = Path(__file__).with_name("keyed.c")
_WIDEST = 4  # characters of a key
# What is kept of the entries, by its name among the arrays.
_COLUMNS = ("starts", "stops", "shape", "delta", "reach", "first", "last", "long")
_ROOM = 8  # suspects in so many characters, for a start
_OF_EXACT = ("starts", "counts", "forms", "deltas", "lengths", "hashes")
_HITS = 2  # exact forms in so many characters, for a start


class _Sieve(ctypes.Structure):
    _fields_ = (
        ("keys", ctypes.c_void_p),
        ("first", ctypes.c_void_p),
        ("second", ctypes.c_void_p),
        ("buckets", ctypes.c_void_p),
        ("bits", ctypes.c_int64),
        ("bucket_bits", ctypes.c_int64),
    )


class _Shape(ctypes.Structure):
    _fields_ = (
        ("width", ctypes.c_int64),
        ("offsets", ctypes.c_int64 * _WIDEST),
        ("low", ctypes.c_int64),
        ("high", ctypes.c_int64),
        ("salt", ctypes.c_uint64),
    )


class _Entries(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_void_p) for name in (*_COLUMNS, "windows", "form"))


class _Forms(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_void_p) for name in ("points", "starts", "lengths"))


class _Beginning(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_int64) for name in ("size", "most", "reach"))


class _Strange(ctypes.Structure):
    _fields_ = (
        ("counts", ctypes.c_void_p),
        ("least", ctypes.c_int64),
        ("behind", ctypes.c_int64),
    )


class _Found(ctypes.Structure):
    _fields_ = (
        ("rows", ctypes.c_void_p),
        ("starts", ctypes.c_void_p),
        ("room", ctypes.c_int64),
        ("written", ctypes.c_int64),
    )


class _Exact(ctypes.Structure):
    _fields_ = (*((name, ctypes.c_void_p) for name in _OF_EXACT), ("base", ctypes.c_uint64))


class _Hits(ctypes.Structure):
    _fields_ = (
        ("forms", ctypes.c_void_p),
        ("starts", ctypes.c_void_p),
        ("ends", ctypes.c_void_p),
        ("room", ctypes.c_int64),
        ("written", ctypes.c_int64),
    )


class _Search(ctypes.Structure):
    _fields_ = (
        ("entries", ctypes.POINTER(_Entries)),
        ("forms", ctypes.POINTER(_Forms)),
        ("beginning", ctypes.POINTER(_Beginning)),
        ("codes", ctypes.c_void_p),
        ("length", ctypes.c_int64),
        ("reach", ctypes.c_void_p),
        ("strange", ctypes.POINTER(_Strange)),
        ("once", ctypes.POINTER(_Found)),
        ("twice", ctypes.POINTER(_Found)),
    )


def _sieve(sieve: Sieve) -> _Sieve:
    addresses = (address(part) for part in (sieve.keys, sieve.first, sieve.second, sieve.buckets))
    bits = len(sieve.second).bit_length() - 1
    return _Sieve(*addresses, bits, (len(sieve.buckets) - 1).bit_length() - 1)


class HitFinder:
    """Finds the exact forms that stand in a text."""

    def __init__(
        self,
        compiled: ctypes.CDLL,
        sieve: Sieve,
        arrays: Arrays,
        salts: Mapping[int, int],
        base: int,
    ) -> None:
        """Take the function out of the library; `salts` has one for each width of a key."""
        self._find = compiled.textcheck_hits
        self._find.restype = None
        columns = [arrays[name] for name in _OF_EXACT]
        self._kept = (sieve, columns)
        self._sieve = _sieve(sieve)
        self._exact = _Exact(*map(address, columns), base)
        self._shapes = (_Shape * len(salts))(
            *(
                _Shape(width, (ctypes.c_int64 * _WIDEST)(*range(width)), 0, 0, salt)
                for width, salt in salts.items()
            )
        )

    @classmethod
    def load(cls, sieve: Sieve, arrays: Arrays, salts: Mapping[int, int], base: int) -> Self | None:
        """Return the finder, None where it was not compiled."""
        compiled = load_library(_SOURCE, "textcheck_hits")
        return cls(compiled, sieve, arrays, salts, base) if compiled else None

    def find(
        self, points: Points, codes: NDArray[np.uint16], strange: Places | None, behind: int
    ) -> tuple[NDArray[np.int32], Places, Places]:
        """
        Return the numbers, starts and ends of the forms, where a key stands from left to right.

        `codes` are the points, and go on behind the text as far as a key reaches. Where strange
        triples are counted, only forms that have one or end so far before it.
        """
        counts = None if strange is None else address(strange)
        room = len(points) // _HITS + 1
        while True:
            forms, places = np.empty(room, np.int32), np.empty((2, room), np.int64)
            hits = _Hits(address(forms), address(places[0]), address(places[1]), room, 0)
            self._find(
                ctypes.byref(self._sieve),
                self._shapes,
                ctypes.c_int64(len(self._shapes)),
                ctypes.byref(self._exact),
                ctypes.c_void_p(address(codes)),
                ctypes.c_void_p(address(points)),
                ctypes.c_int64(len(points)),
                ctypes.byref(_Strange(counts, 1, behind)),
                ctypes.byref(hits),
            )
            if hits.written <= room:
                return forms[: hits.written], places[0, : hits.written], places[1, : hits.written]
            room = hits.written


class SuspectFinder:
    """
    Finds what may be a near miss: a key, and the two ends of the form, stand in the text.

    And where a long form may have two slips: a key stands there, strange triples do, and most of
    the characters that the form begins with.
    """

    def __init__(
        self,
        compiled: ctypes.CDLL,
        sieve: Sieve,
        arrays: Arrays,
        forms: Strings,
        reaches: Sequence[Sequence[int]],
    ) -> None:
        """Take the function out of the library; `reaches` has low and high for each of OFFSETS."""
        self._find = compiled.textcheck_suspects
        self._find.restype = None
        windows = np.array([shape.window for shape in SHAPES], dtype=np.int64)
        columns = [arrays[name] for name in _COLUMNS]
        writings: tuple[NDArray[Any], ...] = (forms.points, forms.starts, forms.lengths)
        self._kept: list[Any] = [sieve, columns, arrays["form"], windows, writings]
        self._sieve = _sieve(sieve)
        self._entries = _Entries(*map(address, columns), address(windows), address(arrays["form"]))
        self._forms = _Forms(*map(address, writings))
        self._beginning = _Beginning(SHORTEST, AWAY, ABOUT)
        self._shapes = (_Shape * len(OFFSETS))(
            *(
                _Shape(len(own), (ctypes.c_int64 * _WIDEST)(*own), low, high, int(salt))
                for own, (low, high), salt in zip(OFFSETS, reaches, SALTS, strict=True)
            )
        )

    @classmethod
    def load(
        cls, sieve: Sieve, arrays: Arrays, forms: Strings, reaches: Sequence[Sequence[int]]
    ) -> Self | None:
        """Return the finder, None where it was not compiled."""
        compiled = load_library(_SOURCE, "textcheck_suspects")
        return cls(compiled, sieve, arrays, forms, reaches) if compiled else None

    def find(
        self, codes: NDArray[np.uint64], reach: Places, strange: Places | None
    ) -> tuple[tuple[Places, Places], tuple[Places, Places]]:
        """
        Return the rows of the entries and the starts of the forms, those of long ones apart.

        Of these there are none without the counts of strange triples.
        """
        beyond = np.full(max(map(max, OFFSETS)), NO_CHARACTER, dtype=np.uint16)
        padded = np.concatenate([codes.astype(np.uint16), beyond])
        counts = None if strange is None else address(strange)
        room = len(codes) // _ROOM
        while True:
            columns = np.empty((4, room), dtype=np.int64)
            once, twice = (
                _Found(address(columns[at]), address(columns[at + 1]), room, 0) for at in (0, 2)
            )
            search = _Search(
                ctypes.pointer(self._entries),
                ctypes.pointer(self._forms),
                ctypes.pointer(self._beginning),
                address(padded),
                len(codes),
                address(reach),
                ctypes.pointer(_Strange(counts, LEAST_STRANGE, BEHIND)),
                ctypes.pointer(once),
                ctypes.pointer(twice),
            )
            self._find(
                ctypes.byref(self._sieve),
                self._shapes,
                ctypes.c_int64(len(self._shapes)),
                ctypes.byref(search),
            )
            if once.written <= room and twice.written <= room:
                first, second = columns[:2, : once.written], columns[2:, : twice.written]
                return (first[0], first[1]), (second[0], second[1])
            room = max(once.written, twice.written)
