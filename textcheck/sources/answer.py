"""What every source asks of an answer before it reads it."""

import json
import re
from typing import Any

from lxml.html import HtmlElement

from textcheck.article import ArticleState, Page, Reference
from textcheck.errors import (
    BlockedError,
    FetchError,
    FormatChanged,
    GoneError,
    NotModified,
    ReadError,
)
from textcheck.readers.decode import decode_page
from textcheck.readers.html import parse_html

__all__ = [
    "conditions",
    "demand_list",
    "demand_ok",
    "fragment",
    "json_object",
    "page_root",
    "page_text",
]

# 412 and 521 come with a script to be solved; 418 and 432 are Weibo's; the rest as defined.
_WALLS = frozenset({401, 403, 407, 412, 414, 418, 429, 432, 451, 521})
_GONE = frozenset({404, 410})
_FIRST_ERROR = 300  # redirects were followed
_NOT_MODIFIED = 304


def conditions(reference: Reference) -> dict[str, str]:
    """Return the headers that ask for an article's page only if it has changed."""
    names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    return {names[name]: value for name, value in reference.validators.items() if name in names}


def demand_ok(page: Page) -> None:
    """Raise what the status of the answer means, unless it means success."""
    if page.status == _NOT_MODIFIED:
        raise NotModified(f"{page.url} 没有变化")
    if page.status in _WALLS:
        raise BlockedError(f"{page.url} 被拒绝（{page.status}）")
    if page.status in _GONE:
        raise GoneError(f"{page.url} 已不存在（{page.status}）", ArticleState.DELETED.value)
    if page.status >= _FIRST_ERROR or page.status < 200:  # noqa: PLR2004 # HTTP success
        raise FetchError(f"{page.url} 返回 {page.status}")


def demand_list(page: Page) -> None:
    """Do the same for a list, which is not an article that may go away."""
    try:
        demand_ok(page)
    except GoneError as error:
        raise FetchError(f"列表 {error}") from error


def page_text(page: Page) -> tuple[str, tuple[str, ...]]:
    """Return the text of the answer and what is doubtful about its encoding."""
    return decode_page(page.body, page.headers.get("content-type", ""))


def page_root(page: Page) -> tuple[HtmlElement, tuple[str, ...]]:
    """Parse the answer as HTML; raises FormatChanged where it is none."""
    text, warnings = page_text(page)
    return fragment(text, page.url), warnings


_HALF = re.compile("[\ud800-\udfff]")


def fragment(html: str, url: str) -> HtmlElement:
    """Parse a piece of HTML that stood at url; raises FormatChanged where it is none."""
    try:
        return parse_html(html)
    except ReadError as error:
        raise FormatChanged(f"{url}：{error}") from error


def json_object(page: Page) -> dict[str, Any]:
    """
    Parse the answer as a JSON object; raises FormatChanged where it is none.

    Halves of characters can neither be sent nor stored: U+FFFD takes their place.
    """
    text, _ = page_text(page)
    try:
        data = json.loads(text)
        if "\\ud" in text.lower():
            data = json.loads(_HALF.sub("\ufffd", json.dumps(data, ensure_ascii=False)))
    except (ValueError, RecursionError) as error:
        raise FormatChanged(f"{page.url} 返回的不是 JSON") from error
    if not isinstance(data, dict):
        raise FormatChanged(f"{page.url} 返回的不是 JSON 对象")
    return data
