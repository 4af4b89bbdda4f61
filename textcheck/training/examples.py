"""Examples for the net: pieces of clean text with slips in them, and the evidence on each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textcheck.model.evidence import Weigher
from textcheck.model.features import codes_told, features
from textcheck.model.pieces import pieces
from textcheck.text.alphabet import Alphabet, Codes
from textcheck.training.corpus import Article
from textcheck.training.corrupt import Corruptor, Damaged

__all__ = ["BUCKETS", "Batch", "Example", "Examples", "Marks", "Mix", "batches", "example_of"]

BUCKETS = (32, 64, 96, 128)
"""Lengths of batches: a few fixed ones, since every new shape is compiled anew."""
KEEP, WRONG, EXTRA = range(3)


@dataclass(frozen=True, slots=True)
class Marks:
    """Which characters of a text are spared slips, and where fixed wordings stand."""

    spared: Sequence[bool]
    fixed: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Mix:
    """
    How much of the text has slips.

    A share of pieces is clean, a share dense: a slip every `spacing` characters. The rest has
    one slip, or two in one case of five.
    """

    clean: float
    dense: float
    spacing: int = 9


@dataclass(frozen=True, slots=True)
class Example:
    """A piece with what the net reads and what it should say; arrays of one value a character."""

    codes: Codes
    features: NDArray[np.float32]  # (characters, FEATURES)
    told: Codes  # (characters, CODES)
    state: NDArray[np.uint8]  # KEEP, WRONG, EXTRA
    replace: Codes  # what should stand there, 0 for what does
    before: Codes  # what is missing before it, 0 for nothing
    swap: NDArray[np.bool_]  # it and the next are the wrong way round


@dataclass(frozen=True, slots=True)
class Batch:
    """Examples of about one length, padded with NOTHING: the same arrays with one axis more."""

    codes: Codes
    features: NDArray[np.float32]
    told: Codes
    state: NDArray[np.uint8]
    replace: Codes
    before: Codes
    swap: NDArray[np.bool_]


def example_of(damaged: Damaged, alphabet: Alphabet, weigher: Weigher) -> Example:
    """Return a damaged piece as the net reads it; what slips made too long is cut."""
    codes = alphabet.codes("".join(damaged.text[: BUCKETS[-1]]))
    evidence = weigher.evidence(codes)
    size = len(codes)
    replace = _codes_of(damaged.replace[:size], alphabet)
    state = np.where(damaged.extra[:size], EXTRA, np.where(replace > 0, WRONG, KEEP))
    return Example(
        codes=codes,
        features=features(codes, evidence),
        told=codes_told(evidence),
        state=state.astype(np.uint8),
        replace=replace,
        before=_codes_of(damaged.before[:size], alphabet),
        swap=np.array(damaged.swap[:size]),
    )


def _codes_of(characters: Sequence[str], alphabet: Alphabet) -> Codes:
    codes = np.zeros(len(characters), dtype=np.uint16)
    at = [place for place, character in enumerate(characters) if character]
    codes[at] = alphabet.codes("".join(characters[place] for place in at))
    return codes


class Examples:
    """Makes examples of articles; the same seed gives the same ones."""

    def __init__(
        self,
        marks: Callable[[str], Marks],
        corruptor: Corruptor,
        weighers: tuple[Weigher, Weigher],
        seed: int,
    ) -> None:
        """
        Take what marks a text, what damages it, and what weighs it.

        The weighers are of the two folds of the articles: of those with even and with odd numbers.
        """
        self._marks = marks
        self._corruptor = corruptor
        self._weighers = weighers
        self._random = Random(seed)  # noqa: S311 # training data, not secrets

    def of(self, number: int, article: Article, mix: Mix) -> Iterator[Example]:
        """
        Yield an example for each piece of an article, which has this number in the corpora.

        The evidence comes from the model that has not read it: that of the other fold.
        """
        weigher = self._weighers[1 - number % 2]
        marked = self._marks(article.text)
        for start, end in pieces(article.text):
            text = article.text[start:end]
            fixed = [at for at, one in enumerate(marked.fixed[start:end]) if one]
            spared = marked.spared[start:end]
            slips = _slips(len(text), mix, self._random)
            damaged = self._corruptor.damaged(text, slips, spared=spared, likely=fixed)
            yield example_of(damaged, weigher.language.alphabet, weigher)


def _slips(size: int, mix: Mix, random: Random) -> int:
    chance = random.random()
    if chance < mix.clean:
        return 0
    if chance < mix.clean + mix.dense:
        return max(1, size // mix.spacing)
    return 2 if random.random() < 1 / 5 else 1


def batches(found: Iterable[Example], tokens: int) -> Iterator[Batch]:
    """Yield batches of so many tokens, padding included, as soon as one is full."""
    waiting: dict[int, list[Example]] = {size: [] for size in BUCKETS}
    for example in found:
        size = next(size for size in BUCKETS if len(example.codes) <= size)
        waiting[size].append(example)
        if len(waiting[size]) == tokens // size:
            yield _padded(waiting[size], size)
            waiting[size] = []


def _padded(found: Sequence[Example], size: int) -> Batch:
    def together(name: str) -> NDArray[Any]:
        parts = [getattr(example, name) for example in found]
        whole = np.zeros((len(parts), size, *parts[0].shape[1:]), dtype=parts[0].dtype)
        for row, part in zip(whole, parts, strict=True):
            row[: len(part)] = part
        return whole

    return Batch(**{field.name: together(field.name) for field in fields(Batch)})
