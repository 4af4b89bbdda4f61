"""
Fit the weights of models/typos/weights.tsv: how sure a guess at a misprint is.

Guesses that the finder makes in clean text are taken for wrong. Right ones are made: a character of
a word of two to four is replaced by one of like sound or shape. Reads train_* only; of both a
fifth, every fifth article, is kept out of the fit and reported.

Run: python scripts/fit_typos.py --shared DIR
"""

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sightings import read_articles

from textcheck.data import data_dir
from textcheck.lexicon.load import read_tables
from textcheck.lexicon.typos import FEATURES, TypoFinder
from textcheck.text.words import dictionary_words

SEED = 3
CORPORA = {"general_crud_rag_news": 11, "gov_work_reports": 17, "xwlb": 17}  # every nth article
SIZE = 2_000_000  # characters of each
MADE = 6_000
WINDOW, EDGE = 50, 5  # characters of clean text around a replaced one
COMMON = 3_000  # misprints are common characters: the writer's machine offered them
KEPT_OUT = 5
RIDGE = 0.1

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """What is weighed of a guess, whether it is right, whether it is kept out of the fit."""

    values: tuple[float, ...]
    right: bool
    kept_out: bool


def clean(shared: Path) -> list[str]:
    """Return the articles that are read."""
    texts = []
    for corpus, step in CORPORA.items():
        size = 0
        for number, article in enumerate(read_articles(shared, [corpus])):
            if number % step == 0 and size < SIZE:
                size += len(article.text)
                texts.append(article.text)
    return texts


def damaged(
    text: str, finder: TypoFinder, common: frozenset[str], dice: random.Random
) -> tuple[str, int, str] | None:
    """Return a window of text with a character replaced, the place, and what stood there."""
    low = dice.randrange(max(1, len(text) - WINDOW))
    window = text[low : low + WINDOW]
    words = [
        word
        for word in dictionary_words(window)
        if 2 <= word.end - word.start <= 4 and word.start >= EDGE and word.end <= WINDOW - EDGE
    ]
    if not words:
        return None
    word = dice.choice(words)
    place = dice.randrange(word.start, word.end)
    others = sorted(finder.alike.like(window[place]) & common)
    if not others:
        return None
    return window[:place] + dice.choice(others) + window[place + 1 :], place, window[place]


def made(texts: list[str], finder: TypoFinder, common: frozenset[str]) -> Iterator[Sample]:
    """Yield the right guesses in damaged text."""
    dice = random.Random(SEED)  # noqa: S311 # a sample, no secret
    left = MADE
    while left:
        number = dice.randrange(len(texts))
        if (found := damaged(texts[number], finder, common, dice)) is None:
            continue
        left -= 1
        text, place, right = found
        for guess in finder.guesses(text):
            if guess.place == place and guess.right == right:
                yield Sample(guess.values, right=True, kept_out=number % KEPT_OUT == 0)


def fit(samples: list[Sample]) -> Matrix:
    """Return the weights of a logistic regression, by Newton's method with a slight ridge."""
    values = np.array([sample.values for sample in samples])
    right = np.array([float(sample.right) for sample in samples])
    weights = np.zeros(values.shape[1])
    for _ in range(50):
        sure = 1 / (1 + np.exp(-values @ weights))
        slope = values.T @ (right - sure) - RIDGE * weights
        bend = (values.T * (sure * (1 - sure))) @ values + RIDGE * np.eye(len(weights))
        weights += np.linalg.solve(bend, slope)
    return weights


def main() -> None:
    """Make both heaps, fit, report, write."""
    parser = argparse.ArgumentParser(description="Fit the weights of evidence for misprints")
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds corpora/")
    parser.add_argument("--output", type=Path, default=Path("models/typos/weights.tsv"))
    arguments = parser.parse_args()
    tables = read_tables(data_dir("lexicons"), data_dir("models"))
    even = dict.fromkeys(FEATURES, 0.0)
    finder = TypoFinder(tables.sounds, tables.shapes, tables.ngrams, tables.word_pairs, even)
    texts = clean(arguments.shared)
    samples = [
        Sample(guess.values, right=False, kept_out=number % KEPT_OUT == 0)
        for number, text in enumerate(texts)
        for guess in finder.guesses(text)
    ]
    samples += made(texts, finder, frozenset(tables.ngrams.common(COMMON)))
    weights = fit([sample for sample in samples if not sample.kept_out])
    size = sum(len(text) for text in texts[::KEPT_OUT])
    tested = [sample for sample in samples if sample.kept_out]
    sure = 1 / (1 + np.exp(-np.array([sample.values for sample in tested]) @ weights))
    right = np.array([sample.right for sample in tested])
    for least in (0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99):
        found = np.sum(sure[right] >= least) / (MADE / KEPT_OUT)
        wrong = np.sum(sure[~right] >= least) * 1e6 / size
        print(f"{least}: about {found:.3f} of what was made, {wrong:.1f} a million in clean text")
    rows = [f"{name}\t{weight:.3f}" for name, weight in zip(FEATURES, weights, strict=True)]
    arguments.output.parent.mkdir(exist_ok=True)
    arguments.output.write_text("\n".join(["feature\tweight", *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
