"""Weibo by the desktop host, the open platform and RSSHub: the same posts, the same articles."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

import pytest
from replay import Replay
from replay_hosts.weibo import WeiboPost, WeiboWorld

from tests.sources.reading import Serve, account, fetched, listed
from textcheck import errors
from textcheck.account import Account
from textcheck.article import Article, ArticleState, Page
from textcheck.config import CHINA
from textcheck.document import BlockKind
from textcheck.sources.weibo_api import refuse
from textcheck.sources.weibo_pc import list_blog

UID = "1000000001"
AT = "Fri Nov 20 08:05:04 +0800 2026"
NUMBER = "2309404597406875648031"
HEADLINE = {"type": "24", "object_type": "article", "page_id": NUMBER, "content1": "长文的题"}
POSTS = (
    WeiboPost("4607741009594608", "K3fnuEfZK", "置顶的旧闻", AT, more={"isTop": 1}),
    WeiboPost("4645748019299849", "Kjc77D1jz", "前半 ...", AT, whole="前半后半。\n第二行。"),
    WeiboPost("4648806186747944", "KktFEsjrO", "说几句", AT, more={"page_info": HEADLINE}),
    WeiboPost(
        "4648806186747945",
        "KktFEsjrP",
        "转发微博",
        AT,
        more={"retweeted_status": {"text": "原文", "text_raw": "原文", "user": {"id": 9}}},
    ),
)
ARTICLE = {"title": "长文的题", "content": "<p>长文第一段。</p><p>第二段。</p>"}
Serving = Callable[..., AbstractContextManager[Replay]]


@pytest.fixture(autouse=True)
def _secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WB_COOKIE", "SUB=good")
    monkeypatch.setenv("WB_OLD_COOKIE", "SUB=old")
    monkeypatch.setenv("WB_TOKEN", "T")


WAYS = {
    "weibo": account("weibo", uid=UID, cookie="env:WB_COOKIE"),
    "weibo_pc": account("weibo_pc", uid=UID, cookie="env:WB_COOKIE"),
    "weibo_api": account("weibo_api", uid=UID, token="env:WB_TOKEN"),  # noqa: S106 # a reference
}


def world(**changed: object) -> WeiboWorld:
    given = {"uid": UID, "posts": POSTS, "articles": {NUMBER: ARTICLE}} | changed
    return WeiboWorld(**given)  # type: ignore[arg-type] # fields by name


def read(tmp_path: Path, watched: Account, served: WeiboWorld) -> list[Article]:
    with Replay(tmp_path, hosts=served.hosts()) as replay:
        references = [item for listing in listed(replay, watched) for item in listing.references]
        return [fetched(replay, item) for item in references]


@pytest.mark.parametrize("way", WAYS)
def test_every_way_gives_the_same_articles(tmp_path: Path, way: str) -> None:
    articles = {item.reference.native_id: item for item in read(tmp_path, WAYS[way], world())}
    assert sorted(articles) == [post.mid for post in POSTS]
    assert {item.state for item in articles.values()} == {ArticleState.OK}
    assert {item.published_at for item in articles.values()} == {
        datetime(2026, 11, 20, 8, 5, 4, tzinfo=CHINA)
    }
    assert articles["4645748019299849"].document.text == "前半后半。\n第二行。"
    headline = articles["4648806186747944"].document
    assert headline.text == "说几句\n长文的题\n长文第一段。\n第二段。"
    assert [block.kind for block in headline.blocks][1] is BlockKind.TITLE
    forwarded = articles["4648806186747945"].document
    assert [(block.kind, block.span.of(forwarded.text)) for block in forwarded.blocks] == [
        (BlockKind.BODY, "转发微博"),
        (BlockKind.QUOTED, "原文"),
    ]
    assert all(item.pages for item in articles.values())
    assert "SUB=good" not in repr(articles)


@pytest.mark.parametrize("way", WAYS)
def test_a_headline_that_is_not_given_out_is_partial(tmp_path: Path, way: str) -> None:
    articles = read(tmp_path, WAYS[way], world(articles={}))
    partial = [item for item in articles if item.state is ArticleState.PARTIAL]
    assert [item.reference.native_id for item in partial] == ["4648806186747944"]
    assert partial[0].warnings[0].startswith("头条文章未读：长文的题（")


@pytest.mark.parametrize(
    ("way", "changed", "kind"),
    [
        ("weibo", {"sessions": set()}, errors.BlockedError),  # 432
        ("weibo_pc", {"sessions": set()}, errors.LoginExpired),
        ("weibo_pc", {"posts": ()}, errors.BlockedError),
        ("weibo", {"posts": ()}, errors.BlockedError),
        ("weibo_api", {"tokens": {}}, errors.LoginExpired),
        ("weibo_api", {"tokens": {"T": 21327}}, errors.LoginExpired),
        ("weibo_api", {"tokens": {"T": 10022}}, errors.RateLimited),
        ("weibo_api", {"tokens": {"T": 10023}}, errors.RateLimited),
        ("weibo_api", {"tokens": {"T": 10014}}, errors.NotPermitted),
        ("weibo_api", {"tokens": {"T": 20112}}, errors.BlockedError),
        ("weibo_api", {"tokens": {"T": 99}}, errors.FetchError),
        ("weibo_api", {"uid": "7"}, errors.ConfigError),  # not the account that authorised
    ],
)
def test_a_refusal_is_never_an_empty_account(
    tmp_path: Path, way: str, changed: dict[str, object], kind: type[Exception]
) -> None:
    with pytest.raises(errors.TextcheckError) as caught:
        read(tmp_path, WAYS[way], world(**changed))
    assert type(caught.value) is kind
    assert "access_token=T" not in str(caught.value)


def test_a_login_that_ends_between_list_and_text_leaves_the_text_partial(tmp_path: Path) -> None:
    served = world()
    with Replay(tmp_path, hosts=served.hosts()) as replay:
        listings = listed(replay, WAYS["weibo_pc"])
        served.sessions.clear()
        long_one = next(
            item
            for listing in listings
            for item in listing.references
            if item.native_id == "4645748019299849"
        )
        article = fetched(replay, long_one)
    assert article.state is ArticleState.PARTIAL
    assert article.document.text == "前半 ..."
    assert "微博要求登录" in article.warnings[0]


def test_a_post_that_is_gone_says_so() -> None:
    page = Page("https://api.weibo.com/x", 400, {}, b"", datetime(2026, 11, 20, tzinfo=CHINA))
    with pytest.raises(errors.GoneError) as caught:
        refuse({"error_code": 20101, "error": "target weibo does not exist!"}, page)
    assert caught.value.state == "deleted"


FEED = "rss.xikou.example.gov.cn/weibo/user/1000000001"
ITEM = (
    "<item><title>{title}</title><description>{html}</description>"
    "<link>https://weibo.com/1000000001/{bid}</link>"
    '<guid isPermaLink="false">https://weibo.com/1000000001/{bid}</guid>'
    "<pubDate>Fri, 20 Nov 2026 00:05:04 GMT</pubDate></item>"
)


def feed(*items: str) -> str:
    return f'<rss version="2.0"><channel><title>t</title>{"".join(items)}</channel></rss>'


def test_rsshub_keeps_what_was_forwarded_apart(serve: Serve) -> None:
    html = (
        "转发说明&lt;br&gt;&lt;blockquote&gt; - 转发 &lt;a href='x'&gt;@某局&lt;/a&gt;: "
        "原文一。&lt;br&gt;原文二。&lt;/blockquote&gt;"
    )
    cut = "前半 ...&lt;a href='/status/4'&gt;全文&lt;/a&gt;"
    items = ITEM.format(title="甲", html=html, bid="K3fnuEfZK")
    items += ITEM.format(title="乙", html=cut, bid="Kjc77D1jz")
    replay = serve({f"{FEED}.xml": feed(items)})
    [listing] = listed(replay, account("weibo_rss", feed=f"https://{FEED}.xml"))
    first, second = listing.references
    assert (first.native_id, second.native_id) == ("4607741009594608", "4645748019299849")
    article = fetched(replay, first)
    parts = [
        (block.kind.value, block.span.of(article.document.text))
        for block in article.document.blocks
    ]
    assert parts == [("body", "转发说明"), ("quoted", "原文一。"), ("quoted", "原文二。")]
    assert article.published_at == datetime(2026, 11, 20, 8, 5, 4, tzinfo=CHINA)
    assert fetched(replay, second).state is ArticleState.PARTIAL


def test_the_form_of_the_desktop_host_is_read() -> None:
    body = json.dumps({"ok": 1, "data": {"list": [{"idstr": "", "text_raw": "x"}]}})
    page = Page("https://weibo.com/x", 200, {}, body.encode(), datetime(2026, 11, 20, tzinfo=CHINA))
    with pytest.raises(errors.FormatChanged, match="没有编号"):
        list_blog("a", "1", page, first=True)
