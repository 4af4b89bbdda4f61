"""
From what the detector says of a piece to proposals, where the evidence speaks for them too.

What is to be written is chosen among what the evidence names, what the net thinks of first, what is
like the character written and what often stands beside its neighbours, by net, gain and likeness
together. How sure a proposal is follows from the net, the judge, the gain, how sure the net is of
what is to be written, how like it is to what stands there, and what words and the rest of the
article say of it (`textcheck/model/around.py`), weighed for each kind (`Weights`, fitted on text
kept apart).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from textcheck.document import Span
from textcheck.model.around import SIGNALS, Around
from textcheck.model.detector import Net, Reading
from textcheck.model.evidence import Evidence, Weigher
from textcheck.model.features import (
    FIRST,
    FITTING,
    INSERTING,
    REPLACING,
    SECOND,
    codes_named,
    codes_told,
    features,
)
from textcheck.model.judge import Opinion
from textcheck.model.proposals import LEAST, LEAST_GAIN, Kind, Proposal, exchanged, turned
from textcheck.model.rewrite import Rewrite, Spoken, likeliest, worth
from textcheck.text.alphabet import Codes
from textcheck.text.distinct import distinct
from textcheck.text.han import is_han
from textcheck.text.weighed import Weighed

__all__ = ["PLAIN", "WEIGHTS", "Piece", "Weights", "decoded", "squashed"]

Floats = NDArray[np.float32]
Both = tuple[float, float]
Weights = Mapping[Kind, Sequence[float]]
"""
For each kind: a constant, and what the net, the judge, the gain, the naming and the likeness count,
and the signals of `Around`.
"""

PLAIN: Weights = dict.fromkeys(Kind, (0.0, 1.0, 0.0, 0.0, 0.0, 0.0, *[0.0] * SIGNALS))
"""The net alone."""
WEIGHTS = len(PLAIN[Kind.WRONG])
"""How many there are for a kind."""

_FIRST_OF_NET = 5  # characters that the net thinks of first
_TWICE = re.compile(r"([\u4e00-\u9fff]{2})\1")
_UNNAMED = -4.0  # nats, where nothing can be written


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an article with its evidence and what the judge makes of it."""

    text: str
    article: str
    weighed: Weighed
    evidence: Evidence
    opinion: Opinion

    @property
    def codes(self) -> Codes:
        """Return its characters."""
        return self.weighed.codes


def squashed(weights: Sequence[float], signals: Sequence[float]) -> float:
    """Return how sure a proposal is."""
    return float(1 / (1 + np.exp(-(weights[0] + np.dot(weights[1:], signals)))))


def decoded(piece: Piece, net: Net, weigher: Weigher, weights: Weights) -> Iterator[Proposal]:
    """Yield every edit that the net finds likely and the evidence speaks for; they may overlap."""
    told = codes_told(piece.evidence)
    reading = net.read(piece.codes, features(piece.codes, piece.evidence), told)
    decoder = _Decoder(piece, reading, weigher, weights)
    places = decoder.places()
    if len(places):
        decoder.take_names(places, *net.name(reading.hidden[places], codes_named(told)[places]))
        yield from decoder.wrong()
        yield from decoder.missing()
    yield from decoder.extra()
    yield from decoder.swapped()


