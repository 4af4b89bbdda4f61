"""A text through the learned stage: evidence, the judge, and where it doubts, the detector."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from textcheck.document import Span
from textcheck.model.decoded import PLAIN, Piece, Weights, decoded
from textcheck.model.detector import Net
from textcheck.model.evidence import Weigher
from textcheck.model.features import features
from textcheck.model.judge import Judge, Opinion
from textcheck.model.pieces import pieces
from textcheck.model.proposals import Proposal, best, joined, judged
from textcheck.text.weighed import Weighed

__all__ = ["GATE", "Proofreader"]

GATE = 0.2
"""
How likely the judge must find something in a piece for the detector to read it.

Of clean text a fifth passes (a third at 0.1). Of slips that the detector finds and puts right, in
text kept apart, all pass but three of 44 that are by any character.
"""
_WORDS = 10.0  # nats that two words must gain by changing places, of which the judge knows nothing


@dataclass(frozen=True, slots=True)
class _Begun:
    """A text that threads read, and what each of its pieces will come to."""

    text: str
    found: Sequence[Future[list[Proposal]]]

    def cancel(self) -> None:
        """Leave out what no thread has begun."""
        for one in self.found:
            one.cancel()


class Proofreader:
    """The models, ready for texts; a piece of an article is told the same however it is read."""

    def __init__(  # noqa: PLR0913 # what the stage is made of
        self,
        folder: Path,
        *,
        compiled: bool = True,
        judge: Judge | None = None,
        net: Net | None = None,
        weights: Weights = PLAIN,
        gate: float = GATE,
        threads: int = 1,
    ) -> None:
        """
        Map the language model and its judge, if no other judge is given.

        Raises OSError or ValueError where a file cannot be used.
        """
        self._weigher = Weigher(folder, compiled=compiled)
        self._judge = judge or Judge(folder / "judge.npz")
        self._net = net
        self._weights = weights
        self._gate = gate
        self._pool = ThreadPoolExecutor(threads) if threads > 1 else None
        self._begun = _Begun("", ())

    def begin(self, text: str) -> None:
        """Begin to read a text whose proposals are asked later; where there are no threads, not."""
        self._begun.cancel()
        if self._pool is not None:
            parts = [text[start:end] for start, end in pieces(text)]
            found = [self._pool.submit(self._proposed, text, part) for part in parts]
            self._begun = _Begun(text, found)

    def proposals(self, text: str, article: str = "", /) -> list[Proposal]:
        """
        Return what is likely wrong in a text, in text order; spans do not overlap.

        `article` is what the text is a part of, if it is not the whole.
        """
        article = article or text
        cut = list(pieces(text))
        if text == article == self._begun.text:
            found = [one.result() for one in self._begun.found]
        else:
            found = self._each([text[start:end] for start, end in cut], article)
        return [
            replace(one, span=Span(one.span.start + start, one.span.end + start))
            for (start, _), here in zip(cut, found, strict=True)
            for one in here
        ]

    def _proposed(self, article: str, text: str) -> list[Proposal]:
        """Return what is likely wrong in a piece of an article."""
        weighed = Weighed(self._weigher.language, self._weigher.language.alphabet.codes(text))
        evidence = self._weigher.evidence_of(weighed)
        opinion = self._judge.opinion(features(weighed.codes, evidence))
        if self._net is None:
            found = judged(text, evidence, opinion, self._weigher.language.alphabet)
        elif _doubt(opinion) >= self._gate or evidence.exchange.max() >= _WORDS:
            piece = Piece(text, article, weighed, evidence, opinion)
            found = decoded(piece, self._net, self._weigher, self._weights)
        else:
            return []
        return joined(text, best(found))

    def _each(self, parts: Sequence[str], article: str) -> list[list[Proposal]]:
        proposed = partial(self._proposed, article)
        if self._pool is None or len(parts) < 2:  # noqa: PLR2004 # alone it need not wait
            return [*map(proposed, parts)]
        return list(self._pool.map(proposed, parts))


def _doubt(opinion: Opinion) -> float:
    """Return how likely the judge finds the likeliest slip of a piece."""
    return max(
        float(part.max(initial=0))
        for part in (opinion.wrong, opinion.extra, opinion.before, opinion.swap)
    )
