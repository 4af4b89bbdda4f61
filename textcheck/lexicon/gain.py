"""How much more probable a text becomes when a near miss is put right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textcheck.lexicon.fuzzy import NearMiss
from textcheck.text.ngrams import Ngrams

__all__ = ["Gain", "gains"]

_ORDER = 3  # triples: a character counts for itself and the two behind it
_AROUND = _ORDER - 1
_NOTHING = np.zeros(_AROUND, dtype=np.int64)
_BEGINS, _GOES_ON = -3.0, -0.7  # one in twenty, one in two


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


def gains(
    text: str, misses: Sequence[NearMiss], forms: Mapping[int, str], ngrams: Ngrams
) -> list[Gain]:
    """
    Return the gain of each near miss; only characters near the damage are looked at.

    `forms` are the right writings by their numbers.
    """
    if not misses:
        return []
    codes = np.concatenate([_NOTHING, ngrams.codes(text).astype(np.int64), _NOTHING])
    now, then = _readings(codes, misses, forms, ngrams)
    ahead, behind = _common(now, then)
    known = then.sizes - 2 * _AROUND
    # Both readings at once, those that stand in the text first.
    both = _Rows(np.concatenate([now.codes, then.codes]), np.concatenate([now.sizes, then.sizes]))
    known = np.concatenate([np.zeros_like(known), known])
    weighed, seen, logs = _weighed(both, np.tile(ahead, 2), np.tile(behind, 2), ngrams, known)
    here = len(misses)
    totals = logs[here:].sum(axis=1) - logs[:here].sum(axis=1)
    worst = logs[:here].min(axis=1, initial=0.0)
    count = np.maximum(weighed[:here].sum(axis=1), 1)
    unseen = (weighed[:here] & ~seen[:here]).sum(axis=1) / count
    columns = (totals.tolist(), worst.tolist(), unseen.tolist())
    return [Gain(*values) for values in zip(*columns, strict=True)]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Numbers of characters, a row for each near miss, the rest of it filled with nothing."""

    codes: NDArray[np.int64]
    sizes: NDArray[np.int64]


def _weighed(
    rows: _Rows,
    ahead: NDArray[np.int64],
    behind: NDArray[np.int64],
    ngrams: Ngrams,
    known: NDArray[np.int64],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.float32]]:
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
    of_triples, seen_triples = ngrams.log_probabilities(triples.astype(np.uint64))
    logs = np.zeros(weighed.shape, dtype=np.float32)
    logs[row, at] = np.maximum(of_triples, _least(at - _AROUND, known[row]))
    seen = np.zeros(weighed.shape, dtype=np.bool_)
    seen[row, at] = seen_triples
    return weighed, seen, logs


def _readings(
    codes: NDArray[np.int64], misses: Sequence[NearMiss], forms: Mapping[int, str], ngrams: Ngrams
) -> tuple[_Rows, _Rows]:
    """Return the text at each near miss as it stands and put right, two characters around it."""
    row = {number: at for at, number in enumerate(forms)}
    mine = np.array([row[miss.form] for miss in misses])
    starts = np.array([miss.span.start for miss in misses])
    sizes = np.array([miss.span.end - miss.span.start for miss in misses])
    lengths = np.array([len(form) for form in forms.values()])
    begins, known = (np.cumsum(lengths) - lengths)[mine], lengths[mine]
    right = ngrams.codes("".join(forms.values())).astype(np.int64)
    width = int(max(sizes.max(), known.max())) + 2 * _AROUND
    places = np.arange(width) - _AROUND
    now = codes[np.minimum(starts[:, None] + places + _AROUND, len(codes) - 1)]
    shifted = places + np.where(places >= known[:, None], (sizes - known)[:, None], 0)
    then = codes[np.minimum(starts[:, None] + shifted + _AROUND, len(codes) - 1)]
    inside = (places >= 0) & (places < known[:, None])
    of_form = right[np.minimum(begins[:, None] + np.maximum(places, 0), len(right) - 1)]
    then = np.where(inside, of_form, then)
    return _Rows(now, sizes + 2 * _AROUND), _Rows(then, known + 2 * _AROUND)


def _least(places: NDArray[np.int64], known: NDArray[np.int64]) -> NDArray[np.float32]:
    """
    Return the least log probability of a character of a form of which so many are known.

    A name that no corpus holds is a name all the same: who has begun it goes on with it.
    """
    begun = (places >= 1) & (places < known)
    least = np.where(places == 1, _BEGINS, _GOES_ON)
    return np.where(begun, least, -np.inf).astype(np.float32)


def _common(one: _Rows, other: _Rows) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many numbers two readings share at the start, at least two, and at the end."""
    shortest = np.minimum(one.sizes, other.sizes)
    ahead = _leading(one.codes == other.codes, shortest)
    places = np.arange(one.codes.shape[1])
    ends = [
        np.take_along_axis(rows.codes, np.maximum(rows.sizes[:, None] - 1 - places, 0), axis=1)
        for rows in (one, other)
    ]
    return ahead, _leading(ends[0] == ends[1], shortest - ahead)


def _leading(same: NDArray[np.bool_], most: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many places from the start on are the same, at least two, else at most `most`."""
    differs = np.column_stack([~same, np.ones(len(same), dtype=np.bool_)])
    leading: NDArray[np.int64] = np.maximum(np.minimum(differs.argmax(axis=1), most), _AROUND)
    return leading