class _Decoder:
    """What is known of a piece while its proposals are made."""

    def __init__(self, piece: Piece, reading: Reading, weigher: Weigher, weights: Weights) -> None:
        self._piece = piece
        self._text = piece.text
        self._around = Around(piece.text, piece.article)
        self._is_han = np.array([*map(is_han, piece.text)])
        self._net = reading.opinion
        self._judge = piece.opinion
        self._evidence = piece.evidence
        self._named = codes_named(codes_told(piece.evidence))
        self._weigher = weigher
        self._alphabet = weigher.language.alphabet
        self._weights = weights
        self._replacing: dict[int, Floats] = {}
        self._inserting: dict[int, Floats] = {}

    def places(self) -> NDArray[np.int64]:
        """Return where characters are to be named."""
        # What is missing may be the last of a word, before a comma or a digit.
        beside = self._is_han | np.append([False], self._is_han[:-1])
        wrong, before = self._net.wrong > LEAST, self._net.before > LEAST
        return np.flatnonzero((wrong & self._is_han) | (before & beside))

    def take_names(self, places: NDArray[np.int64], replacing: Floats, inserting: Floats) -> None:
        """Keep the log probabilities of all characters in those places."""
        self._replacing = dict(zip(places.tolist(), replacing, strict=True))
        self._inserting = dict(zip(places.tolist(), inserting, strict=True))

    def wrong(self) -> Iterator[Proposal]:
        """Yield characters and words of two that should be others."""
        on_purpose = turned(self._text, self._evidence)
        likely = [
            at
            for at in self._replacing
            if self._net.wrong[at] > LEAST and self._is_han[at] and at not in on_purpose
        ]
        for at in exchanged(self._text, self._evidence):
            net, judge = (one.wrong[at : at + 4].max() for one in (self._net, self._judge))
            right = self._text[at + 2 : at + 4] + self._text[at : at + 2]
            gain = float(self._evidence.exchange[at])
            yield self._told(Kind.WORDS, Span(at, at + 4), right, (net, judge), Spoken(gain))
        for run in _runs(likely):
            for one in likeliest([*self._rewrites(run)]):
                here = slice(one.span.start, one.span.end)
                both = self._net.wrong[here].max(), self._judge.wrong[here].max()
                yield self._told(Kind.WRONG, one.span, one.right, both, one.spoken)

    def _rewrites(self, run: range) -> Iterator[Rewrite]:
        """Yield what may be written for each character of a run, and for each two."""
        tried = {at: self._tried(at) for at in run}
        for at in run:
            others = self._weigher.others(self._piece.weighed, at)
            groups = [tried[at], *map(self._han, others)]
            yield self._rewrite(at, [distinct(one)[:, None] for one in groups if len(one)], 1)
            if at + 1 in run:
                pairs = [*product(tried[at][:3], tried[at + 1][:3])]
                word = self._named[at, FIRST], self._named[at + 1, SECOND]
                both = np.array([*pairs, word] if all(word) else pairs, dtype=np.uint16)
                two = self._rewrite(at, [both] if len(both) else [], 2)
                if two.right is not None:
                    yield two

    def missing(self) -> Iterator[Proposal]:
        """Yield characters behind gaps."""
        for at, logs in self._inserting.items():
            if self._net.before[at] <= LEAST:
                continue
            tried = self._candidates(logs, self._named[at, [INSERTING]])
            if not len(tried):
                continue
            right, spoken = self._best_of(at, [tried[:, None]], [logs], skip=0)
            if _stands(spoken):
                right += self._text[at]
                both = self._net.before[at], self._judge.before[at]
                yield self._told(Kind.MISSING, Span(at, at + 1), right, both, spoken)

    def extra(self) -> Iterator[Proposal]:
        """Yield characters too many, one or two; of two that stand there twice both."""
        twice = _twice(self._text)
        for at in np.flatnonzero(self._net.extra > LEAST).tolist():
            for end in (at + 1, at + 2):
                if end <= len(self._text) and not any(at < one + 4 and one < end for one in twice):
                    yield from self._left_out(slice(at, end), float(self._net.extra[at:end].min()))
        for at in twice:
            # Whichever of the four the net finds too many: without any two of them it is the same.
            yield from self._left_out(
                slice(at + 2, at + 4), float(self._net.extra[at : at + 4].max())
            )

    def _left_out(self, here: slice, net: float) -> Iterator[Proposal]:
        gains = (self._evidence.leave_out, self._evidence.leave_two)[here.stop - here.start - 1]
        gain = float(gains[here.start])
        if net > LEAST and gain > 0 and all(map(is_han, self._text[here])):
            both = net, float(self._judge.extra[here].min())
            yield self._told(Kind.EXTRA, Span(here.start, here.stop), "", both, Spoken(gain))

    def swapped(self) -> Iterator[Proposal]:
        """Yield characters that should change places with the next."""
        for at in np.flatnonzero(self._net.swap > LEAST).tolist():
            here, gain = self._text[at : at + 2], float(self._evidence.swap[at])
            if gain > 0 and len(here) > 1 and all(map(is_han, here)):
                both = self._net.swap[at], self._judge.swap[at]
                yield self._told(Kind.SWAPPED, Span(at, at + 2), here[::-1], both, Spoken(gain))

    def _tried(self, at: int) -> Codes:
        """Return what may be written in a place, the likeliest first."""
        named = self._named[at, [REPLACING, FIRST, SECOND, FITTING]]
        return self._candidates(self._replacing[at], named)

    def _candidates(self, logs: Floats, named: Codes) -> Codes:
        first = np.argpartition(logs, -_FIRST_OF_NET)[-_FIRST_OF_NET:].astype(np.uint16)
        tried = distinct(self._han(np.append(first, named)))
        likeliest_first: Codes = tried[np.argsort(-logs[tried], kind="stable")]
        return likeliest_first

    def _han(self, codes: Codes) -> Codes:
        """Return those that are Chinese characters."""
        written: Codes = codes[self._alphabet.han[codes]]
        return written

    def _rewrite(self, at: int, tried: Sequence[Codes], size: int) -> Rewrite:
        """Return the best of what may be written from a place on, or that none is good."""
        span = Span(at, at + size)
        if not tried:
            return Rewrite(span, None, Spoken(0.0, _UNNAMED))
        logs = [self._replacing[place] for place in range(at, at + size)]
        right, spoken = self._best_of(at, tried, logs, skip=size)
        return Rewrite(span, right if _stands(spoken) else None, spoken)

    def _best_of(
        self, at: int, tried: Sequence[Codes], logs: Sequence[Floats], *, skip: int
    ) -> tuple[str, Spoken]:
        """
        Return the best that may be written, and what speaks for it.

        Of each group of `tried`, (candidates, characters), only the promising are weighed.
        """
        weighed, place = self._piece.weighed, np.array([at])
        gains = np.concatenate([weighed.gains(place, group[None], skip=skip)[0] for group in tried])
        rows = np.concatenate(tried)
        named = np.sum([log[rows[:, column]] for column, log in enumerate(logs)], axis=0)
        likeness = self._weigher.likeness(self._piece.codes[at : at + skip], rows)
        best = int(worth(gains, named, likeness.astype(np.float32)).argmax())
        parts = gains[best], named[best], likeness[best]
        return "".join(map(self._alphabet.character, rows[best].tolist())), Spoken(
            *map(float, parts)
        )

    def _told(
        self, kind: Kind, span: Span, right: str | None, both: Both, spoken: Spoken
    ) -> Proposal:
        """Return a proposal, given what net and judge say, and what speaks for what is written."""
        named = spoken.named / (span.end - span.start)
        around = self._around.signals(span, right)
        signals = (*map(_logit, both), spoken.gain / 10, named, spoken.likeness, *around)
        score = squashed(self._weights[kind], signals)
        return Proposal(kind, span, right, score, spoken.gain, signals)


def _runs(places: Sequence[int]) -> Iterator[range]:
    """Yield the places that follow each other, together."""
    start = 0
    for end in range(1, len(places) + 1):
        if end == len(places) or places[end] != places[end - 1] + 1:
            yield range(places[start], places[end - 1] + 1)
            start = end


def _twice(text: str) -> list[int]:
    """
    Return where two characters stand twice.

    >>> _twice("经济保持保持较快增长。")
    [2]
    """
    return [match.start() for match in _TWICE.finditer(text)]


def _stands(spoken: Spoken) -> bool:
    """Tell whether what would be written can be stood behind: it gains more than the net doubts."""
    return spoken.gain > LEAST_GAIN and spoken.gain + spoken.named > 0


def _logit(share: float) -> float:
    share = min(max(float(share), 1e-5), 1 - 1e-5)
    return float(np.log(share / (1 - share)))
