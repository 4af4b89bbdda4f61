"""Propose how to read a site, by what one of its list pages looks like."""

import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from textcheck.account import Account, Platform, SourceSpec
from textcheck.article import Page, Reference
from textcheck.errors import FetchError
from textcheck.readers.html import inline_text
from textcheck.sources.answer import demand_list, page_root, page_text
from textcheck.sources.links import join_link, same_host
from textcheck.sources.site_list import hanweb_links, row_of, trs_links
from textcheck.sources.site_style import STYLES
from textcheck.sources.times import read_time
from textcheck.sources.wechat import list_feed

__all__ = ["Proposal", "propose"]

_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b")
_CHANNEL = re.compile(r"channelI[dD][\"'\s:=]+(?:content=[\"'])?([0-9a-f]{32})")
_PLAIN = re.compile(r"[A-Za-z][\w-]*")
_DATED = 3  # so many dated links in elements of one class are a list


class Proposal:
    """A source and its options, why, and what it lists; `references` may be empty."""

    def __init__(self, spec: SourceSpec, why: str, references: tuple[Reference, ...] = ()) -> None:
        """Keep what is proposed."""
        self.spec = spec
        self.why = why
        self.references = references


def propose(page: Page) -> list[Proposal]:
    """Return the ways to read the list that page is, the surest first; none where it is no list."""
    demand_list(page)
    text, _ = page_text(page)
    found = []
    for look in (_feed, _data, _hanweb, _trs, _ucap, _xxgk, _links, _recipe):
        try:
            found += look(page, text)
        except FetchError:
            continue
    return found


def _spec(kind: str, page: Page, **options: str) -> SourceSpec:
    return SourceSpec(kind, {"list": page.url} | options)


def _account(spec: SourceSpec) -> Account:
    return Account("detect", "", "", Platform.SITE, "", sources=(spec,))


def _by_style(kind: str, page: Page, why: str, **options: str) -> list[Proposal]:
    spec = _spec(kind, page, **options)
    style = next(style for style in STYLES if style.name == kind)
    references = style.read(page, _account(spec)).references
    return [Proposal(spec, why, references)] if references else []


def _feed(page: Page, text: str) -> list[Proposal]:
    if not _FEED.search(text[:4096]):
        return []
    references = list_feed("detect", page)
    if any(item.url.startswith("https://mp.weixin.qq.com/") for item in references):
        spec = SourceSpec("wechat_rss", {"feed": page.url})
        return [Proposal(spec, "微信公众号的订阅源", references)]
    return _by_style("site_rss", page, "RSS 或 Atom 订阅源")


def _data(page: Page, text: str) -> list[Proposal]:
    start = text.lstrip()[:1]
    if start == "<":
        if "<urlset" in text[:4096]:
            return _by_style("sitemap", page, "网站地图")
        return _by_style("was5", page, "TRS WAS5 检索结果") if "<REC" in text else []
    if start == "[":
        return _by_style("gov_json", page, "中国政府网的列表文件")
    kinds: tuple[tuple[str, str], ...] = (
        ("ucap", "开普系统的检索接口"),
        ("jpaas", "大汉 jpaas 的接口"),
    )
    found = []
    for kind, why in kinds if start == "{" else ():
        try:
            found += _by_style(kind, page, why)
        except FetchError:
            continue
    return found


def _hanweb(page: Page, text: str) -> list[Proposal]:
    if "<datastore" not in text:
        return []
    references, _ = hanweb_links(page, "detect")
    return [Proposal(_spec("hanweb", page), "大汉系统的栏目（datastore）", references)]


def _trs(page: Page, text: str) -> list[Proposal]:
    references = trs_links(page, "detect")
    paged = "createPageHTML" in text
    if not references or not (paged or len(references) >= _DATED):
        return []
    why = "TRS 系统的栏目" + ("（createPageHTML）" if paged else "（文章网址）")
    return [Proposal(_spec("trs", page), why, references)]


def _ucap(page: Page, text: str) -> list[Proposal]:
    match = _CHANNEL.search(text)
    if match is None:
        return []
    query = "?_isAgg=true&_isJson=true&_pageSize=18&_template=index&page=1"
    url = urljoin(page.url, f"/common/search/{match[1]}{query}")
    return [Proposal(SourceSpec("ucap", {"list": url}), "开普系统的栏目（channelId）")]


def _xxgk(page: Page, text: str) -> list[Proposal]:
    return _by_style("xxgk", page, "大汉信息公开目录") if "tr_main_value" in text else []


def _links(page: Page, text: str) -> list[Proposal]:
    del text
    root, _ = page_root(page)
    found = []
    for link in root.iter("link"):
        if link.get("type") in {"application/rss+xml", "application/atom+xml"}:
            url = join_link(page.url, link.get("href", ""))
            if url:
                found.append(Proposal(SourceSpec("site_rss", {"list": url}), "网页声明的订阅源"))
    return found


def _recipe(page: Page, text: str) -> list[Proposal]:
    """Take the elements whose class most dated links have in common."""
    del text
    root, _ = page_root(page)
    counts: Counter[str] = Counter()
    dated: dict[HtmlElement, bool] = {}
    for link in root.iter("a"):
        url = join_link(page.url, link.get("href", ""))
        row = row_of(link)
        if row not in dated:
            dated[row] = read_time(inline_text(row)) is not None
        if url and same_host(url, page.url) and dated[row]:
            counts[_path(row)] += 1
    if not counts:
        return []
    path, count = counts.most_common(1)[0]
    if count < _DATED or not urlsplit(page.url).path:
        return []
    return _by_style("recipe", page, f"{count} 个带日期的链接", item=f"{path} a")


def _path(row: HtmlElement) -> str:
    """Return a CSS selector for the rows like this one."""
    above = row.getparent()
    return _name(row) if above is None else f"{_name(above)} > {_name(row)}"


def _name(element: HtmlElement) -> str:
    classes = [name for name in element.get("class", "").split() if _PLAIN.fullmatch(name)]
    return f"{element.tag}.{classes[0]}" if classes else str(element.tag)
