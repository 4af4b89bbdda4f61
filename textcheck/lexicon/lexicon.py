"""The tables together: what is protected, and what of it stands in a text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from textcheck.document import Span
from textcheck.lexicon.entry import Entry, EntryKind, Post, Term, Word
from textcheck.lexicon.fuzzy import MIN_LENGTH, FuzzyIndex
from textcheck.lexicon.match import ExactIndex
from textcheck.lexicon.meetings import Meeting
from textcheck.lexicon.offices import Offices
from textcheck.lexicon.protect import Protected, protected_forms
from textcheck.lexicon.slips import Slip, doubled_at_edge, judge
from textcheck.text.fold import fold
from textcheck.text.sound import Sounds

__all__ = ["Lexicon", "Mention", "Tables"]


@dataclass(frozen=True, slots=True)
class Tables:
    """
    The rows of all tables, as read.

    `top` are the leaders of the first rank in protocol order; `allowed` the writings
    that are right although a protected form is near; `digest` names this exact content.
    """

    digest: str
    day: date
    entries: tuple[Entry, ...]
    posts: Mapping[str, Post]
    terms: tuple[Term, ...]
    meetings: tuple[Meeting, ...]
    words: tuple[Word, ...]
    allowed: frozenset[str]
    top: tuple[str, ...]
    sounds: Sounds


@dataclass(frozen=True, slots=True)
class Mention:
    """An exact form in a text."""

    entry: Entry
    span: Span


class Lexicon:
    """
    All dated facts, ready for use.

    What stands in a text is worked out once and kept for the checkers that ask next:
    `mentions`, `slips` and `misspelt` give the same answer for the same text, always.
    """

    def __init__(self, tables: Tables) -> None:
        """Build the indexes."""
        self.tables = tables
        self.offices = Offices(tables.posts, tables.terms)
        self._protected = protected_forms(
            _near_forms(tables), tables.posts, tables.terms, tables.top
        )
        self._named = {
            form: entry for entry in tables.entries for form in (entry.form, *entry.variants)
        }
        for post in tables.posts.values():
            self._named |= dict.fromkeys(post.forms, post.entry)
        exact = dict.fromkeys([protected.form for protected in self._protected])
        self._lawful = frozenset(exact) | tables.allowed | self._named.keys()
        self._exact_forms = sorted(self._lawful)
        self._exact = ExactIndex(self._exact_forms)
        self._fuzzy = FuzzyIndex([protected.form for protected in self._protected])
        self._misspelt = ExactIndex([word.wrong for word in tables.words])
        # A text goes through several checkers in a row; two are kept for a caller that alternates.
        self._exact_in: Callable[[str], list[tuple[int, int, int]]] = lru_cache(2)(self._find_exact)
        self._slips_in: Callable[[str], tuple[Slip, ...]] = lru_cache(2)(self._find_slips)

    @property
    def digest(self) -> str:
        """Name this exact content of the tables."""
        return self.tables.digest

    @property
    def day(self) -> date:
        """Return the day on which the tables were last checked."""
        return self.tables.day

    def mentions(self, text: str) -> list[Mention]:
        """Return every exact form of an entry in text, in text order, overlapping ones too."""
        return [
            Mention(self._named[form], Span(start, end))
            for number, start, end in self._exact_in(text)
            if (form := self._exact_forms[number]) in self._named
        ]

    def slips(self, text: str, kind: EntryKind) -> list[Slip]:
        """Return the damaged forms of one kind in text."""
        return [slip for slip in self._slips_in(text) if slip.entry.kind is kind]

    def misspelt(self, text: str) -> list[tuple[Word, Span]]:
        """Return the known wrong words in text whose context, if they need one, is there."""
        folded = fold(text)
        found = []
        for number, start, end in self._misspelt.matches(folded):
            word = self.tables.words[number]
            if word.before and not folded.endswith(word.before, 0, start):
                continue
            if word.after and not folded.startswith(word.after, end):
                continue
            found.append((word, Span(start, end)))
        return found

    def _find_exact(self, text: str) -> list[tuple[int, int, int]]:
        return self._exact.matches(fold(text))

    def _find_slips(self, text: str) -> tuple[Slip, ...]:
        folded = fold(text)
        exact = self._exact_in(text)
        slips = []
        for miss in self._fuzzy.near_misses(folded, [(start, end) for _, start, end in exact]):
            slip = judge(folded, miss, self._protected[miss.form], self.tables.sounds, self._lawful)
            if slip is not None:
                slips.append(slip)
        for number, start, end in exact:
            entry = self._named.get(self._exact_forms[number])
            if entry is not None and end - start >= MIN_LENGTH:
                slip = doubled_at_edge(folded, Span(start, end), entry)
                if slip is not None:
                    slips.append(slip)
        return _best(slips)


def _near_forms(tables: Tables) -> list[Entry]:
    """
    Return the entries protected by themselves.

    Of persons only those of the first rank; of all else forms of four characters
    or more: 十五五 is no 十五大 with a slip in it.
    """
    top = set(tables.top)
    return [
        entry
        for entry in tables.entries
        if (entry.form in top if entry.kind is EntryKind.PERSON else len(entry.form) > MIN_LENGTH)
    ]


def _best(slips: list[Slip]) -> tuple[Slip, ...]:
    """Keep the surest slip at each place, then the one of the longest form, in text order."""
    kept: list[Slip] = []
    for slip in sorted(
        slips,
        key=lambda slip: (
            -slip.confidence,
            slip.span.start - slip.span.end,
            slip.span,
            slip.entry.id,
        ),
    ):
        if not any(slip.span.overlaps(other.span) for other in kept):
            kept.append(slip)
    return tuple(sorted(kept, key=lambda slip: slip.span))
