"""WeChat accounts by the office's own login to the platform's back end; only where it is set."""

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from textcheck.account import Account
from textcheck.article import Article, ArticleState, Cursor, Listing, Page, Reference
from textcheck.crawler.fetch import Fetcher
from textcheck.errors import FetchError, FormatChanged, GoneError, LoginExpired, RateLimited
from textcheck.sources.answer import demand_list, json_object
from textcheck.sources.options import option
from textcheck.sources.secrets import secret_option
from textcheck.sources.times import from_seconds
from textcheck.sources.wechat_article import fetch_article, secure_link, wechat_identity

__all__ = ["WechatBackend", "list_pushes"]

_BASE = "https://mp.weixin.qq.com"
_AT_ONCE = 5  # of pushes, each of up to eight articles
_NO_SESSION, _TOO_OFTEN = 200003, 200013
# Tuples, not sets: what is looked for comes from the answer, and may be a list.
_BAD_SESSION = (_NO_SESSION, 200040)


class WechatBackend:
    """
    Source `wechat_backend`; its options are `fakeid`, `cookie` and `token` (env: or file:).

    It lists all that an account sent. The interface is not an official one, the login lasts
    about four days, and logging in elsewhere ends it.
    """

    name = "wechat_backend"
    lists_all = True

    def __init__(self, fetcher: Fetcher, files: Fetcher) -> None:
        """Take what goes out to the platform, and what goes out for files on other hosts."""
        self._fetcher = fetcher
        self._files = files

    async def list(self, account: Account, cursor: Cursor) -> AsyncIterator[Listing]:
        """Yield pages of pushes, newest first; the cursor counts pushes."""
        begin = int(cursor.value or 0)
        headers = {
            "Cookie": secret_option(account, self.name, "cookie"),
            "Referer": f"{_BASE}/",
            "X-Requested-With": "XMLHttpRequest",
        }
        while True:
            page = await self._fetcher.get(self._url(account, begin), headers=headers)
            try:
                references, pushes, total = list_pushes(account.id, page)
            except RateLimited as error:
                self._fetcher.halt(_BASE, str(error))
                raise
            begin += pushes
            more = pushes > 0 and begin < total
            yield Listing(references, Cursor(str(begin)) if more else None)
            if not more:
                return

    async def fetch(self, reference: Reference) -> Article:
        """Read the article's page; one that the list calls deleted is not asked for."""
        if reference.hint.get("deleted"):
            raise GoneError(f"{reference.url}：已被发布者删除", ArticleState.DELETED.value)
        return await fetch_article(self._fetcher, reference, self._files)

    def _url(self, account: Account, begin: int) -> str:
        query = {
            "sub": "list",
            "search_field": "null",
            "begin": begin,
            "count": _AT_ONCE,
            "query": "",
            "fakeid": option(account, self.name, "fakeid"),
            "type": "101_1",
            "free_publish_type": 1,
            "sub_action": "list_ex",
            "token": secret_option(account, self.name, "token"),
            "lang": "zh_CN",
            "f": "json",
            "ajax": 1,
        }
        return f"{_BASE}/cgi-bin/appmsgpublish?{urlencode(query)}"


def list_pushes(account_id: str, page: Page) -> tuple[tuple[Reference, ...], int, int]:
    """Return the articles of a page of appmsgpublish, how many pushes it held, and of how many."""
    demand_list(page)
    answer = json_object(page)
    _refuse(answer, page)
    inner = _inner(answer.get("publish_page"), page)
    pushes, total = inner.get("publish_list"), inner.get("total_count")
    if not isinstance(pushes, list) or not isinstance(total, int):
        raise FormatChanged(f"{page.url}：没有 publish_list")
    found = [item for push in pushes for item in _articles(account_id, push, page)]
    return tuple(found), len(pushes), total


def _refuse(answer: Mapping[str, Any], page: Page) -> None:
    told = answer.get("base_resp")
    code = told.get("ret") if isinstance(told, dict) else None
    if code == 0:
        return
    said = f"{page.url} 返回 {code}"
    if code in _BAD_SESSION:
        raise LoginExpired(f"{said}：公众平台的登录已失效，请重新扫码登录并更新 cookie 和 token")
    if code == _TOO_OFTEN:
        raise RateLimited(f"{said}：公众平台限制访问频率，几小时后再试")
    if code is None:
        raise FormatChanged(f"{page.url}：没有 base_resp")
    raise FetchError(said)


def _articles(account_id: str, push: object, page: Page) -> Iterator[Reference]:
    told = push.get("publish_info") if isinstance(push, dict) else None
    if not told:  # a push that was removed
        return
    articles = _inner(told, page).get("appmsgex")
    if not isinstance(articles, list):
        raise FormatChanged(f"{page.url}：没有 appmsgex")
    for item in articles:
        if not isinstance(item, dict):
            raise FormatChanged(f"{page.url}：appmsgex 不是已知的格式")
        url = secure_link(str(item.get("link") or ""))
        identity = wechat_identity(url) or f"aid:{item.get('aid') or ''}"
        yield Reference(
            account_id,
            WechatBackend.name,
            identity,
            url,
            " ".join(str(item.get("title") or "").split()),
            from_seconds(str(item.get("create_time") or item.get("update_time") or "")),
            {"deleted": "1"} if item.get("is_deleted") else {},
        )


def _inner(text: object, page: Page) -> dict[str, Any]:
    """Return the JSON object that stands as a string within the JSON."""
    try:
        inner = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        inner = None
    if not isinstance(inner, dict):
        raise FormatChanged(f"{page.url}：内层不是 JSON 对象")
    return inner
