"""Names of the Party's and the state's meetings: slips, wrong numbers, meetings not held yet."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from textcheck.checkers.slip import about_errors, at_most, finding_of
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.knowledge.entry import EntryKind
from textcheck.knowledge.meetings import Meeting
from textcheck.knowledge.series import Doubt, Named
from textcheck.lexicon.lexicon import Lexicon, Mention
from textcheck.matching.fuzzy import Edit
from textcheck.slips.gain import gains_of_readings, reading
from textcheck.slips.slips import Slip
from textcheck.text.fold import fold
from textcheck.text.sentences import sentence_around

__all__ = ["MeetingChecker"]

DAMAGED_MEETING = Rule("MTG501", Severity.SERIOUS, "会议名称有误", "lexicons/meetings.tsv")
NOT_YET_HELD = Rule("MTG502", Severity.SERIOUS, "会议尚未召开", "lexicons/meetings.tsv")

WRONG_NUMBER = Rule("MTG503", Severity.SERIOUS, "会议届次有误", "lexicons/series.tsv")

_YEAR = re.compile(r"(?:19|20)\d\d")
# What a text says only of a meeting that was held.
_HELD = re.compile("精神|闭幕|胜利闭幕|召开以来|(?:审议)?通过(?:了|的)|(?:会议)?公报")
# The same further behind the name: 于2026年3月召开, of which the year is not one to come.
_TOOK_PLACE = re.compile(
    "[^，。；！？\n]{0,6}(?:召开了|闭幕了|胜利闭幕)|[于在](?P<year>20\\d\\d)年[^，。；！？\n]{0,16}(?:召开|举行|开幕|闭幕)"
)
# What a text says that knows the meeting lies ahead: plans for the time after it are lawful.
_AHEAD = re.compile(
    "迎接|喜迎|开好|届时|议题|议程|筹备|召开在即|即将|将(?:于|在|要|对|会|隆重|胜利|召开|举行)"
    "|[拟定]于|预计|(?:决定|建议|计划)(?:于|在|召开)|关于召开"
)
# In 130 million characters of clean text no session is named so.
_CUT_SHORT = re.compile("次会(?!议)")
_SESSION = re.compile(
    "(?:[一二三四五六七八九十]+届全国人大|全国政协[一二三四五六七八九十]+届)[一二三四五六七八九十]+次会$"
)
_SESSION_REACH = 16
_CONFIDENCE, _CERTAIN = 0.9, 0.99
_NUMERALS = "一二三四五六七八九十"
_THESE_DAYS = timedelta(days=730)
_EXPLAINS = frozenset({Edit.WRONG, Edit.EXTRA, Edit.SWAPPED})  # what a wrong number comes from


class MeetingChecker:
    """
    MTG501: the name of a meeting with a slip; MTG502: a meeting spoken of as held before it was.

    MTG503: a national meeting whose numbers were never held: 十四届全国人大七次会议, 二一十届,
    or those of long ago while one with nearly the same is in session. Else another number is
    another meeting: that of a province, of another party, of another year.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the lexicon and the meetings by entry."""
        self._lexicon = lexicon
        self._meetings = {meeting.entry.id: meeting for meeting in lexicon.tables.meetings}
        days = (meeting.opened for meeting in lexicon.tables.meetings)
        self._last = max((day for day in days if day is not None), default=date.min)
        self._by_form = {
            form: meeting for meeting in lexicon.tables.meetings for form in meeting.forms
        }

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return all rules."""
        return (DAMAGED_MEETING, NOT_YET_HELD, WRONG_NUMBER)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each damaged name and each meeting not held yet."""
        named = list(self._lexicon.tables.series.named(fold(document.text)))
        numbers = list(self._wrong_numbers(document, named))
        for damaged in self._lexicon.slips(document.text, EntryKind.MEETING):
            slip = self._of_these_days(damaged, document)
            # The calendar of the series knows which number was meant, the nearest form does not.
            here = [number for number in numbers if slip.span.overlaps(number.span)]
            finding = finding_of(slip, DAMAGED_MEETING, document)
            if slip.edit in _EXPLAINS and here and slip.span.start < here[0].span.start:
                if finding.severity is Severity.HINT:
                    continue
                numbers.remove(here[0])  # 汁四届: no number of long ago, but a slip in this one's
            elif here:
                continue
            yield finding
        yield from numbers
        yield from self._cut_short(document)
        yield from self._not_yet_held(document)
        yield from self._next_ones(document, named)

    def _of_these_days(self, slip: Slip, document: Document) -> Slip:
        """Return a slip in a numeral with the meeting as right that was held about the day."""
        day, wrong, right = document.published_on, slip.span.of(document.text), slip.right
        if slip.edit not in {Edit.WRONG, Edit.TWICE} or day is None or len(wrong) != len(right):
            return slip
        site = next(at for at, character in enumerate(wrong) if character != right[at])
        if right[site] not in _NUMERALS:
            return slip
        meant = [
            (abs(meeting.opened - day), form, meeting.entry)
            for numeral in _NUMERALS
            if (form := right[:site] + numeral + right[site + 1 :]) in self._by_form
            and (meeting := self._by_form[form]).opened is not None
        ]
        if not meant or min(meant)[0] > _THESE_DAYS:
            return slip
        _, form, entry = min(meant, key=lambda one: one[:2])
        return replace(slip, right=form, entry=entry)

    def _wrong_numbers(self, document: Document, found: Iterable[Named]) -> Iterator[Finding]:
        series = self._lexicon.tables.series
        for named in found:
            doubt = series.doubt(named, document.published_on or date.max)
            if doubt is not None and not (doubt.past and _about_the_past(document)):
                yield _wrong_number(document, named, self._by_likelihood(document, named, doubt))

    def _cut_short(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each session that lacks its last character: 全国政协十四届四次会."""
        for cut in _CUT_SHORT.finditer(document.text):
            start = max(0, cut.start() - _SESSION_REACH)
            named = _SESSION.search(document.text, start, cut.end())
            if named and (meeting := self._by_form.get(form := f"{named.group()}议")):
                slip = Slip(meeting.entry, Span(*named.span()), form, Edit.MISSING, _CONFIDENCE)
                yield finding_of(slip, DAMAGED_MEETING, document)

    def _by_likelihood(self, document: Document, named: Named, doubt: Doubt) -> Doubt:
        """Put what may be meant in the order in which the text reads best: 十八大以来."""
        if "届" in named.layout.written:
            return doubt
        texts = [reading(document.text, named.span, meant) for meant in doubt.suggestions]
        gained = gains_of_readings(texts, self._lexicon.tables.ngrams)
        order = sorted(zip(gained, doubt.suggestions, strict=True), key=lambda one: -one[0])
        return replace(doubt, suggestions=tuple(meant for _, meant in order))

    def _not_yet_held(self, document: Document) -> Iterator[Finding]:
        day = document.published_on
        if day is None or day >= self._last:
            return
        named = self._meetings_ahead(document.text, day)
        expected = {
            meeting.entry.id for mention, meeting in named if _is_ahead(document.text, mention.span)
        }
        for mention, meeting in named:
            if meeting.entry.id in expected or not _HELD.match(document.text, mention.span.end):
                continue
            if about_errors(document, mention.span):
                continue
            yield Finding(
                rule=NOT_YET_HELD,
                span=mention.span,
                severity=at_most(Severity.SERIOUS, meeting.entry.citation),
                confidence=_CONFIDENCE,
                message=f"{NOT_YET_HELD.title}：{meeting.entry.form}于{meeting.opened}召开，晚于发布日期",
                suggestions=(),
                basis=f"{NOT_YET_HELD.basis} {meeting.entry.id}（{meeting.entry.citation.text}）",
            )

    def _next_ones(self, document: Document, found: Iterable[Named]) -> Iterator[Finding]:
        """Yield a finding for each meeting spoken of as held that is the next of its series."""
        day, text, series = document.published_on, document.text, self._lexicon.tables.series
        if day is None:
            return
        for named in found:
            doubt = series.not_yet(named, day)
            if doubt is None or not _as_held(text, named.span, day) or _is_ahead(text, named.span):
                continue
            severity = at_most(Severity.SERIOUS, doubt.citation)
            wrong = named.span.of(text)
            yield Finding(
                rule=NOT_YET_HELD,
                span=named.span,
                severity=Severity.HINT if about_errors(document, named.span) else severity,
                confidence=_CERTAIN,
                message=f"{NOT_YET_HELD.title}：“{wrong}”{doubt.reason}",
                suggestions=doubt.suggestions,
                basis=f"lexicons/series.tsv {named.layout.id}（{doubt.citation.text}）",
            )

    def _meetings_ahead(self, text: str, day: date) -> list[tuple[Mention, Meeting]]:
        """Return the meetings named in a text of which the first day is still to come."""
        return [
            (mention, meeting)
            for mention in self._lexicon.mentions(text, EntryKind.MEETING)
            if (meeting := self._meetings.get(mention.entry.id)) is not None
            and meeting.opened is not None
            and day < meeting.opened
        ]


