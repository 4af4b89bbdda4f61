"""An account's sources in order, the platform's own count, and reading again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from textcheck.account import Account, Platform, SourceSpec
from textcheck.article import ArticleState
from textcheck.config import CHINA
from textcheck.document import BlockKind, join_blocks
from textcheck.errors import BlockedError, FetchError, GoneError, NotModified
from textcheck.review import Decision, Verdict
from textcheck.run import Coverage
from textcheck.store.findings import confirmed, list_issues
from textcheck.store.tables import articles, versions
from textcheck.store.verdicts import append_verdict

if TYPE_CHECKING:
    from tests.scan.conftest import FakeSource, Night
    from textcheck.article import Article, Reference
    from textcheck.errors import TextcheckError

NOW = datetime(2026, 5, 2, 1, 30, tzinfo=CHINA)
YESTERDAY = date(2026, 5, 1)
Make = Callable[..., Account]
MakeSource = Callable[..., "FakeSource"]


@pytest.fixture
def part(make_source: MakeSource) -> "FakeSource":
    """Return a source that lists two articles, which may not be all."""
    texts: dict[str, str | TextcheckError] = {"a/1": "甲一。", "a/2": "甲二。"}
    return make_source("part", pages={"a": [["2", "1"]]}, texts=texts, lists_all=False)


def test_a_part_that_agrees_with_the_count_is_all(
    night: "Night", make_account: Make, part: "FakeSource"
) -> None:
    part.counted = {YESTERDAY: 2}
    run = night.scan(make_account("a", "part", "fake"), others=(part,))
    assert night.asked() == []
    assert "census a 04-25 05-02" in part.asked
    assert run.coverage["a"] == Coverage("a", listed=2, fetched=2, expected=2)
    assert run.failures == []


def test_a_part_that_lacks_something_is_completed_by_the_next(
    night: "Night", make_account: Make, part: "FakeSource"
) -> None:
    part.counted = {YESTERDAY: 3}
    night.source.pages["a"] = [["3", "2", "1"]]
    night.source.texts["a/3"] = "甲三。"
    run = night.scan(make_account("a", "part", "fake"), others=(part,))
    assert run.coverage["a"] == Coverage("a", listed=3, fetched=3, expected=3)
    # What both list is read where the first one lists it.
    assert [item for item in night.asked() if "fetch" in item] == ["fetch a/3"]


def test_what_the_platform_counted_and_nobody_lists_is_a_gap(
    night: "Night", make_account: Make, part: "FakeSource"
) -> None:
    part.counted = {YESTERDAY: 5, date(2026, 4, 30): 0}
    run = night.scan(make_account("a", "part", "fake"), others=(part,))
    gap = "平台统计近 7 天发出 5 篇，其中 3 篇没有列出"
    assert run.coverage["a"] == Coverage("a", listed=2, fetched=2, expected=5, error=gap)
    assert run.failures == [f"账号a（微信）：{gap}"]


def test_a_part_without_a_count_is_a_gap(
    night: "Night", make_account: Make, part: "FakeSource"
) -> None:
    part.pages["a"] = [[]]  # what freepublish says of most accounts
    run = night.scan(make_account("a", "part"), others=(part,))
    assert run.coverage["a"].error == "来源 part 不能列出全部文章，也没有平台统计可以核对"
    assert run.failures == ["账号a（微信）：来源 part 的平台统计：没有统计"]


def test_an_article_under_two_names_is_read_once(
    night: "Night", make_account: Make, part: "FakeSource"
) -> None:
    part.titles = {"a/1": "同一个题"}
    night.source.pages["a"] = [["short", "9"]]
    night.source.titles = {"a/short": "同一个题", "a/9": "同一个题"}
    night.source.ages["a/9"] = 3  # the same title on another day is another article
    night.source.texts["a/9"] = "甲九。"
    run = night.scan(make_account("a", "part", "fake"), others=(part,))
    assert run.coverage["a"].listed == 3
    assert "fetch a/short" not in night.asked()


def test_every_setting_of_one_kind_is_listed(night: "Night", make_account: Make) -> None:
    columns = (SourceSpec("fake", {"list": "1"}), SourceSpec("fake", {"list": "2"}))
    run = night.scan(make_account("a", sources=columns))
    assert night.asked().count("list a 0") == 2
    assert run.coverage["a"] == Coverage("a", listed=2, fetched=2)


def test_the_account_that_was_not_read_for_longest_is_first(night: "Night") -> None:
    night.source.errors["b"] = BlockedError("要求登录")
    assert "连续" not in str(night.scan(concurrency=1).coverage)
    night.asked()
    night.scan(now=NOW + timedelta(days=1), concurrency=1)
    lists = [item for item in night.asked() if item.startswith("list")]
    assert lists == ["list b 0", "list a 0", "list a 1"]


def test_only_the_accounts_named_are_read(night: "Night") -> None:
    run = night.scan(only=frozenset({"b"}))
    assert list(run.coverage) == ["b"]
    assert not [item for item in night.asked() if " a" in item]


def texts_of(night: "Night", name: str) -> list[str]:
    account_id, native_id = name.split("/")
    with night.store.read() as connection:
        rows = connection.execute(
            select(versions.c.text)
            .join(articles)
            .where(articles.c.account_id == account_id, articles.c.native_id == native_id)
            .order_by(versions.c.id)
        )
        return list(rows.scalars())


def test_a_silent_edit_is_a_new_version_and_is_checked(night: "Night") -> None:
    night.scan()
    night.source.texts["a/2"] = "甲文二改错了。"
    run = night.scan(now=NOW + timedelta(hours=21))
    assert texts_of(night, "a/2") == ["甲文二。", "甲文二改错了。"]
    assert (run.new_articles, run.new_versions, run.new_findings) == (0, 1, 1)


@pytest.mark.parametrize(("hours", "asked"), [(5, 0), (21, 4), (7 * 24, 0)])
def test_what_is_recent_is_read_again_once_in_twenty_hours(
    night: "Night", hours: int, asked: int
) -> None:
    night.scan()
    night.asked()
    night.source.pages = {}
    for _ in range(2):
        night.scan(now=NOW + timedelta(hours=hours))
    assert sum(item.startswith("fetch") for item in night.asked()) == asked


def test_what_became_of_an_article_since_is_told(night: "Night") -> None:
    night.scan()
    night.source.texts |= {
        "a/1": NotModified("没有变化"),
        "a/2": GoneError("已删除", "deleted"),
        "b/1": FetchError("超时"),
    }
    night.source.texts["b/2"] = "乙。"
    night.source.states["b/2"] = ArticleState.PARTIAL
    run = night.scan(now=NOW + timedelta(hours=24))
    assert run.coverage["a"] == Coverage("a", listed=2, gone=1)
    assert sorted(run.failures) == [
        "账号b（微信） https://example.gov.cn/b/1 复读：超时",
        "账号b（微信） https://example.gov.cn/b/2 复读：只读到一部分",
    ]
    # The text of a deleted article stays, and a poorer one takes no other's place.
    assert texts_of(night, "a/2") == ["甲文二。"]
    assert texts_of(night, "b/2") == ["乙文二。"]


@pytest.mark.parametrize(
    ("age", "idle", "entries"), [(9, None, 0), (10, 10, 0), (13, 13, 0), (14, 14, 1), (40, 40, 1)]
)
def test_an_account_that_is_not_updated_is_warned_of_and_then_an_entry(
    night: "Night", age: int, idle: int | None, entries: int
) -> None:
    night.source.pages = {"a": [["2"]], "b": [["1"]]}
    night.source.ages = {"a/2": age, "b/1": 0}
    for _ in range(2):
        run = night.scan(since=date(2026, 4, 2))
    assert run.coverage["a"].idle_days == idle
    assert run.coverage["b"].idle_days is None
    with night.store.read() as connection:
        issues = list_issues(connection, confirmations=2)
    lapsed = [issue for issue in issues if issue.rule_code == "UPD001"]
    assert len(lapsed) == entries
    for issue in lapsed:
        [place] = issue.occurrences
        assert place.published_on == (NOW - timedelta(days=age)).date()
        assert f"已有{age}天没有更新" in issue.message


def test_a_confirmed_lapse_is_a_line_of_its_own_problem(night: "Night") -> None:
    night.source.pages = {"a": [["2"]]}
    night.source.ages = {"a/2": 20}
    night.scan()
    with night.store.write() as connection:
        [issue] = [
            item for item in list_issues(connection, confirmations=1) if item.rule_code == "UPD001"
        ]
        verdict = Verdict(issue.fingerprint, "everywhere", Decision.CONFIRM, "", "甲", NOW, "")
        append_verdict(connection, verdict)
        [line] = confirmed(connection, confirmations=1).dated
    assert (line.account_id, line.problem) == ("a", "内容不更新")
    assert line.published_on == date(2026, 4, 12)


def test_accounts_that_end_with_the_same_words_are_decided_one_by_one(night: "Night") -> None:
    night.source.pages = {"a": [["2"]], "b": [["1"]]}
    night.source.texts |= {"a/2": "每日天气预报。", "b/1": "每日天气预报。"}
    night.source.ages = {"a/2": 20, "b/1": 30}
    for _ in range(2):
        night.scan()
    with night.store.read() as connection:
        issues = list_issues(connection, confirmations=1)
    lapsed = [item for item in issues if item.rule_code == "UPD001"]
    assert sorted(place.account_id for item in lapsed for place in item.occurrences) == ["a", "b"]
    assert len(lapsed) == 2


def test_an_account_that_was_not_listed_in_full_is_not_judged(night: "Night") -> None:
    night.source.pages = {"a": [["2"]]}
    night.source.ages = {"a/2": 20}
    night.source.errors["a"] = BlockedError("要求登录")
    assert night.scan().coverage["a"].idle_days is None


def test_the_last_article_of_an_abandoned_account_is_read_however_old(night: "Night") -> None:
    night.source.pages = {"a": [["2", "1"]]}
    night.source.ages = {"a/1": 400, "a/2": 200}
    run = night.scan()
    assert [item for item in night.asked() if item.startswith("fetch")] == ["fetch a/2"]
    assert run.coverage["a"].idle_days == 200


@pytest.mark.parametrize(
    ("platform", "count"),
    [(Platform.WECHAT, 2), (Platform.SITE, 2), (Platform.WEIBO, 1), (Platform.DOUYIN, 1)],
)
def test_what_is_passed_on_counts_where_the_settings_say_so(
    night: "Night",
    make_account: Make,
    monkeypatch: pytest.MonkeyPatch,
    platform: Platform,
    count: int,
) -> None:
    fetch = night.source.fetch

    async def with_quotation(_source: "FakeSource", reference: "Reference") -> "Article":
        article = await fetch(reference)
        text, blocks = join_blocks(
            [(BlockKind.BODY, "转发一错。"), (BlockKind.QUOTED, "原文有错。")]
        )
        return replace(article, document=replace(article.document, text=text, blocks=blocks))

    monkeypatch.setattr(type(night.source), "fetch", with_quotation)
    night.source.pages = {"a": [["1"]]}
    night.scan(make_account("a", platform=platform))
    with night.store.read() as connection:
        issues = list_issues(connection, confirmations=2)
    assert sorted(issue.message for issue in issues) == ["错字", "错字（转载的文字）"][:count]
