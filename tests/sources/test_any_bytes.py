"""Whatever a host answers, a parser gives a value or one of the errors it names."""

import json
import os
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from textcheck.account import Account, Platform, SourceSpec
from textcheck.article import Cursor, Page, Reference
from textcheck.config import CHINA
from textcheck.errors import FetchError, ReadError
from textcheck.readers.decode import decode_page, decode_text
from textcheck.readers.html import read_html
from textcheck.sources.answer import json_object
from textcheck.sources.detect import propose
from textcheck.sources.site_list import hanweb_links, hanweb_next, trs_links, trs_pages
from textcheck.sources.site_page import hanweb_body, read_site_page, trs_body
from textcheck.sources.site_style import STYLES, Style
from textcheck.sources.wechat import list_feed
from textcheck.sources.wechat_api import list_published, read_drafts
from textcheck.sources.wechat_article import wechat_identity
from textcheck.sources.wechat_backend import list_pushes
from textcheck.sources.wechat_events import read_events
from textcheck.sources.wechat_page import read_wechat
from textcheck.sources.weibo import list_posts, read_long_text
from textcheck.sources.weibo_api import list_timeline
from textcheck.sources.weibo_article import read_headline
from textcheck.sources.weibo_pc import list_blog, read_long_plain
from textcheck.sources.weibo_post import clean_lines, plain_lines, post_number, weibo_time
from textcheck.sources.weibo_rss import list_weibo_feed

Parser = Callable[[Page], object]

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=CHINA)
PAGES = Path(__file__).resolve().parents[1] / "pages"
REFERENCE = Reference("acc-1", "trs", "1", "http://www.xikou.example.gov.cn/t20260309_1.html")
TRS_LIST = (
    '<ul><li><a href="./202606/t20260625_1.html" title="题">题...</a><span>06-25</span></li></ul>'
    '<script>createPageHTML(21, 0, "index", "html");</script>'
)
HANWEB_LIST = (
    '<script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/dataproxy.jsp?webid=1&'
    'columnid=2"></a>]]></nextgroup><totalrecord>95</totalrecord><recordset><record><![CDATA['
    '<li><a href="/art/2026/1/20/art_1_2.html" title="题">题</a><b>2026-01-20</b></li>]]></record>'
    "</recordset></datastore></script>"
)
RSS = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>t</title><item>'
    "<title><![CDATA[题]]></title><link>https://mp.weixin.qq.com/s/AAAA</link>"
    "<pubDate>Mon, 10 Nov 2025 12:00:10 </pubDate></item></channel></rss>"
)
WEIBO = (
    '{"ok": 1, "data": {"cardlistInfo": {"total": 9, "since_id": 5}, "cards": [{"card_type": 11, '
    '"card_group": [{"card_type": 9, "scheme": "x?mblogid=B", "mblog": {"mid": "8", "created_at": '
    '"Fri Nov 20 08:05:04 +0800 2026", "text": "文<br/>", "user": {"id": 1}, "retweeted_status": '
    '{"text": "原", "user": null}, "page_info": {"type": "article", "page_title": "长"}}}]}]}}'
)

