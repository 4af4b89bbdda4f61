"""
How much each piece of evidence weighs, and how sure a slip is by all of it.

A logistic regression, fitted by scripts/fit_scale.py on forms damaged in clean text against what
is near a form in clean text by itself. Names of people have weights of their own. What is asked of
the cases is asked of each; what comes of it is worked out for all of them at once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from textcheck.knowledge.entry import EntryKind
from textcheck.matching.columns import Columns, Values, asked, rows_of
from textcheck.matching.fuzzy import Edit
from textcheck.slips.case import Case

__all__ = ["FEATURES", "OF_WORDS", "Scale", "features"]

Feature = Callable[[Columns], Values | NDArray[np.bool_]]

_SHORT = 4
_MIDDLE = 5
_LONG = 8
_LONGEST = 20
_CERTAIN = 30.0  # beyond, the exponential has nothing to say
_SLIGHT, _CLEAR, _MOST = 6.0, 10.0, 25.0  # gains at which the line that weighs them bends

# What is asked of a case, by its name there; the latter ask the dictionary of words.
_ASKED = (
    "gain.total", "gain.worst", "gain.unseen", "length", "part_length", "alone", "at_edge",
    "protected.common", "quoted", "replaced", "doubled", "same_sound", "near_sound", "like_shape",
    "stranger", "whole", "function_word", "numeral", "blank", "letter", "mark", "rare",
)  # fmt: skip
_ASKED_OF_WORDS = (
    "covered", "covered_within", "reads_across", "another_character", "inside_word",
    "unmistakable",
)  # fmt: skip

FEATURES: Mapping[str, Feature] = MappingProxyType(
    {
        "bias": lambda one: np.ones_like(one["gain"]),
        "gain": lambda one: one["gain"] / 5,
        "gain below 6": lambda one: np.maximum(0, _SLIGHT - one["gain"]) / 5,
        "gain above 10": lambda one: np.maximum(0, one["gain"] - _CLEAR) / 5,
        "least likely character": lambda one: one["gain.worst"] / 5,
        "unseen": lambda one: one["gain.unseen"],
        "length": lambda one: np.minimum(one["length"], _LONGEST) / 10,
        "missing in eight": lambda one: one["missing"] * (one["length"] >= _LONG),
        "extra in eight": lambda one: one["extra"] * (one["length"] >= _LONG),
        "extra in clause": lambda one: one["extra"] * one["clause"],
        "extra in meeting": lambda one: one["extra"] * one["meeting"],
        "missing in clause": lambda one: one["missing"] * one["clause"],
        "stranger in clause": lambda one: one["stranger"] * one["clause"],
        "extra function word": lambda one: one["extra"] * one["function_word"],
        "unseen in eight": lambda one: one["gain.unseen"] * (one["length"] >= _LONG),
        "same sound": lambda one: one["same_sound"],
        "near sound": lambda one: one["near_sound"],
        "like shape": lambda one: one["like_shape"],
        "like sound and shape": lambda one: (
            one["like_shape"] * np.maximum(one["same_sound"], one["near_sound"])
        ),
        "stranger": lambda one: one["stranger"],
        "missing": lambda one: one["missing"],
        "extra": lambda one: one["extra"] * (1 - one["doubled"]),
        "doubled": lambda one: one["doubled"],
        "swapped": lambda one: one["swapped"],
        "of three": lambda one: one["length"] < _SHORT,
        "of four": lambda one: one["length"] == _SHORT,
        "of five": lambda one: one["length"] == _MIDDLE,
        "of six or seven": lambda one: (one["length"] > _MIDDLE) & (one["length"] <= _MIDDLE + 2),
        "gain of four": lambda one: one["gain"] / 5 * (one["length"] <= _SHORT),
        "stranger in four": lambda one: one["stranger"] * (one["length"] <= _SHORT),
        "stranger at edge": lambda one: one["stranger"] * one["at_edge"],
        "missing at edge": lambda one: one["missing"] * one["at_edge"],
        "stranger for a word at edge": lambda one: (
            one["stranger"] * one["at_edge"] * one["another_character"]
        ),
        "missing word at edge": lambda one: (
            one["missing"] * one["at_edge"] * one["another_character"]
        ),
        "edge": lambda one: one["at_edge"],
        "post": lambda one: one["post"],
        "body": lambda one: one["body"],
        "meeting": lambda one: one["meeting"],
        "clause": lambda one: one["clause"],
        "alone": lambda one: one["alone"],
        "common": lambda one: one["protected.common"],
        "part of two": lambda one: one["part_length"] <= _SHORT // 2,
        "covered": lambda one: one["covered"],
        "covered, like": lambda one: one["covered"] * one["like"],
        "quoted, like": lambda one: one["quoted"] * one["like"],
        "covered within": lambda one: one["covered_within"],
        "reads across": lambda one: one["reads_across"],
        "function word": lambda one: one["function_word"],
        "numeral": lambda one: one["numeral"],
        "blank": lambda one: one["blank"],
        "letter": lambda one: one["letter"],
        "mark": lambda one: one["mark"],
        "mark in eight": lambda one: one["mark"] * (one["length"] >= _LONG),
        "rare": lambda one: one["rare"],
        "quoted": lambda one: one["quoted"],
        "whole": lambda one: one["whole"],
        "another character": lambda one: one["another_character"],
        "inside a word": lambda one: one["inside_word"],
        "unmistakable": lambda one: one["unmistakable"],
    }
)
"""What is looked at, by the name under which the weight stands in models/slips/weights.tsv."""

OF_WORDS = frozenset(
    {
        "stranger for a word at edge", "missing word at edge", "covered", "covered, like",
        "covered within", "reads across", "another character", "inside a word", "unmistakable",
    }
)  # fmt: skip
"""The features that ask the dictionary of words; none is above 1."""

_BEFORE_WORDS = [name for name in FEATURES if name not in OF_WORDS]
_OF_WORDS = [name for name in FEATURES if name in OF_WORDS]


def _columns(cases: Sequence[Case]) -> dict[str, Values]:
    """Return what features are made of, as arrays; what words there are is not asked."""
    columns = asked(cases, _ASKED)
    columns["gain"] = np.minimum(columns["gain.total"], _MOST)
    columns["like"] = columns["replaced"] * (1 - columns["stranger"])
    edits = np.array([case.miss.edit.value for case in cases])
    for edit in (Edit.MISSING, Edit.EXTRA, Edit.SWAPPED):
        columns[edit.name.lower()] = (edits == edit.value).astype(np.float64)
    kinds = [case.kind for case in cases]
    for kind in (EntryKind.POST, EntryKind.BODY, EntryKind.MEETING, EntryKind.CLAUSE):
        columns[kind.name.lower()] = np.array([one is kind for one in kinds], dtype=np.float64)
    return columns


def _all_columns(case: Case) -> Columns:
    return _columns([case]) | asked([case], _ASKED_OF_WORDS)


def features(case: Case) -> list[float]:
    """Return the value of every feature, in the order of FEATURES."""
    columns = _all_columns(case)
    return [float(feature(columns)[0]) for feature in FEATURES.values()]


class Scale:
    """The weights of the features: of people's names, and of all else."""

    def __init__(self, other: Sequence[float], person: Sequence[float]) -> None:
        """Take a weight for each of FEATURES, in that order."""
        both = zip(other, person, strict=True)
        self._weights = {
            name: np.array(own) for name, own in zip(FEATURES, both, strict=True) if any(own)
        }

    def spoken(self, case: Case) -> list[tuple[str, float]]:
        """Return what each piece of evidence adds to the sum, those that say nothing left out."""
        columns, person = _all_columns(case), case.kind is EntryKind.PERSON
        added = (
            (name, float(weights[int(person)] * FEATURES[name](columns)[0]))
            for name, weights in self._weights.items()
        )
        return [(name, value) for name, value in added if value]

    def confidence(self, case: Case) -> float:
        """Return how sure it is that a near miss is a slip, from 0 to 1."""
        return self.confidences([case])[0]

    def confidences(self, cases: Sequence[Case], least: float = 0.0) -> list[float]:
        """
        Return how sure it is that each near miss is a slip; below `least` it may be 0.

        Four of five cases are never looked up in the dictionary: whatever it says, they stay below.
        """
        if not cases:
            return []
        columns = _columns(cases)
        people = np.array([case.kind is EntryKind.PERSON for case in cases], dtype=np.int64)
        total = self._total(columns, people, _BEFORE_WORDS)
        worth = np.flatnonzero(_sure(total + self._most_of_words(columns, people)) >= least)
        sure = np.zeros(len(cases))
        if len(worth):
            here = rows_of(columns, worth)
            here |= asked([cases[at] for at in worth.tolist()], _ASKED_OF_WORDS)
            sure[worth] = _sure(total[worth] + self._total(here, people[worth], _OF_WORDS))
        confidences: list[float] = sure.tolist()
        return confidences

    def _total(self, columns: Columns, people: NDArray[np.int64], names: Iterable[str]) -> Values:
        """Return the sum of some features by their weights."""
        total = np.zeros(len(people))
        for name in names:
            if name in self._weights:
                total += self._weights[name][people] * FEATURES[name](columns)
        return total

    def _most_of_words(self, columns: Columns, people: NDArray[np.int64]) -> Values:
        """Return what the features that ask the dictionary can add at most."""

        def most(name: str) -> Values:
            return np.maximum(0, self._of(name, people))

        covered = self._of("covered", people) + self._of("covered, like", people) * columns["like"]
        total = most("reads across") + most("another character") + most("inside a word")
        total += columns["stranger"] * columns["at_edge"] * most("stranger for a word at edge")
        total += columns["missing"] * columns["at_edge"] * most("missing word at edge")
        total += (columns["length"] == _SHORT) * most("unmistakable")
        total += np.maximum(0, np.maximum(covered, covered + self._of("covered within", people)))
        return total

    def _of(self, name: str, people: NDArray[np.int64]) -> Values:
        """Return the weight of a feature for each case."""
        weights: Values = self._weights.get(name, np.zeros(2))[people]
        return weights


def _sure(totals: Values) -> Values:
    sure: Values = 1 / (1 + np.exp(-np.clip(totals, -_CERTAIN, _CERTAIN)))
    return sure
