"""
Find characters that clean text hardly has anywhere, where a common one fits: 仼务 for 任务.

These are traditional forms, variants and rare look-alikes: an input method offers them, a scanner
reads them. That which is like it and makes the text much more probable by five characters in a row
is a guess; so is what makes a word with a neighbour, if clean text has all three triples then.
"""

import numpy as np
from numpy.typing import NDArray

from textcheck.document import Span
from textcheck.slips.alike import Alike
from textcheck.slips.typos import Typo
from textcheck.slips.unseen import BEYOND, RARE, Unseen, unseen_in
from textcheck.text.distinct import distinct
from textcheck.text.joined import Joined
from textcheck.text.language import LanguageModel
from textcheck.text.ngrams import CLASSES, Ngrams
from textcheck.text.pairs import WordPairs
from textcheck.text.rare import RareCharacters
from textcheck.text.replaced import gains_by_replacing
from textcheck.text.words import word_at

__all__ = ["StrangerFinder"]

# A million characters of news and reports that no table counts have seventy that are hardly known
# and stand beside others than elsewhere: in names of people, rivers and compounds. For hardly any
# of them one that is like it gains so much, and so much more than all others: for one that clean
# text has nowhere, for one that it has somewhere, and if the right one is often a word by itself.
_UNKNOWN, _KNOWN, _ALONE = (6.0, 0.5), (12.0, 2.0), (14.0, 3.0)
_COMMON = 300  # words of one character are among the commonest: 了 在 和
_SURE = 0.99
_OFTEN = 3  # who is named so often in a text is called so
_CONTEXT = 6
# By triples alone: what a like shape or sound is worth, how many of those over a place clean text
# has, how probable they are together, and how often the pair that makes the word stands there.
_LIKE, _SEEN, _ALL, _LIKELY, _USUAL = 3.0, 2, 3, -12.0, 50


class StrangerFinder:
    """Hardly known characters, over the counts and what words are made of."""

    def __init__(
        self,
        ngrams: Ngrams,
        words: WordPairs,
        alike: Alike,
        rare: RareCharacters,
        language: LanguageModel,
    ) -> None:
        """Keep the tables."""
        self._ngrams, self._language = ngrams, language
        self._words = words
        self._alike = alike
        self._rare = rare
        self._common = frozenset(ngrams.common(_COMMON))

    def strangers(self, text: str) -> list[Typo]:
        """Return the places where a hardly known character stands for a common one."""
        joined = Joined([text])
        return self.strangers_in(joined, unseen_in(joined.text, self._ngrams, self._rare))[0]

    def strangers_in(self, joined: Joined, unseen: Unseen) -> list[list[Typo]]:
        """Return the same for several texts, whose characters have these numbers."""
        found: list[list[Typo]] = [[] for _ in joined.starts]
        for at in np.flatnonzero(unseen.codes == RARE).tolist():
            if not (unseen.apart[at - 1] or unseen.apart[at]):
                continue
            place = at - BEYOND
            number = joined.number(place)
            first = joined.starts[number]
            if joined.text.count(joined.text[place], first, joined.ends[number]) >= _OFTEN:
                continue
            around = unseen.codes[at - BEYOND : at + BEYOND + 1]
            right = self._best(joined.text, place)
            right = right or self._by_triples(joined.text[place], around)
            typo = right and _typo(joined.text, place, right, first)
            if typo and (len(typo.right) > 1 or self._is_word(joined.text[place], right)):
                found[number].append(typo)
        return found

    def _best(self, text: str, place: int) -> str | None:
        """Return the character that fits best of those like one, None where none does."""
        like = sorted(self._alike.like(text[place]).difference(text[place - 1 : place + 2]))
        if not like:
            return None
        places = np.full(len(like), place, dtype=np.int64)
        gains, _ = gains_by_replacing(self._language, text, places, like)
        order = np.argsort(gains, kind="stable")
        right, gain = like[order[-1]], float(gains[order[-1]])
        ahead = gain - float(gains[order[-2]]) if len(like) > 1 else np.inf
        least, margin = _KNOWN if text[place] in self._rare else _UNKNOWN
        if right in self._common:
            least, margin = _ALONE
        return right if gain >= least and ahead >= margin else None

    def _is_word(self, wrong: str, right: str | None) -> bool:
        """Tell whether a character is often a word by itself, the other none: not 钤 for 将."""
        return right in self._common and wrong not in self._rare

    def _beside(self, codes: NDArray[np.uint64]) -> frozenset[str]:
        """Return the characters that make a word with one of two neighbours."""
        left, _, right = codes.tolist()
        behind, before = self._words.following(left), self._words.preceding(right)
        beside = distinct(np.concatenate([behind, before]))
        return frozenset(map(self._ngrams.character, beside[beside >= CLASSES].tolist()))

    def _by_triples(self, wrong: str, codes: NDArray[np.uint64]) -> str | None:
        """Return the common character that fits best by triples, five of them given."""
        numbers = np.sort(self._ngrams.codes("".join(self._beside(codes[1:-1]))))
        if wrong in self._rare or not len(numbers):
            return None
        total, known = self._scored(codes, numbers)
        alike = self._ngrams.codes("".join(sorted(self._alike.like(wrong))))
        like = np.isin(numbers, alike, kind="table")  # the other way begins with np.unique
        total = np.where(known + like >= _SEEN, total + _LIKE * like, -np.inf)
        best = int(total.argmax())
        if not (like[best] or (total[best] > _LIKELY and known[best] == _ALL)):
            # 提岀: 升 is as likely there, but not like it.
            total = np.where(like, total, -np.inf)
            best = int(total.argmax())
        left, right = int(codes[BEYOND - 1]), int(codes[BEYOND + 1])
        likely = total[best] > _LIKELY and self._usual(left, int(numbers[best]), right) >= _USUAL
        return self._ngrams.character(int(numbers[best])) if likely else None

    def _scored(
        self, codes: NDArray[np.uint64], numbers: NDArray[np.uint64]
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return how likely the triples are with each number in the middle, and how many known."""
        far, left, _, right, beyond = codes.tolist()
        rows = np.zeros((_ALL, len(numbers), _ALL), dtype=np.uint64)
        for row, around in enumerate(
            ((far, left, None), (left, None, right), (None, right, beyond))
        ):
            for column, number in enumerate(around):
                rows[row, :, column] = numbers if number is None else number
        logs, seen = self._ngrams.log_probabilities(rows.reshape(-1, _ALL))
        return logs.reshape(_ALL, -1).sum(axis=0), seen.reshape(_ALL, -1).sum(axis=0)

    def _usual(self, left: int, number: int, right: int) -> float:
        """Return how often clean text has the commoner of the two pairs."""
        pairs = np.array([[left, number], [number, right]], dtype=np.uint64)
        return float(self._ngrams.pairs(pairs[:, 0], pairs[:, 1]).max())


def _typo(text: str, place: int, right: str, first: int) -> Typo | None:
    """Return the misprint in the word that it stands in once put right, None where it has one."""
    low = max(0, place - _CONTEXT)
    at = place - low
    before, behind = text[low:place], text[place + 1 : place + 1 + _CONTEXT]
    put_right = before + right + behind
    word, other = word_at(put_right, at), word_at(before + text[place] + behind, at)
    # 榴梿 is as good as 榴莲.
    if other.end - other.start > 1:
        return None
    span = Span(low + word.start - first, low + word.end - first)
    return Typo(span, word.of(put_right), _SURE)
