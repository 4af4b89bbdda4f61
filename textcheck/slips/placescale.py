"""
How sure it is that a place is the damaged name of a region, by all that speaks for it or against.

A logistic regression, fitted by scripts/fit_places.py. What kind of slip it would be costs least to
ask, and nearly all are so unlike one that no more need be asked.
"""

from collections.abc import Callable, Mapping, Sequence
from math import exp
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from textcheck.knowledge.toponyms import SHORTEST
from textcheck.matching.columns import Columns, Values, asked, rows_of
from textcheck.matching.keys import Edit
from textcheck.slips.placecase import PlaceCase

__all__ = ["FEATURES", "PlaceScale", "features"]

Feature = Callable[[Columns], Values | NDArray[np.bool_]]

_SLIGHT, _CLEAR, _MOST = 6.0, 10.0, 25.0  # gains at which the line that weighs them bends
# Of slips that are surer than half one in a hundred is below before all is asked.
_HOPELESS = -3.5
# In 12 million characters of clean text of all kinds about thirty places are (临市|图书馆).
_CUT_OFF = 0.6
_CERTAIN = 25.0  # beyond, math.exp has nothing to say

# What a case is asked, by its name there.
_ASKED_OF_SLIP = (
    "gain.total", "gain.worst", "gain.unseen", "near.edit.value", "near.site", "size", "two_left",
    "province", "prefecture", "district", "common_noun", "replaced", "at_end", "doubled",
    "end_doubled", "same_sound", "near_sound", "like_shape", "stranger", "rare", "rhymes",
)  # fmt: skip
_ASKED_OF_PLACE = (
    "begins", "below", "below_another", "stands_off", "official", "ends", "above_another", "listed",
    "local", "expected", "abroad", "company",
)  # fmt: skip
_ASKED_OF_WORDS = ("covered", "covered_within", "reads_across", "ends_in_word")

_OF_SLIP: Mapping[str, Feature] = MappingProxyType(
    {
        "bias": lambda one: np.ones_like(one["gain"]),
        "gain": lambda one: one["gain"] / 5,
        "gain below 6": lambda one: np.maximum(0, _SLIGHT - one["gain"]) / 5,
        "gain above 10": lambda one: np.maximum(0, one["gain"] - _CLEAR) / 5,
        "least likely character": lambda one: one["gain.worst"] / 5,
        "unseen": lambda one: one["gain.unseen"],
        "of three": lambda one: one["size"] == SHORTEST,
        "two of three left": lambda one: one["two_left"],
        "province": lambda one: one["province"],
        "prefecture": lambda one: one["prefecture"],
        "district": lambda one: one["district"],
        "common noun": lambda one: one["common_noun"],
        "wrong": lambda one: one["replaced"] * (1 - one["at_end"]),
        "wrong at end": lambda one: one["at_end"],
        "missing at start": lambda one: one["missing"] * (one["near.site"] == 0),
        "missing": lambda one: one["missing"] * (one["near.site"] > 0),
        "extra": lambda one: one["extra"] * (1 - one["doubled"]),
        "doubled": lambda one: one["doubled"] * (1 - one["end_doubled"]),
        "doubled at end": lambda one: one["end_doubled"],
        "swapped": lambda one: one["swapped"],
        "swapped at end": lambda one: one["swapped"] * (one["near.site"] + 2 == one["size"]),
        "same sound": lambda one: one["same_sound"],
        "near sound": lambda one: one["near_sound"],
        "like shape": lambda one: one["like_shape"],
        "stranger": lambda one: one["stranger"],
        "same sound at end": lambda one: one["same_sound"] * one["at_end"],
        "like shape at end": lambda one: one["like_shape"] * one["at_end"],
        "stranger at end": lambda one: one["stranger"] * one["at_end"],
        "rare": lambda one: one["rare"],
        "rare at end": lambda one: one["rare"] * one["at_end"],
        "rhymes at end": lambda one: one["rhymes"],
    }
)
"""How much better the text reads put right, and what kind of slip it would be."""

