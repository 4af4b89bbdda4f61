"""WeChat accounts by the events that the platform pushes to the office: an inbox of files."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from lxml import etree

from textcheck.account import Account
from textcheck.article import Article, Cursor, Listing, Reference
from textcheck.crawler.fetch import Fetcher
from textcheck.errors import ConfigError, FormatChanged
from textcheck.sources.compose import newest_first
from textcheck.sources.options import option
from textcheck.sources.times import from_seconds
from textcheck.sources.wechat_article import fetch_article, secure_link, wechat_identity

__all__ = ["WechatEvents", "read_events"]

_SENT, _PUBLISHED = "MASSSENDJOBFINISH", "PUBLISHJOBFINISH"
_MOST_BYTES = 1_000_000  # an event weighs some kilobytes


class WechatEvents:
    """
    Source `wechat_events`; its option `inbox` is a folder of forwarded events, one a file.

    A callback address belongs to one system of an account; where the office has one, that
    forwards what it gets. The inbox knows no articles from before it was set up.
    """

    name = "wechat_events"
    lists_all = False

    def __init__(self, fetcher: Fetcher, files: Fetcher) -> None:
        """Take what goes out to the platform, and what goes out for files on other hosts."""
        self._fetcher = fetcher
        self._files = files

    async def list(self, account: Account, cursor: Cursor) -> AsyncIterator[Listing]:
        """Yield what all events name, as one page; an event that was sent again counts once."""
        del cursor
        found: dict[str, Reference] = {}
        for name, body in _files(option(account, self.name, "inbox")):
            for reference in read_events(account.id, body, name):
                found.setdefault(reference.native_id, reference)
        yield Listing(newest_first(found.values()))

    async def fetch(self, reference: Reference) -> Article:
        """Read the article's page."""
        return await fetch_article(self._fetcher, reference, self._files)


def read_events(account_id: str, body: bytes, name: str) -> Iterator[Reference]:
    """
    Yield the articles of the events in a file, which may hold several one after another.

    Events of other kinds, and of sendings that failed, name none. Raises FormatChanged for
    what is no event, and for one that is encrypted.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    inner = body.removeprefix(b"\xef\xbb\xbf").strip()
    if inner.startswith(b"<?xml"):
        inner = inner.partition(b"?>")[2]
    try:
        root = etree.fromstring(b"<events>" + inner + b"</events>", parser)
    except etree.XMLSyntaxError as error:
        raise FormatChanged(f"事件文件 {name} 不是可读的 XML") from error
    events = root.findall("xml")
    if not events:
        raise FormatChanged(f"事件文件 {name} 中没有事件")
    for event in events:
        if event.find("Encrypt") is not None:
            raise FormatChanged(f"事件文件 {name} 是加密的，请由接收事件的系统解密后转存")
        yield from _articles(account_id, event)


def _articles(account_id: str, event: etree._Element) -> Iterator[Reference]:
    kind = _text(event, "Event").upper()
    if kind == _SENT and _text(event, "Status").replace(" ", "").lower() == "sendsuccess":
        links = event.iterfind("ArticleUrlResult/ResultList/item/ArticleUrl")
    elif kind == _PUBLISHED and _text(event, "PublishEventInfo/publish_status") == "0":
        links = event.iterfind("PublishEventInfo/article_detail/item/article_url")
    else:
        return
    published_at = from_seconds(_text(event, "CreateTime"))
    for link in links:
        url = secure_link((link.text or "").strip())
        if identity := wechat_identity(url):
            yield Reference(account_id, WechatEvents.name, identity, url, published_at=published_at)


def _text(event: etree._Element, path: str) -> str:
    return (event.findtext(path) or "").strip()


def _files(inbox: str) -> Iterator[tuple[str, bytes]]:
    folder = Path(inbox)
    if not folder.is_dir():
        raise ConfigError(f"wechat_events 来源：没有目录 {folder}")
    for path in sorted(folder.glob("*.xml")):
        try:
            if path.stat().st_size > _MOST_BYTES:
                raise FormatChanged(f"事件文件 {path.name} 过大，不会是事件")
            yield path.name, path.read_bytes()
        except OSError as error:
            raise ConfigError(f"事件文件 {path} 无法读取：{error}") from error
