"""
Set the thresholds of the learned stage on clean text that no model has read.

The text is that of textcheck/training/corpus.py:held_out. Over all kinds together a proposal may be
told as ordinary ORDINARY times in 10,000 clean characters, as a hint HINT times. How sure a score
is comes from the same text with a slip in every other paragraph, weighed as if there were PRIOR
slips in 10,000 characters. Writes models/language/thresholds.toml.

Run: python scripts/calibrate_judge.py --shared DIR       (five minutes)
"""

import argparse
from itertools import pairwise
from pathlib import Path

import numpy as np
from kept_apart import SHARE, paragraphs, sampled, threshold
from numpy.typing import NDArray

from textcheck.checkers.learned import LearnedChecker
from textcheck.data import data_dir
from textcheck.lexicon.load import load_lexicon
from textcheck.model.proofread import Proofreader
from textcheck.model.proposals import Kind

# In 10,000 clean characters. With the rules, which tell 0.05 and 1, an office is to see at most 0.2
# ordinary findings.
ORDINARY, HINT = 0.1, 1.5
PRIOR = 2.0  # slips in 10,000 characters, to turn scores into confidences
KNOTS = 12

Floats = NDArray[np.float64]


def knots(right: Floats, weight: Floats, wrong: Floats) -> list[tuple[float, float]]:
    """Return (score, share right) in steps of about as many right ones, never falling."""
    ends = np.unique(np.quantile(right, np.linspace(0, 1, KNOTS + 1))).tolist()
    found: list[tuple[float, float]] = []
    least = 0.0
    for low, high in pairwise(ends):
        good = weight[(right >= low) & (right <= high)].sum()
        bad = np.count_nonzero((wrong >= low) & (wrong <= high))
        least = max(least, float(good / max(good + bad, 1e-9)))
        found.append(((low + high) / 2, round(min(least, 0.99), 3)))
    return found


def main() -> None:
    """Read the text twice, once clean and once with slips, and write the thresholds."""
    parser = argparse.ArgumentParser(description="Set the thresholds of the learned stage")
    parser.add_argument("--shared", type=Path, required=True, help="holds corpora/ and confusion/")
    parser.add_argument("--models", type=Path, default=data_dir("models") / "language")
    parser.add_argument("--sample", type=int, default=1, help="every Nth paragraph")
    arguments = parser.parse_args()
    lexicon = load_lexicon(data_dir("lexicons"), data_dir("models"))
    checker = LearnedChecker(lexicon, Proofreader(arguments.models), {})
    texts = list(paragraphs(arguments.shared / "corpora"))[:: arguments.sample]
    sample = sampled(checker, texts, arguments.shared, arguments.models, lexicon)
    weight = PRIOR * sample.characters / 10_000 / sample.slips
    print(f"{sample.characters:,} clean characters; {sample.slips} slips")
    lines = []
    for kind in Kind:
        clean = [one.score for one in sample.clean if one.kind is kind]
        both = zip(sample.right, sample.counts, strict=True)
        hits = [(one.score, count * weight) for one, count in both if one.kind is kind]
        right, weights = np.array(hits or [(0.0, 0.0)]).T
        ordinary = threshold(clean, sample.characters, ORDINARY * SHARE[kind])
        hint = threshold(clean, sample.characters, HINT * SHARE[kind])
        told = knots(right, weights, np.array(clean))
        found = [int(np.count_nonzero(right >= least)) for least in (ordinary, hint)]
        print(f"{kind:<8} ordinary from {ordinary:.3f}, hint from {hint:.3f}; found {found}")
        lines += [
            f"[{kind}]", f"ordinary = {ordinary:.4f}", f"hint = {hint:.4f}",
            f"scores = {[round(score, 4) for score, _ in told]}",
            f"confidences = {[share for _, share in told]}", "",
        ]  # fmt: skip
    (arguments.models / "thresholds.toml").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
