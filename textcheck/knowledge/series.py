"""Numbered meetings: which numbers a series has had by a day, and which it cannot have."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import cache, cached_property, lru_cache

from textcheck.document import Span
from textcheck.errors import LexiconError
from textcheck.knowledge.entry import Citation
from textcheck.knowledge.layers import Layers, read_rows
from textcheck.knowledge.meetings import Meeting
from textcheck.text.dates import numeral

__all__ = ["Doubt", "Layout", "Named", "SeriesIndex", "read_layouts"]

_TERM, _NUMBER = "{term}", "{number}"
_NUMERAL = "[一二三四五六七八九十0-9]"
_ANCHOR = "届"
_BEFORE, _BEHIND = 24, 32  # how far a name reaches to both sides of its 届
_RECENT = timedelta(days=200)  # so long a meeting is the one that everybody speaks of
_OF_LATE = timedelta(days=15 * 365)
_SOON = timedelta(days=120)  # so long before, a coming session is spoken of
_MOST = 2
_DAYS = 64  # of which what was held by then is kept, for each series
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}


@dataclass(frozen=True, slots=True)
class Layout:
    """
    A way to write the meetings of a series: `{term}届全国人大{number}次会议`.

    Right behind one of `others` it is the meeting of somebody else. All sessions up to `known_to`
    are in the table; from one to the next it takes `apart` at least.
    """

    id: str
    series: str
    written: str
    others: tuple[str, ...]
    known_to: date | None
    apart: timedelta | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Named:
    """A numbered meeting in a text, its numerals as written, "" where one is missing."""

    layout: Layout
    span: Span
    terms: tuple[str, ...]
    number: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """
    Why a meeting cannot be meant, and what may be, the likeliest first.

    `past` marks a meeting of long ago, which a text about history may mean.
    """

    reason: str
    suggestions: tuple[str, ...]
    citation: Citation
    past: bool = False


@dataclass(frozen=True, slots=True)
class _Session:
    term: int
    number: int
    opened: date
    citation: Citation


class SeriesIndex:
    """The layouts and the sessions of each series, as far as the table of meetings has them."""

    def __init__(self, layouts: Iterable[Layout], meetings: Iterable[Meeting]) -> None:
        """Keep them; what is made of them is made when a text names a meeting."""
        layouts = sorted(layouts, key=lambda layout: -len(layout.written))
        self._layouts = tuple(one for one in layouts if _ANCHOR in one.written)
        # Each by itself, with its fixed beginning, which most texts do not have.
        self._whole = [
            (one, one.written.partition(_TERM)[0]) for one in layouts if _ANCHOR not in one.written
        ]
        self._meetings = tuple(meetings)
        self._opened = lru_cache(_DAYS)(self._opened_by)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        patterns = (_pattern(at, layout.written) for at, layout in enumerate(self._layouts))
        # Where no layout can begin, not all of them are tried.
        begins = "".join(dict.fromkeys(_begins(layout.written) for layout in self._layouts))
        return re.compile(f"(?=[{begins}])(?:{'|'.join(patterns)})")

    @cached_property
    def _anchor(self) -> re.Pattern[str]:
        tails = dict.fromkeys(_tail(layout.written) for layout in self._layouts)
        return re.compile(f"{_ANCHOR}(?={'|'.join(tails)})")

    @cached_property
    def _sessions(self) -> Mapping[str, Mapping[tuple[int, int], _Session]]:
        """Return the sessions of each series by the numbers in the forms of the meetings."""
        sessions: dict[str, dict[tuple[int, int], _Session]] = defaultdict(dict)
        for meeting in self._meetings:
            if meeting.opened is not None:
                for series, session in self._held(meeting, meeting.opened):
                    sessions[series][session.term, session.number] = session
        return sessions

    def _held(self, meeting: Meeting, opened: date) -> Iterator[tuple[str, _Session]]:
        for form in meeting.forms:
            for named in self.named(form):
                term, number = _value(named.terms[0]), _value(named.number)
                if _ANCHOR not in named.layout.written:
                    number = 1  # a congress is one meeting
                if term and number:
                    session = _Session(term, number, opened, meeting.entry.citation)
                    yield named.layout.series, session

    def named(self, text: str) -> Iterator[Named]:
        """Yield the numbered meetings of a folded text, whatever their numbers."""
        spans = []
        for named in self._with_anchor(text):
            spans.append(named.span)
            yield named
        for layout, beginning in self._whole:
            for match in _expression(layout).finditer(text) if beginning in text else ():
                named = _named(layout, 0, match)
                others = text.endswith(layout.others, 0, match.start())
                if not others and not any(named.span.overlaps(span) for span in spans):
                    yield named

    def _with_anchor(self, text: str) -> Iterator[Named]:
        """Yield those that have 届 in them."""
        end = 0
        if not self._layouts or _ANCHOR not in text:
            return
        for anchor in self._anchor.finditer(text):
            low = max(end, anchor.start() - _BEFORE)
            match = self._pattern.search(text, low, anchor.end() + _BEHIND)
            if match is None or not match.start() <= anchor.start() < match.end():
                continue
            end = match.end()
            at = int((match.lastgroup or "").removeprefix("layout"))
            if not text.endswith(self._layouts[at].others, 0, match.start()):
                yield _named(self._layouts[at], at, match)

    def doubt(self, named: Named, day: date) -> Doubt | None:
        """Return why a meeting cannot have been meant on a day, None where it can."""
        sessions = self._sessions.get(named.layout.series, {})
        held = self._opened(named.layout.series, day)
        if not held:
            return None
        if len(set(named.terms)) > 1:
            return self._at_odds(named, held)
        latest = max(held.values(), key=lambda session: session.opened)
        term, number = _value(named.terms[0]), _value(named.number)
        if _NUMBER not in named.layout.written:
            number = 1  # of a whole term there is a first meeting, if there is anything
        if (term, number) in sessions:
            return None
        past = False
        reason = _impossible(named, term, number, held, latest)
        if reason is None and term is not None and term < _first_known(sessions):
            near = _in_session(named, day, sessions.values())
            past, reason = near is not None, f"近期的是{_name(named, near)}" if near else None
        if reason is None:
            return None
        known = [session for session in sessions.values() if session.opened - day <= _SOON]
        if _ANCHOR not in named.layout.written:
            # Of a congress the number says little: a text may mean any of the last ones.
            known = [session for session in known if day - session.opened <= _OF_LATE] or known
        candidates = sorted(known, key=lambda session: _unlikeness(named, session))
        most = _MOST if _ANCHOR in named.layout.written else _MOST + 1
        suggestions = tuple(_name(named, session) for session in candidates[:most])
        return Doubt(reason, suggestions, latest.citation, past)

    def _opened_by(self, series: str, day: date) -> Mapping[tuple[int, int], _Session]:
        """Return the sessions of a series that were opened by a day."""
        sessions = self._sessions.get(series, {})
        return {key: session for key, session in sessions.items() if session.opened <= day}

    def not_yet(self, named: Named, day: date) -> Doubt | None:
        """Return why the next meeting of a series cannot have been held by a day, if it cannot."""
        layout = named.layout
        held = self._opened_by(layout.series, day).values()
        latest = max(held, key=lambda session: session.opened, default=None)
        if latest is None or len(set(named.terms)) > 1:
            return None
        meant = _value(named.terms[0]), _value(named.number) if _NUMBER in layout.written else 1
        coming = {(latest.term, latest.number + 1), (latest.term + 1, 1)}
        if meant not in coming or meant in self._sessions[layout.series]:
            return None
        known = layout.known_to is not None and day <= layout.known_to
        if not known and (layout.apart is None or day >= latest.opened + layout.apart):
            return None
        last = _name(named, latest)
        return Doubt(f"还没有召开，最近一次是{last}", (last,), latest.citation)

    def _at_odds(self, named: Named, held: Mapping[tuple[int, int], _Session]) -> Doubt | None:
        """Return the doubt of 党的十二大和二十届历次全会, whose numbers should be one."""
        terms = {term for term, _ in held}
        right = [text for text in named.terms if _value(text) in terms]
        if not right:
            return None
        best = max(right, key=lambda text: _value(text) or 0)
        suggestion = named.layout.written.replace(_TERM, best).replace(_NUMBER, named.number)
        latest = max(held.values(), key=lambda session: session.opened)
        return Doubt("前后届次不一致", (suggestion,), latest.citation)


def _named(layout: Layout, at: int, match: re.Match[str]) -> Named:
    """Return what was found by the expression of a layout with this number."""
    names = [f"term{at}", f"again{at}"][: layout.written.count(_TERM)]
    number = match[f"number{at}"] if _NUMBER in layout.written else ""
    return Named(layout, Span(*match.span()), tuple(match[name] for name in names), number)


def _name(named: Named, session: _Session) -> str:
    """Return a session's name in the layout of the text."""
    written = named.layout.written.replace(_TERM, numeral(session.term))
    return written.replace(_NUMBER, numeral(session.number))


