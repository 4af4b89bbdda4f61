"""From which score on a proposal is told, and how sure it is: set on clean text by a script."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from textcheck.model.proposals import Kind

__all__ = ["Threshold", "read_thresholds"]


@dataclass(frozen=True, slots=True)
class Threshold:
    """
    For one kind of proposal.

    A score is a hint from `hint` on and an ordinary finding from `ordinary` on; `scores` and
    `confidences` are the ends of the lines that turn one into the other. `weights` are those of
    textcheck/model/decoded.py, where the score is made of several.
    """

    ordinary: float
    hint: float
    scores: tuple[float, ...]
    confidences: tuple[float, ...]
    weights: tuple[float, ...] = ()

    def confidence(self, score: float) -> float:
        """Return the share of right proposals among those of this score."""
        return float(np.interp(score, self.scores, self.confidences))


def read_thresholds(path: Path, *, weights: int = 0) -> Mapping[Kind, Threshold]:
    """
    Read the thresholds of every kind, each with so many weights.

    Raises OSError, ValueError or KeyError where one cannot be read.
    """
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return {kind: _read(told[kind], f"{path}: [{kind}]", weights) for kind in Kind}


def _read(row: Mapping[str, Any], place: str, weights: int) -> Threshold:
    if (given := len(row.get("weights", ()))) != weights:
        # Of another program the same numbers would count another thing.
        raise ValueError(f"{place} has {given} weights; this program takes {weights}")
    return Threshold(
        row["ordinary"], row["hint"], tuple(row["scores"]), tuple(row["confidences"]),
        tuple(row.get("weights", ())),
    )  # fmt: skip