_OF_PLACE: Mapping[str, Feature] = MappingProxyType(
    {
        "missing where a phrase begins": lambda one: (
            one["missing"] * (one["near.site"] == 0) * one["begins"]
        ),
        "below": lambda one: one["below"],
        "below another": lambda one: one["below_another"],
        "begins": lambda one: one["begins"],
        "stands off": lambda one: one["stands_off"],
        "official": lambda one: one["official"],
        "official, at end": lambda one: one["official"] * one["at_end"],
        "ends": lambda one: one["ends"],
        "above another": lambda one: one["above_another"],
        "listed": lambda one: one["listed"],
        "local": lambda one: one["local"],
        "stranger at end, expected": lambda one: one["stranger"] * one["at_end"] * one["expected"],
        "extra, expected": lambda one: one["extra"] * (1 - one["doubled"]) * one["expected"],
        "missing, expected": lambda one: one["missing"] * one["expected"],
        "two left, official": lambda one: one["two_left"] * one["official"],
        "two left, begins": lambda one: one["two_left"] * one["begins"],
        "two left, stands off": lambda one: one["two_left"] * one["stands_off"],
        "two left, ends": lambda one: one["two_left"] * one["ends"],
        "two left, listed": lambda one: one["two_left"] * one["listed"],
        "two left, below": lambda one: one["two_left"] * one["below"],
        "stranger, official": lambda one: one["stranger"] * (1 - one["at_end"]) * one["official"],
        "stranger, begins": lambda one: one["stranger"] * (1 - one["at_end"]) * one["begins"],
        "rare at end, begins": lambda one: one["rare"] * one["at_end"] * one["begins"],
        "stranger at end, ends": lambda one: one["stranger"] * one["at_end"] * one["ends"],
        "abroad": lambda one: one["abroad"],
        "company": lambda one: one["company"],
    }
)
"""What stands before and behind."""

_OF_WORDS: Mapping[str, Feature] = MappingProxyType(
    {
        "covered": lambda one: one["covered"],
        "covered within": lambda one: one["covered_within"],
        "reads across": lambda one: one["reads_across"],
        "doubled at end, across": lambda one: one["end_doubled"] * one["reads_across"],
        "ends in a word": lambda one: one["ends_in_word"],
    }
)
"""What the dictionary of words says."""

_STEPS = (
    (_ASKED_OF_SLIP, _OF_SLIP),
    (_ASKED_OF_PLACE, _OF_PLACE),
    (_ASKED_OF_WORDS, _OF_WORDS),
)

FEATURES: Mapping[str, Feature] = MappingProxyType({**_OF_SLIP, **_OF_PLACE, **_OF_WORDS})
"""What is weighed, by the name under which the weight stands in models/places/weights.tsv."""


def _columns(cases: Sequence[PlaceCase], names: Sequence[str]) -> dict[str, Values]:
    """Return what features are made of, as arrays."""
    columns = asked(cases, names)
    if "gain.total" in columns:
        columns["gain"] = np.minimum(columns["gain.total"], _MOST)
    if "near.edit.value" in columns:
        for edit in (Edit.MISSING, Edit.EXTRA, Edit.SWAPPED):
            same = columns["near.edit.value"] == edit.value
            columns[edit.name.lower()] = same.astype(np.float64)
    return columns


def features(case: PlaceCase) -> list[float]:
    """Return the value of every feature, in the order of FEATURES."""
    columns = _columns([case], [name for names, _ in _STEPS for name in names])
    return [float(feature(columns)[0]) for feature in FEATURES.values()]


class PlaceScale:
    """The weights of the features."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        """Take a weight for each of FEATURES."""
        self._weights = weights

    def confidences(self, cases: Sequence[PlaceCase]) -> list[float]:
        """Return how sure each slip is, from 0 to 1."""
        sure = [_CUT_OFF if case.cut_off else 0.0 for case in cases]
        left = np.array([at for at, case in enumerate(cases) if not case.cut_off], dtype=np.int64)
        total, columns = np.zeros(len(left)), dict[str, Values]()
        for names, step in _STEPS:
            columns |= _columns([cases[at] for at in left.tolist()], names)
            total += self._total(columns, step, len(left))
            kept = np.flatnonzero(total >= _HOPELESS)
            left, total, columns = left[kept], total[kept], rows_of(columns, kept)
        for at, amount in zip(left.tolist(), total.tolist(), strict=True):
            if not cases[at].elsewhere:
                sure[at] = 1 / (1 + exp(-min(max(amount, -_CERTAIN), _CERTAIN)))
        return sure

    def _total(self, columns: Columns, step: Mapping[str, Feature], size: int) -> Values:
        total = np.zeros(size)
        for name, feature in step.items():
            total += self._weights[name] * feature(columns)
        return total
