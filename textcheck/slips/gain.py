"""How much more probable a text becomes when a near miss is put right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textcheck.document import Span
from textcheck.matching.keys import GAP_AND_SKIP, Edit
from textcheck.matching.misses import Misses
from textcheck.matching.strings import Strings
from textcheck.text.ngrams import Ngrams
from textcheck.text.points import Points, points_of
from textcheck.text.tally import Edits

__all__ = ["Gain", "Gains", "gains", "gains_of_readings", "reading"]

Places = NDArray[np.int64]
Floats = NDArray[np.float32]

_ORDER = 3  # triples: a character counts for itself and the two behind it
_AROUND = _ORDER - 1
_MOST_EDITED = 2  # characters of the text or the form that an edit touches
# So many characters behind the edit are looked at: two more, and what is the same before and behind
# a character left out, where it stands twice or more often.
_BEHIND = 6
_BEYOND = np.zeros(_AROUND, dtype=np.uint32)  # stands before and behind the text
_BEGINS, _GOES_ON = -3.0, -0.7  # one in twenty, one in two
# How many characters of the text and of the form an edit touches, by its number.
_TOUCHED = dict(GAP_AND_SKIP) | {Edit.SWAPPED: (_MOST_EDITED, _MOST_EDITED)}
_PLACES = np.arange(-_AROUND, _MOST_EDITED + _BEHIND)
"""The places of a reading, counted from the edit on."""
_TAKEN, _GIVEN = np.array([*_TOUCHED.values()], dtype=np.int64).T


@dataclass(frozen=True, slots=True)
class Gain:
    """
    The reading of a place with the right form against the text as it stands.

    `total` is the difference of the two log probabilities, positive where the form reads better;
    `worst` the log probability of the least likely character of the text at the damage; `unseen`
    the share of triples there that clean text does not have.
    """

    total: float
    worst: float
    unseen: float


@dataclass(frozen=True, slots=True)
class Gains:
    """The gains of many near misses as arrays."""

    totals: Floats
    worst: Floats
    unseen: NDArray[np.float64]

    def __iter__(self) -> Iterator[Gain]:
        """Yield one after the other."""
        columns = (self.totals.tolist(), self.worst.tolist(), self.unseen.tolist())
        return (Gain(*values) for values in zip(*columns, strict=True))

    def at(self, number: int) -> Gain:
        """Return one of them."""
        return Gain(
            float(self.totals[number]), float(self.worst[number]), float(self.unseen[number])
        )

    def chosen(self, which: NDArray[np.bool_] | Places) -> "Gains":
        """Return some of them."""
        return Gains(self.totals[which], self.worst[which], self.unseen[which])


def gains(points: Points, misses: Misses, forms: Strings, ngrams: Ngrams) -> Gains:
    """
    Return the gain of each near miss in a text; only characters near the damage are looked at.

    `forms` are the right writings by their numbers.
    """
    text, edits = np.concatenate([_BEYOND, points, _BEYOND]), _edits(misses, forms)
    compiled = ngrams.gains(text, edits, (_BEGINS, _GOES_ON))
    return Gains(*compiled) if compiled is not None else _gains(text, edits, ngrams)


def _gains(text: Points, edits: Edits, ngrams: Ngrams) -> Gains:
    """Return the gains of edits in a text that has characters of none before and behind it."""
    now, then = _readings(text, edits, ngrams)
    ahead, behind = _common(now, then)
    # Both readings at once, those that stand in the text first.
    both = _Rows(np.concatenate([now.codes, then.codes]), np.concatenate([now.sizes, then.sizes]))
    weighed, seen, logs = _weighed(both, np.tile(ahead, 2), np.tile(behind, 2), ngrams)
    here = len(edits.at)
    least = _least(edits.sites[:, None] + _PLACES, edits.lengths)
    then_logs = np.where(weighed[here:], np.maximum(logs[here:], least), np.float32(0))
    totals = then_logs.sum(axis=1) - logs[:here].sum(axis=1)
    worst = logs[:here].min(axis=1, initial=0.0)
    count = np.maximum(weighed[:here].sum(axis=1), 1)
    unseen = (weighed[:here] & ~seen[:here]).sum(axis=1) / count
    return Gains(totals, worst, unseen)


def gains_of_readings(readings: Sequence[tuple[str, str]], ngrams: Ngrams) -> list[float]:
    """
    Return for texts as they stand and put right how much more probable the latter are.

    Both of a pair share two characters at the start and two at the end.
    """
    if not readings:
        return []
    texts = [text for pair in readings for text in pair]
    sizes = np.array([len(text) for text in texts])
    codes = ngrams.numbers(points_of("".join(texts)))
    logs, _ = ngrams.log_probabilities(np.stack([codes[:-2], codes[1:-1], codes[2:]], axis=1))
    sums = np.concatenate([[0.0, 0.0, 0.0], np.cumsum(logs, dtype=np.float64)])
    ends = np.cumsum(sizes)
    totals = sums[ends] - sums[ends - sizes + _AROUND]
    gained: list[float] = (totals[1::2] - totals[::2]).tolist()
    return gained


def reading(text: str, span: Span, right: str) -> tuple[str, str]:
    """Return a place with two characters on both sides, as it stands and put right."""
    ahead = ("\n" + text[max(0, span.start - _AROUND) : span.start])[-_AROUND:]
    behind = (text[span.end : span.end + _AROUND] + "\n")[:_AROUND]
    return f"{ahead}{span.of(text)}{behind}", f"{ahead}{right}{behind}"


@dataclass(frozen=True, slots=True)
class _Rows:
    """Numbers of characters, a row for each near miss, of which the first `sizes` count."""

    codes: NDArray[np.uint64]
    sizes: Places


def _weighed(
    rows: _Rows, ahead: Places, behind: Places, ngrams: Ngrams
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], Floats]:
    """
    Return which characters of each row are weighed, which triples were seen, log probabilities.

    Weighed is what stands from the first character that differs to two behind the last; of
    others the log probability is 0.
    """
    places = np.arange(rows.codes.shape[1])
    stop = rows.sizes - np.maximum(behind - _AROUND, 0)
    weighed = (places >= ahead[:, None]) & (places < stop[:, None])
    row, at = np.nonzero(weighed)
    triples = np.stack([rows.codes[row, at - back] for back in (2, 1, 0)], axis=1)
    of_triples, seen_triples = ngrams.log_probabilities(triples)
    logs = np.zeros(weighed.shape, dtype=np.float32)
    logs[row, at] = of_triples
    seen = np.zeros(weighed.shape, dtype=np.bool_)
    seen[row, at] = seen_triples
    return weighed, seen, logs


def _edits(misses: Misses, forms: Strings) -> Edits:
    """Return the edits that put near misses right, in a text with others before and behind it."""
    taken, given = _TAKEN[misses.edits], _GIVEN[misses.edits]
    lengths, first = forms.lengths[misses.forms], forms.starts[misses.forms] + misses.sites
    right = np.zeros((len(misses), _MOST_EDITED), dtype=np.uint32)
    for number in range(_MOST_EDITED):
        row = np.flatnonzero(given > number)
        right[row, number] = forms.points[first[row] + number]
    return Edits(
        at=misses.starts + misses.sites + _AROUND,
        taken=taken,
        given=given,
        behind=np.minimum(lengths - misses.sites - given, _BEHIND - _AROUND) + _AROUND,
        sites=misses.sites,
        lengths=lengths,
        right=right,
    )


def _readings(text: Points, edits: Edits, ngrams: Ngrams) -> tuple[_Rows, _Rows]:
    """Return the text around each edit as it stands and put right."""
    taken, given = edits.taken, edits.given
    at = edits.at[:, None] + _PLACES
    now = text[np.minimum(at, len(text) - 1)]
    at += np.where(given[:, None] <= _PLACES, (taken - given)[:, None], 0)
    then = text[np.minimum(at, len(text) - 1)]
    for number in range(_MOST_EDITED):
        row = np.flatnonzero(given > number)
        then[row, _AROUND + number] = edits.right[row, number]
    return (
        _Rows(ngrams.numbers(now), _AROUND + taken + edits.behind),
        _Rows(ngrams.numbers(then), _AROUND + given + edits.behind),
    )


def _least(places: Places, known: Places) -> Floats:
    """
    Return the least log probability at places of a form of which so many characters are known.

    A name that no corpus holds is a name all the same: who has begun it goes on with it.
    """
    begun = (places >= 1) & (places < known[:, None])
    least = np.where(places == 1, _BEGINS, _GOES_ON)
    return np.where(begun, least, -np.inf).astype(np.float32)


def _common(one: _Rows, other: _Rows) -> tuple[Places, Places]:
    """Return how many numbers two readings share at the start, at least two, and at the end."""
    shortest = np.minimum(one.sizes, other.sizes)
    ahead = _leading(one.codes == other.codes, shortest)
    places = np.arange(one.codes.shape[1])
    ends = [
        np.take_along_axis(rows.codes, np.maximum(rows.sizes[:, None] - 1 - places, 0), axis=1)
        for rows in (one, other)
    ]
    return ahead, _leading(ends[0] == ends[1], shortest - ahead)


def _leading(same: NDArray[np.bool_], most: Places) -> Places:
    """Return how many places from the start on are the same, at least two, else at most `most`."""
    differs = np.column_stack([~same, np.ones(len(same), dtype=np.bool_)])
    leading: Places = np.maximum(np.minimum(differs.argmax(axis=1), most), _AROUND)
    return leading
