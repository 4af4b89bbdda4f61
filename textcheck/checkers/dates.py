"""Dates that cannot be, or do not agree with each other."""

import re
from calendar import isleap, monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from textcheck.checkers.slip import about_errors
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.knowledge.anniversaries import Anniversary
from textcheck.lexicon.lexicon import Lexicon
from textcheck.text.dates import WrittenDate, written_dates
from textcheck.text.fold import fold
from textcheck.text.places import places_of

__all__ = ["DateChecker"]

IMPOSSIBLE_DATE = Rule("DAT601", Severity.ORDINARY, "日期有误", "公历历法")
WRONG_WEEKDAY = Rule("DAT602", Severity.ORDINARY, "星期与日期不符", "公历历法")
ENDS_EARLY = Rule("DAT603", Severity.ORDINARY, "起止日期颠倒", "先后顺序")
NOT_YET = Rule("DAT604", Severity.ORDINARY, "未来的日期写成已经发生", "发布日期")
WRONG_ANNIVERSARY = Rule("DAT605", Severity.ORDINARY, "周年数有误", "lexicons/anniversaries.tsv")

_CONFIDENCE = 0.95
_NUMERIC = re.compile(
    r"(?P<year>[12]\d{3})(?P<sign>[.\-/])(?<![\d.\-/].{5})(?P<month>\d{1,2})(?P=sign)"
    r"(?P<day>\d{1,2})"
    r"(?![\d.\-/]|\s*版)"
)
_PART_OF_MONTH = re.compile("底|初|份|[上中下]旬")
_CLOCK = re.compile(r"[日午晚晨](?P<hour>\d{1,2})[时点](?!之)(?:(?P<minute>\d{1,2})分)?")
_LEAP_YEAR = 2000  # a date without a year is measured with a leap year: 2月29日 may be right
# Where neither the year nor one beside it is a leap year, 2月29日 is right in what speaks of one.
_OF_LEAP_YEARS = re.compile("闰|生日|出生|诞辰|四年一|每四年")
_SPOKEN_OF = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_TODAY = re.compile("(?:今天|今日|今晚|今晨|昨天|昨日|昨晚|明天|明日)[（(]$")
_YEAR_OF_DAYS = 366
_HORIZON = 50  # years ahead: plans name years, but not days, that far away
_CENTURY, _OF_LATE = 100, 20
_YEAR_DIGITS, _MONTHS, _HOURS, _MINUTES = 4, 12, 24, 59

_WEEKDAY = re.compile(
    "(?:[（(](?=..{1,2}[）)上下早晚]))?((?:星期|周|礼拜)([一二三四五六日天]))(?![一-鿿]*[年岁])"
)
_WEEKDAYS = "一二三四五六日"
_NEAR = 100  # days: a date without a year is the one nearest to the day of publication

_UNTIL = re.compile(
    r"(?:（[^）]{1,4}）)?(?:至|到|—{1,2}|-|~|～)"
    r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?:(?P<day>\d{1,2})日)?"
)
_YEARS = re.compile(r"((?:19|20)\d\d)年?(?:至|到|—{1,2}|-|~|～)((?:19|20)\d\d)年(?!级)")
_JOINTS = frozenset("至到—-~～")
_LONGEST_YEARS = 11  # characters before the last 年
# What may stand between a date and the verb that tells it as past.
_DONE = re.compile(
    "[^，。；！？、\n“”《》第0-9]{0,12}?(?:召开|举行|举办|发布|印发|出台|成立|开通|竣工|完成|启动|签订|签署|"
    "通过|开工|投产|揭牌|荣获|获得|当选|公布|实现)了"
)
_YEARS_AHEAD = 3  # of which a text may speak as past by a slip
_COUNTED = re.compile(r"(?<!\d)(\d{1,3})$")
_THIS_YEAR = re.compile(
    r"(?:(?P<now>今年)|(?<!\d)(?P<year>\d{4})年)，?(?:是|恰逢|适逢|正值|迎来|喜迎)[^，。；\n]{0,16}$"
)
_REACH = 40

# The rule, the place, what is wrong with it, what it should be.
_Found = tuple[Rule, Span, str, tuple[str, ...]]


