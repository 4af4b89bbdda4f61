"""
A small net over the evidence: whether a character is wrong, too many, behind a gap, or swapped.

It sees the numbers of seven characters around each and no character itself, so it judges how the
evidence looks, not what the text says. Two convolutions and two layers, as matrices in NumPy;
textcheck/training/judge.py trains it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["GAP", "REACH", "Judge", "Opinion", "windows"]

Floats = NDArray[np.float32]

REACH = (3, 2)
"""How many characters to each side the two convolutions see."""
GAP = max(REACH)
"""Rows of zeros between two pieces, so that none sees the other."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """Probabilities for each character of a piece."""

    wrong: Floats  # another should stand there
    extra: Floats  # none should
    before: Floats  # one is missing before it
    swap: Floats  # it and the next are the wrong way round


def windows(rows: Floats, reach: int) -> Floats:
    """Return for each row the rows around it in one: (rows, (2 * reach + 1) * columns)."""
    padded = np.pad(rows, ((reach, reach), (0, 0)))
    seen = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1, axis=0)
    return np.ascontiguousarray(seen.transpose(0, 2, 1)).reshape(len(rows), -1)


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

    def opinions(self, pieces: Sequence[Floats]) -> Iterator[Opinion]:
        """Yield the opinion on each piece, given its features (characters, FEATURES)."""
        if not pieces:
            return
        gap = np.zeros((GAP, pieces[0].shape[1]), dtype=np.float32)
        rows = np.concatenate([part for piece in pieces for part in (piece, gap)])
        written = np.concatenate(
            [part for piece in pieces for part in (np.ones(len(piece)), np.zeros(GAP))]
        ).astype(np.float32)[:, None]
        for (weight, bias), reach in zip(self._layers[:2], REACH, strict=True):
            rows = np.maximum(windows(rows, reach) @ weight + bias, 0) * written
        weight, bias = self._layers[2]
        rows = np.maximum(rows @ weight + bias, 0)
        weight, bias = self._layers[3]
        scores = (rows @ weight + bias).astype(np.float64)
        state = np.exp(scores[:, :3] - scores[:, :3].max(axis=1, keepdims=True))
        state /= state.sum(axis=1, keepdims=True)
        gaps = 1 / (1 + np.exp(-scores[:, 3:]))
        told = np.concatenate([state[:, 1:], gaps], axis=1).astype(np.float32)
        start = 0
        for piece in pieces:
            yield Opinion(*told[start : start + len(piece)].T)
            start += len(piece) + GAP
