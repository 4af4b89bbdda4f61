"""Fit a logistic regression, for the weights that models/ holds."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["fit", "sure", "write_weights"]

Values = NDArray[np.float64]

_STEPS = 50
_ENOUGH = 1e-6  # a step of no weight is longer
_FREE = 1e-9  # so that a weight without a ridge can be solved for
_CERTAIN = 30.0  # beyond, the exponential has nothing to say


def sure(rows: Values, weights: Values) -> Values:
    """Return how sure each row is, from 0 to 1."""
    found: Values = 1 / (1 + np.exp(-np.clip(rows @ weights, -_CERTAIN, _CERTAIN)))
    return found


def fit(rows: Values, truth: Values, counts: Values, ridge: Values) -> Values:
    """
    Return the weights, by Newton's method.

    `rows` is (samples, features), `truth` 0 or 1 and `counts` how much a sample counts, `ridge` how
    much the square of each weight costs.
    """
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        share = sure(rows, weights)
        slope = rows.T @ (counts * (truth - share)) - ridge * weights
        bend = (rows * (counts * share * (1 - share))[:, None]).T @ rows + np.diag(ridge + _FREE)
        weights += (step := np.linalg.solve(bend, slope))
        if np.abs(step).max() < _ENOUGH:
            break
    return weights


def write_weights(path: Path, names: Iterable[str], weights: Iterable[float]) -> None:
    """Write a table of weights by the names of their features."""
    rows = [f"{name}\t{weight:.3f}" for name, weight in zip(names, weights, strict=True)]
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(["feature\tweight", *rows]) + "\n", encoding="utf-8")
