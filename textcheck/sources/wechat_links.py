"""WeChat articles by a list of links that somebody pasted."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

from textcheck.account import Account
from textcheck.article import Article, Cursor, Listing, Reference
from textcheck.crawler.fetch import Fetcher
from textcheck.errors import ConfigError, ReadError
from textcheck.readers.decode import decode_text
from textcheck.sources.options import option
from textcheck.sources.wechat_article import fetch_article, secure_link, wechat_identity

__all__ = ["WechatLinks", "pasted_links"]

_LINK = re.compile(r"https?://[^\s,;，；\"'<>（）]+")


class WechatLinks:
    """Source `wechat_links`; its option `file` is a text or CSV file with links in it."""

    name = "wechat_links"
    lists_all = False

    def __init__(self, fetcher: Fetcher, files: Fetcher) -> None:
        """Take what goes out to the platform, and what goes out for files on other hosts."""
        self._fetcher = fetcher
        self._files = files

    async def list(self, account: Account, cursor: Cursor) -> AsyncIterator[Listing]:
        """Yield the links of the file as one page."""
        del cursor
        yield Listing(pasted_links(account.id, _text(option(account, self.name, "file"))))

    async def fetch(self, reference: Reference) -> Article:
        """Read the article's page."""
        return await fetch_article(self._fetcher, reference, self._files)


def pasted_links(account_id: str, text: str) -> tuple[Reference, ...]:
    """Return the articles that a text links to, each once, in the order of the text."""
    found: dict[str, Reference] = {}
    for match in _LINK.finditer(text):
        url = secure_link(match[0])
        if identity := wechat_identity(url):
            reference = Reference(account_id, WechatLinks.name, identity, url)
            found.setdefault(identity, reference)
    return tuple(found.values())


def _text(file: str) -> str:
    path = Path(file)
    try:
        return decode_text(path.read_bytes(), path.name)
    except (OSError, ReadError) as error:
        raise ConfigError(f"链接文件 {path} 无法读取：{error}") from error
