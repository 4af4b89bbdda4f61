"""Read what Weibo says about a post, in the form of m.weibo.cn, weibo.com or the open platform."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

from lxml.html import HtmlElement

from textcheck.config import CHINA
from textcheck.readers.html import html_blocks, parse_html

__all__ = [
    "Post",
    "clean_lines",
    "clean_tree",
    "is_pinned",
    "kept_fields",
    "plain_lines",
    "post_number",
    "posts_of",
    "read_post",
    "weibo_time",
]

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_FULL = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{2}):(\d{2}):(\d{2}) ([+-]\d{4}) (\d{4})$"
)
_AGO = re.compile(r"(\d+)\s*(秒|分钟|小时)前$")
_PINNED = 2  # mblogtype
_UNITS = {"秒": "seconds", "分钟": "minutes", "小时": "hours"}
_CLOCK = re.compile(r"(今天|昨天)\s*(\d{1,2}):(\d{2})$")
_DAY = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})$")
# What the platform writes for a link; a topic (#…#) and a name (@…) are the author's words.
_LABELS = frozenset({"网页链接", "查看图片", "查看动图", "评论配图", "全文", "展开", "展开全文"})
_VIDEO = re.compile(r".*的微博视频$")
_GOES_ON = re.compile(r">\s*(?:全文|展开)\s*</(?:a|span)>\s*$")
_CUT = re.compile(r"\s*(?:\.\.\.|…)\s*$")
_BASE62 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_KEPT = ("mid", "id", "mblogid", "text", "text_raw", "isLongText", "pic_num")
_KEPT_INSIDE = (
    "text",
    "text_raw",
    "isLongText",
    "type",
    "object_type",
    "page_title",
    "page_url",
    "page_id",
    "content1",
)
_ARTICLE = re.compile(r"(?<!\d)(2309\d{10,})(?!\d)")
_WITHDRAWN = re.compile(r"(?:抱歉|该微博|此微博|该账号|该内容)")


@dataclass(frozen=True, slots=True)
class Post:
    """
    One post; `text` and `quoted` are HTML, or plain where it was `text_raw`.

    `cut` tells that the text goes on elsewhere; `article` is the title of a headline article.
    """

    mid: str
    text: str
    cut: bool
    quoted: str
    quoted_cut: bool
    quoted_gone: bool
    images: int
    article: str
    article_id: str


def posts_of(cards: object, uid: str) -> Iterator[Mapping[str, Any]]:
    """Yield the account's own posts among the cards; those it liked come in the same list."""
    for card in _mappings(cards):
        for inner in (card, *_mappings(card.get("card_group"))):
            post = inner.get("mblog")
            if inner.get("card_type") != 9 or not isinstance(post, dict):  # noqa: PLR2004 # a post
                continue
            user = post.get("user")
            if not isinstance(user, dict) or str(user.get("id", uid)) == uid:
                yield {**post, "bid": post.get("bid") or _scheme_bid(inner.get("scheme"))}


def read_post(post: Mapping[str, Any]) -> Post:
    """Read one mblog, but for its times."""
    quoted = _mapping(post.get("retweeted_status"))
    info = _mapping(post.get("page_info"))
    text = str(quoted.get("text_raw") or quoted.get("text") or "")
    own = str(post.get("text") or "")
    linked = info.get("type") == "article" or info.get("object_type") == "article"
    number = _ARTICLE.search(f"{info.get('page_id') or ''} {info.get('page_url') or ''}")
    return Post(
        mid=str(post.get("mid") or post.get("id") or ""),
        text=str(post.get("text_raw") or own),
        cut=post.get("isLongText") is True or bool(_GOES_ON.search(own)),
        quoted=text,
        quoted_cut=quoted.get("isLongText") is True,
        quoted_gone=not quoted.get("user") and bool(_WITHDRAWN.match(text)),
        images=_count(post.get("pic_num")),
        article=str(info.get("content1") or info.get("page_title") or "") if linked else "",
        article_id=number[1] if linked and number else "",
    )


def is_pinned(post: Mapping[str, Any]) -> bool:
    """Tell whether the post stands first by choice, not by age."""
    titled = str(_mapping(post.get("title")).get("text") or "")
    return bool(post.get("isTop")) or post.get("mblogtype") == _PINNED or "置顶" in titled


