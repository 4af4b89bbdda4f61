"""
From what the detector says of a piece to proposals, where the evidence speaks for them too.

What is to be written is chosen among what the evidence names, what the net thinks of first and what
often stands beside the neighbours, by net and gain together. How sure a proposal is follows from
the net, the judge, the gain, how sure the net is of what is to be written and how like it is to
what stands there, weighed for each kind (`Weights`, fitted on text kept apart).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from textcheck.document import Span
from textcheck.model.alphabet import Codes
from textcheck.model.detector import Net, Reading
from textcheck.model.evidence import Alike, Evidence, Weigher
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
from textcheck.model.rewrite import OF_GAIN, Rewrite, Spoken, likeliest
from textcheck.model.weighed import Weighed
from textcheck.text.han import is_han

__all__ = ["PLAIN", "Piece", "Weights", "decoded", "squashed"]

Floats = NDArray[np.float32]
Both = tuple[float, float]
Weights = Mapping[Kind, Sequence[float]]
"""
For each kind: a constant, and what the net, the judge, the gain, the naming and the likeness count.
"""

PLAIN: Weights = dict.fromkeys(Kind, (0.0, 1.0, 0.0, 0.0, 0.0, 0.0))
"""The net alone."""

_FIRST_OF_NET = 5  # characters that the net thinks of first
# What likeness counts where what is written is chosen, nats a step: of a hundred characters written
# for others 55 are of the same sound and 37 nearly so or of like shape (KINDS), a dozen each; eight
# are any of thousands.
_OF_LIKENESS = 3.0
_UNNAMED = -4.0  # nats, where nothing can be written


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text with its evidence and what the judge makes of it."""

    text: str
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
        doubted = np.maximum(self._net.wrong, self._net.before) > LEAST
        return np.flatnonzero(doubted & np.array([is_han(one) for one in self._text]))

    def take_names(self, places: NDArray[np.int64], replacing: Floats, inserting: Floats) -> None:
        """Keep the log probabilities of all characters in those places."""
        self._replacing = dict(zip(places.tolist(), replacing, strict=True))
        self._inserting = dict(zip(places.tolist(), inserting, strict=True))

    def wrong(self) -> Iterator[Proposal]:
        """Yield characters and words of two that should be others."""
        on_purpose = turned(self._text, self._evidence)
        likely = [
            at for at in self._replacing if self._net.wrong[at] > LEAST and at not in on_purpose
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
        for at in run:
            tried = self._tried(at)
            beside = self._written_in(self._weigher.neighbours(self._piece.weighed, at))
            yield self._rewrite(at, [(code,) for code in sorted({*tried, *beside})])
            if at + 1 in run:
                pairs = [*product(tried[:3], self._tried(at + 1)[:3])]
                word = int(self._named[at, FIRST]), int(self._named[at + 1, SECOND])
                two = self._rewrite(at, [*pairs, word] if all(word) else pairs)
                if two.right is not None:
                    yield two

    def missing(self) -> Iterator[Proposal]:
        """Yield characters behind gaps."""
        for at, logs in self._inserting.items():
            if self._net.before[at] <= LEAST:
                continue
            tried = self._candidates(logs, [int(self._named[at, INSERTING])])
            if not tried:
                continue
            code, spoken = self._best_of(at, [(code,) for code in tried], [logs], skip=0)
            right = self._written(code) + self._text[at]
            if _stands(spoken):
                both = self._net.before[at], self._judge.before[at]
                yield self._told(Kind.MISSING, Span(at, at + 1), right, both, spoken)

    def extra(self) -> Iterator[Proposal]:
        """Yield characters too many, one or two."""
        for at in np.flatnonzero(self._net.extra > LEAST).tolist():
            for end in (at + 1, at + 2):
                here = slice(at, end)
                least = self._net.extra[here].min()
                if end > len(self._text) or least <= LEAST:
                    break
                gain = float((self._evidence.leave_out, self._evidence.leave_two)[end - at - 1][at])
                if gain > 0 and all(map(is_han, self._text[here])):
                    both = least, self._judge.extra[here].min()
                    yield self._told(Kind.EXTRA, Span(at, end), "", both, Spoken(gain))

    def swapped(self) -> Iterator[Proposal]:
        """Yield characters that should change places with the next."""
        for at in np.flatnonzero(self._net.swap > LEAST).tolist():
            here, gain = self._text[at : at + 2], float(self._evidence.swap[at])
            if gain > 0 and len(here) > 1 and all(map(is_han, here)):
                both = self._net.swap[at], self._judge.swap[at]
                yield self._told(Kind.SWAPPED, Span(at, at + 2), here[::-1], both, Spoken(gain))

    def _tried(self, at: int) -> list[int]:
        """Return what may be written in a place, the likeliest first."""
        named = [int(self._named[at, column]) for column in (REPLACING, FIRST, SECOND, FITTING)]
        return self._candidates(self._replacing[at], named)

    def _candidates(self, logs: Floats, named: Sequence[int]) -> list[int]:
        first = np.argpartition(logs, -_FIRST_OF_NET)[-_FIRST_OF_NET:].tolist()
        return sorted(self._written_in([*first, *named]), key=lambda one: (-logs[one], one))

    def _written_in(self, codes: Sequence[int]) -> set[int]:
        """Return those that are characters."""
        return {one for one in codes if is_han(self._alphabet.character(one))}

    def _rewrite(self, at: int, tried: Sequence[tuple[int, ...]]) -> Rewrite:
        """Return the best of what may be written from a place on, or that none is good."""
        size = len(tried[0]) if tried else 1
        span = Span(at, at + size)
        if not tried:
            return Rewrite(span, None, Spoken(0.0, _UNNAMED))
        logs = [self._replacing[place] for place in range(at, at + size)]
        codes, spoken = self._best_of(at, tried, logs, skip=size)
        return Rewrite(span, self._written(codes) if _stands(spoken) else None, spoken)

    def _best_of(
        self, at: int, tried: Sequence[tuple[int, ...]], logs: Sequence[Floats], *, skip: int
    ) -> tuple[tuple[int, ...], Spoken]:
        """Return the best of what may be written, and what speaks for it."""
        rows = np.array(tried, dtype=np.uint16)[None]  # (1, candidates, characters)
        gains = self._piece.weighed.gains(np.array([at]), rows, skip=skip)[0]
        named = np.sum([log[rows[0, :, place]] for place, log in enumerate(logs)], axis=0)
        written = self._piece.codes[at : at + skip].tolist()
        likeness = np.array([self._likeness(written, one) for one in tried])
        best = int((named + OF_GAIN * gains + _OF_LIKENESS * likeness).argmax())
        parts = gains[best], named[best], likeness[best]
        return tried[best], Spoken(*map(float, parts))

    def _likeness(self, written: Sequence[int], meant: Sequence[int]) -> int:
        """Return how like the characters meant are to those written, the least like of them."""
        differ = [pair for pair in zip(written, meant, strict=False) if len({*pair}) > 1]
        return min((self._weigher.alike(*pair) for pair in differ), default=Alike.NOT)

    def _written(self, codes: Sequence[int]) -> str:
        return "".join(map(self._alphabet.character, codes))

    def _told(
        self, kind: Kind, span: Span, right: str | None, both: Both, spoken: Spoken
    ) -> Proposal:
        """Return a proposal, given what net and judge say, and what speaks for what is written."""
        named = spoken.named / (span.end - span.start)
        signals = (*map(_logit, both), spoken.gain / 10, named, spoken.likeness)
        score = squashed(self._weights[kind], signals)
        return Proposal(kind, span, right, score, spoken.gain, signals)


def _runs(places: Sequence[int]) -> Iterator[range]:
    """Yield the places that follow each other, together."""
    start = 0
    for end in range(1, len(places) + 1):
        if end == len(places) or places[end] != places[end - 1] + 1:
            yield range(places[start], places[end - 1] + 1)
            start = end


def _stands(spoken: Spoken) -> bool:
    """Tell whether what would be written can be stood behind: it gains more than the net doubts."""
    return spoken.gain > LEAST_GAIN and spoken.gain + spoken.named > 0


def _logit(share: float) -> float:
    share = min(max(float(share), 1e-5), 1 - 1e-5)
    return float(np.log(share / (1 - share)))
