"""A column of a government site, whatever made it: one class for all styles of lists."""

from collections.abc import AsyncIterator

from textcheck.account import Account
from textcheck.article import Article, Cursor, Listing, Reference
from textcheck.crawler.fetch import Fetcher
from textcheck.errors import FormatChanged
from textcheck.sources.answer import demand_list
from textcheck.sources.origin import owned
from textcheck.sources.site_article import fetch_site_article
from textcheck.sources.site_page import recipe_body, site_body
from textcheck.sources.site_style import Style

__all__ = ["SiteColumn"]

_NOT_FOUND = 404


class SiteColumn:
    """A source by the name of its style; the option `list` is the address of the list."""

    lists_all = True

    def __init__(self, fetcher: Fetcher, style: Style) -> None:
        """Take what goes out, and how lists look."""
        self._fetcher = fetcher
        self._style = style

    @property
    def name(self) -> str:
        """Return the name of the style."""
        return self._style.name

    async def list(self, account: Account, cursor: Cursor) -> AsyncIterator[Listing]:
        """
        Yield list pages; the cursor is the number of the next.

        Ends behind the last declared page, at a 404, or at a page that holds nothing new.
        """
        number = int(cursor.value or 0)
        known: set[str] = set()
        while url := self._style.address(account, number):
            page = await self._fetcher.get(url)
            if number and page.status == _NOT_FOUND:
                return
            demand_list(page)
            found = self._style.read(page, account)
            if not found.references and not number:
                raise FormatChanged(f"{page.url}：列表里没有文章")
            new = tuple(item for item in found.references if item.native_id not in known)
            if not new:
                return
            known.update(item.native_id for item in new)
            number += 1
            more = (found.pages is None or number < found.pages) and bool(
                self._style.address(account, number)
            )
            following = Cursor(str(number)) if more else None
            yield owned(Listing(new, following, found.total), account)
            if not more:
                return

    async def fetch(self, reference: Reference) -> Article:
        """Read an article's page and the files that it links to."""
        body = reference.hint.get("body", "")
        find = recipe_body(body) if body else site_body
        return await fetch_site_article(self._fetcher, reference, find)
