"""
Words that are often miswritten, and what becomes of each by one character of like sound or shape.

No table holds the wrong writings. A character of a word is replaced by every other that sounds or
looks like it; kept is what clean text hardly ever has: of the pairs of characters that are made one
is not seen there, although the one that the word has is. Of a longer word a character is wrong,
too, if the others hardly ever stand beside another one, and never beside this: 四班牙.
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
from textcheck.text.ngrams import CLASSES, Ngrams
from textcheck.text.shape import Shapes
from textcheck.text.sound import Sounds
from textcheck.text.words import dictionary_words

__all__ = ["WATCHED", "Misspellings", "WatchedWord", "misspellings", "read_watched"]

Codes = NDArray[np.uint64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

WATCHED = "watched"
"""The owner of the wrong writings of watched words."""

_SHORTEST, _SET = 2, 4  # a set phrase of four characters leaves no doubt which is meant
# Of the pairs, by counts in 130 million characters of clean text: the word's must be seen, the
# other so many times less often. Clean text has misprints too (布署, 20 times; 部署 20,000 times).
_SEEN, _TIMES, _FEW, _MOST = 10, 200, 10, 40
_USUAL, _COMMON = 80, 10_240
# How much of what stands beside the character that stays must be the right one. With a character
# that sounds and looks alike less will do: in dev_xwlb and dev_gov2026 these are 1 a million.
_TIED, _TIED_COMMON, _TIED_TWOFOLD, _ONLY_HERE = 0.1, 0.5, 0.02, 0.8
_BOUND = 0.8  # of what clean text has of two characters, if they stand beside a third
_NONE = 0


@dataclass(frozen=True, slots=True)
class WatchedWord:
    """A word as it is right."""

    id: str
    form: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class _Swaps:
    """One character of a word, and all others in its place."""

    word: WatchedWord
    place: int
    others: str
    same: Flags
    twofold: Flags
    numeral: Flags

    def written(self, number: int) -> str:
        """Return the word with one of the others."""
        form = self.word.form
        return form[: self.place] + self.others[number] + form[self.place + 1 :]


@dataclass(frozen=True, slots=True)
class _Pair:
    """
    A pair of characters that swaps break: counts as it is right, and with each of the others.

    `kept` and `gone` are the shares of the pair in all text that has the character which stays,
    and which is replaced.
    """

    right: float
    wrong: Floats
    kept: float
    gone: float

    @property
    def strange(self) -> Flags:
        """Tell which of the others make a pair that is rare beside the right one."""
        seen: Flags = self.wrong * _TIMES <= max(self.right, _TIMES)
        return seen & (self.right >= _SEEN)


class Misspellings:
    """The wrong writings, each read when it is found in a text."""

    def __init__(self, arrays: Arrays, words: Sequence[WatchedWord]) -> None:
        """Keep the arrays that `misspellings` made of the words."""
        self._written = Strings(arrays)
        self._words, self._levels = arrays["word"], arrays["level"]
        self._watched = words

    def __getitem__(self, number: int) -> Word:
        """Return one by its number."""
        word = self._watched[int(self._words[number])]
        level = Severity(int(self._levels[number]))
        return Word(
            word.id, self._written[number], word.form, (), (), level, word.citation, WATCHED
        )


def read_watched(layers: Layers) -> Iterator[WatchedWord]:
    """Yield the rows of watched.tsv."""
    for row in read_rows(layers, WATCHED):
        yield WatchedWord(row["id"], row.required("form"), row.citation("source"))


def misspellings(
    words: Sequence[WatchedWord],
    sounds: Sounds,
    shapes: Shapes,
    ngrams: Ngrams,
    right: Collection[str],
) -> tuple[list[str], Arrays]:
    """Return the wrong writings of words, and the arrays of `Misspellings`; none is in `right`."""
    right = {*right, *(word.form for word in words)}
    judge = _Judge(sounds, shapes, ngrams)
    found: dict[str, tuple[int, int]] = {}
    for number, word in enumerate(words):
        for swaps in judge.swaps(word):
            levels = judge.levels(swaps)
            for at in np.flatnonzero(levels).tolist():
                written = swaps.written(at)
                # The dictionary has misprints too, but only such as look right: 震憾, 幅射.
                if written not in right and (swaps.twofold[at] or not _is_word(written)):
                    found.setdefault(written, (number, int(levels[at])))
    return list(found), {
        **packed(found),
        "word": np.array([number for number, _ in found.values()], dtype=np.int32),
        "level": np.array([level for _, level in found.values()], dtype=np.int8),
    }


def _is_word(written: str) -> bool:
    return len(dictionary_words(written)) == 1


class _Judge:
    """What may stand for a character, and what clean text tells of it."""

    def __init__(self, sounds: Sounds, shapes: Shapes, ngrams: Ngrams) -> None:
        self._sounds, self._shapes, self._ngrams = sounds, shapes, ngrams
        self._numbered = ngrams.characters
        self._alike: dict[str, tuple[str, Flags, Flags, Flags]] = {}

    def swaps(self, word: WatchedWord) -> Iterator[_Swaps]:
        """Yield the swaps of each character of a word."""
        for place, character in enumerate(word.form):
            others, *how = self._like(character)
            if others:
                yield _Swaps(word, place, others, *how)

    def _like(self, character: str) -> tuple[str, Flags, Flags, Flags]:
        """Return what sounds or looks like a character; which sound the same, do both, count."""
        if character not in self._alike:
            same, like = self._sounds.alike(character), self._shapes.like(character)
            both = self._sounds.near_to(character) & like
            # Of a character without a number clean text tells nothing.
            known = ((same | like) & self._numbered) | both
            others = "".join(sorted(known - {character}))
            self._alike[character] = (
                others,
                np.array([other in same for other in others], dtype=np.bool_),
                np.array([other in both for other in others], dtype=np.bool_),
                np.array([other in NUMERALS for other in others], dtype=np.bool_),
            )
        return self._alike[character]

    def levels(self, swaps: _Swaps) -> NDArray[np.int8]:
        """Return how bad a misprint each swap makes, 0 where it may be something else."""
        form, place = swaps.word.form, swaps.place
        pairs = [
            self._pair(swaps, start) for start in (place - 1, place) if 0 <= start < len(form) - 1
        ]
        if len(form) == _SHORTEST:
            return np.where(swaps.numeral, _NONE, _levels_of_pair(swaps, *pairs))
        strange = np.zeros(len(swaps.others), dtype=np.bool_)
        for pair in pairs:
            strange |= pair.strange & (pair.wrong < _FEW)
        tied = any(max(pair.kept, pair.gone) >= _TIED_TWOFOLD for pair in pairs)
        likely = swaps.same | swaps.twofold
        new = self._new(swaps)
        wrong = strange & tied
        if len(form) >= _SET:
            wrong |= likely & new
        wrong &= ~swaps.numeral  # 四 may be counted; but there is no 四班牙
        if self._bound(swaps):
            likely, wrong = likely | new, wrong | new
        level = np.where(likely, Severity.ORDINARY, Severity.HINT)
        return np.where(wrong, level, _NONE).astype(np.int8)

    def _bound(self, swaps: _Swaps) -> bool:
        """Tell whether two of the others hardly ever stand beside another one: 班牙 behind 西."""
        triple, place = _triple(swaps)
        if place == 1:
            return False
        codes = self._ngrams.codes(triple)
        log, _ = self._ngrams.log_probabilities(codes[None, :])
        first, last = self._ngrams.pairs(codes[:-1], codes[1:]).tolist()
        often = float(np.exp(log[0])) * first
        return bool(often >= max(_USUAL, _BOUND * (first if place else last)))

    def _new(self, swaps: _Swaps) -> Flags:
        """Tell which swaps make a triple of characters that clean text does not have."""
        triple, place = _triple(swaps)
        others = self._ngrams.codes(swaps.others)
        triples = np.tile(self._ngrams.codes(triple), (len(others), 1))
        triples[:, place] = others
        return (others < CLASSES) | ~self._ngrams.triples_seen(triples)

    def _pair(self, swaps: _Swaps, start: int) -> _Pair:
        """Return the pair that begins at a character of the word."""
        pair, behind = swaps.word.form[start : start + 2], swaps.place == start
        codes = self._ngrams.codes(swaps.others)
        first, second = self._ngrams.codes(pair)
        stays = np.full_like(codes, second if behind else first)
        ends = (codes, stays) if behind else (stays, codes)
        right = float(self._ngrams.pairs(np.array([first]), np.array([second]))[0])
        once, twice = np.exp(self._ngrams.log_counts(pair)).tolist()
        kept, gone = (twice, once) if behind else (once, twice)
        wrong = np.where(codes >= CLASSES, self._ngrams.pairs(*ends), 0.0)
        # A character that is too rare for a number stands in its few words only.
        rare = (first if behind else second) < CLASSES
        share = 1.0 if rare else right / max(1.0, gone)
        return _Pair(right, wrong, right / max(1.0, kept), share)


def _triple(swaps: _Swaps) -> tuple[str, int]:
    """Return three characters of a word around the one that is replaced, and its place there."""
    start = min(max(0, swaps.place - 1), len(swaps.word.form) - 3)
    return swaps.word.form[start : start + 3], swaps.place - start


def _levels_of_pair(swaps: _Swaps, pair: _Pair) -> NDArray[np.int8]:
    """Return the levels of the swaps in a word of two characters."""
    few, bound = pair.wrong < _FEW, pair.kept >= _TIED_COMMON
    sure = pair.kept >= _TIED_TWOFOLD or pair.gone >= _ONLY_HERE
    twofold = np.where(few & swaps.twofold, Severity.ORDINARY if sure else Severity.HINT, _NONE)
    tied = pair.kept >= (_TIED_COMMON if pair.right >= _COMMON else _TIED)
    usual = (few | bound & (pair.wrong <= _MOST)) & (pair.right >= _USUAL) & tied
    other = np.where(usual, Severity.HINT, _NONE)
    level = np.where(swaps.twofold, twofold, other)
    return np.where(pair.strange, level, _NONE).astype(np.int8)
