"""
Fit the weights of models/typos/swaps.tsv: how sure it is that two characters changed places.

What the finder takes for exchanged in clean text is taken for wrong. Right ones are made: two
neighbouring characters change places anywhere in a sentence. Reads articles that neither the table
of n-grams nor the counts of five characters count, so the table must be one without them; what
stands twice in an article is no slip. A half of the articles is fit, the other reported, and the
other way round.

Run: python scripts/build_ngrams.py --shared DIR --without-set-aside --output ngrams.bin
     python scripts/fit_swaps.py --shared DIR --ngrams ngrams.bin
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from guesses import MADE, Sample, half_of, report, sentence_of, weights_of
from logistic import write_weights

from textcheck.data import data_dir
from textcheck.lexicon.load import read_tables
from textcheck.slips.swaps import FEATURES, Exchange, SwapFinder
from textcheck.text.fold import fold
from textcheck.text.ngrams import Ngrams
from textcheck.training.corpus import articles, held_out

SEED = 5
_RIDGE = 0.05  # clean text has two hundred guesses; with a thousandth a tenth less is found
USUAL = 100  # characters that often follow each other are no slip that anybody could tell


def sample(exchange: Exchange, number: int, place: int, *, right: bool) -> Sample:
    """Return the values of every feature."""
    values = [float(feature(exchange)) for feature in FEATURES.values()]
    return Sample(values, right, half_of(number), place, made=right)


def clean(texts: list[str], finder: SwapFinder) -> Iterator[Sample]:
    """Yield the wrong guesses in clean text."""
    place = 0
    for number, text in enumerate(texts):
        for exchange in finder.exchanges(text):
            place += 1
            if text.count(text[exchange.place : exchange.place + 2]) == 1:
                yield sample(exchange, number, place, right=False)


def damaged(text: str, ngrams: Ngrams, dice: random.Random) -> tuple[str, int] | None:
    """Return a sentence with two characters exchanged and the place of the first."""
    chosen = sentence_of(text, dice)
    if chosen is None:
        return None
    sentence, (start, end) = chosen
    at = dice.randrange(start, end - 1)
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
                yield sample(exchange, number, left, right=True)


def main() -> None:
    """Make both heaps, report, fit, write."""
    parser = argparse.ArgumentParser(description="Fit the weights of evidence for exchanges")
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds corpora/")
    parser.add_argument("--ngrams", type=Path, required=True, help="counted without these articles")
    parser.add_argument("--output", type=Path, default=Path("models/typos/swaps.tsv"))
    arguments = parser.parse_args()
    ngrams = Ngrams(arguments.ngrams)
    tables = read_tables(data_dir("lexicons"), data_dir("models"))
    finder = SwapFinder(ngrams, tables.rare, tables.language, dict.fromkeys(FEATURES, 0.0))
    found = articles(arguments.shared / "corpora")
    texts = [fold(article.text) for article in found if held_out(article)]
    samples = [*clean(texts, finder), *made(texts, finder, ngrams)]
    report(samples, sum(map(len, texts)), _RIDGE)
    write_weights(arguments.output, FEATURES, weights_of(samples, _RIDGE))


if __name__ == "__main__":
    main()
