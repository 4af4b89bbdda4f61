"""
A small net over the evidence: whether a character is wrong, too many, behind a gap, or swapped.

It sees the numbers of seven characters around each and no character itself, so it judges how the
evidence looks, not what the text says. Two convolutions and two layers, as matrices in NumPy;
textcheck/training/judge.py trains it.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["REACH", "Judge", "Opinion", "windows"]

Floats = NDArray[np.float32]

REACH = (3, 2)
"""How many characters to each side the two convolutions see."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """Probabilities for each character of a piece."""

    wrong: Floats  # another should stand there
    extra: Floats  # none should
    before: Floats  # one is missing before it
    swap: Floats  # it and the next are the wrong way round


def windows(rows: Floats, reach: int) -> Floats:
    """Return for each row the rows around it in one: (rows, (2 * reach + 1) * columns)."""
    size, columns = rows.shape
    padded = np.zeros((size + 2 * reach, columns), dtype=np.float32)
    padded[reach : reach + size] = rows
    return np.concatenate([padded[at : at + size] for at in range(2 * reach + 1)], axis=1)


class Judge:
    """The weights, and what they make of evidence."""

    def __init__(self, path: Path) -> None:
        """Read the weights; raise OSError if they cannot be read, ValueError if one is missing."""
        with np.load(path) as weights:
            try:
                layers = [weights[name] for name in ("first", "second", "third", "last")]
                biases = [weights[f"{name}_bias"] for name in ("first", "second", "third", "last")]
            except KeyError as error:
                raise ValueError(f"{path}: {error.args[0]}") from error
        self._layers = list(zip(layers, biases, strict=True))

    def opinion(self, piece: Floats) -> Opinion:
        """
        Return the opinion on a piece, given its features (characters, FEATURES).

        Each piece is judged by itself: of a product of matrices the last digits depend on how many
        rows there are, and what is told must not depend on what is read beside it.
        """
        rows = piece
        for (weight, bias), reach in zip(self._layers[:2], REACH, strict=True):
            rows = np.maximum(windows(rows, reach) @ weight + bias, 0)
        weight, bias = self._layers[2]
        rows = np.maximum(rows @ weight + bias, 0)
        weight, bias = self._layers[3]
        scores = (rows @ weight + bias).astype(np.float64)
        state = np.exp(scores[:, :3] - scores[:, :3].max(axis=1, keepdims=True))
        state /= state.sum(axis=1, keepdims=True)
        gaps = 1 / (1 + np.exp(-scores[:, 3:]))
        told = np.concatenate([state[:, 1:], gaps], axis=1).astype(np.float32)
        return Opinion(*told.T)
