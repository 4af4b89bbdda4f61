"""Weibo accounts, by what m.weibo.cn serves to a browser."""

import json
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from textcheck.account import Account
from textcheck.article import Article, ArticleState, Cursor, Listing, Page, Reference
from textcheck.crawler.fetch import Fetcher
from textcheck.errors import BlockedError, FormatChanged, GoneError, LoginExpired, ReadError
from textcheck.sources.answer import demand_list, json_object
from textcheck.sources.compose import kept_at
from textcheck.sources.options import option, optional
from textcheck.sources.secrets import read_secret
from textcheck.sources.weibo_article import fetch_post, title_of
from textcheck.sources.weibo_post import (
    Post,
    clean_lines,
    is_pinned,
    kept_fields,
    posts_of,
    weibo_time,
)

__all__ = ["WeiboPosts", "demand_there", "list_posts", "read_long_text", "with_cookie"]

_BASE = "https://m.weibo.cn"
_LOGIN = -100
_NO_POST = 20101
# 微博不存在或暂无查看权限!, 抱歉，此微博已被作者删除
_GONE_WORDS = re.compile("不存在|已被(?:作者|本人)?删除")
_VISITOR = b"Sina Visitor System"


class WeiboPosts:
    """
    Source `weibo`: m.weibo.cn; its option `uid` is the account's number.

    The host shows most accounts only to who has logged in: `cookie` (env: or file:) is the
    office's own.
    """

    name = "weibo"
    lists_all = True

    def __init__(self, fetcher: Fetcher, base: str = _BASE) -> None:
        """Take what goes out, and the host to ask."""
        self._fetcher = fetcher
        self._base = base

    async def list(self, account: Account, cursor: Cursor) -> AsyncIterator[Listing]:
        """
        Yield pages of posts; the cursor is the since_id of the next page.

        A pinned post has hint `pinned` and stands last: its age says nothing of the others.
        """
        uid = option(account, self.name, "uid")
        seen: set[str] = set()
        while cursor.value not in seen:
            seen.add(cursor.value)
            headers = self._headers(uid, optional(account, self.name, "cookie"))
            page = await self._fetcher.get(self._list_url(uid, cursor), headers=headers)
            listing = list_posts(account.id, uid, page, cursor)
            if cookie := optional(account, self.name, "cookie"):
                listing = with_cookie(listing, cookie)
            yield listing
            if listing.cursor is None:
                return
            cursor = listing.cursor

    async def fetch(self, reference: Reference) -> Article:
        """Read the post out of the listing; only a long text is asked for."""

        async def whole(post: Post) -> tuple[Page, str]:
            url = f"{self._base}/statuses/extend?{urlencode({'id': post.mid})}"
            headers = self._headers(reference.hint["uid"], reference.hint.get("cookie", ""))
            page = await self._fetcher.get(url, headers=headers)
            return page, read_long_text(page)

        lines_of = partial(_lines, url=reference.url)
        return await fetch_post(self._fetcher, reference, lines_of, whole)

    async def confirm(self, reference: Reference) -> None:
        """Ask for one post; raises GoneError where the host says that there is none."""
        url = f"{self._base}/statuses/show?{urlencode({'id': reference.native_id})}"
        headers = self._headers(reference.hint["uid"], reference.hint.get("cookie", ""))
        demand_there(await self._fetcher.get(url, headers=headers))

    def _list_url(self, uid: str, cursor: Cursor) -> str:
        query = {"type": "uid", "value": uid, "containerid": f"107603{uid}"}
        if cursor.value:
            query["since_id"] = cursor.value
        return f"{self._base}/api/container/getIndex?{urlencode(query)}"

    def _headers(self, uid: str, cookie: str) -> dict[str, str]:
        kept = {"Cookie": read_secret(cookie, f"微博账号 {uid} 的 cookie")} if cookie else {}
        return kept | {
            "Referer": f"{self._base}/u/{uid}",
            "X-Requested-With": "XMLHttpRequest",
            "MWeibo-Pwa": "1",
        }


