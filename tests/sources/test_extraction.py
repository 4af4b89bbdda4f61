"""
Pages in the manner of real templates: no paragraph of a body is lost, and little else is read.

Each maker's frame (navigation, related links, footer, scripts) holds each kind of body that
editors make; what must come out is the list of paragraphs that the page was made from.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import pytest

from textcheck.article import Article, ArticleState, Page, Reference
from textcheck.config import CHINA, Config
from textcheck.document import BlockKind
from textcheck.sources import build_sources

TITLE = "溪口区召开防汛工作部署会议"
DAY = datetime(2026, 6, 25, 9, 30, tzinfo=CHINA)
PARAGRAPHS = [
    "六月二十五日，溪口区召开防汛工作部署会议，分析雨情水情，部署下一阶段工作。",
    "会议指出，今年入汛以来，全区平均降雨量比常年同期偏多两成，三座水库超过汛限水位。",
    "会议要求，各镇街要落实责任，备足物资，二十四小时值班，险情第一时间上报。",
    "要加强山洪沟、低洼地带、在建工地的巡查，提前转移受威胁的群众，做到应转尽转。",
    "区应急管理局、水利局、住房和城乡建设局负责同志分别作了发言。",
]
NAVIGATION = (
    "<div class='nav'><a href='/'>首页</a><a href='/zwgk/'>政务公开</a>"
    "<a href='/hdjl/'>互动交流</a></div>"
    "<div class='crumb'>当前位置：首页 &gt; 工作动态</div>"
)
AFTER = (
    "<div class='share'>分享到：微信 微博<a href='javascript:print()'>打印本页</a></div>"
    "<ul class='related'><li><a href='/x.html'>上一篇：溪口区部署夏收</a></li></ul>"
    "<div class='footer'>主办：溪口区人民政府办公室 网站标识码：1400000045 备案号：某ICP备1号</div>"
    "<script>var share = '转发给朋友';</script><style>.p{color:red}</style>"
)


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p style='text-indent:2em'>{line}</p>" for line in lines)


def nested_spans(lines: list[str]) -> str:
    def cut(line: str) -> str:
        return "".join(
            f'<span leaf=""><span style="font-size:16px">{line[at : at + 7]}</span></span>'
            for at in range(0, len(line), 7)
        )

    return "".join(f"<section><p>{cut(line)}</p></section>" for line in lines)


def breaks(lines: list[str]) -> str:
    return "<div>" + "<br/>\n<br/>".join(f"&emsp;&emsp;{line}" for line in lines) + "</div>"


def hidden(lines: list[str]) -> str:
    return f'<div style="visibility: hidden; opacity: 0">{paragraphs(lines)}</div>'


def comments(lines: list[str]) -> str:
    return "".join(
        f"<!-- 编者注：待核 --><p>{line[:9]}<!--[if !supportLists]-->{line[9:]}<o:p></o:p></p>"
        for line in lines
    )


def word(lines: list[str]) -> str:
    style = "<style>p.MsoNormal{margin:0}</style><xml><w:WordDocument></w:WordDocument></xml>"
    return style + "".join(
        f"<P class=MsoNormal><FONT face=仿宋><SPAN lang=EN-US></SPAN>{line}</FONT></P>"
        for line in lines
    )


def table(lines: list[str]) -> str:
    rows = "".join(
        f"<tr><td>{number}</td><td>{line}</td></tr>" for number, line in enumerate(lines, 1)
    )
    return f"<table border=1><tbody>{rows}</tbody></table>"


def framed(lines: list[str]) -> str:
    return f"<table><tr><td>{paragraphs(lines)}</td></tr></table>"


def listed(lines: list[str]) -> str:
    return "<ol>" + "".join(f"<li>{line}</li>" for line in lines) + "</ol>"


def wrapped(lines: list[str]) -> str:
    """Break the source's lines within the sentences, as old editors do."""
    return "".join(f"<p>\n        {line[:12]}\n        {line[12:]}\n</p>" for line in lines)


def deep(lines: list[str]) -> str:
    return "<div>" * 40 + paragraphs(lines) + "</div>" * 40


BODIES: Mapping[str, Callable[[list[str]], str]] = {
    "paragraphs": paragraphs,
    "nested spans": nested_spans,
    "line breaks": breaks,
    "hidden": hidden,
    "comments": comments,
    "word": word,
    "table": table,
    "framed": framed,
    "list": listed,
    "wrapped": wrapped,
    "deep": deep,
}


@dataclass(frozen=True)
class Maker:
    """A maker of sites: the source that reads it, and the page around a body."""

    source: str
    frame: str
    encoding: str = "utf-8"
    url: str = "http://www.xikou.example.gov.cn/gzdt/202606/t20260625_1406081.html"
    hint: Mapping[str, str] | None = None


