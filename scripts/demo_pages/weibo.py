"""Answers of m.weibo.cn: the list of an account, long texts, single posts."""

import json
import re
from collections.abc import Sequence
from datetime import timedelta
from html import escape
from typing import Any

from demo_pages.articles import DemoAccount, DemoArticle
from demo_pages.routes import Pages

__all__ = ["mid", "render_api", "render_desktop", "render_weibo"]

_HOST = "m.weibo.cn"
_JSON = "application/json; charset=utf-8"
_SHOWN = 140  # the list cuts a post's text about here
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
_TOPIC = re.compile(r"#([^#\n]+)#")
_MENTION = re.compile(r"@([\w\-]+)")
_EMOJI = re.compile(r"\[([\u4e00-\u9fff]{1,4})\]")
_LINK = re.compile(r"https?://[\x21-\x7e]+")
_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def render_weibo(account: DemoAccount, pages: Pages) -> None:
    """Add the account's list (newest first, the pinned post before them), and each post."""
    uid = account.source["uid"]
    pinned = [article for article in account.articles if article.extra.get("pinned")]
    rest = [article for article in account.articles if not article.extra.get("pinned")]
    ordered = (*pinned, *rest)
    size = int(account.source.get("page_size", len(ordered)))
    # The first page is asked for without since_id: its route fits all, so it stands last.
    for at in reversed(range(0, len(ordered), size)):
        query = {"value": uid} | ({"since_id": mid(ordered[at])} if at else {})
        answer = _list(account, ordered, at, size)
        file = f"/list/{uid}_{at // size}.json"
        pages.route(_HOST, "/api/container/getIndex", answer, file, type=_JSON, query=query)
    for article in account.articles:
        _render_post(account, article, pages)


def render_desktop(account: DemoAccount, pages: Pages) -> None:
    """Add the account's list as weibo.com gives it to who is logged in; page 2 is empty."""
    uid, host, path = account.source["uid"], "weibo.com", "/ajax/statuses/mymblog"
    for number, posts in enumerate((account.articles, ()), start=1):
        data = {
            "list": [
                _mblog(account, article)
                | {
                    "idstr": mid(article),
                    "mblogid": _bid(article),
                    "text_raw": article.plain,
                    "pic_infos": {},
                    "region_name": "",
                }
                for article in posts
            ],
            "since_id": f"{uid}kp{number}" if posts else "",
            "total": len(account.articles),
        }
        query = {"uid": uid, "page": str(number)}
        file = f"/list/{uid}_{number}.json"
        pages.route(host, path, _dump({"ok": 1, "data": data}), file, type=_JSON, query=query)


def render_api(account: DemoAccount, pages: Pages) -> None:
    """Add the account's timeline as the open platform gives it to who is authorised."""
    uid, host, path = account.source["uid"], "api.weibo.com", "/2/statuses/user_timeline.json"
    statuses = [
        _mblog(account, article) | {"idstr": mid(article), "text": f"{article.plain} \u200b"}
        for article in account.articles
    ]
    answer = _dump({"statuses": statuses, "total_number": len(statuses)})
    pages.route(host, path, answer, f"/list/{uid}.json", type=_JSON, query={"uid": uid})


def _list(account: DemoAccount, ordered: Sequence[DemoArticle], at: int, size: int) -> str:
    uid = account.source["uid"]
    info: dict[str, Any] = {
        "containerid": f"107603{uid}",
        "v_p": 42,
        "show_style": 1,
        "total": len(ordered),
    }
    if at + size < len(ordered):
        info["since_id"] = int(mid(ordered[at + size]))
    cards = [_card(account, article) for article in ordered[at : at + size]]
    answer = {
        "ok": 1,
        "data": {
            "cardlistInfo": info,
            "cards": [*cards, {"card_type": 58, "desc": "相关推荐"}],
            "scheme": f"sinaweibo://cardlist?containerid=107603{uid}",
            "showAppTips": 0,
        },
    }
    return _dump(answer)


def _render_post(account: DemoAccount, article: DemoArticle, pages: Pages) -> None:
    number = mid(article)
    show = _dump({"ok": 1, "data": _mblog(account, article)})
    name = f"/show/{number}.json"
    pages.route(_HOST, "/statuses/show", show, name, type=_JSON, query={"id": number})
    pages.point(_HOST, "/statuses/show", _HOST + name, type=_JSON, query={"id": _bid(article)})
    if _is_long(article):
        long_text = {
            "ok": 1,
            "data": {
                "ok": 1,
                "longTextContent": _html(article.plain),
                "reposts_count": 3,
                "comments_count": 2,
                "attitudes_count": 17,
            },
        }
        pages.route(
            _HOST, "/statuses/extend", _dump(long_text), f"/extend/{number}.json", type=_JSON,
            query={"id": number},
        )  # fmt: skip


