from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from textcheck.account import Account, Platform, Status
from textcheck.article import ArticleState
from textcheck.config import CHINA
from textcheck.errors import BlockedError, FetchError, GoneError, StoreError
from textcheck.finding import Severity
from textcheck.run import Coverage
from textcheck.scan import NO_SOURCE, Stage
from textcheck.store.connect import Store
from textcheck.store.findings import list_issues
from textcheck.store.runs import read_run
from textcheck.store.tables import articles, queue, versions

if TYPE_CHECKING:
    from tests.scan.conftest import FakeSource, Night

NOW = datetime(2026, 5, 2, 1, 30, tzinfo=CHINA)
Make = Callable[..., Account]


def found(store: Store) -> list[tuple[str, str, Severity]]:
    with store.read() as connection:
        issues = list_issues(connection, confirmations=2)
    return [
        (f"{place.account_id}/{place.native_id}", issue.sentence, place.severity)
        for issue in issues
        for place in issue.occurrences
    ]


def counts(night: "Night", *accounts: Account, now: datetime = NOW) -> tuple[int, int, int, int]:
    run = night.scan(*accounts, now=now)
    return run.new_articles, run.new_versions, run.checked, run.new_findings


def test_a_scan_reads_checks_and_records(night: "Night") -> None:
    run = night.scan()
    # Hints are for editors: the one in 乙文一 is not recorded.
    assert found(night.store) == [
        ("a/1", "甲文一错严。", Severity.SERIOUS),
        ("b/1", "乙文一错。", Severity.ORDINARY),
    ]
    assert (run.new_articles, run.new_versions, run.checked, run.new_findings) == (4, 4, 4, 2)
    assert run.coverage == {
        "a": Coverage("a", listed=2, fetched=2),
        "b": Coverage("b", listed=2, fetched=2),
    }
    assert run.failures == []
    assert (run.night, run.started_at, run.finished_at) == ("2026-05-02", NOW, NOW)
    with night.store.read() as connection:
        assert read_run(connection, run.id) == run


def test_the_same_night_again_asks_nothing_and_adds_nothing(night: "Night") -> None:
    first = night.scan()
    night.asked()
    before = found(night.store)
    again = night.scan()
    assert night.asked() == []
    assert found(night.store) == before
    assert (again.new_articles, again.checked, again.new_findings) == (0, 0, 0)
    assert again.coverage == first.coverage
    assert again.id == "2026-05-02-2"


def test_the_next_night_lists_again_and_counts_only_what_is_new(night: "Night") -> None:
    night.scan()
    night.asked()
    night.source.pages["a"].insert(0, ["3"])
    night.source.texts["a/3"] = "甲文三错。"
    run = night.scan(now=NOW + timedelta(days=1))
    asked = night.asked()
    # What was published in the last week is read again, after what is new.
    assert [item for item in asked if item.startswith("fetch a")] == [
        "fetch a/3",
        "fetch a/2",
        "fetch a/1",
    ]
    assert sum(item.startswith("list") for item in asked) == 4
    assert (run.new_articles, run.new_findings) == (1, 1)
    assert run.coverage["a"] == Coverage("a", listed=3, fetched=1)


@pytest.mark.parametrize(
    ("now", "night_of_it"),
    [
        (datetime(2026, 5, 1, 23, 59, tzinfo=CHINA), "2026-05-01"),
        (datetime(2026, 5, 2, 0, 0, tzinfo=CHINA), "2026-05-02"),
        (datetime.fromisoformat("2026-05-01T17:00:00+00:00"), "2026-05-02"),
    ],
)
def test_a_night_is_a_day_in_china(night: "Night", now: datetime, night_of_it: str) -> None:
    assert night.scan(now=now).night == night_of_it


def test_accounts_that_are_closed_are_not_read(night: "Night", make_account: Make) -> None:
    closed = [
        make_account("a", status=Status.CLOSED),
        make_account("b", status=Status.CANCELLED),
    ]
    run = night.scan(*closed)
    assert night.asked() == []
    assert run.coverage == {}


def test_an_account_without_a_source_is_a_gap(night: "Night", make_account: Make) -> None:
    bare = make_account("c", platform=Platform.DOUYIN, sources=())
    run = night.scan(make_account("a"), bare, make_account("d", "unknown"))
    assert run.coverage["c"] == Coverage("c", error=NO_SOURCE)
    assert run.coverage["d"] == Coverage("d", error=NO_SOURCE)
    assert sorted(run.failures) == [
        "账号c（抖音）：未读：没有来源",
        "账号d（微信）：未读：没有来源",
    ]
    assert run.coverage["a"].fetched == 2