HEAD = (
    "<!DOCTYPE html><html><head><meta charset='{encoding}'><title>{title}_溪口区人民政府</title>"
    "<meta name='SiteName' content='溪口区人民政府'><meta name='ArticleTitle' content='{title}'>"
    "<meta name='PubDate' content='2026-06-25 09:30'></head><body>" + NAVIGATION
)
BARE = "<html><head><title>{title}-溪口区人民政府</title></head><body>" + NAVIGATION
MAKERS = {
    "TRS": Maker(
        "trs", HEAD + "<h1>{title}</h1><div class='view TRS_UEDITOR'>{body}</div>" + AFTER
    ),
    "TRS in GBK": Maker(
        "trs",
        HEAD + "<div class='TRS_Editor'>{body}</div>" + AFTER,
        encoding="gb2312",
    ),
    "TRS without meta": Maker(
        "trs",
        BARE + "<h1>{title}</h1><p>发布时间：2026年06月25日 09:30 来源：本站</p>"
        "<div class='TRS_Editor'>{body}</div>" + AFTER,
    ),
    "Hanweb": Maker(
        "hanweb",
        HEAD
        + "<div id='zoom'><meta name='ContentStart'>{body}<meta name='ContentEnd'></div>"
        + AFTER,
    ),
    "Ucap": Maker(
        "ucap",
        HEAD + "<UCAPTITLE>{title}</UCAPTITLE><div id='UCAP-CONTENT'><UCAPCONTENT>{body}"
        "</UCAPCONTENT></div>" + AFTER,
    ),
    "gov.cn": Maker("gov_json", HEAD + "<div class='pages_content'>{body}</div>" + AFTER),
    "Guangdong": Maker("site_rss", HEAD + "<div class='zw article-content'>{body}</div>" + AFTER),
    "recipe": Maker("recipe", HEAD + "<div id='c'>{body}</div>" + AFTER, hint={"body": "#c"}),
    "WeChat": Maker(
        "wechat_rss",
        "<html><body><div id='js_article'><h1 id='activity-name'><span class='js_title_inner'>"
        "{title}</span></h1><div id='meta_content'><a id='js_name'>溪口发布</a>"
        "<em id='publish_time'></em></div><div id='js_content' style='visibility: hidden'>{body}"
        "</div><div id='js_tags_preview_toast'>预览时标签不可点</div></div>"
        "<script>var item_show_type = '0'; var ct = '" + str(int(DAY.timestamp())) + "';</script>",
        url="https://mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAA01",
    ),
}


@dataclass(frozen=True)
class OnePage:
    """Answers everything with one page, robots.txt with none."""

    page: Page

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Page:
        """Return the page."""
        del headers
        if url.endswith("/robots.txt"):
            return Page(url, 404, {}, b"", self.page.fetched_at)
        return self.page

    async def post(
        self, url: str, *, body: Mapping[str, str] | bytes, headers: Mapping[str, str] | None = None
    ) -> Page:
        """Fail: no article is asked for by POST."""
        raise AssertionError(url, body, headers)

    def halt(self, url: str, reason: str) -> None:
        """Know of no other page."""


def read(maker: Maker, body: str) -> Article:
    html = maker.frame.replace("{body}", body).replace("{title}", TITLE)
    html = html.replace("{encoding}", maker.encoding)
    codec = "gb18030" if maker.encoding == "gb2312" else maker.encoding
    headers = {"content-type": "text/html"}
    page = Page(maker.url, 200, headers, html.encode(codec), DAY)
    source = build_sources(OnePage(page), Config())[maker.source]
    reference = Reference("acc-1", source.name, "1", maker.url, hint=dict(maker.hint or {}))
    return asyncio.run(source.fetch(reference))


def grams(text: str) -> Counter[str]:
    plain = "".join(text.split())
    return Counter(plain[at : at + 4] for at in range(len(plain) - 3))


def f1(found: str, wanted: str) -> float:
    one, other = grams(found), grams(wanted)
    same = (one & other).total()
    return 2 * same / (one.total() + other.total())


@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize("maker", MAKERS)
def test_a_body_is_read_whole_and_alone(maker: str, kind: str) -> None:
    article = read(MAKERS[maker], BODIES[kind](PARAGRAPHS))
    document = article.document
    body = [
        block.span.of(document.text)
        for block in document.blocks
        if block.kind not in {BlockKind.TITLE, BlockKind.AUTHOR}
    ]
    text = "\n".join(body)
    assert [line for line in PARAGRAPHS if line not in text] == []
    numbered = [f"{number}{line}" for number, line in enumerate(PARAGRAPHS, 1)]
    assert f1(text, "\n".join(numbered if kind == "table" else PARAGRAPHS)) >= 0.98
    assert (article.title, article.published_at, article.state) == (TITLE, DAY, ArticleState.OK)
