"""Government sites made with TRS WCM or with Hanweb."""

from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urljoin

from textcheck.account import Account
from textcheck.article import Article, Cursor, Listing, Page, Reference
from textcheck.crawler.fetch import Fetcher
from textcheck.errors import FormatChanged
from textcheck.sources.answer import demand_list
from textcheck.sources.options import option
from textcheck.sources.origin import owned
from textcheck.sources.site_article import fetch_site_article
from textcheck.sources.site_list import (
    DataProxy,
    TrsPages,
    hanweb_links,
    hanweb_next,
    trs_links,
    trs_pages,
)
from textcheck.sources.site_page import hanweb_body, trs_body

__all__ = ["HanwebSite", "TrsSite"]

_NOT_FOUND = 404


class TrsSite:
    """Source `trs`; its option `list` is the address of a list page."""

    name = "trs"
    lists_all = True

    def __init__(self, fetcher: Fetcher) -> None:
        """Take what goes out."""
        self._fetcher = fetcher

    async def list(self, account: Account, cursor: Cursor) -> AsyncIterator[Listing]:
        """
        Yield list pages; the cursor is the number and the file name of the next.

        Ends behind the last declared page, at a 404, or at a page that holds nothing new.
        """
        first = option(account, self.name, "list")
        number, _, file = cursor.value.partition(":")
        known: set[str] = set()
        while True:
            page = await self._fetcher.get(urljoin(first, file))
            at = int(number or 0)
            if at and page.status == _NOT_FOUND:
                return
            demand_list(page)
            references = trs_links(page, account.id)
            pages = trs_pages(page)
            if not references and (not at or pages.count):
                raise FormatChanged(f"{page.url}：列表里没有文章")
            new = [item for item in references if item.native_id not in known]
            if not new:
                return
            known.update(item.native_id for item in new)
            following = _next_file(pages, at)
            yield owned(Listing(tuple(new), Cursor(following) if following else None), account)
            if not following:
                return
            number, _, file = following.partition(":")

    async def fetch(self, reference: Reference) -> Article:
        """Read an article's page and the files that it links to."""
        return await fetch_site_article(self._fetcher, reference, trs_body)


class HanwebSite:
    """Source `hanweb`; its option `list` is the address of a column, /col/colN/index.html."""

    name = "hanweb"
    lists_all = True

    def __init__(self, fetcher: Fetcher) -> None:
        """Take what goes out."""
        self._fetcher = fetcher

    async def list(self, account: Account, cursor: Cursor) -> AsyncIterator[Listing]:
        """Yield the records in the column's page, then those of its proxy."""
        proxy, start = _resume(cursor)
        known: set[str] = set()
        while True:
            page = await self._page(account, proxy, start)
            references, records = hanweb_links(page, account.id)
            if not references and proxy is None:
                raise FormatChanged(f"{page.url}：列表里没有文章")
            new = [item for item in references if item.native_id not in known]
            if not new:
                return
            known.update(item.native_id for item in new)
            proxy = _with_total(proxy, hanweb_next(page))
            start += records
            total = proxy.total if proxy else None
            more = proxy is not None and (total is None or start <= total)
            following = _keep(proxy, start) if proxy and more else None
            yield owned(Listing(tuple(new), following, expected=total), account)
            if not more:
                return

    async def fetch(self, reference: Reference) -> Article:
        """Read an article's page and the files that it links to."""
        return await fetch_site_article(self._fetcher, reference, hanweb_body)

    async def _page(self, account: Account, proxy: DataProxy | None, start: int) -> Page:
        column = option(account, self.name, "list")
        if proxy is None:
            page = await self._fetcher.get(column)
        else:
            url, form = proxy.request(start)
            page = await self._fetcher.post(url, body=form, headers={"Referer": column})
        demand_list(page)
        return page


def _next_file(pages: TrsPages, at: int) -> str:
    # Where the list does not tell its length, the next page is tried: 404 ends it.
    if pages.count and at + 1 >= pages.count:
        return ""
    return f"{at + 1}:{pages.file(at + 1)}"


def _with_total(known: DataProxy | None, told: DataProxy | None) -> DataProxy | None:
    """Keep what the list has said, where its next page says less."""
    if told is None or known is None:
        return told or known
    return replace(told, total=known.total if told.total is None else told.total)


def _keep(proxy: DataProxy, start: int) -> Cursor:
    total = "" if proxy.total is None else str(proxy.total)
    return Cursor(urlencode([("at", proxy.url), ("start", start), ("total", total), *proxy.fields]))


def _resume(cursor: Cursor) -> tuple[DataProxy | None, int]:
    if not cursor.value:
        return None, 1
    (_, url), (_, start), (_, total), *fields = parse_qsl(cursor.value, keep_blank_values=True)
    return DataProxy(url, tuple(fields), int(total) if total else None), int(start)
