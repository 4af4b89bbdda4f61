"""
Find every text that is one edit away from a protected form.

One edit is a wrong, missing, extra or doubled character, or two neighbours swapped. Around
the place of an edit the text still has the form's own characters, so each form is entered
under the two to four characters on both sides of every place where an edit may fall, and every
position of a text is looked up, for all forms at once, with NumPy: the cost hardly depends
on the number of forms. What is found is then compared with the whole form.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import NDArray

from textcheck.arrays import Arrays
from textcheck.matching.keys import (
    GAP_AND_SKIP,
    NO_CHARACTER,
    OFFSETS,
    SALTS,
    SHAPES,
    Codes,
    Edit,
    Entries,
    entries_of,
)
from textcheck.matching.longforms import BEHIND, LEAST_STRANGE, long_forms
from textcheck.matching.lookup import SuspectFinder
from textcheck.matching.misses import Misses
from textcheck.matching.sieve import sieve_arrays, sieve_in, sieve_of
from textcheck.matching.strings import Strings, packed
from textcheck.text.points import Points, points_of

__all__ = ["Edit", "FuzzyIndex", "Near"]

Places = NDArray[np.int64]


# Texts are looked through in blocks of so many characters: the keys of a block take 2 MB.
_BLOCK = 16_384
_LONGEST_OFFSET = max(map(max, OFFSETS))
_WINDOWS = np.array([shape.window for shape in SHAPES])
# Of the shapes that share a key the widest windows: where no form can be damaged within them the
# key is not looked up.
_OF_OFFSETS = [[shape.window for shape in SHAPES if shape.offsets == own] for own in OFFSETS]
_LOW = np.array([min(low for low, _ in windows) for windows in _OF_OFFSETS])
_HIGH = np.array([max(high for _, high in windows) for windows in _OF_OFFSETS])


_GAP, _SKIP = np.array([*GAP_AND_SKIP.values()]).T  # by the number of the edit
_WRONG, _MISSING, _SWAPPED = (edit.value for edit in (Edit.WRONG, Edit.MISSING, Edit.SWAPPED))


@dataclass(frozen=True, slots=True)
class _Suspects:
    """What may be a form with one slip, and about where a long form may have two."""

    once: Misses
    forms: NDArray[np.int32]
    starts: Places

    @classmethod
    def none(cls) -> "_Suspects":
        """Return nothing."""
        return cls(Misses.of([]), np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64))

    def __add__(self, other: "_Suspects") -> "_Suspects":
        """Return these, then others."""
        return _Suspects(
            self.once + other.once,
            np.concatenate([self.forms, other.forms]),
            np.concatenate([self.starts, other.starts]),
        )


class _Table:
    """All keys, sorted, behind a sieve, and what each means."""

    def __init__(self, arrays: Arrays, forms: Strings) -> None:
        self.sieve = sieve_in(arrays)
        self.starts, self.ends = arrays["starts"], arrays["stops"]
        self.shape, self.form, self.edit = arrays["shape"], arrays["form"], arrays["edit"]
        self.site, self.delta, self.reach = arrays["site"], arrays["delta"], arrays["reach"]
        self.first, self.last = arrays["first"], arrays["last"]
        self.long = arrays["long"]
        reaches = list(zip(_LOW.tolist(), _HIGH.tolist(), strict=True))
        self._finder = SuspectFinder.load(self.sieve, arrays, forms, reaches)

    def suspects(self, codes: Codes, reach: Places, strange: Places | None) -> _Suspects:
        """Return what may be a near miss: a key and both ends of the form stand in the text."""
        if self._finder is not None:
            (rows, starts), (long, at) = self._finder.find(codes, reach, strange)
            return _Suspects(self._misses(rows, starts), self.form[long], at)
        blocks = self._in_blocks(codes, reach, strange)
        return reduce(add, blocks, _Suspects.none())

    def _misses(self, rows: Places, starts: Places) -> Misses:
        ends, sites = starts + self.reach[rows] + 1, self.site[rows].astype(np.int64)
        return Misses(self.form[rows], starts, ends, self.edit[rows], sites)

    def _in_blocks(
        self, codes: Codes, reach: Places, strange: Places | None
    ) -> Iterator[_Suspects]:
        """Yield the suspects a block at a time."""
        if not len(self.starts):
            return
        padded = np.append(codes, np.full(_LONGEST_OFFSET, NO_CHARACTER, dtype=np.uint64))
        for block in range(0, len(codes), _BLOCK):
            keys = _text_keys(padded[block : block + _BLOCK + _LONGEST_OFFSET])
            at = self.sieve.sifted(keys.ravel())
            row, places = at // keys.shape[1], at % keys.shape[1] + block
            open_ = _open(reach, places, _LOW[row], _HIGH[row])
            keys, places = keys.ravel()[at[open_]], places[open_]
            real, at = self.sieve.found(keys)
            yield self._suspects(places[real], at, codes, reach, strange)

    def _suspects(
        self, places: Places, at: Places, codes: Codes, reach: Places, strange: Places | None
    ) -> _Suspects:
        """Return the entries of the keys found."""
        count = self.ends[at] - self.starts[at]
        behind = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        rows = np.repeat(self.starts[at], count) + behind
        places = np.repeat(places, count)
        starts = places - self.delta[rows]
        ends = starts + self.reach[rows]
        inside = np.flatnonzero((starts >= 0) & (ends < len(codes)))
        rows, places, starts, ends = rows[inside], places[inside], starts[inside], ends[inside]
        first, last = self.first[rows], self.last[rows]
        once = ((first == 0) | (codes[starts] == first)) & ((last == 0) | (codes[ends] == last))
        twice = self._strange(rows, starts, ends, strange)
        # Of twelve forms that a key may mean eleven have another first or last character.
        asked = np.flatnonzero(once | twice)
        asked = asked[_open(reach, places[asked], *_WINDOWS[self.shape[rows[asked]]].T)]
        rows, starts, once, twice = rows[asked], starts[asked], once[asked], twice[asked]
        return _Suspects(
            self._misses(rows[once], starts[once]), self.form[rows[twice]], starts[twice]
        )

    def _strange(
        self, rows: Places, starts: Places, ends: Places, strange: Places | None
    ) -> NDArray[np.bool_]:
        """Tell about which of the long forms there is as much strange as two slips make."""
        if strange is None:
            return np.zeros(len(rows), dtype=np.bool_)
        count = strange[ends + 1 + BEHIND] - strange[starts]
        there: NDArray[np.bool_] = self.long[rows] & (count >= LEAST_STRANGE)
        return there


def _open(reach: Places, places: Places, low: Places, high: Places) -> NDArray[np.bool_]:
    """Tell for each place whether no lawful form holds all of a window there."""
    open_: NDArray[np.bool_] = reach[np.maximum(places + low, 0)] < places + high
    return open_


def _text_keys(codes: Codes) -> Codes:
    """
    Return the keys at all offsets, a row for each, at every position of a block.

    `codes` go on behind the block as far as the longest shape reaches.
    """
    size = len(codes) - _LONGEST_OFFSET

    def pack(first: Codes, width: int, second: Codes, offset: int) -> Codes:
        return (first[:size] << np.uint64(16 * width)) | second[offset : offset + size]

    two = (codes[:-1] << np.uint64(16)) | codes[1:]
    three = (two[:-1] << np.uint64(16)) | codes[2:]
    packed = {
        (0, 1): two[:size],
        (0, 1, 2): three[:size],
        (0, 1, 2, 3): pack(two, 2, two, 2),
        (0, 2): pack(codes, 1, codes, 2),
        (0, 2, 3): pack(codes, 2, two, 2),
        (0, 1, 3): pack(two, 1, codes, 3),
        (0, 2, 3, 4): pack(codes, 3, three, 2),
        (0, 1, 3, 4): pack(two, 2, two, 3),
        (0, 1, 2, 4): pack(three, 1, codes, 4),
    }
    keys = np.empty((len(OFFSETS), size), dtype=np.uint64)
    for row, offsets, salt in zip(keys, OFFSETS, SALTS, strict=True):
        np.bitwise_xor(packed[offsets], salt, out=row)
    return keys


def _entered(parts: Sequence[Entries], long: Collection[int]) -> Arrays:
    """Return the arrays of a table: the keys, and by key what each means."""
    joined = {
        field.name: np.concatenate([getattr(part, field.name) for part in parts])
        for field in fields(Entries)
    }
    order = np.argsort(joined["keys"])
    keys = joined.pop("keys")[order]
    differs = np.concatenate([[True], keys[1:] != keys[:-1]])[: len(keys)]
    starts = np.flatnonzero(differs).astype(np.int32)
    stops = np.append(starts[1:], np.int32(len(keys)))[: len(starts)]
    sieve, of_sieve = sieve_of(keys[starts])
    return {
        **{name: column[order] for name, column in joined.items()},
        "long": np.isin(joined["form"][order], list(long)),
        **sieve_arrays(sieve),
        "starts": starts[of_sieve],
        "stops": stops[of_sieve],
    }


@dataclass(frozen=True, slots=True)
class Near:
    """
    What nearly stands in a text: forms with one slip, and where forms may have two.

    Of the latter a row each: the number of the form, and about where it starts.
    """

    once: Misses
    twice: Places


class FuzzyIndex:
    """All protected forms, ready to be looked for."""

    def __init__(
        self,
        forms: Sequence[str] = (),
        weak: Collection[int] = (),
        long: Collection[int] = (),
        names: Collection[int] = (),
        *,
        arrays: Arrays | None = None,
    ) -> None:
        """
        Enter every form of two characters or more; a single one is passed over.

        Forms of two, and those whose numbers are in `weak`, are found swapped or with a character
        too many, no other way; in those in `long` two slips are looked for, in those in `names`
        beside each other, too. Or take the arrays of an index to which they were entered before.
        """
        if arrays is None:
            arrays = {**packed(forms), **_entered(entries_of(forms, weak, names), long)}
        self.arrays = arrays
        """All that there is to keep of it."""
        self.forms = Strings(arrays)
        """The forms by their numbers."""
        self._table = _Table(arrays, self.forms)

    def near_misses(self, folded: str, lawful: Sequence[tuple[int, int]] | Places) -> Misses:
        """
        Return every near miss in a folded text; the same place may come with several forms.

        `lawful` are the (start, end) of all lawful forms in the text: what lies in one is right.
        """
        return self.near(folded, lawful).once

    def near(
        self,
        folded: str,
        lawful: Sequence[tuple[int, int]] | Places,
        strange: Places | None = None,
    ) -> Near:
        """
        Return every near miss in a folded text, and where long forms may have two slips.

        The latter are looked for where `strange` counts, for each place to two behind the text's
        end, the triples that end before it and that clean text does not have.
        """
        points = points_of(folded)
        codes = np.minimum(points, NO_CHARACTER).astype(np.uint64)
        suspects = self._table.suspects(codes, _reach(len(codes), lawful), strange)
        once = suspects.once.chosen(_stands(suspects.once, self.forms, points))
        return Near(once, long_forms(suspects.forms, suspects.starts, self.forms, points))


def _stands(misses: Misses, forms: Strings, points: Points) -> NDArray[np.bool_]:
    """Tell of each whether all of its form stands in the text, edited as it says."""
    if not len(misses):
        return np.zeros(0, dtype=np.bool_)
    # The characters of the forms in a row, and where each of them should stand in the text.
    lengths = forms.lengths[misses.forms]
    first = np.cumsum(lengths) - lengths
    at = np.arange(lengths.sum()) - np.repeat(first, lengths)
    gap, skip = _GAP[misses.edits], _SKIP[misses.edits]
    behind = at >= np.repeat(misses.sites + skip, lengths)
    places = np.repeat(misses.starts, lengths) + at + behind * np.repeat(gap - skip, lengths)
    sites = first + misses.sites
    swapped = sites[misses.edits == _SWAPPED]
    places[swapped] += 1
    places[swapped + 1] -= 1
    same = points[places] == forms.points[np.repeat(forms.starts[misses.forms], lengths) + at]
    same[sites[misses.edits == _MISSING]] = True
    same[sites[misses.edits == _WRONG]] ^= True
    stands: NDArray[np.bool_] = np.logical_and.reduceat(same, first)
    return stands


def _reach(length: int, lawful: Sequence[tuple[int, int]] | Places) -> Places:
    """Return for every position the furthest end of the lawful forms that begin at or before it."""
    reach = np.zeros(length + 1, dtype=np.int64)
    spans = np.asarray(lawful, dtype=np.int64).reshape(-1, 2)
    np.maximum.at(reach, spans[:, 0], spans[:, 1])
    return np.maximum.accumulate(reach)
