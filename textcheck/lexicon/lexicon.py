"""The tables together: what is protected, and what of it stands in a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter

from textcheck.arrays import Arrays, group
from textcheck.document import Span
from textcheck.knowledge.entry import Entry, EntryKind, Word
from textcheck.knowledge.offices import Offices
from textcheck.knowledge.protect import Protected
from textcheck.knowledge.toponyms import Toponyms
from textcheck.lexicon.compiled import MISSPELT, ProtectedForms, compiled, mentioned
from textcheck.lexicon.look import Look, Matcher
from textcheck.lexicon.tables import Tables
from textcheck.matching.fuzzy import FuzzyIndex
from textcheck.matching.match import Bank
from textcheck.matching.strings import SortedStrings
from textcheck.slips.actors import ActorFinder
from textcheck.slips.alike import Alike
from textcheck.slips.case import Case, Evidence
from textcheck.slips.confused import CONFUSED, Confusions
from textcheck.slips.damaged import DamagedNames
from textcheck.slips.doubtful import DoubtFinder
from textcheck.slips.heard import HeardIndex
from textcheck.slips.misnamed import MISNAMED, Misnamed, Misnaming
from textcheck.slips.near_names import NearNames
from textcheck.slips.places import PlaceFinder
from textcheck.slips.slips import Slip
from textcheck.slips.strangers import StrangerFinder
from textcheck.slips.swaps import Swap, SwapFinder
from textcheck.slips.typos import Typo, TypoFinder
from textcheck.slips.watched import WATCHED, Misspellings
from textcheck.text.fold import fold

__all__ = ["Lexicon", "Mention"]

_BY_END = itemgetter(0, 1)  # the end of a place and its start
_BRIEF = 5  # 党的二十大: near the name of a congress are those of others, 朝党八大


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

    def __init__(self, tables: Tables, arrays: Arrays | None = None) -> None:
        """Build the indexes, from `arrays` if they were worked out of these tables before."""
        if arrays is None:
            arrays = compiled(tables)
        self.tables = tables
        self.offices = Offices(tables.posts, tables.terms, tables.top)
        named = mentioned(tables)
        self._mentioned = {kind: list(forms.values()) for kind, forms in named.items()}
        self._words: dict[str, list[Word]] = {}
        for word in tables.words:
            self._words.setdefault(word.wrong, []).append(word)
        alike = Alike(tables.sounds, tables.shapes, tables.ngrams)
        doubts = DoubtFinder(alike, tables.ngrams, tables.word_pairs, tables.tied)
        self.typos = TypoFinder(doubts, tables.rare, tables.language, tables.typo_weights)
        self.strangers = StrangerFinder(
            tables.ngrams, tables.word_pairs, alike, tables.rare, tables.language
        )
        self.swaps = SwapFinder(tables.ngrams, tables.rare, tables.language, tables.swap_weights)
        self._made_up: dict[str, Misspellings | Confusions] = {
            WATCHED: Misspellings(group(arrays, WATCHED), tables.watched),
            CONFUSED: Confusions(group(arrays, CONFUSED), tables.confused),
        }
        self._misnamed = Misnamed(group(arrays, MISNAMED), tables.fixed)
        people = (entry.form for entry in tables.fixed if entry.kind is EntryKind.PERSON)
        self.names = NearNames(people, tables.sounds, tables.shapes)
        lawful = SortedStrings(group(arrays, "lawful"))
        self._matcher = Matcher(
            bank=Bank(arrays=group(arrays, "bank")),
            fuzzy=FuzzyIndex(arrays=group(arrays, "fuzzy")),
            heard=HeardIndex(group(arrays, "heard")),
            protected=ProtectedForms(group(arrays, "protected"), tables),
            idioms=arrays["protected.idiom"],
            number_of=arrays["number.of"],
            evidence=Evidence(
                tables.sounds,
                tables.shapes,
                tables.ngrams,
                lawful,
                tables.naming,
                frozenset(entry.form for entry in tables.fixed if entry.kind is EntryKind.PERSON),
                tables.rare,
            ),
            scale=tables.scale,
            typos=self.typos,
            swaps=self.swaps,
            actors=ActorFinder(self.names),
            strangers=self.strangers,
            places=PlaceFinder(
                DamagedNames(
                    Toponyms(tables.regions, tables.allowed), arrays=group(arrays, "damaged")
                ),
                (tables.sounds, tables.shapes),
                (tables.ngrams, tables.language),
                tables.place_weights,
            ),
            rare=tables.rare,
            names=named[EntryKind.BODY]
            | {form: one for form, one in named[EntryKind.MEETING].items() if len(form) > _BRIEF},
        )
        self._ahead: dict[str, tuple[Look, int]] = {}
        # A text goes through several checkers in a row; two are kept for a caller that alternates.
        self._alone = lru_cache(2)(self._look_at)
        self._mentions = lru_cache(4)(self._find_mentions)

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
        return self._mentions(text, kinds)

    def _find_mentions(self, text: str, kinds: tuple[EntryKind, ...]) -> tuple[Mention, ...]:
        look, number = self._look(text)
        found = [
            (end, start, self._mentioned[kind][form])
            for kind in kinds or self._mentioned
            for form, start, end in look.standing(kind, number)
        ]
        found.sort(key=_BY_END)
        return tuple(Mention(entry, Span(start, end)) for end, start, entry in found)

    def slips(self, text: str, kind: EntryKind) -> list[Slip]:
        """Return the damaged forms of one kind in text."""
        look, number = self._look(text)
        found = look.slips(number)  # in most texts there is none
        return [slip for slip in found if slip.entry.kind is kind] if found else []

    def place_slips(self, text: str) -> list[Slip]:
        """Return the damaged short names of regions in text, the surest at each place."""
        look, number = self._look(text)
        return look.places(number)

    def likely_typos(self, text: str) -> list[Typo]:
        """Return what is more likely a misprint than not, in text order, that no table holds."""
        look, number = self._look(text)
        return look.typos(number)

    def likely_swaps(self, text: str) -> list[Swap]:
        """Return the neighbouring characters that may have changed places, in text order."""
        look, number = self._look(text)
        return look.swaps(number)

    def actors(self, text: str) -> list[Span]:
        """Return what acts in text like a name, and is nearly one."""
        look, number = self._look(text)
        return look.actors(number)

    def misspelt(self, text: str) -> list[tuple[Word, Span]]:
        """Return the wrong words in text whose context, if they need one, is there."""
        found = [
            (written[number], Span(start, end))
            for owner, written in self._made_up.items()
            for number, start, end in self.standing(text, owner)
        ]
        for _, start, end in self.standing(text, MISSPELT):
            folded = fold(text)
            for word in self._words[folded[start:end]]:
                if word.before and not _comes_after(folded, start, word.before):
                    continue
                if word.after and not folded.startswith(word.after, end):
                    continue
                found.append((word, Span(start, end)))
        return found

    def misnamed(self, text: str) -> list[tuple[Misnaming, Span]]:
        """Return the names of bodies with words taken for others, or in another order, in text."""
        return [
            (self._misnamed[number], Span(start, end))
            for number, start, end in self.standing(text, MISNAMED)
        ]

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

    def is_lawful_across(self, text: str, gap: int) -> bool:
        """Tell whether a known right form stands in text over both sides of a gap."""
        look, number = self._look(text)
        return look.is_lawful_across(number, gap)

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
