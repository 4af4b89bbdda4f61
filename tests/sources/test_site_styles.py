"""Lists of further makers of sites on loopback, their article pages, and what detects them."""

import asyncio
import json
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from replay import Route

from tests.sources.reading import NOW, Serve, account, fetched, listed, titles
from textcheck import errors
from textcheck.article import ArticleState, Page
from textcheck.cli.main import program
from textcheck.config import CHINA, CrawlerConfig
from textcheck.crawler.client import Client
from textcheck.readers.html import parse_html
from textcheck.sources.detect import propose
from textcheck.sources.selectors import select

HOST = "www.xikou.example.gov.cn"
SITE = f"https://{HOST}"
CHANNEL = "a1a078ee0bc54721ab6b148884c784a8"
JSON = "application/json; charset=utf-8"
BODY = (
    '<html><head><meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{day}">'
    '</head><body><div class="nav">导航</div>{body}</body></html>'
)
UCAP_BODY = (
    '<div id="zoomcon"><div id="UCAP-CONTENT"><UCAPCONTENT><p>正文第一页</p>#PAGE_BREAK#'
    "<p>正文第二页</p></UCAPCONTENT></div></div>"
)


def ucap(*titles: str, page: int, total: int) -> str:
    results = [
        {
            "title": title,
            "url": f"//{HOST}/csrc/c1/c{title}/content.shtml",
            "publishedTimeStr": "2026-09-28 15:15:26",
            "publishedTime": 1790550926000,
        }
        for title in titles
    ]
    return json.dumps({"data": {"total": total, "page": page, "rows": 2, "results": results}})


def test_ucap_pages_by_number_and_the_list_knows_the_time(serve: Serve) -> None:
    path = f"/common/search/{CHANNEL}"
    replay = serve(
        {
            f"{HOST}/1.json": ucap("甲", "乙", page=1, total=3),
            f"{HOST}/2.json": ucap("丙", page=2, total=3),
            f"{HOST}/csrc/c1/c甲/content.shtml": BODY.format(
                title="甲", day="2026-10-02 00:00", body=UCAP_BODY
            ),
        },
        Route(HOST, path, query={"page": "1", "_isJson": "true"}, file=f"{HOST}/1.json", type=JSON),
        Route(HOST, path, query={"page": "2", "_isJson": "true"}, file=f"{HOST}/2.json", type=JSON),
    )
    one, two = listed(replay, account("ucap", list=f"{SITE}{path}?_isJson=true&page=1"))
    assert titles([one, two]) == [["甲", "乙"], ["丙"]]
    assert (one.expected, two.cursor) == (3, None)
    article = fetched(replay, one.references[0])
    assert article.document.text == "甲\n正文第一页\n正文第二页"
    assert article.published_at == datetime(2026, 9, 28, 15, 15, tzinfo=CHINA)
    assert article.warnings == ("网页的发布时间（2026-10-02）与列表的（2026-09-28）不符",)


GOV_JSON = json.dumps(
    [
        {"TITLE": "旧", "URL": f"{SITE}/a/content_1.htm", "DOCRELPUBTIME": "2026-05-29"},
        {"TITLE": "新", "URL": "/a/content_2.htm", "DOCRELPUBTIME": "2026-05-30"},
    ]
)
XXGK = (
    "<html><body><table><tr class='tr_main_value_odd'><td><a href='/art/2026/1/2/art_1_2.html'"
    " title='完整题'>截断...</a></td><td>2026-01-02</td></tr><tr class='tr_main_value_even'><td>"
    "<a href='http://other.example/x.html'>外站</a></td></tr></table>共&nbsp;{pages}&nbsp;页"
)
WAS5 = (
    '<?xml version="1.0" encoding="UTF-8"?><RESULT><REC><TITLE><![CDATA[检索题]]></TITLE>'
    f"<URL>{SITE}/202605/t20260530_1.html</URL><DOCRELTIME>2026.05.30 09:10:00</DOCRELTIME></REC>"
    "</RESULT>"
)
JPAAS = json.dumps(
    {"data": {"html": "<li><a href='/art/2026/1/2/art_1_2.html'>题</a><b>2026-01-02</b></li>"}}
)
RSS = (
    f"<rss><channel><item><title>题</title><link>{SITE}/1.html</link>"
    "<pubDate>Fri, 02 Jan 2026 01:00:00 +0800</pubDate></item></channel></rss>"
)
SITEMAP = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    f"<url><loc>{SITE}/1.html</loc><lastmod>2026-01-02T03:04:05+08:00</lastmod></url></urlset>"
)
RECIPE = (
    "<ul class='news'><li><span>2026-01-02</span><a href='1.html'>题一</a></li>"
    "<li><span>2026-01-03</span><a href='2.html'>题二</a></li>"
    "<li><span>2026-01-04</span><a href='3.html'>题三</a></li></ul><a href='/x'>关于</a>"
)