def _impossible(
    named: Named,
    term: int | None,
    number: int | None,
    held: Mapping[tuple[int, int], _Session],
    latest: _Session,
) -> str | None:
    """Return why a meeting with these numbers does not exist, None where it may."""
    if term is None:
        return "缺届数" if not named.terms[0] else f"“{named.terms[0]}”不成数"
    if term > latest.term + 1:
        return f"至今没有第{numeral(term)}届"
    if number is None:
        return "缺次数" if not named.number else f"“{named.number}”不成数"
    if term == latest.term + 1:
        return f"至今没有第{numeral(term)}届" if number > 1 else None
    numbers = {number for known, number in held if known == term}
    last = max(numbers, default=0)
    # The table has not all of them, or on this day none yet.
    if not numbers or term < _first_known(held) or len(numbers) < last:
        return None
    coming = 1 if term == latest.term else 0
    return f"第{numeral(term)}届只开过{numeral(last)}次" if number > last + coming else None


def _first_known(sessions: Iterable[tuple[int, int]]) -> int:
    """Return the first of the terms whose sessions are known from the first one on."""
    return min((term for term, number in sessions if number == 1), default=0)


def _written(term: str, number: str) -> str:
    return f"{term}届{number}"


def _one_slip(named: Named, session: _Session) -> bool:
    """Tell whether the numbers as written are those of a session with one slip."""
    here = _written(named.terms[0], named.number)
    there = _written(numeral(session.term), numeral(session.number))
    if len(here) == len(there):
        wrong = [at for at, pair in enumerate(zip(here, there, strict=True)) if pair[0] != pair[1]]
        swapped = len(wrong) == 2 and here[wrong[0]] == there[wrong[1]]  # noqa: PLR2004
        return len(wrong) == 1 or (swapped and here[wrong[1]] == there[wrong[0]])
    longer, shorter = sorted((here, there), key=len, reverse=True)
    cut = (longer[:at] + longer[at + 1 :] for at in range(len(longer)))
    return len(longer) == len(shorter) + 1 and shorter in cut


