"""Lists of government sites beside those of TRS and Hanweb."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from lxml import etree
from lxml.html import HtmlElement

from textcheck.account import Account
from textcheck.article import Page, Reference
from textcheck.errors import ConfigError, FormatChanged
from textcheck.readers.html import inline_text
from textcheck.sources.answer import fragment, json_object, page_root, page_text
from textcheck.sources.compose import newest_first
from textcheck.sources.feed import parse_feed
from textcheck.sources.links import canonical, join_link, same_host
from textcheck.sources.options import option, optional
from textcheck.sources.selectors import select
from textcheck.sources.site_list import row_of, text_beside
from textcheck.sources.times import from_seconds, read_time

__all__ = ["STYLES", "Found", "Style"]

_XXGK_PAGES = re.compile(r"共(?:&nbsp;|\s|\xa0)*(\d+)(?:&nbsp;|\s|\xa0)*页")
_XXGK_ROWS = ("tr_main_value_odd", "tr_main_value_even")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_MILLISECONDS = 1000


@dataclass(frozen=True, slots=True)
class Found:
    """The articles of one page; `pages` is how many there are, None if the page does not say."""

    references: tuple[Reference, ...]
    pages: int | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """
    One form of lists: the kind of the register, the address of a page, and how to read it.

    Pages are numbered from 0. An address is "" where there is no such page.
    """

    name: str
    address: Callable[[Account, int], str]
    read: Callable[[Page, Account], Found]


def _only_first(kind: str) -> Callable[[Account, int], str]:
    return lambda account, number: "" if number else option(account, kind, "list")


def _with_number(kind: str, name: str) -> Callable[[Account, int], str]:
    """Return what sets the parameter `name` of the list's address, counted from 1."""

    def address(account: Account, number: int) -> str:
        parts = urlsplit(option(account, kind, "list"))
        kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != name]
        return urlunsplit(parts._replace(query=urlencode([*kept, (name, str(number + 1))])))

    return address