@pytest.mark.parametrize(
    ("kind", "body", "options", "told"),
    [
        ("gov_json", GOV_JSON, {}, [("新", "2026-05-30"), ("旧", "2026-05-29")]),
        ("xxgk", XXGK.format(pages=1), {}, [("完整题", "2026-01-02")]),
        ("was5", WAS5, {}, [("检索题", "2026-05-30")]),
        ("jpaas", JPAAS, {}, [("题", "2026-01-02")]),
        ("site_rss", RSS, {}, [("题", "2026-01-02")]),
        ("sitemap", SITEMAP, {}, [("", "2026-01-02")]),
        (
            "recipe",
            RECIPE,
            {"item": "ul.news > li"},
            [("题三", "2026-01-04"), ("题二", "2026-01-03"), ("题一", "2026-01-02")],
        ),
        ("recipe", RECIPE, {"item": "//ul/li[1]/a"}, [("题一", "2026-01-02")]),
    ],
)
def test_each_style_is_listed(
    serve: Serve, kind: str, body: str, options: dict[str, str], told: list[tuple[str, str]]
) -> None:
    replay = serve({f"{HOST}/list": body}, Route(HOST, "/list", file=f"{HOST}/list"))
    first = listed(replay, account(kind, list=f"{SITE}/list", **options))[0]
    assert [(item.title, f"{item.published_at:%Y-%m-%d}") for item in first.references] == told
    assert {item.source for item in first.references} == {kind}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("ucap", "{}"),
        ("ucap", '{"data": {"results": [1]}}'),
        ("ucap", '{"data": {"results": []}}'),
        ("gov_json", "{}"),
        ("gov_json", "[1]"),
        ("gov_json", "<html>"),
        ("xxgk", "<html><body>维护中</body></html>"),
        ("was5", "<RESULT/>"),
        ("was5", "<html>"),
        ("jpaas", '{"data": {"html": ""}}'),
        ("site_rss", "<html>"),
        ("sitemap", "<urlset/>"),
        ("recipe", "<html><body>改版</body></html>"),
    ],
)
def test_a_list_without_articles_is_an_error(serve: Serve, kind: str, body: str) -> None:
    replay = serve({f"{HOST}/list": body}, Route(HOST, "/list", file=f"{HOST}/list"))
    with pytest.raises(errors.FormatChanged):
        listed(replay, account(kind, list=f"{SITE}/list", item="ul.news a"))


def test_xxgk_pages_are_as_many_as_it_says(serve: Serve) -> None:
    files = {f"{HOST}/{n}": XXGK.format(pages=2).replace("art_1_2", f"art_1_{n}") for n in (1, 2)}
    routes = [
        Route(HOST, "/module/xxgk/search.jsp", query={"currpage": str(n)}, file=f"{HOST}/{n}")
        for n in (1, 2)
    ]
    replay = serve(files, *routes)
    url = f"{SITE}/module/xxgk/search.jsp?divid=div1&currpage=1"
    assert [len(item.references) for item in listed(replay, account("xxgk", list=url))] == [1, 1]


def test_a_recipe_goes_on_by_its_pattern_until_404(serve: Serve) -> None:
    one, two = RECIPE, RECIPE.replace("1.html", "4.html")
    replay = serve({f"{HOST}/index.html": one, f"{HOST}/list_2.html": two})
    watched = account(
        "recipe", list=f"{SITE}/index.html", item="ul.news a", next="list_{n+1}.html", body="#text"
    )
    assert [len(item.references) for item in listed(replay, watched)] == [3, 1]
    without = account("recipe", list=f"{SITE}/index.html", item="ul.news a")
    assert [listing.cursor for listing in listed(replay, without)] == [None]
    wrong = account("recipe", list=f"{SITE}/index.html", item="ul.news a", next="list.html")
    with pytest.raises(errors.ConfigError, match="next 中应有"):
        listed(replay, wrong)


def test_a_recipe_names_the_body_too(serve: Serve) -> None:
    page = BODY.format(
        title="题一", day="2026-01-02 08:00", body="<div id='text'><p>正文</p></div>"
    )
    replay = serve({f"{HOST}/index.html": RECIPE, f"{HOST}/1.html": page})
    watched = account("recipe", list=f"{SITE}/index.html", item="ul.news a", body="#text")
    [listing] = listed(replay, watched)
    assert fetched(replay, listing.references[-1]).document.text == "题一\n正文"


BODIES = {
    "ucap": UCAP_BODY,
    "zoomcon": "<div id='zoomcon'><p>正文第一页</p><p>正文第二页</p></div>",
    "gov.cn": "<div class='pages_content'><p>正文第一页</p><p>正文第二页</p></div>",
    "guangdong": "<div class='article-content'><p>正文第一页</p><p>正文第二页</p></div>",
    "zw": "<div class='zw'><p>正文第一页</p><div class='zw'><p>正文第二页</p></div></div>",
    "trs": "<div class='TRS_Editor'><style>p{}</style><p>正文第一页</p><p>正文第二页</p></div>",
    "hanweb": "<div id='zoom'><p>正文第一页</p><p>正文第二页</p></div>",
}


