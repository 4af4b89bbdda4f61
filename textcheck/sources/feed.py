"""Read RSS and Atom, as the bridges that an office can host write them."""

import email.utils
import re
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Any

import feedparser

from textcheck.article import Page
from textcheck.config import CHINA
from textcheck.errors import FormatChanged
from textcheck.sources.answer import page_text

__all__ = ["FeedItem", "parse_feed"]

# wewe-rss writes this in place of a text that it could not get.
_FAILED = "获取全文失败"
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_FEED_WITHIN = 4096
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry; `html` is the full text where the feed carries it, `summary` its description."""

    link: str
    guid: str
    title: str
    published_at: datetime | None
    html: str
    summary: str


def parse_feed(page: Page) -> list[FeedItem]:
    """
    Return the entries in the order of the feed.

    Raises FormatChanged where the answer is no feed, or a feed without entries: a bridge that
    lost its login says that too.
    """
    parsed = _parsed(page)
    if not parsed.entries:
        raise FormatChanged(f"{page.url} 是空的订阅源，不能当作没有文章")
    return [_item(entry) for entry in parsed.entries]


def _parsed(page: Page) -> Any:  # noqa: ANN401 # feedparser publishes no types
    # Decoded here, since the parser stumbles over a spoiled encoding. The sanitiser would drop
    # svg and mp-* elements. A file object: the parser takes a string for an address to open.
    text, _ = page_text(page)
    if not _FEED.search(text[:_FEED_WITHIN]):
        raise FormatChanged(f"{page.url} 不是 RSS 或 Atom")
    try:
        return feedparser.parse(
            BytesIO(_DECLARATION.sub("", text).encode()),
            sanitize_html=False,
            resolve_relative_uris=False,
            response_headers={"content-type": "application/xml; charset=utf-8"},
        )
    except (ValueError, OverflowError, LookupError, AssertionError) as error:
        # What its second parser, for spoiled XML, raises at a reference like &#xD800;.
        raise FormatChanged(f"{page.url} 不是可读的 RSS 或 Atom") from error


def _item(entry: Any) -> FeedItem:  # noqa: ANN401 # likewise
    told = partial(dict.get, entry)  # the entry's own get answers `updated` with a warning
    contents = [str(part.get("value") or "") for part in entry.get("content", [])]
    html = _bare(contents[0]) if contents else ""
    return FeedItem(
        link=_bare(str(entry.get("link") or "")),
        guid=_bare(str(entry.get("id") or "")),
        title=_bare(str(entry.get("title") or "")),
        published_at=_time(str(told("published") or told("updated") or "").strip()),
        html="" if html.startswith(_FAILED) else html,
        summary=_bare(str(told("summary") or "")),
    )


def _bare(text: str) -> str:
    # we-mp-rss can escape the CDATA marks themselves.
    return text.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip()


def _time(value: str) -> datetime | None:
    # A time without a zone is the bridge's own clock, which stands in China.
    for read in (email.utils.parsedate_to_datetime, datetime.fromisoformat):
        try:
            time = read(value)
        except (TypeError, ValueError, OverflowError):
            continue
        return time.replace(tzinfo=time.tzinfo or CHINA).astimezone(CHINA)
    return None
