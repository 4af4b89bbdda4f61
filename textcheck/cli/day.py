"""Days as users write them, and now."""

import re
from datetime import date, datetime

from textcheck.config import CHINA
from textcheck.errors import ConfigError

__all__ = ["now_in_china", "parse_day"]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def parse_day(text: str) -> date:
    """
    Read 2026-05-01; raise ConfigError on anything else.

    A partial day (2026-05) is refused: which day is meant decides who held an office.
    """
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise ConfigError(f"没有“{text}”这一天") from error
    raise ConfigError(f"日期应写作 2026-05-01 这样的完整形式，不是“{text}”")


def now_in_china() -> datetime:
    """Return what the clocks in China show."""
    return datetime.now(CHINA)
