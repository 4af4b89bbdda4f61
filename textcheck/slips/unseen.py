"""Where a text has what clean text has not: what is looked at for misprints that no table holds."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textcheck.text.ngrams import CLASSES, Ngrams
from textcheck.text.rare import RareCharacters

__all__ = ["BEYOND", "RARE", "Unseen", "unseen_in"]

BEYOND = 2
"""How many numbers of a line feed stand on both sides of the text."""
RARE = CLASSES - 1
"""The number of every Han character that is rare."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """
    The numbers of the characters of a text, and whether clean text has what they make.

    `codes` has BEYOND numbers more on both sides. `neither[i]` tells of the characters
    `codes[i + 1]` and `codes[i + 2]` that clean text has none of the two triples that hold both.
    `before[i]` counts the triples that clean text has not and that end before place i of the text;
    it goes on to two places behind the end. `apart[i]` tells that one of `codes[i]` and
    `codes[i + 1]` is rare, and that clean text has not the two together.
    """

    codes: NDArray[np.uint64]
    neither: NDArray[np.bool_]
    before: NDArray[np.int64]
    apart: NDArray[np.bool_]


def unseen_in(text: str, ngrams: Ngrams, rare: RareCharacters) -> Unseen:
    """Look up every triple of a text that has a line feed at both ends."""
    beyond = np.zeros(BEYOND, dtype=np.uint64)
    codes = np.concatenate([beyond, ngrams.codes(text), beyond])
    seen = ngrams.runs_surely_seen(codes)
    apart = _apart(text, codes, rare)
    # Of rare characters the table has one number for all: 国洎 it takes for any of them behind 国.
    strange = np.flatnonzero(apart)
    seen[strange - 1] = seen[strange] = False
    before = np.concatenate([[0], np.cumsum(~seen)])
    return Unseen(codes, ~(seen[:-1] | seen[1:]), before, apart)


def _apart(text: str, codes: NDArray[np.uint64], rare: RareCharacters) -> NDArray[np.bool_]:
    """Tell which pairs hold a rare character that clean text has not there."""
    apart = np.zeros(len(codes), dtype=np.bool_)
    for place in np.flatnonzero(codes == RARE).tolist():
        at = place - BEYOND
        apart[place - 1] |= rare.apart(text[at - 1 : at + 1])
        apart[place] |= rare.apart(text[at : at + 2])
    return apart
