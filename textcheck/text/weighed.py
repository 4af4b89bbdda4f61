"""A text under the language model: how probable it is as it stands, and with an edit."""

import numpy as np
from numpy.typing import NDArray

from textcheck.text.alphabet import NOTHING, Codes
from textcheck.text.language import CONTEXT, Floats, LanguageModel

__all__ = ["NO_GAIN", "Weighed"]

Places = NDArray[np.int64]

NO_GAIN = np.float32(-30)
"""The gain where nothing was tried, and the least that is told."""

_ROWS = 1 << 18  # scored at once without the compiled scorer
# Candidates of a place that are weighed with all their neighbours: those that go best with the two
# before them and the one behind. In news 99 of 100 best replacements and 96 of 100 best insertions
# are among so many.
_PROMISING = 16


class Weighed:
    """A text and what it is worth as it stands."""

    def __init__(self, language: LanguageModel, codes: Codes) -> None:
        """Work out how probable each character is as it stands."""
        beyond = np.full(CONTEXT + 2, NOTHING, dtype=np.uint16)
        self._language = language
        self.codes = codes
        self.padded = np.concatenate([beyond[:CONTEXT], codes, beyond])
        around = np.arange(len(codes))[:, None] + np.arange(CONTEXT + 1)
        self.log = language.score(self.padded[around])
        sums = np.cumsum(self.log, dtype=np.float64)
        self.sums = np.concatenate([[0.0], sums, np.repeat(sums[-1:], CONTEXT + 2)])

    def gains(self, at: Places, tried: Codes, *, skip: int, best: int | None = None) -> Floats:
        """
        Return what the text gains where it reads `tried` instead of `skip` characters.

        `tried` is (places, candidates, characters); the gains are (places, candidates). A candidate
        that begins with NOTHING is none. Of many candidates only the most promising are weighed;
        only so many of a place as `best` says are told, of equals the first.
        """
        best = min(best or _PROMISING, tried.shape[1])
        if self._language.scorer is not None:
            return self._language.scorer.gains(
                (self.padded, self.sums), at, tried,
                skip=skip, most=_PROMISING, best=best, none=NO_GAIN,
            )  # fmt: skip
        number, candidate = np.nonzero(tried[:, :, 0] if tried.shape[2] else tried.sum(2) == 0)
        if tried.shape[1] > _PROMISING:
            number, candidate = self._promising(at, tried, number, candidate, skip)
        gains = np.full(tried.shape[:2], NO_GAIN, dtype=np.float32)
        steps = np.arange(CONTEXT)
        for block in range(0, len(number), _ROWS):
            one, other = number[block : block + _ROWS], candidate[block : block + _ROWS]
            start = at[one][:, None]  # in padded, the four characters before the place
            parts = (
                self.padded[start + steps],
                tried[one, other],
                self.padded[start + CONTEXT + skip + steps],
            )
            score = self._language.score(np.concatenate(parts, axis=1))
            start = start[:, 0]
            now = self.sums[start + skip + CONTEXT] - self.sums[start]
            gains[one, other] = np.maximum(score - now, NO_GAIN)
        if best < min(_PROMISING, tried.shape[1]):
            order = np.argsort(-gains, axis=1, kind="stable")
            np.put_along_axis(gains, order[:, best:], NO_GAIN, axis=1)
        return gains

    def gain_without(self, at: Places, skip: int) -> Floats:
        """Return what the text gains where `skip` characters are left out."""
        return self.gains(at, np.zeros((len(at), 1, 0), dtype=np.uint16), skip=skip)[:, 0]

    def _promising(
        self, at: Places, tried: Codes, number: Places, candidate: Places, skip: int
    ) -> tuple[Places, Places]:
        """Return the candidates that go best with what is next to them, a few for each place."""
        further = self.padded[at + CONTEXT - 2][number]
        ahead = self.padded[at + CONTEXT - 1][number]
        behind = self.padded[at + CONTEXT + skip][number]
        middle = tried[number, candidate, 0]
        rough = np.full(tried.shape[:2], -np.inf, dtype=np.float32)
        rough[number, candidate] = self._language.score(
            np.stack([further, ahead, middle, behind], axis=1), first=2
        )
        # Stable: of equals the first are kept, as by the compiled scorer.
        best = np.argsort(-rough, axis=1, kind="stable")[:, :_PROMISING]
        kept = np.zeros(rough.shape, dtype=np.bool_)
        np.put_along_axis(kept, best, values=True, axis=1)
        left, right = np.nonzero(kept & (tried[:, :, 0] > 0))
        return left, right
