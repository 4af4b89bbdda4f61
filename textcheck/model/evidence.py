"""
What the language model says of every place of a text: which edit would make it more probable.

For each character: how probable it is, and by how much the text gains where the character is
replaced by one that sounds or looks like it or by one that often stands beside its neighbours, left
out, preceded by another, swapped with the next, where it and the next are left out, become another
word of the same sound, or change places with the next two.
Gains are differences of natural logarithms; only places where the text is hardly probable are
looked at, the others gain nothing.
"""

from dataclasses import dataclass, fields
from enum import IntEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from textcheck.text.alphabet import CLASSES, LINE, NOTHING, Codes
from textcheck.text.language import CONTEXT, Floats, LanguageModel
from textcheck.text.weighed import NO_GAIN, Weighed

__all__ = ["BESIDE", "GATE", "HOMOPHONES", "LIKE", "Alike", "Evidence", "Weigher"]

Places = NDArray[np.int64]

LIKE = 64
"""How many look-alikes and homophones of a character are tried."""
BESIDE = 48
"""How many neighbours of a character are tried beside it."""
HOMOPHONES = 8
"""How many words of a sound are tried."""

GATE = -5.0
"""Where a character and the next are more probable than this, nothing is tried."""

_WINDOW = CONTEXT + 1


class Alike(IntEnum):
    """In what two characters are like each other: of the same sound, nearly so or by shape."""

    NOT, SOMEHOW, SOUND = range(3)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Arrays with a value for each character of a text."""

    log: Floats
    window: Floats  # the sum of `log` of the character and the four behind it
    replace: Floats
    margin: Floats  # of the best replacement over the second
    replace_by: Codes
    fit: Floats  # of the best of what often stands beside its neighbours, like it or not
    fit_by: Codes
    leave_out: Floats
    leave_two: Floats  # it and the next
    insert: Floats  # before the character
    insert_what: Codes
    swap: Floats  # with the next
    reword: Floats  # with the next
    reword_first: Codes
    reword_second: Codes
    exchange: Floats  # of it and the next with the two behind them

    def part(self, start: int, end: int) -> "Evidence":
        """Return the evidence of a part of the text."""
        return Evidence(*(getattr(self, field.name)[start:end] for field in fields(self)))


class Weigher:
    """Finds the evidence in texts."""

    def __init__(self, folder: Path, *, compiled: bool = True) -> None:
        """Map the language model and its candidates; raises as LanguageModel does."""
        self.language = LanguageModel(folder, compiled=compiled)
        self._like = np.load(folder / "like.npy")  # (codes, LIKE)
        self._beside = np.load(folder / "beside.npy")  # (2, codes, BESIDE)
        self._syllable = np.load(folder / "syllables.npy")  # (codes,)
        self._sounds = np.load(folder / "sounds.npy")  # (pairs of syllables,)
        self.words: NDArray[np.uint16] = np.load(
            folder / "words.npy"
        )  # (pairs of syllables, HOMOPHONES, 2)

    def evidence(self, codes: Codes, *, gate: float = GATE) -> Evidence:
        """
        Return the evidence for the characters of a text.

        `gate` is the log probability above which a character and the next raise no doubt.
        """
        return self.evidence_of(Weighed(self.language, codes), gate=gate)

    def evidence_of(self, text: Weighed, *, gate: float = GATE) -> Evidence:
        """Return the evidence for the characters of a text that is weighed already."""
        codes, size = text.codes, len(text.codes)
        found = _nothing(text.log, text.sums[_WINDOW : size + _WINDOW] - text.sums[:size])
        following = np.append(text.log[1:], np.float32(0))
        doubtful = ((text.log < gate) | (following < gate)) & (codes != LINE)
        at = np.flatnonzero(doubtful)
        if not len(at):
            return found
        self._others(text, at, found)
        found.leave_out[at] = text.gain_without(at, 1)
        tried = self._neighbours(text, at, skip=0)
        gain = text.gains(at, tried[:, :, None], skip=0, best=1)
        found.insert[at] = gain.max(axis=1)
        found.insert_what[at] = _chosen(tried, gain.argmax(axis=1))
        self._pairs(text, at[at < size - 1], found)
        self._exchanges(text, doubtful, found)
        return found

    def likeness(self, written: Codes, meant: Codes) -> NDArray[np.int64]:
        """
        Return for each candidate how like it is to what is written: an Alike, of its least like.

        `meant` is (candidates, characters). Characters that stay do not count; where all do or
        nothing is written, it is NOT.
        """
        least = np.full(len(meant), len(Alike))
        for column, one in zip(meant.T, written.tolist(), strict=False):
            like = (column[:, None] == self._like[one]).any(axis=1) * int(Alike.SOMEHOW)
            same = (self._syllable[column] == self._syllable[one]) & (self._syllable[one] != 0)
            like[same] = Alike.SOUND
            least = np.where(column == one, least, np.minimum(least, like))
        least[least == len(Alike)] = Alike.NOT
        return least

    def others(self, text: Weighed, at: int) -> tuple[Codes, Codes]:
        """Return what is like the character of a place, and what often stands beside both sides."""
        return self._like[text.codes[at]], self._neighbours(text, np.array([at]), skip=1)[0]

    def _neighbours(self, text: Weighed, at: Places, *, skip: int) -> Codes:
        """Return (places, 2 * BESIDE): what often stands beside both sides of what is skipped."""
        ahead, behind = text.padded[at + CONTEXT - 1], text.padded[at + CONTEXT + skip]
        return np.concatenate([self._beside[0][ahead], self._beside[1][behind]], axis=1)

    def _others(self, text: Weighed, at: Places, found: Evidence) -> None:
        """Try other characters in the place of one."""
        tried = self._like[text.codes[at]]
        gain = text.gains(at, tried[:, :, None], skip=1, best=2)
        found.replace[at], found.margin[at] = _best_and_margin(gain)
        found.replace_by[at] = _chosen(tried, gain.argmax(axis=1))
        tried = self._neighbours(text, at, skip=1)
        tried[tried == text.codes[at][:, None]] = NOTHING
        gain = text.gains(at, tried[:, :, None], skip=1, best=1)
        found.fit[at] = gain.max(axis=1)
        found.fit_by[at] = _chosen(tried, gain.argmax(axis=1))

    def _pairs(self, text: Weighed, at: Places, found: Evidence) -> None:
        """Try what can be done with a character and the next."""
        one, two = text.codes[at], text.codes[at + 1]
        written = (one >= CLASSES) & (two >= CLASSES)
        at, one, two = at[written], one[written], two[written]
        found.leave_two[at] = text.gain_without(at, 2)
        swapped = np.stack([two, one], axis=1)[:, None]
        found.swap[at] = np.where(one == two, NO_GAIN, text.gains(at, swapped, skip=2)[:, 0])
        key = self._syllable[one].astype(np.uint32) << 16 | self._syllable[two]
        row = np.minimum(np.searchsorted(self._sounds, key), len(self._sounds) - 1)
        known = self._sounds[row] == key
        at, tried = at[known], self.words[row[known]].copy()
        same = (tried == np.stack([one, two], axis=1)[known][:, None]).all(axis=2)
        tried[same] = NOTHING
        gain = text.gains(at, tried, skip=2, best=1)
        best = _chosen(tried, gain.argmax(axis=1))
        found.reword[at] = gain.max(axis=1)
        found.reword_first[at], found.reword_second[at] = best[:, 0], best[:, 1]

    def _exchanges(self, text: Weighed, doubtful: NDArray[np.bool_], found: Evidence) -> None:
        """Try two words of two the other way round, where two of their three joints are odd."""
        behind = np.append(doubtful[4:], [False])
        odd = doubtful[:-3].astype(np.int8) + doubtful[2:-1] + behind
        at = np.flatnonzero(odd > 1)
        four = text.codes[at[:, None] + np.arange(4)]
        written = (four >= CLASSES).all(axis=1) & (four[:, :2] != four[:, 2:]).any(axis=1)
        at, four = at[written], four[written]
        found.exchange[at] = text.gains(at, four[:, None, [2, 3, 0, 1]], skip=4)[:, 0]


def _nothing(log: Floats, window: Floats) -> Evidence:
    """Return evidence for a text in which nothing was tried."""
    size = len(log)
    gains = [np.full(size, NO_GAIN, dtype=np.float32) for _ in range(8)]
    codes = [np.zeros(size, dtype=np.uint16) for _ in range(5)]
    return Evidence(
        log=log, window=window.astype(np.float32),
        replace=gains[0], margin=np.zeros(size, dtype=np.float32), replace_by=codes[0],
        leave_out=gains[1], insert=gains[2], insert_what=codes[1], swap=gains[3],
        reword=gains[4], reword_first=codes[2], reword_second=codes[3], exchange=gains[5],
        fit=gains[6], fit_by=codes[4], leave_two=gains[7],
    )  # fmt: skip


def _chosen(tried: Codes, best: Places) -> Codes:
    """Return the candidate chosen at each place."""
    chosen: Codes = tried[np.arange(len(tried)), best]
    return chosen


def _best_and_margin(gain: Floats) -> tuple[Floats, Floats]:
    """Return the best gain of each place, and by how much it is better than the second."""
    two = np.partition(gain, -2, axis=1)[:, -2:]
    return two[:, 1], two[:, 1] - two[:, 0]
