"""
Find two neighbouring characters that changed places, anywhere in a text: 理受 for 受理.

No table holds these misprints. A place is looked at where clean text lacks a triple that holds
both characters and another over one of them; it is a guess if clean text has them the other way
round, one of the triples too, and the text becomes more probable so. How sure a guess is, a
logistic regression says that scripts/fit_swaps.py fits; it weighs the counts of five characters in
a row, too.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import exp
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from textcheck.document import Span
from textcheck.slips.unseen import BEYOND, Unseen, unseen_in
from textcheck.text.joined import Joined
from textcheck.text.language import LanguageModel
from textcheck.text.ngrams import CLASSES, Ngrams
from textcheck.text.rare import RareCharacters
from textcheck.text.replaced import gains_by_replacing
from textcheck.text.words import dictionary_words

__all__ = ["FEATURES", "Exchange", "Swap", "SwapFinder"]

Codes = NDArray[np.uint64]
Places = NDArray[np.int64]
Floats = NDArray[np.float32]

_LEAST_GAIN = 6.0
_LEAST = 0.01
_CONTEXT = 6
_REACH = 2  # so far apart two exchanges mend the same place
_CERTAIN = 30.0  # beyond, math.exp has nothing to say
_OVER = 4  # triples that hold one of two neighbours
_LACKING = 2  # so many of them clean text has not


@dataclass(frozen=True, slots=True)
class Exchange:
    """
    A place where two characters may have changed places, and what is weighed.

    `before` and `after` are the log probabilities of the four triples over the place as it stands
    and put right; `inner` and `outer` are how many of the latter clean text has that hold both
    characters, and only one. The pairs are log counts: of the two characters, of the left one and
    what is before, of the right one and what is behind. `usual_*` are log counts of the
    characters. `pieces` is how many words less the text falls into once put right; `whole` tells
    that the two are then in one word, `word` that they are in one as they stand. `longer` and
    `stands` are what the text gains by five characters in a row, and how probable it is by them as
    it stands. `start` and `right` are the word put right, or the two characters.
    """

    place: int
    before: float
    after: float
    inner: int
    outer: int
    pair: float
    pair_right: float
    ahead: float
    ahead_right: float
    behind: float
    behind_right: float
    usual_first: float
    usual_second: float
    pieces: int
    whole: bool
    word: bool
    longer: float
    stands: float
    start: int
    right: str


@dataclass(frozen=True, slots=True)
class Swap:
    """
    Characters in the wrong order: `span` should read `right`.

    `moved` are those exchanged; `whole` tells that they make one word once put right.
    """

    span: Span
    right: str
    confidence: float
    moved: str
    whole: bool


FEATURES: Mapping[str, Callable[[Exchange], float]] = MappingProxyType(
    {
        "bias": lambda _: 1.0,
        "gain": lambda found: found.after - found.before,
        "after": lambda found: found.after,
        "inner": lambda found: found.inner,
        "outer": lambda found: found.outer,
        "pair": lambda found: found.pair,
        "pair right": lambda found: found.pair_right,
        "ahead": lambda found: found.ahead,
        "ahead right": lambda found: found.ahead_right,
        "behind": lambda found: found.behind,
        "behind right": lambda found: found.behind_right,
        "usual first": lambda found: found.usual_first,
        "usual second": lambda found: found.usual_second,
        "pieces": lambda found: found.pieces,
        "whole": lambda found: found.whole,
        "word": lambda found: found.word,
        "longer": lambda found: found.longer,
        "stands": lambda found: found.stands,
    }
)
"""What is weighed, by the name under which the weight stands in models/typos/swaps.tsv."""


class SwapFinder:
    """Exchanges and their weights, over one table of n-grams."""

    def __init__(
        self,
        ngrams: Ngrams,
        rare: RareCharacters,
        language: LanguageModel,
        weights: Mapping[str, float],
    ) -> None:
        """Keep the tables; `weights` has one for each of FEATURES."""
        self._ngrams, self._language = ngrams, language
        self._rare = rare
        self._weights = tuple(weights[name] for name in FEATURES)

    def swaps(self, text: str) -> list[Swap]:
        """Return what may be in the wrong order, in text order."""
        joined = Joined([text])
        return self.swaps_in(joined, unseen_in(joined.text, self._ngrams, self._rare))[0]

    def swaps_in(self, joined: Joined, unseen: Unseen) -> list[list[Swap]]:
        """Return the same for several texts, in which clean text lacks so much."""
        found: list[list[Swap]] = [[] for _ in joined.starts]
        sure = [
            (self._confidence(exchange), exchange)
            for exchange in self._exchanges(joined.text, unseen)
        ]
        for confidence, exchange in sure:
            # 精文神化: 文精 and 化神 would do for what 神文 does better.
            others = (more for more, other in sure if abs(other.place - exchange.place) <= _REACH)
            if confidence >= max(_LEAST, *others):
                number = joined.number(exchange.start)
                start = exchange.start - joined.starts[number]
                span = Span(start, start + len(exchange.right))
                moved = joined.text[exchange.place : exchange.place + 2]
                swap = Swap(span, exchange.right, confidence, moved, whole=exchange.whole)
                found[number].append(swap)
        return found

    def exchanges(self, text: str) -> Iterator[Exchange]:
        """Yield the places where two characters may have changed places."""
        joined = Joined([text])
        for exchange in self._exchanges(
            joined.text, unseen_in(joined.text, self._ngrams, self._rare)
        ):
            yield replace(exchange, place=exchange.place - 1, start=exchange.start - 1)

    def _exchanges(self, text: str, unseen: Unseen) -> Iterator[Exchange]:
        """Yield the exchanges at places of the joined text."""
        codes = unseen.codes
        places = self._doubtful(unseen)
        if not len(places):
            return
        left, one, two, right = (codes[places + offset] for offset in range(-1, 3))
        before, _ = self._logs(codes, places, one, two)
        after, seen = self._logs(codes, places, two, one)
        places = places[(better := np.flatnonzero(after - before > _LEAST_GAIN))]
        left, one, two, right = (some[better] for some in (left, one, two, right))
        pairs = ((one, two), (two, one), (left, one), (left, two), (two, right), (one, right))
        counts = [np.log(self._ngrams.pairs(*pair) + 1).tolist() for pair in pairs]
        turned = [text[at + 1] + text[at] for at in (places - BEYOND).tolist()]
        longer, stands = gains_by_replacing(self._language, text, places - BEYOND, turned)
        for at, place in enumerate(places.tolist()):
            chosen = int(better[at])
            outer, inner = seen[::3, chosen], seen[1:3, chosen]
            yield self._exchange(
                text,
                place - BEYOND,
                [*map(float, (before[chosen], after[chosen], longer[at], stands[at]))],
                [int(inner.sum()), int(outer.sum())],
                [pair[at] for pair in counts],
            )

    def _doubtful(self, unseen: Unseen) -> Places:
        """Return the places of the first of two characters that clean text has in turn only."""
        codes = unseen.codes
        lacks = np.diff(unseen.before) > 0  # the triple that begins at each place
        either = lacks[1:-2] | lacks[2:-1]
        most = lacks[:-3].view(np.int8) + lacks[1:-2] + lacks[2:-1] + lacks[3:] >= _LACKING
        one, two = codes[2:-3], codes[3:-2]
        doubtful = either & most & (one >= CLASSES) & (two >= CLASSES) & (one != two)
        places = np.flatnonzero(doubtful) + 2
        places = places[self._ngrams.pairs_seen(codes[places + 1], codes[places])]
        left, one, two, right = (codes[places + offset] for offset in range(-1, 3))
        ahead = self._ngrams.triples_seen(np.stack([left, two, one], axis=1))
        behind = self._ngrams.triples_seen(np.stack([two, one, right], axis=1))
        return places[ahead | behind]

    def _logs(
        self, codes: Codes, places: Places, first: Codes, second: Codes
    ) -> tuple[Floats, NDArray[np.bool_]]:
        """
        Return the log probability of the triples over each place with two characters there.

        And for each of the four triples whether clean text has it, a row for each.
        """
        far, left, right, beyond = (codes[places + offset] for offset in (-2, -1, 2, 3))
        triples = (
            (far, left, first),
            (left, first, second),
            (first, second, right),
            (second, right, beyond),
        )
        rows = np.concatenate([np.stack(columns, axis=1) for columns in triples])
        logs, seen = self._ngrams.log_probabilities(rows)
        total: Floats = logs.reshape(_OVER, -1).sum(axis=0)
        return total, seen.reshape(_OVER, -1)

    def _exchange(
        self,
        text: str,
        place: int,
        logs: list[float],
        seen: list[int],
        pairs: list[float],
    ) -> Exchange:
        """Return the exchange with the words there."""
        low = max(0, place - _CONTEXT)
        context = text[low : place + _CONTEXT + 2]
        at = place - low
        put_right = context[:at] + context[at + 1] + context[at] + context[at + 2 :]
        standing, words = dictionary_words(context), dictionary_words(put_right)
        over = [word for word in words if word.start < at + 2 and at < word.stop]
        pair, pair_right, ahead, ahead_right, behind, behind_right = pairs
        usual = self._ngrams.log_counts(context[at : at + 2])
        return Exchange(
            place=place,
            before=logs[0],
            after=logs[1],
            inner=seen[0],
            outer=seen[1],
            pair=pair,
            pair_right=pair_right,
            ahead=ahead,
            ahead_right=ahead_right,
            behind=behind,
            behind_right=behind_right,
            usual_first=usual[0],
            usual_second=usual[1],
            pieces=len(standing) - len(words),
            whole=len(over) == 1,
            word=any(word.start <= at and at + 2 <= word.stop for word in standing),
            longer=logs[2],
            stands=logs[3],
            start=low + over[0].start,
            right=put_right[over[0].start : over[-1].stop],
        )

    def _confidence(self, exchange: Exchange) -> float:
        values = (float(feature(exchange)) for feature in FEATURES.values())
        total = sum(weight * value for weight, value in zip(self._weights, values, strict=True))
        return 1 / (1 + exp(-min(max(total, -_CERTAIN), _CERTAIN)))