@pytest.mark.parametrize("maker", BODIES)
def test_the_body_is_found_by_the_marks_of_its_maker(serve: Serve, maker: str) -> None:
    page = BODY.format(title="题", day="2026-01-02 08:00", body=BODIES[maker])
    replay = serve({f"{HOST}/list": RSS, f"{HOST}/1.html": page})
    replay.routes.append(Route(HOST, "/list", file=f"{HOST}/list"))
    [listing] = listed(replay, account("site_rss", list=f"{SITE}/list"))
    article = fetched(replay, listing.references[0])
    assert article.document.text == "题\n正文第一页\n正文第二页"
    assert article.state is ArticleState.OK


def test_a_page_of_an_unknown_maker_is_no_clean_article(serve: Serve) -> None:
    page = BODY.format(title="题", day="2026-01-02 08:00", body="<div id='x'>正文</div>")
    replay = serve({f"{HOST}/list": RSS, f"{HOST}/1.html": page})
    replay.routes.append(Route(HOST, "/list", file=f"{HOST}/list"))
    [listing] = listed(replay, account("site_rss", list=f"{SITE}/list"))
    with pytest.raises(errors.FormatChanged, match="没有找到正文栏"):
        fetched(replay, listing.references[0])


TRS = (
    "<ul>"
    + "".join(
        f'<li><a href="./202606/t2026062{n}_{n}.html">题{n}</a><span>06-2{n}</span></li>'
        for n in range(1, 5)
    )
    + '</ul><script>createPageHTML(21, 0, "index", "html");</script>'
)
HANWEB = (
    '<script type="text/xml"><datastore><recordset><record><![CDATA[<li>'
    '<a href="/art/2026/1/20/art_1_2.html" title="题">题</a><b>2026-01-20</b></li>]]></record>'
    "</recordset></datastore></script>"
)
WECHAT = RSS.replace(f"{SITE}/1.html", "https://mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAA01")
LINKED = (
    f'<html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml">'
    f'<meta name="channelId" content="{CHANNEL}"></head><body>{RECIPE}</body></html>'
)


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        (TRS, ["trs"]),
        (HANWEB, ["hanweb"]),
        (XXGK.format(pages=1), ["xxgk"]),
        (ucap("甲", page=1, total=1), ["ucap"]),
        (GOV_JSON, ["gov_json"]),
        (WAS5, ["was5"]),
        (JPAAS, ["jpaas"]),
        (RSS, ["site_rss"]),
        (WECHAT, ["wechat_rss"]),
        (SITEMAP, ["sitemap"]),
        (RECIPE, ["recipe"]),
        (LINKED, ["ucap", "site_rss", "recipe"]),
        ("<html><body>首页</body></html>", []),
        ("", []),
        ("{}", []),
    ],
)
def test_a_list_tells_how_it_can_be_read(serve: Serve, body: str, kinds: list[str]) -> None:
    replay = serve({f"{HOST}/list": body}, Route(HOST, "/list", file=f"{HOST}/list"))

    async def get() -> Page:
        config = CrawlerConfig(pace=0.0, retries=0, reroute=replay.reroute())
        async with Client(config, now=lambda: NOW) as client:
            return await client.get(f"{SITE}/list")

    proposals = propose(asyncio.run(get()))
    assert [proposal.spec.kind for proposal in proposals] == kinds
    for proposal in proposals:
        if proposal.spec.kind == "recipe":
            assert [item.title for item in proposal.references] == ["题三", "题二", "题一"]


def test_the_command_prints_what_the_register_takes(serve: Serve, tmp_path: Path) -> None:
    replay = serve({f"{HOST}/list": RECIPE, f"{HOST}/none": "<p>首页</p>"})
    replay.routes.append(Route(HOST, "/list", file=f"{HOST}/list"))
    config = tmp_path / "textcheck.toml"
    reroute = json.dumps(replay.reroute()).replace('": "', '" = "')
    config.write_text(f"[crawler]\npace = 0\nreroute = {reroute}\n", encoding="utf-8")

    def run(url: str) -> tuple[int, str]:
        result = CliRunner().invoke(program, ["source", "detect", url, "--config", str(config)])
        return result.exit_code, result.stdout

    status, told = run(f"{SITE}/list")
    assert status == 0
    assert told.splitlines() == [
        "# 3 个带日期的链接，列出 3 篇",
        "#   2026-01-04  题三",
        "#   2026-01-03  题二",
        "#   2026-01-02  题一",
        "[[account.source]]",
        'kind = "recipe"',
        f"list = '{SITE}/list'",
        "item = 'ul.news > li a'",
        "",
    ]
    assert run(f"{SITE}/none") == (1, "")
    assert run(f"{SITE}/404")[0] == 2


@pytest.mark.parametrize("selector", ["li[", "//li[", "count(//li)", "("])
def test_a_wrong_selector_is_a_wrong_register(selector: str) -> None:
    with pytest.raises(errors.ConfigError, match=r"选择器|网页元素"):
        select(parse_html("<p>x</p>"), selector)
