"""
How often two and three characters follow each other in clean text.

A table of some millions of counts in less than five megabytes, used as it lies in the file: a
binary fuse filter (Graf and Lemire 2022) that holds for each pair and each triple eight bits to
recognise it and four bits of count. What was never entered is taken for entered once in 256 times.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from textcheck.text.pairs import Beside
from textcheck.text.points import Points, points_of
from textcheck.text.tally import Asked, Edits, Tally

__all__ = ["CLASSES", "MAGIC", "PAIR", "Layout", "Ngrams", "mix", "numbers_of", "slots"]

Keys = NDArray[np.uint64]
Floats = NDArray[np.float32]
Places = NDArray[np.int64]

CLASSES = 4
"""Numbers 0 to 3 stand for signs, digits, Latin letters and Han characters that are rare."""

MAGIC = b"textcheck ngrams 1\n"
"""The first line of the file."""
_CODE_BITS = 12
_BACK_OFF = np.float32(0.4)  # "stupid backoff" (Brants et al. 2007)
_DIGITS = range(0x30, 0x3A)
_LETTERS = (range(0x41, 0x5B), range(0x61, 0x7B))
_HAN = (0x4E00, 0xA000)
_SHIFTS = np.array([[0], [14], [28]], dtype=np.uint64)
_STEPS = np.array([[0], [1], [2]], dtype=np.uint64)
_MULTIPLIERS = (np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53))
_HALF = np.uint64(33)
_PART = 8192  # so many keys are looked up at once: all that is made of them stays in the cache
PAIR = np.uint64(1 << 40)
"""Set in the keys of pairs, which share the table with triples."""


@dataclass(frozen=True, slots=True)
class Layout:
    """
    Where a table lies in its file, after the magic line: six numbers of 8 bytes, then the parts.

    The parts are the alphabet (UTF-16-LE), the log count of each number as float32, the
    bytes that recognise, the counts in pairs of four bits. A count of n means `least` * 2**n.
    """

    alphabet: int
    segment: int
    segments: int
    seed: int
    least: int
    checksum: int

    @property
    def slots(self) -> int:
        """Return how many entries the table has room for."""
        return (self.segments + 2) * self.segment

    @property
    def size(self) -> int:
        """Return the length of the file."""
        numbers = self.alphabet + CLASSES
        return len(MAGIC) + 48 + 2 * self.alphabet + 4 * numbers + self.slots + self.slots // 2


def mix(keys: Keys, seed: int) -> Keys:
    """Spread keys over 64 bits (the finalizer of MurmurHash3)."""
    keys = keys + np.uint64(seed)
    for multiplier in _MULTIPLIERS:
        keys ^= keys >> _HALF
        keys *= multiplier
    keys ^= keys >> _HALF
    return keys


def slots(hashes: Keys, layout: Layout) -> NDArray[np.int64]:
    """Return the three slots of each key, a row each: in three neighbouring segments."""
    size = np.uint64(layout.segment)
    first = ((hashes >> np.uint64(32)) * np.uint64(layout.segments)) >> np.uint64(32)
    within = (hashes >> _SHIFTS) & (size - np.uint64(1))
    within += first * size + _STEPS * size
    return within.view(np.int64)


class Ngrams:
    """Counts of pairs and triples of characters, and what they say of a text."""

    def __init__(self, path: Path) -> None:
        """Map the file; raise OSError if it cannot be read, ValueError if it is not whole."""
        # An array over the map: a memmap costs more than the look-up at each index.
        table = np.asarray(np.memmap(path, dtype=np.uint8, mode="r"))
        head = len(MAGIC)
        if bytes(table[:head]) != MAGIC:
            raise ValueError("not a table of n-grams of this version")
        described = np.frombuffer(bytes(table[head : head + 48]), dtype=np.uint64)
        self._layout = layout = Layout(*described.tolist())
        if len(table) != layout.size:
            raise ValueError(f"{layout.size} bytes expected, {len(table)} found")
        at = head + 48
        alphabet = bytes(table[at : at + 2 * layout.alphabet]).decode("utf-16-le")
        at += 2 * layout.alphabet
        size = 4 * (layout.alphabet + CLASSES)
        self._single = np.frombuffer(bytes(table[at : at + size]), dtype=np.float32)
        self._all = np.log(np.exp(self._single).sum())
        at += size
        self._marks = table[at : at + layout.slots]
        self._counts = table[at + layout.slots :]
        self._of_power = np.float32(layout.least) * np.exp2(np.arange(16, dtype=np.float32))
        # What is never seen is as likely as its last pair, or its last character.
        of_behind = np.log(_BACK_OFF * self._of_power)
        self._alone = np.minimum(np.log(_BACK_OFF * _BACK_OFF) + self._single - self._all, 0)
        # Counts are rounded to powers of two: a pair may seem rarer than a triple that holds it.
        known = self._of_power[:, None]
        of_seen = np.log(known / np.maximum(self._of_power, known))
        self._tally = Tally.load(
            (self._marks, self._counts, self._of_power),
            (layout.segment, layout.segments, layout.seed),
            (of_seen, of_behind, self._single, self._alone),
        )
        self._number = numbers_of(alphabet)
        self._alphabet = alphabet
        self._characters = frozenset(alphabet)
        self.digest = f"{layout.checksum:016x}"

    def gains(
        self, points: Points, edits: Edits, least: tuple[float, float]
    ) -> tuple[Floats, Floats, NDArray[np.float64]] | None:
        """Return what edits of a text gain as Tally does, None where nothing was compiled."""
        if self._tally is None:
            return None
        return self._tally.gains(points, self._number, edits, least)

    def common(self, size: int) -> str:
        """Return the commonest Han characters, the commonest first."""
        order = np.argsort(-self._single[CLASSES:], kind="stable")[:size]
        return "".join(self._alphabet[place] for place in order.tolist())

    @property
    def log_total(self) -> float:
        """Return the logarithm of the number of characters counted."""
        return float(self._all)

    @property
    def characters(self) -> frozenset[str]:
        """Return the characters that have a number of their own."""
        return self._characters

    def character(self, number: int) -> str:
        """Return the character that a number from CLASSES on stands for."""
        return self._alphabet[number - CLASSES]

    def log_counts(self, text: str) -> list[float]:
        """Return for each character of text the logarithm of its count in clean text."""
        # One by one: of a few characters an array takes longer to make than to use.
        numbers = (self._number[min(ord(character), 0xFFFF)] for character in text)
        return [float(self._single[number]) for number in numbers]

    def log_counts_of(self, numbers: NDArray[np.uint64]) -> Floats:
        """Return for each number the logarithm of the count of its character in clean text."""
        return self._single[numbers.view(np.int64)]

    def codes(self, text: str) -> NDArray[np.uint64]:
        """Return the number of each character of text."""
        return self.numbers(points_of(text))

    def numbers(self, points: Points) -> NDArray[np.uint64]:
        """Return the number of each code point."""
        return self._number[np.minimum(points, 0xFFFF)]

    def log_probabilities(self, codes: NDArray[np.uint64]) -> tuple[Floats, NDArray[np.bool_]]:
        """
        Return for each triple the log probability of its last character, and whether it was seen.

        `codes` has a row of three numbers for each triple.
        """
        if self._tally is not None:
            return self._tally.log_probabilities(codes)
        first, second, third = codes[:, 0], codes[:, 1], codes[:, 2]
        triple = self.counts(_triple(first, second, third))
        seen = triple > 0
        ahead = self.counts(_pair(first[seen], second[seen]))
        # Without the pair in it the triple was taken for seen by chance.
        seen[seen] = ahead > 0
        ahead, known = ahead[ahead > 0], triple[seen]
        logs = np.zeros(len(codes), dtype=np.float32)
        logs[seen] = np.log(known / np.maximum(ahead, known))
        logs[~seen] = self.log_probabilities_unseen(codes[~seen])
        return logs, seen

    def log_probabilities_unseen(self, codes: NDArray[np.uint64]) -> Floats:
        """Return the log probability of the last character of triples that were never seen."""
        second, third = codes[:, 1], codes[:, 2]
        behind = self.counts(_pair(second, third))
        of_pair = np.log(_BACK_OFF * np.maximum(behind, 1)) - self._single[second.view(np.int64)]
        logs: Floats = np.where(
            behind > 0, np.minimum(of_pair, 0), self._alone[third.view(np.int64)]
        )
        return logs

    def pairs(self, first: Keys, second: Keys) -> Floats:
        """Return how often each pair was seen."""
        return self.counts(_pair(first, second))

    def pairs_seen(self, first: Keys, second: Keys) -> NDArray[np.bool_]:
        """Return for each pair whether clean text has it."""
        return self._seen(_pair(first, second))

    def triples_seen(self, codes: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Return for each row of three numbers whether clean text has the triple."""
        return self._seen(_triple(codes[:, 0], codes[:, 1], codes[:, 2]))

    def runs_seen(self, codes: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Return for each three numbers in a row whether clean text has the triple."""
        return self._seen(_triple(codes[:-2], codes[1:-1], codes[2:]))

    def runs_surely_seen(self, codes: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """
        Return the same, but for what was taken for seen by chance, as one triple in 256 is.

        Where only one of two neighbours was, and the pair that both hold was not, neither was.
        """
        if self._tally is not None:
            return self._tally.surely_seen(codes)
        seen = self.runs_seen(codes)
        alone = np.flatnonzero(seen[:-1] ^ seen[1:])
        wrong = alone[~self.pairs_seen(codes[alone + 1], codes[alone + 2])]
        seen[wrong] = seen[wrong + 1] = False
        return seen

    def promising(self, asked: Asked, tried: Beside) -> tuple[Places, Floats, Floats]:
        """
        Return which of the characters tried are promising, and how often their pairs are.

        Those that make a usual pair in a word, in place of a strange one, and where the text is
        unlikely those that are seen with both neighbours.
        """
        if self._tally is not None:
            return self._tally.promising(asked, tried)
        where, numbers = tried.places, tried.numbers
        ahead = self.pairs(asked.codes[where - 1], numbers)
        behind = self.pairs(numbers, asked.codes[where + 1])
        mends = tried.ahead & (ahead >= asked.usual)
        mends &= ahead > np.float32(asked.times) * asked.seldom[where - 1]
        mends_too = tried.behind & (behind >= asked.usual)
        mends_too &= behind > np.float32(asked.times) * asked.seldom[where]
        both = asked.unlikely[where] & (ahead > 0) & (behind > 0)
        chosen = np.flatnonzero(mends | mends_too | both)
        return chosen, ahead[chosen], behind[chosen]

    def counts(self, keys: Keys) -> Floats:
        """Return how often each key was seen, 0 for less than the least."""
        if self._tally is not None:
            return self._tally.counts(keys)
        counts = np.zeros(len(keys), dtype=np.float32)
        for low in range(0, len(keys), _PART):
            found, places = self._found(keys[low : low + _PART])
            hits = np.flatnonzero(found)
            nibbles = self._nibble(places[:, hits])
            counts[low + hits] = self._of_power[nibbles[0] ^ nibbles[1] ^ nibbles[2]]
        return counts

    def _seen(self, keys: Keys) -> NDArray[np.bool_]:
        """Return whether each key was entered."""
        if self._tally is not None:
            return self._tally.seen(keys)
        seen = np.zeros(len(keys), dtype=np.bool_)
        for low in range(0, len(keys), _PART):
            seen[low : low + _PART] = self._found(keys[low : low + _PART])[0]
        return seen

    def _found(self, keys: Keys) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Return whether each key was entered, and its three slots."""
        hashes = mix(keys, self._layout.seed)
        places = slots(hashes, self._layout)
        marks = self._marks.take(places[0])
        marks ^= self._marks.take(places[1])
        marks ^= self._marks.take(places[2])
        return marks == (hashes >> np.uint64(56)).astype(np.uint8), places

    def _nibble(self, places: NDArray[np.int64]) -> NDArray[np.uint8]:
        pair = self._counts[places >> 1]
        nibble: NDArray[np.uint8] = (pair >> ((places & 1) << 2).astype(np.uint8)) & np.uint8(15)
        return nibble


def _triple(first: Keys, second: Keys, third: Keys) -> Keys:
    return (first << np.uint64(2 * _CODE_BITS)) | (second << np.uint64(_CODE_BITS)) | third


def _pair(first: Keys, second: Keys) -> Keys:
    return PAIR | (first << np.uint64(_CODE_BITS)) | second


def numbers_of(alphabet: str) -> NDArray[np.uint64]:
    """Return the number of every character of the basic plane."""
    number = np.zeros(0x10000, dtype=np.uint64)
    number[list(_DIGITS)] = 1
    for letters in _LETTERS:
        number[list(letters)] = 2
    number[slice(*_HAN)] = 3
    number[[ord(character) for character in alphabet]] = np.arange(
        CLASSES, CLASSES + len(alphabet), dtype=np.uint64
    )
    return number
