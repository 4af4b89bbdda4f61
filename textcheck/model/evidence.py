"""
What the language model says of every place of a text: which edit would make it more probable.

For each character: how probable it is, and by how much the text gains where the character is
replaced by one that sounds or looks like it, left out, preceded by another, swapped with the next,
where it and the next become another word of the same sound, or change places with the next two.
Gains are differences of natural logarithms; only places where the text is hardly probable are
looked at, the others gain nothing.
"""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from textcheck.model.alphabet import CLASSES, LINE, NOTHING, Codes
from textcheck.model.language import CONTEXT, Floats, LanguageModel

__all__ = ["BESIDE", "GATE", "HOMOPHONES", "LIKE", "NO_GAIN", "Evidence", "Weighed", "Weigher"]

Places = NDArray[np.int64]

LIKE = 64
"""How many look-alikes and homophones of a character are tried."""
BESIDE = 48
"""How many neighbours of a character are tried in a gap."""
HOMOPHONES = 8
"""How many words of a sound are tried."""

NO_GAIN = np.float32(-30)
"""The gain where nothing was tried, and the least that is told."""

GATE = -5.0
"""Where a character and the next are more probable than this, nothing is tried."""

_ROWS = 1 << 18  # scored at once
# Candidates of a place that are weighed with all their neighbours: those that go best with the two
# next to them. In news 99 of 100 best replacements and 96 of 100 best insertions are among so many.
_PROMISING = 16
_WINDOW = CONTEXT + 1


@dataclass(frozen=True, slots=True)
class Evidence:
    """Arrays with a value for each character of a text."""

    log: Floats
    window: Floats  # the sum of `log` of the character and the four behind it
    replace: Floats
    margin: Floats  # of the best replacement over the second
    replace_by: Codes
    leave_out: Floats
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

    def evidence_of(self, text: "Weighed", *, gate: float = GATE) -> Evidence:
        """Return the evidence for the characters of a text that is weighed already."""
        codes, size = text.codes, len(text.codes)
        found = _nothing(text.log, text.sums[_WINDOW : size + _WINDOW] - text.sums[:size])
        following = np.append(text.log[1:], np.float32(0))
        doubtful = ((text.log < gate) | (following < gate)) & (codes != LINE)
        at = np.flatnonzero(doubtful)
        if not len(at):
            return found
        ahead, here = text.padded[at + CONTEXT - 1], codes[at]
        tried = self._like[here]
        gain = text.gains(at, tried[:, :, None], skip=1)
        best = gain.argmax(axis=1)
        found.replace[at], found.margin[at] = _best_and_margin(gain)
        found.replace_by[at] = _chosen(tried, best)
        found.leave_out[at] = text.gains(at, np.zeros((len(at), 1, 0), dtype=np.uint16), skip=1)[
            :, 0
        ]
        tried = np.concatenate([self._beside[0][ahead], self._beside[1][here]], axis=1)
        gain = text.gains(at, tried[:, :, None], skip=0)
        found.insert[at] = gain.max(axis=1)
        found.insert_what[at] = _chosen(tried, gain.argmax(axis=1))
        self._pairs(text, at[at < size - 1], found)
        self._exchanges(text, doubtful, found)
        return found

    def neighbours(self, text: "Weighed", at: int) -> list[int]:
        """Return what often stands behind what is before a place, and before what is behind it."""
        ahead, behind = text.padded[at + CONTEXT - 1], text.padded[at + CONTEXT + 1]
        return [*self._beside[0][ahead].tolist(), *self._beside[1][behind].tolist()]

    def _pairs(self, text: "Weighed", at: Places, found: Evidence) -> None:
        """Try what can be done with a character and the next."""
        one, two = text.codes[at], text.codes[at + 1]
        written = (one >= CLASSES) & (two >= CLASSES)
        at, one, two = at[written], one[written], two[written]
        swapped = np.stack([two, one], axis=1)[:, None]
        found.swap[at] = np.where(one == two, NO_GAIN, text.gains(at, swapped, skip=2)[:, 0])
        key = self._syllable[one].astype(np.uint32) << 16 | self._syllable[two]
        row = np.minimum(np.searchsorted(self._sounds, key), len(self._sounds) - 1)
        known = self._sounds[row] == key
        at, tried = at[known], self.words[row[known]].copy()
        same = (tried == np.stack([one, two], axis=1)[known][:, None]).all(axis=2)
        tried[same] = NOTHING
        gain = text.gains(at, tried, skip=2)
        best = _chosen(tried, gain.argmax(axis=1))
        found.reword[at] = gain.max(axis=1)
        found.reword_first[at], found.reword_second[at] = best[:, 0], best[:, 1]

    def _exchanges(self, text: "Weighed", doubtful: NDArray[np.bool_], found: Evidence) -> None:
        """Try two words of two the other way round, where two of their three joints are odd."""
        behind = np.append(doubtful[4:], [False])
        odd = doubtful[:-3].astype(np.int8) + doubtful[2:-1] + behind
        at = np.flatnonzero(odd > 1)
        four = text.codes[at[:, None] + np.arange(4)]
        written = (four >= CLASSES).all(axis=1) & (four[:, :2] != four[:, 2:]).any(axis=1)
        at, four = at[written], four[written]
        found.exchange[at] = text.gains(at, four[:, None, [2, 3, 0, 1]], skip=4)[:, 0]


