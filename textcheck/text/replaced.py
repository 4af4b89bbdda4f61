"""What a text gains by the counts of five characters in a row where some of it is replaced."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from textcheck.text.alphabet import NOTHING
from textcheck.text.joined import NO_CHARACTER
from textcheck.text.language import CONTEXT, Floats, LanguageModel
from textcheck.text.points import points_of

__all__ = ["gains_by_replacing"]

Places = NDArray[np.int64]

_LAST_POINT = 0xFFFF


def gains_by_replacing(
    language: LanguageModel,
    text: str,
    places: Places,
    given: Sequence[str],
    *,
    taken: int | None = None,
) -> tuple[Floats, Floats]:
    """
    Return how much more probable a text becomes by what is given at each place, and how it stands.

    All that is given is of one length, and stands for so many characters or as many as are `taken`.
    Both are logarithms, of the probability of these characters and the four behind them, after the
    four before.
    """
    if not given:
        return np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.float32)
    size = len(given[0])
    taken = size if taken is None else taken
    points = points_of(text)
    around = places[:, None] - CONTEXT + np.arange(CONTEXT + taken + CONTEXT)
    read = points[np.clip(around, 0, len(points) - 1)]
    beyond = (around < 0) | (around >= len(points)) | (read == NO_CHARACTER)
    # What is on the other side of the end of a text is of another.
    beyond[:, :CONTEXT] = np.logical_or.accumulate(beyond[:, CONTEXT - 1 :: -1], axis=1)[:, ::-1]
    beyond[:, CONTEXT:] = np.logical_or.accumulate(beyond[:, CONTEXT:], axis=1)
    standing = language.alphabet.of_points(np.minimum(read, _LAST_POINT).astype(np.uint16))
    standing[beyond] = NOTHING
    put = language.alphabet.codes("".join(given)).reshape(-1, size)
    ahead, behind = standing[:, :CONTEXT], standing[:, CONTEXT + taken :]
    now = language.score(standing)
    return language.score(np.concatenate([ahead, put, behind], axis=1)) - now, now
