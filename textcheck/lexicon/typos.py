"""
Find a character that stands for another of like sound or shape, anywhere in a text: 防讯 for 防汛.

No table holds these misprints. A place is looked at where clean text has none of the triples of
characters over it; every character that sounds or looks like the one there is tried; the best is
a guess if it makes a dictionary word with its neighbours and the text far more probable.
How sure a guess is, a logistic regression says that scripts/fit_typos.py fits.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from math import exp
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from textcheck.document import Span
from textcheck.lexicon.case import NUMERALS
from textcheck.text.han import is_han
from textcheck.text.joined import Joined
from textcheck.text.ngrams import Ngrams
from textcheck.text.shape import Shapes
from textcheck.text.sound import Sounds
from textcheck.text.words import dictionary_words

__all__ = ["FEATURES", "Guess", "Typo", "TypoFinder"]

Codes = NDArray[np.uint64]
Places = NDArray[np.int64]

# The log probabilities of the three triples over a place, together. In dev_xwlb 1 place in 64 has
# none of the three in clean text and less than this.
_UNLIKELY = -19.0
_LEAST_GAIN = 6.0
_KNOWN = 2  # of the three put right, how many it must have
_LEAST = 0.5
_BEYOND = np.zeros(2, dtype=np.uint64)  # the number of a line feed, on both sides of the text
_CONTEXT = 6
_CERTAIN = 30.0  # beyond, math.exp has nothing to say


@dataclass(frozen=True, slots=True)
class Guess:
    """
    A character of a text, the one it may stand for, and what is weighed.

    `before` and `after` are the log probabilities of the three triples over the place as it
    stands and put right; `known` is how many of the latter clean text has. `word` is the word put
    right, `start` where it begins in the text; `alone` tells that the text has no word of two
    characters at the place, `broken` that it has none at any place of the word. `usual_*` are log
    counts of the characters.
    """

    place: int
    wrong: str
    right: str
    before: float
    after: float
    known: int
    word: str
    start: int
    alone: bool
    broken: bool
    same_sound: bool
    near_sound: bool
    like_shape: bool
    usual_wrong: float
    usual_right: float


@dataclass(frozen=True, slots=True)
class Typo:
    """A word with a wrong character: `span` should read `right`."""

    span: Span
    right: str
    confidence: float


FEATURES: Mapping[str, Callable[[Guess], float]] = MappingProxyType(
    {
        "bias": lambda _: 1.0,
        "gain": lambda guess: guess.after - guess.before,
        "after": lambda guess: guess.after,
        "all known": lambda guess: guess.known > _KNOWN,
        "same sound": lambda guess: guess.same_sound,
        "near sound": lambda guess: guess.near_sound,
        "like shape": lambda guess: guess.like_shape,
        "alone": lambda guess: guess.alone,
        "broken": lambda guess: guess.broken,
        "usual wrong": lambda guess: guess.usual_wrong,
        "usual right": lambda guess: guess.usual_right,
    }
)
"""What is weighed, by the name under which the weight stands in models/typos/weights.tsv."""


class TypoFinder:
    """Guesses and their weights, over one set of tables."""

    def __init__(
        self, sounds: Sounds, shapes: Shapes, ngrams: Ngrams, weights: Mapping[str, float]
    ) -> None:
        """Keep the tables; `weights` has one for each of FEATURES."""
        self._sounds = sounds
        self._shapes = shapes
        self._ngrams = ngrams
        self._weights = tuple(weights[name] for name in FEATURES)
        self._known = ngrams.characters
        self._alike: dict[str, Codes] = {}

    def typos(self, text: str) -> list[Typo]:
        """Return what is more likely a misprint than not, in text order."""
        return self.typos_in(Joined([text]))[0]

    def typos_in(self, joined: Joined) -> list[list[Typo]]:
        """Return the same for several texts."""
        found: list[list[Typo]] = [[] for _ in joined.starts]
        for guess in self._guesses(joined):
            confidence = self._confidence(guess)
            if confidence >= _LEAST:
                number = joined.number(guess.place)
                start = guess.start - joined.starts[number]
                span = Span(start, start + len(guess.word))
                found[number].append(Typo(span, guess.word, confidence))
        return found

    def guesses(self, text: str) -> Iterator[Guess]:
        """Yield the best guess for each doubtful place that has one."""
        for guess in self._guesses(Joined([text])):
            yield replace(guess, place=guess.place - 1, start=guess.start - 1)

    def _guesses(self, joined: Joined) -> Iterator[Guess]:
        """Yield the guesses at places of the joined text."""
        text = joined.text
        codes = np.concatenate([_BEYOND, self._ngrams.codes(text), _BEYOND])
        seen = self._ngrams.triples_seen(np.stack([codes[:-2], codes[1:-1], codes[2:]], axis=1))
        unknown = ~(seen[:-2] | seen[1:-1] | seen[2:])
        before = self._unlikely(codes, np.flatnonzero(unknown) + len(_BEYOND))
        before = {place: log for place, log in before.items() if is_han(text[place - len(_BEYOND)])}
        for at, right, after, known in self._best(text, codes, before):
            place = at - len(_BEYOND)
            make = partial(
                Guess,
                place=place,
                wrong=text[place],
                right=right,
                before=before[at],
                after=after,
                known=known,
            )
            guess = self._looked_into(text, place, right, make)
            if guess is not None:
                yield guess

    def _unlikely(self, codes: Codes, places: Places) -> dict[int, float]:
        """
        Return the unlikely ones among places, with the log probability of their triples.

        None of these triples was ever seen.
        """
        triples = _triples_over(codes, places, codes[places])
        logs = self._ngrams.log_probabilities_unseen(triples)
        before = logs.reshape(3, -1).sum(axis=0)
        low = before < _UNLIKELY
        return dict(zip(places[low].tolist(), before[low].tolist(), strict=True))

    def _best(
        self, text: str, codes: Codes, before: Mapping[int, float]
    ) -> list[tuple[int, str, float, int]]:
        """Return (place, character, log probability, known triples) of the best at each place."""
        if not before:
            return []
        tried = [self._like(text[place - len(_BEYOND)]) for place in before]
        sizes = [len(numbers) for numbers in tried]
        where, now = np.repeat(list(before), sizes), np.repeat(list(before.values()), sizes)
        numbers = np.concatenate(tried)
        # Two known triples need both pairs: most characters fail with the first.
        for ahead in (True, False):
            beside = codes[where - 1] if ahead else codes[where + 1]
            pair = (beside, numbers) if ahead else (numbers, beside)
            kept = self._ngrams.pairs_seen(*pair)
            where, now, numbers = where[kept], now[kept], numbers[kept]
        seen = self._ngrams.triples_seen(_triples_over(codes, where, numbers))
        known = seen.reshape(3, -1).sum(axis=0)
        kept = known >= _KNOWN
        where, now, numbers, known = where[kept], now[kept], numbers[kept], known[kept]
        logs, _ = self._ngrams.log_probabilities(_triples_over(codes, where, numbers))
        after = logs.reshape(3, -1).sum(axis=0)
        gain = after - now
        best: dict[int, int] = {}
        for at in np.flatnonzero(gain > _LEAST_GAIN).tolist():
            place = int(where[at])
            if place not in best or after[at] > after[best[place]]:
                best[place] = at
        return [
            (place, self._ngrams.character(int(numbers[at])), float(after[at]), int(known[at]))
            for place, at in best.items()
        ]

    def like(self, character: str) -> frozenset[str]:
        """Return the known characters that sound or look like one."""
        others = self._sounds.alike(character) | self._shapes.like(character)
        return (others - {character}) & self._known

    def _like(self, character: str) -> Codes:
        """Return the numbers of the characters that sound or look like one."""
        if character not in self._alike:
            self._alike[character] = self._ngrams.codes("".join(sorted(self.like(character))))
        return self._alike[character]

    def _looked_into(
        self, text: str, place: int, right: str, make: Callable[..., Guess]
    ) -> Guess | None:
        """Return the guess with the words there, None where the right character makes no word."""
        low = max(0, place - _CONTEXT)
        context = text[low : place + _CONTEXT + 1]
        put_right = context[: place - low] + right + context[place - low + 1 :]
        word = next(span for span in dictionary_words(put_right) if span.end > place - low)
        if word.end - word.start == 1 or {text[place], right} <= NUMERALS:
            return None
        covering = [span for span in dictionary_words(context) if span.end - span.start > 1]
        wrong = text[place]
        usual = self._ngrams.log_counts(wrong + right)
        return make(
            word=word.of(put_right),
            start=low + word.start,
            alone=not any(span.start <= place - low < span.end for span in covering),
            broken=not any(span.overlaps(word) for span in covering),
            same_sound=self._sounds.same(wrong, right),
            near_sound=self._sounds.near(wrong, right),
            like_shape=self._shapes.alike(wrong, right),
            usual_wrong=usual[0],
            usual_right=usual[1],
        )

    def _confidence(self, guess: Guess) -> float:
        values = (float(feature(guess)) for feature in FEATURES.values())
        total = sum(weight * value for weight, value in zip(self._weights, values, strict=True))
        return 1 / (1 + exp(-min(max(total, -_CERTAIN), _CERTAIN)))


def _triples_over(codes: Codes, places: Places, numbers: Codes) -> Codes:
    """Return the triples over places at which `numbers` stand: all first ones, then the next."""
    far, left, right, beyond = (codes[places + offset] for offset in (-2, -1, 1, 2))
    columns = ((far, left, numbers), (left, numbers, right), (numbers, right, beyond))
    return np.concatenate([np.stack(column, axis=1) for column in columns])
