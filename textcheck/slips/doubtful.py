"""
Find where a character of a text is doubtful, and the best few that it may stand for.

A place is doubtful where clean text has none of the triples of characters over it, or hardly ever
the pair with a neighbour. Every character that is like the one there and stands beside that
neighbour in a word is tried; those are good that make the text far more probable, or a frequent
pair of a strange one. Where clean text has none of the triples, the commonest characters are tried
that are like it, which need no word (叻 for 了), and those that are tied to a neighbour, which need
not be like it (希冠 for 希望): good is what clean text has all three triples of.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textcheck.slips.alike import Alike
from textcheck.slips.unseen import BEYOND, RARE, Unseen
from textcheck.text.ngrams import Ngrams
from textcheck.text.pairs import Beside, Lists, WordPairs
from textcheck.text.points import Points, points_of
from textcheck.text.tally import Asked
from textcheck.text.tied import Tied

__all__ = ["KNOWN", "DoubtFinder", "Doubts"]

Codes = NDArray[np.uint64]
Places = NDArray[np.int64]
Counts = NDArray[np.float32]
Mask = NDArray[np.bool_]

KNOWN = 2
"""Of the three triples over a place put right, how many clean text must have."""

_ALL = 3
# The log probabilities of the three triples over a place, together. In dev_xwlb 1 place in 64 has
# none of the three in clean text and less than this.
_UNLIKELY = -19.0
# What the three triples over a rare character amount to that clean text has not there.
_OF_RARE = np.float32(-24.0)
_LEAST_GAIN = 6.0
# A pair that is seen so often makes up for an unknown triple: 高亢, beside a word it seldom meets.
_USUAL_PAIR = 20
# A pair is strange if it is seen less often, and the one put right so many times as often: clean
# text has misprints too (布署, 16 times; 部署 55,000 times).
_STRANGE, _TIMES = 40, 100
_FEW = 3  # of the good ones at a place are weighed
_BITS = 12  # of a number


@dataclass(frozen=True, slots=True)
class Doubts:
    """
    Doubtful characters and the best few for each, as arrays in the order of the text.

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

    def __init__(self, alike: Alike, ngrams: Ngrams, words: WordPairs, tied: Tied) -> None:
        """Keep the tables."""
        self.alike, self.ngrams = alike, ngrams
        self._words, self._tied = words, tied

    def doubts(self, text: str, unseen: Unseen) -> Doubts:
        """Return what is doubtful in a text of which clean text lacks so much."""
        codes, neither = unseen.codes, unseen.neither
        seldom = self._seldom(codes, np.flatnonzero(neither) + 1)
        seldom[unseen.apart] = 0
        unknown = np.flatnonzero(neither[:-1] & neither[1:]) + BEYOND
        rare = unseen.apart[unknown - 1] & unseen.apart[unknown]
        unlikely = np.zeros(len(codes), dtype=np.bool_)
        unlikely[unknown[rare | (self._logs(codes, unknown) < _UNLIKELY)]] = True
        doubtful = unlikely | (seldom < _STRANGE)
        doubtful[1:] |= seldom[:-1] < _STRANGE
        doubtful &= codes >= RARE
        points = points_of(text)
        tried = self._words.beside(codes, np.flatnonzero(doubtful), self._like(points, doubtful))
        tried = _joined(tried, self._anything(points, codes, np.flatnonzero(unlikely & doubtful)))
        return self._best(unseen, tried, seldom, unlikely)

    def _like(self, points: Points, doubtful: Mask) -> Lists:
        """Return what may stand for the characters at some places by its sound or shape."""
        return self.alike.lists(points[np.flatnonzero(doubtful) - BEYOND])

    def _anything(self, points: Points, codes: Codes, places: Places) -> Beside:
        """Return what may stand at some places though it need not be like it, or make a word."""
        common = self.alike.common(points[places - BEYOND])
        where, numbers = self._tied.between(codes, places)
        where = np.concatenate([np.repeat(places, common.counts), where])
        numbers = np.concatenate([common.each(), numbers])
        within = self.ngrams.triples_seen(_triple(codes, where, numbers, -1))
        where, numbers = where[within], numbers[within]
        ahead = self._words.joined(codes[where - 1], numbers)
        behind = self._words.joined(numbers, codes[where + 1])
        return Beside(where, numbers, ahead, behind)

    def _seldom(self, codes: Codes, starts: Places) -> Counts:
        """Return the counts of those of some pairs that are strange, at their places."""
        han = (codes[starts] >= RARE) & (codes[starts + 1] >= RARE)
        starts = starts[han]
        counts = np.full(len(codes), np.inf, dtype=np.float32)
        counts[starts] = self.ngrams.pairs(codes[starts], codes[starts + 1])
        return counts

    def _logs(self, codes: Codes, places: Places) -> Counts:
        """Return the log probability of the triples over each place, none of which was seen."""
        triples = _triples_over(codes, places, codes[places])
        logs = self.ngrams.log_probabilities_unseen(triples)
        total: Counts = logs.reshape(_ALL, -1).sum(axis=0)
        return total

    def _best(self, unseen: Unseen, tried: Beside, seldom: Counts, unlikely: Mask) -> Doubts:
        """Return the best characters for each place that has one."""
        codes = unseen.codes
        asked = Asked(codes, seldom, unlikely, _USUAL_PAIR, _TIMES)
        chosen, pairs_ahead, pairs_behind = self.ngrams.promising(asked, tried)
        triples = _triples_over(codes, tried.places[chosen], tried.numbers[chosen])
        known = self.ngrams.triples_seen(triples).reshape(_ALL, -1).sum(axis=0)
        some = np.flatnonzero(known)
        chosen, known = chosen[some], known[some]
        pairs_ahead, pairs_behind = pairs_ahead[some], pairs_behind[some]
        where, numbers = tried.places[chosen], tried.numbers[chosen]
        ahead, behind = tried.ahead[chosen], tried.behind[chosen]
        # The pair that a word needs, and that stands in place of a strange one.
        mends_ahead = ahead & (pairs_ahead > _TIMES * seldom[where - 1])
        mends_behind = behind & (pairs_behind > _TIMES * seldom[where])
        mended = np.maximum(pairs_ahead * mends_ahead, pairs_behind * mends_behind)
        low = unlikely[where] & (pairs_ahead > 0) & (pairs_behind > 0)
        after, now = self._totals(codes, where, numbers), self._standing(codes, where)
        rare = unseen.apart[where - 1] | unseen.apart[where]
        now = np.where(rare, np.minimum(now, _OF_RARE), now)
        likely = (after - now > _LEAST_GAIN) & (known >= KNOWN) & low
        best = _best_of_each(where, after, likely | (mended >= _USUAL_PAIR))
        return Doubts(
            places=where[best] - BEYOND,
            numbers=numbers[best],
            before=now[best],
            after=after[best],
            known=known[best],
            pair=np.maximum(pairs_ahead[best] * ahead[best], pairs_behind[best] * behind[best]),
            ahead=np.where(mends_ahead[best], seldom[where[best] - 1], np.float32(np.inf)),
            behind=np.where(mends_behind[best], seldom[where[best]], np.float32(np.inf)),
        )

    def _standing(self, codes: Codes, places: Places) -> Counts:
        """Return the same for what stands at the places, which come in order, some repeatedly."""
        first = np.diff(places, prepend=-1) > 0
        once = places[first]
        each: Counts = self._totals(codes, once, codes[once])[np.cumsum(first) - 1]
        return each

    def _totals(self, codes: Codes, places: Places, numbers: Codes) -> Counts:
        """Return the log probability of the triples over each place at which a number stands."""
        logs, _ = self.ngrams.log_probabilities(_triples_over(codes, places, numbers))
        total: Counts = logs.reshape(_ALL, -1).sum(axis=0)
        return total


