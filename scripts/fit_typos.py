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
from collections.abc import Iterator
from pathlib import Path

from guesses import MADE, Sample, half_of, report, sentence_of, weights_of
from logistic import write_weights

from textcheck.data import data_dir
from textcheck.lexicon.load import read_tables
from textcheck.lexicon.tables import Tables
from textcheck.lexicon.typos import FEATURES, TypoFinder
from textcheck.text.ngrams import Ngrams
from textcheck.training.corpus import articles, set_aside

SEED = 3
LOOKS = 0.25  # share of the misprints that only look like the right character


def damaged(text: str, tables: Tables, dice: random.Random) -> tuple[str, int, str] | None:
    """Return a sentence with a character replaced, the place, and what stood there."""
    chosen = sentence_of(text, dice)
    if chosen is None:
        return None
    sentence, run = chosen
    place = dice.randrange(*run)
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
                yield Sample(guess.values, right=True, half=half_of(number))


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
        Sample(guess.values, right=False, half=half_of(number))
        for number, text in enumerate(texts)
        for guess in finder.guesses(text)
    ]
    samples += made(texts, finder, tables)
    report(samples, sum(map(len, texts)))
    write_weights(arguments.output, FEATURES, weights_of(samples))


if __name__ == "__main__":
    main()
