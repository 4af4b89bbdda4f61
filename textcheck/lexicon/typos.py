"""
Find a character that stands for another of like sound or shape, anywhere in a text: 防讯 for 防汛.

No table holds these misprints. A place is looked at where clean text has none of the triples of
characters over it, or hardly ever the pair with a neighbour; every character that sounds or looks
like the one there and stands beside that neighbour in a word is tried; the best is a guess if it
makes a dictionary word, and the text far more probable or a frequent pair of a strange one. How
sure a guess is, a logistic regression says that scripts/fit_typos.py fits.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import exp, log
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from textcheck.document import Span
from textcheck.lexicon.case import NUMERALS
from textcheck.lexicon.unseen import BEYOND, Unseen, unseen_in
from textcheck.text.joined import Joined
from textcheck.text.ngrams import CLASSES, Ngrams
from textcheck.text.pairs import WordPairs
from textcheck.text.shape import Shapes
from textcheck.text.sound import Sounds
from textcheck.text.words import dictionary_words, word_at

__all__ = ["FEATURES", "Guess", "Typo", "TypoFinder"]

Codes = NDArray[np.uint64]
Places = NDArray[np.int64]
Counts = NDArray[np.float32]

# The log probabilities of the three triples over a place, together. In dev_xwlb 1 place in 64 has
# none of the three in clean text and less than this.
_UNLIKELY = -19.0
_LEAST_GAIN = 6.0
_KNOWN = 2  # of the three put right, how many it must have
# A pair that is seen so often makes up for an unknown triple: 高亢, beside a word it seldom meets.
_USUAL_PAIR = 20
# A pair is strange if it is seen less often, and the one put right so many times as often: clean
# text has misprints too (布署, 16 times; 部署 55,000 times).
_STRANGE, _TIMES = 40, 100
_SHORTEST, _LONG = 2, 3
_RARE = CLASSES - 1  # the number of every Han character that is rare
_LEAST = 0.2
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
    counts of the characters. `pair` is the log count of the commonest pair that the character put
    right makes in the word, `odds` how much more that is than chance; `strange` tells that the
    pair that the text has there is rare beside it, `seen` the log count of that pair, `chance` how
    often it would be seen by chance.
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
    pair: float
    odds: float
    strange: bool
    seen: float
    chance: float


@dataclass(frozen=True, slots=True)
class _Found:
    """
    The best character for a place, before words are looked at.

    `pair` is a count; `ahead` and `behind` are the counts of the strange pairs that it mends.
    """

    place: int
    right: str
    before: float
    after: float
    known: int
    pair: float
    ahead: float | None
    behind: float | None

    @property
    def strange(self) -> list[float]:
        """Return the counts of the strange pairs."""
        return [count for count in (self.ahead, self.behind) if count is not None]

    def makes_strange(self, start: int, end: int) -> bool:
        """Tell whether a word from start to end holds a strange pair."""
        return (self.ahead is not None and start < self.place < end) or (
            self.behind is not None and start <= self.place < end - 1
        )


@dataclass(frozen=True, slots=True)
class Typo:
    """
    A word with a wrong character: `span` should read `right`.

    `twofold` tells that the character both sounds and looks like the right one, in a pair that
    clean text hardly has: 震憾.
    """

    span: Span
    right: str
    confidence: float
    twofold: bool = False


FEATURES: Mapping[str, Callable[[Guess], float]] = MappingProxyType(
    {
        "bias": lambda _: 1.0,
        "gain": lambda guess: guess.after - guess.before,
        "after": lambda guess: guess.after,
        "some known": lambda guess: guess.known >= _KNOWN,
        "all known": lambda guess: guess.known > _KNOWN,
        "same sound": lambda guess: guess.same_sound,
        "near sound": lambda guess: guess.near_sound,
        "like shape": lambda guess: guess.like_shape,
        "alone": lambda guess: guess.alone,
        "broken": lambda guess: guess.broken,
        "usual wrong": lambda guess: guess.usual_wrong,
        "usual right": lambda guess: guess.usual_right,
        "sound and shape": lambda guess: guess.near_sound and guess.like_shape,
        "pair": lambda guess: guess.pair,
        "odds": lambda guess: guess.odds,
        "strange": lambda guess: guess.strange,
        "seen": lambda guess: guess.seen if guess.strange else 0.0,
        "chance": lambda guess: guess.chance if guess.strange else 0.0,
        "short": lambda guess: len(guess.word) == _SHORTEST,
        "long": lambda guess: len(guess.word) > _LONG,
    }
)
"""What is weighed, by the name under which the weight stands in models/typos/weights.tsv."""


class TypoFinder:
    """Guesses and their weights, over one set of tables."""

    def __init__(
        self,
        sounds: Sounds,
        shapes: Shapes,
        ngrams: Ngrams,
        words: WordPairs,
        weights: Mapping[str, float],
    ) -> None:
        """Keep the tables; `weights` has one for each of FEATURES."""
        self._sounds = sounds
        self._shapes = shapes
        self._ngrams = ngrams
        self._words = words
        self._weights = tuple(weights[name] for name in FEATURES)
        self._known = ngrams.characters
        self._alike: dict[str, Codes] = {}

    def typos(self, text: str) -> list[Typo]:
        """Return what is more likely a misprint than not, in text order."""
        joined = Joined([text])
        return self.typos_in(joined, unseen_in(joined.text, self._ngrams))[0]

    def typos_in(self, joined: Joined, unseen: Unseen) -> list[list[Typo]]:
        """Return the same for several texts, in which clean text lacks so much."""
        found: list[list[Typo]] = [[] for _ in joined.starts]
        for guess in self._guesses(joined.text, unseen):
            confidence = self._confidence(guess)
            if confidence >= _LEAST:
                number = joined.number(guess.place)
                start = guess.start - joined.starts[number]
                span = Span(start, start + len(guess.word))
                twofold = guess.strange and guess.near_sound and guess.like_shape
                found[number].append(Typo(span, guess.word, confidence, twofold))
        return found

    def guesses(self, text: str) -> Iterator[Guess]:
        """Yield the best guess for each doubtful place that has one."""
        joined = Joined([text])
        for guess in self._guesses(joined.text, unseen_in(joined.text, self._ngrams)):
            yield replace(guess, place=guess.place - 1, start=guess.start - 1)

    def _guesses(self, text: str, unseen: Unseen) -> Iterator[Guess]:
        """Yield the guesses at places of the joined text."""
        codes, neither = unseen.codes, unseen.neither
        seldom = self._seldom(codes, np.flatnonzero(neither) + 1)
        unknown = np.flatnonzero(neither[:-1] & neither[1:]) + BEYOND
        unlikely = np.zeros(len(codes), dtype=np.bool_)
        unlikely[unknown[self._logs(codes, unknown) < _UNLIKELY]] = True
        doubtful = unlikely | (seldom < _STRANGE)
        doubtful[1:] |= seldom[:-1] < _STRANGE
        doubtful &= codes >= _RARE
        for found in self._best(text, codes, np.flatnonzero(doubtful), seldom, unlikely):
            guess = self._looked_into(text, found)
            if guess is not None:
                yield guess

    def _seldom(self, codes: Codes, starts: Places) -> Counts:
        """Return the counts of those of some pairs that are strange, at their places."""
        han = (codes[starts] >= _RARE) & (codes[starts + 1] >= _RARE)
        starts = starts[han]
        counts = np.full(len(codes), np.inf, dtype=np.float32)
        counts[starts] = self._ngrams.pairs(codes[starts], codes[starts + 1])
        return counts

    def _logs(self, codes: Codes, places: Places) -> Counts:
        """Return the log probability of the triples over each place, none of which was seen."""
        triples = _triples_over(codes, places, codes[places])
        logs = self._ngrams.log_probabilities_unseen(triples)
        total: Counts = logs.reshape(3, -1).sum(axis=0)
        return total

    def _best(
        self,
        text: str,
        codes: Codes,
        places: Places,
        seldom: Counts,
        unlikely: NDArray[np.bool_],
    ) -> list[_Found]:
        """Return the best character for each place that has one."""
        if not len(places):
            return []
        tried = [self._like(text[place - BEYOND]) for place in places.tolist()]
        sizes, numbers = [len(like) for like in tried], np.concatenate(tried)
        left, right = np.repeat(codes[places - 1], sizes), np.repeat(codes[places + 1], sizes)
        ahead, behind = self._words.joined(left, numbers), self._words.joined(numbers, right)
        # Of twelve characters eleven make no word with either neighbour.
        kept = np.flatnonzero(ahead | behind)
        where = np.repeat(places, sizes).take(kept)
        numbers, ahead, behind = numbers.take(kept), ahead.take(kept), behind.take(kept)
        pairs_ahead = self._ngrams.pairs(codes[where - 1], numbers)
        pairs_behind = self._ngrams.pairs(numbers, codes[where + 1])
        # The pair that a word needs, and that stands in place of a strange one.
        mends_ahead = ahead & (pairs_ahead > _TIMES * seldom[where - 1])
        mends_behind = behind & (pairs_behind > _TIMES * seldom[where])
        mended = np.maximum(pairs_ahead * mends_ahead, pairs_behind * mends_behind)
        low = unlikely[where] & (pairs_ahead > 0) & (pairs_behind > 0)
        chosen = np.flatnonzero((mended >= _USUAL_PAIR) | low)
        seen = self._ngrams.triples_seen(_triples_over(codes, where[chosen], numbers[chosen]))
        known = seen.reshape(3, -1).sum(axis=0)
        chosen, known = chosen[known > 0], known[known > 0]
        where, numbers = where[chosen], numbers[chosen]
        after, now = self._totals(codes, where, numbers), self._totals(codes, where, codes[where])
        likely = (after - now > _LEAST_GAIN) & (known >= _KNOWN) & low[chosen]
        best: dict[int, int] = {}
        for at in np.flatnonzero(likely | (mended[chosen] >= _USUAL_PAIR)).tolist():
            place = int(where[at])
            if place not in best or after[at] > after[best[place]]:
                best[place] = at
        return [
            _Found(
                place=place - BEYOND,
                right=self._ngrams.character(int(numbers[at])),
                before=float(now[at]),
                after=float(after[at]),
                known=int(known[at]),
                pair=float(max(pairs_ahead[k] * ahead[k], pairs_behind[k] * behind[k])),
                ahead=float(seldom[place - 1]) if mends_ahead[k] else None,
                behind=float(seldom[place]) if mends_behind[k] else None,
            )
            for place, at in best.items()
            for k in (chosen[at],)
        ]

    def _totals(self, codes: Codes, places: Places, numbers: Codes) -> Counts:
        """Return the log probability of the triples over each place at which a number stands."""
        logs, _ = self._ngrams.log_probabilities(_triples_over(codes, places, numbers))
        total: Counts = logs.reshape(3, -1).sum(axis=0)
        return total

    def like(self, character: str) -> frozenset[str]:
        """Return the known characters that sound or look like one."""
        others = self._sounds.alike(character) | self._shapes.like(character)
        return (others - {character}) & self._known

    def _like(self, character: str) -> Codes:
        """Return the numbers of the characters that sound or look like one."""
        if character not in self._alike:
            self._alike[character] = self._ngrams.codes("".join(sorted(self.like(character))))
        return self._alike[character]

    def _looked_into(self, text: str, found: _Found) -> Guess | None:
        """Return the guess with the words there, None where the right character makes no word."""
        place, right, wrong = found.place, found.right, text[found.place]
        low = max(0, place - _CONTEXT)
        context = text[low : place + _CONTEXT + 1]
        put_right = context[: place - low] + right + context[place - low + 1 :]
        word = word_at(put_right, place - low)
        if word.end - word.start == 1 or {wrong, right} <= NUMERALS:
            return None
        near_sound = self._sounds.near(wrong, right)
        like_shape = self._shapes.alike(wrong, right)
        covering = [span for span in dictionary_words(context) if span.end - span.start > 1]
        if near_sound and like_shape:
            # The dictionary has misprints too: 震憾, 幅射.
            covering = [
                span
                for span in covering
                if not found.makes_strange(low + span.start, low + span.end)
            ]
        beside = place + 1 if low + word.start == place else place - 1
        usual = self._ngrams.log_counts(wrong + right + text[beside])
        chance = usual[2] - self._ngrams.log_total
        return Guess(
            place=place,
            wrong=wrong,
            right=right,
            before=found.before,
            after=found.after,
            known=found.known,
            word=word.of(put_right),
            start=low + word.start,
            alone=not any(span.start <= place - low < span.end for span in covering),
            broken=not any(span.overlaps(word) for span in covering),
            same_sound=self._sounds.same(wrong, right),
            near_sound=near_sound,
            like_shape=like_shape,
            usual_wrong=usual[0],
            usual_right=usual[1],
            pair=log(found.pair + 1),
            odds=log(found.pair + 1) - usual[1] - chance,
            strange=bool(found.strange),
            seen=log(min(found.strange, default=0.0) + 1),
            chance=usual[0] + chance,
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
