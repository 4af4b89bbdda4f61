"""The tables together: what is protected, and what of it stands in a text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from textcheck.document import Span
from textcheck.lexicon.anniversaries import Anniversary
from textcheck.lexicon.capacities import Capacities
from textcheck.lexicon.case import Case, Evidence
from textcheck.lexicon.caution import Cautions
from textcheck.lexicon.entry import Entry, EntryKind, Post, Term, Word
from textcheck.lexicon.fuzzy import Edit, FuzzyIndex, NearMiss
from textcheck.lexicon.heads import Heads
from textcheck.lexicon.match import ExactIndex
from textcheck.lexicon.meetings import Meeting
from textcheck.lexicon.offices import Offices
from textcheck.lexicon.protect import Protected, protected_forms
from textcheck.lexicon.scale import Scale
from textcheck.lexicon.series import SeriesIndex
from textcheck.lexicon.slips import Slip, cases, doubled_at_edges, slips
from textcheck.lexicon.typos import TypoFinder
from textcheck.text.fold import fold
from textcheck.text.lines import hard_wrapped
from textcheck.text.ngrams import Ngrams
from textcheck.text.shape import Shapes
from textcheck.text.sound import Sounds

__all__ = ["Lexicon", "Mention", "Tables"]


_EDGE = 2


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
    capacities: Capacities
    heads: Heads
    cautions: Cautions
    anniversaries: tuple[Anniversary, ...]
    terms: tuple[Term, ...]
    meetings: tuple[Meeting, ...]
    series: SeriesIndex
    words: tuple[Word, ...]
    allowed: frozenset[str]
    top: tuple[str, ...]
    sounds: Sounds
    shapes: Shapes
    ngrams: Ngrams
    scale: Scale
    typo_weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Mention:
    """An exact form in a text."""

    entry: Entry
    span: Span


_LIGHTEST = {EntryKind.IDIOM: 0, EntryKind.CLAUSE: 1}
_SET = frozenset(_LIGHTEST)


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
        # Lightest first: a clause that reads like a meeting or a body is the meeting or the body.
        entries = sorted(
            tables.entries, key=lambda entry: _LIGHTEST.get(entry.kind, len(_LIGHTEST))
        )
        named = {form: entry for entry in entries for form in (entry.form, *entry.variants)}
        for post in tables.posts.values():
            named |= dict.fromkeys(post.forms, post.entry)
        self._mentioned = {form: entry for form, entry in named.items() if entry.kind not in _SET}
        self._number = {protected.form: at for at, protected in enumerate(self._protected)}
        self._lawful = frozenset(self._number) | tables.allowed | named.keys()
        self._evidence = Evidence(tables.sounds, tables.shapes, tables.ngrams, self._lawful)
        self._exact_forms = sorted(self._lawful)
        self._exact = ExactIndex(self._exact_forms)
        self._forms = [protected.form for protected in self._protected]
        weak = {
            number
            for number, protected in enumerate(self._protected)
            if protected.common and protected.alone
        }
        self._fuzzy = FuzzyIndex(self._forms, weak)
        self._misspelt = ExactIndex([word.wrong for word in tables.words])
        self.typos = TypoFinder(tables.sounds, tables.shapes, tables.ngrams, tables.typo_weights)
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
        """
        Return every exact form of an entry in text, in text order, overlapping ones too.

        Idioms and clauses are left out: that one stands in a text says nothing.
        """
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
            if word.before and not _comes_after(folded, start, word.before):
                continue
            if word.after and not folded.startswith(word.after, end):
                continue
            found.append((word, Span(start, end)))
        return found

    def is_lawful(self, text: str, span: Span) -> bool:
        """Tell whether a known right form stands in text over any of a place."""
        return any(start < span.end and span.start < end for _, start, end in self._exact_in(text))

    def _find_mentions(self, text: str) -> tuple[Mention, ...]:
        return tuple(
            Mention(self._mentioned[form], Span(start, end))
            for number, start, end in self._exact_in(text)
            if (form := self._exact_forms[number]) in self._mentioned
        )

    def _find_exact(self, text: str) -> list[tuple[int, int, int]]:
        return self._exact.matches(fold(text))

    def _find_slips(self, text: str) -> tuple[Slip, ...]:
        # A line feed on both sides, so that a form cut short has a character beside it there too.
        folded = f"\n{fold(text)}\n"
        exact = [(number, start + 1, end + 1) for number, start, end in self._exact_in(text)]
        near = self._near(folded, exact)
        if hard_wrapped(text):
            near = (miss for miss in near if "\n" not in miss.span.of(folded))
        found = slips(folded, near, self._protected, self._evidence, self.tables.scale)
        kept = [slip for slip in found if not _lawful(slip, folded, exact)]
        return _best([_shifted(slip, -1) for slip in kept])

    def cases(self, folded: str) -> list[Case]:
        """Return what is weighed in a folded text that has a line feed at both ends."""
        near = self._near(folded, self._exact.matches(folded))
        return cases(folded, near, self._protected, self._evidence)

    def protected_in(self, folded: str) -> list[tuple[Protected, int, int]]:
        """Return (form, start, end) of every protected form that stands in a folded text."""
        return [
            (self._protected[form], start, end)
            for number, start, end in self._exact.matches(folded)
            if (form := self._number.get(self._exact_forms[number])) is not None
        ]

    def _near(self, folded: str, exact: list[tuple[int, int, int]]) -> Iterator[NearMiss]:
        """Yield the near misses of a folded text in which these forms stand exactly."""
        yield from self._fuzzy.near_misses(folded, [(start, end) for _, start, end in exact])
        for number, start, end in exact:
            if (form := self._number.get(self._exact_forms[number])) is not None:
                yield from doubled_at_edges(folded, start, end, form)


def _lawful(slip: Slip, text: str, lawful: list[tuple[int, int, int]]) -> bool:
    """
    Tell whether a lawful form holds all of the damaged one: 安全 in 安全|全链条.

    Or one that shares its edge with it, and another word may be meant: 从严治党|法规, 党内法规.
    An extra character elsewhere has nothing to do with the edge.
    """
    start, end = slip.span.start, slip.span.end
    for _, first, last in lawful:
        if first <= start and end <= last:
            return True
        ahead = first < start < last < end and last - start <= _EDGE
        behind = start < first < end < last and end - first <= _EDGE
        if not slip.free or not (ahead or behind):
            continue
        here, there = (text[start:last], slip.right[: last - start])
        if behind:
            here, there = text[first:end], slip.right[first - end :]
        if slip.edit is not Edit.EXTRA or here != there:
            return True
    return False


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
    # Of two forms that are about as sure the longer says more: 全国人民代表大会, 人民代表大会.
    sure = -round(slip.confidence, 1)
    return (
        slip.alone and slip.edit is not Edit.SWAPPED,
        -slip.entry.level,
        sure,
        -length,
        -slip.confidence,
        slip.span,
        slip.entry.id,
    )


def _comes_after(text: str, start: int, before: tuple[str, ...]) -> bool:
    """Tell whether one of the strings stands before a place; `^` is the beginning of a line."""
    begins = start == 0 or text[start - 1] == "\n"
    return text.endswith(before, 0, start) or (begins and "^" in before)
