"""How much more probable a text becomes when a near miss is put right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from textcheck.lexicon.fuzzy import NearMiss
from textcheck.text.ngrams import Ngrams

__all__ = ["Gain", "gains"]

_ORDER = 3  # triples: a character counts for itself and the two behind it
_AROUND = _ORDER - 1
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
    codes = [0] * _AROUND + ngrams.codes(text).tolist() + [0] * _AROUND
    of_forms = iter(ngrams.codes("".join(forms.values())).tolist())
    of_form = {number: list(islice(of_forms, len(form))) for number, form in forms.items()}
    triples: list[list[int]] = []
    least: list[float] = []
    ends: list[tuple[int, int]] = []  # of the text's triples and of the form's, for each miss
    for miss in misses:
        start, end = miss.span.start, miss.span.end + 2 * _AROUND
        now = codes[start:end]
        then = now[:_AROUND] + of_form[miss.form] + now[-_AROUND:]
        same_ahead, same_behind = _common(now, then)
        middle = len(triples)
        for reading, known in ((now, 0), (then, len(of_form[miss.form]))):
            places = range(same_ahead, len(reading) - max(same_behind - _AROUND, 0))
            triples += [reading[at - 2 : at + 1] for at in places]
            least += [_least(at - _AROUND, known) for at in places]
            ends.append((middle, middle := len(triples)))
    logs, seen = ngrams.log_probabilities(np.array(triples, dtype=np.uint64).reshape(-1, _ORDER))
    logs = np.maximum(logs, np.array(least, dtype=np.float32))
    found = []
    for now, then in zip(ends[::2], ends[1::2], strict=True):
        here = logs[slice(*now)]
        total = float(logs[slice(*then)].sum() - here.sum())
        worst = float(here.min()) if len(here) else 0.0
        unseen = 1 - float(seen[slice(*now)].mean()) if len(here) else 0.0
        found.append(Gain(total, worst, unseen))
    return found


def _least(place: int, known: int) -> float:
    """
    Return the least log probability of a character of a form of which so many are known.

    A name that no corpus holds is a name all the same: who has begun it goes on with it.
    """
    if 1 < place < known:
        return _GOES_ON
    return _BEGINS if 1 == place < known else -np.inf


def _common(one: Sequence[int], other: Sequence[int]) -> tuple[int, int]:
    """Return how many numbers two readings share at the start, at least two, and at the end."""
    shortest = min(len(one), len(other))
    ahead = _AROUND
    while ahead < shortest and one[ahead] == other[ahead]:
        ahead += 1
    behind = _AROUND
    while behind < shortest - ahead and one[-1 - behind] == other[-1 - behind]:
        behind += 1
    return ahead, behind
