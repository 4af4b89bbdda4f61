"""All parsers: what each is handed, and the good input that is spoiled."""

import hashlib
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import docx
from plain_files import plain_pdf
from protego import Protego

from fuzzing.sources import NOW, demand_sound, read_source, sources_of
from textcheck.account import Account
from textcheck.article import Page, Reference
from textcheck.readers.decode import decode_page, decode_text
from textcheck.readers.files import read_file
from textcheck.readers.html import read_html
from textcheck.sources.detect import propose
from textcheck.sources.site_page import (
    BodyFinder,
    hanweb_body,
    read_site_page,
    recipe_body,
    site_body,
    trs_body,
)
from textcheck.sources.site_style import STYLES
from textcheck.sources.wechat_events import read_events
from textcheck.sources.wechat_links import pasted_links
from textcheck.sources.wechat_page import read_wechat
from textcheck.sources.wechat_push import Callback, read_push

__all__ = ["PARSERS", "Parser"]

_ROOT = Path(__file__).resolve().parents[2]
_URL = "http://www.xikou.example.gov.cn/gzdt/t20260309_1.html"
_REFERENCE = Reference("a", "trs", "1", _URL)


@dataclass(frozen=True, slots=True)
class Parser:
    """What is tried, each function on each input; `seeds` are good input for at least one."""

    name: str
    tries: Sequence[Callable[[bytes], object]]
    seeds: Sequence[bytes]


def _saved(*patterns: str) -> list[bytes]:
    return [path.read_bytes() for item in patterns for path in sorted(_ROOT.glob(item))]


def _page(body: bytes) -> Page:
    return Page(_URL, 200, {"content-type": "text/html"}, body, NOW)


def _site_article(find: BodyFinder, body: bytes) -> None:
    demand_sound(read_site_page(_REFERENCE, _page(body), find))


def _sources(*kinds: str) -> list[Callable[[bytes], object]]:
    return [partial(_read, account) for account in sources_of(*kinds)]


def _read(account: Account, body: bytes) -> int:
    return read_source(account, body)


def _word() -> bytes:
    made, body = docx.Document(), io.BytesIO()
    made.add_heading("关于申报的通知", 1)
    made.add_paragraph("现将有关事项通知如下。")
    made.add_table(2, 2).cell(0, 0).text = "单位"
    made.save(body)
    return body.getvalue()


_TRS = (
    '<ul><li><a href="./202606/t20260625_1.html" title="题">题...</a><span>06-25</span></li></ul>'
    '<div class="TRS_Editor"><p>文</p></div>'
    '<script>createPageHTML(21, 0, "index", "html");</script>'
)
_HANWEB = (
    '<script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/dataproxy.jsp?webid=1&'
    'columnid=2"></a>]]></nextgroup><totalrecord>95</totalrecord><recordset><record><![CDATA['
    '<li><a href="/art/2026/1/20/art_1_2.html" title="题">题</a><b>2026-01-20</b></li>]]></record>'
    '</recordset></datastore></script><div id="zoom"><p>文</p></div>'
)
_XXGK = '<tr class="tr_main_value_odd"><td><a href="/1.html">题</a>2026-01-02</td></tr>共 2 页'
_WAS5 = "<R><REC><TITLE>题</TITLE><URL>https://a.example.cn/1.htm</URL></REC></R>"
_SITEMAP = "<urlset><url><loc>https://a.cn/1.htm</loc><lastmod>2026-01-02</lastmod></url></urlset>"
_RSS = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>t</title><item>'
    "<title><![CDATA[题]]></title><link>https://mp.weixin.qq.com/s/AAAA</link>"
    "<description>&lt;p&gt;文&lt;blockquote&gt;- 转发 @甲: 原&lt;/blockquote&gt;</description>"
    "<pubDate>Mon, 10 Nov 2025 12:00:10 </pubDate></item></channel></rss>"
)
_ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>题</title><updated>2026-01-02T03:04:05Z'
    '</updated><id>1</id><link href="https://weibo.com/1/K3fnuEfZK"/><content type="html">文'
    "</content></entry></feed>"
)
_EVENT = (
    "<xml><Event>MASSSENDJOBFINISH</Event><Status>send success</Status><ArticleUrlResult>"
    "<ResultList><item><ArticleUrl>https://mp.weixin.qq.com/s/A</ArticleUrl></item></ResultList>"
    "</ArticleUrlResult></xml>"
)
_MOMENT = str(int(NOW.timestamp()))
_SIGNED = {
    "timestamp": _MOMENT,
    "nonce": "n",
    "signature": hashlib.sha1("".join(sorted(["T", _MOMENT, "n"])).encode()).hexdigest(),  # noqa: S324 # the platform's
}
_MBLOG = {
    "mid": "8",
    "idstr": "8",
    "mblogid": "B",
    "created_at": "Fri Nov 20 08:05:04 +0800 2026",
    "text": "文<br/>",
    "text_raw": "文",
    "isLongText": True,
    "pic_num": 1,
    "user": {"id": 1},
    "edit_at": "Fri Nov 20 09:05:04 +0800 2026",
    "retweeted_status": {"text": "原", "user": None},
    "page_info": {"type": "article", "page_title": "长", "page_id": "2309404712345678901234"},
}
_MOBILE = {
    "ok": 1,
    "data": {
        "cardlistInfo": {"total": 9, "since_id": 5},
        "cards": [{"card_type": 9, "scheme": "x?mblogid=B", "mblog": _MBLOG}],
        "longTextContent": "全<b>文</b>",
    },
}
_DESKTOP = {
    "ok": 1,
    "data": {"total": 1, "since_id": "1", "list": [_MBLOG], "longTextContent": "全文"},
}
_TIMELINE = {"total_number": 1, "statuses": [_MBLOG], "longText": {"longTextContent": "全文"}}
_HEADLINE = {"code": "100000", "data": {"title": "题", "content": "<p>文</p>"}}
_INFO = {"appmsgex": [{"aid": "1_1", "title": "题", "link": "https://mp.weixin.qq.com/s/A"}]}
_PUSHES = {
    "base_resp": {"ret": 0},
    "publish_page": json.dumps(
        {"total_count": 1, "publish_list": [{"publish_info": json.dumps(_INFO)}]}
    ),
}
_TOKEN = {"access_token": "T", "expires_in": 7200}
_PUBLISHED = json.loads(
    (_ROOT / "tests/pages/wechat_api/freepublish_batchget.json").read_text(encoding="utf-8")
)
_UCAP = {
    "data": {
        "total": 1,
        "rows": 2,
        "results": [
            {"title": "题", "url": "//a.example.cn/1.html", "publishedTime": 1767000000000}
        ],
    }
}
_GOV = [{"TITLE": "题", "URL": "https://a.example.cn/1.htm", "DOCRELPUBTIME": "2026-05-30"}]
_JPAAS = {"data": {"html": "<li><a href='/1.html'>题</a><b>2026-01-02</b></li>"}}


