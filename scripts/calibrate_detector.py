"""
Weigh what detector, judge and evidence say of a proposal, and set the thresholds of the whole.

Reads text that no model has read (scripts/kept_apart.py), clean and with a slip in every other
paragraph, weighed as if there were PRIOR slips in 10,000 characters. Of four paragraphs two fit the
weights of each kind (a logistic regression), the third turns scores into confidences (isotonic),
the fourth tests them: its reliability is printed. Thresholds come from the third and the fourth:
ORDINARY and HINT proposals are told in 10,000 clean characters, so many of each kind as SHARE says.
Writes thresholds.toml beside the graphs.

Run: python scripts/calibrate_detector.py --shared DIR --models models [--sample 4]
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from kept_apart import SHARE, Sample, paragraphs, sampled, threshold
from logistic import fit
from numpy.typing import NDArray

from textcheck.checkers.learned import LearnedChecker
from textcheck.data import data_dir
from textcheck.lexicon.load import load_lexicon
from textcheck.model.decoded import PLAIN, Weights, squashed
from textcheck.model.detector import OnnxNet
from textcheck.model.proofread import Proofreader
from textcheck.model.proposals import Kind

# In 10,000 clean characters, where 0.3 and 3 are wanted at most. Kinds whose hints come to an end
# at LEAST_HINT leave a part of theirs: of 2.5 allowed 2.2 were told.
ORDINARY, HINT = 0.2, 2.7
# However few of a kind there are in clean text: a score is about how likely it is to be right.
LEAST_ORDINARY, LEAST_HINT = 0.2, 0.05
PRIOR = 2.0  # slips in 10,000 characters
RIDGE = 0.1  # with 1.0 what is rare hardly counts, that a wording stands twice
FEWEST = 8  # hits of a kind that weights can be fitted to
UNFITTED = [-3.0, 0.5, 0.25, 0.4, 0.0, 0.0, 0.5, 0.3, 1.0, 1.0, 0.5, 0.3]  # about as others
BINS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 1.0)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of proposals for clean text and of hits, and how much each hit counts."""

    clean: Floats
    right: Floats
    counts: Floats  # of the hits


def weights_of(sample: Sample, kind: Kind) -> list[float]:
    """
    Return the weights of a kind: a logistic regression with a ridge, by Newton's method.

    What would count against a proposal that it speaks for only repeats what another says, by the
    accidents of the sample: it is left out.
    """
    clean = [one.signals for one in sample.clean if one.kind is kind]
    right = [one.signals for one in sample.right if one.kind is kind]
    if min(len(clean), len(right)) < FEWEST:
        return UNFITTED
    rows = np.array([*clean, *right], dtype=np.float64)
    rows = np.column_stack([np.ones(len(rows)), rows])
    truth = np.repeat([0.0, 1.0], [len(clean), len(right)])
    counts = np.concatenate([np.ones(len(clean)), hits_count(sample, kind)])
    counts *= len(rows) / counts.sum()  # so that the ridge weighs the same however rare slips are
    ridge = np.full(rows.shape[1], RIDGE)
    ridge[0] = 1e-6  # the constant is free
    weights = fit(rows, truth, counts, ridge)
    while (against := 1 + int(weights[1:].argmin())) and weights[against] < 0:
        rows[:, against] = 0
        weights = fit(rows, truth, counts, ridge)
    return [round(float(one), 4) for one in weights]


def hits_count(sample: Sample, kind: Kind) -> Floats:
    """Return how much each hit of a kind counts, where a proposal for clean text counts once."""
    each = PRIOR * sample.characters / 10_000 / max(1, sample.slips)
    both = zip(sample.right, sample.counts, strict=True)
    return np.array([count * each for one, count in both if one.kind is kind])


def scored(sample: Sample, kind: Kind, weights: Sequence[float]) -> Scored:
    """Return the scores of a kind."""
    clean, right = (
        np.array([squashed(weights, one.signals) for one in part if one.kind is kind])
        for part in (sample.clean, sample.right)
    )
    return Scored(clean, right, hits_count(sample, kind))


def isotonic(found: Scored) -> list[tuple[float, float]]:
    """Return (score, share right), never falling: neighbours that fall are pooled."""
    scores = np.concatenate([found.clean, found.right])
    order = np.argsort(scores, kind="stable")
    truth = np.repeat([0.0, 1.0], [len(found.clean), len(found.right)])[order]
    counts = np.concatenate([np.ones(len(found.clean)), found.counts])[order]
    pools: list[list[float]] = []  # count, right, sum of scores
    for score, right, count in zip(scores[order], truth, counts, strict=True):
        pools.append([count, right * count, score * count])
        while len(pools) > 1 and pools[-2][1] * pools[-1][0] >= pools[-1][1] * pools[-2][0]:
            last = pools.pop()
            pools[-1] = [one + other for one, other in zip(pools[-1], last, strict=True)]
    line = [(total / count, min(right / count, 0.99)) for count, right, total in pools]
    return line or [(0.5, 0.0)]


