"""
Fit the weights of models/typos/swaps.tsv: how sure it is that two characters changed places.

What the finder takes for exchanged in clean text is taken for wrong. Right ones are made: two
neighbouring characters change places anywhere in a sentence. Reads articles that the table of
n-grams does not count, so the table must be one without them; what stands twice in an article is
no slip. A half of the articles is fit, the other reported, and the other way round.

Run: python scripts/build_ngrams.py --shared DIR --without-set-aside --output ngrams.bin
     python scripts/fit_swaps.py --shared DIR --ngrams ngrams.bin
"""

import argparse
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from textcheck.lexicon.swaps import FEATURES, Exchange, SwapFinder
from textcheck.text.ngrams import Ngrams
from textcheck.training.corpus import articles, set_aside

SEED = 5
MADE = 20_000
HALVES = 2
USUAL = 100  # characters that often follow each other are no slip that anybody could tell
LEAST_LOSS, RIDGE = 0.3, 0.1  # all clean places together weigh so much of all that are made
_HAN = re.compile("[\u4e00-\u9fff]{4,}")
_SENTENCE = re.compile("[^。！？\n]{15,200}[。！？]?")

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """What is weighed of a place, whether it is a slip, and the half its article is in."""

    values: list[float]
    right: bool
    half: int


def sample(exchange: Exchange, number: int, *, right: bool) -> Sample:
    """Return the values of every feature."""
    values = [float(feature(exchange)) for feature in FEATURES.values()]
    return Sample(values, right, number % HALVES)


def clean(texts: list[str], finder: SwapFinder) -> Iterator[Sample]:
    """Yield the wrong guesses in clean text."""
    for number, text in enumerate(texts):
        for exchange in finder.exchanges(text):
            if text.count(text[exchange.place : exchange.place + 2]) == 1:
                yield sample(exchange, number, right=False)


def damaged(text: str, ngrams: Ngrams, dice: random.Random) -> tuple[str, int] | None:
    """Return a sentence with two characters exchanged and the place of the first."""
    found = _SENTENCE.search(text, dice.randrange(len(text)))
    runs = [run.span() for run in _HAN.finditer(found.group())] if found else []
    if found is None or not runs:
        return None
    start, end = dice.choice(runs)
    at, sentence = dice.randrange(start, end - 1), found.group()
    swapped = sentence[at + 1] + sentence[at]
    codes = ngrams.codes(swapped)
    if swapped[0] == swapped[1] or ngrams.pairs(codes[:1], codes[1:])[0] > USUAL:
        return None
    return sentence[:at] + swapped + sentence[at + 2 :], at


def made(texts: list[str], finder: SwapFinder, ngrams: Ngrams) -> Iterator[Sample]:
    """Yield the right guesses in damaged text."""
    dice = random.Random(SEED)  # noqa: S311 # a sample, no secret
    left = MADE
    while left:
        number = dice.randrange(len(texts))
        if (slip := damaged(texts[number], ngrams, dice)) is None:
            continue
        left -= 1
        for exchange in finder.exchanges(slip[0]):
            if exchange.place == slip[1]:
                yield sample(exchange, number, right=True)


def fit(samples: list[Sample]) -> Matrix:
    """Return the weights of a logistic regression, by Newton's method with a slight ridge."""
    values = np.array([one.values for one in samples])
    right = np.array([float(one.right) for one in samples])
    share = np.where(right > 0, 1.0, LEAST_LOSS * right.sum() / (1 - right).sum())
    weights = np.zeros(values.shape[1])
    for _ in range(50):
        sure = 1 / (1 + np.exp(-values @ weights))
        slope = values.T @ (share * (right - sure)) - RIDGE * weights
        bend = (values.T * (share * sure * (1 - sure))) @ values + RIDGE * np.eye(len(weights))
        weights += np.linalg.solve(bend, slope)
    return weights


def report(samples: list[Sample], size: int) -> None:
    """Print what is found of what was made and in clean text, each half by the other's weights."""
    sure, right = [], []
    for half in range(HALVES):
        weights = fit([one for one in samples if one.half != half])
        tested = [one for one in samples if one.half == half]
        sure.append(1 / (1 + np.exp(-np.array([one.values for one in tested]) @ weights)))
        right.append(np.array([one.right for one in tested]))
    sure_of, is_right = np.concatenate(sure), np.concatenate(right)
    for least in (0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995):
        found = np.sum(sure_of[is_right] >= least) / MADE
        wrong = np.sum(sure_of[~is_right] >= least) * 1e6 / size
        print(f"{least}: {found:.3f} of what was made, {wrong:.1f} a million in clean text")


def main() -> None:
    """Make both heaps, report, fit, write."""
    parser = argparse.ArgumentParser(description="Fit the weights of evidence for exchanges")
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds corpora/")
    parser.add_argument("--ngrams", type=Path, required=True, help="counted without these articles")
    parser.add_argument("--output", type=Path, default=Path("models/typos/swaps.tsv"))
    arguments = parser.parse_args()
    ngrams = Ngrams(arguments.ngrams)
    finder = SwapFinder(ngrams, dict.fromkeys(FEATURES, 0.0))
    found = articles(arguments.shared / "corpora")
    texts = [article.text for article in found if set_aside(article)]
    samples = [*clean(texts, finder), *made(texts, finder, ngrams)]
    report(samples, sum(map(len, texts)))
    rows = [f"{name}\t{weight:.3f}" for name, weight in zip(FEATURES, fit(samples), strict=True)]
    arguments.output.write_text("\n".join(["feature\tweight", *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
