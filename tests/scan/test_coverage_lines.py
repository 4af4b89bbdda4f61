"""What the summary says of an account beside the count of findings."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from textcheck.account import Account, Platform
from textcheck.cli.coverage import gap_of, warnings_of
from textcheck.config import CHINA, Config
from textcheck.run import Coverage, Makers, Run

if TYPE_CHECKING:
    from tests.scan.conftest import Night

ACCOUNT = Account("a", "甲县", "甲县某局", Platform.WEIBO, "甲县某局")
LABEL = "甲县某局（微博）"


@pytest.mark.parametrize(
    ("coverage", "words"),
    [
        (Coverage("a", error="被拒绝（403）"), "被拒绝（403）"),
        (Coverage("a", expected=3, failed=1), "平台统计 3 篇；1 篇未读到"),
        (
            Coverage("a", last_week=1, usual_week=6, partial=2),
            "近 7 天 1 篇，按前几周预计 6 篇；2 篇只读到一部分",
        ),
    ],
)
def test_a_gap_says_what_there_should_be(coverage: Coverage, words: str) -> None:
    assert gap_of(coverage) == words


@pytest.mark.parametrize(
    ("coverage", "told"),
    [
        (Coverage("a", last_week=1, usual_week=6), True),
        (Coverage("a", last_week=3, usual_week=6), False),
        (Coverage("a", last_week=0, usual_week=3), False),  # who publishes little has quiet weeks
        (Coverage("a", last_week=1, usual_week=6, failed=1), False),  # told as a gap
        (Coverage("a"), False),
    ],
)
def test_an_account_of_which_little_came_is_named(coverage: Coverage, told: bool) -> None:  # noqa: FBT001 # a table
    run = Run("1", "2026-05-02", datetime(2026, 5, 2, tzinfo=CHINA), Makers("", "", "", ""))
    run.coverage["a"] = coverage
    lines = list(warnings_of(run, {}, [ACCOUNT], Config()))
    line = f"注意：{LABEL}  近 7 天 1 篇，按前几周预计 6 篇，请核对有没有漏列。"
    assert lines == ([line] if told else [])


def test_a_night_notes_what_is_usual_where_nobody_counts(night: "Night") -> None:
    ids = [f"{week}-{number}" for week in range(5) for number in range(4 if week else 1)]
    night.source.pages = {"a": [ids], "b": []}
    night.source.texts = {f"a/{name}": "文。" for name in ids}
    night.source.ages = {f"a/{name}": 1 + 7 * int(name[0]) for name in ids}
    run = night.scan(since=datetime(2026, 1, 1, tzinfo=CHINA).date())
    coverage = run.coverage["a"]
    assert (coverage.last_week, coverage.usual_week) == (1, 4)
    assert run.coverage["b"].usual_week is None
    later = night.scan(now=run.started_at + timedelta(days=7))
    assert later.coverage["a"].last_week == 0
