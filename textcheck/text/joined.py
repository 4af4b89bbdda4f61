"""Several texts as one, so that they can be looked through at once."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from textcheck.text.fold import fold

__all__ = ["NO_CHARACTER", "Joined", "joined"]

NO_CHARACTER = 0xFFFF
"""The code point that stands between two texts, so that nothing reaches over it."""

_BETWEEN = f"\n{chr(NO_CHARACTER)}\n"


class Joined:
    r"""
    Folded texts in a row, each between two line feeds: places near an end have neighbours.

    >>> Joined(["甲", "乙丙"]).text
    '\n甲\n\uffff\n乙丙\n'
    """

    def __init__(self, texts: Sequence[str]) -> None:
        """Join the texts."""
        self.text = fold(f"\n{_BETWEEN.join(texts)}\n")
        steps = (len(text) + len(_BETWEEN) for text in texts)
        self.starts = list(accumulate(steps, initial=1))[:-1]
        """Where each text begins."""
        self.ends = [start + len(text) for start, text in zip(self.starts, texts, strict=True)]
        """Where each text ends, without the line feed."""

    def number(self, place: int) -> int:
        """Return the number of the text that has a place, or the line feed before or behind it."""
        return bisect_right(self.starts, place + 1) - 1


@lru_cache(maxsize=1)
def joined(texts: tuple[str, ...]) -> Joined:
    """Return several texts joined; those who look the same through next get the same."""
    return Joined(texts)