class DateChecker:
    """
    DAT601: a day or hour that does not exist, or a full date more than 50 years ahead.

    DAT602: a weekday that the date does not have. DAT603: an end before its beginning. DAT604: a
    date after the day of publication told as past. DAT605: 今年是……N周年 with the wrong number.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Keep the events."""
        self._events = lexicon.tables.anniversaries

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return all rules."""
        return (IMPOSSIBLE_DATE, WRONG_WEEKDAY, ENDS_EARLY, NOT_YET, WRONG_ANNIVERSARY)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each date that cannot be."""
        folded = fold(document.text)
        for rule, span, reason, suggestions in self._found(folded, document.published_on):
            yield Finding(
                rule=rule,
                span=span,
                severity=Severity.HINT if about_errors(document, span) else rule.severity,
                confidence=_CONFIDENCE,
                message=f"{rule.title}：“{span.of(folded)}”{reason}",
                suggestions=suggestions,
                basis=rule.basis,
            )

    def _found(self, text: str, day: date | None) -> Iterator[_Found]:
        for written in written_dates(text):
            if not written.lunar:
                yield from _impossible(text, written, day)
                yield from _wrong_weekday(text, written, day)
                yield from _reversed(text, written)
                if day is not None:
                    yield from _told_as_past(text, written, day)
        yield from _numeric(text, day)
        yield from _clock(text)
        years = list(places_of("年", text))
        yield from _from_later_years(text, years)
        if day is not None:
            yield from _coming_years(text, years, day)
            yield from _anniversaries(text, day, self._events)


def _impossible(text: str, written: WrittenDate, day: date | None) -> Iterator[_Found]:
    """Yield a date that the calendar does not have."""
    span = written.span
    if written.year_digits > _YEAR_DIGITS:
        if span.of(text).startswith("20"):
            yield IMPOSSIBLE_DATE, span, "年份多了一位", ()
    elif written.day is not None:
        reason = _wrong(written.year, written.month, written.day, day)
        if reason is None and day is not None and _no_leap_day(text, written, day):
            reason = "：相近的年份都不是闰年，没有这一天"
        if reason is not None:
            century = _century_before(span.of(text), written.year, day)
            yield IMPOSSIBLE_DATE, span, reason, century
    elif written.month > _MONTHS and _PART_OF_MONTH.match(text, span.end):
        yield IMPOSSIBLE_DATE, span, "没有这个月份", ()


def _no_leap_day(text: str, written: WrittenDate, published_on: date) -> bool:
    """Tell whether a 29th of February without a year is in no year that may be meant."""
    if written.year is not None or (written.month, written.day) != (2, 29):
        return False
    today = _TODAY.search(text[max(0, written.span.start - 4) : written.span.start])
    reach = _NEAR if today else _YEAR_OF_DAYS
    years = range(published_on.year - 1, published_on.year + 2)
    days = (date(year, 2, 29) for year in years if isleap(year))
    if any(abs((one - published_on).days) <= reach for one in days):
        return False
    named = map(int, _SPOKEN_OF.findall(text))
    return bool(today) or not (_OF_LEAP_YEARS.search(text) or any(map(isleap, named)))


def _numeric(text: str, day: date | None) -> Iterator[_Found]:
    """Yield impossible dates in figures: 2020.2.30."""
    for place in chain.from_iterable(places_of(sign, text) for sign in ".-/"):
        match = _NUMERIC.match(text, place - _YEAR_DIGITS)
        if match is None:
            continue
        year = int(match["year"])
        reason = _wrong(year, int(match["month"]), int(match["day"]), day)
        if reason is not None:
            span = Span(match.start(), match.end())
            yield IMPOSSIBLE_DATE, span, reason, _century_before(match.group(), year, day)


def _clock(text: str) -> Iterator[_Found]:
    """Yield the times that no clock shows."""
    for place in chain(places_of("时", text), places_of("点", text)):
        if not text[place - 1 : place].isdecimal():
            continue
        match = _CLOCK.match(text, place - 3) or _CLOCK.match(text, place - 2)
        if match and (int(match["hour"]) > _HOURS or int(match["minute"] or 0) > _MINUTES):
            yield IMPOSSIBLE_DATE, Span(match.start("hour"), match.end()), "没有这个时刻", ()


def _from_later_years(text: str, places: Sequence[int]) -> Iterator[_Found]:
    """Yield those of the places of 年 with which a range ends early: 2019年至2018年."""
    end = 0
    for place in places:
        if text[place - _YEAR_DIGITS - 1 : place - _YEAR_DIGITS] not in _JOINTS:
            continue
        match = _YEARS.search(text, max(end, place - _LONGEST_YEARS), place + 2)
        end = match.end() if match else end
        if match and match[1] > match[2]:
            yield ENDS_EARLY, Span(match.start(), match.end()), "，结束早于开始", ()


def _century_before(text: str, year: int | None, published_on: date | None) -> tuple[str, ...]:
    """Return the date a hundred years before, where that is a year of late: 2021 for 2121."""
    if year is None or published_on is None:
        return ()
    earlier = year - _CENTURY
    late = published_on.year - _OF_LATE <= earlier <= published_on.year
    return (text.replace(str(year), str(earlier), 1),) if late else ()


