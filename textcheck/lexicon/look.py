"""What stands in several texts, and what nearly does, looked for in all of them at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from operator import add, attrgetter

import numpy as np
from numpy.typing import NDArray

from textcheck.document import Span
from textcheck.knowledge.entry import Entry, EntryKind
from textcheck.knowledge.protect import Protected
from textcheck.matching.fuzzy import Edit, FuzzyIndex, Near
from textcheck.matching.match import Bank, Hits
from textcheck.matching.misses import Misses, doubled_at_edges, with_edges
from textcheck.slips.actors import ActorFinder
from textcheck.slips.case import Case, Evidence
from textcheck.slips.gain import gains
from textcheck.slips.heard import HeardIndex, heard_slips
from textcheck.slips.named import explained, in_name
from textcheck.slips.places import PlaceFinder
from textcheck.slips.scale import Scale
from textcheck.slips.slips import Slip, cases, slips, worth_weighing
from textcheck.slips.strangers import StrangerFinder
from textcheck.slips.swaps import Swap, SwapFinder
from textcheck.slips.twofold import twofold_slips
from textcheck.slips.typos import Typo, TypoFinder
from textcheck.slips.unseen import Unseen, unseen_in
from textcheck.text.joined import joined
from textcheck.text.lines import hard_wrapped
from textcheck.text.points import points_of
from textcheck.text.rare import RareCharacters

__all__ = ["LAWFUL", "Look", "Matcher"]

Places = NDArray[np.int64]

LAWFUL = "lawful"
"""The owner of all forms that are right."""

_LINE_FEED = ord("\n")
_EDGE = 2
_AS_SURE, _CERTAIN = 0.5, 0.9
_UNHEARD_OF = 20.0  # gains of so much have misprints only
_TOLD = 4  # a form of so many characters is no chance
_MIDDLE, _LONG = 6, 8  # so much of a form is no chance


@dataclass(frozen=True, slots=True)
class Matcher:
    """
    The indexes of all forms.

    `protected` are the forms that `fuzzy` looks for, `idioms` tells which of them are such;
    `number_of` has for each lawful form of the bank its place among them, -1 for one that is not
    protected. `names` are those of bodies and meetings.
    """

    bank: Bank
    fuzzy: FuzzyIndex
    heard: HeardIndex
    protected: Sequence[Protected]
    idioms: NDArray[np.bool_]
    number_of: NDArray[np.int32]
    evidence: Evidence
    scale: Scale
    typos: TypoFinder
    swaps: SwapFinder
    actors: ActorFinder
    strangers: StrangerFinder
    places: PlaceFinder
    rare: RareCharacters
    names: Mapping[str, Entry]

    def near(self, folded: str, exact: Hits, strange: Places | None = None) -> Near:
        """
        Return the near misses of a folded text in which these forms stand exactly.

        Two slips in one form are looked for where the counts of strange triples are given.
        """
        near = self.fuzzy.near(folded, np.column_stack([exact.starts, exact.ends]), strange)
        double = doubled_at_edges(points_of(folded), self._protected(exact))
        return replace(near, once=near.once + double)

    def weighed(self, folded: str, near: Misses) -> list[Case]:
        """Return those near misses in a folded text that may be slips."""
        near = with_edges(near, self.fuzzy.forms.lengths)
        gained = gains(points_of(folded), near, self.fuzzy.forms, self.evidence.ngrams)
        worth = worth_weighing(near, gained, self.idioms)
        near, gained = near.chosen(worth), gained.chosen(worth)
        return cases(folded, near, gained, self.protected, self.evidence)

    def cases(self, folded: str) -> list[Case]:
        """Return what is weighed in a folded text that has a line feed at both ends."""
        return self.weighed(folded, self.near(folded, self._lawful(folded)).once)

    def protected_in(self, folded: str) -> list[tuple[Protected, int, int]]:
        """Return (form, start, end) of every protected form that stands in a folded text."""
        standing = self._protected(self._lawful(folded)).tuples()
        return [(self.protected[form], start, end) for form, start, end in standing]

    def _protected(self, lawful: Hits) -> Hits:
        """Return the hits of protected forms by their numbers among these."""
        forms = self.number_of[lawful.forms]
        kept = forms >= 0
        return Hits(forms[kept], lawful.starts[kept], lawful.ends[kept])

    def _lawful(self, folded: str) -> Hits:
        return self.bank.owned(LAWFUL, self.bank.hits(points_of(folded)))


class Look:
    """Several texts, looked through at once; each thing is worked out when it is first asked."""

    def __init__(self, texts: Sequence[str], matcher: Matcher) -> None:
        """Join the texts."""
        self._texts = texts
        self._matcher = matcher
        self._joined = joined(tuple(texts))
        self._standing: dict[str, list[list[tuple[int, int, int]]]] = {}

    @cached_property
    def _hits(self) -> Hits:
        return self._matcher.bank.hits(points_of(self._joined.text))

    @cached_property
    def _lawful(self) -> Hits:
        return self._matcher.bank.owned(LAWFUL, self._hits)

    def is_lawful(self, number: int, span: Span) -> bool:
        """Tell whether a right form stands in one of the texts over any of a place."""
        first = self._joined.starts[number]
        return len(self._lawful.over(first + span.start, first + span.end).forms) > 0

    def is_lawful_across(self, number: int, gap: int) -> bool:
        """Tell whether a right form stands in one of the texts over both sides of a gap."""
        at = self._joined.starts[number] + gap
        return len(self._lawful.over(at, at).forms) > 0

    def standing(self, owner: str, number: int) -> list[tuple[int, int, int]]:
        """Return (form, start, end) of what an owner has in one of the texts, by the ends."""
        found = self._standing.get(owner)
        if found is None:
            found = self._by_text(self._matcher.bank.owned(owner, self._hits))
            self._standing[owner] = found
        return found[number]

    def _by_text(self, hits: Hits) -> list[list[tuple[int, int, int]]]:
        found: list[list[tuple[int, int, int]]] = [[] for _ in self._texts]
        firsts = np.array(self._joined.starts, dtype=np.int64)
        numbers = np.searchsorted(firsts, hits.starts + 1, side="right") - 1
        first = firsts[numbers]
        within = Hits(hits.forms, hits.starts - first, hits.ends - first)
        for number, hit in zip(numbers.tolist(), within.tuples(), strict=True):
            found[number].append(hit)
        return found

    def slips(self, number: int) -> tuple[Slip, ...]:
        """Return the damaged forms in one of the texts."""
        return self._slips[number]

    def typos(self, number: int) -> list[Typo]:
        """Return the likely misprints in one of the texts."""
        return self._typos[number]

    @cached_property
    def _typos(self) -> list[list[Typo]]:
        matcher = self._matcher
        likely = matcher.typos.typos_in(self._joined, self._unseen)
        strangers = matcher.strangers.strangers_in(self._joined, self._unseen)
        return [sorted(both, key=attrgetter("span")) for both in map(add, likely, strangers)]

    def swaps(self, number: int) -> list[Swap]:
        """Return the characters in one of the texts that may be in the wrong order."""
        return self._swaps[number]

    @cached_property
    def _swaps(self) -> list[list[Swap]]:
        return self._matcher.swaps.swaps_in(self._joined, self._unseen)

    def actors(self, number: int) -> list[Span]:
        """Return what acts in one of the texts like a name, and is nearly one."""
        return self._actors[number]

    @cached_property
    def _actors(self) -> list[list[Span]]:
        return self._matcher.actors.actors_in(self._joined)

    def places(self, number: int) -> list[Slip]:
        """Return the damaged short names of regions in one of the texts."""
        return self._places[number]

    @cached_property
    def _places(self) -> list[list[Slip]]:
        return self._matcher.places.slips_in(self._joined, self._unseen)

    @cached_property
    def _unseen(self) -> Unseen:
        return unseen_in(self._joined.text, self._matcher.evidence.ngrams, self._matcher.rare)

    @cached_property
    def _slips(self) -> list[tuple[Slip, ...]]:
        matcher, joined = self._matcher, self._joined
        near = matcher.near(joined.text, self._lawful, self._unseen.before)
        weighed = matcher.weighed(joined.text, self._unbroken(near.once))
        twice = twofold_slips(joined.text, near.twice, matcher.protected, matcher.evidence)
        found: list[list[Slip]] = [[] for _ in self._texts]
        hits = matcher.heard.hits(points_of(joined.text), matcher.fuzzy.forms, self._unseen.before)
        heard = heard_slips(joined.text, hits, matcher.protected, matcher.evidence)
        for slip in chain(slips(weighed, matcher.scale), heard, twice):
            if not _lawful(slip, joined.text, self._lawful):
                number = joined.number(slip.span.start)
                named = in_name(slip, joined.text, matcher.names)
                found[number].append(_shifted(named, -joined.starts[number]))
        return [_best(explained(*pair)) for pair in zip(found, self._texts, strict=True)]

    def _unbroken(self, near: Misses) -> Misses:
        """Leave out what stands on two lines of a text whose lines are cut anywhere."""
        breaks = np.flatnonzero(points_of(self._joined.text) == _LINE_FEED)
        over = np.searchsorted(breaks, near.starts) < np.searchsorted(breaks, near.ends)
        cut = [
            at
            for at in np.flatnonzero(over).tolist()
            if hard_wrapped(self._texts[self._joined.number(int(near.starts[at]))])
        ]
        over[:] = True
        over[cut] = False
        return near.chosen(over)


def _lawful(slip: Slip, text: str, exact: Hits) -> bool:
    """
    Tell whether a lawful form holds all of the damaged one: 安全 in 安全|全链条.

    But for a body's name that is told to be cut short, 农业农村有关负责人.
    Or one that is no part of a form that has two slips, 检察机关 in 纪检监察机关.
    Or one that shares its edge with it, and another word may be meant: 从严治党|法规, 党内法规.
    Damage elsewhere, 落实好中央|经济工偏会议, has nothing to do with the edge.
    """
    start, end = slip.span.start, slip.span.end
    damaged = start + _first_difference(slip.span.of(text), slip.right)
    sure = _beyond_doubt(slip) or _cut_name(slip, text)
    for _, first, last in exact.over(start, end).tuples():
        cut = slip.acting and slip.edit is Edit.MISSING and len(slip.right) >= _TOLD
        if first <= start and end <= last and not cut:
            return True
        here = text[max(first, start) : min(last, end)]
        if slip.edit is Edit.TWICE and len(here) >= _TOLD and here not in slip.right:
            return True
        ahead = first < start < last < end and last - start <= _EDGE
        behind = start < first < end < last and end - first <= _EDGE
        if not slip.free or not (ahead or behind) or sure or cut:
            continue
        here, there = (text[start:last], slip.right[: last - start])
        if behind:
            here, there = text[first:end], slip.right[first - end :]
        within = last > damaged if ahead else first <= damaged
        beside = slip.edit is Edit.MISSING and last == damaged
        near = len(slip.right) < (_LONG if within or beside else _MIDDLE)
        if here != there or (near and slip.edit is not Edit.EXTRA):
            return True
    return False


def _beyond_doubt(slip: Slip) -> bool:
    """Tell whether no text has what stands there, so that no other word can be meant: 中央纫委."""
    return slip.edit is Edit.WRONG and slip.unseen == 1 and slip.gain > _UNHEARD_OF


def _cut_name(slip: Slip, text: str) -> bool:
    """Tell whether the name of a body surely lacks its first character: 国政协|提案."""
    first = slip.edit is Edit.MISSING and slip.right.endswith(slip.span.of(text))
    return first and slip.entry.kind is EntryKind.BODY and slip.confidence >= _CERTAIN


def _first_difference(wrong: str, right: str) -> int:
    """Return where two writings begin to differ."""
    pairs = enumerate(zip(wrong, right, strict=False))
    shorter = min(len(wrong), len(right))
    return next((at for at, (one, other) in pairs if one != other), shorter)


def _shifted(slip: Slip, by: int) -> Slip:
    return replace(slip, span=Span(slip.span.start + by, slip.span.end + by))


def _best(slips: list[Slip]) -> tuple[Slip, ...]:
    """
    Keep the gravest slip at each place, then the surest, then the longest, in text order.

    Two slips in a form explain more than one in a part of it, less than one in a longer form.
    """
    slips = [slip for slip in slips if not (slip.edit is Edit.TWICE and _within(slip, slips))]
    kept: list[Slip] = []
    for slip in sorted(slips, key=_precedence):
        if not any(slip.span.overlaps(other.span) for other in kept):
            kept.append(slip)
    return tuple(sorted(kept, key=lambda slip: slip.span))


def _within(slip: Slip, slips: Iterable[Slip]) -> bool:
    """Tell whether one slip explains all of a place that has two, or is in a graver form there."""
    start, end = slip.span.start, slip.span.end
    sure = (one for one in slips if one.edit is not Edit.TWICE and one.confidence >= _AS_SURE)
    return any(
        (other.span.start <= start and end <= other.span.end)
        or (other.entry.level > slip.entry.level and slip.span.overlaps(other.span))
        for other in sure
    )


def _precedence(slip: Slip) -> tuple[object, ...]:
    length = slip.span.end - slip.span.start
    # Of two forms that are about as sure the longer says more: 全国人民代表大会, 人民代表大会.
    sure = -round(slip.confidence, 1)
    return (
        slip.edit is not Edit.TWICE,
        slip.alone and slip.edit is not Edit.SWAPPED,
        -slip.entry.level,
        sure,
        slip.entry.kind is EntryKind.CLAUSE,  # what many happen to write gives way to a term in it
        -length,
        -slip.confidence,
        slip.span,
        slip.entry.id,
    )
