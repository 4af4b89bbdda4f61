"""
What words and the rest of the article say of a proposal, which neither net sees.

Characters that belong to no word come together where one is wrong, and go where it is put right. A
wording that stands twice is what its writer means, a coined word or a name; one that others of the
same article have is what was meant.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from textcheck.document import Span
from textcheck.text.han import is_han
from textcheck.text.words import dictionary_words

__all__ = ["SIGNALS", "Around"]

SIGNALS = 6
"""How many signals there are, each the greater the more it speaks for a proposal."""

_NEAR = 3  # characters to each side
_LONGEST = 4  # a word is as good as a longer one


@dataclass(frozen=True)
class Around:
    """A piece of text and the article that it is of."""

    text: str
    article: str

    @cached_property
    def _words(self) -> list[range]:
        return dictionary_words(self.text)

    def signals(self, span: Span, right: str | None) -> tuple[float, ...]:
        """
        Return what speaks for writing `right` in a place.

        How many characters less are words by themselves; that what is written is of no long word;
        that the article has it nowhere else behind the same character, or between the same two;
        that the article has what would be written between these, or beside two of one side.
        """
        start, end, wrong = span.start, span.end, span.of(self.text)
        before, behind = self.text[max(0, start - 2) : start], self.text[end : end + 2]
        longest = max(len(word) for word in self._words if word.start < end and start < word.stop)
        again = (
            self._times(before[-1:] + wrong) - 1,
            self._times(before[-1:] + wrong + behind[:1]) - 1,
        )
        lone = between = beside = 0
        if right is not None:
            mended = self.text[:start] + right + self.text[end:]
            lone = _singles(self.text, self._words, start, end)
            lone -= _singles(mended, dictionary_words(mended), start, start + max(1, len(right)))
            between = self._times(before[-1:] + right + behind[:1])
            beside = max(self._times(before + right), self._times(right + behind))
        often = np.log1p(np.maximum([*again, between, beside], 0)).tolist()
        return float(lone), -float(min(longest, _LONGEST)), -often[0], -often[1], *often[2:]

    def _times(self, wording: str) -> int:
        """Return how often the article has a wording."""
        return self.article.count(wording) if wording else 0


def _singles(text: str, words: list[range], start: int, end: int) -> int:
    """Return how many characters near a place are words by themselves."""
    near = (word for word in words if word.start < end + _NEAR and start - _NEAR < word.stop)
    return sum(len(word) == 1 and is_han(text[word.start]) for word in near)