def _as_held(text: str, span: Span, day: date) -> bool:
    """Tell whether a text speaks of a meeting as held by a day."""
    if _HELD.match(text, span.end):
        return True
    place = _TOOK_PLACE.match(text, span.end)
    return place is not None and int(place["year"] or 0) <= day.year


def _is_ahead(text: str, span: Span) -> bool:
    """Tell whether the sentence around a meeting speaks of it as still to come."""
    return _AHEAD.search(sentence_around(text, span).of(text)) is not None


def _wrong_number(document: Document, named: Named, doubt: Doubt) -> Finding:
    severity = at_most(Severity.SERIOUS, doubt.citation)
    wrong = named.span.of(document.text)
    return Finding(
        rule=WRONG_NUMBER,
        span=named.span,
        severity=Severity.HINT if about_errors(document, named.span) else severity,
        confidence=_CONFIDENCE if doubt.past else _CERTAIN,
        message=f"{WRONG_NUMBER.title}：“{wrong}”，{doubt.reason}",
        suggestions=doubt.suggestions,
        basis=f"{WRONG_NUMBER.basis} {named.layout.id}（{doubt.citation.text}）",
    )


def _about_the_past(document: Document) -> bool:
    """Tell whether a text names a year of long ago: it may tell history."""
    now = document.published_on.year if document.published_on else date.max.year
    return any(int(year) < now - 1 for year in _YEAR.findall(document.text))
