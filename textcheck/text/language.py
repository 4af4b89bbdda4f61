"""
How probable a text is by its characters: five in a row, in one table that lies in memory.

Probabilities are interpolated with absolute discounting and pruned (Chen and Goodman 1999, Stolcke
1998); textcheck/training/counts.py makes them. The table is a binary fuse filter (Graf and
Lemire 2022) with a cell of sixteen bits a row of characters: eight to recognise it, eight for its
value. A row that was never entered is taken for entered once in 256 times; as a row counts only
where it is also there without its first character, a false one of five needs several.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from textcheck.text.alphabet import Alphabet, Codes
from textcheck.text.ngrams import mix
from textcheck.text.scorer import Scorer

__all__ = ["CONTEXT", "ORDER", "Books", "LanguageModel", "Layout", "keys_of", "mark_of", "slots_of"]

Keys = NDArray[np.uint64]
Floats = NDArray[np.float32]

ORDER = 5
CONTEXT = ORDER - 1
"""How many characters before one tell how probable it is."""

_SHIFTS = np.array([[0], [14], [28]], dtype=np.uint64)
_STEPS = np.array([[0], [1], [2]], dtype=np.uint64)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 divided by the golden ratio
_HALF = np.uint64(32)
_BLOCK = 65_536  # rows scored at once without the compiled scorer: its arrays stay in the cache


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the cells of a key are: in three neighbouring segments out of so many and two."""

    segment: int
    segments: int
    seed: int

    @property
    def cells(self) -> int:
        """Return how many cells there are."""
        return (self.segments + 2) * self.segment


@dataclass(frozen=True, slots=True)
class Books:
    """
    What a value of 0 to 255 means, as natural logarithms; a row for each order from 2 on.

    `probability` is that of the last character of a row after the others, `back_off` the weight
    by which a shorter row counts where the whole one is only what stands before.
    """

    probability: Floats  # (ORDER - 1, 256)
    back_off: Floats  # (ORDER - 1, 256)


def keys_of(rows: NDArray[np.uint64], codes: int) -> Keys:
    """Return the key of each row of characters, one that no row of another length has."""
    keys = rows[:, 0].copy()
    for column in rows.T[1:]:
        keys = keys * np.uint64(codes) + column
    return keys


def slots_of(hashes: Keys, layout: Layout) -> NDArray[np.int64]:
    """Return the three cells of each key, a row each."""
    size = np.uint64(layout.segment)
    first = ((hashes >> _HALF) * np.uint64(layout.segments)) >> _HALF
    within = (hashes >> _SHIFTS) & (size - np.uint64(1))
    places: NDArray[np.int64] = (within + first * size + _STEPS * size).view(np.int64)
    return places


def mark_of(hashes: Keys) -> NDArray[np.uint8]:
    """Return the eight bits by which a key is recognised, independent of those that place it."""
    return ((hashes * _SPREAD) >> np.uint64(56)).astype(np.uint8)


@lru_cache(maxsize=2)
def _mapped(path: Path, changed: int) -> NDArray[np.uint16]:  # noqa: ARG001 # another file then
    """Map a file once for rules and learned stage: what both read counts as memory once."""
    cells: NDArray[np.uint16] = np.asarray(np.load(path, mmap_mode="r"))
    return cells


class LanguageModel:
    """Probabilities of characters after the four before them."""

    def __init__(self, folder: Path, *, compiled: bool = True) -> None:
        """
        Map the files of a folder.

        `compiled` takes the compiled scorer where there is one: it gives the same numbers.
        Raises OSError if a file cannot be read, ValueError if one is not whole.
        """
        described = tomllib.loads((folder / "language.toml").read_text(encoding="utf-8"))
        self.digest: str = described["digest"]
        self.layout = Layout(described["segment"], described["segments"], described["seed"])
        self.alphabet = Alphabet((folder / "alphabet.txt").read_text(encoding="utf-8"))
        self.single = np.load(folder / "single.npy")  # (2, codes): probability, back-off
        self.books = Books(*np.load(folder / "books.npy"))
        cells = folder / "cells.npy"
        self.cells = _mapped(cells, cells.stat().st_mtime_ns)  # (cells,) uint16
        if len(self.cells) != self.layout.cells or self.single.shape[1] != len(self.alphabet):
            raise ValueError(f"{folder}: the parts of the language model do not fit together")
        tables = (self.cells, self.single, self.books.probability, self.books.back_off)
        numbers = (self.layout.segment, self.layout.segments, self.layout.seed, len(self.alphabet))
        self.scorer = Scorer.load(tables, numbers) if compiled else None

    @property
    def compiled(self) -> bool:
        """Tell whether the compiled scorer is at work."""
        return self.scorer is not None

    def score(self, rows: Codes, first: int = CONTEXT) -> Floats:
        """
        Return the log probability of each row's characters from place `first` on.

        `rows` is (rows, length); what stands before a character, as far as the row goes, tells how
        probable it is. NOTHING at the end of a row is not counted.
        """
        rows = np.ascontiguousarray(rows, dtype=np.uint16)
        if self.scorer is not None:
            return self.scorer.score(rows, first)
        blocks = range(0, len(rows), _BLOCK)
        return np.concatenate(
            [self._score(rows[at : at + _BLOCK], first) for at in blocks]
            or [np.zeros(0, dtype=np.float32)]
        )

    def _score(self, rows: Codes, first: int) -> Floats:
        total = np.zeros(len(rows), dtype=np.float32)
        for place in range(first, rows.shape[1]):
            total += self._last(rows[:, max(0, place - CONTEXT) : place + 1])
        return total

    def _last(self, rows: Codes) -> Floats:
        """Return the log probability of the last character of each row."""
        wide = rows.astype(np.uint64)
        last, width = rows[:, -1], rows.shape[1]
        logs = self.single[0][last].copy()
        # What was seen of a row: the longest end of it, and the longest end of what stands before.
        row_open = np.ones(len(rows), dtype=np.bool_)
        if width > 1:
            before_open = rows[:, -2] > 0
            back_off = np.where(before_open, self.single[1][rows[:, -2]], np.float32(0))
        for order in range(2, width + 1):
            at = np.flatnonzero(row_open)
            found, value = self._look_up(wide[at, -order:])
            row_open[at[~found]] = False
            hits = at[found]
            logs[~row_open] += back_off[~row_open]
            logs[hits] = self.books.probability[order - 2][value[found]]
            if order < width:
                at = np.flatnonzero(before_open)
                found, value = self._look_up(wide[at, -order - 1 : -1])
                before_open[at[~found]] = False
                back_off = np.zeros(len(rows), dtype=np.float32)
                back_off[at[found]] = self.books.back_off[order - 2][value[found]]
        logs = np.minimum(logs, 0)  # rows that were taken for entered may add up to more
        logs[last == 0] = 0
        return np.asarray(logs, dtype=np.float32)

    def _look_up(self, rows: NDArray[np.uint64]) -> tuple[NDArray[np.bool_], NDArray[np.uint8]]:
        """Return which rows were entered, and the value of each; none begins beyond a text."""
        hashes = mix(keys_of(rows, len(self.alphabet)), self.layout.seed)
        one, two, three = self.cells[slots_of(hashes, self.layout)]
        cell = one ^ two ^ three
        found = ((cell >> 8).astype(np.uint8) == mark_of(hashes)) & (rows[:, 0] > 0)
        return found, cell.astype(np.uint8)