def test_the_first_source_that_lists_wins(
    night: "Night", make_account: Make, make_source: Callable[..., "FakeSource"]
) -> None:
    walled = make_source("walled", pages={"a": [["9"]]}, errors={"a": BlockedError("要求登录")})
    idle = make_source("idle", pages={"a": [["8"]]})
    walled.texts["a/9"] = "半路列出的。"
    run = night.scan(make_account("a", "walled", "fake", "idle"), others=(walled, idle))
    assert idle.asked == []
    # What the first one listed before it failed is read all the same.
    assert run.coverage["a"] == Coverage("a", listed=3, fetched=3)
    assert run.failures == ["账号a（微信）：来源 walled：要求登录"]


def test_an_account_that_no_source_lists_is_a_gap_until_it_is_listed(night: "Night") -> None:
    night.source.errors["a"] = FetchError("超时")
    night.source.pages["a"] = []
    run = night.scan()
    assert run.coverage["a"] == Coverage("a", error="来源 fake：超时")
    assert run.coverage["b"].fetched == 2
    del night.source.errors["a"]
    night.source.pages["a"] = [["1"]]
    night.asked()
    run = night.scan()
    assert night.asked() == ["list a 0", "fetch a/1"]
    assert run.coverage["a"] == Coverage("a", listed=1, fetched=1)


def test_what_failed_is_tried_again_the_same_night_and_what_was_read_is_not(
    night: "Night",
) -> None:
    text, night.source.texts["a/1"] = night.source.texts["a/1"], FetchError("连接超时")
    run = night.scan()
    assert run.coverage["a"] == Coverage("a", listed=2, fetched=1, failed=1)
    assert run.failures == ["账号a（微信） https://example.gov.cn/a/1：连接超时"]
    night.source.texts["a/1"] = text
    night.asked()
    run = night.scan()
    assert night.asked() == ["fetch a/1"]
    assert run.coverage["a"] == Coverage("a", listed=2, fetched=2)
    assert ("a/1", "甲文一错严。", Severity.SERIOUS) in found(night.store)
    with night.store.read() as connection:
        this = (queue.c.account_id == "a") & (queue.c.native_id == "1")
        row = connection.execute(select(queue).where(this)).one()
    assert (row.state, row.attempts, row.error) == ("fetched", 2, "")


def test_what_failed_one_night_is_tried_the_next_even_where_it_is_listed_no_more(
    night: "Night",
) -> None:
    night.source.texts["a/1"] = FetchError("连接超时")
    night.scan()
    night.source.pages["a"] = [["2"]]
    night.asked()
    run = night.scan(now=NOW + timedelta(days=1))
    assert "fetch a/1" in night.asked()
    assert run.coverage["a"] == Coverage("a", listed=1, failed=1)


def test_an_article_that_is_gone_keeps_its_text_and_is_not_asked_for_again(
    night: "Night",
) -> None:
    night.source.texts["a/1"] = GoneError("已被删除", ArticleState.VIOLATION.value)
    night.source.states["b/1"] = ArticleState.DELETED
    run = night.scan()
    assert run.coverage["a"] == Coverage("a", listed=2, fetched=1, gone=1)
    assert run.coverage["b"] == Coverage("b", listed=2, fetched=1, gone=1)
    assert run.failures == []
    night.asked()
    night.scan()
    assert night.asked() == []
    with night.store.read() as connection:
        states = connection.execute(
            select(articles.c.account_id, articles.c.state).where(articles.c.native_id == "1")
        )
        assert {row.account_id: row.state for row in states} == {
            "a": "violation",
            "b": "deleted",
        }


def test_a_partly_read_article_is_checked_and_counted(night: "Night") -> None:
    night.source.states["a/1"] = ArticleState.PARTIAL
    run = night.scan()
    assert run.coverage["a"] == Coverage("a", listed=2, fetched=2, partial=1)
    assert ("a/1", "甲文一错严。", Severity.SERIOUS) in found(night.store)


def test_a_text_that_cannot_be_checked_is_a_gap_and_is_tried_again(night: "Night") -> None:
    night.source.texts["a/1"] = "坏文错。"
    run = night.scan()
    assert run.coverage["a"] == Coverage("a", listed=2, fetched=2, failed=1)
    assert run.failures == ["https://example.gov.cn/a/1 未能检查：这篇检查不了"]
    assert (run.checked, run.new_findings) == (3, 1)
    again = night.scan()
    assert again.coverage["a"].failed == 1
    assert again.checked == 0


