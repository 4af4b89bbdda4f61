from datetime import datetime

import pytest

from textcheck.config import CHINA
from textcheck.sources.times import from_seconds, month_and_day, read_time
from textcheck.sources.weibo_post import weibo_time

NOW = datetime(2026, 1, 1, 0, 30, 15, 500, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2019-09-18 06:23", "2019-09-18 06:23"),
        ("2026/07/09 09:30", "2026-07-09 09:30"),
        ("2026-07-16 16:09:00", "2026-07-16 16:09"),
        ("2026.7.9", "2026-07-09 00:00"),
        ("2026年9月4日 8时05分", "2026-09-04 08:05"),
        ("2026年 9月 4日", "2026-09-04 00:00"),
        ("2026-07-16T16:09:00", "2026-07-16 16:09"),
        ("（发布时间：2026-07-16　来源：本站）", "2026-07-16 00:00"),
        ("2026-13-40，实为2026-12-31", "2026-12-31 00:00"),
        ("2026-07-16 25:61", None),
        ("12026-07-16", None),
        ("1026-07-16", None),
        ("2026-07", None),
        ("", None),
    ],
)
def test_time_as_sites_write_it(text: str, time: str | None) -> None:
    expected = datetime.fromisoformat(f"{time}:00+08:00") if time else None
    assert read_time(text) == expected


@pytest.mark.parametrize(
    ("text", "near", "day"),
    [
        ("06-24", "2026-06-24", "2026-06-24"),
        ("12-31", "2026-01-01", "2025-12-31"),
        ("01-01", "2025-12-31", "2026-01-01"),
        ("02-29", "2025-03-01", "2024-02-29"),
        ("13-01", "2026-01-01", None),
        ("2026-01-01", "2026-01-01", None),  # a whole date is read_time's
        ("", "2026-01-01", None),
    ],
)
def test_month_and_day_fall_next_to_the_named_day(text: str, near: str, day: str | None) -> None:
    expected = datetime.fromisoformat(f"{day}T00:00+08:00") if day else None
    assert month_and_day(text, datetime.fromisoformat(f"{near}T00:00+08:00")) == expected


@pytest.mark.parametrize(
    ("value", "time"),
    [
        ("1775038385", datetime(2026, 4, 1, 18, 13, 5, tzinfo=CHINA)),
        ("0", None),
        ("-5", None),
        ("", None),
        ("x", None),
        ("9" * 30, None),
    ],
)
def test_seconds_are_a_time_in_china(value: str, time: datetime | None) -> None:
    assert from_seconds(value) == time


@pytest.mark.parametrize(
    ("value", "time"),
    [
        ("Tue Jun 08 09:35:04 +0800 2021", "2021-06-08 09:35:04"),
        ("Tue Jun 08 01:35:04 +0000 2021", "2021-06-08 09:35:04"),
        ("刚刚", "2026-01-01 00:30:15"),
        ("20秒前", "2026-01-01 00:29:55"),
        ("5分钟前", "2026-01-01 00:25:15"),
        ("3 小时前", "2025-12-31 21:30:15"),
        ("今天 00:10", "2026-01-01 00:10:00"),
        ("昨天 09:12", "2025-12-31 09:12:00"),
        ("2024-2-29", "2024-02-29 00:00:00"),
        ("01-01", "2026-01-01 00:00:00"),
        ("12-31", "2025-12-31 00:00:00"),  # never in the future
        ("Tue Jux 08 09:35:04 +0800 2021", None),
        ("今天 25:10", None),
        ("2025-02-29", None),
        ("99999999999小时前", None),
        ("前天", None),
        ("", None),
    ],
)
def test_time_as_weibo_writes_it(value: str, time: str | None) -> None:
    expected = datetime.fromisoformat(f"{time}+08:00") if time else None
    assert weibo_time(value, NOW) == expected
