"""WeChat official accounts: listed by an RSS bridge, read from the article's own page."""

import hashlib
from collections.abc import AsyncIterator
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from textcheck.account import Account
from textcheck.article import Article, ArticleState, Cursor, Listing, Page, Reference
from textcheck.config import CHINA
from textcheck.crawler.fetch import Fetcher
from textcheck.document import BlockKind
from textcheck.errors import FormatChanged
from textcheck.readers.html import html_blocks
from textcheck.sources.answer import demand_list, demand_ok, fragment
from textcheck.sources.compose import compose
from textcheck.sources.feed import FeedItem, parse_feed
from textcheck.sources.options import option
from textcheck.sources.wechat_page import WechatText, read_wechat

__all__ = ["WechatArticles", "list_feed", "wechat_identity"]

_HOST = "mp.weixin.qq.com"
_CONTENT = "content"


class WechatArticles:
    """Source `wechat_rss`; its option `feed` is the address of the account's feed."""

    name = "wechat_rss"

    def __init__(self, fetcher: Fetcher) -> None:
        """Take what goes out."""
        self._fetcher = fetcher

    async def list(self, account: Account, cursor: Cursor) -> AsyncIterator[Listing]:
        """Yield the feed, which is one page whatever the cursor."""
        del cursor
        page = await self._fetcher.get(option(account, self.name, "feed"))
        demand_list(page)
        yield Listing(list_feed(account.id, page))

    async def fetch(self, reference: Reference) -> Article:
        """Read the article's page; what that lacks is taken from the feed, and said so."""
        content = reference.hint.get(_CONTENT, "")
        if urlsplit(reference.url).hostname != _HOST:
            return _from_feed(reference, content)
        page = await self._fetcher.get(reference.url)
        demand_ok(page)
        try:
            text = read_wechat(page)
        except FormatChanged:
            if not content:
                raise
            return _from_feed(reference, content, page)
        return _article(reference, text, page, content)


def list_feed(account_id: str, page: Page) -> tuple[Reference, ...]:
    """Return the references of a feed, newest first, each article once."""
    references: dict[str, Reference] = {}
    for item in parse_feed(page):
        native_id = wechat_identity(item.link) or _feed_identity(item)
        hint = {_CONTENT: item.html} if item.html else {}
        url = _secure(item.link or page.url)
        reference = Reference(
            account_id, "wechat_rss", native_id, url, item.title, item.published_at, hint
        )
        references.setdefault(native_id, reference)
    unknown = datetime.max.replace(tzinfo=CHINA)  # first, so that no cut-off by date drops it
    return tuple(
        sorted(references.values(), key=lambda item: item.published_at or unknown, reverse=True)
    )


def wechat_identity(link: str) -> str:
    """
    Return biz:mid:idx of a long link, the last part of a short one, "" for any other.

    >>> wechat_identity("http://mp.weixin.qq.com/s?__biz=MzA==&mid=22&idx=1&sn=f#rd")
    'MzA==:22:1'
    >>> wechat_identity("https://mp.weixin.qq.com/s/JJyPUpHLM2bGvfk5FNvTUA")
    'JJyPUpHLM2bGvfk5FNvTUA'
    """
    try:
        parts = urlsplit(link)
        host = parts.hostname
    except ValueError:
        return ""
    if host != _HOST:
        return ""
    query = parse_qs(parts.query)
    names = [query.get(name, [""])[0] for name in ("__biz", "mid", "idx")]
    if all(names):
        return ":".join(names)
    return parts.path.removeprefix("/s/").strip("/") if parts.path.startswith("/s/") else ""


def _feed_identity(item: FeedItem) -> str:
    told = item.guid or item.link or f"{item.title}\n{item.published_at}"
    return f"feed:{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()[:16]}"


def _secure(link: str) -> str:
    # The host answers http with a redirect to https only.
    return link.replace(f"http://{_HOST}/", f"https://{_HOST}/", 1)


def _article(reference: Reference, text: WechatText, page: Page, content: str) -> Article:
    blocks, warnings = text.blocks, text.warnings
    if not text.body and content and (filled := _read(content, reference)):
        blocks = [*blocks, *filled]
        warnings += ("正文取自订阅源",)
    published_at = text.published_at or reference.published_at
    if text.published_at is None:
        warnings += ("文章页没有发布时间",)
    return Article(
        reference=reference,
        state=ArticleState.PARTIAL if text.partial else ArticleState.OK,
        document=compose(blocks, reference, published_at),
        title=text.title or reference.title,
        published_at=published_at,
        modified_at=text.modified_at,
        images_unread=text.images,
        warnings=warnings,
        pages=(page,),
    )


def _from_feed(reference: Reference, content: str, *pages: Page) -> Article:
    # The feed's text is all there is: it may be cut, so it never counts as read in full.
    if not content or not (blocks := _read(content, reference)):
        raise FormatChanged(f"{reference.url}：订阅源没有正文，链接也不是微信文章页")
    head = [(BlockKind.TITLE, reference.title)]
    return Article(
        reference=reference,
        state=ArticleState.PARTIAL,
        document=compose([*head, *blocks], reference, reference.published_at),
        title=reference.title,
        published_at=reference.published_at,
        warnings=("正文取自订阅源",),
        pages=pages,
    )


def _read(content: str, reference: Reference) -> list[tuple[BlockKind, str]]:
    return html_blocks(fragment(content, reference.url))
