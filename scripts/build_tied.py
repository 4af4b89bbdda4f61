"""
Write models/typos/tied.tsv: what mostly stands behind a character in clean text, and before it.

Behind 希 stands 望 in four of five places: where clean text has not what a text has there, 望 may
be meant, though what stands there neither sounds nor looks like it.

Run: python scripts/build_tied.py --shared DIR      (a minute; after build_ngrams.py)
"""

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from textcheck.data import data_dir
from textcheck.text.ngrams import CLASSES, Ngrams
from textcheck.training.corpus import articles

SHARE = 0.1  # of all places of a character
LEAST = 20  # times that clean text has the pair
NUMBERS = 4096


def tied(counts: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which second characters make up so much of what stands beside the first."""
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    tied: NDArray[np.bool_] = (share >= SHARE) & (counts >= LEAST)
    tied[:, :CLASSES] = False
    return tied


def main() -> None:
    """Count every pair and write."""
    parser = argparse.ArgumentParser(description="List the characters that are tied to others")
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds corpora/")
    parser.add_argument("--output", type=Path, default=Path("models/typos/tied.tsv"))
    arguments = parser.parse_args()
    ngrams = Ngrams(data_dir("models") / "ngrams" / "ngrams.bin")
    counts = np.zeros((NUMBERS, NUMBERS))
    for article in articles(arguments.shared / "corpora"):
        codes = ngrams.codes(article.text).astype(np.int64)
        np.add.at(counts, (codes[:-1], codes[1:]), 1)
    behind, before = tied(counts), tied(counts.T)
    lines = ["character\tbefore\tbehind"]
    for number in range(CLASSES, NUMBERS):
        beside = [
            "".join(map(ngrams.character, np.flatnonzero(row).tolist()))
            for row in (before[number], behind[number])
        ]
        if any(beside):
            lines.append("\t".join([ngrams.character(number), *beside]))
    arguments.output.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 1} characters")


if __name__ == "__main__":
    main()