def list_posts(account_id: str, uid: str, page: Page, cursor: Cursor) -> Listing:
    """
    Read one page of the list.

    Raises BlockedError for a login page and for an empty first page, which the host also
    gives to whom it does not trust.
    """
    data = _data(page)
    if data is None:
        if cursor.value:
            return Listing(())
        raise BlockedError(f"{page.url}：返回空列表，不能当作没有微博")
    info = data.get("cardlistInfo")
    if not isinstance(info, dict) or not isinstance(data.get("cards"), list):
        raise FormatChanged(f"{page.url}：没有微博列表")
    posts = list(posts_of(data["cards"], uid))
    if not posts and not cursor.value:
        raise BlockedError(f"{page.url}：返回空列表，不能当作没有微博")
    references = [_reference(account_id, uid, post, page) for post in posts]
    # Stable: the pinned go last, the others stay as they came.
    references.sort(key=lambda item: "pinned" in item.hint)
    since = str(info.get("since_id") or "")
    total = info.get("total")
    return Listing(
        tuple(references),
        Cursor(since) if posts and since else None,
        total if isinstance(total, int) else None,
    )


def with_cookie(listing: Listing, cookie: str) -> Listing:
    """Note in each reference where the cookie is that its text may need; never the cookie."""
    return replace(
        listing,
        references=tuple(
            replace(item, hint={**item.hint, "cookie": cookie}) for item in listing.references
        ),
    )


def read_long_text(page: Page) -> str:
    """Return the HTML of the whole text."""
    data = _data(page)
    text = data.get("longTextContent") if data else None
    if not isinstance(text, str) or not text.strip():
        raise FormatChanged(f"{page.url}：没有长微博全文")
    return text


def demand_there(page: Page) -> None:
    """
    Raise GoneError where the answer for one post says that it is gone.

    An answer without a post says nothing by itself: a throttled one is `ok: 0`, too. Raises
    BlockedError then.
    """
    if _VISITOR in page.body:
        raise BlockedError(f"{page.url}：微博要求访客验证")
    try:
        answer = json_object(page)
    except FormatChanged:
        demand_list(page)
        raise
    if answer.get("ok") == _LOGIN:
        raise LoginExpired(f"{page.url}：微博要求登录，请更新 cookie")
    said = str(answer.get("msg") or answer.get("message") or "")
    if answer.get("error_code") == _NO_POST or _GONE_WORDS.search(said):
        raise GoneError(f"{page.url}：{said or '微博已不存在'}", ArticleState.DELETED.value)
    demand_list(page)
    if answer.get("ok") != 1:
        raise BlockedError(f"{page.url}：返回 ok={answer.get('ok')}，没有内容")


def _data(page: Page) -> Mapping[str, Any] | None:
    """Return the payload, or None for `ok: 0`, which says that there is nothing (more)."""
    if _VISITOR in page.body:
        raise BlockedError(f"{page.url}：微博要求访客验证")
    demand_list(page)
    answer = json_object(page)
    if answer.get("ok") == _LOGIN:
        raise LoginExpired(f"{page.url}：微博要求登录，请更新 cookie")
    if answer.get("ok") != 1:
        return None
    if not isinstance(answer.get("data"), dict):
        raise FormatChanged(f"{page.url}：没有 data")
    data: Mapping[str, Any] = answer["data"]
    return data


def _reference(account_id: str, uid: str, post: Mapping[str, Any], page: Page) -> Reference:
    mid, bid = str(post.get("mid") or post.get("id") or ""), str(post["bid"] or "")
    if not mid:
        raise FormatChanged(f"{page.url}：微博没有编号")
    kept = json.dumps(kept_fields(post), ensure_ascii=False)
    hint = {"uid": uid, "mblog": kept, **kept_at(page)}
    if is_pinned(post):
        hint["pinned"] = "1"
    if edited_at := weibo_time(str(post.get("edit_at") or ""), page.fetched_at):
        hint["edited_at"] = edited_at.isoformat()
    lines = _lines(str(post.get("text") or ""), page.url)
    return Reference(
        account_id=account_id,
        source=WeiboPosts.name,
        native_id=mid,
        url=f"https://weibo.com/{uid}/{bid}" if bid else f"{_BASE}/detail/{mid}",
        title=title_of(lines),
        published_at=weibo_time(str(post.get("created_at") or ""), page.fetched_at),
        hint=hint,
    )


def _lines(html: str, url: str) -> list[str]:
    try:
        return clean_lines(html)
    except ReadError as error:
        raise FormatChanged(f"{url}：{error}") from error