ANY_SITE = Account(
    "a", "", "", Platform.SITE, "", sources=(SourceSpec("recipe", {"list": "x", "item": "li a"}),)
)
UCAP = '{"data": {"total": 1, "rows": 2, "results": [{"title": "题", "url": "//a.cn/1.html"}]}}'
GOV_JSON = '[{"TITLE": "题", "URL": "https://a.cn/1.htm", "DOCRELPUBTIME": "2026-05-30"}]'
WAS5 = "<R><REC><TITLE>题</TITLE><URL>https://a.cn/1.htm</URL></REC></R>"
JPAAS = '{"data": {"html": "<li><a href=\'/1.html\'>题</a><b>2026-01-02</b></li>"}}'
SITEMAP = "<urlset><url><loc>https://a.cn/1.htm</loc><lastmod>2026-01-02</lastmod></url></urlset>"
STYLE_SEEDS = [
    text.encode() for text in (UCAP, GOV_JSON, WAS5, JPAAS, SITEMAP, RSS, TRS_LIST, HANWEB_LIST)
]
WEIBO_PC = (
    '{"ok": 1, "data": {"total": 1, "since_id": "1", "list": [{"idstr": "8", "mblogid": "B", '
    '"text_raw": "文", "created_at": "刚刚", "user": {"id": 1}}]}}'
)
TIMELINE = '{"total_number": 1, "statuses": [{"idstr": "8", "text": "文", "created_at": "刚刚"}]}'
EVENT = (
    "<xml><Event>MASSSENDJOBFINISH</Event><Status>send success</Status><ArticleUrlResult>"
    "<ResultList><item><ArticleUrl>https://mp.weixin.qq.com/s/A</ArticleUrl></item></ResultList>"
    "</ArticleUrlResult></xml>"
)
PUSHES = json.dumps(
    {
        "base_resp": {"ret": 0},
        "publish_page": json.dumps(
            {
                "total_count": 1,
                "publish_list": [
                    {"publish_info": json.dumps({"appmsgex": [{"aid": "1", "title": "题"}]})}
                ],
            }
        ),
    }
)


def page(body: bytes) -> Page:
    return Page(REFERENCE.url, 200, {"content-type": "text/html"}, body, NOW)


def saved(*kinds: str) -> list[bytes]:
    return [path.read_bytes() for kind in kinds for path in sorted(PAGES.glob(f"{kind}/*.html"))]


def by_style(style: Style, page: Page) -> object:
    return style.read(page, ANY_SITE)


PARSERS: dict[str, tuple[Parser, list[bytes]]] = {
    "decode": (lambda page: decode_page(page.body, "text/html"), saved("trs")),
    "plain": (lambda page: decode_text(page.body, "甲.txt"), saved("trs")),
    "html": (lambda page: read_html(page.body), saved("trs", "wechat")),
    "wechat": (read_wechat, saved("wechat")),
    "trs": (lambda page: read_site_page(REFERENCE, page, trs_body), saved("trs")),
    "hanweb": (lambda page: read_site_page(REFERENCE, page, hanweb_body), saved("hanweb")),
    "trs list": (lambda page: (trs_links(page, "a"), trs_pages(page)), [TRS_LIST.encode()]),
    "hanweb list": (
        lambda page: (hanweb_links(page, "a"), hanweb_next(page)),
        [HANWEB_LIST.encode()],
    ),
    "feed": (lambda page: list_feed("a", page), [RSS.encode()]),
    "weibo": (lambda page: list_posts("a", "1", page, Cursor()), [WEIBO.encode()]),
    "detect": (
        propose,
        [TRS_LIST.encode(), HANWEB_LIST.encode(), RSS.encode(), UCAP.encode(), GOV_JSON.encode()],
    ),
    **{style.name: (partial(by_style, style), STYLE_SEEDS) for style in STYLES},
    "weibo pc": (lambda page: list_blog("a", "1", page, first=False), [WEIBO_PC.encode()]),
    "weibo pc long": (read_long_plain, [b'{"ok": 1, "data": {"longTextContent": "x"}}']),
    "weibo open": (lambda page: list_timeline("a", "env:X", page), [TIMELINE.encode()]),
    "weibo feed": (lambda page: list_weibo_feed("a", page), [RSS.encode()]),
    "weibo headline": (read_headline, [b'{"code": "100000", "data": {"content": "<p>x</p>"}}']),
    "wechat events": (lambda page: list(read_events("a", page.body, "1.xml")), [EVENT.encode()]),
    "wechat pushes": (lambda page: list_pushes("a", page), [PUSHES.encode()]),
    "wechat published": (
        lambda page: list_published("a", json_object(page), page),
        [(PAGES / "wechat_api" / "freepublish_batchget.json").read_bytes()],
    ),
    "wechat drafts": (
        lambda page: read_drafts("a", json_object(page), page),
        [(PAGES / "wechat_api" / "draft_batchget.json").read_bytes()],
    ),
    "weibo long": (read_long_text, [b'{"ok": 1, "data": {"longTextContent": "<b>x</b>"}}']),
}