class Weighed:
    """A text under the language model: what it is worth as it stands, and with an edit."""

    def __init__(self, language: LanguageModel, codes: Codes) -> None:
        """Work out how probable each character is as it stands."""
        beyond = np.full(CONTEXT + 2, NOTHING, dtype=np.uint16)
        self._language = language
        self.codes = codes
        self.padded = np.concatenate([beyond[:CONTEXT], codes, beyond])
        around = np.lib.stride_tricks.sliding_window_view(self.padded, CONTEXT + 1)
        self.log = language.score(around[: len(codes)])
        sums = np.cumsum(self.log, dtype=np.float64)
        self.sums = np.concatenate([[0.0], sums, np.repeat(sums[-1:], CONTEXT + 2)])

    def gains(self, at: Places, tried: Codes, *, skip: int) -> Floats:
        """
        Return what the text gains where it reads `tried` instead of `skip` characters.

        `tried` is (places, candidates, characters); the gains are (places, candidates). A candidate
        that begins with NOTHING is none.
        """
        number, candidate = np.nonzero(tried[:, :, 0] if tried.shape[2] else tried.sum(2) == 0)
        if tried.shape[1] > _PROMISING:
            number, candidate = self._promising(at, tried, number, candidate, skip)
        gains = np.full(tried.shape[:2], NO_GAIN, dtype=np.float32)
        steps = np.arange(CONTEXT)
        for block in range(0, len(number), _ROWS):
            one, other = number[block : block + _ROWS], candidate[block : block + _ROWS]
            start = at[one][:, None]  # in padded, the four characters before the place
            parts = (
                self.padded[start + steps],
                tried[one, other],
                self.padded[start + CONTEXT + skip + steps],
            )
            score = self._language.score(np.concatenate(parts, axis=1))
            start = start[:, 0]
            now = self.sums[start + skip + CONTEXT] - self.sums[start]
            gains[one, other] = np.maximum(score - now, NO_GAIN)
        return gains

    def _promising(
        self, at: Places, tried: Codes, number: Places, candidate: Places, skip: int
    ) -> tuple[Places, Places]:
        """Return the candidates that go best with what is next to them, a few for each place."""
        further = self.padded[at + CONTEXT - 2][number]
        ahead = self.padded[at + CONTEXT - 1][number]
        behind = self.padded[at + CONTEXT + skip][number]
        middle = tried[number, candidate, 0]
        rough = np.full(tried.shape[:2], NO_GAIN, dtype=np.float32)
        rough[number, candidate] = self._language.score(
            np.stack([further, ahead, middle, behind], axis=1), first=2
        )
        best = np.argpartition(rough, -_PROMISING, axis=1)[:, -_PROMISING:]
        kept = np.zeros(rough.shape, dtype=np.bool_)
        np.put_along_axis(kept, best, values=True, axis=1)
        left, right = np.nonzero(kept & (tried[:, :, 0] > 0))
        return left, right


def _nothing(log: Floats, window: Floats) -> Evidence:
    """Return evidence for a text in which nothing was tried."""
    size = len(log)
    gains = [np.full(size, NO_GAIN, dtype=np.float32) for _ in range(6)]
    codes = [np.zeros(size, dtype=np.uint16) for _ in range(4)]
    return Evidence(
        log=log, window=window.astype(np.float32),
        replace=gains[0], margin=np.zeros(size, dtype=np.float32), replace_by=codes[0],
        leave_out=gains[1], insert=gains[2], insert_what=codes[1], swap=gains[3],
        reword=gains[4], reword_first=codes[2], reword_second=codes[3], exchange=gains[5],
    )  # fmt: skip


def _chosen(tried: Codes, best: Places) -> Codes:
    """Return the candidate chosen at each place."""
    chosen: Codes = tried[np.arange(len(tried)), best]
    return chosen


def _best_and_margin(gain: Floats) -> tuple[Floats, Floats]:
    """Return the best gain of each place, and by how much it is better than the second."""
    two = np.partition(gain, -2, axis=1)[:, -2:]
    return two[:, 1], two[:, 1] - two[:, 0]