def _written(*values: object) -> list[bytes]:
    return [
        (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)).encode()
        for value in values
    ]


PARSERS = (
    Parser(
        "text",
        (
            lambda body: decode_page(body, "text/html"),
            lambda body: decode_text(body, "甲.txt"),
            lambda body: read_file("甲.md", body),
            lambda body: pasted_links("a", body.decode("utf-8", "replace")),
            lambda body: Protego.parse(body.decode("utf-8", "replace")).can_fetch("/a", "x"),
        ),
        [*_saved("corpus/clean/0*.txt"), b"User-agent: *\nDisallow: /*a$\nCrawl-delay: 1"],
    ),
    Parser("html", (read_html,), _saved("tests/pages/*/*.html")),
    Parser(
        "wechat page", (lambda body: read_wechat(_page(body)),), _saved("tests/pages/wechat/*.html")
    ),
    Parser(
        "wechat lists",
        (
            *_sources("wechat_api", "wechat_backend"),
            lambda body: list(read_events("a", body, "1.xml")),
            lambda body: read_push(Callback("T"), _SIGNED, body, NOW),
        ),
        _written(_PUBLISHED | _TOKEN, _PUSHES, _EVENT),
    ),
    Parser(
        "weibo",
        _sources("weibo", "weibo_pc", "weibo_api"),
        _written(_MOBILE, _DESKTOP, _TIMELINE, _HEADLINE),
    ),
    Parser(
        "site page",
        [
            partial(_site_article, find)
            for find in (trs_body, hanweb_body, site_body, recipe_body("p"))
        ],
        _saved("tests/pages/trs/*.html", "tests/pages/hanweb/*.html"),
    ),
    Parser(
        "site lists",
        [
            *_sources("trs", "hanweb", *(style.name for style in STYLES)),
            lambda body: propose(_page(body)),
        ],
        _written(_TRS, _HANWEB, _XXGK, _WAS5, _SITEMAP, _UCAP, _GOV, _JPAAS, _RSS),
    ),
    Parser("feeds", _sources("wechat_rss", "weibo_rss", "site_rss"), _written(_RSS, _ATOM)),
    Parser("word", (lambda body: read_file("甲.docx", body),), [_word()]),
    Parser(
        "pdf",
        (lambda body: read_file("甲.pdf", body),),
        [plain_pdf([["关于申报的通知", "    现将有关事项通知如下。"], ["特此通知。"]])],
    ),
)
