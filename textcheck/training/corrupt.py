"""
Slips put into clean text, of the kinds and in the shares that published errors have.

A character of the same or a near sound or of a like shape, a word of the same sound, a character
missing, one too many, one twice, two swapped, two neighbouring words swapped. Letters, digits,
signs and what is `spared` (names of people) are never touched.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from textcheck.text.han import is_han

__all__ = ["KINDS", "Confusions", "Corruptor", "Damaged"]

KINDS: Mapping[str, float] = {
    "same sound": 20,
    "near sound": 9,
    "shape": 14,
    "word": 14,
    "missing": 16,
    "extra": 6,
    "doubled": 6,
    "swapped": 8,
    "words swapped": 2,
    "any": 5,
}
"""The kinds of slips and how often each comes."""

_GAP = 4  # characters between two slips, so that each can be told from the other
_TRIES = 4


@dataclass(frozen=True, slots=True)
class Confusions:
    """What is taken for a character, or written for a word of two, the likeliest first."""

    same_sound: Mapping[str, str]
    near_sound: Mapping[str, str]
    shape: Mapping[str, str]
    words: Mapping[str, Sequence[str]]
    any: str  # characters in the frequency in which they come too many


@dataclass(slots=True)
class Damaged:
    """
    A text with slips, and what is wrong at each of its characters.

    `replace` is what should stand there ("" where nothing else should), `extra` whether nothing
    should, `before` what is missing before it, `swap` whether it and the next should change places.
    """

    text: list[str]
    replace: list[str]
    extra: list[bool]
    before: list[str]
    swap: list[bool]

    @classmethod
    def of(cls, text: str) -> "Damaged":
        """Return a text without slips."""
        size = len(text)
        return cls(list(text), [""] * size, [False] * size, [""] * size, [False] * size)


Make = Callable[[Damaged, int, Sequence[bool]], None]


class Corruptor:
    """Puts slips into texts; the same seed gives the same slips."""

    def __init__(self, confusions: Confusions, seed: int) -> None:
        """Take the confusions, and the seed of every choice."""
        self._confusions = confusions
        self._random = Random(seed)  # noqa: S311 # training data, not secrets
        self._kinds = list(KINDS)
        self._shares = list(KINDS.values())
        self._make: Mapping[str, Make] = {
            "same sound": self._replaced_by(confusions.same_sound),
            "near sound": self._replaced_by(confusions.near_sound),
            "shape": self._replaced_by(confusions.shape),
            "any": self._replaced_by_any,
            "word": self._word,
            "missing": self._missing,
            "extra": self._extra,
            "doubled": self._doubled,
            "swapped": self._swapped,
            "words swapped": self._words_swapped,
        }

    def only(self, kind: str) -> None:
        """Make slips of one kind from now on."""
        self._kinds, self._shares = [kind], [1.0]

    def damaged(
        self, text: str, slips: int, *, spared: Sequence[bool], likely: Sequence[int] = ()
    ) -> Damaged:
        """
        Return text with at most so many slips.

        `spared` tells which characters are left alone; of the places in `likely`, those in fixed
        wordings, a third of the slips take theirs.
        """
        damaged = Damaged.of(text)
        open_ = [is_han(one) and not spared[at] for at, one in enumerate(text)]
        chosen: list[int] = []
        edits: list[tuple[int, str]] = []
        for _ in range(slips):
            for _ in range(_TRIES):
                at = self._place(len(text), likely)
                if (
                    at < len(open_)
                    and open_[at]
                    and all(abs(at - other) > _GAP for other in chosen)
                ):
                    kind = self._random.choices(self._kinds, self._shares)[0]
                    chosen.append(at)
                    edits.append((at, kind))
                    break
        # From the end, so that what is put in or left out moves nothing that comes later.
        for at, kind in sorted(edits, reverse=True):
            self._make[kind](damaged, at, open_)
        return damaged

    def _place(self, size: int, likely: Sequence[int]) -> int:
        if likely and self._random.random() < 1 / 3:
            return self._random.choice(likely)
        return self._random.randrange(size)

    def _one_of(self, found: Sequence[str]) -> str:
        """Choose one, the first ones more often: the second half as likely as the first."""
        at = min(int(self._random.expovariate(4 / len(found))), len(found) - 1)
        return found[at]

    def _replaced_by(self, table: Mapping[str, str]) -> Make:
        def make(damaged: Damaged, at: int, _: Sequence[bool]) -> None:
            if found := table.get(damaged.text[at]):
                damaged.replace[at] = damaged.text[at]
                damaged.text[at] = self._one_of(found)

        return make

    def _replaced_by_any(self, damaged: Damaged, at: int, _: Sequence[bool]) -> None:
        other = self._one_of(self._confusions.any)
        if other != damaged.text[at]:
            damaged.replace[at] = damaged.text[at]
            damaged.text[at] = other

    def _word(self, damaged: Damaged, at: int, open_: Sequence[bool]) -> None:
        """Write another word of the same sound; where there is none, another character."""
        word = "".join(damaged.text[at : at + 2])
        found = self._confusions.words.get(word)
        if not found or not all(open_[at : at + 2]):
            self._make["same sound"](damaged, at, open_)
            return
        for place, other in enumerate(self._one_of(found), at):
            if other != damaged.text[place]:
                damaged.replace[place] = damaged.text[place]
                damaged.text[place] = other

    def _missing(self, damaged: Damaged, at: int, _: Sequence[bool]) -> None:
        if at + 1 < len(damaged.text) and damaged.text[at] != damaged.text[at + 1]:
            damaged.before[at + 1] = damaged.text[at]
            for part in (
                damaged.text,
                damaged.replace,
                damaged.extra,
                damaged.before,
                damaged.swap,
            ):
                del part[at]

    def _extra(self, damaged: Damaged, at: int, _: Sequence[bool]) -> None:
        """Put a character in before a place: a common one, or one that sounds like a neighbour."""
        other = self._one_of(self._confusions.any)
        if self._random.random() < 1 / 3:
            other = self._one_of(self._confusions.same_sound.get(damaged.text[at], other))
        if other not in {damaged.text[at], damaged.text[at - 1] if at else ""}:
            self._put(damaged, at, other)

    def _doubled(self, damaged: Damaged, at: int, open_: Sequence[bool]) -> None:
        """Write a character or a word of two twice; the second is the one too many."""
        size = 2 if self._random.random() < 1 / 4 and all(open_[at : at + 2]) else 1
        for step, other in enumerate(damaged.text[at : at + size]):
            self._put(damaged, at + size + step, other)

    def _put(self, damaged: Damaged, at: int, other: str) -> None:
        damaged.text.insert(at, other)
        damaged.replace.insert(at, "")
        damaged.extra.insert(at, True)  # a value of the list
        damaged.before.insert(at, "")
        damaged.swap.insert(at, False)  # likewise

    def _swapped(self, damaged: Damaged, at: int, open_: Sequence[bool]) -> None:
        if all(open_[at : at + 2]) and len(set(damaged.text[at : at + 2])) > 1:
            damaged.text[at : at + 2] = reversed(damaged.text[at : at + 2])
            damaged.swap[at] = True

    def _words_swapped(self, damaged: Damaged, at: int, open_: Sequence[bool]) -> None:
        """Swap two words of two characters: four that should be others."""
        here = damaged.text[at : at + 4]
        if len(here) == 2 * len("双字") and all(open_[at : at + 4]) and here[:2] != here[2:]:
            for place, other in enumerate(here[2:] + here[:2], at):
                if other != damaged.text[place]:
                    damaged.replace[place] = damaged.text[place]
                    damaged.text[place] = other
