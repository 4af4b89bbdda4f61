"""Weibo accounts by the open platform, with the account's own authorisation."""

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import urlencode

from textcheck.account import Account
from textcheck.article import Article, ArticleState, Cursor, Listing, Page, Reference
from textcheck.crawler.fetch import Fetcher
from textcheck.errors import (
    BlockedError,
    ConfigError,
    FetchError,
    FormatChanged,
    GoneError,
    LoginExpired,
    NotPermitted,
    RateLimited,
    TextcheckError,
)
from textcheck.sources.answer import demand_list, json_object
from textcheck.sources.compose import kept_at
from textcheck.sources.options import option
from textcheck.sources.secrets import read_secret, secret_option
from textcheck.sources.weibo_article import fetch_post, title_of
from textcheck.sources.weibo_post import Post, kept_fields, plain_lines, weibo_time

__all__ = ["WeiboApi", "list_timeline", "refuse"]

_BASE = "https://api.weibo.com/2/statuses"
_AT_ONCE = 100
_ERRORS: Mapping[int, tuple[type[TextcheckError], str]] = {
    10022: (RateLimited, "本机地址调用过于频繁"),
    10023: (RateLimited, "用户调用过于频繁"),
    10024: (RateLimited, "接口调用过于频繁"),
    21314: (LoginExpired, "授权已失效，请重新授权"),
    21315: (LoginExpired, "授权已过期，请重新授权"),
    21327: (LoginExpired, "授权已过期，请重新授权"),
    21332: (LoginExpired, "授权无效，请重新授权"),
    21335: (ConfigError, "uid 不是授权的账号"),
    10004: (NotPermitted, "本机地址没有权限"),
    10005: (NotPermitted, "没有这个接口的权限"),
    10006: (ConfigError, "缺少应用的 appkey"),
    10014: (NotPermitted, "应用的权限不够"),
    20112: (BlockedError, "微博仅部分人可见"),
    20031: (BlockedError, "要求输入验证码"),
}
_GONE = 20101


class WeiboApi:
    """Source `weibo_api`; its options are `uid` and `token` (env:NAME or file:PATH)."""

    name = "weibo_api"
    lists_all = True

    def __init__(self, fetcher: Fetcher) -> None:
        """Take what goes out."""
        self._fetcher = fetcher

    async def list(self, account: Account, cursor: Cursor) -> AsyncIterator[Listing]:
        """Yield pages of the account's own timeline; the cursor is the number of the page."""
        uid = option(account, self.name, "uid")
        token = secret_option(account, self.name, "token")
        number, read = int(cursor.value or 1), 0
        while True:
            query = {"access_token": token, "uid": uid, "count": _AT_ONCE, "page": number}
            page = await self._fetcher.get(f"{_BASE}/user_timeline.json?{urlencode(query)}")
            where = option(account, self.name, "token")
            listing, count = list_timeline(account.id, where, page)
            read, number = read + count, number + 1
            more = count > 0 and read < (listing.expected or 0)
            following = Cursor(str(number)) if more else None
            yield Listing(listing.references, following, listing.expected)
            if following is None:
                return

    async def fetch(self, reference: Reference) -> Article:
        """Read the post out of the timeline; only a long text is asked for."""

        async def whole(post: Post) -> tuple[Page, str]:
            page = await self._fetcher.get(self._long(reference, post.mid))
            return page, _long_text(page)

        return await fetch_post(self._fetcher, reference, plain_lines, whole)

    async def confirm(self, reference: Reference) -> None:
        """Ask for one post; raises GoneError where the platform says that there is none."""
        _answer(await self._fetcher.get(self._long(reference, reference.native_id)))

    def _long(self, reference: Reference, mid: str) -> str:
        token = read_secret(reference.hint["token"], f"{reference.url} 的 token")
        query = {"access_token": token, "id": mid, "isGetLongText": "1"}
        return f"{_BASE}/show.json?{urlencode(query)}"


def list_timeline(account_id: str, token: str, page: Page) -> tuple[Listing, int]:
    """Read one page of the timeline; `token` says where the token is, and is no token."""
    answer = _answer(page)
    posts, total = answer.get("statuses"), answer.get("total_number")
    if not isinstance(posts, list) or not isinstance(total, int):
        raise FormatChanged(f"{page.url}：没有 statuses")
    references = []
    for post in posts:
        mid = str(post.get("idstr") or post.get("mid") or "") if isinstance(post, dict) else ""
        if not mid:
            raise FormatChanged(f"{page.url}：微博没有编号")
        kept = json.dumps(kept_fields(post), ensure_ascii=False)
        references.append(
            Reference(
                account_id=account_id,
                source=WeiboApi.name,
                native_id=mid,
                url=f"https://m.weibo.cn/detail/{mid}",
                title=title_of(plain_lines(str(post.get("text") or ""))),
                published_at=weibo_time(str(post.get("created_at") or ""), page.fetched_at),
                hint={"token": token, "mblog": kept, **kept_at(page)},
            )
        )
    return Listing(tuple(references), expected=total), len(posts)


def refuse(answer: Mapping[str, Any], page: Page) -> None:
    """Raise what the error code of an answer means, unless there is none."""
    code = answer.get("error_code")
    if code is None:
        return
    said = f"{page.url} 返回 {code}（{answer.get('error', '')}）"
    if code == _GONE:
        raise GoneError(f"{said}：微博已不存在", ArticleState.DELETED.value)
    kind, meaning = (
        _ERRORS.get(code, (FetchError, "")) if isinstance(code, int) else (FetchError, "")
    )
    raise kind(f"{said}：{meaning}" if meaning else said)


def _answer(page: Page) -> Mapping[str, Any]:
    # An error comes with a status of its own, but the code says more.
    try:
        answer = json_object(page)
    except FormatChanged:
        demand_list(page)
        raise
    refuse(answer, page)
    demand_list(page)
    return answer


def _long_text(page: Page) -> str:
    answer = _answer(page)
    told = answer.get("longText")
    text = told.get("longTextContent") if isinstance(told, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise FormatChanged(f"{page.url}：没有长微博全文")
    return text
