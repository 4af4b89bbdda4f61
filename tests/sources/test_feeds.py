"""RSS bridges of WeChat on loopback."""

from datetime import datetime

import pytest
from replay import Route

from tests.sources.reading import Serve, account, fetched, listed, titles
from textcheck.article import ArticleState
from textcheck.config import CHINA
from textcheck.errors import BlockedError, FormatChanged

FEED = "rss.xikou.example.gov.cn/feeds/1.xml"
FEED_URL = f"https://{FEED}"
SHORT = "https://mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAA01"
LONG = "http://mp.weixin.qq.com/s?__biz=MzA==&amp;mid=22&amp;idx=1&amp;sn=f#rd"


def feed(items: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>溪口发布</title><link>https://x</link>{items}</channel></rss>"
    )


def item(title: str, link: str, date: str, content: str = "") -> str:
    encoded = f"<content:encoded>{content}</content:encoded>" if content else ""
    return (
        f"<item><title><![CDATA[{title}]]></title><link>{link}</link><guid>{link}</guid>"
        f"<pubDate>{date}</pubDate>{encoded}</item>"
    )


def test_feed_gives_identities_times_in_china_and_the_newest_first(serve: Serve) -> None:
    items = (
        item("早", SHORT, "Mon, 10 Nov 2025 04:00:10 GMT")
        + item("晚", LONG, "Mon, 10 Nov 2025 12:30:10 ")  # no zone: the bridge's clock, in China
        + item("重", SHORT, "Mon, 10 Nov 2025 04:00:10 GMT")
        + item("无", "https://mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAA02", "前天")
    )
    [listing] = listed(serve({FEED: feed(items)}), account("wechat_rss", feed=FEED_URL))
    assert titles([listing]) == [["无", "晚", "早"]]
    _, late, early = listing.references
    assert (early.native_id, early.url) == ("AAAAAAAAAAAAAAAAAAAA01", SHORT)
    assert late.native_id == "MzA==:22:1"
    assert late.url == "https://mp.weixin.qq.com/s?__biz=MzA==&mid=22&idx=1&sn=f#rd"
    assert early.published_at == datetime(2025, 11, 10, 12, 0, 10, tzinfo=CHINA)
    assert late.published_at == datetime(2025, 11, 10, 12, 30, 10, tzinfo=CHINA)
    assert listing.cursor is None


def test_atom_feed_is_read_too(serve: Serve) -> None:
    entry = (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f'<title>t</title><entry><id>1</id><title>甲</title><link href="{SHORT}"/>'
        "<updated>2025-11-10T04:00:10.000Z</updated></entry></feed>"
    )
    [listing] = listed(serve({FEED: entry}), account("wechat_rss", feed=FEED_URL))
    assert [one.published_at for one in listing.references] == [
        datetime(2025, 11, 10, 12, 0, 10, tzinfo=CHINA)
    ]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (feed(""), "空的订阅源"),
        ("<html><body>登录</body></html>", "不是 RSS"),
        ("", "不是 RSS"),
        ("https://example.gov.cn/feed", "不是 RSS"),  # never taken for an address to open
        ("<rss><channel><item>&#xD800;<link>x</link></item></channel>", "不是可读的 RSS"),
    ],
)
def test_what_is_no_feed_is_an_error(serve: Serve, body: str, message: str) -> None:
    with pytest.raises(FormatChanged, match=message):
        listed(serve({FEED: body}), account("wechat_rss", feed=FEED_URL))


SHELL = (
    '<html><body><div id="js_article"><h1 id="activity-name">转发</h1>{inner}</div>'
    '<script>var item_show_type = "0"; var ct = "1574683643";</script></body></html>'
)
SHARED = SHELL.format(inner='<div id="js_content"></div><span id="js_share_source"></span>')


@pytest.mark.parametrize(
    ("content", "page", "texts"),
    [
        ("<![CDATA[<p>订阅源的正文。</p>]]>", SHARED, ["转发", "订阅源的正文。"]),
        ("&lt;![CDATA[&lt;p&gt;订阅源的正文。&lt;/p&gt;]]&gt;", SHARED, ["转发", "订阅源的正文。"]),
        ("<![CDATA[<p> </p>]]>", SHARED, ["转发"]),
        ("<![CDATA[<p>甲</p>]]>", SHELL.format(inner=""), ["列表里的题", "甲"]),
        ("<![CDATA[获取全文失败，请重试~]]>", SHARED, ["转发"]),
    ],
)
def test_what_the_page_lacks_comes_from_the_feed_and_is_partial(
    serve: Serve, content: str, page: str, texts: list[str]
) -> None:
    items = item("列表里的题", SHORT, "Mon, 10 Nov 2025 04:00:10 GMT", content)
    replay = serve({FEED: feed(items), "mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAA01.html": page})
    [listing] = listed(replay, account("wechat_rss", feed=FEED_URL))
    article = fetched(replay, listing.references[0])
    assert article.state is ArticleState.PARTIAL
    assert article.document.text.split("\n") == texts
    assert ("正文取自订阅源" in article.warnings) is (len(texts) > 1)
    assert len(article.pages) == 1


def test_a_link_elsewhere_is_read_from_the_feed_or_not_at_all(serve: Serve) -> None:
    items = item(
        "甲", "https://x.example/1", "Mon, 10 Nov 2025 04:00:10 GMT", "&lt;p&gt;文&lt;/p&gt;"
    )
    items += item("乙", "https://x.example/2", "Mon, 10 Nov 2025 03:00:10 GMT")
    replay = serve({FEED: feed(items)})
    [listing] = listed(replay, account("wechat_rss", feed=FEED_URL))
    first, second = listing.references
    assert first.native_id.startswith("feed:")
    assert first.native_id != second.native_id
    assert fetched(replay, first).state is ArticleState.PARTIAL
    with pytest.raises(FormatChanged, match="订阅源没有正文"):
        fetched(replay, second)


def test_a_wall_is_not_papered_over_by_the_feed(serve: Serve) -> None:
    items = item("甲", SHORT, "Mon, 10 Nov 2025 04:00:10 GMT", "&lt;p&gt;文&lt;/p&gt;")
    captcha = "/mp/wappoc_appmsgcaptcha"
    replay = serve(
        {FEED: feed(items), f"mp.weixin.qq.com{captcha}.html": "<html><body><div id='app'></div>"},
        Route(
            "mp.weixin.qq.com",
            "/s/AAAAAAAAAAAAAAAAAAAA01",
            status=302,
            headers={"Location": f"https://mp.weixin.qq.com{captcha}?poc_token=x"},
        ),
    )
    [listing] = listed(replay, account("wechat_rss", feed=FEED_URL))
    with pytest.raises(BlockedError, match="微信要求验证"):
        fetched(replay, listing.references[0])
