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
_CLEAN, _RIDGE = 0.3, 0.1  # all clean places together weigh so much of all that are made
_HAN = re.compile("[\u4e00-\u9fff]{4,}")
_SENTENCE = re.compile("[^。！？\n]{15,200}[。！？]?")
_LEAST = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995, 0.998)


@dataclass(frozen=True, slots=True)
class Sample:
    """What is weighed of a guess, whether it is right, and the half its article is in."""

    values: Sequence[float]
    right: bool
    half: int


def half_of(number: int) -> int:
    """Return the half of the articles that one is in."""
    return number % _HALVES


def sentence_of(text: str, dice: random.Random) -> tuple[str, tuple[int, int]] | None:
    """Return a sentence of a text, and where a run of Han characters in it begins and ends."""
    found = _SENTENCE.search(text, dice.randrange(len(text)))
    runs = [run.span() for run in _HAN.finditer(found.group())] if found else []
    return (found.group(), dice.choice(runs)) if found and runs else None


def weights_of(samples: Sequence[Sample]) -> Values:
    """Return the weights of the features that tell right guesses from wrong ones."""
    values = np.array([one.values for one in samples])
    right = np.array([float(one.right) for one in samples])
    counts = np.where(right > 0, 1.0, _CLEAN * right.sum() / (1 - right).sum())
    return fit(values, right, counts, np.full(values.shape[1], _RIDGE))


def report(samples: Sequence[Sample], size: int) -> None:
    """Print what is found of what was made and in clean text, each half by the other's weights."""
    confidences, right = [], []
    for half in range(_HALVES):
        weights = weights_of([one for one in samples if one.half != half])
        tested = [one for one in samples if one.half == half]
        confidences.append(sure(np.array([one.values for one in tested]), weights))
        right.append(np.array([one.right for one in tested]))
    confidence, is_right = np.concatenate(confidences), np.concatenate(right)
    for least in _LEAST:
        found = np.sum(confidence[is_right] >= least) / MADE
        wrong = np.sum(confidence[~is_right] >= least) * 1e6 / size
        print(f"{least}: {found:.3f} of what was made, {wrong:.1f} a million in clean text")
