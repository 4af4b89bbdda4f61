"""Dates that cannot be."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.text.fold import fold

__all__ = ["DateChecker"]

IMPOSSIBLE_DATE = Rule("DAT601", Severity.ORDINARY, "日期有误", "公历历法")

_CONFIDENCE = 0.95
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATES = re.compile(
    rf"(?:(?<!\d)(?P<year>\d{{4}})年)?(?P<month>(?<!\d){_NUMBER})月(?P<day>{_NUMBER})(?:日|号(?!线|楼|院|馆|文))"
    rf"|(?<![\d.\-/])(?P<year2>[12]\d{{3}})(?P<sign>[.\-/])(?P<month2>\d{{1,2}})(?P=sign)(?P<day2>\d{{1,2}})(?![\d.\-/]|\s*版)"
)
_LUNAR = re.compile("(?:农历|阴历|旧历|闰|藏历|彝历|傣历|回历)[^，。；]{0,8}$")
_LEAP_YEAR = 2000  # a date without a year is measured with a leap year: 2月29日 may be right
_HORIZON = 50  # years ahead: plans name years, but not days, that far away
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九十")}


class DateChecker:
    """DAT601: a day that the calendar does not have, or a full date more than 50 years ahead."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rule."""
        return (IMPOSSIBLE_DATE,)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each impossible date."""
        folded = fold(document.text)
        for match in _DATES.finditer(folded):
            year = match["year"] or match["year2"]
            month = _number(match["month"] or match["month2"])
            day = _number(match["day"] or match["day2"])
            reason = _wrong(int(year) if year else None, month, day, document.published_on)
            if reason is None or _LUNAR.search(folded, max(0, match.start() - 12), match.start()):
                continue
            yield Finding(
                rule=IMPOSSIBLE_DATE,
                span=Span(match.start(), match.end()),
                severity=IMPOSSIBLE_DATE.severity,
                confidence=_CONFIDENCE,
                message=f"{IMPOSSIBLE_DATE.title}：“{match.group()}”{reason}",
                suggestions=(),
                basis=IMPOSSIBLE_DATE.basis,
            )


def _number(text: str) -> int:
    """
    Read digits or Chinese numerals up to 99; 0 for what is no number.

    >>> _number("三十一"), _number("十二"), _number("31")
    (31, 12, 31)
    """
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS[text] if len(text) == 1 else 0
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def _wrong(year: int | None, month: int, day: int, published_on: date | None) -> str | None:
    """Say what is wrong with a date, None if it can be."""
    if not 1 <= month <= 12:  # noqa: PLR2004 # months of the year
        return "没有这个月份"
    if year is not None and published_on is not None and year > published_on.year + _HORIZON:
        return f"的年份远在发布日期{published_on}之后"
    if not 1 <= day <= monthrange(year or _LEAP_YEAR, month)[1]:
        return "没有这一天"
    return None