def kept_fields(post: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of an mblog that read_post looks at."""
    kept = {name: post[name] for name in _KEPT if name in post}
    for name in ("retweeted_status", "page_info"):
        if inner := _mapping(post.get(name)):
            kept[name] = {key: inner[key] for key in _KEPT_INSIDE if key in inner}
    if "retweeted_status" in kept:
        kept["retweeted_status"]["user"] = bool(post["retweeted_status"].get("user"))
    return kept


def clean_lines(html: str) -> list[str]:
    """
    Return the words of the author, line by line.

    >>> clean_lines("甲<span class='url-icon'><img alt=[鼓掌]></span><br />乙 ...<a href='/status/4'>全文</a>")
    ['甲[鼓掌]', '乙']
    """  # noqa: E501 # an example is copied, not read across
    return clean_tree(parse_html(html)) if html.strip() else []


def plain_lines(text: str) -> list[str]:
    """Return the lines of a text that came without HTML, but for its entities."""
    lines = (" ".join(line.split()) for line in unescape(text).strip("\u200b \n").splitlines())
    return [line for line in lines if line.strip("\u200b")]


def post_number(bid: str) -> str:
    """
    Return the number (mid) that the short name of a post stands for; "" for no short name.

    Each four letters are seven digits, counted from the end.

    >>> post_number("K3fnuEfZK")
    '4607741009594608'
    """
    if not bid or not set(bid) <= set(_BASE62):
        return ""
    digits = ""
    while bid:
        bid, group = bid[:-4], bid[-4:]
        number = 0
        for letter in group:
            number = number * 62 + _BASE62.index(letter)
        digits = (f"{number:07}" if bid else str(number)) + digits
    return digits


def clean_tree(root: HtmlElement) -> list[str]:
    """Do the same with HTML that was parsed; the tree is changed."""
    cut = False
    for image in root.xpath("//*[contains(@class, 'url-icon')]//img[@alt]"):
        _put(image, image.get("alt", ""))
    for link in root.xpath("//a | //*[contains(@class, 'expand')]"):
        label = "".join(link.itertext()).strip()
        if label in _LABELS or _VIDEO.match(label):
            cut = cut or label in {"全文", "展开", "展开全文"}
            _put(link, "")
    lines = [text for _, text in html_blocks(root)]
    if cut and lines:
        lines[-1] = _CUT.sub("", lines[-1])
    return [line for line in lines if line]


def weibo_time(value: str, fetched_at: datetime) -> datetime | None:
    """
    Read a time as Weibo writes it, relative ones against `fetched_at`.

    >>> str(weibo_time("Wed Jun 16 20:07:07 +0800 2021", datetime(2021, 6, 17, tzinfo=CHINA)))
    '2021-06-16 20:07:07+08:00'
    """
    value, now = value.strip(), fetched_at.astimezone(CHINA)
    try:
        if match := _FULL.match(value):
            month = _MONTHS.split().index(match[1]) + 1
            written = f"{match[7]}-{month:02}-{int(match[2]):02}T{match[3]}:{match[4]}:{match[5]}"
            return datetime.fromisoformat(f"{written}{match[6]}").astimezone(CHINA)
        if value == "刚刚":
            return now.replace(microsecond=0)
        if match := _AGO.match(value):
            ago = timedelta(**{_UNITS[match[2]]: int(match[1])})
            return (now - ago).replace(microsecond=0)
        if match := _CLOCK.match(value):
            day = now - timedelta(days=match[1] == "昨天")
            return day.replace(hour=int(match[2]), minute=int(match[3]), second=0, microsecond=0)
        if match := _DAY.match(value):
            day = datetime(int(match[1] or now.year), int(match[2]), int(match[3]), tzinfo=CHINA)
            # Without a year it is the last such day.
            return day if match[1] or day <= now else day.replace(year=day.year - 1)
    except (ValueError, OverflowError):
        return None
    return None


def _put(element: HtmlElement, text: str) -> None:
    # drop_tree keeps what stands behind the element.
    element.tail = f"{text}{element.tail or ''}"
    element.drop_tree()


def _scheme_bid(scheme: object) -> str:
    try:
        return parse_qs(urlsplit(str(scheme or "")).query).get("mblogid", [""])[0]
    except ValueError:
        return ""


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _count(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0
