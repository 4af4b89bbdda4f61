"""Who held which office on a day: held, not held, or unknown."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

from textcheck.knowledge.entry import Post, Term

__all__ = ["Held", "Offices", "lasted_in"]

_GOOD_FOR = timedelta(days=366)  # what was seen a year ago may have changed unnoticed
_HAND_OVER = timedelta(days=1)  # on the day of the act and the day after, news name both
_ASKED = 4096  # answers that are kept: the articles of a day name the same people again and again


class Held(Enum):
    """The three answers; only NOT_HELD is ever an error."""

    HELD = "held"
    NOT_HELD = "not held"
    UNKNOWN = "unknown"


class Offices:
    """The terms of all posts."""

    def __init__(
        self, posts: Mapping[str, Post], terms: Iterable[Term], top: Iterable[str] = ()
    ) -> None:
        """Group the terms by post; of the people in `top` the tables hold every office."""
        self._posts = posts
        self._top = frozenset(top)
        self._by_form = {post.entry.form: name for name, post in posts.items()}
        self._by_post: dict[str, list[Term]] = {}
        self._by_person: dict[str, list[Term]] = {}
        self._last_day: dict[str, date] = {}
        for term in sorted(terms, key=lambda term: term.since):
            self._by_post.setdefault(term.post, []).append(term)
            self._by_person.setdefault(term.person, []).append(term)
            last = term.until or term.seen_on or term.since
            self._last_day[term.post] = max(last, self._last_day.get(term.post, last))
        self._held = lru_cache(_ASKED)(self._find_held)
        self._terms_of = lru_cache(_ASKED)(self._find_terms_of)

    def held(self, person: str, post: str, day: date) -> Held:
        """
        Tell whether a person was in a post on that day.

        Not held needs proof: a dated end, a beginning by a dated act, another holder of a post
        with one seat, or a post of which every holder is known. Between a last sighting and today
        it is unknown. A leader of the first rank in office holds what the tables say and nothing
        else; nobody who holds another office holds one that is abolished.
        """
        return self._held(person, post, day)

    def _find_held(self, person: str, post: str, day: date) -> Held:
        terms = self._by_post.get(post, [])
        mine = [term for term in terms if term.person == person]
        if any(_covers(term, day) for term in mine):
            return Held.HELD
        if self._posts[post].single and any(
            term.person != person and _surely_covers(term, day) for term in terms
        ):
            return Held.NOT_HELD
        absent = all(_proves_absent(term, day) for term in mine)
        if absent and (mine or self._all_known(post, day)):
            return Held.NOT_HELD
        if not mine and self._surely_elsewhere(person, post, day):
            return Held.NOT_HELD
        head = self._head_of(post)
        if not mine and head is not None and self.held(person, head, day) is Held.NOT_HELD:
            return Held.NOT_HELD
        return Held.UNKNOWN

    def _all_known(self, post: str, day: date) -> bool:
        """Tell whether the terms name every holder of a post on that day."""
        since, last = self._posts[post].complete_from, self._last_day.get(post)
        if since is None or last is None:
            return False
        return since + _HAND_OVER < day <= last + _GOOD_FOR

    def _surely_elsewhere(self, person: str, post: str, day: date) -> bool:
        """Tell whether a person in another office cannot be in this one, too."""
        of, complete_from = self._posts[post].entry.until, self._posts[post].complete_from
        abolished = of is not None and day > of + _HAND_OVER
        complete = complete_from is not None and day >= complete_from
        if person in self._top or abolished or complete or self.holder(post, day) is not None:
            sure = self._in_single_office(person, day)
            return sure or (complete and self._in_complete_office(person, day))
        return False

    def _head_of(self, post: str) -> str | None:
        """Return the first office of two that one person holds together: 甲会副主席|兼秘书长."""
        first, _, second = self._posts[post].entry.form.partition("兼")
        return self._by_form.get(first) if second else None

    def _in_complete_office(self, person: str, day: date) -> bool:
        """Tell whether a person surely holds an office of which the tables name all holders."""
        return any(
            self._posts[term.post].complete_from is not None and _surely_covers(term, day)
            for term in self._by_person.get(person, [])
        )

    def _in_single_office(self, person: str, day: date) -> bool:
        return any(
            self._posts[term.post].single and _surely_covers(term, day)
            for term in self._by_person.get(person, [])
        )

    def holder(self, post: str, day: date) -> Term | None:
        """Return the term of the one holder of a single-seat post on that day, None if unknown."""
        if not self._posts[post].single:
            return None
        current = [term for term in self._by_post.get(post, []) if _covers(term, day)]
        return current[-1] if current else None

    def last_seen(self, person: str) -> date | None:
        """Return the last day on which a person is known to have been in any office."""
        terms = self._by_person.get(person, [])
        return max((term.until or term.seen_on or term.since for term in terms), default=None)

    def known(self, person: str) -> bool:
        """Tell whether any office of a person is known; of the founders none is."""
        return person in self._by_person

    def all_of(self, person: str) -> list[Term]:
        """Return all known terms of a person, the oldest first."""
        return self._by_person.get(person, [])

    def terms_of(self, person: str, day: date) -> tuple[Term, ...]:
        """Return what a person held on that day."""
        return self._terms_of(person, day)

    def _find_terms_of(self, person: str, day: date) -> tuple[Term, ...]:
        return tuple(term for term in self._by_person.get(person, []) if _covers(term, day))

    def terms_in(self, post: str, day: date | None = None) -> list[Term]:
        """Return all known terms of a post, the oldest first; those of one day if it is given."""
        terms = self._by_post.get(post, [])
        return terms if day is None else [term for term in terms if _covers(term, day)]


def lasted_in(term: Term, years: Iterable[int]) -> bool:
    """Tell whether a term lasted in one of some years, as far as is known of its end."""
    return any(term.since.year <= year <= (term.until or date.max).year for year in years)


def _covers(term: Term, day: date) -> bool:
    if day < term.since - _HAND_OVER:
        return False
    if term.until is not None and (term.end_exact or day > term.until):
        return day <= term.until + _HAND_OVER
    return _not_stale(term, day)


def _not_stale(term: Term, day: date) -> bool:
    return day <= (term.seen_on or term.since) + _GOOD_FOR


def _surely_covers(term: Term, day: date) -> bool:
    """
    Tell whether the day lies well inside the term, away from the days of hand-over.

    A term without an end that began by an act goes on for a year behind the last sighting; one
    known by sightings alone, or whose end no act dates, is sure only up to the last: a successor
    may not be in the table.
    """
    if day <= term.since + _HAND_OVER:
        return False
    if term.until is not None and term.end_exact:
        return day < term.until
    if term.until is None and term.exact:
        return _not_stale(term, day)
    return term.seen_on is not None and day <= term.seen_on


def _proves_absent(term: Term, day: date) -> bool:
    if day < term.since:
        return term.exact and day < term.since - _HAND_OVER
    return term.until is not None and day > term.until + _HAND_OVER
