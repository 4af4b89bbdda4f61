"""
Fit the weights of models/typos/weights.tsv: how sure a guess at a misprint is.

Guesses that the finder makes in clean text are taken for wrong. Right ones are made: a character
anywhere in a sentence is replaced by one of like sound or shape. Reads articles that the table of
n-grams does not count, so the table must be one without them. A half of the articles is fit, the
other reported, and the other way round.

Run: python scripts/build_ngrams.py --shared DIR --without-set-aside --output ngrams.bin
     python scripts/fit_typos.py --shared DIR --ngrams ngrams.bin
"""

import argparse
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from textcheck.data import data_dir
from textcheck.lexicon.load import read_tables
from textcheck.lexicon.tables import Tables
from textcheck.lexicon.typos import FEATURES, TypoFinder
from textcheck.text.ngrams import Ngrams
from textcheck.training.corpus import articles, set_aside

SEED = 3
MADE = 20_000
HALVES = 2
LOOKS = 0.25  # share of the misprints that only look like the right character
WEIGHT, RIDGE = 0.3, 0.1  # all clean places together weigh so much of all that are made
_HAN = re.compile("[\u4e00-\u9fff]{4,}")
_SENTENCE = re.compile("[^。！？\n]{15,200}[。！？]?")

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """What is weighed of a guess, whether it is right, and the half its article is in."""

    values: tuple[float, ...]
    right: bool
    half: int


def damaged(text: str, tables: Tables, dice: random.Random) -> tuple[str, int, str] | None:
    """Return a sentence with a character replaced, the place, and what stood there."""
    found = _SENTENCE.search(text, dice.randrange(len(text)))
    runs = [run.span() for run in _HAN.finditer(found.group())] if found else []
    if found is None or not runs:
        return None
    start, end = dice.choice(runs)
    place, sentence = dice.randrange(start, end), found.group()
    right = sentence[place]
    looks = dice.random() < LOOKS
    like = tables.shapes.like(right) if looks else tables.sounds.alike(right)
    others = sorted(like - {right})
    if not others:
        return None
    return sentence[:place] + dice.choice(others) + sentence[place + 1 :], place, right


def made(texts: list[str], finder: TypoFinder, tables: Tables) -> Iterator[Sample]:
    """Yield the right guesses in damaged text."""
    dice = random.Random(SEED)  # noqa: S311 # a sample, no secret
    left = MADE
    while left:
        number = dice.randrange(len(texts))
        if (slip := damaged(texts[number], tables, dice)) is None:
            continue
        left -= 1
        text, place, right = slip
        for guess in finder.guesses(text):
            if guess.place == place and guess.right == right:
                yield Sample(guess.values, right=True, half=number % HALVES)


def fit(samples: list[Sample]) -> Matrix:
    """Return the weights of a logistic regression, by Newton's method with a slight ridge."""
    values = np.array([sample.values for sample in samples])
    right = np.array([float(sample.right) for sample in samples])
    share = np.where(right > 0, 1.0, WEIGHT * right.sum() / (1 - right).sum())
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
    for least in (0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995, 0.998):
        found = np.sum(sure_of[is_right] >= least) / MADE
        wrong = np.sum(sure_of[~is_right] >= least) * 1e6 / size
        print(f"{least}: {found:.3f} of what was made, {wrong:.1f} a million in clean text")


def main() -> None:
    """Make both heaps, report, fit, write."""
    parser = argparse.ArgumentParser(description="Fit the weights of evidence for misprints")
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds corpora/")
    parser.add_argument("--ngrams", type=Path, required=True, help="counted without these articles")
    parser.add_argument("--output", type=Path, default=Path("models/typos/weights.tsv"))
    arguments = parser.parse_args()
    tables = read_tables(data_dir("lexicons"), data_dir("models"))
    ngrams = Ngrams(arguments.ngrams)
    even = dict.fromkeys(FEATURES, 0.0)
    finder = TypoFinder(tables.sounds, tables.shapes, ngrams, tables.word_pairs, even)
    found = articles(arguments.shared / "corpora")
    texts = [article.text for article in found if set_aside(article)]
    samples = [
        Sample(guess.values, right=False, half=number % HALVES)
        for number, text in enumerate(texts)
        for guess in finder.guesses(text)
    ]
    samples += made(texts, finder, tables)
    report(samples, sum(map(len, texts)))
    rows = [f"{name}\t{weight:.3f}" for name, weight in zip(FEATURES, fit(samples), strict=True)]
    arguments.output.write_text("\n".join(["feature\tweight", *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