def _wrong(year: int | None, month: int, day: int, published_on: date | None) -> str | None:
    """Return why a date cannot be, None if it can."""
    if published_on is not None and year is not None and year - published_on.year > _HORIZON:
        if year - published_on.year < 10 * _CENTURY:
            return f"远在发布日期{published_on}之后"
        return None
    if not 1 <= month <= _MONTHS:
        return "没有这个月份"
    if not 1 <= day <= monthrange(year or _LEAP_YEAR, month)[1]:
        return "没有这一天"
    return None


def _date(year: int, month: int, day: int) -> date | None:
    """Return a date, None for one that the calendar does not have."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _wrong_weekday(text: str, written: WrittenDate, published_on: date | None) -> Iterator[_Found]:
    """Yield a weekday that the date before it does not have."""
    match = _WEEKDAY.match(text, written.span.end)
    meant = _meant(written, published_on) if match else None
    if match is None or meant is None:
        return
    right = _WEEKDAYS[meant.weekday()]
    if match[2].replace("天", "日") != right:
        span = Span(match.start(1), match.end(1))
        yield WRONG_WEEKDAY, span, f"：{meant}是星期{right}", (match[1][:-1] + right,)


def _meant(written: WrittenDate, published_on: date | None) -> date | None:
    """Return the date that is meant; without a year the one near the day of publication."""
    if written.day is None:
        return None
    if written.year is not None:
        return _date(written.year, written.month, written.day)
    if published_on is None:
        return None
    years = (published_on.year - 1, published_on.year, published_on.year + 1)
    dates = (_date(year, written.month, written.day) for year in years)
    near = [one for one in dates if one is not None and abs((one - published_on).days) <= _NEAR]
    return near[0] if len(near) == 1 else None


def _reversed(text: str, written: WrittenDate) -> Iterator[_Found]:
    """
    Yield a range that surely ends before it begins.

    Without both years 11月至3月 may reach over the turn of the year; in one month nothing does.
    """
    match = _UNTIL.match(text, written.span.end)
    if match is None:
        return
    year, month, day = (int(part) if part else None for part in match.group("year", "month", "day"))
    if month is None and (day is None or year is not None):
        return
    if year is not None and written.year is None:
        return
    begins = (written.year or 0, written.month, written.day or 0)
    ends = (year or written.year or 0, month or written.month, day or 0)
    if year is None and begins[1] != ends[1]:
        return
    known = 3 if written.day and day else 2
    if begins[:known] > ends[:known]:
        yield ENDS_EARLY, Span(written.span.start, match.end()), "，结束早于开始", ()


def _told_as_past(text: str, written: WrittenDate, published_on: date) -> Iterator[_Found]:
    """Yield a date after the day of publication that is told as past."""
    if written.year is None or not 0 <= written.year - published_on.year <= _YEARS_AHEAD:
        return
    meant = _date(written.year, written.month, written.day or 1)
    if meant is not None and meant > published_on and _DONE.match(text, written.span.end):
        yield NOT_YET, written.span, f"晚于发布日期{published_on}", ()


def _coming_years(text: str, places: Sequence[int], published_on: date) -> Iterator[_Found]:
    """Yield those of the places of 年 where a coming one is told as past: 2027年召开了, in 2026."""
    coming = {str(published_on.year + ahead) for ahead in range(1, _YEARS_AHEAD + 1)}
    for place in places:
        start = place - _YEAR_DIGITS
        if text[start:place] in coming and _DONE.match(text, place + 1):
            yield NOT_YET, Span(start, place + 1), f"晚于发布日期{published_on}", ()


def _anniversaries(
    text: str, published_on: date, events: tuple[Anniversary, ...]
) -> Iterator[_Found]:
    """Yield the numbers of anniversaries that do not fit the year beside them."""
    for at in places_of("周年", text):
        number = _COUNTED.search(text, max(0, at - 4), at)
        if number is not None:
            before = text[max(0, number.start() - _REACH) : number.start()]
            yield from _wrong_anniversary(before, number, published_on, events)


def _wrong_anniversary(
    before: str, number: re.Match[str], published_on: date, events: tuple[Anniversary, ...]
) -> Iterator[_Found]:
    event = next((one for one in events if before.endswith(one.forms)), None)
    if event is None:
        return
    named = next(form for form in event.forms if before.endswith(form))
    told = _THIS_YEAR.search(before.removesuffix(named))
    if told is None:
        return
    year = published_on.year if told["now"] else int(told["year"])
    right = year - event.day.year
    if right != int(number[1]):
        span = Span(number.start(), number.end() + len("周年"))
        yield WRONG_ANNIVERSARY, span, f"：{year}年是{named}{right}周年", (f"{right}周年",)