def _joined(one: Beside, other: Beside) -> Beside:
    """Return what either has, without what the other has again."""
    keys = [(both.places << _BITS) | both.numbers.view(np.int64) for both in (one, other)]
    _, first = np.unique(np.concatenate(keys), return_index=True)
    return Beside(
        *(
            np.concatenate([getattr(one, name), getattr(other, name)])[first]
            for name in ("places", "numbers", "ahead", "behind")
        )
    )


def _best_of_each(places: Places, after: Counts, good: Mask) -> Places:
    """Return for each place which few of the good ones make the text most probable."""
    at = np.flatnonzero(good)
    at = at[np.lexsort((-after[at], places[at]))]
    # The one so many before it is of another place.
    kept = np.ones(len(at), dtype=np.bool_)
    kept[_FEW:] = places[at][_FEW:] != places[at][:-_FEW]
    best: Places = at[kept]
    return best


def _triple(codes: Codes, places: Places, numbers: Codes, offset: int) -> Codes:
    """Return the triple that begins so far from each place at which a number stands."""
    columns = [codes[places + at] for at in range(offset, offset + _ALL)]
    columns[-offset] = numbers
    return np.stack(columns, axis=1)


def _triples_over(codes: Codes, places: Places, numbers: Codes) -> Codes:
    """Return the triples over places at which `numbers` stand: all first ones, then the next."""
    return np.concatenate([_triple(codes, places, numbers, offset) for offset in range(-2, 1)])
