"""Weibo accounts by RSSHub, where the office hosts one."""

import re
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from textcheck.account import Account
from textcheck.article import Article, Cursor, Listing, Page, Reference
from textcheck.crawler.fetch import Fetcher
from textcheck.errors import FormatChanged
from textcheck.readers.html import html_blocks
from textcheck.sources.answer import demand_list, fragment
from textcheck.sources.compose import kept_at, newest_first
from textcheck.sources.feed import parse_feed
from textcheck.sources.links import join_link
from textcheck.sources.options import option
from textcheck.sources.weibo_article import Found, weibo_article
from textcheck.sources.weibo_post import clean_tree, post_number, read_post

__all__ = ["WeiboRss", "list_weibo_feed", "read_description"]

_POST = re.compile(r"/(\d+)/(\w+)$")
_FORWARDED = re.compile(r"^-?\s*转发\s*@?[^:：\s]*\s*[:：]\s*")


class WeiboRss:
    """Source `weibo_rss`; its option `feed` is the address of the account's feed."""

    name = "weibo_rss"
    lists_all = True

    def __init__(self, fetcher: Fetcher) -> None:
        """Take what goes out."""
        self._fetcher = fetcher

    async def list(self, account: Account, cursor: Cursor) -> AsyncIterator[Listing]:
        """Yield the feed, which is one page whatever the cursor."""
        del cursor
        page = await self._fetcher.get(option(account, self.name, "feed"))
        demand_list(page)
        yield Listing(list_weibo_feed(account.id, page))

    async def fetch(self, reference: Reference) -> Article:
        """Read the post out of the feed."""
        html = reference.hint.get("html", "")
        post = read_post({"text": html, "pic_num": html.count("<img")})
        found = read_description(html, reference.url)
        if post.cut or (found.lines and found.lines[-1].endswith("...全文")):
            found.unread.append("长微博只读到开头")
        return weibo_article(reference, post, found)


def list_weibo_feed(account_id: str, page: Page) -> tuple[Reference, ...]:
    """Return the posts of a feed, newest first, each once."""
    found: dict[str, Reference] = {}
    for item in parse_feed(page):
        link = join_link(page.url, item.link)
        match = _POST.search(urlsplit(link).path) if link else None
        identity = post_number(match[2]) if match else item.guid or item.link
        if not identity:
            raise FormatChanged(f"{page.url}：条目没有链接")
        hint = {"html": item.html or item.summary, **kept_at(page)}
        found.setdefault(
            identity,
            Reference(
                account_id,
                WeiboRss.name,
                identity,
                item.link or page.url,
                item.title,
                item.published_at,
                hint,
            ),
        )
    return newest_first(found.values())


def read_description(html: str, url: str) -> Found:
    """Return the author's own words, and apart from them the post that was forwarded."""
    if not html.strip():
        raise FormatChanged(f"{url}：订阅源没有正文")
    root = fragment(html, url)
    quoted: list[str] = []
    for block in root.findall(".//blockquote"):
        lines = [text for _, text in html_blocks(block)]
        if lines and _FORWARDED.match(lines[0]):
            lines[0] = _FORWARDED.sub("", lines[0], count=1)
            quoted += [line for line in lines if line]
            block.drop_tree()
    return Found(clean_tree(root), quoted)