# FUZZ_EXAMPLES=3000 tries for minutes what every run tries for seconds.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "60"))
many = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
HANG = 5.0 if EXAMPLES == 60 else 2.0  # seconds; the large inputs below may take their time
PIECES = [
    b"",
    b"<",
    b">",
    b"'",
    b'"',
    b"\\",
    b"{",
    b"]]>",
    b"<![CDATA[",
    b"\x00",
    b"\xff",
    b"&#xD800;",
]


@st.composite
def mutated(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """Cut, repeat or spoil pieces of a good answer."""
    body = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(body)))
        end = min(len(body), start + draw(st.integers(0, 200)))
        middle = draw(st.sampled_from([*PIECES, body[start:end] * 2]) | st.binary(max_size=8))
        body = body[:start] + middle + body[end:]
    return body


def survives(parse: Parser, body: bytes) -> None:
    start = time.process_time()
    try:
        parse(page(body))
    except (FetchError, ReadError) as error:
        assert str(error)  # noqa: PT017 # any of the family will do, as long as it speaks
    assert time.process_time() - start < HANG


@pytest.mark.parametrize("name", PARSERS)
@many
@given(body=st.binary(max_size=3000))
def test_arbitrary_bytes(name: str, body: bytes) -> None:
    survives(PARSERS[name][0], body)


@pytest.mark.parametrize("name", PARSERS)
@many
@given(data=st.data())
def test_spoiled_answers(name: str, data: st.DataObject) -> None:
    parse, seeds = PARSERS[name]
    survives(parse, data.draw(mutated(seeds)))


@many
@given(st.text(max_size=100))
def test_arbitrary_text(text: str) -> None:
    wechat_identity(text)
    wechat_identity(f"https://mp.weixin.qq.com/{text}")
    weibo_time(text, NOW)
    plain_lines(text)
    post_number(text)
    try:
        clean_lines(text)
    except ReadError as error:
        assert str(error)  # noqa: PT017 # nothing but a comment, say


@many
@given(
    st.from_regex(
        r"(\d{1,5}(秒|分钟|小时)前|(今天|昨天) \d{1,3}:\d\d|\d{1,6}-\d{1,3}-?\d*)", fullmatch=True
    )
)
def test_odd_times(value: str) -> None:
    read = weibo_time(value, NOW)
    assert read is None or read.tzinfo is not None


def test_the_doubles_fit_what_they_stand_for() -> None:
    # The seeds are good answers: else the mutations would try nothing.
    for name, (parse, seeds) in PARSERS.items():
        good = 0
        for seed in seeds:
            try:
                parse(page(seed))
            except (FetchError, ReadError):
                continue
            good += 1
        assert good > 0, name


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("wechat", "<p id=js_article><script>window.cgiData = {" + "'\\" * 300_000),
        ("wechat", "<p id=js_article><script>window.cgiData = {" + "a" * 600_000),
        ("wechat", "<p id=js_article><script>" + "window.cgiData = {" * 30_000),
        ("hanweb list", "<datastore " * 60_000),
        ("hanweb list", "<datastore>" + "<record><![CDATA[" * 40_000 + "</datastore>"),
        ("trs list", "<p>" + "<a href='./202606/t20260625_1.html'>x</a>" * 15_000),
        ("feed", "<table>" + "<tr><td>" * 60_000),
    ],
)
def test_time_grows_with_the_answer_and_no_faster(name: str, body: str) -> None:
    # Each of these took minutes where a pattern began anew at every character.
    start = time.process_time()
    survives(PARSERS[name][0], body.encode())
    assert time.process_time() - start < 5


def test_a_declaration_that_never_ends_is_an_error_of_the_page() -> None:
    for name in ("html", "detect", "recipe"):
        survives(PARSERS[name][0], b'<?xml version="1.0" encoding="><p>x</p>')