def test_articles_older_than_the_window_are_not_read(night: "Night") -> None:
    # since is included; an article without a date has to be read to know.
    night.source.pages["a"] = [["1", "2", "3", "4"]]
    night.source.ages = {"a/1": 1, "a/2": 2, "a/3": 3, "a/4": None}
    night.source.texts |= {"a/3": "旧文。", "a/4": "没有日期。"}
    run = night.scan(since=date(2026, 4, 30))
    assert run.coverage["a"].listed == 3
    assert "fetch a/3" not in night.asked()


def test_listing_stops_after_two_pages_of_old_articles(night: "Night") -> None:
    # One page of old articles may be pinned ones.
    night.source.pages["a"] = [["1"], ["2"], ["3"], ["4"], ["5"]]
    night.source.ages = {f"a/{number}": 90 for number in "1345"}
    night.source.pages["b"] = []
    night.scan()
    assert [item for item in night.asked() if item.startswith("list")] == [
        f"list a {number}" for number in range(4)
    ]
    assert night.source.closed == 2


def test_an_article_that_a_listing_names_twice_counts_once(night: "Night") -> None:
    night.source.pages["a"] = [["1", "2"], ["2", "1"]]
    assert night.scan().coverage["a"] == Coverage("a", listed=2, fetched=2)


def test_the_articles_of_an_account_are_read_in_order_beside_other_accounts(
    night: "Night",
) -> None:
    night.scan()
    asked = night.asked()
    assert [item for item in asked if " a" in item] == [
        "list a 0",
        "list a 1",
        "fetch a/2",
        "fetch a/1",
    ]
    assert asked[:2] == ["list a 0", "list b 0"]


def test_one_at_a_time_reads_the_same(night: "Night") -> None:
    run = night.scan(concurrency=1)
    assert night.asked()[:4] == ["list a 0", "list a 1", "fetch a/2", "fetch a/1"]
    assert run.new_articles == 4


def test_a_source_that_is_no_longer_there_is_a_failure(night: "Night", make_account: Make) -> None:
    night.source.texts["a/1"] = FetchError("超时")
    night.scan(make_account("a"))
    night.source.name = "renamed"
    run = night.scan(make_account("a"))
    assert run.failures == ["账号a（微信） https://example.gov.cn/a/1：没有名为 fake 的来源"]


def test_a_text_on_which_the_program_fails_is_a_gap(night: "Night") -> None:
    night.source.texts["a/1"] = "崩。"
    run = night.scan()
    assert (run.checked, run.coverage["a"].failed) == (3, 1)
    [failure] = run.failures
    assert "/a/1 未能检查：程序出错（KeyError：'崩'；conftest.py 第 " in failure
    with night.store.read() as connection:
        read = connection.execute(select(versions.c.id)).all()
    assert len(read) == 4  # what was read is kept


def test_a_fault_of_a_source_stops_the_scan_too(night: "Night") -> None:
    del night.source.texts["a/1"]
    with pytest.raises(KeyError, match="a/1"):
        night.scan()


def test_a_failing_database_stops_the_scan(night: "Night") -> None:
    night.source.errors["a"] = StoreError("磁盘已满")
    with pytest.raises(StoreError, match="磁盘已满"):
        night.scan()


def test_a_scan_of_nothing_ends(night: "Night", make_account: Make) -> None:
    night.source.pages = {}
    assert counts(night) == (0, 0, 0, 0)
    assert counts(night, make_account("x", status=Status.CLOSED)) == (0, 0, 0, 0)


def test_progress_tells_each_account_and_each_text(night: "Night") -> None:
    night.scan()
    read = [step for step in night.steps if step.stage is Stage.READ]
    assert [(step.done, step.total) for step in read] == [(1, 2), (2, 2)]
    assert {step.name for step in read} == {"账号a（微信）", "账号b（微信）"}
    checked = [step for step in night.steps if step.stage is Stage.CHECK]
    assert [(step.done, step.total) for step in checked] == [(n, 4) for n in range(1, 5)]


def test_a_renamed_account_keeps_its_articles(night: "Night", make_account: Make) -> None:
    night.scan()
    night.asked()
    renamed = replace(make_account("a"), name="新名称")
    assert counts(night, renamed) == (0, 0, 0, 0)
    assert night.asked() == []
