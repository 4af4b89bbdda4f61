"""
The keys under which a form is entered to be found with an edit.

Around the place of an edit the text still has the form's own characters: each form gets a key for
every place where an edit may fall, of the two to four characters on both sides of it.

Characters of the basic plane take 16 bits, so a key of four fits into a machine word.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from textcheck.text.points import points_of

__all__ = [
    "GAP_AND_SKIP", "NO_CHARACTER", "OFFSETS", "SALTS", "SHAPES", "Codes", "Edit", "Entries",
    "Shape",
    "codes_of",
    "entries_of",
]  # fmt: skip

Codes = NDArray[np.uint64]

_SHORTEST = 2  # of which one wrong or missing says nothing
_LONGEST_KEY = 4
NO_CHARACTER = 0xFFFF
"""A code point that no form has."""


class Edit(Enum):
    """How a text differs from a form."""

    WRONG = 0  # one character replaced
    MISSING = 1
    EXTRA = 2
    SWAPPED = 3  # two neighbours
    WORD = 4  # a word replaced by another of the same sound; of this and the next no key is made
    TWICE = 5  # two of the first four


@dataclass(frozen=True, slots=True)
class Shape:
    """
    Where a key's characters stand relative to its first one, and what the edit touches.

    `window` is the range of the text, relative to the key, that the key and the edit
    cover: where all of it lies in a lawful form there is no edit.
    """

    offsets: tuple[int, ...]
    window: tuple[int, int]


_GAPPED = {
    (1, 3): Shape((0, 2, 3, 4), (0, 5)),
    (2, 2): Shape((0, 1, 3, 4), (0, 5)),
    (3, 1): Shape((0, 1, 2, 4), (0, 5)),
    (1, 2): Shape((0, 2, 3), (0, 4)),
    (2, 1): Shape((0, 1, 3), (0, 4)),
    (1, 1): Shape((0, 2), (0, 3)),
}
_CLOSED = {size: Shape(tuple(range(size)), (0, size)) for size in (4, 3, 2)}
_AFTER_FIRST = {size: Shape(tuple(range(size)), (-1, size)) for size in (4, 3, 2)}
_BEFORE_LAST = {size: Shape(tuple(range(size)), (0, size + 1)) for size in (4, 3, 2)}
_PIECE = 3
_WITHIN = {_PIECE: Shape(tuple(range(_PIECE)), (-1, _PIECE + 1))}
SHAPES = [
    shape
    for family in (_GAPPED, _CLOSED, _AFTER_FIRST, _BEFORE_LAST, _WITHIN)
    for shape in family.values()
]
OFFSETS = sorted({shape.offsets for shape in SHAPES})
"""Where the characters of a key stand; shapes that only differ in their windows share a key."""
# The same characters at other offsets are another key. After this the keys are no longer exact,
# but nearly: a chance meeting fails the comparison of the whole form.
SALTS = np.arange(1, len(OFFSETS) + 1, dtype=np.uint64) * np.uint64(0xD1B54A32D192ED03)


@dataclass(frozen=True, slots=True)
class Entries:
    """
    Keys and what each means, as parallel arrays: the form starts `delta` before the key.

    `first` and `last` are the form's first and last character where the edit leaves them, else 0;
    the last one stands `reach` behind the start of the form in the text.
    """

    keys: Codes
    shape: NDArray[np.int8]
    form: NDArray[np.int32]
    edit: NDArray[np.int8]
    site: NDArray[np.int16]
    delta: NDArray[np.int16]
    first: NDArray[np.uint16]
    last: NDArray[np.uint16]
    reach: NDArray[np.int16]


_LONGER = {Edit.WRONG: 0, Edit.MISSING: -1, Edit.EXTRA: 1, Edit.SWAPPED: 0}
# How many characters of the text and of the form stand between the left and the right part.
GAP_AND_SKIP = {
    Edit.WRONG: (1, 1),
    Edit.MISSING: (0, 1),
    Edit.EXTRA: (1, 0),
    Edit.SWAPPED: (0, 0),
}


def codes_of(text: str) -> Codes:
    """Return the code points of text; those beyond the basic plane become one that no form has."""
    return np.minimum(points_of(text), NO_CHARACTER).astype(np.uint64)


def _pack(columns: Sequence[Codes]) -> Codes:
    key = columns[0]
    for column in columns[1:]:
        key = (key << np.uint64(16)) | column
    return key


@dataclass(frozen=True, slots=True)
class _Sites:
    """Every place of every form: the form's number, its start in `codes`, its length, the index."""

    codes: Codes
    form: NDArray[np.int32]
    start: NDArray[np.int32]
    length: NDArray[np.int32]
    site: NDArray[np.int32]

    def chosen(self, mask: NDArray[np.bool_]) -> "_Sites":
        """Return some of the places."""
        return _Sites(
            self.codes, self.form[mask], self.start[mask], self.length[mask], self.site[mask]
        )