def mid(article: DemoArticle) -> str:
    """Return the post's number; like the real ones they rise with time."""
    return str(5_100_000_000_000_000 + article.timestamp * 100 + article.number % 100)


def _bid(article: DemoArticle) -> str:
    rest, digits = int(mid(article)), ""
    while rest:
        rest, digit = divmod(rest, 62)
        digits = _BASE62[digit] + digits
    return digits


def _card(account: DemoAccount, article: DemoArticle) -> dict[str, Any]:
    uid = account.source["uid"]
    card: dict[str, Any] = {
        "card_type": 9,
        "itemid": f"107603{uid}_-_{mid(article)}",
        "scheme": f"https://m.weibo.cn/status/{_bid(article)}?mblogid={_bid(article)}",
    }
    if article.extra.get("pinned"):
        card["profile_type_id"] = "proweibotop_0"
    return card | {"mblog": _mblog(account, article)}


def _mblog(account: DemoAccount, article: DemoArticle) -> dict[str, Any]:
    number = mid(article)
    text = _html(article.plain)
    if _is_long(article):
        text = _html(article.plain[:_SHOWN]) + f' ...<a href="/status/{number}">全文</a>'
    post: dict[str, Any] = {
        "visible": {"type": 0, "list_id": 0},
        "created_at": _created(article),
        "id": number,
        "mid": number,
        "bid": _bid(article),
        "can_edit": False,
        "text": text,
        "textLength": len(article.plain.encode("gb18030")),
        "source": "微博网页版",
        "pic_ids": [],
        "pic_num": 0,
        "user": _user(account),
        "isLongText": _is_long(article),
        "mblogtype": 0,
        "reposts_count": 3,
        "comments_count": 2,
        "attitudes_count": 17,
    }
    if article.extra.get("pinned"):
        post |= {"isTop": 1, "mblogtype": 2, "title": {"text": "置顶", "base_color": 1}}
    if article.extra.get("edited"):
        edited_at = _created(article, hours=3)
        post |= {"edit_count": 1, "edit_at": edited_at, "edit_config": {"edited": True}}
    if article.kind == "repost":
        post["retweeted_status"] = _original(article)
    return post


def _original(article: DemoArticle) -> dict[str, Any]:
    number = str(int(mid(article)) - 360_000)
    return {
        "created_at": _created(article, hours=-1),
        "id": number,
        "mid": number,
        "bid": f"O{_bid(article)[1:]}",
        "text": _html(str(article.extra["original_text"]).strip("\n")),
        "isLongText": False,
        "user": {"id": 7900019999, "screen_name": str(article.extra["original_account"])},
    }


def _user(account: DemoAccount) -> dict[str, Any]:
    uid = account.source["uid"]
    return {
        "id": int(uid),
        "screen_name": account.name,
        "profile_url": f"https://m.weibo.cn/u/{uid}",
        "verified": True,
        "verified_type": 1,
        "verified_reason": f"{account.register['unit']}官方微博",
    }


def _created(article: DemoArticle, hours: int = 0) -> str:
    moment = article.published_at + timedelta(hours=hours)
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return f"{day} {month} {moment:%d %H:%M:%S %z %Y}"


def _is_long(article: DemoArticle) -> bool:
    return len(article.plain) > _SHOWN


def _html(text: str) -> str:
    text = escape(text, quote=False)
    text = _LINK.sub(
        r'<a href="https://weibo.cn/sinaurl?u=\g<0>"><span class="surl-text">网页链接</span></a>',
        text,
    )
    text = _TOPIC.sub(
        r'<a  href="https://m.weibo.cn/search?containerid=x" data-hide="">'
        r'<span class="surl-text">#\1#</span></a>',
        text,
    )
    text = _MENTION.sub(r"<a href='/n/\1'>@\1</a>", text)
    text = _EMOJI.sub(
        r'<span class="url-icon"><img alt=[\1] src="https://face.t.sinajs.cn/x.png" '
        r'style="width:1em; height:1em;" /></span>',
        text,
    )
    return text.replace("\n", "<br />")


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
