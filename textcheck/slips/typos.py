"""
Find a character that stands for another of like sound or shape, anywhere in a text: 防讯 for 防汛.

No table holds these misprints. Of the characters that slips/doubtful.py doubts and the best that
each may stand for, those are guesses that make a dictionary word. How sure a guess is, a logistic
regression says that scripts/fit_typos.py fits.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textcheck.document import Span
from textcheck.slips.case import NUMERALS
from textcheck.slips.doubtful import KNOWN, DoubtFinder, Doubts
from textcheck.slips.unseen import BEYOND, RARE, Unseen, unseen_in
from textcheck.text.joined import Joined
from textcheck.text.language import LanguageModel
from textcheck.text.rare import RareCharacters
from textcheck.text.replaced import gains_by_replacing
from textcheck.text.words import dictionary_words, word_at

__all__ = ["FEATURES", "OF_FIVE", "Evidence", "Guess", "Typo", "TypoFinder"]

Values = NDArray[np.float64]

_SHORTEST, _LONG = 2, 3
_ALL = 3  # of the triples over a place
_LEAST = 0.2
_ASKED = 0.01  # so sure by pairs and triples at most: of a million characters some thousand are
_CONTEXT = 6
_OF_RARE = 2.6  # log count of a rare character: clean text has 2,700 of them, 14 times on average
_DIGITS = 6  # what stands behind depends on what else is looked at together
_CERTAIN = 30.0  # beyond, the exponential has nothing to say


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    What is weighed of each of some guesses, as arrays.

    `before`, `after` and `known` are those of Doubts. `unknown` tells that clean text has the wrong
    character nowhere. `usual_*` are log counts of the characters.
    `pair` is the log count of the pair in the word; `strange` tells that the pair that the text has
    there is rare beside it, `seen` is the log count of that pair. `chance` is the share of the
    neighbour in the word, as a logarithm. `size` is the length of the word; `alone` tells that the
    text has no word of two characters at the place, `broken` that it has none at any place of the
    word. `longer` and `stands` are what the text gains by five characters in a row, and how
    probable it is by them as it stands.
    """

    before: Values
    after: Values
    known: Values
    same_sound: Values
    near_sound: Values
    like_shape: Values
    unknown: Values
    usual_wrong: Values
    usual_right: Values
    pair: Values
    strange: Values
    seen: Values
    chance: Values
    size: Values
    alone: Values
    broken: Values
    longer: Values
    stands: Values

    @property
    def unlike(self) -> Values:
        """Return where the characters neither sound nor look alike."""
        return 1 - np.maximum(self.near_sound, self.like_shape)

    def chosen(self, which: NDArray[np.int64]) -> "Evidence":
        """Return what is weighed of some of them."""
        return Evidence(*(getattr(self, field.name)[which] for field in fields(self)))


@dataclass(frozen=True, slots=True)
class Guess:
    """
    A wrong character at a place of a text and the one it stands for.

    `word` is the word put right, `start` where it begins in the text. `values` are those of
    FEATURES, `confidence` what they amount to; `twofold` as in Typo.
    """

    place: int
    right: str
    word: str
    start: int
    values: tuple[float, ...]
    confidence: float
    twofold: bool


@dataclass(frozen=True, slots=True)
class _Word:
    """A word put right, and what words the text has there."""

    text: str
    start: int
    alone: bool
    broken: bool


@dataclass(frozen=True, slots=True)
class Typo:
    """
    A word with a wrong character: `span` should read `right`.

    `twofold` tells that the character both sounds and looks like the right one, in a pair that
    clean text hardly has and where the text has no other word: 震憾, but not 占 in 水电占七成.
    """

    span: Span
    right: str
    confidence: float
    twofold: bool = False


