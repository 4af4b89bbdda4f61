"""
Find every text that is one edit away from a protected form.

One edit is a wrong, missing, extra or doubled character, or two neighbours swapped. Around
the place of an edit the text still has the form's own characters, so each form is entered
under the two to four characters on both sides of every place where an edit may fall, and every
position of a text is looked up, for all forms at once, with NumPy: the cost hardly depends
on the number of forms. What is found is then compared with the whole form.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import NDArray

from textcheck.lexicon.arrays import Arrays
from textcheck.lexicon.keys import (
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
from textcheck.lexicon.lookup import SuspectFinder
from textcheck.lexicon.misses import Misses
from textcheck.lexicon.sieve import sieve_arrays, sieve_in, sieve_of
from textcheck.lexicon.strings import Strings, packed
from textcheck.text.points import Points, points_of

__all__ = ["Edit", "FuzzyIndex"]

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


_GAP, _SKIP = np.array([GAP_AND_SKIP[edit] for edit in Edit]).T  # by the number of the edit
_WRONG, _MISSING, _SWAPPED, _PAIR = (
    edit.value for edit in (Edit.WRONG, Edit.MISSING, Edit.SWAPPED, Edit.PAIR)
)


class _Table:
    """All keys, sorted, behind a sieve, and what each means."""

    def __init__(self, arrays: Arrays) -> None:
        self.sieve = sieve_in(arrays)
        self.starts, self.ends = arrays["starts"], arrays["stops"]
        self.shape, self.form, self.edit = arrays["shape"], arrays["form"], arrays["edit"]
        self.site, self.delta, self.reach = arrays["site"], arrays["delta"], arrays["reach"]
        self.first, self.last = arrays["first"], arrays["last"]
        reaches = list(zip(_LOW.tolist(), _HIGH.tolist(), strict=True))
        self._finder = SuspectFinder.load(self.sieve, arrays, reaches)

    def suspects(self, codes: Codes, reach: Places) -> Misses:
        """Return what may be a near miss: a key and both ends of the form stand in the text."""
        if self._finder is not None:
            return self._misses(*self._finder.find(codes, reach))
        return reduce(add, self._in_blocks(codes, reach), Misses.of([]))

    def _misses(self, rows: Places, starts: Places) -> Misses:
        ends, sites = starts + self.reach[rows] + 1, self.site[rows].astype(np.int64)
        return Misses(self.form[rows], starts, ends, self.edit[rows], sites)

    def _in_blocks(self, codes: Codes, reach: Places) -> Iterator[Misses]:
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
            yield self._suspects(places[real], at, codes, reach)

    def _suspects(self, places: Places, at: Places, codes: Codes, reach: Places) -> Misses:
        """Return the entries of the keys found whose form has its two ends in the text, too."""
        count = self.ends[at] - self.starts[at]
        behind = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        rows = np.repeat(self.starts[at], count) + behind
        places = np.repeat(places, count)
        starts = places - self.delta[rows]
        ends = starts + self.reach[rows]
        inside = (starts >= 0) & (ends < len(codes))
        rows, places, starts, ends = rows[inside], places[inside], starts[inside], ends[inside]
        # Of twelve forms that a key may mean eleven have another first or last character.
        first, last = self.first[rows], self.last[rows]
        kept = ((first == 0) | (codes[starts] == first)) & ((last == 0) | (codes[ends] == last))
        rows, places, starts, ends = rows[kept], places[kept], starts[kept], ends[kept]
        open_ = _open(reach, places, *_WINDOWS[self.shape[rows]].T)
        return self._misses(rows[open_], starts[open_])


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


def _entered(parts: Sequence[Entries]) -> Arrays:
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
        **sieve_arrays(sieve),
        "starts": starts[of_sieve],
        "stops": stops[of_sieve],
    }


class FuzzyIndex:
    """All protected forms, ready to be looked for."""

    def __init__(
        self,
        forms: Sequence[str] = (),
        weak: Collection[int] = (),
        pairs: Mapping[int, bool] | None = None,
        *,
        arrays: Arrays | None = None,
    ) -> None:
        """
        Enter every form of two characters or more; a single one is passed over.

        Forms of two, and those whose numbers are in `weak`, are found swapped or with a character
        too many, no other way; those in `pairs` with two neighbours replaced, too, at their ends
        where it says so. Or take the arrays of an index to which they were entered before.
        """
        if arrays is None:
            arrays = {**packed(forms), **_entered(entries_of(forms, weak, pairs or {}))}
        self.arrays = arrays
        """All that there is to keep of it."""
        self.forms = Strings(arrays)
        """The forms by their numbers."""
        self._table = _Table(arrays)

    def near_misses(self, folded: str, lawful: Sequence[tuple[int, int]] | Places) -> Misses:
        """
        Return every near miss in a folded text; the same place may come with several forms.

        `lawful` are the (start, end) of all lawful forms in the text: what lies in one is right.
        """
        points = points_of(folded)
        codes = np.minimum(points, NO_CHARACTER).astype(np.uint64)
        reach = _reach(len(codes), lawful)
        suspects = self._table.suspects(codes, reach)
        return suspects.chosen(_stands(suspects, self.forms, points))


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
    pairs = sites[misses.edits == _PAIR]
    for replaced in (sites[misses.edits == _WRONG], pairs, pairs + 1):
        same[replaced] ^= True
    stands: NDArray[np.bool_] = np.logical_and.reduceat(same, first)
    return stands


def _reach(length: int, lawful: Sequence[tuple[int, int]] | Places) -> Places:
    """Return for every position the furthest end of the lawful forms that begin at or before it."""
    reach = np.zeros(length + 1, dtype=np.int64)
    spans = np.asarray(lawful, dtype=np.int64).reshape(-1, 2)
    np.maximum.at(reach, spans[:, 0], spans[:, 1])
    return np.maximum.accumulate(reach)
