"""
Find every exact form in a text at once.

A form of five characters or more is entered under four of them that few other forms have, a
shorter one under all of them. Every position of a text is looked up with NumPy; what is found is
compared with the whole form by a hash, so that nothing is done in Python for a form that stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from textcheck.arrays import Arrays
from textcheck.matching.lookup import HitFinder
from textcheck.matching.sieve import sieve_arrays, sieve_in, sieve_of
from textcheck.text.points import Points, points_of

__all__ = ["Bank", "ExactIndex", "Hits"]

Keys = NDArray[np.uint64]
Places = NDArray[np.int64]

_WIDEST = 4  # so many characters of 16 bits fit into a key
_SALTS = np.arange(_WIDEST + 1, dtype=np.uint64) * np.uint64(0xD1B54A32D192ED03)
_BITS = np.uint64(16)
_BEYOND = np.uint32(0xFFFF)  # stands for what is beyond the basic plane; the hash tells them apart
_OWN = "own "  # before the owner's name
_NOBODY: Mapping[str, Sequence[str]] = MappingProxyType({})
_AFTER = np.zeros(_WIDEST, dtype=np.uint32)
# A text is hashed as a polynomial modulo 2**64, so the hash of any part of it is a difference.
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_BLOCK = 16_384  # so many positions are looked up at once: their keys fit into the cache
_BEHIND = 2  # so far behind a form strange triples still count


@dataclass(frozen=True, slots=True)
class Hits:
    """Forms that stand in a text, as arrays: the number of each, its start and its end."""

    forms: NDArray[np.int32]
    starts: Places
    ends: Places

    def tuples(self) -> list[tuple[int, int, int]]:
        """Return (form, start, end) of each."""
        columns = (self.forms.tolist(), self.starts.tolist(), self.ends.tolist())
        return list(zip(*columns, strict=True))

    def over(self, start: int, end: int) -> "Hits":
        """Return those over any of a place, of hits in the order of their ends."""
        behind = self.chosen(slice(int(np.searchsorted(self.ends, start, side="right")), None))
        return behind.chosen(behind.starts < end)

    def chosen(self, which: slice | NDArray[np.bool_] | Places) -> "Hits":
        """Return some of them."""
        return Hits(self.forms[which], self.starts[which], self.ends[which])


@lru_cache(maxsize=4)
def _powers(bits: int) -> tuple[Keys, Keys]:
    """Return the first 2**bits powers of the base and of its inverse."""
    up = down = np.ones(1, dtype=np.uint64)
    for _ in range(bits):
        size = len(up)
        up = np.concatenate([up, up * np.uint64(pow(_BASE, size, 1 << 64))])
        down = np.concatenate([down, down * np.uint64(pow(_INVERSE, size, 1 << 64))])
    return up, down


def _hashes(points: Points, starts: Places, ends: Places) -> Keys:
    """Return the hash of each part of a text."""
    up, down = _powers(len(points).bit_length())
    sums = np.zeros(len(points) + 1, dtype=np.uint64)
    np.cumsum(points * up[: len(points)], out=sums[1:])
    hashes: Keys = (sums[ends] - sums[starts]) * down[starts]
    return hashes


def _packed(points: Points, size: int) -> NDArray[np.uint64]:
    """
    Return by width the keys of the first parts of a text, a row for each width from 0 on.

    The text goes on behind them as far as the widest reaches.
    """
    codes = np.minimum(points, _BEYOND).astype(np.uint64)
    keys = np.zeros((_WIDEST + 1, size), dtype=np.uint64)
    keys[1] = codes[:size]
    for width in range(2, _WIDEST + 1):
        np.left_shift(keys[width - 1], _BITS, out=keys[width])
        keys[width] |= codes[width - 1 : width - 1 + size]
    keys ^= _SALTS[:, None]
    return keys


class ExactIndex:
    """A set of forms, ready to be looked for; a form is known by its number in the sequence."""

    def __init__(self, forms: Sequence[str] = (), *, arrays: Arrays | None = None) -> None:
        """Enter the forms, or take the arrays of an index to which they were entered before."""
        if arrays is None:
            arrays = _entered(forms)
        self.arrays = arrays
        """All that there is to keep of it."""
        self._sieve = sieve_in(arrays)
        self._starts, self._counts = arrays["starts"], arrays["counts"]
        self._forms, self._deltas = arrays["forms"], arrays["deltas"]
        self._lengths, self._hashes = arrays["lengths"], arrays["hashes"]
        # Not np.unique, at whose first call NumPy imports a good part of itself.
        self._widths = np.flatnonzero(np.bincount(np.minimum(self._lengths, _WIDEST))).tolist()
        self._longest = int(self._lengths.max(initial=0))
        salts = {width: int(_SALTS[width]) for width in self._widths}
        self._finder = HitFinder.load(self._sieve, arrays, salts, _BASE)

    def matches(self, folded: str) -> list[tuple[int, int, int]]:
        """Return (form, start, end) of every form in a folded text, overlapping ones too."""
        return self.hits(points_of(folded)).tuples()

    def hits(self, points: Points, strange: Places | None = None) -> Hits:
        """
        Return every form in a folded text, overlapping ones too, in the order of their ends.

        Where `strange` counts, for each place to two behind the text's end, the triples that end
        before it and that clean text does not have, only forms with such triples.
        """
        if self._finder is not None:
            codes = np.minimum(np.append(points, _AFTER), _BEYOND).astype(np.uint16)
            hits = Hits(*self._finder.find(points, codes, strange, _BEHIND))
        else:
            hits = self._in_blocks(points, strange)
        return hits.chosen(np.lexsort((hits.starts, hits.ends)))

    def _in_blocks(self, points: Points, strange: Places | None) -> Hits:
        """Return the forms block by block."""
        blocks = range(0, len(points), _BLOCK) if self._widths else ()
        return _joined(
            [
                self._hits_in(points[low : low + _BLOCK + self._longest], low, strange)
                for low in blocks
            ]
        )

    def _hits_in(self, points: Points, low: int, strange: Places | None) -> Hits:
        """Return the forms that begin in a block; `points` reach as far behind as a form can."""
        # Where a text ends before a key does there stands a character that no form has.
        size = min(len(points), _BLOCK + self._longest)
        keys = _packed(np.append(points, _AFTER), size)[self._widths].ravel()
        at, key = self._sieve.find(keys)
        places = at % size
        count = self._counts[key]
        behind = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        rows = np.repeat(self._starts[key], count) + behind
        starts = np.repeat(places, count) - self._deltas[rows]
        ends = starts + self._lengths[rows]
        inside = (starts >= 0) & (starts < _BLOCK) & (ends <= len(points))
        rows, starts, ends = rows[inside], starts[inside], ends[inside]
        if strange is not None:
            some = strange[ends + low + _BEHIND] > strange[starts + low]
            rows, starts, ends = rows[some], starts[some], ends[some]
        same = _hashes(points, starts, ends) == self._hashes[rows]
        return Hits(self._forms[rows[same]], starts[same] + low, ends[same] + low)


class Bank:
    """
    The forms of several owners in one index, so that a text is looked through once for all.

    Each owner knows its forms by their numbers among its own.
    """

    def __init__(
        self, forms: Mapping[str, Sequence[str]] = _NOBODY, *, arrays: Arrays | None = None
    ) -> None:
        """
        Enter the forms of each owner, by its name; an owner has a form once.

        Or take the arrays of a bank to which they were entered before.
        """
        if arrays is None:
            every = list(dict.fromkeys(chain.from_iterable(forms.values())))
            number = {form: at for at, form in enumerate(every)}
            arrays = dict(_entered(every))
            for owner, mine in forms.items():
                own = arrays[_OWN + owner] = np.full(len(every), -1, dtype=np.int32)
                own[[number[form] for form in mine]] = np.arange(len(mine), dtype=np.int32)
        self.arrays = arrays
        """All that there is to keep of it."""
        self._index = ExactIndex(arrays=arrays)

    def hits(self, points: Points) -> Hits:
        """Return the forms of all owners in a folded text."""
        return self._index.hits(points)

    def owned(self, owner: str, hits: Hits) -> Hits:
        """Return the hits of one owner."""
        forms = self.arrays[_OWN + owner][hits.forms]
        mine = forms >= 0
        return Hits(forms[mine], hits.starts[mine], hits.ends[mine])


def _entered(forms: Sequence[str]) -> Arrays:
    """Return the arrays of an index: the keys, and by key what each form is known by."""
    lengths = np.array([len(form) for form in forms], dtype=np.int64)
    points = points_of("".join(forms))
    numbers, keys, deltas = _anchors(points, lengths)
    by_key = np.argsort(keys, kind="stable")
    keys, starts, counts = np.unique(keys[by_key], return_index=True, return_counts=True)
    sieve, order = sieve_of(keys)
    ends = np.cumsum(lengths)
    hashes = _hashes(points, ends - lengths, ends)
    numbers = numbers[by_key]
    return {
        **sieve_arrays(sieve),
        "starts": starts[order].astype(np.int32),
        "counts": counts[order].astype(np.int32),
        "forms": numbers,
        "deltas": deltas[by_key].astype(np.int16),
        "lengths": lengths[numbers].astype(np.int16),
        "hashes": hashes[numbers],
    }


def _joined(hits: Sequence[Hits]) -> Hits:
    nothing = np.zeros(0, dtype=np.int64)
    return Hits(
        np.concatenate([nothing.astype(np.int32), *(part.forms for part in hits)]),
        np.concatenate([nothing, *(part.starts for part in hits)]),
        np.concatenate([nothing, *(part.ends for part in hits)]),
    )


def _anchors(points: Points, lengths: Places) -> tuple[NDArray[np.int32], Keys, Places]:
    """Return (number, key, where in the form the key stands) for each form that is not empty."""
    starts = np.cumsum(lengths) - lengths
    widths = np.minimum(lengths, _WIDEST)
    packed = _packed(np.append(points, _AFTER), len(points))
    numbers, keys, deltas = [], [], []
    for width in range(1, _WIDEST + 1):
        mine = np.flatnonzero(widths == width)
        if not len(mine):
            continue
        # Every part of each form that is so wide, and how often it occurs among all of them.
        count = lengths[mine] - width + 1
        first = np.cumsum(count) - count
        delta = np.arange(count.sum()) - np.repeat(first, count)
        key = packed[width][np.repeat(starts[mine], count) + delta]
        _, which, often = np.unique(key, return_inverse=True, return_counts=True)
        rarest = np.lexsort((delta, often[which], np.repeat(mine, count)))[first]
        numbers.append(mine.astype(np.int32))
        keys.append(key[rarest])
        deltas.append(delta[rarest])
    if not numbers:
        return np.zeros(0, np.int32), np.zeros(0, np.uint64), np.zeros(0, np.int64)
    return np.concatenate(numbers), np.concatenate(keys), np.concatenate(deltas)