FEATURES: Mapping[str, Callable[[Evidence], NDArray[Any]]] = MappingProxyType(
    {
        "bias": lambda one: np.ones_like(one.after),
        "gain": lambda one: one.after - one.before,
        "after": lambda one: one.after,
        "some known": lambda one: one.known >= KNOWN,
        "all known": lambda one: one.known > KNOWN,
        "same sound": lambda one: one.same_sound,
        "near sound": lambda one: one.near_sound,
        "like shape": lambda one: one.like_shape,
        "alone": lambda one: one.alone,
        "broken": lambda one: one.broken,
        "usual wrong": lambda one: one.usual_wrong,
        "usual right": lambda one: one.usual_right,
        "sound and shape": lambda one: one.near_sound * one.like_shape,
        "pair": lambda one: one.pair,
        "odds": lambda one: one.pair - one.usual_right - one.chance,
        "strange": lambda one: one.strange,
        "seen": lambda one: one.strange * one.seen,
        "chance": lambda one: one.strange * (one.usual_wrong + one.chance),
        "bound": lambda one: one.pair - one.chance,
        "unlike": lambda one: one.unlike,
        "unlike, bound": lambda one: one.unlike * (one.pair - one.chance),
        "unlike, all known": lambda one: one.unlike * (one.known == _ALL),
        "unknown": lambda one: one.unknown,
        "unknown, unlike": lambda one: one.unknown * one.unlike,
        "single": lambda one: one.size < _SHORTEST,
        "single, all known": lambda one: (one.size < _SHORTEST) & (one.known == _ALL),
        "single, usual wrong": lambda one: (one.size < _SHORTEST) * one.usual_wrong,
        "short": lambda one: one.size == _SHORTEST,
        "long": lambda one: one.size > _LONG,
        "longer": lambda one: one.longer,
        "stands": lambda one: one.stands,
    }
)
"""What is weighed, by the name under which the weight stands in models/typos/weights.tsv."""

OF_FIVE = frozenset({"longer", "stands"})
"""Those of FEATURES that have no weight in models/typos/sieve.tsv."""

# What is known when the word is, how much at most each is; a word is of one size only.
_OF_SIZES: Sequence[Mapping[str, float]] = (
    {"short": 1.0},
    {"long": 1.0},
    {"single": 1.0, "single, all known": 1.0, "single, usual wrong": 16.0},
)
_OF_ANY_WORD: Mapping[str, float] = {"alone": 1.0, "broken": 1.0}
_OF_WORD = frozenset().union(_OF_ANY_WORD, *_OF_SIZES)
_OF_NEIGHBOUR = frozenset({"odds", "chance", "bound", "unlike, bound"})


