"""
Find where a character of a text is doubtful, and the best one that it may stand for.

A place is doubtful where clean text has none of the triples of characters over it, or hardly ever
the pair with a neighbour. Every character that is like the one there and stands beside that
neighbour in a word is tried; the best makes the text far more probable, or a frequent pair of a
strange one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textcheck.lexicon.alike import Alike
from textcheck.lexicon.unseen import BEYOND, Unseen
from textcheck.text.ngrams import CLASSES, Ngrams
from textcheck.text.pairs import WordPairs
from textcheck.text.points import points_of

__all__ = ["KNOWN", "DoubtFinder", "Doubts"]

Codes = NDArray[np.uint64]
Places = NDArray[np.int64]
Counts = NDArray[np.float32]
Mask = NDArray[np.bool_]

KNOWN = 2
"""Of the three triples over a place put right, how many clean text must have."""

# The log probabilities of the three triples over a place, together. In dev_xwlb 1 place in 64 has
# none of the three in clean text and less than this.
_UNLIKELY = -19.0
_LEAST_GAIN = 6.0
# A pair that is seen so often makes up for an unknown triple: 高亢, beside a word it seldom meets.
_USUAL_PAIR = 20
# A pair is strange if it is seen less often, and the one put right so many times as often: clean
# text has misprints too (布署, 16 times; 部署 55,000 times).
_STRANGE, _TIMES = 40, 100
_RARE = CLASSES - 1  # the number of every Han character that is rare


@dataclass(frozen=True, slots=True)
class Doubts:
    """
    Doubtful characters and the best for each, as arrays in the order of the text.

    `numbers` are those of the best characters. `before` and `after` are the log probabilities of
    the three triples over the place as it stands and put right; `known` is how many of the latter
    clean text has. `pair` is the count of the commonest pair that the character put right makes
    in a word; `ahead` and `behind` are the counts of the strange pairs that it mends, infinite
    where there is none.
    """

    places: Places
    numbers: Codes
    before: Counts
    after: Counts
    known: Places
    pair: Counts
    ahead: Counts
    behind: Counts


class DoubtFinder:
    """Finds the doubtful characters of a text."""

    def __init__(self, alike: Alike, ngrams: Ngrams, words: WordPairs) -> None:
        """Keep the tables."""
        self._alike, self._ngrams, self._words = alike, ngrams, words

    def doubts(self, text: str, unseen: Unseen) -> Doubts:
        """Return what is doubtful in a text of which clean text lacks so much."""
        codes, neither = unseen.codes, unseen.neither
        seldom = self._seldom(codes, np.flatnonzero(neither) + 1)
        unknown = np.flatnonzero(neither[:-1] & neither[1:]) + BEYOND
        unlikely = np.zeros(len(codes), dtype=np.bool_)
        unlikely[unknown[self._logs(codes, unknown) < _UNLIKELY]] = True
        doubtful = unlikely | (seldom < _STRANGE)
        doubtful[1:] |= seldom[:-1] < _STRANGE
        doubtful &= codes >= _RARE
        return self._best(text, codes, np.flatnonzero(doubtful), seldom, unlikely)

    def _seldom(self, codes: Codes, starts: Places) -> Counts:
        """Return the counts of those of some pairs that are strange, at their places."""
        han = (codes[starts] >= _RARE) & (codes[starts + 1] >= _RARE)
        starts = starts[han]
        counts = np.full(len(codes), np.inf, dtype=np.float32)
        counts[starts] = self._ngrams.pairs(codes[starts], codes[starts + 1])
        return counts

    def _logs(self, codes: Codes, places: Places) -> Counts:
        """Return the log probability of the triples over each place, none of which was seen."""
        triples = _triples_over(codes, places, codes[places])
        logs = self._ngrams.log_probabilities_unseen(triples)
        total: Counts = logs.reshape(3, -1).sum(axis=0)
        return total

    def _best(
        self, text: str, codes: Codes, places: Places, seldom: Counts, unlikely: Mask
    ) -> Doubts:
        """Return the best character for each place that has one."""
        tried = self._alike.lists(points_of(text)[places - BEYOND])
        found = self._words.beside(codes, places, tried)
        where, numbers, ahead, behind = found.places, found.numbers, found.ahead, found.behind
        pairs_ahead = self._ngrams.pairs(codes[where - 1], numbers)
        pairs_behind = self._ngrams.pairs(numbers, codes[where + 1])
        # The pair that a word needs, and that stands in place of a strange one.
        mends_ahead = ahead & (pairs_ahead > _TIMES * seldom[where - 1])
        mends_behind = behind & (pairs_behind > _TIMES * seldom[where])
        mended = np.maximum(pairs_ahead * mends_ahead, pairs_behind * mends_behind)
        low = unlikely[where] & (pairs_ahead > 0) & (pairs_behind > 0)
        chosen = np.flatnonzero((mended >= _USUAL_PAIR) | low)
        seen = self._ngrams.triples_seen(_triples_over(codes, where[chosen], numbers[chosen]))
        known = seen.reshape(3, -1).sum(axis=0)
        chosen, known = chosen[known > 0], known[known > 0]
        where, numbers = where[chosen], numbers[chosen]
        after, now = self._totals(codes, where, numbers), self._totals(codes, where, codes[where])
        likely = (after - now > _LEAST_GAIN) & (known >= KNOWN) & low[chosen]
        best = _best_of_each(where, after, likely | (mended[chosen] >= _USUAL_PAIR))
        of = chosen[best]
        return Doubts(
            places=where[best] - BEYOND,
            numbers=numbers[best],
            before=now[best],
            after=after[best],
            known=known[best],
            pair=np.maximum(pairs_ahead[of] * ahead[of], pairs_behind[of] * behind[of]),
            ahead=np.where(mends_ahead[of], seldom[where[best] - 1], np.float32(np.inf)),
            behind=np.where(mends_behind[of], seldom[where[best]], np.float32(np.inf)),
        )

    def _totals(self, codes: Codes, places: Places, numbers: Codes) -> Counts:
        """Return the log probability of the triples over each place at which a number stands."""
        logs, _ = self._ngrams.log_probabilities(_triples_over(codes, places, numbers))
        total: Counts = logs.reshape(3, -1).sum(axis=0)
        return total


def _best_of_each(places: Places, after: Counts, good: Mask) -> Places:
    """Return for each place which of the good ones makes the text most probable."""
    at = np.flatnonzero(good)
    at = at[np.lexsort((-after[at], places[at]))]
    first = np.append(np.ones(min(1, len(at)), dtype=np.bool_), np.diff(places[at]) > 0)
    best: Places = at[first]
    return best


def _triples_over(codes: Codes, places: Places, numbers: Codes) -> Codes:
    """Return the triples over places at which `numbers` stand: all first ones, then the next."""
    far, left, right, beyond = (codes[places + offset] for offset in (-2, -1, 1, 2))
    columns = ((far, left, numbers), (left, numbers, right), (numbers, right, beyond))
    return np.concatenate([np.stack(column, axis=1) for column in columns])
