"""Read times as Chinese sites write them."""

import re
from datetime import datetime

from textcheck.config import CHINA

__all__ = ["from_seconds", "month_and_day", "read_time"]

_TIME = re.compile(
    r"(?<!\d)(?P<year>20\d\d|19\d\d)[-/.年]\s?(?P<month>\d{1,2})[-/.月]\s?(?P<day>\d{1,2})(?!\d)日?"
    r"(?:[T\s]*(?P<hour>\d{1,2})[:时：](?P<minute>\d{1,2}))?"
)
_DAY = re.compile(r"(?<![\d-])(?P<month>\d{1,2})-(?P<day>\d{1,2})(?![\d-])")


def read_time(text: str) -> datetime | None:
    """
    Return the first time that stands in text, in China; midnight where only a day does.

    >>> str(read_time("发布时间：2026/07/09 09:30 来源"))
    '2026-07-09 09:30:00+08:00'
    """
    for match in _TIME.finditer(text):
        numbers = [int(part or 0) for part in match.groups()]
        try:
            return datetime(*numbers, tzinfo=CHINA)  # type: ignore[misc,arg-type] # five numbers
        except ValueError:
            continue
    return None


def month_and_day(text: str, near: datetime) -> datetime | None:
    """
    Return the day MM-DD that stands in text, in the year that puts it closest to `near`.

    >>> near = datetime(2026, 1, 2, tzinfo=CHINA)
    >>> str(month_and_day("12-31", near))
    '2025-12-31 00:00:00+08:00'
    """
    for match in _DAY.finditer(text):
        days = []
        for year in (near.year - 1, near.year, near.year + 1):
            try:
                days.append(datetime(year, int(match["month"]), int(match["day"]), tzinfo=CHINA))
            except ValueError:
                continue
        if days:
            return min(days, key=lambda day: abs(day - near))
    return None


def from_seconds(value: str) -> datetime | None:
    """Return the time of a Unix timestamp in digits; None for "" and "0"."""
    try:
        seconds = int(value)
        return datetime.fromtimestamp(seconds, CHINA) if seconds > 0 else None
    except (ValueError, OverflowError, OSError):
        return None
