"""
Characters that are often taken for each other, and what becomes of words where one is.

No table holds the wrong writings: confused.tsv has the characters alone, 准 and 淮. In every common
word of two characters one is replaced by another of its row; kept is what clean text never has, or
once where it has the word many hundred times: 淮确.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textcheck.arrays import Arrays
from textcheck.finding import Severity
from textcheck.knowledge.entry import Citation, Word
from textcheck.knowledge.layers import Layers, read_rows
from textcheck.matching.strings import Strings, packed
from textcheck.slips.case import NUMERALS
from textcheck.text.ngrams import Ngrams
from textcheck.text.pairs import WordPairs
from textcheck.text.words import dictionary_words, tagged_words

__all__ = ["CONFUSED", "Confusable", "Confusions", "confusions", "read_confused"]

CONFUSED = "confused"
"""The owner of the wrong writings."""

# By counts in 130 million characters of clean text, of the right two and of the wrong.
_SEEN, _COMMON, _TIMES = 320, 2560, 500

_NAMES = frozenset({"nr", "nrt", "nrfg", "ns", "nt", "nz"})  # of people, places, bodies


@dataclass(frozen=True, slots=True)
class Confusable:
    """Characters that are taken for each other."""

    id: str
    characters: tuple[str, ...]
    citation: Citation


class Confusions:
    """The wrong writings, each read when it is found in a text."""

    def __init__(self, arrays: Arrays, rows: Sequence[Confusable]) -> None:
        """Keep the arrays that `confusions` made of the rows."""
        self._written, self._right = Strings(arrays), arrays["right"].tobytes().decode("utf-16-le")
        self._rows, self._levels = arrays["row"], arrays["level"]
        self._confusable = rows

    def __getitem__(self, number: int) -> Word:
        """Return one by its number."""
        row = self._confusable[int(self._rows[number])]
        right = self._right[2 * number : 2 * number + 2]
        level = Severity(int(self._levels[number]))
        return Word(row.id, self._written[number], right, (), (), level, row.citation, CONFUSED)


def read_confused(layers: Layers) -> Iterator[Confusable]:
    """Yield the rows of confused.tsv."""
    for row in read_rows(layers, CONFUSED):
        yield Confusable(row["id"], row.several("characters"), row.citation("source"))


def confusions(
    rows: Sequence[Confusable], pairs: WordPairs, ngrams: Ngrams, right: Collection[str]
) -> tuple[list[str], Arrays]:
    """Return the wrong writings, and the arrays of `Confusions`; none is in `right`."""
    best: dict[str, tuple[float, str, int, int]] = {}
    for number, row in enumerate(rows):
        for one in row.characters:
            for other in set(row.characters) - {one}:
                for written, word, often, level in _exchanged(one, other, pairs, ngrams):
                    if written not in right and often > best.get(written, (0.0,))[0]:
                        best[written] = often, word, number, level
    found = list(best)
    return found, {
        **packed(found),
        "right": np.frombuffer(
            "".join(word for _, word, _, _ in best.values()).encode("utf-16-le"), dtype=np.uint8
        ),
        "row": np.array([number for _, _, number, _ in best.values()], dtype=np.int32),
        "level": np.array([level for _, _, _, level in best.values()], dtype=np.int8),
    }


def _exchanged(
    one: str, other: str, pairs: WordPairs, ngrams: Ngrams
) -> Iterator[tuple[str, str, float, int]]:
    """Yield what becomes of two characters with one where the other stands in its place."""
    known = {one, other} <= ngrams.characters
    first = int(ngrams.codes(one)[0])
    for behind in (True, False) if known else ():
        beside = pairs.following(first) if behind else pairs.preceding(first)
        often, seldom = (
            _counts(character, beside, ngrams, behind=behind) for character in (one, other)
        )
        wrong = (often >= _SEEN) & (seldom * _TIMES <= often)
        for at in np.flatnonzero(wrong).tolist():
            neighbour = ngrams.character(int(beside[at]))
            word, written = (
                character + neighbour if behind else neighbour + character
                for character in (one, other)
            )
            if neighbour not in NUMERALS and _is_common(word):
                sure = often[at] >= _COMMON and not seldom[at] and not _is_word(written)
                level = Severity.ORDINARY if sure else Severity.HINT
                yield written, word, float(often[at]), level


def _is_common(text: str) -> bool:
    """Tell whether two characters are a word, and no name."""
    return _is_word(text) and all(tag not in _NAMES for _, tag in tagged_words(text))


def _is_word(text: str) -> bool:
    return len(dictionary_words(text)) == 1


def _counts(
    character: str, beside: NDArray[np.int64], ngrams: Ngrams, *, behind: bool
) -> NDArray[np.float32]:
    """Return how often a character has each of some others behind it, or else before it."""
    others = beside.astype(np.uint64)
    own = np.full_like(others, ngrams.codes(character)[0])
    return ngrams.pairs(own, others) if behind else ngrams.pairs(others, own)
