"""
Find characters that clean text hardly has anywhere, where a common one fits: 仼务 for 任务.

These are traditional forms, variants and rare look-alikes: an input method offers them, a scanner
reads them. Every character is tried that makes a word with a neighbour; the best is a guess if
clean text has all of the three triples over the place, or one if both sound or look alike.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textcheck.document import Span
from textcheck.slips.alike import Alike
from textcheck.slips.typos import Typo
from textcheck.slips.unseen import BEYOND, RARE, Unseen, unseen_in
from textcheck.text.distinct import distinct
from textcheck.text.joined import Joined
from textcheck.text.ngrams import CLASSES, Ngrams
from textcheck.text.pairs import WordPairs
from textcheck.text.rare import RareCharacters
from textcheck.text.words import word_at

__all__ = ["StrangerFinder"]

_KNOWN, _ALL = 2, 3  # of the triples over a place
# A million characters of news and reports have eleven characters that are hardly known: names of
# rivers, of villages and of vessels. Of these 0.9 have a common character that is as likely as the
# first says and makes all three triples, of known characters replaced by hardly known ones 71 %.
_LIKELY, _POSSIBLE = -12.0, -15.0
_LIKE = 3.0  # what the same sound or a like shape is worth
_SURE, _DOUBTFUL = 0.99, 0.9
_USUAL = 50  # how often clean text has the pair that makes the word
_OFTEN = 3  # who is named so often in a text is called so
_CONTEXT = 6


@dataclass(frozen=True, slots=True)
class _Best:
    """The common character that fits best at a place, and whether hardly anything else can."""

    right: str
    sure: bool


class StrangerFinder:
    """Hardly known characters, over one table of n-grams and what words are made of."""

    def __init__(
        self, ngrams: Ngrams, words: WordPairs, alike: Alike, rare: RareCharacters
    ) -> None:
        """Keep the tables."""
        self._ngrams = ngrams
        self._words = words
        self._alike = alike
        self._rare = rare

    def strangers(self, text: str) -> list[Typo]:
        """Return the places where a hardly known character stands for a common one."""
        joined = Joined([text])
        return self.strangers_in(joined, unseen_in(joined.text, self._ngrams, self._rare))[0]

    def strangers_in(self, joined: Joined, unseen: Unseen) -> list[list[Typo]]:
        """Return the same for several texts, whose characters have these numbers."""
        found: list[list[Typo]] = [[] for _ in joined.starts]
        for place in (np.flatnonzero(unseen.codes == RARE) - BEYOND).tolist():
            if joined.text[place] in self._rare:
                continue
            number = joined.number(place)
            first = joined.starts[number]
            if joined.text.count(joined.text[place], first, joined.ends[number]) >= _OFTEN:
                continue
            best = self._fitting(joined.text[place], unseen.codes[place : place + 2 * BEYOND + 1])
            if best is not None and (typo := _typo(joined.text, place, best, first)) is not None:
                found[number].append(typo)
        return found

    def _fitting(self, wrong: str, codes: NDArray[np.uint64]) -> _Best | None:
        """Return the common character that fits best in the middle, None where none does."""
        left, right = int(codes[BEYOND - 1]), int(codes[BEYOND + 1])
        behind, before = self._words.following(left), self._words.preceding(right)
        beside = distinct(np.concatenate([behind, before]))
        numbers = beside[beside >= CLASSES].astype(np.uint64)
        if not len(numbers):
            return None
        total, known = self._scored(codes, numbers)
        alike = self._ngrams.codes("".join(sorted(self._alike.like(wrong))))
        like = np.isin(numbers, alike, kind="table")  # the other way begins with np.unique
        total = np.where(known + like >= _KNOWN, total + _LIKE * like, -np.inf)
        best = int(total.argmax())
        if not (like[best] or (total[best] > _LIKELY and known[best] == _ALL)):
            # 提岀: 升 is as likely there, but not like it.
            total = np.where(like, total, -np.inf)
            best = int(total.argmax())
        if total[best] <= _POSSIBLE or self._usual(left, int(numbers[best]), right) < _USUAL:
            return None
        return _Best(self._ngrams.character(int(numbers[best])), bool(total[best] > _LIKELY))

    def _scored(
        self, codes: NDArray[np.uint64], numbers: NDArray[np.uint64]
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return how likely the triples are with each number in the middle, and how many known."""
        far, left, _, right, beyond = codes.tolist()
        rows = np.zeros((_ALL, len(numbers), _ALL), dtype=np.uint64)
        for row, around in enumerate(
            ((far, left, None), (left, None, right), (None, right, beyond))
        ):
            for column, number in enumerate(around):
                rows[row, :, column] = numbers if number is None else number
        logs, seen = self._ngrams.log_probabilities(rows.reshape(-1, _ALL))
        return logs.reshape(_ALL, -1).sum(axis=0), seen.reshape(_ALL, -1).sum(axis=0)

    def _usual(self, left: int, number: int, right: int) -> float:
        """Return how often clean text has the commoner of the two pairs."""
        pairs = np.array([[left, number], [number, right]], dtype=np.uint64)
        return float(self._ngrams.pairs(pairs[:, 0], pairs[:, 1]).max())


def _typo(text: str, place: int, best: _Best, first: int) -> Typo | None:
    """Return the misprint, None where the right character makes no word, or the other one too."""
    low = max(0, place - _CONTEXT)
    at = place - low
    before, behind = text[low:place], text[place + 1 : place + 1 + _CONTEXT]
    put_right = before + best.right + behind
    word, other = word_at(put_right, at), word_at(before + text[place] + behind, at)
    # 榴梿 is as good as 榴莲.
    if word.end - word.start == 1 or other.end - other.start > 1:
        return None
    span = Span(low + word.start - first, low + word.end - first)
    return Typo(span, word.of(put_right), _SURE if best.sure else _DOUBTFUL)