def _sites(forms: Sequence[str]) -> _Sites:
    kept = [(number, form) for number, form in enumerate(forms) if len(form) >= _SHORTEST]
    lengths = np.array([len(form) for _, form in kept], dtype=np.int32)
    starts = np.cumsum(lengths, dtype=np.int32) - lengths
    numbers = np.array([number for number, _ in kept], dtype=np.int32)
    start = np.repeat(starts, lengths)
    return _Sites(
        codes=codes_of("".join(form for _, form in kept)),
        form=np.repeat(numbers, lengths),
        start=start,
        length=np.repeat(lengths, lengths),
        site=np.arange(len(start), dtype=np.int32) - start,
    )


def entries_of(
    forms: Sequence[str], weak: Collection[int], names: Collection[int] = ()
) -> list[Entries]:
    """
    Return the entries of all forms, in parts that can be joined.

    Forms of two characters and the `weak` numbers are entered for swaps and extra characters only;
    those in `names` under all their pieces, too: of two slips near each other no other key stands.
    """
    sites = _sites(forms)
    strong = (sites.length > _SHORTEST) & ~np.isin(sites.form, list(weak))
    parts: list[Entries] = []
    # An empty part, so that there is something to join where there are no forms.
    nothing = sites.chosen(np.zeros(len(sites.site), dtype=np.bool_))
    parts.append(_entries(_CLOSED[_SHORTEST], nothing.codes[:0], nothing, Edit.WRONG, nothing.site))
    for edit in (Edit.WRONG, Edit.MISSING):
        parts.extend(_around(edit, sites.chosen(strong)))
    parts.extend(_around(Edit.EXTRA, sites))
    parts.extend(_swapped(sites))
    parts.append(_pieces(sites.chosen(np.isin(sites.form, list(names)))))
    return parts


def _around(edit: Edit, sites: _Sites) -> Iterator[Entries]:
    """Yield entries for an edit at each site: up to four characters around it, two a side."""
    gap, skip = GAP_AND_SKIP[edit]
    if edit is not Edit.WRONG:  # a form without its first or last character is found as WRONG there
        sites = sites.chosen((sites.site > 0) & (sites.length - sites.site > skip))
    behind = sites.length - sites.site - skip
    before = np.minimum(sites.site, _LONGEST_KEY // 2)
    after = np.minimum(behind, _LONGEST_KEY - before)
    before = np.minimum(sites.site, _LONGEST_KEY - after)
    for left, right in sorted(set(zip(before.tolist(), after.tolist(), strict=True))):
        mine = sites.chosen((before == left) & (after == right))
        base = mine.start + mine.site
        offsets = [*range(-left, 0), *range(skip, skip + right)]
        keys = _pack([mine.codes[base + offset] for offset in offsets])
        delta = mine.site - left
        if left == 0:
            delta = delta + gap
            shape = _AFTER_FIRST[right]
        elif right == 0:
            shape = _BEFORE_LAST[left]
        else:
            shape = _GAPPED[left, right] if gap else _CLOSED[left + right]
        yield _entries(shape, keys, mine, edit, delta)


def _swapped(sites: _Sites) -> Iterator[Entries]:
    """Yield entries for two swapped neighbours: four characters with the pair in the middle."""
    sites = sites.chosen(sites.site < sites.length - 1)
    place = sites.start + sites.site
    sites = sites.chosen(sites.codes[place] != sites.codes[place + 1])
    size = np.minimum(sites.length, _LONGEST_KEY)
    for width in sorted(set(size.tolist())):
        mine = sites.chosen(size == width)
        first = np.clip(mine.site - 1, 0, mine.length - width)
        columns = []
        for offset in range(width):
            at = first + offset
            at = np.where(at == mine.site, at + 1, np.where(at == mine.site + 1, at - 1, at))
            columns.append(mine.codes[mine.start + at])
        yield _entries(_CLOSED[width], _pack(columns), mine, Edit.SWAPPED, first)


def _pieces(sites: _Sites) -> Entries:
    """Return entries for every three characters; no single slip is looked for about them."""
    sites = sites.chosen(sites.site <= sites.length - _PIECE)
    base = sites.start + sites.site
    keys = _pack([sites.codes[base + offset] for offset in range(_PIECE)])
    entries = _entries(_WITHIN[_PIECE], keys, sites, Edit.WRONG, sites.site)
    nowhere = np.full(len(keys), NO_CHARACTER, dtype=np.uint16)
    return replace(entries, first=nowhere, last=nowhere)


def _entries(
    shape: Shape, keys: Codes, sites: _Sites, edit: Edit, delta: NDArray[np.int32]
) -> Entries:
    """Return the entries of keys of a shape, each for one edit at one of the sites."""
    touched = sites.site + (edit is Edit.SWAPPED)
    last_stays = (touched < sites.length - 1) | (edit is Edit.EXTRA)
    nothing = np.uint64(0)
    return Entries(
        keys=keys ^ SALTS[OFFSETS.index(shape.offsets)],
        shape=np.full(len(keys), SHAPES.index(shape), dtype=np.int8),
        form=sites.form,
        edit=np.full(len(keys), edit.value, dtype=np.int8),
        site=sites.site.astype(np.int16),
        delta=delta.astype(np.int16),
        first=np.where(sites.site > 0, sites.codes[sites.start], nothing).astype(np.uint16),
        last=np.where(last_stays, sites.codes[sites.start + sites.length - 1], nothing).astype(
            np.uint16
        ),
        reach=(sites.length - 1 + _LONGER[edit]).astype(np.int16),
    )
