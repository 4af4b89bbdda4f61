"""The tables together: what is protected, and what of it stands in a text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from textcheck.document import Span
from textcheck.lexicon.anniversaries import Anniversary
from textcheck.lexicon.capacities import Capacities
from textcheck.lexicon.case import Case, Evidence
from textcheck.lexicon.caution import CAUTIONS, Cautions
from textcheck.lexicon.entry import Entry, EntryKind, Post, Term, Word
from textcheck.lexicon.fuzzy import FuzzyIndex
from textcheck.lexicon.heads import HEADS, Heads
from textcheck.lexicon.look import LAWFUL, Look, Matcher
from textcheck.lexicon.match import Bank
from textcheck.lexicon.meetings import Meeting
from textcheck.lexicon.offices import Offices
from textcheck.lexicon.protect import Protected, protected_forms
from textcheck.lexicon.protocol import Protocol
from textcheck.lexicon.scale import Scale
from textcheck.lexicon.series import SeriesIndex
from textcheck.lexicon.slips import Slip
from textcheck.lexicon.typos import Typo, TypoFinder
from textcheck.text.fold import fold
from textcheck.text.ngrams import Ngrams
from textcheck.text.shape import Shapes
from textcheck.text.sound import Sounds

__all__ = ["Lexicon", "Mention", "Tables"]


@dataclass(frozen=True, slots=True)
class Tables:
    """
    The rows of all tables, as read.

    `top` are the leaders of the first rank in protocol order; `allowed` the writings
    that are right although a protected form is near; `digest` names this exact content;
    `rules_off` are the codes of rules that a layer has disabled.
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
    protocol: Protocol
    series: SeriesIndex
    words: tuple[Word, ...]
    allowed: frozenset[str]
    top: tuple[str, ...]
    sounds: Sounds
    shapes: Shapes
    ngrams: Ngrams
    scale: Scale
    typo_weights: Mapping[str, float]
    rules_off: frozenset[str] = frozenset()

    @property
    def wordings(self) -> dict[str, Sequence[str]]:
        """Return the wordings of the tables that are looked for as they are, by their owners."""
        return {CAUTIONS: self.cautions.forms, HEADS: self.heads.forms}


@dataclass(frozen=True, slots=True)
class Mention:
    """An exact form in a text."""

    entry: Entry
    span: Span


