"""The tables together: what is protected, and what of it stands in a text."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from textcheck.document import Span
from textcheck.lexicon.case import Evidence
from textcheck.lexicon.entry import Entry, EntryKind, Post, Term, Word
from textcheck.lexicon.fuzzy import FuzzyIndex
from textcheck.lexicon.match import ExactIndex
from textcheck.lexicon.meetings import Meeting
from textcheck.lexicon.offices import Offices
from textcheck.lexicon.protect import protected_forms
from textcheck.lexicon.slips import Slip, doubled_at_edge, judge
from textcheck.text.bigrams import Bigrams
from textcheck.text.fold import fold
from textcheck.text.shape import Shapes
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
    shapes: Shapes
    bigrams: Bigrams


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
        self.offices = Offices(tables.posts, tables.terms, tables.top)
        self._protected = protected_forms(tables.entries, tables.posts, tables.terms, tables.top)
        # Clauses first: where one reads like a meeting or a body, it is the meeting or the body.
        entries = sorted(tables.entries, key=lambda entry: entry.kind is not EntryKind.CLAUSE)
        self._named = {form: entry for entry in entries for form in (entry.form, *entry.variants)}
        for post in tables.posts.values():
            self._named |= dict.fromkeys(post.forms, post.entry)
        self._by_form = {protected.form: protected for protected in self._protected}
        self._lawful = frozenset(self._by_form) | tables.allowed | self._named.keys()
        self._evidence = Evidence(tables.sounds, tables.bigrams, self._lawful)
        self._exact_forms = sorted(self._lawful)
        self._exact = ExactIndex(self._exact_forms)
        self._fuzzy = FuzzyIndex([protected.form for protected in self._protected])
        self._misspelt = ExactIndex([word.wrong for word in tables.words])
        # A text goes through several checkers in a row; two are kept for a caller that alternates.
        self._exact_in = lru_cache(2)(self._find_exact)
        self._mentions_in = lru_cache(2)(self._find_mentions)
        self._slips_in = lru_cache(2)(self._find_slips)

    @property
    def digest(self) -> str:
        """Name this exact content of the tables."""
        return self.tables.digest

    @property
    def day(self) -> date:
        """Return the day on which the tables were last checked."""
        return self.tables.day

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Return every exact form of an entry in text, in text order, overlapping ones too."""
        return self._mentions_in(text)

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

    def _find_mentions(self, text: str) -> tuple[Mention, ...]:
        return tuple(
            Mention(self._named[form], Span(start, end))
            for number, start, end in self._exact_in(text)
            if (form := self._exact_forms[number]) in self._named
        )

    def _find_exact(self, text: str) -> list[tuple[int, int, int]]:
        return self._exact.matches(fold(text))

    def _find_slips(self, text: str) -> tuple[Slip, ...]:
        # A line feed on both sides, so that a form cut short has a character beside it there too.
        folded = f"\n{fold(text)}\n"
        exact = [(number, start + 1, end + 1) for number, start, end in self._exact_in(text)]
        slips: list[Slip | None] = []
        for miss in self._fuzzy.near_misses(folded, [(start, end) for _, start, end in exact]):
            protected = self._protected[miss.form]
            slips.append(judge(folded, miss, protected, self._evidence))
        for number, start, end in exact:
            if (exactly := self._by_form.get(self._exact_forms[number])) is not None:
                slips.append(doubled_at_edge(folded, Span(start, end), exactly))
        within = [Span(start, end) for _, start, end in exact]
        return _best(
            [
                _shifted(slip, -1)
                for slip in slips
                if slip is not None and not _lies_in(slip, within)
            ]
        )


def _lies_in(slip: Slip, lawful: list[Span]) -> bool:
    """Tell whether a lawful form holds all of the damaged one: 安全 in 安全|全链条."""
    return any(span.start <= slip.span.start and slip.span.end <= span.end for span in lawful)


def _shifted(slip: Slip, by: int) -> Slip:
    span = Span(slip.span.start + by, slip.span.end + by)
    return replace(slip, span=span)


def _best(slips: list[Slip]) -> tuple[Slip, ...]:
    """Keep the gravest slip at each place, then the surest, then the longest, in text order."""
    kept: list[Slip] = []
    for slip in sorted(slips, key=_precedence):
        if not any(slip.span.overlaps(other.span) for other in kept):
            kept.append(slip)
    return tuple(sorted(kept, key=lambda slip: slip.span))


def _precedence(slip: Slip) -> tuple[object, ...]:
    length = slip.span.end - slip.span.start
    return (-slip.entry.level, slip.alone, -slip.confidence, -length, slip.span, slip.entry.id)
