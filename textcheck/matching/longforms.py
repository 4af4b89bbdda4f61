"""
Find where a long form may stand with two slips in it: 国务院沂闻办共室.

The keys of the index for single edits stand in such a text, too, for the one slip or the other.
Where the form does not follow with that edit alone, most of its characters may still stand within
two places of where they should; only there the text and the form are laid side by side.
"""

import numpy as np
from numpy.typing import NDArray

from textcheck.matching.strings import Strings
from textcheck.text.points import Points

__all__ = ["ABOUT", "AWAY", "BEHIND", "LEAST_STRANGE", "SHORTEST", "long_forms"]

SHORTEST = 6
"""Two slips in a shorter form leave too little of it."""
LEAST_STRANGE = 2
"""So many triples that clean text does not have two slips make at least."""
BEHIND = 2
"""So far behind a form they still count."""

ABOUT = 2
"""So far from its place a character may stand where two are missing or too many."""
AWAY = 2
"""So many characters of a form with two slips stand nowhere about at most."""

_SHIFTS = range(-ABOUT, ABOUT + 1)
_MANY = AWAY + 1
_PLACE = 40  # bits for a place in a text, below the number of a form

Places = NDArray[np.int64]


def long_forms(
    forms: NDArray[np.int32], starts: Places, writings: Strings, points: Points
) -> Places:
    """
    Return (form, start) of those of which all but two characters stand about there, each once.

    `writings` are the forms by their numbers.
    """
    # A form is found by several of its keys.
    both = np.sort((forms.astype(np.int64) << _PLACE) | starts)
    both = both[np.concatenate([[True], both[1:] != both[:-1]])[: len(both)]]
    found = np.column_stack([both >> _PLACE, both & ((1 << _PLACE) - 1)])
    # Nearly none go on as they should: the first characters rule most of them out.
    for most in (SHORTEST, None):
        found = found[_nearly_all(found, writings, points, most)]
    return found


def _nearly_all(
    found: Places, writings: Strings, points: Points, most: int | None
) -> NDArray[np.bool_]:
    """
    Tell of each (form, start) whether all but two of its first `most` characters stand about there.

    Two beside each other that do not are left out: what stands there is another word as a rule.
    """
    forms, starts = found.T
    sizes = writings.lengths[forms]
    if most is not None:
        sizes = np.minimum(sizes, most)
    ends = np.cumsum(sizes)
    offset = np.arange(sizes.sum()) - np.repeat(ends - sizes, sizes)
    letters = writings.points[np.repeat(writings.starts[forms], sizes) + offset]
    places = np.repeat(starts, sizes) + offset
    away = np.ones(len(places), dtype=np.bool_)
    last = len(points) - 1
    for shift in _SHIFTS:
        away &= points[np.clip(places + shift, 0, last)] != letters
    both = away.copy()
    both[1:] &= away[:-1]
    both[:1] = False
    both[ends[:-1]] = False
    count = np.concatenate([[0], np.cumsum(away + _MANY * both)])
    kept: NDArray[np.bool_] = count[ends] - count[ends - sizes] <= AWAY
    return kept