_LIGHTEST = {EntryKind.IDIOM: 0, EntryKind.CLAUSE: 1}
_NAMED = tuple(kind for kind in EntryKind if kind not in _LIGHTEST)
_MISSPELT = "misspelt"


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
        # Lightest first: a clause that reads like a meeting or a body is the meeting or the body.
        entries = sorted(
            tables.entries, key=lambda entry: _LIGHTEST.get(entry.kind, len(_LIGHTEST))
        )
        named = {form: entry for entry in entries for form in (entry.form, *entry.variants)}
        for post in tables.posts.values():
            named |= dict.fromkeys(post.forms, post.entry)
        protected = protected_forms(tables.entries, tables.posts, tables.terms, tables.top)
        number = {one.form: at for at, one in enumerate(protected)}
        lawful = frozenset(number) | tables.allowed | named.keys()
        forms = sorted(lawful)
        self._mentioned: dict[EntryKind, list[tuple[str, Entry]]] = {kind: [] for kind in _NAMED}
        for form, entry in named.items():
            if entry.kind in _NAMED:
                self._mentioned[entry.kind].append((form, entry))
        owners = {kind: [form for form, _ in mine] for kind, mine in self._mentioned.items()}
        self._words: dict[str, list[Word]] = {}
        for word in tables.words:
            self._words.setdefault(word.wrong, []).append(word)
        weak = {at for at, one in enumerate(protected) if one.common and one.alone}
        self.typos = TypoFinder(tables.sounds, tables.shapes, tables.ngrams, tables.typo_weights)
        self._matcher = Matcher(
            bank=Bank({LAWFUL: forms, _MISSPELT: list(self._words)} | owners | tables.wordings),
            fuzzy=FuzzyIndex([one.form for one in protected], weak),
            protected=protected,
            number_of=[number.get(form, -1) for form in forms],
            evidence=Evidence(tables.sounds, tables.shapes, tables.ngrams, lawful),
            scale=tables.scale,
            typos=self.typos,
        )
        self._ahead: dict[str, tuple[Look, int]] = {}
        # A text goes through several checkers in a row; two are kept for a caller that alternates.
        self._alone = lru_cache(2)(self._look_at)

    @property
    def digest(self) -> str:
        """Name this exact content of the tables."""
        return self.tables.digest

    @property
    def day(self) -> date:
        """Return the day on which the tables were last checked."""
        return self.tables.day

    def mentions(self, text: str, *kinds: EntryKind) -> tuple[Mention, ...]:
        """
        Return every exact form of an entry in text, in text order, overlapping ones too.

        Idioms and clauses are left out: that one stands in a text says nothing. Where kinds are
        given only entries of these.
        """
        look, number = self._look(text)
        found = [
            (end, start, self._mentioned[kind][form][1])
            for kind in kinds or _NAMED
            for form, start, end in look.standing(kind, number)
        ]
        found.sort(key=lambda place: place[:2])
        return tuple(Mention(entry, Span(start, end)) for end, start, entry in found)

    def slips(self, text: str, kind: EntryKind) -> list[Slip]:
        """Return the damaged forms of one kind in text."""
        look, number = self._look(text)
        return [slip for slip in look.slips(number) if slip.entry.kind is kind]

    def likely_typos(self, text: str) -> list[Typo]:
        """Return what is more likely a misprint than not, in text order, that no table holds."""
        look, number = self._look(text)
        return look.typos(number)

    def misspelt(self, text: str) -> list[tuple[Word, Span]]:
        """Return the known wrong words in text whose context, if they need one, is there."""
        found = []
        for _, start, end in self.standing(text, _MISSPELT):
            folded = fold(text)
            for word in self._words[folded[start:end]]:
                if word.before and not _comes_after(folded, start, word.before):
                    continue
                if word.after and not folded.startswith(word.after, end):
                    continue
                found.append((word, Span(start, end)))
        return found

    def standing(self, text: str, owner: str) -> list[tuple[int, int, int]]:
        """
        Return (form, start, end) of every wording of a table that stands in text.

        The owner is one of `Tables.wordings`, a form known by its number there.
        """
        look, number = self._look(text)
        return look.standing(owner, number)

    def is_lawful(self, text: str, span: Span) -> bool:
        """Tell whether a known right form stands in text over any of a place."""
        look, number = self._look(text)
        return look.is_lawful(number, span)

    def look_through(self, texts: Sequence[str]) -> None:
        """Look several texts through at once, so that what is asked of them next is at hand."""
        look = Look(texts, self._matcher)
        self._ahead = {text: (look, number) for number, text in enumerate(texts)}

    def _look(self, text: str) -> tuple[Look, int]:
        return self._ahead.get(text) or self._alone(text)

    def _look_at(self, text: str) -> tuple[Look, int]:
        return Look([text], self._matcher), 0

    def cases(self, folded: str) -> list[Case]:
        """Return what is weighed in a folded text that has a line feed at both ends."""
        return self._matcher.cases(folded)

    def protected_in(self, folded: str) -> list[tuple[Protected, int, int]]:
        """Return (form, start, end) of every protected form that stands in a folded text."""
        return self._matcher.protected_in(folded)


def _comes_after(text: str, start: int, before: tuple[str, ...]) -> bool:
    """Tell whether one of the strings stands before a place; `^` is the beginning of a line."""
    begins = start == 0 or text[start - 1] == "\n"
    return text.endswith(before, 0, start) or (begins and "^" in before)
