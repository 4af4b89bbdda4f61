"""
How much each piece of evidence weighs, and how sure a slip is by all of it.

A logistic regression, fitted by scripts/fit_scale.py on forms damaged in clean text against what
is near a form in clean text by itself. Names of people have weights of their own.
"""

from collections.abc import Callable, Mapping, Sequence
from math import exp
from types import MappingProxyType

from textcheck.lexicon.case import Case
from textcheck.lexicon.entry import EntryKind
from textcheck.lexicon.fuzzy import Edit

__all__ = ["FEATURES", "OF_EDIT", "OF_WORDS", "Scale", "features"]

_SHORT = 4
_MIDDLE = 5
_LONG = 8
_LONGEST = 20
_NEVER, _ALWAYS = -30.0, 30.0  # beyond, math.exp has nothing to say
_SLIGHT, _CLEAR, _MOST = 6.0, 10.0, 25.0  # gains at which the line that weighs them bends

Feature = Callable[[Case], float]

FEATURES: Mapping[str, Feature] = MappingProxyType(
    {
        "bias": lambda _: 1.0,
        "gain": lambda case: _gain(case) / 5,
        "gain below 6": lambda case: max(0.0, _SLIGHT - _gain(case)) / 5,
        "gain above 10": lambda case: max(0.0, _gain(case) - _CLEAR) / 5,
        "least likely character": lambda case: case.gain.worst / 5,
        "unseen": lambda case: case.gain.unseen,
        "length": lambda case: min(case.length, _LONGEST) / 10,
        "missing in eight": lambda case: case.miss.edit is Edit.MISSING and case.length >= _LONG,
        "extra in eight": lambda case: case.miss.edit is Edit.EXTRA and case.length >= _LONG,
        "extra in clause": lambda case: (
            case.miss.edit is Edit.EXTRA and case.kind is EntryKind.CLAUSE
        ),
        "extra in meeting": lambda case: (
            case.miss.edit is Edit.EXTRA and case.kind is EntryKind.MEETING
        ),
        "missing in clause": lambda case: (
            case.miss.edit is Edit.MISSING and case.kind is EntryKind.CLAUSE
        ),
        "stranger in clause": lambda case: case.stranger and case.kind is EntryKind.CLAUSE,
        "extra function word": lambda case: case.miss.edit is Edit.EXTRA and case.function_word,
        "unseen in eight": lambda case: case.gain.unseen if case.length >= _LONG else 0.0,
        "same sound": lambda case: case.same_sound,
        "near sound": lambda case: case.near_sound,
        "like shape": lambda case: case.like_shape,
        "like sound and shape": lambda case: (
            case.like_shape and (case.same_sound or case.near_sound)
        ),
        "stranger": lambda case: case.stranger,
        "missing": lambda case: case.miss.edit is Edit.MISSING,
        "extra": lambda case: case.miss.edit is Edit.EXTRA and not case.doubled,
        "doubled": lambda case: case.doubled,
        "swapped": lambda case: case.miss.edit is Edit.SWAPPED,
        "of three": lambda case: case.length < _SHORT,
        "of four": lambda case: case.length == _SHORT,
        "of five": lambda case: case.length == _MIDDLE,
        "of six or seven": lambda case: _MIDDLE < case.length <= _MIDDLE + 2,
        "gain of four": lambda case: _gain(case) / 5 if case.length <= _SHORT else 0.0,
        "stranger in four": lambda case: case.stranger and case.length <= _SHORT,
        "stranger at edge": lambda case: case.stranger and case.at_edge,
        "missing at edge": lambda case: case.miss.edit is Edit.MISSING and case.at_edge,
        "stranger for a word at edge": lambda case: (
            case.stranger and case.at_edge and case.another_character
        ),
        "missing word at edge": lambda case: (
            case.miss.edit is Edit.MISSING and case.at_edge and case.another_character
        ),
        "edge": lambda case: case.at_edge,
        "post": lambda case: case.kind is EntryKind.POST,
        "body": lambda case: case.kind is EntryKind.BODY,
        "meeting": lambda case: case.kind is EntryKind.MEETING,
        "clause": lambda case: case.kind is EntryKind.CLAUSE,
        "alone": lambda case: case.alone,
        "common": lambda case: case.protected.common,
        "part of two": lambda case: case.part_length <= _SHORT // 2,
        "covered": lambda case: case.covered,
        "covered, like": lambda case: case.covered and case.replaced and not case.stranger,
        "quoted, like": lambda case: case.quoted and case.replaced and not case.stranger,
        "covered within": lambda case: case.covered_within,
        "reads across": lambda case: case.reads_across,
        "function word": lambda case: case.function_word,
        "numeral": lambda case: case.numeral,
        "blank": lambda case: case.blank,
        "letter": lambda case: case.letter,
        "mark": lambda case: case.mark,
        "mark in eight": lambda case: case.mark and case.length >= _LONG,
        "rare": lambda case: case.rare,
        "quoted": lambda case: case.quoted,
        "whole": lambda case: case.whole,
        "another character": lambda case: case.another_character,
        "inside a word": lambda case: case.inside_word,
        "unmistakable": lambda case: case.unmistakable,
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

OF_EDIT: Mapping[Edit, frozenset[str]] = MappingProxyType(
    {
        Edit.WRONG: frozenset(
            {
                "stranger in clause", "same sound", "near sound", "like shape",
                "like sound and shape", "stranger", "stranger in four", "stranger at edge",
                "stranger for a word at edge", "covered, like", "quoted, like",
            }
        ),
        Edit.MISSING: frozenset(
            {
                "missing in eight", "missing in clause", "missing", "missing at edge",
                "missing word at edge",
            }
        ),
        Edit.EXTRA: frozenset(
            {
                "extra in eight", "extra in clause", "extra in meeting", "extra function word",
                "extra", "doubled", "whole",
            }
        ),
        Edit.SWAPPED: frozenset({"swapped"}),
    }
)  # fmt: skip
"""The features that one kind of edit only has: of the others they are 0, and are not asked."""


def _gain(case: Case) -> float:
    return min(case.gain.total, _MOST)


def features(case: Case) -> list[float]:
    """Return the value of every feature, in the order of FEATURES."""
    return [float(feature(case)) for feature in FEATURES.values()]


_Weighed = tuple[tuple[float, Feature], ...]


class Scale:
    """The weights of the features: of people's names, and of all else."""

    def __init__(self, other: Sequence[float], person: Sequence[float]) -> None:
        """Take a weight for each of FEATURES, in that order."""
        self._weights = (tuple(other), tuple(person))
        self._other = {edit: _by_cost(other, edit) for edit in OF_EDIT}
        self._person = {edit: _by_cost(person, edit) for edit in OF_EDIT}
        self._by_name = tuple(dict(zip(FEATURES, own, strict=True)) for own in (other, person))

    def spoken(self, case: Case) -> list[tuple[str, float]]:
        """Return what each piece of evidence adds to the sum, those that say nothing left out."""
        weights = self._weights[case.kind is EntryKind.PERSON]
        added = (
            (name, weight * feature(case))
            for weight, (name, feature) in zip(weights, FEATURES.items(), strict=True)
        )
        return [(name, value) for name, value in added if value]

    def confidence(self, case: Case, least: float = 0.0) -> float:
        """
        Return how sure it is that the near miss is a slip, from 0 to 1; below `least` it may be 0.

        Four of five cases are never looked up in the dictionary: whatever it says, they stay below.
        """
        person = case.kind is EntryKind.PERSON
        cheap, dear = (self._person if person else self._other)[case.miss.edit]
        total = sum([weight * feature(case) for weight, feature in cheap])
        if _sure(total + _most_of_words(self._by_name[person], case)) < least:
            return 0.0
        return _sure(total + sum([weight * feature(case) for weight, feature in dear]))


def _by_cost(weights: Sequence[float], edit: Edit) -> tuple[_Weighed, _Weighed]:
    """Return weights with the features that an edit has, those that ask the dictionary apart."""
    others = frozenset().union(*(names for one, names in OF_EDIT.items() if one is not edit))
    weighed = [
        (name, weight, feature)
        for weight, (name, feature) in zip(weights, FEATURES.items(), strict=True)
        if weight and name not in others
    ]
    cheap, dear = (
        tuple((weight, feature) for name, weight, feature in weighed if (name in OF_WORDS) is asks)
        for asks in (False, True)
    )
    return cheap, dear


def _most_of_words(weights: Mapping[str, float], case: Case) -> float:
    """Return what the features that ask the dictionary can add at most."""
    like = weights["covered, like"] if case.replaced and not case.stranger else 0.0
    covered = weights["covered"] + like
    asked = ["reads across", "another character", "inside a word"]
    if case.at_edge:
        asked += ["stranger for a word at edge"] * case.stranger
        asked += ["missing word at edge"] * (case.miss.edit is Edit.MISSING)
    if case.length == _SHORT:
        asked.append("unmistakable")
    most = sum(max(0.0, weights[name]) for name in asked)
    return most + max(0.0, covered, covered + weights["covered within"])


def _sure(total: float) -> float:
    return 1 / (1 + exp(-min(max(total, _NEVER), _ALWAYS)))
