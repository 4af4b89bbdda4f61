"""The page of an account, and the figures of a period."""

from collections.abc import Callable
from datetime import datetime

import pytest
from web_office import Office, words_of

from textcheck.config import CHINA


@pytest.fixture(scope="module")
def reviewed(start_office: Callable[[], Office]) -> Office:
    """Find three errors of two accounts, two of them confirmed by two reviewers."""
    office = start_office()
    keys = [
        office.found(
            f"第{number}句说高质量发屏。", "高质量发屏", account, str(number), day=day, code=code
        )
        for number, (account, day, code) in enumerate(
            [
                ("a", datetime(2026, 4, 3, 9, tzinfo=CHINA), "FRM301"),
                ("b", datetime(2026, 5, 4, 9, tzinfo=CHINA), "NAM101"),
                ("a", datetime(2026, 5, 5, 9, tzinfo=CHINA), "FRM301"),
            ]
        )
    ]
    for name in ("审核员甲", "审核员乙"):
        browser = office.login(name)
        for key in keys[:2]:
            browser.decide(key, decision="confirm")
    return office


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "共 2 处，涉及 2 个账号；在运行 3 个账号，合格率 33.3%"),
        ("?since=2026-05-01", "共 1 处，涉及 1 个账号；在运行 3 个账号，合格率 66.7%"),
        ("?until=2026-03-31", "共 0 处，涉及 0 个账号；在运行 3 个账号，合格率 100.0%"),
    ],
)
def test_confirmed_errors_are_counted_in_their_period(
    reviewed: Office, query: str, told: str
) -> None:
    page = words_of(reviewed.login("查阅者").get(f"/statistics{query}"))
    assert told in page


def test_counts_stand_by_county_platform_class_and_month(reviewed: Office) -> None:
    page = words_of(reviewed.login("查阅者").get("/statistics"))
    for told in (
        "甲县 2 1 50.0%",
        "乙县 1 1 0.0%",
        "微信 3 2 33.3%",
        "固定表述 1",
        "领导人姓名 1",
        "2026-04 1",
        "2026-05 1",
    ):
        assert told in page


def test_an_account_shows_its_articles_months_and_findings(reviewed: Office) -> None:
    page = words_of(reviewed.login("查阅者").get("/accounts/a"))
    for told in ("账号a（微信）", "甲县某局", "严重 2 处", "2026-04 1", "2026-05 1"):
        assert told in page
    assert "没有列入过" in page


@pytest.mark.parametrize(
    ("name", "path", "status"),
    [
        ("查阅者", "/accounts/none", 404),
        ("乙县审核员", "/accounts/a", 404),
        ("乙县审核员", "/accounts/b", 200),
        ("乙县审核员", "/statistics", 403),
        ("查阅者", "/statistics?since=x", 400),
    ],
)
def test_who_may_not_see_it_or_asks_amiss_is_told(
    reviewed: Office, name: str, path: str, status: int
) -> None:
    assert reviewed.login(name).get(path).status_code == status
