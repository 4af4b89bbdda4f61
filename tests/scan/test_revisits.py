"""After a finding is confirmed its page is looked at every night: 已修改, 已删除, 未修改, 再现."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from textcheck.account import Account, Platform
from textcheck.article import ArticleState
from textcheck.cli.coverage import revisits_told
from textcheck.edition import NOT_UPDATED_CODE
from textcheck.errors import FetchError, GoneError
from textcheck.review import EVERYWHERE, Decision, Verdict
from textcheck.revisit import told
from textcheck.store.findings import list_issues
from textcheck.store.revisits import watched_errors
from textcheck.store.verdicts import append_verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.scan.conftest import Night

NOW = datetime.fromisoformat("2026-05-02T01:30:00+08:00")
WRONG, RIGHT = "甲文一错严。", "甲文一对严。"
GONE = GoneError("已删除", ArticleState.DELETED.value)


def after(days: int) -> datetime:
    return NOW + timedelta(days=days)


@pytest.fixture
def confirmed(night: "Night") -> "Night":
    """Scan a month-old article with a serious error, which two reviewers confirm at once."""
    night.source.ages = {"a/1": 20}
    night.scan()
    with night.store.write() as connection:
        for issue in list_issues(connection, confirmations=2):
            for name in ("审核员甲", "审核员乙"):
                said = Verdict(issue.fingerprint, EVERYWHERE, Decision.CONFIRM, "", name, NOW)
                append_verdict(connection, said)
    night.asked()
    return night


def outcomes(night: "Night", account: str = "a", native: str = "1") -> list[str]:
    with night.store.read() as connection:
        found = watched_errors(connection, 2)
    return [
        revisit.outcome.value
        for item in found
        if (item.account_id, item.native_id) == (account, native)
        for revisit in item.revisits
    ]


def nights(night: "Night", texts: "Iterable[str | Exception]") -> list[str]:
    """Scan a night for each state of the page; return what was seen."""
    for day, text in enumerate(texts, start=1):
        night.source.texts["a/1"] = text  # type: ignore[assignment] # an error is raised
        night.scan(now=after(day))
    return outcomes(night)


@pytest.mark.parametrize(
    ("pages", "seen"),
    [
        ([WRONG, WRONG], ["未修改", "未修改"]),
        ([RIGHT], ["已修改"]),
        ([GONE, GONE], ["已删除", "已删除"]),
        ([WRONG, RIGHT, WRONG, WRONG, RIGHT], ["未修改", "已修改", "再现", "再现", "已修改"]),
        ([GONE, WRONG], ["已删除", "再现"]),
        # The sentence was touched, the error in it was not.
        (["甲文今日一错严。", RIGHT], ["未修改", "已修改"]),
        # The sentence is mended, another one says the same wrong words.
        (["甲文一对严。错严。"], ["未修改"]),
        # A night that could not look says nothing.
        ([FetchError("超时"), RIGHT], ["已修改"]),
    ],
)
def test_what_is_seen_of_a_page(
    confirmed: "Night", pages: "list[str | Exception]", seen: list[str]
) -> None:
    assert nights(confirmed, pages) == seen


def test_a_mended_page_is_watched_a_week_and_one_that_is_not_goes_on(confirmed: "Night") -> None:
    assert nights(confirmed, [RIGHT] * 10) == ["已修改"] * 8
    confirmed.asked()
    confirmed.scan(now=after(11))
    assert "fetch a/1" not in confirmed.asked()


def test_what_stands_for_more_than_a_week_is_late(confirmed: "Night") -> None:
    nights(confirmed, [WRONG] * 9)
    with confirmed.store.read() as connection:
        (item,) = watched_errors(connection, 2)
        assert told(item, after(7).date()) == "未修改（复查 9 次）"
        assert told(item, after(9).date()) == "未修改（复查 9 次，超过 7 天）"
        watched = watched_errors(connection, 2)
    assert list(revisits_told(watched, after(9).date(), [])) == [
        "复查：已确认的问题 1 处，已修改 0、已删除 0、未修改 1、再现 0；确认超过 7 天仍在的 1 处。"
    ]
    assert list(revisits_told(watched, after(10).date(), [])) == []


def test_the_same_night_looks_once_and_after_three_months_no_more(confirmed: "Night") -> None:
    nights(confirmed, [WRONG])
    confirmed.asked()
    confirmed.scan(now=after(1) + timedelta(hours=2))
    assert "fetch a/1" not in confirmed.asked()
    confirmed.scan(now=after(91))
    assert "fetch a/1" not in confirmed.asked()


def test_a_gone_page_is_counted_in_the_night_that_missed_it(confirmed: "Night") -> None:
    confirmed.source.texts["a/1"] = GONE
    first = confirmed.scan(now=after(1))
    second = confirmed.scan(now=after(2))
    assert [run.coverage["a"].gone for run in (first, second)] == [1, 0]


def test_a_mended_sentence_that_is_published_again_is_back(confirmed: "Night") -> None:
    nights(confirmed, [RIGHT])
    confirmed.source.pages["a"] = [["3"], ["2"], ["1"]]
    confirmed.source.texts["a/3"] = WRONG
    confirmed.scan(now=after(2))
    confirmed.scan(now=after(3))
    assert outcomes(confirmed, native="3") == ["再现"]
    with confirmed.store.read() as connection:
        (back,) = [item for item in watched_errors(connection, 2) if item.native_id == "3"]
    owner = Account("a", "甲县", "甲县某局", Platform.WECHAT, "账号a")
    assert list(revisits_told([back], after(3).date(), [owner])) == [
        "复查：已确认的问题 1 处，已修改 0、已删除 0、未修改 0、再现 1。",
        f"再现：账号a（微信）  问题 {back.fingerprint[:12]}",
    ]


def test_an_account_that_was_not_updated_is_looked_at_until_it_publishes(night: "Night") -> None:
    night.source.pages = {"a": [["2"]]}
    night.source.ages = {"a/2": 20}
    night.scan()
    with night.store.write() as connection:
        for issue in list_issues(connection, confirmations=2):
            if issue.rule_code == NOT_UPDATED_CODE:
                for name in ("审核员甲", "审核员乙"):
                    said = Verdict(issue.fingerprint, EVERYWHERE, Decision.CONFIRM, "", name, NOW)
                    append_verdict(connection, said)
    night.scan(now=after(1))
    night.source.errors["a"] = FetchError("超时")  # a night that could not look says nothing
    night.scan(now=after(2))
    del night.source.errors["a"]
    run = night.scan(now=after(8))
    assert run.coverage["a"].idle_days == 28
    assert outcomes(night, native="2") == ["仍未更新", "仍未更新"]
    with night.store.read() as connection:
        (item,) = watched_errors(connection, 2)
    assert told(item, after(8).date()) == "仍未更新（复查 2 次，超过 7 天）"
    assert list(revisits_told([item], after(8).date(), [])) == [
        "复查：已确认的内容不更新 1 个，已更新 0、仍未更新 1；确认超过 7 天仍在的 1 个。"
    ]
    night.source.pages = {"a": [["3", "2"]]}
    night.source.texts["a/3"] = "甲文三。"
    night.scan(now=after(9))
    assert outcomes(night, native="2") == ["仍未更新", "仍未更新", "已更新"]


def test_what_nobody_confirmed_is_not_looked_at(night: "Night") -> None:
    night.source.ages = {"a/1": 20}
    night.scan()
    night.asked()
    night.scan(now=after(1))
    assert "fetch a/1" not in night.asked()
    assert outcomes(night) == []
