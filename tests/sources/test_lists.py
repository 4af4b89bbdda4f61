"""Sources against hosts on loopback: paging, order, cursors, ends and walls."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from replay import Replay, Route

from textcheck.account import Account, Platform, SourceSpec
from textcheck.article import Article, ArticleState, Cursor, Listing, Reference
from textcheck.config import CHINA, Config, CrawlerConfig
from textcheck.crawler.client import Client
from textcheck.document import BlockKind
from textcheck.errors import BlockedError, ConfigError, FetchError, FormatChanged
from textcheck.sources import Source, build_sources

Serve = Callable[..., Replay]
NOW = datetime(2026, 11, 20, 9, 0, 30, tzinfo=CHINA)


def account(kind: str, **options: str) -> Account:
    spec = SourceSpec(kind, options)
    return Account("acc-1", "溪口区", "溪口区某局", Platform.OTHER, "溪口发布", sources=(spec,))


def with_source(replay: Replay, kind: str, use: Callable[[Source], Any]) -> Any:  # noqa: ANN401 # what use returns
    async def run() -> Any:  # noqa: ANN401 # likewise
        config = CrawlerConfig(pace=0.0, retries=0, reroute=replay.reroute())
        async with Client(config, now=lambda: NOW) as client:
            return await use(build_sources(client, Config())[kind])

    return asyncio.run(run())


def listed(replay: Replay, watched: Account, cursor: str = "") -> list[Listing]:
    async def use(source: Source) -> list[Listing]:
        return [listing async for listing in source.list(watched, Cursor(cursor))]

    listings: list[Listing] = with_source(replay, watched.sources[0].kind, use)
    return listings


def fetched(replay: Replay, reference: Reference) -> Article:
    article: Article = with_source(replay, reference.source, lambda source: source.fetch(reference))
    return article


def titles(listings: list[Listing]) -> list[list[str]]:
    return [[item.title for item in listing.references] for listing in listings]


def test_sources_are_known_by_the_kinds_of_the_register(serve: Serve) -> None:
    async def names(source: Source) -> str:
        return source.name

    replay = serve({"h/x": ""})
    for kind in ("wechat_rss", "weibo", "trs", "hanweb"):
        assert with_source(replay, kind, names) == kind


@pytest.mark.parametrize("kind", ["wechat_rss", "weibo", "trs", "hanweb"])
def test_a_source_without_its_option_is_a_wrong_setting(serve: Serve, kind: str) -> None:
    replay = serve({"h/x": ""})
    with pytest.raises(ConfigError, match=f"账号 acc-1 的 {kind} 来源缺少"):
        listed(replay, account(kind))


# --- TRS

TRS = "www.xikou.example.gov.cn/gzdt"
TRS_URL = f"http://{TRS}/"


def trs_page(rows: str, paging: str = "") -> str:
    return (
        '<html><head><meta charset="utf-8"></head><body><div><a href="/about.html">关于</a></div>'
        f'<ul class="u-list">{rows}</ul><script>{paging}</script></body></html>'
    )


def row(number: int, day: str, shown: str, title: str = "") -> str:
    link = f"./{day[:6]}/t{day}_{number}.html"
    attribute = f' title="{title}"' if title else ""
    return f'<li><a href="{link}"{attribute}>第{number}条...</a><span>{shown}</span></li>'


def test_trs_pages_are_read_as_declared(serve: Serve) -> None:
    first = row(3, "20260624", "06-24") + row(4, "20260625", "2026/06/25", "第四条的完整标题")
    replay = serve(
        {
            f"{TRS}/index.html": trs_page(first, 'createPageHTML(2, 0, "index", "html");'),
            f"{TRS}/index_1.html": trs_page(
                row(1, "20251231", "12-31"), 'createPageHTML(2, 1, "index", "html");'
            ),
        }
    )
    one, two = listed(replay, account("trs", list=TRS_URL))
    assert titles([one, two]) == [["第四条的完整标题", "第3条..."], ["第1条..."]]
    assert [item.published_at for item in (*one.references, *two.references)] == [
        datetime(2026, 6, 25, tzinfo=CHINA),
        datetime(2026, 6, 24, tzinfo=CHINA),
        datetime(2025, 12, 31, tzinfo=CHINA),
    ]
    newest = one.references[0]
    assert newest.url == f"http://{TRS}/202606/t20260625_4.html"
    assert newest.native_id == f"https://{TRS}/202606/t20260625_4.html"
    assert (newest.account_id, newest.source) == ("acc-1", "trs")
    assert two.cursor is None
    assert one.cursor is not None
    assert listed(replay, account("trs", list=TRS_URL), one.cursor.value) == [two]


def test_trs_ends_at_404_where_the_length_is_not_told(serve: Serve) -> None:
    replay = serve(
        {
            f"{TRS}/index.html": trs_page(row(2, "20260602", "")),
            f"{TRS}/index_1.html": trs_page(row(1, "20260601", "")),
        }
    )
    assert titles(listed(replay, account("trs", list=TRS_URL))) == [["第2条..."], ["第1条..."]]
    assert replay.counts[f"/{TRS}/index_2.html"] == 1


def test_trs_ends_where_a_page_repeats_itself(serve: Serve) -> None:
    page = trs_page(row(1, "20260601", ""), 'createPageHTML(99, 0, "index", "html")')
    replay = serve({f"{TRS}/index.html": page, f"{TRS}/index_1.html": page})
    assert titles(listed(replay, account("trs", list=TRS_URL))) == [["第1条..."]]
    assert sum(replay.counts.values()) == 2


def test_trs_takes_each_article_once_and_no_other_site(serve: Serve) -> None:
    link = "./202606/t20260601_1.html"
    rows = (
        f'<li><a href="{link}"><img src="x.jpg"></a><h3><a href="{link}#top">图文</a></h3></li>'
        '<li><a href="http://www.gov.cn/x/t20260602_9.html">转来的</a></li>'
        '<li><a href="javascript:void(0)">更多</a><a href="http://[">坏</a><a>空</a></li>'
        f"{row(7, '20261399', '')}"
    )
    replay = serve({f"{TRS}/index.html": trs_page(rows, 'createPageHTML(1, 0, "index", "html")')})
    [listing] = listed(replay, account("trs", list=TRS_URL))
    assert titles([listing]) == [["第7条...", "图文"]]
    # A file name that is no date gives none, and what has none is never cut off by date.
    assert listing.references[0].published_at is None


@pytest.mark.parametrize("status", [403, 412, 521])
def test_trs_walls_are_blocked(serve: Serve, status: int) -> None:
    wall = Route("www.xikou.example.gov.cn", "/gzdt/", status=status)
    config = {f"{TRS}/x": ""}
    with pytest.raises(FetchError) as caught:
        listed(serve(config, wall), account("trs", list=TRS_URL))
    # 521 is also a server error, which the crawler has tried again and given up.
    assert isinstance(caught.value, BlockedError) is (status < 500)


def test_trs_answer_that_is_neither_wall_nor_list_is_an_error(serve: Serve) -> None:
    odd = Route("www.xikou.example.gov.cn", "/gzdt/", status=400)
    with pytest.raises(FetchError, match="返回 400") as caught:
        listed(serve({f"{TRS}/x": ""}, odd), account("trs", list=TRS_URL))
    assert type(caught.value) is FetchError


@pytest.mark.parametrize(
    ("files", "kind", "message"),
    [
        ({f"{TRS}/index.html": "<html><p>改版</p></html>"}, FormatChanged, "列表里没有文章"),
        ({f"{TRS}/index.html": ""}, FormatChanged, "网页是空的"),
        ({f"{TRS}/other.html": ""}, FetchError, "列表 .* 已不存在"),
    ],
)
def test_trs_without_a_list_is_an_error(
    serve: Serve, files: dict[str, str], kind: type[FetchError], message: str
) -> None:
    with pytest.raises(FetchError, match=message) as caught:
        listed(serve(files), account("trs", list=TRS_URL))
    assert type(caught.value) is kind


# --- Hanweb

COL = "lyj.xikou.example.gov.cn"
COL_URL = f"http://{COL}/col/col12/index.html"
PROXY = "/module/web/jpage/dataproxy.jsp"
JUNK = "<record><![CDATA[<li style=<br/></li>]]></record>"


def record(number: int, day: str, tag: str = "li") -> str:
    year, month, date = day.split("-")
    link = f"/art/{year}/{int(month)}/{int(date)}/art_12_{number}.html"
    text = f'<a href="{link}" title="第{number}条全题" target="_blank">第{number}...</a>'
    inner = f"<td>{text}</td><td>{day}</td>" if tag == "tr" else f"{text}<b>{day}</b>"
    return f"<record><![CDATA[<{tag}>{inner}</{tag}>]]></record>"


def datastore(records: str, total: int | None = None) -> str:
    told = f"<totalrecord>{total}</totalrecord><totalpage>9</totalpage>" if total else ""
    following = (
        f'<nextgroup><![CDATA[<a href="{PROXY}?page=1&appid=1&webid=110&path=/&columnid=12'
        '&unitid=38&webname=%25E6%259E%2597&permissiontype=0"></a>]]></nextgroup>'
    )
    return f"<datastore>{following}{told}<recordset>{records}</recordset></datastore>"


def column(records: str, total: int | None = None) -> str:
    store = datastore(records, total)
    return f'<html><body><div id="38"><script type="text/xml">{store}</script></div></body></html>'


def proxied(start: int, file: str) -> Route:
    form = {"columnid": "12", "webid": "110", "unitid": "38", "path": "/", "col": "1"}
    # Decoded once by the form, the name is still encoded once, as the page's own script sends it.
    form["webname"] = "%E6%9E%97"
    query = {"startrecord": str(start), "endrecord": str(start + 44), "perpage": "15"}
    return Route(COL, PROXY, "POST", query, form, asks={"Referer": COL_URL}, file=f"{COL}/{file}")


def test_hanweb_goes_on_behind_junk_to_its_total(serve: Serve) -> None:
    replay = serve(
        {
            f"{COL}/col/col12/index.html": column(
                record(2, "2026-01-20") + JUNK + record(3, "2026-01-21"), 5
            ),
            f"{COL}/4.xml": datastore(record(1, "2025-12-31", "tr") + JUNK, 5),
        },
        proxied(4, "4.xml"),
    )
    one, two = listed(replay, account("hanweb", list=COL_URL))
    assert titles([one, two]) == [["第3条全题", "第2条全题"], ["第1条全题"]]
    assert [listing.expected for listing in (one, two)] == [5, 5]
    assert one.references[0].published_at == datetime(2026, 1, 21, tzinfo=CHINA)
    assert two.references[0].native_id == f"https://{COL}/art/2025/12/31/art_12_1.html"
    assert two.cursor is None
    assert one.cursor is not None
    assert listed(replay, account("hanweb", list=COL_URL), one.cursor.value) == [two]


def test_hanweb_without_a_total_ends_at_an_empty_answer(serve: Serve) -> None:
    replay = serve(
        {
            f"{COL}/col/col12/index.html": column(record(2, "2026-01-20")),
            f"{COL}/2.xml": datastore(""),
        },
        proxied(2, "2.xml"),
    )
    one = listed(replay, account("hanweb", list=COL_URL))
    assert titles(one) == [["第2条全题"]]
    assert [listing.expected for listing in one] == [None]


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("<html><body><ul><li>改版</li></ul></body></html>", "没有文章列表"),
        (column(JUNK * 3, 3), "列表里没有文章"),
    ],
)
def test_hanweb_without_a_list_is_an_error(serve: Serve, page: str, message: str) -> None:
    replay = serve({f"{COL}/col/col12/index.html": page})
    with pytest.raises(FormatChanged, match=message):
        listed(replay, account("hanweb", list=COL_URL))


def test_hanweb_proxy_that_answers_a_page_is_an_error(serve: Serve) -> None:
    replay = serve(
        {f"{COL}/col/col12/index.html": column(record(2, "2026-01-20"), 9), f"{COL}/2.xml": "<p>"},
        proxied(2, "2.xml"),
    )
    with pytest.raises(FormatChanged, match="没有文章列表"):
        listed(replay, account("hanweb", list=COL_URL))


# --- RSS bridges of WeChat

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


# --- Weibo

UID = "1000000001"
HEADERS = {
    "Referer": f"https://m.weibo.cn/u/{UID}",
    "X-Requested-With": "XMLHttpRequest",
    "MWeibo-Pwa": "1",
}


def post(mid: str, text: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 # JSON
    user = {"id": int(UID), "screen_name": "溪口发布"}
    return {
        "card_type": 9,
        "scheme": f"https://m.weibo.cn/status/B{mid}?mblogid=B{mid}",
        "mblog": {
            "id": mid,
            "mid": mid,
            "bid": "",
            "created_at": "Fri Nov 20 08:05:04 +0800 2026",
            "text": text,
            "isLongText": False,
            "pic_num": 0,
            "user": user,
            **fields,
        },
    }


def cards(*found: dict[str, Any], since_id: int | None = None, total: int = 9) -> str:
    info = {"containerid": f"107603{UID}", "total": total, "since_id": since_id}
    return json.dumps({"ok": 1, "data": {"cardlistInfo": info, "cards": found}})


def weibo(
    serve: Serve, *pages: str, more: dict[str, str] | None = None, extra: tuple[Route, ...] = ()
) -> Replay:
    files = {f"m.weibo.cn/{number}.json": page for number, page in enumerate(pages)}
    query = {"type": "uid", "value": UID, "containerid": f"107603{UID}"}
    kind = "application/json; charset=utf-8"
    path = "/api/container/getIndex"
    routes = [
        Route(
            "m.weibo.cn",
            path,
            query={**query, "since_id": str(number)} if number else query,
            asks=HEADERS,
            file=name,
            type=kind,
        )
        for number, name in reversed(list(enumerate(files)))
    ]
    return serve({**files, **(more or {})}, *routes, *extra)


def test_weibo_pages_by_since_id_and_keeps_the_pinned_apart(serve: Serve) -> None:
    old = "Tue Jun 08 09:35:04 +0800 2021"
    pinned = post("1", "置顶的旧闻", created_at=old, title={"text": "置顶"}, edit_at=old)
    liked = post("5", "别人的", user={"id": 7})
    group = {"card_type": 11, "card_group": [post("3", "五分钟前的", created_at="5分钟前")]}
    replay = weibo(
        serve,
        cards(pinned, post("4", "新的"), liked, group, {"card_type": 58}, since_id=1),
        cards(post("2", "旧的"), since_id=2),
        json.dumps({"ok": 0, "msg": "这里还没有内容", "data": {"cards": []}}),
    )
    one, two, end = listed(replay, account("weibo", uid=UID))
    assert titles([one, two, end]) == [["新的", "五分钟前的", "置顶的旧闻"], ["旧的"], []]
    assert [item.hint.get("pinned") for item in one.references] == [None, None, "1"]
    assert [item.native_id for item in one.references] == ["4", "3", "1"]
    assert one.references[0].url == f"https://weibo.com/{UID}/B4"
    assert one.references[0].published_at == datetime(2026, 11, 20, 8, 5, 4, tzinfo=CHINA)
    assert one.references[1].published_at == datetime(2026, 11, 20, 8, 55, 30, tzinfo=CHINA)
    assert (one.expected, two.cursor, end.cursor) == (9, Cursor("2"), None)
    assert listed(replay, account("weibo", uid=UID), "1") == [two, end]
    edited = fetched(replay, one.references[2])
    assert edited.modified_at == datetime(2021, 6, 8, 9, 35, 4, tzinfo=CHINA)


def test_weibo_list_that_turns_in_a_circle_ends(serve: Serve) -> None:
    replay = weibo(serve, cards(post("1", "甲"), since_id=1), cards(post("2", "乙"), since_id=1))
    assert titles(listed(replay, account("weibo", uid=UID))) == [["甲"], ["乙"]]


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        ('{"ok": -100, "url": "https://passport.weibo.com/"}', BlockedError, "要求登录"),
        ('{"ok": 0, "msg": "这里还没有内容", "data": {"cards": []}}', BlockedError, "不能当作没有"),
        (cards(), BlockedError, "不能当作没有"),
        (cards({"card_type": 58}), BlockedError, "不能当作没有"),
        ("<html><title>Sina Visitor System</title></html>", BlockedError, "访客验证"),
        ("<html></html>", FormatChanged, "不是 JSON"),
        ("[]", FormatChanged, "不是 JSON 对象"),
        ("[" * 100_000, FormatChanged, "不是 JSON"),
        ('{"ok": 1}', FormatChanged, "没有 data"),
        ('{"ok": 1, "data": {"cards": {}}}', FormatChanged, "没有微博列表"),
        (cards(post("", "无编号", id="")), FormatChanged, "没有编号"),
        (cards(post("1", "<!-- 注 -->")), FormatChanged, "是空的"),
    ],
)
def test_weibo_answers_that_are_no_list(
    serve: Serve, body: str, kind: type[FetchError], message: str
) -> None:
    with pytest.raises(FetchError, match=message) as caught:
        listed(weibo(serve, body), account("weibo", uid=UID))
    assert type(caught.value) is kind


@pytest.mark.parametrize("status", [403, 414, 418, 432])
def test_weibo_walls_are_blocked(serve: Serve, status: int) -> None:
    wall = Route("m.weibo.cn", "/api/container/getIndex", status=status)
    with pytest.raises(BlockedError, match=str(status)):
        listed(serve({"m.weibo.cn/x": ""}, wall), account("weibo", uid=UID))


LONG_POST = post("8", '前半 ...<a href="/status/8">全文</a>', isLongText=True)
LONG_TEXT = '<a href="x"><span class="surl-text">#话题#</span></a><br />前半后半。'


@pytest.mark.parametrize(
    ("answer", "status", "state", "lines"),
    [
        (
            json.dumps({"ok": 1, "data": {"ok": 1, "longTextContent": LONG_TEXT}}),
            200,
            "ok",
            ["#话题#", "前半后半。"],
        ),
        (json.dumps({"ok": 1, "data": {"ok": 0, "longTextContent": ""}}), 200, "partial", ["前半"]),
        ('{"ok": 0}', 200, "partial", ["前半"]),
        ('{"ok": -100}', 200, "partial", ["前半"]),
        ("<title>Sina Visitor System</title>", 200, "partial", ["前半"]),
        ("", 404, "partial", ["前半"]),
        ("", 432, "partial", ["前半"]),
        ("", 502, "partial", ["前半"]),
    ],
)
def test_weibo_long_text_is_whole_or_partial(
    serve: Serve, answer: str, status: int, state: str, lines: list[str]
) -> None:
    route = Route("m.weibo.cn", "/statuses/extend", query={"id": "8"}, asks=HEADERS, status=status)
    route.file = "m.weibo.cn/long"
    replay = weibo(serve, cards(LONG_POST), more={"m.weibo.cn/long": answer}, extra=(route,))
    [listing] = listed(replay, account("weibo", uid=UID))
    article = fetched(replay, listing.references[0])
    assert (article.state.value, article.document.text.split("\n")) == (state, lines)
    assert any("只读到开头" in warning for warning in article.warnings) is (state == "partial")


@pytest.mark.parametrize(
    ("fields", "kinds", "state", "warnings"),
    [
        ({"text": "说几句"}, ["body"], "ok", []),
        (
            {"text": "转", "retweeted_status": {"text": "原文<br/>二", "user": {"id": 9}}},
            ["body", "quoted", "quoted"],
            "ok",
            [],
        ),
        (
            {
                "text": "转",
                "retweeted_status": {"text": "抱歉，此微博已被作者删除。", "user": None},
            },
            ["body", "ui"],
            "ok",
            [],
        ),
        (
            {"text": "", "retweeted_status": {"text": "原", "user": {"id": 9}, "isLongText": True}},
            ["quoted"],
            "ok",
            ["被转发的长微博只读到开头"],
        ),
        ({"text": "", "pic_num": 3}, [], "partial", ["正文只有图片，文字未读"]),
        (
            {"text": "文", "page_info": {"type": "article", "page_title": "长文"}},
            ["body"],
            "partial",
            ["头条文章未读：长文"],
        ),
        (
            {"text": "文", "page_info": [], "pic_num": "2", "retweeted_status": 5},
            ["body"],
            "ok",
            [],
        ),
        ({"text": "文", "created_at": "某日"}, ["body"], "ok", ["无法识别发布时间"]),
    ],
)
def test_weibo_post_by_its_parts(
    serve: Serve, fields: dict[str, Any], kinds: list[str], state: str, warnings: list[str]
) -> None:
    replay = weibo(serve, cards(post("8", **fields)))
    [listing] = listed(replay, account("weibo", uid=UID))
    article = fetched(replay, listing.references[0])
    assert [block.kind.value for block in article.document.blocks] == kinds
    assert (article.state.value, list(article.warnings)) == (state, warnings)
    assert article.images_unread == (
        fields.get("pic_num") if state == "partial" and not kinds else 0
    )


def test_weibo_post_without_anything_is_an_error(serve: Serve) -> None:
    replay = weibo(serve, cards(post("8", "")))
    [listing] = listed(replay, account("weibo", uid=UID))
    with pytest.raises(FormatChanged, match="没有文字"):
        fetched(replay, listing.references[0])
    bare = Reference("acc-1", "weibo", "8", "https://weibo.com/1/8")
    with pytest.raises(FormatChanged, match="列表中没有"):
        fetched(replay, bare)


def test_half_a_surrogate_pair_does_not_reach_the_document(serve: Serve) -> None:
    replay = weibo(serve, cards(post("8", "笑\ud83d\ude00哭\ud83d")))
    [listing] = listed(replay, account("weibo", uid=UID))
    article = fetched(replay, listing.references[0])
    assert article.document.text == "笑😀哭\ufffd"
    assert article.document.blocks[0].kind is BlockKind.BODY