def _in_session(named: Named, day: date, sessions: Iterable[_Session]) -> _Session | None:
    """Return the session held about now whose numbers with one slip are those of the text."""
    about_now = (one for one in sessions if -_SOON <= day - one.opened <= _RECENT)
    return next((session for session in about_now if _one_slip(named, session)), None)


def _unlikeness(named: Named, session: _Session) -> tuple[bool, float, int]:
    here = _written(named.terms[0], named.number)
    there = _written(numeral(session.term), numeral(session.number))
    ratio = SequenceMatcher(None, here, there, autojunk=False).ratio()
    return not _one_slip(named, session), -ratio, -session.opened.toordinal()


@cache
def _expression(layout: Layout) -> re.Pattern[str]:
    return re.compile(_pattern(0, layout.written))


def _pattern(at: int, written: str) -> str:
    """Return the expression of a layout; a term may be missing behind 第, a number anywhere."""
    first, *rest = written.split(_TERM)
    found = f"{re.escape(first)}(?P<term{at}>{_NUMERAL}{{1,4}}|(?<=第))"
    found += f"(?P<again{at}>{_NUMERAL}{{1,4}})".join(re.escape(part) for part in rest)
    number = f"(?P<number{at}>{_NUMERAL}{{0,4}})"
    return f"(?P<layout{at}>{found.replace(re.escape(_NUMBER), number)})"


def _begins(written: str) -> str:
    """Return the characters with which a layout may begin, behind 第 without its term."""
    first, _, rest = written.partition(_TERM)
    return re.escape(first[0]) if first else _NUMERAL.strip("[]") + re.escape(rest[0])


def _tail(written: str) -> str:
    """Return the expression of what a layout has behind 届, by which most places are told apart."""
    tail = written.rpartition(_ANCHOR)[2]
    pieces = (part.split(_NUMBER) for part in tail.split(_TERM))
    return ".{0,4}".join(f"{_NUMERAL}{{0,4}}".join(map(re.escape, piece)) for piece in pieces)


def _value(text: str) -> int | None:
    """
    Return the number that is written, None for what is none: 二一十.

    >>> [_value(text) for text in ("十四", "二十", "九", "15", "四十", "二一十", "一十", "")]
    [14, 20, 9, 15, 40, None, None, None]
    """
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if tens == "一" or len(tens) > 1 or len(ones) > 1:
        return None
    if any(digit not in _DIGITS for digit in (*tens, *ones)):
        return None
    return 10 * (_DIGITS.get(tens, 1) if ten else 0) + _DIGITS.get(ones, 0) or None


def read_layouts(layers: Layers) -> Iterator[Layout]:
    """Yield the rows of series.tsv; raise LexiconError naming file, line and column."""
    for row in read_rows(layers, "series"):
        written = row.required("written")
        if not written.count(_TERM) or written.count(_TERM) > 2 or written.count(_NUMBER) > 1:  # noqa: PLR2004
            raise LexiconError(f"{row.where} written 列：应有一两个{_TERM}，至多一个{_NUMBER}")
        yield Layout(
            row["id"],
            row.required("series"),
            written,
            row.several("others"),
            row.day("known_to"),
            timedelta(days=row.number_in("apart")) if row["apart"] else None,
            row.citation("source"),
        )