def thinned(line: Sequence[tuple[float, float]], most: int = 24) -> list[tuple[float, float]]:
    """Return at most so many points of a line, the ends among them."""
    at = np.unique(np.linspace(0, len(line) - 1, most).round().astype(int))
    return [(round(float(line[number][0]), 4), round(float(line[number][1]), 4)) for number in at]


def tell_reliability(
    tested: dict[Kind, Scored], lines: dict[Kind, list[tuple[float, float]]]
) -> None:
    """Print, for steps of confidence, how much was told so and how much of it was right."""
    print("confidence told      clean  hits   mean   right")
    told: list[tuple[float, float]] = []  # confidence, weight if right, minus one if not
    for kind, found in tested.items():
        scores, shares = zip(*lines[kind], strict=True)
        told += [(share, -1.0) for share in np.interp(found.clean, scores, shares)]
        told += zip(np.interp(found.right, scores, shares), found.counts, strict=True)
    for low, high in pairwise(BINS):
        here = [(share, count) for share, count in told if low <= share < high]
        if not here:
            continue
        right = sum(count for _, count in here if count > 0)
        wrong = sum(count < 0 for _, count in here)
        mean = sum(share * abs(count) for share, count in here) / (right + wrong)
        hits = sum(count > 0 for _, count in here)
        print(
            f"{low:.2f} to {high:.2f} {wrong:12}{hits:6}{mean:8.3f}{right / (right + wrong):8.3f}"
        )


def merged(one: Sample, other: Sample) -> Sample:
    """Return two samples as one."""
    return Sample(
        one.clean + other.clean, one.right + other.right, one.counts + other.counts,
        one.characters + other.characters, one.slips + other.slips,
    )  # fmt: skip


def main() -> None:
    """Read the text, fit, set, write."""
    parser = argparse.ArgumentParser(description="Set the thresholds of the detector")
    parser.add_argument("--shared", type=Path, required=True, help="holds corpora/ and confusion/")
    parser.add_argument("--models", type=Path, default=data_dir("models"))
    parser.add_argument("--detector", type=Path, help="if not beside the language model")
    parser.add_argument("--sample", type=int, default=1, help="every Nth paragraph")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    language = arguments.models / "language"
    detector = arguments.detector or arguments.models / "detector"
    lexicon = load_lexicon(data_dir("lexicons"), data_dir("models"))
    texts = list(paragraphs(arguments.shared / "corpora"))[:: arguments.sample]
    net = OnnxNet(detector)

    def read(start: int, weights: Weights) -> Sample:
        reader = Proofreader(language, net=net, weights=weights, threads=arguments.threads)
        checker = LearnedChecker(lexicon, reader, {})
        return sampled(checker, texts[start::4], arguments.shared, language, lexicon)

    fitted = merged(read(0, PLAIN), read(1, PLAIN))
    weights = {kind: weights_of(fitted, kind) for kind in Kind}
    # By the weights the text is read as it will be: of two that overlap they choose.
    quarters = [read(2, weights), read(3, weights)]
    last = merged(*quarters)
    print(f"{fitted.characters + last.characters:,} characters")
    lines = {kind: isotonic(scored(quarters[0], kind, weights[kind])) for kind in Kind}
    tell_reliability({kind: scored(quarters[1], kind, weights[kind]) for kind in Kind}, lines)
    tested = {kind: scored(last, kind, weights[kind]) for kind in Kind}
    told = []
    for kind, found in tested.items():
        ordinary, hint = (
            max(threshold(found.clean.tolist(), last.characters, rate * SHARE[kind]), floor)
            for rate, floor in ((ORDINARY, LEAST_ORDINARY), (HINT, LEAST_HINT))
        )
        hits = [f"{np.count_nonzero(found.right >= score)}" for score in (ordinary, hint)]
        alarms = [f"{np.count_nonzero(found.clean >= score)}" for score in (ordinary, hint)]
        print(f"{kind:<8} {weights[kind]}  hits {hits} of {last.slips}, alarms {alarms}")
        line = thinned(isotonic(found))
        told += [
            f"[{kind}]", f"ordinary = {ordinary:.4f}", f"hint = {hint:.4f}",
            f"scores = {[score for score, _ in line]}",
            f"confidences = {[share for _, share in line]}", f"weights = {weights[kind]}", "",
        ]  # fmt: skip
    (detector / "thresholds.toml").write_text("\n".join(told), encoding="utf-8")


if __name__ == "__main__":
    main()
