"""
What all makers share: facts to take targets from, slips, and the clean text to compare with.

A damaged form that the clean text has too, or that facts know, may be lawful: it is not made.
"""

import csv
import io
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from seeding.case import Case, Sentence
from seeding.slips import KINDS, Slips, homophones, read_confusions

__all__ = ["Ground", "SlipMaker", "read_tsv", "sentences_of"]

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_MIN_SENTENCE, _MAX_SENTENCE = 15, 200
_AROUND = 2  # characters of context in which a damaged form must be new
_SAME_TARGET = 8  # no target gives more than one case in eight of its class


def read_tsv(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table of facts."""
    text = path.read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def sentences_of(text: str) -> Iterator[str]:
    """Yield the sentences of an article that are neither too short nor too long."""
    for match in _SENTENCE.finditer(text):
        sentence = match.group().strip()
        if _MIN_SENTENCE <= len(sentence) <= _MAX_SENTENCE:
            yield sentence


class Ground:
    """The facts, the clean text and the one random generator of a class."""

    def __init__(self, shared: Path, texts: Sequence[str], seed: str, per_class: int) -> None:
        """Read the confusable characters; texts are all articles of the corpora used."""
        self.facts = shared / "facts"
        self.shared = shared
        self.per_class = per_class
        self.corpus = "\n".join(texts)
        self._confusions = read_confusions(shared / "confusion")
        self._words = homophones(texts)
        self.reseed(seed)

    def reseed(self, seed: str) -> None:
        """Begin anew: classes must not depend on what was made for others before."""
        self.rng = random.Random(seed)  # noqa: S311 # reproducible test data
        self.slips = Slips(self._confusions, self._words, self.rng)
        self.used: Counter[str] = Counter()
        self.same_target = _SAME_TARGET

    def is_new(self, sentence: Sentence, start: int, end: int, wrong: str) -> bool:
        """Tell whether the clean text has nothing like the damaged place."""
        text = sentence.text
        if wrong == text[start:end]:
            return False
        around = text[max(0, start - _AROUND) : start] + wrong + text[end : end + _AROUND]
        if around in self.corpus:
            return False
        # A form that lost its first or last character is a part of the form itself.
        return wrong in text[start:end] or wrong not in self.corpus

    def take(self, target: str) -> bool:
        """Count a use of a target; tell whether it was used too often already."""
        if self.used[target] * self.same_target >= max(self.per_class, self.same_target):
            return False
        self.used[target] += 1
        return True

    def damaged(  # noqa: PLR0913, PLR0917 # what a case is made of
        self, group: str, kind: str, sentence: Sentence, start: int, end: int, wrong: str | None
    ) -> Case | None:
        """Return the case, or None where the damaged form may be lawful."""
        if wrong is None or not self.is_new(sentence, start, end, wrong):
            return None
        if not self.take(sentence.text[start:end]):
            return None
        return Case.put(group, kind, sentence, start, end, wrong)


class Finder:
    """Finds the longest forms in a text, in random order."""

    def __init__(self, forms: Iterable[str], rng: random.Random) -> None:
        """Build the automaton."""
        self._automaton = AhoCorasick(sorted(forms), matchkind=MatchKind.LeftmostLongest)
        self._rng = rng

    def find(self, text: str) -> list[tuple[int, int]]:
        """Return start and end of what was found."""
        found = [(start, end) for _, start, end in self._automaton.find_matches_as_indexes(text)]
        self._rng.shuffle(found)
        return found


class SlipMaker:
    """Makes slips in the forms of a list; a slip that gives another form is left out."""

    kinds: tuple[str, ...] = KINDS

    def __init__(self, group: str, forms: Iterable[str], ground: Ground) -> None:
        """Take the forms that may be damaged."""
        self.group = group
        self.forms = frozenset(forms)
        self.ground = ground
        self.finder = Finder(self.forms, ground.rng)

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return where forms stand that may be damaged."""
        return self.finder.find(text)

    def lawful(self, wrong: str, form: str) -> bool:
        """Tell whether the slip gave something that exists."""
        del form
        return wrong in self.forms

    def make(self, kind: str, sentence: Sentence) -> Case | None:
        """Return the sentence with a slip in one of the forms."""
        for start, end in self.places(sentence.text):
            form = sentence.text[start:end]
            wrong = self.ground.slips.slip(form, kind)
            if wrong is None or self.lawful(wrong, form):
                continue
            if case := self.ground.damaged(self.group, kind, sentence, start, end, wrong):
                return case
        return None
