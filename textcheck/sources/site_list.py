"""Read the lists of articles of government sites."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml.html import HtmlElement

from textcheck.article import Page, Reference
from textcheck.config import CHINA
from textcheck.errors import FormatChanged
from textcheck.readers.html import inline_text
from textcheck.sources.answer import fragment, page_root, page_text
from textcheck.sources.compose import newest_first
from textcheck.sources.links import canonical, join_link, same_host
from textcheck.sources.times import month_and_day, read_time

__all__ = [
    "DataProxy",
    "TrsPages",
    "hanweb_links",
    "hanweb_next",
    "row_of",
    "text_beside",
    "trs_links",
    "trs_pages",
]

_TRS_ARTICLE = re.compile(r"/t(\d{4})(\d{2})(\d{2})_\d+\.s?html?$")
_TRS_PAGING = re.compile(
    r"createPageHTML\(\s*(\d+)\s*,\s*(\d+)\s*,\s*[\"']([\w-]+)[\"']\s*,\s*[\"'](\w+)[\"']"
)
_HANWEB_ARTICLE = re.compile(r"/art/(\d{4})/(\d{1,2})/(\d{1,2})/art_\w+\.html?$")
_TOTAL = re.compile(r"<totalrecord>\s*(\d+)\s*</totalrecord>")
_PROXY = re.compile(r"""href\s*=\s*["']([^"']*dataproxy\.jsp\?[^"']*)["']""")
_PROXY_FIELDS = ("webid", "path", "columnid", "unitid", "webname", "permissiontype")
_PER_PAGE = 15
_AT_ONCE = 45
# Rows of a list are no deeper than this above their link.
_ROW_DEPTH = 4
_ROW_LENGTH = 500
_ROWS = frozenset({"li", "tr", "dd", "dl"})


@dataclass(frozen=True, slots=True)
class TrsPages:
    """How the pages of a list are named: index.html, index_1.html …; `count` is 0 if not told."""

    count: int
    name: str = "index"
    suffix: str = "html"

    def file(self, number: int) -> str:
        """Return the file of a page; the first is number 0."""
        return f"{self.name}_{number}.{self.suffix}" if number else f"{self.name}.{self.suffix}"


@dataclass(frozen=True, slots=True)
class DataProxy:
    """Where a Hanweb list goes on: the address, the fields of the form, and the total if told."""

    url: str
    fields: tuple[tuple[str, str], ...]
    total: int | None

    def request(self, start: int) -> tuple[str, dict[str, str]]:
        """Return address and form that ask for the records from `start`, counted from 1."""
        query = {"startrecord": start, "endrecord": start + _AT_ONCE - 1, "perpage": _PER_PAGE}
        form = {"col": "1", "sourceContentType": "1", **dict(self.fields)}
        return f"{self.url}?{urlencode(query)}", form


def trs_links(page: Page, account_id: str) -> tuple[Reference, ...]:
    """Return the articles that a TRS list links to, newest first."""
    root, _ = page_root(page)
    rows = ((row_of(link), link) for link in root.iter("a"))
    return newest_first(_listed(rows, page, account_id, "trs", _TRS_ARTICLE))


def trs_pages(page: Page) -> TrsPages:
    """Read the list's call of createPageHTML(pages, current, name, suffix)."""
    text, _ = page_text(page)
    if match := _TRS_PAGING.search(text):
        return TrsPages(int(match[1]), match[3], match[4])
    return TrsPages(0)


def hanweb_links(page: Page, account_id: str) -> tuple[tuple[Reference, ...], int]:
    """
    Return the articles of the datastore in the page, newest first, and the number of records.

    Records may be junk; they are counted, since the next request goes on behind them. Raises
    FormatChanged where there is no datastore.
    """
    records = _records(_datastore(page))
    rows = []
    for record in records:
        row = fragment(f"<table>{record}</table>" if "<tr" in record else record, page.url)
        rows += [(row, link) for link in row.iter("a")]
    found = _listed(rows, page, account_id, "hanweb", _HANWEB_ARTICLE)
    return newest_first(found), len(records)


def hanweb_next(page: Page) -> DataProxy | None:
    """Return where the list goes on, None where it does not say."""
    store = _datastore(page)
    match = _PROXY.search(store)
    url = join_link(page.url, match[1]) if match else None
    if url is None:
        return None
    query = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    fields = tuple((name, query[name]) for name in _PROXY_FIELDS if name in query)
    total = _TOTAL.search(store)
    return DataProxy(url.partition("?")[0], fields, int(total[1]) if total else None)


def _datastore(page: Page) -> str:
    text, _ = page_text(page)
    start, end = text.find("<datastore"), text.rfind("</datastore>")
    if not 0 <= start < end:
        raise FormatChanged(f"{page.url}：没有文章列表（datastore）")
    return text[start:end]


def _records(store: str) -> list[str]:
    """Return the HTML of each record; no pattern, since one unclosed mark would cost all."""
    parts = [part.partition("</record>")[0].strip() for part in store.split("<record>")[1:]]
    return [part.removeprefix("<![CDATA[").removesuffix("]]>") for part in parts]


def _listed(
    rows: Iterable[tuple[HtmlElement, HtmlElement]],
    page: Page,
    account_id: str,
    source: str,
    pattern: re.Pattern[str],
) -> list[Reference]:
    # A list of another site's articles is no publication of this account.
    found: dict[str, Reference] = {}
    texts: dict[HtmlElement, str] = {}
    for row, link in rows:
        url = join_link(page.url, link.get("href", ""))
        match = pattern.search(urlsplit(url).path) if url else None
        if url is None or match is None or not same_host(url, page.url):
            continue
        words = inline_text(link)
        title = " ".join((link.get("title", "").strip() or words).split())
        time = _listed_time(text_beside(row, words, texts), match)
        reference = Reference(account_id, source, canonical(url), url, title, time)
        known = found.get(reference.native_id)
        if known is None or (title and not known.title):
            found[reference.native_id] = reference
    return list(found.values())


def _listed_time(beside: str, match: re.Match[str]) -> datetime | None:
    try:
        named = datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=CHINA)
    except ValueError:
        return read_time(beside)
    return read_time(beside) or month_and_day(beside, named) or named


def text_beside(row: HtmlElement, words: str, texts: dict[HtmlElement, str]) -> str:
    """
    Return what stands in a row beside the words of its link, which may hold a date of their own.

    A text too long for a row holds others' dates, and gives "". `texts` keeps the texts of rows: a
    page may have thousands of links in one.
    """
    if row not in texts:
        texts[row] = inline_text(row)
    return texts[row].replace(words, " ", 1) if len(texts[row]) <= _ROW_LENGTH else ""


def row_of(link: HtmlElement) -> HtmlElement:
    """Return the row of the list that the link stands in, else the link's parent."""
    above = link
    for _ in range(_ROW_DEPTH):
        parent = above.getparent()
        if parent is None:
            break
        above = parent
        if above.tag in _ROWS:
            return above
    parent = link.getparent()
    return link if parent is None else parent
