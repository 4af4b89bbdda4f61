"""Find the dates that a text writes with 月: what is written, not whether it can be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from textcheck.document import Span
from textcheck.text.places import places_of

__all__ = ["WrittenDate", "number_of", "numeral", "written_dates"]

_DAY = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,3})(?:日|号(?!线|楼|院|馆|文))")
_DIGITS = frozenset("0123456789")
_NUMERALS = frozenset("一二三四五六七八九十")
_MOST_NUMERALS = 3
_VALUES = {character: value for value, character in enumerate("零一二三四五六七八九十")}
_LUNAR = re.compile("(?:农历|阴历|旧历|闰|藏历|彝历|傣历|回历)[^，。；]{0,8}$")
_LUNAR_REACH = 12


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """
    A month, perhaps with year and day, as numbers; 0 for what is no number, None where absent.

    `year_digits` is how many digits the year has. `lunar` dates are of another calendar.
    """

    span: Span
    year: int | None
    year_digits: int
    month: int
    day: int | None
    lunar: bool


def written_dates(text: str) -> Iterator[WrittenDate]:
    """
    Yield the dates of a folded text, in order: `2020年2月3日`, `2月3号`, `二月三日`, `2020年2月`.

    >>> [(date.year, date.month, date.day) for date in written_dates("2020年2月30日至三月底")]
    [(2020, 2, 30), (None, 3, None)]
    """
    for at in places_of("月", text):
        start = _number_before(text, at)
        if start < at:
            yield _date(text, start, at)


def numeral(value: int) -> str:
    """
    Write a number below a hundred.

    >>> [numeral(value) for value in (4, 10, 14, 20, 21)]
    ['四', '十', '十四', '二十', '二十一']
    """
    tens, ones = divmod(value, 10)
    digits = "零一二三四五六七八九"
    head = "" if tens == 0 else "十" if tens == 1 else digits[tens] + "十"
    return head + (digits[ones] if ones else "")


def _number_before(text: str, end: int) -> int:
    """Return where a number of at most two digits or three numerals begins that ends here."""
    start = end
    if end and text[end - 1] in _NUMERALS:
        while start and text[start - 1] in _NUMERALS and end - start < _MOST_NUMERALS:
            start -= 1
        return start
    while start and text[start - 1] in _DIGITS:
        start -= 1
    return start if end - start <= 2 else end  # noqa: PLR2004 # of three digits none is a month


def _date(text: str, start: int, at: int) -> WrittenDate:
    month = number_of(text[start:at])
    day = _DAY.match(text, at + 1)
    begin, year, digits = start, None, 0
    if start and text[start - 1] == "年":
        while start - 1 - digits and text[start - 2 - digits] in _DIGITS:
            digits += 1
        if digits >= 4:  # noqa: PLR2004 # a year of two digits is of no known century
            begin = start - 1 - digits
            year = int(text[begin : start - 1])
    return WrittenDate(
        span=Span(begin, day.end() if day else at + 1),
        year=year,
        year_digits=digits,
        month=month,
        day=number_of(day[1]) if day else None,
        lunar=_LUNAR.search(text, max(0, begin - _LUNAR_REACH), begin) is not None,
    )


def number_of(text: str) -> int:
    """
    Read digits or Chinese numerals up to 99; 0 for what is no number.

    >>> [number_of(text) for text in ("30", "三十", "十一", "三十一", "三二", "三十五五")]
    [30, 30, 11, 31, 0, 0]
    """
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return 10 * _VALUES.get(tens, 1) + _VALUES.get(ones, 0) if ten else _VALUES.get(text, 0)