class TypoFinder:
    """Guesses and their weights, over one set of tables."""

    def __init__(
        self,
        finder: DoubtFinder,
        rare: RareCharacters,
        language: LanguageModel,
        weights: tuple[Mapping[str, float], Mapping[str, float]],
    ) -> None:
        """Keep the tables; of the weights the first are those of the sieve, without OF_FIVE."""
        self._finder, self._rare, self._language = finder, rare, language
        self.alike, self._ngrams = finder.alike, finder.ngrams
        sieve, whole = weights
        self._sieve = {name: 0.0 if name in OF_FIVE else sieve[name] for name in FEATURES}
        self._weights = {name: whole[name] for name in FEATURES}

    def typos(self, text: str) -> list[Typo]:
        """Return what is more likely a misprint than not, in text order."""
        joined = Joined([text])
        return self.typos_in(joined, unseen_in(joined.text, self._ngrams, self._rare))[0]

    def typos_in(self, joined: Joined, unseen: Unseen) -> list[list[Typo]]:
        """Return the same for several texts, in which clean text lacks so much."""
        found: list[list[Typo]] = [[] for _ in joined.starts]
        for guess in _surest(self._guesses(joined.text, unseen, _LEAST)):
            number = joined.number(guess.place)
            start = guess.start - joined.starts[number]
            span = Span(start, start + len(guess.word))
            found[number].append(Typo(span, guess.word, guess.confidence, guess.twofold))
        return found

    def guesses(self, text: str) -> Iterator[Guess]:
        """Yield the guesses for each doubtful place."""
        joined = Joined([text])
        for guess in self._guesses(
            joined.text, unseen_in(joined.text, self._ngrams, self._rare), 0.0
        ):
            yield replace(guess, place=guess.place - 1, start=guess.start - 1)

    def _guesses(self, text: str, unseen: Unseen, least: float) -> Iterator[Guess]:
        """Yield the guesses at places of the joined text that are at least so sure."""
        doubts = self._finder.doubts(text, unseen)
        rights = [self._ngrams.character(number) for number in doubts.numbers.tolist()]
        evidence = self._evidence(text, doubts, rights)
        around = doubts.places + BEYOND
        chances = [self._log_counts(unseen.codes[around + beside]) for beside in (-1, 1)]
        chances = [counts - self._ngrams.log_total for counts in chances]
        # Nine in ten are never looked up: whatever five in a row say and the dictionary, they stay
        # below.
        asked = np.flatnonzero(_sure(_most(self._sieve, evidence, chances)) >= _ASKED)
        evidence = self._by_five(evidence, text, doubts.places, rights, asked)
        likely = _sure(_most(self._weights, evidence, chances))[asked] >= least
        asked = asked[likely].tolist()
        looked_up = [(at, _word(text, doubts, at, rights[at], evidence)) for at in asked]
        words = [(at, word) for at, word in looked_up if word is not None]
        kept = np.array([at for at, _ in words], dtype=np.int64)
        begins = np.array([word.start for _, word in words], dtype=np.int64) == doubts.places[kept]
        evidence = replace(
            evidence.chosen(kept),
            chance=np.where(begins, chances[1][kept], chances[0][kept]),
            size=_floats(len(word.text) for _, word in words),
            alone=_floats(word.alone for _, word in words),
            broken=_floats(word.broken for _, word in words),
        )
        values = np.column_stack([feature(evidence) for feature in FEATURES.values()])
        total = _total(self._weights, evidence, FEATURES)
        confidences = np.round(_sure(total), _DIGITS).tolist()
        twofold = evidence.strange * evidence.near_sound * evidence.like_shape * evidence.broken
        for row, (at, word) in enumerate(words):
            if confidences[row] >= least:
                place = int(doubts.places[at])
                evidence_of = tuple(values[row].tolist())
                sure, both = confidences[row], bool(twofold[row])
                yield Guess(place, rights[at], word.text, word.start, evidence_of, sure, both)

    def _evidence(self, text: str, doubts: Doubts, rights: Sequence[str]) -> Evidence:
        """Return what can be weighed before any word is looked up; of the words nothing."""
        wrong = [text[place] for place in doubts.places.tolist()]
        likeness = list(map(self.alike.likeness, wrong, rights))
        strange = np.isfinite(doubts.ahead) | np.isfinite(doubts.behind)
        rarest = np.where(strange, np.minimum(doubts.ahead, doubts.behind), 0)
        nothing = np.zeros(len(wrong))
        return Evidence(
            before=doubts.before.astype(np.float64),
            after=doubts.after.astype(np.float64),
            known=doubts.known.astype(np.float64),
            same_sound=_floats(one.same_sound for one in likeness),
            near_sound=_floats(one.near_sound for one in likeness),
            like_shape=_floats(one.shape for one in likeness),
            unknown=_floats(self._unknown(character) for character in wrong),
            usual_wrong=self._usual(self._ngrams.codes("".join(wrong))),
            usual_right=self._log_counts(doubts.numbers),
            pair=np.log(doubts.pair.astype(np.float64) + 1),
            strange=strange.astype(np.float64),
            seen=np.log(rarest.astype(np.float64) + 1),
            chance=nothing,
            size=nothing,
            alone=nothing,
            broken=nothing,
            longer=nothing,
            stands=nothing,
        )

    def _by_five(
        self,
        evidence: Evidence,
        text: str,
        places: NDArray[np.int64],
        rights: Sequence[str],
        asked: NDArray[np.int64],
    ) -> Evidence:
        """Return the evidence with what five characters in a row say at some of the places."""
        given = [rights[at] for at in asked.tolist()]
        gained, now = gains_by_replacing(self._language, text, places[asked], given)
        longer, stands = np.zeros((2, len(places)))
        longer[asked], stands[asked] = gained, now
        return replace(evidence, longer=longer, stands=stands)

    def _unknown(self, character: str) -> bool:
        return character not in self._ngrams.characters and character not in self._rare

    def _usual(self, numbers: NDArray[np.uint64]) -> Values:
        """Return the log counts of characters; of rare ones the table knows that of all."""
        return np.where(numbers == RARE, _OF_RARE, self._log_counts(numbers))

    def _log_counts(self, numbers: NDArray[np.uint64]) -> Values:
        return self._ngrams.log_counts_of(numbers).astype(np.float64)


