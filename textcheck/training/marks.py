"""What the lexicon and the tagger of words say of clean text: names to spare, fixed wordings."""

from collections.abc import Iterator

import rjieba

from textcheck.knowledge.entry import EntryKind
from textcheck.lexicon.lexicon import Lexicon
from textcheck.training.examples import Marks

__all__ = ["Marker"]

_NAMES = frozenset({"nr", "nrt", "nrfg"})  # people, as the tagger of jieba calls them


class Marker:
    """Marks the names of people, which no slip may touch, and fixed wordings, which more do."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon."""
        self._lexicon = lexicon

    def __call__(self, text: str) -> Marks:
        """Return the marks of a text."""
        spared, fixed = [False] * len(text), [False] * len(text)
        for start, end in _names(text):
            spared[start:end] = [True] * (end - start)
        for mention in self._lexicon.mentions(text):
            marks = spared if mention.entry.kind is EntryKind.PERSON else fixed
            start, end = mention.span.start, mention.span.end
            marks[start:end] = [True] * (end - start)
        return Marks(spared, fixed)


def _names(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for word, tag in rjieba.tag(text):
        if tag in _NAMES:
            yield at, at + len(word)
        at += len(word)
