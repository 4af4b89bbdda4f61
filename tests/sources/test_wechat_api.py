"""The official interface of WeChat on loopback, with the platform's own rules."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from replay import Replay
from replay_hosts.wechat_api import ApiAccount, WechatApiHost

from tests.sources.reading import NOW, account
from textcheck import errors
from textcheck.article import Article, ArticleState, Cursor, Listing, Page
from textcheck.config import CHINA, CrawlerConfig
from textcheck.crawler.client import Client
from textcheck.document import BlockKind
from textcheck.sources.wechat_api import WechatApi, count_days, list_published, read_drafts
from textcheck.sources.wechat_calls import WechatCalls, refuse

BATCHGET = "/cgi-bin/freepublish/batchget"
PUBLISHED_AT = datetime(2026, 11, 19, 18, 13, tzinfo=CHINA)
WATCHED = account("wechat_api", appid="wx1", secret="env:WX_SECRET")  # noqa: S106 # a reference
naps: list[float] = []


async def sleep(seconds: float) -> None:
    naps.append(seconds)


def news(number: int, **changed: Any) -> dict[str, Any]:  # noqa: ANN401 # JSON values
    item = {
        "title": f"题{number}",
        "author": "办公室",
        "digest": "另写的摘要",
        "content": f"<p>第{number}篇<span>正文</span>。</p>",
        "url": f"http://mp.weixin.qq.com/s?__biz=MzA==&mid={number}&idx=1&sn=x#rd",
        "is_deleted": False,
    }
    return item | changed


def push(number: int, *items: Mapping[str, Any], edited: int = 0) -> dict[str, Any]:
    at = int(PUBLISHED_AT.timestamp()) - number * 3600
    content = {"news_item": list(items or [news(number)]), "create_time": at, "update_time": at}
    return {"article_id": f"A{number}", "media_id": f"A{number}", "content": content} | {
        "update_time": at + edited
    }


def using(tmp_path: Path, served: ApiAccount, use: Callable[[WechatApi], Awaitable[Any]]) -> Any:  # noqa: ANN401 # what use returns
    naps.clear()
    host = WechatApiHost({"wx1": served})

    async def run() -> Any:  # noqa: ANN401 # likewise
        with Replay(tmp_path, hosts={"api.weixin.qq.com": host}) as replay:
            config = CrawlerConfig(pace=0.0, retries=0, reroute=replay.reroute())
            async with Client(config, now=lambda: NOW) as client:
                calls = WechatCalls(client, sleep=sleep, now=lambda: NOW)
                return await use(WechatApi(client, calls, client))

    return asyncio.run(run())


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WX_SECRET", "s3cret")


async def listings(api: WechatApi) -> list[Listing]:
    return [listing async for listing in api.list(WATCHED, Cursor())]


async def articles(api: WechatApi) -> list[Article]:
    found = []
    for listing in await listings(api):
        found += [await api.fetch(reference) for reference in listing.references]
    return found


def test_all_pages_are_listed_with_one_token(tmp_path: Path) -> None:
    served = ApiAccount("s3cret", pushes=[push(number) for number in range(45)])
    found = using(tmp_path, served, listings)
    assert [len(listing.references) for listing in found] == [20, 20, 5]
    assert [listing.cursor for listing in found] == [Cursor("20"), Cursor("40"), None]
    assert served.calls == {"token": 1, BATCHGET: 3}


def test_an_article_is_read_from_the_list_to_the_minute(tmp_path: Path) -> None:
    served = ApiAccount("s3cret", pushes=[push(1), push(2, edited=7200)])
    [first, edited] = using(tmp_path, served, articles)
    assert first.reference.native_id == "MzA==:1:1"
    assert first.reference.url.startswith("https://mp.weixin.qq.com/s?__biz=MzA==&mid=1&")
    kinds = [block.kind for block in first.document.blocks]
    assert kinds == [BlockKind.TITLE, BlockKind.AUTHOR, BlockKind.DIGEST, BlockKind.BODY]
    assert first.document.text == "题1\n办公室\n另写的摘要\n第1篇正文。"
    assert first.published_at == datetime(2026, 11, 19, 17, 13, tzinfo=CHINA)
    assert first.document.published_on == date(2026, 11, 19)
    assert first.modified_at is None
    assert edited.modified_at == datetime(2026, 11, 19, 18, 13, tzinfo=CHINA)
    [page] = first.pages
    assert json.loads(page.body)["title"] == "题1"
    assert page.url == "https://api.weixin.qq.com/cgi-bin/freepublish/batchget?access_token=***"
    assert "s3cret" not in repr(first)


def test_a_deleted_article_is_gone_and_the_others_of_its_push_are_read(tmp_path: Path) -> None:
    items = [news(1), news(2, is_deleted=True)]
    served = ApiAccount("s3cret", pushes=[push(1, *items)])

    async def fetch_both(api: WechatApi) -> None:
        [listing] = await listings(api)
        first, second = listing.references
        assert (await api.fetch(first)).state is ArticleState.OK
        with pytest.raises(errors.GoneError) as caught:
            await api.fetch(second)
        assert caught.value.state == "deleted"

    using(tmp_path, served, fetch_both)


def test_a_text_of_pictures_is_partial(tmp_path: Path) -> None:
    item = news(1, content='<p><img data-src="https://x/1.jpg"></p>')
    [article] = using(tmp_path, ApiAccount("s3cret", pushes=[push(1, item)]), articles)
    assert (article.state, article.images_unread) == (ArticleState.PARTIAL, 1)


def test_a_token_that_ended_is_renewed_once(tmp_path: Path) -> None:
    served = ApiAccount("s3cret", pushes=[push(n) for n in range(45)], expire_after=1)
    found = using(tmp_path, served, listings)
    assert sum(len(listing.references) for listing in found) == 45
    assert served.calls["token"] == 2


def test_a_busy_platform_is_asked_again(tmp_path: Path) -> None:
    served = ApiAccount("s3cret", pushes=[push(1)], busy=2)
    assert len(using(tmp_path, served, articles)) == 1
    assert naps == [1.0, 2.0]


@pytest.mark.parametrize(
    ("changed", "kind", "message"),
    [
        ({"secret": "another"}, errors.ConfigError, "appid 或 secret 不对"),
        ({"listed_address": False}, errors.ConfigError, r"IP白名单”中加入本机地址 203\.0\.113\.7$"),
        ({"quotas": {BATCHGET: 0}}, errors.QuotaError, "11月21日零时后恢复"),
        ({"refused": frozenset({BATCHGET})}, errors.NotPermitted, "没有这个接口的权限"),
        ({"busy": 9}, errors.FetchError, "微信接口返回 -1"),
        ({"pushes": [{"content": {}}]}, errors.FormatChanged, "没有 news_item"),
    ],
)
def test_each_refusal_is_the_error_of_who_must_act(
    tmp_path: Path, changed: dict[str, Any], kind: type[Exception], message: str
) -> None:
    served = ApiAccount(**{"secret": "s3cret", "pushes": [push(1)]} | changed)
    with pytest.raises(kind, match=message) as caught:
        using(tmp_path, served, listings)
    assert type(caught.value) is kind
    assert "s3cret" not in str(caught.value)


def test_a_used_up_quota_is_not_tried_twice(tmp_path: Path) -> None:
    served = ApiAccount("s3cret", quotas={BATCHGET: 0})

    async def twice(api: WechatApi) -> None:
        for _ in range(2):
            with pytest.raises(errors.QuotaError) as caught:
                await listings(api)
            assert caught.value.until == datetime(2026, 11, 21, tzinfo=CHINA)

    using(tmp_path, served, twice)
    assert served.calls[BATCHGET] == 1


CODES = {
    40001: errors.LoginExpired,
    40014: errors.LoginExpired,
    42001: errors.LoginExpired,
    42007: errors.LoginExpired,
    40013: errors.ConfigError,
    40125: errors.ConfigError,
    41002: errors.ConfigError,
    41004: errors.ConfigError,
    40164: errors.ConfigError,
    45009: errors.QuotaError,
    45011: errors.RateLimited,
    48001: errors.NotPermitted,
    48004: errors.NotPermitted,
    40097: errors.FormatChanged,
    47001: errors.FormatChanged,
    43002: errors.FormatChanged,
    41001: errors.FormatChanged,
    50002: errors.BlockedError,
    53600: errors.GoneError,
    99999: errors.FetchError,
    "soon": errors.FetchError,
}
PAGE = Page("https://api.weixin.qq.com/x", 200, {}, b"", datetime(2026, 11, 20, 17, 0, tzinfo=UTC))


@pytest.mark.parametrize("code", CODES)
def test_every_known_code_has_its_error(code: object) -> None:
    with pytest.raises(errors.TextcheckError, match=r"rid: 1-2-3") as caught:
        refuse({"errcode": code, "errmsg": "said rid: 1-2-3"}, PAGE)
    assert type(caught.value) is CODES[code]


def test_the_quota_is_that_of_the_day_in_china() -> None:
    with pytest.raises(errors.QuotaError) as caught:
        refuse({"errcode": 45009}, PAGE)  # 1 o'clock on the 21st there
    assert caught.value.until == datetime(2026, 11, 22, tzinfo=CHINA)


def test_drafts_are_read_without_a_day(tmp_path: Path) -> None:
    picture = news(2, article_type="newspic", content="第一行\n第二行", author="")
    served = ApiAccount("s3cret", drafts=[push(1), push(2, picture), push(3, news(3, content=""))])

    async def drafts(api: WechatApi) -> list[Article]:
        return list(await api.drafts(WATCHED))

    first, second, begun = using(tmp_path, served, drafts)
    assert first.reference.native_id == "A1:1"
    assert (first.document.published_on, first.document.url) == (None, "")
    assert second.document.text == "题2\n另写的摘要\n第一行\n第二行"
    assert begun.document.text == "题3"


def test_one_draft_is_read_by_its_id(tmp_path: Path) -> None:
    served = ApiAccount("s3cret", drafts=[push(1), push(2)])

    async def draft(api: WechatApi) -> list[Article]:
        return list(await api.draft(WATCHED, "A2"))

    [article] = using(tmp_path, served, draft)
    assert (article.title, article.reference.native_id) == ("题2", "A2:1")


def test_the_census_counts_what_was_sent_to_followers_too(tmp_path: Path) -> None:
    served = ApiAccount("s3cret", days={"2026-11-18": ["1_1", "1_2"], "2026-11-19": ["2_1"]})

    async def census(api: WechatApi) -> dict[date, int]:
        return dict(await api.census(WATCHED, date(2026, 11, 17), date(2026, 11, 20)))

    assert using(tmp_path, served, census) == {
        date(2026, 11, 17): 0,
        date(2026, 11, 18): 2,
        date(2026, 11, 19): 1,
    }


@pytest.mark.parametrize(
    "answer",
    [{}, {"list": [], "is_delay": True}, {"list": [1]}, {"list": [{"msgid": 1, "ref_date": "x"}]}],
)
def test_statistics_in_another_form_count_nothing(answer: dict[str, Any]) -> None:
    with pytest.raises(errors.FormatChanged):
        count_days(answer, PAGE)


FIXTURES = Path(__file__).resolve().parents[1] / "pages" / "wechat_api"


def test_the_forms_of_the_documentation_are_read() -> None:
    published = json.loads((FIXTURES / "freepublish_batchget.json").read_text(encoding="utf-8"))
    references, count = list_published("acc-1", published, PAGE)
    assert (count, [item.native_id[-3:] for item in references]) == (1, ["8:1", "8:2"])
    drafts = json.loads((FIXTURES / "draft_batchget.json").read_text(encoding="utf-8"))
    assert [item.document.text for item in read_drafts("acc-1", drafts, PAGE)] == [
        "标题\n摘要\n正文"
    ]