def _most(weights: Mapping[str, float], evidence: Evidence, chances: Iterable[Values]) -> Values:
    """Return what the evidence can amount to, whatever words there are at the places."""
    of_place = FEATURES.keys() - _OF_WORD - _OF_NEIGHBOUR
    beside = [replace(evidence, chance=chance) for chance in chances]
    most = np.maximum.reduce([_total(weights, one, _OF_NEIGHBOUR) for one in beside])
    sizes = (_at_most(weights, size) for size in _OF_SIZES)
    most += _at_most(weights, _OF_ANY_WORD) + max(0.0, *sizes)
    total: Values = most + _total(weights, evidence, of_place)
    return total


def _at_most(weights: Mapping[str, float], sizes: Mapping[str, float]) -> float:
    """Return what features can add of which each is at most so much."""
    return sum(max(0.0, weights[name]) * size for name, size in sizes.items())


def _total(weights: Mapping[str, float], evidence: Evidence, names: Iterable[str]) -> Values:
    """Return the sum of some features by their weights."""
    total = np.zeros(len(evidence.after))
    for name in names:
        total += weights[name] * FEATURES[name](evidence)
    return total


def _surest(guesses: Iterable[Guess]) -> list[Guess]:
    """Return the surest guess at each place."""
    best: dict[int, Guess] = {}
    for guess in guesses:
        if guess.place not in best or guess.confidence > best[guess.place].confidence:
            best[guess.place] = guess
    return list(best.values())


def _floats(values: Iterable[float]) -> Values:
    return np.fromiter(values, dtype=np.float64)


def _sure(totals: Values) -> Values:
    sure: Values = 1 / (1 + np.exp(-np.clip(totals, -_CERTAIN, _CERTAIN)))
    return sure


def _word(text: str, doubts: Doubts, at: int, right: str, evidence: Evidence) -> _Word | None:
    """Return the word that the right character makes, None where it makes none."""
    place = int(doubts.places[at])
    low = max(0, place - _CONTEXT)
    context = text[low : place + _CONTEXT + 1]
    put_right = context[: place - low] + right + context[place - low + 1 :]
    word = word_at(put_right, place - low)
    number = right in NUMERALS and (
        text[place] in NUMERALS or NUMERALS.issuperset(word.of(put_right))
    )
    if number:  # of a number any digit may be the right one
        return None
    covering = [one for one in dictionary_words(context, low) if len(one) > 1]
    if evidence.near_sound[at] and evidence.like_shape[at]:
        # The dictionary has misprints too: 震憾, 幅射.
        covering = [one for one in covering if not _holds_strange(doubts, at, one.start, one.stop)]
    return _Word(
        text=word.of(put_right),
        start=low + word.start,
        alone=not any(place in one for one in covering),
        broken=not any(
            one.start < low + word.end and low + word.start < one.stop for one in covering
        ),
    )


def _holds_strange(doubts: Doubts, at: int, start: int, end: int) -> bool:
    """Tell whether a word from start to end holds a strange pair."""
    place = int(doubts.places[at])
    ahead, behind = np.isfinite(doubts.ahead[at]), np.isfinite(doubts.behind[at])
    return bool((ahead and start < place < end) or (behind and start <= place < end - 1))
