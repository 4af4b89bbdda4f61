"""WeChat official accounts: listed by an RSS bridge, read from the article's own page."""

import hashlib
from collections.abc import AsyncIterator

from textcheck.account import Account
from textcheck.article import Article, Cursor, Listing, Page, Reference
from textcheck.crawler.fetch import Fetcher
from textcheck.sources.answer import demand_list
from textcheck.sources.compose import newest_first
from textcheck.sources.feed import FeedItem, parse_feed
from textcheck.sources.options import option
from textcheck.sources.wechat_article import CONTENT, fetch_article, secure_link, wechat_identity

__all__ = ["WechatArticles", "list_feed"]


class WechatArticles:
    """Source `wechat_rss`; its option `feed` is the address of the account's feed."""

    name = "wechat_rss"
    lists_all = True

    def __init__(self, fetcher: Fetcher, files: Fetcher) -> None:
        """Take what goes out to the platform, and what goes out for files on other hosts."""
        self._fetcher = fetcher
        self._files = files

    async def list(self, account: Account, cursor: Cursor) -> AsyncIterator[Listing]:
        """Yield the feed, which is one page whatever the cursor."""
        del cursor
        page = await self._fetcher.get(option(account, self.name, "feed"))
        demand_list(page)
        yield Listing(list_feed(account.id, page))

    async def fetch(self, reference: Reference) -> Article:
        """Read the article's page, or what the feed holds of it."""
        return await fetch_article(self._fetcher, reference, self._files)


def list_feed(account_id: str, page: Page) -> tuple[Reference, ...]:
    """Return the references of a feed, newest first, each article once."""
    references: dict[str, Reference] = {}
    for item in parse_feed(page):
        native_id = wechat_identity(item.link) or _feed_identity(item)
        hint = {CONTENT: item.html} if item.html else {}
        url = secure_link(item.link or page.url)
        reference = Reference(
            account_id, "wechat_rss", native_id, url, item.title, item.published_at, hint
        )
        references.setdefault(native_id, reference)
    return newest_first(references.values())


def _feed_identity(item: FeedItem) -> str:
    told = item.guid or item.link or f"{item.title}\n{item.published_at}"
    return f"feed:{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()[:16]}"
