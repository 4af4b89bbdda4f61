"""Weigh guesses at misprints: wrong ones of clean text, right ones of slips that were made."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from logistic import Values, fit, sure

__all__ = ["MADE", "Sample", "half_of", "report", "sentence_of", "weights_of"]

MADE = 20_000
_HALVES = 2
# All clean places together weigh so much of all that are made: what counts is to tell the few that
# look most like a slip. With a hundredth of it a sixth less is found at ten false alarms a million.
_CLEAN = 30.0
_HAN = re.compile("[\u4e00-\u9fff]{4,}")
_SENTENCE = re.compile("[^。！？\n]{15,200}[。！？]?")
_RATES = (1, 2, 5, 7, 10, 15, 20, 40, 80)  # places of a million characters


@dataclass(frozen=True, slots=True)
class Sample:
    """
    What is weighed of a guess, whether it is right, and the half its article is in.

    Of several guesses at one place, which have one number, the surest counts. In clean text no
    guess is right; `made` tells that a slip was put there.
    """

    values: Sequence[float]
    right: bool
    half: int
    place: int
    made: bool


def half_of(number: int) -> int:
    """Return the half of the articles that one is in."""
    return number % _HALVES


def sentence_of(text: str, dice: random.Random) -> tuple[str, tuple[int, int]] | None:
    """Return a sentence of a text, and where a run of Han characters in it begins and ends."""
    found = _SENTENCE.search(text, dice.randrange(len(text)))
    runs = [run.span() for run in _HAN.finditer(found.group())] if found else []
    return (found.group(), dice.choice(runs)) if found and runs else None


def weights_of(samples: Sequence[Sample], ridge: float) -> Values:
    """
    Return the weights of the features that tell right guesses from wrong ones.

    Of features of one spread the square of each weight costs so much of a sample that is right; the
    fewer wrong ones there are the more it should. The first feature is the same everywhere.
    """
    values = np.array([one.values for one in samples])
    right = np.array([float(one.right) for one in samples])
    made = np.array([one.made for one in samples])
    counts = np.where(made, 1.0, _CLEAN * right.sum() / (~made).sum())
    mean, spread = values.mean(axis=0), values.std(axis=0)
    mean[0], spread[spread == 0] = 0.0, 1.0
    costs = np.full(values.shape[1], ridge * right.sum())
    costs[0] = 0.0
    weights: Values = fit((values - mean) / spread, right, counts, costs) / spread
    weights[0] -= weights @ mean
    return weights


def report(samples: Sequence[Sample], size: int, ridge: float) -> None:
    """Print what is found of what was made and in clean text, each half by the other's weights."""
    best: dict[tuple[bool, int], tuple[float, bool]] = {}
    for half in range(_HALVES):
        weights = weights_of([one for one in samples if one.half != half], ridge)
        tested = [one for one in samples if one.half == half]
        confidences = sure(np.array([one.values for one in tested]), weights)
        for one, confidence in zip(tested, confidences.tolist(), strict=True):
            place = (one.made, one.place)
            best[place] = max(best.get(place, (0.0, False)), (confidence, one.right))
    clean = sorted((sure for (made, _), (sure, _) in best.items() if not made), reverse=True)
    right = np.array([sure for (made, _), (sure, right) in best.items() if made and right])
    for rate in _RATES:
        if (order := int(rate * size / 1e6)) >= len(clean):
            break
        least = clean[order]
        found = np.sum(right >= least) / MADE
        print(f"{rate} a million in clean text: {least:.4f}, {found:.3f} of what was made")