def _read_ucap(page: Page, account: Account) -> Found:
    data = json_object(page).get("data")
    results = data.get("results") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(results, list):
        raise FormatChanged(f"{page.url}：没有 data.results")
    rows = []
    for item in _objects(results, page):
        milliseconds = item.get("publishedTime")
        seconds = milliseconds // _MILLISECONDS if isinstance(milliseconds, int) else 0
        at = read_time(str(item.get("publishedTimeStr") or "")) or from_seconds(str(seconds))
        rows.append((str(item.get("url") or ""), str(item.get("title") or ""), at))
    total, size = data.get("total"), data.get("rows")
    pages = None
    if isinstance(total, int) and isinstance(size, int) and size > 0:
        pages = -(-total // size)
    # The page itself may show the time when it was built.
    return Found(
        _references("ucap", account, page, rows, sure=True),
        pages,
        total if isinstance(total, int) else None,
    )


def _read_gov_json(page: Page, account: Account) -> Found:
    text, _ = page_text(page)
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FormatChanged(f"{page.url} 返回的不是 JSON") from error
    if not isinstance(items, list):
        raise FormatChanged(f"{page.url}：不是文章列表")
    rows = [
        (
            str(item.get("URL") or ""),
            str(item.get("TITLE") or ""),
            read_time(str(item.get("DOCRELPUBTIME") or "")),
        )
        for item in _objects(items, page)
    ]
    return Found(_references("gov_json", account, page, rows), 1, len(items))


def _read_xxgk(page: Page, account: Account) -> Found:
    root, _ = page_root(page)
    text, _ = page_text(page)
    rows = []
    for row in root.iter("tr", "li"):
        if any(name in (row.get("class") or "").split() for name in _XXGK_ROWS):
            rows += _links_of(row)
    pages = _XXGK_PAGES.search(text)
    return Found(
        _references("xxgk", account, page, rows, anywhere=False), int(pages[1]) if pages else None
    )


def _read_was5(page: Page, account: Account) -> Found:
    root = _xml(page)
    rows = []
    for record in root.iter("REC"):
        told = {
            etree.QName(child).localname.upper(): str(child.xpath("string()")).strip()
            for child in record
            if isinstance(child.tag, str)
        }
        url = next((told[name] for name in ("URL", "DOCPUBURL", "LINK") if told.get(name)), "")
        when = " ".join(told.get(name, "") for name in ("DOCRELTIME", "PUBDATE", "DATE", "TIME"))
        rows.append((url, told.get("TITLE") or told.get("DOCTITLE", ""), read_time(when)))
    return Found(_references("was5", account, page, rows))


def _read_jpaas(page: Page, account: Account) -> Found:
    data = json_object(page).get("data")
    html = data.get("html") if isinstance(data, dict) else None
    if not isinstance(html, str):
        raise FormatChanged(f"{page.url}：没有 data.html")
    rows = _links_of(fragment(html, page.url)) if html.strip() else []
    return Found(_references("jpaas", account, page, rows, anywhere=False))


def _read_feed(page: Page, account: Account) -> Found:
    rows = [(item.link, item.title, item.published_at) for item in parse_feed(page)]
    return Found(_references("site_rss", account, page, rows), 1)


def _read_sitemap(page: Page, account: Account) -> Found:
    root = _xml(page)
    rows = []
    for entry in root.iter("{*}url"):
        where, when = entry.findtext("{*}loc") or "", entry.findtext("{*}lastmod") or ""
        rows.append((where.strip(), "", read_time(when)))
    return Found(_references("sitemap", account, page, rows), 1)


def _recipe_address(account: Account, number: int) -> str:
    first = option(account, "recipe", "list")
    if not number:
        return first
    pattern = optional(account, "recipe", "next")
    if not pattern:
        return ""
    if "{n}" not in pattern and "{n+1}" not in pattern:
        raise ConfigError(f"账号 {account.id} 的 recipe 来源：next 中应有 {{n}} 或 {{n+1}}")
    file = pattern.replace("{n+1}", str(number + 1)).replace("{n}", str(number))
    return urljoin(first, file)


def _read_recipe(page: Page, account: Account) -> Found:
    root, _ = page_root(page)
    rows = []
    texts: dict[HtmlElement, str] = {}
    for link in select(root, option(account, "recipe", "item")):
        target = link if link.tag == "a" else next(link.iter("a"), None)
        if target is not None:
            rows.append(_link_row(row_of(target) if link.tag == "a" else link, target, texts))
    return Found(_references("recipe", account, page, rows))


STYLES = (
    Style("ucap", _with_number("ucap", "page"), _read_ucap),
    Style("gov_json", _only_first("gov_json"), _read_gov_json),
    Style("xxgk", _with_number("xxgk", "currpage"), _read_xxgk),
    Style("was5", _with_number("was5", "page"), _read_was5),
    Style("jpaas", _with_number("jpaas", "pageNo"), _read_jpaas),
    Style("site_rss", _only_first("site_rss"), _read_feed),
    Style("sitemap", _only_first("sitemap"), _read_sitemap),
    Style("recipe", _recipe_address, _read_recipe),
)


def _links_of(root: HtmlElement) -> list[tuple[str, str, Any]]:
    texts: dict[HtmlElement, str] = {}
    return [_link_row(row_of(link), link, texts) for link in root.iter("a")]


def _link_row(
    row: HtmlElement, link: HtmlElement, texts: dict[HtmlElement, str]
) -> tuple[str, str, Any]:
    words = inline_text(link)
    title = " ".join((link.get("title", "").strip() or words).split())
    return link.get("href", ""), title, read_time(text_beside(row, words, texts))


def _references(  # noqa: PLR0913 # what all references of a page have in common
    kind: str,
    account: Account,
    page: Page,
    rows: Iterable[tuple[str, str, Any]],
    *,
    anywhere: bool = True,
    sure: bool = False,
) -> tuple[Reference, ...]:
    # A list of pages may link to other sites; the articles there are others'.
    hint = {"body": body} if (body := optional(account, kind, "body")) else {}
    hint |= {"list_time": "1"} if sure else {}
    found: dict[str, Reference] = {}
    for href, title, at in rows:
        url = join_link(page.url, href) if href else None
        if url is None or not (anywhere or same_host(url, page.url)):
            continue
        reference = Reference(
            account.id, kind, canonical(url), url, " ".join(title.split()), at, hint
        )
        known = found.get(reference.native_id)
        if known is None or (reference.title and not known.title):
            found[reference.native_id] = reference
    return newest_first(list(found.values()))


def _objects(items: list[Any], page: Page) -> list[Mapping[str, Any]]:
    if not all(isinstance(item, dict) for item in items):
        raise FormatChanged(f"{page.url}：列表不是已知的格式")
    return items


def _xml(page: Page) -> etree._Element:
    text, _ = page_text(page)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=False)
    try:
        return etree.fromstring(_DECLARATION.sub("", text).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FormatChanged(f"{page.url} 不是可读的 XML") from error
