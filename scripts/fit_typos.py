"""
Fit the weights of models/typos/{sieve,weights}.tsv: how sure a guess at a misprint is.

Guesses that the finder makes in clean text are taken for wrong. Right ones are made: a character
anywhere in a sentence is replaced by one of like sound or shape, now and then by any other. Reads
articles that the table of n-grams does not count, so the table must be one without them. What
stands twice in an article is no misprint. A half of the articles is fit, the other reported, and
the other way round. The sieve is without the counts of five characters in a row; with them only
articles are read that these do not count either.

Run: python scripts/build_ngrams.py --shared DIR --without-set-aside --output ngrams.bin
     python scripts/fit_typos.py --shared DIR --ngrams ngrams.bin
"""

import argparse
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from guesses import MADE, Sample, half_of, report, sentence_of, weights_of
from logistic import write_weights

from textcheck.data import data_dir
from textcheck.lexicon.load import read_tables
from textcheck.lexicon.tables import Tables
from textcheck.slips.alike import Alike
from textcheck.slips.doubtful import DoubtFinder
from textcheck.slips.typos import FEATURES, OF_FIVE, TypoFinder
from textcheck.text.fold import fold
from textcheck.text.ngrams import Ngrams
from textcheck.training.corpus import articles, held_out, set_aside

SEED = 3
# The less text the more: with a hundredth a fiftieth less is found at ten false alarms a million.
_RIDGE_OF_MANY, _RIDGE = 1e-4, 1e-2
# How misprints come about. An input method offers common characters first; whoever reads a picture
# or types another key makes such as are like nothing, or such as clean text has nowhere.
SHARES = {"sound": 0.58, "near": 0.1, "shape": 0.2, "any": 0.07, "rare": 0.05}
HAN = frozenset(map(chr, range(0x4E00, 0x9FA6)))
COMMON, ANY = 0.8, 2500


def damaged(text: str, tables: Tables, dice: random.Random) -> tuple[str, int, str] | None:
    """Return a sentence with a character replaced, the place, and what stood there."""
    chosen = sentence_of(text, dice)
    if chosen is None:
        return None
    sentence, run = chosen
    place = dice.randrange(*run)
    right = sentence[place]
    (kind,) = dice.choices([*SHARES], [*SHARES.values()])
    like = like_by(kind, right, tables)
    others = (like & tables.ngrams.characters if dice.random() < COMMON else like) or like
    if not (others := others - {right}):
        return None
    return sentence[:place] + dice.choice(sorted(others)) + sentence[place + 1 :], place, right


def like_by(kind: str, character: str, tables: Tables) -> frozenset[str]:
    """Return what is written for a character by a kind of misprint."""
    if kind == "sound":
        return tables.sounds.alike(character)
    if kind == "near":
        return tables.sounds.near_to(character)
    if kind == "shape":
        return tables.shapes.like(character)
    numbered = tables.ngrams.characters
    return HAN - numbered if kind == "rare" else frozenset(tables.ngrams.common(ANY))


def clean(texts: list[str], finder: TypoFinder) -> Iterator[Sample]:
    """Yield the wrong guesses in clean text."""
    place = 0
    for number, text in enumerate(texts):
        last = -1
        for guess in finder.guesses(text):
            place += guess.place != last
            last = guess.place
            if text.count(text[guess.place - 1 : guess.place + 2]) == 1:
                yield Sample(
                    guess.values, right=False, half=half_of(number), place=place, made=False
                )


def made(texts: list[str], finder: TypoFinder, tables: Tables) -> Iterator[Sample]:
    """Yield the guesses where damaged text is damaged."""
    dice = random.Random(SEED)  # noqa: S311 # a sample, no secret
    left = MADE
    while left:
        number = dice.randrange(len(texts))
        if (slip := damaged(texts[number], tables, dice)) is None:
            continue
        left -= 1
        text, place, right = slip
        for guess in finder.guesses(text):
            if guess.place == place:
                right_one = guess.right == right
                yield Sample(guess.values, right_one, half_of(number), place=left, made=True)


def main() -> None:
    """Make both heaps, report, fit, write."""
    parser = argparse.ArgumentParser(description="Fit the weights of evidence for misprints")
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds corpora/")
    parser.add_argument("--ngrams", type=Path, required=True, help="counted without these articles")
    parser.add_argument("--output", type=Path, default=Path("models/typos"), help="folder")
    arguments = parser.parse_args()
    tables = read_tables(data_dir("lexicons"), data_dir("models"))
    ngrams = Ngrams(arguments.ngrams)
    alike = Alike(tables.sounds, tables.shapes, ngrams)
    doubts = DoubtFinder(alike, ngrams, tables.word_pairs, tables.tied)
    nothing = dict.fromkeys(FEATURES, 0.0)
    finder = TypoFinder(doubts, tables.rare, tables.language, (nothing, nothing))
    sieve = [name for name in FEATURES if name not in OF_FIVE]
    for output, names, apart, ridge in (
        (arguments.output / "sieve.tsv", sieve, set_aside, _RIDGE_OF_MANY),
        (arguments.output / "weights.tsv", [*FEATURES], held_out, _RIDGE),
    ):
        found = articles(arguments.shared / "corpora")
        texts = [fold(article.text) for article in found if apart(article)]
        columns = [[*FEATURES].index(name) for name in names]
        samples = [
            replace(one, values=[one.values[column] for column in columns])
            for one in (*clean(texts, finder), *made(texts, finder, tables))
        ]
        print(output)
        report(samples, sum(map(len, texts)), ridge)
        write_weights(output, names, weights_of(samples, ridge))


if __name__ == "__main__":
    main()
