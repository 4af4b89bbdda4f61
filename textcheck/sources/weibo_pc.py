"""Weibo accounts by weibo.com, with the office's own login."""

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import urlencode

from textcheck.account import Account
from textcheck.article import Article, Cursor, Listing, Page, Reference
from textcheck.crawler.fetch import Fetcher
from textcheck.errors import BlockedError, FormatChanged, LoginExpired
from textcheck.sources.answer import demand_list, json_object
from textcheck.sources.compose import kept_at
from textcheck.sources.options import option
from textcheck.sources.secrets import read_secret, secret_option
from textcheck.sources.weibo import demand_there, with_cookie
from textcheck.sources.weibo_article import fetch_post, title_of
from textcheck.sources.weibo_post import Post, is_pinned, kept_fields, plain_lines, weibo_time

__all__ = ["WeiboPc", "list_blog", "read_long_plain"]

_BASE = "https://weibo.com"
_LOGIN, _LOGIN_CODE = -100, 100098


class WeiboPc:
    """
    Source `weibo_pc`; its options are `uid` and `cookie` (env:NAME or file:PATH).

    It gives the text without HTML, so it is the better of the two ways with a login.
    """

    name = "weibo_pc"
    lists_all = True

    def __init__(self, fetcher: Fetcher) -> None:
        """Take what goes out."""
        self._fetcher = fetcher

    async def list(self, account: Account, cursor: Cursor) -> AsyncIterator[Listing]:
        """Yield pages of posts; the cursor is the number of the page and its since_id."""
        uid, cookie = option(account, self.name, "uid"), option(account, self.name, "cookie")
        headers = self._headers(uid, secret_option(account, self.name, "cookie"))
        number, _, since = (cursor.value or "1:").partition(":")
        seen: set[str] = set()
        while True:
            query = {"uid": uid, "page": number, "feature": "0"}
            query |= {"since_id": since} if since else {}
            url = f"{_BASE}/ajax/statuses/mymblog?{urlencode(query)}"
            page = await self._fetcher.get(url, headers=headers)
            listing, since = list_blog(account.id, uid, page, first=number == "1")
            new = {item.native_id for item in listing.references} - seen
            seen |= new
            number = str(int(number) + 1)
            following = Cursor(f"{number}:{since}") if new else None
            yield with_cookie(Listing(listing.references, following, listing.expected), cookie)
            if following is None:
                return

    async def fetch(self, reference: Reference) -> Article:
        """Read the post out of the listing; only a long text is asked for."""

        async def whole(_: Post) -> tuple[Page, str]:
            uid, cookie = reference.hint["uid"], reference.hint["cookie"]
            url = f"{_BASE}/ajax/statuses/longtext?{urlencode({'id': reference.hint['bid']})}"
            headers = self._headers(uid, read_secret(cookie, f"微博账号 {uid} 的 cookie"))
            page = await self._fetcher.get(url, headers=headers)
            return page, read_long_plain(page)

        return await fetch_post(self._fetcher, reference, plain_lines, whole)

    async def confirm(self, reference: Reference) -> None:
        """Ask for one post; raises GoneError where the host says that there is none."""
        uid, cookie = reference.hint["uid"], reference.hint["cookie"]
        url = f"{_BASE}/ajax/statuses/show?{urlencode({'id': reference.hint['bid']})}"
        headers = self._headers(uid, read_secret(cookie, f"微博账号 {uid} 的 cookie"))
        demand_there(await self._fetcher.get(url, headers=headers))

    def _headers(self, uid: str, cookie: str) -> dict[str, str]:
        return {
            "Cookie": cookie,
            "Referer": f"{_BASE}/u/{uid}",
            "X-Requested-With": "XMLHttpRequest",
        }


def list_blog(account_id: str, uid: str, page: Page, *, first: bool) -> tuple[Listing, str]:
    """
    Read one page of mymblog; return its posts, the pinned ones last, and the next since_id.

    Raises BlockedError for an empty first page, LoginExpired where the login has ended.
    """
    data = _data(page)
    posts = data.get("list")
    if not isinstance(posts, list) or not all(isinstance(post, dict) for post in posts):
        raise FormatChanged(f"{page.url}：没有微博列表")
    if not posts and first:
        raise BlockedError(f"{page.url}：返回空列表，不能当作没有微博")
    own = [post for post in posts if _is_own(post, uid)]
    references = sorted(
        (_reference(account_id, uid, post, page) for post in own),
        key=lambda item: "pinned" in item.hint,
    )
    total = data.get("total")
    listing = Listing(tuple(references), expected=total if isinstance(total, int) else None)
    return listing, str(data.get("since_id") or "")


def read_long_plain(page: Page) -> str:
    """Return the whole text, without HTML."""
    data = _data(page)
    text = data.get("longTextContent_raw") or data.get("longTextContent")
    if not isinstance(text, str) or not text.strip():
        raise FormatChanged(f"{page.url}：没有长微博全文")
    return text


def _data(page: Page) -> Mapping[str, Any]:
    if b"Sina Visitor System" in page.body:
        raise LoginExpired(f"{page.url}：微博要求访客验证，请更新 cookie")
    demand_list(page)
    answer = json_object(page)
    if answer.get("ok") == _LOGIN or str(answer.get("code")) == str(_LOGIN_CODE):
        raise LoginExpired(f"{page.url}：微博要求登录，请更新 cookie")
    if answer.get("ok") != 1:
        raise BlockedError(f"{page.url}：返回 ok={answer.get('ok')}，没有内容")
    data = answer.get("data")
    if not isinstance(data, dict):
        raise FormatChanged(f"{page.url}：没有 data")
    return data


def _is_own(post: Mapping[str, Any], uid: str) -> bool:
    user = post.get("user")
    return not isinstance(user, dict) or str(user.get("idstr") or user.get("id") or uid) == uid


def _reference(account_id: str, uid: str, post: Mapping[str, Any], page: Page) -> Reference:
    mid = str(post.get("idstr") or post.get("mid") or post.get("id") or "")
    bid = str(post.get("mblogid") or "")
    if not mid:
        raise FormatChanged(f"{page.url}：微博没有编号")
    kept = json.dumps(kept_fields(post), ensure_ascii=False)
    hint = {"uid": uid, "bid": bid or mid, "mblog": kept, **kept_at(page)}
    if is_pinned(post):
        hint["pinned"] = "1"
    if edited_at := weibo_time(str(post.get("edit_at") or ""), page.fetched_at):
        hint["edited_at"] = edited_at.isoformat()
    return Reference(
        account_id=account_id,
        source=WeiboPc.name,
        native_id=mid,
        url=f"https://weibo.com/{uid}/{bid or mid}",
        title=title_of(plain_lines(str(post.get("text_raw") or ""))),
        published_at=weibo_time(str(post.get("created_at") or ""), page.fetched_at),
        hint=hint,
    )
