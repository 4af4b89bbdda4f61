"""WeChat accounts by the official interface: what was published, drafts, and how many there are."""

import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from textcheck.account import Account
from textcheck.article import Article, ArticleState, Cursor, Listing, Page, Reference
from textcheck.crawler.fetch import Fetcher
from textcheck.document import BlockKind
from textcheck.errors import FormatChanged, GoneError
from textcheck.readers.html import html_blocks
from textcheck.sources.answer import fragment
from textcheck.sources.attachments import linked_files, with_attachments
from textcheck.sources.compose import compose, excerpt, kept_at, without_repeats
from textcheck.sources.options import option
from textcheck.sources.secrets import secret_option
from textcheck.sources.times import from_seconds
from textcheck.sources.wechat_article import fetch_article, secure_link, wechat_identity
from textcheck.sources.wechat_calls import Credentials, WechatCalls

__all__ = ["WechatApi", "count_days", "list_published", "read_drafts"]

_AT_ONCE = 20
_KEPT = ("title", "author", "digest", "content", "article_type", "is_deleted", "url")
# Between these two times an editor may have looked at it; longer apart, it was changed.
_PUBLISHING = timedelta(minutes=1)


class WechatApi:
    """
    Source `wechat_api`; its options are `appid` and `secret` (env:NAME or file:PATH).

    It lists only what was “published”; articles sent to followers are not among them, so
    further sources are asked and the platform's own statistics tell what is missing.
    """

    name = "wechat_api"
    lists_all = False

    def __init__(self, fetcher: Fetcher, calls: WechatCalls, files: Fetcher) -> None:
        """Take what fetches pages, what calls the interface, and what fetches files."""
        self._fetcher = fetcher
        self._files = files
        self._calls = calls

    async def list(self, account: Account, cursor: Cursor) -> AsyncIterator[Listing]:
        """Yield pages of what was published, text included; the cursor is the offset."""
        offset = int(cursor.value or 0)
        while True:
            body = {"offset": offset, "count": _AT_ONCE, "no_content": 0}
            answer, page = await self._calls.call(
                self._credentials(account), "/freepublish/batchget", body
            )
            references, count = list_published(account.id, answer, page)
            offset += count
            more = count > 0 and offset < _number(answer, "total_count", page)
            yield Listing(references, Cursor(str(offset)) if more else None)
            if not more:
                return

    async def fetch(self, reference: Reference) -> Article:
        """Read the text that came with the list; where there was none, the article's page."""
        item = json.loads(reference.hint["item"])
        if item.get("is_deleted"):
            raise GoneError(f"{reference.url}：已被发布者删除", ArticleState.DELETED.value)
        if not str(item.get("content") or "").strip():
            return await fetch_article(self._fetcher, reference, self._files)
        modified = from_seconds(reference.hint.get("update_time", ""))
        published = reference.published_at
        edited = modified and published and modified - published > _PUBLISHING
        article = _article(reference, item, modified if edited else None)
        return await with_attachments(self._files, article)

    async def confirm(self, reference: Reference) -> None:
        """Ask for the article's page; raises GoneError where it was withdrawn."""
        await fetch_article(self._fetcher, reference, self._files)

    async def drafts(self, account: Account) -> Sequence[Article]:
        """Return the drafts that editors keep, the last changed first."""
        found = []
        offset, total = 0, 1
        while offset < total:
            body = {"offset": offset, "count": _AT_ONCE, "no_content": 0}
            answer, page = await self._calls.call(
                self._credentials(account), "/draft/batchget", body
            )
            found += read_drafts(account.id, answer, page)
            total = _number(answer, "total_count", page)
            if not (count := len(_items(answer, page))):
                break
            offset += count
        return found

    async def draft(self, account: Account, media_id: str) -> Sequence[Article]:
        """Return the articles of one draft; raises GoneError for an unknown id."""
        answer, page = await self._calls.call(
            self._credentials(account), "/draft/get", {"media_id": media_id}
        )
        item = {"media_id": media_id, "content": answer, "update_time": answer.get("update_time")}
        return read_drafts(account.id, {"item": [item]}, page)

    async def census(self, account: Account, since: date, until: date) -> Counter[date]:
        """
        Return how many articles went out on each day, those sent to followers included.

        The platform counts whole days that are over; it is asked day by day.
        """
        counted: Counter[date] = Counter()
        for number in range((until - since).days):
            day = since + timedelta(days=number)
            body = {"begin_date": day.isoformat(), "end_date": day.isoformat()}
            answer, page = await self._calls.call(
                self._credentials(account), "/datacube/getarticletotaldetail", body
            )
            counted[day] = count_days(answer, page)[day]
        return counted

    def _credentials(self, account: Account) -> Credentials:
        return Credentials(
            option(account, self.name, "appid"), secret_option(account, self.name, "secret")
        )


def list_published(
    account_id: str, answer: Mapping[str, Any], page: Page
) -> tuple[tuple[Reference, ...], int]:
    """Return the references of a page of freepublish/batchget, and how many pushes it held."""
    items = _items(answer, page)
    references = [reference for item in items for reference in _published(account_id, item, page)]
    return tuple(references), len(items)


def read_drafts(account_id: str, answer: Mapping[str, Any], page: Page) -> list[Article]:
    """Return the drafts of a page of draft/batchget; they have no day and no public address."""
    drafts = []
    for item in _items(answer, page):
        for number, news in enumerate(_news(item.get("content"), page), start=1):
            identity = f"{item.get('media_id') or ''}:{number}"
            reference = Reference(account_id, "wechat_api", identity, "", _title(news))
            modified = from_seconds(str(item.get("update_time") or ""))
            if str(news.get("content") or "").strip():
                drafts.append(_article(reference, news, modified))
            else:  # a draft that was only begun
                document = compose([(BlockKind.TITLE, reference.title)], reference, None)
                drafts.append(
                    Article(reference, ArticleState.OK, document, reference.title, None, modified)
                )
    return drafts


def count_days(answer: Mapping[str, Any], page: Page) -> Counter[date]:
    """Return how many articles getarticletotaldetail tells of on each day."""
    rows = answer.get("list")
    if not isinstance(rows, list) or answer.get("is_delay") is True:
        raise FormatChanged(f"{page.url}：统计数据还没有算好，或不是已知的格式")
    told = set()
    for row in rows:
        if not isinstance(row, dict) or "msgid" not in row:
            raise FormatChanged(f"{page.url}：统计数据不是已知的格式")
        told.add((str(row.get("ref_date")), str(row["msgid"])))
    try:
        return Counter(date.fromisoformat(day) for day, _ in told)
    except ValueError as error:
        raise FormatChanged(f"{page.url}：统计数据的日期不是已知的格式") from error


def _items(answer: Mapping[str, Any], page: Page) -> list[dict[str, Any]]:
    items = answer.get("item")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise FormatChanged(f"{page.url}：没有 item 列表")
    return items


def _news(content: object, page: Page) -> list[dict[str, Any]]:
    news = content.get("news_item") if isinstance(content, dict) else None
    if not isinstance(news, list) or not all(isinstance(item, dict) for item in news):
        raise FormatChanged(f"{page.url}：没有 news_item")
    return news


def _number(answer: Mapping[str, Any], name: str, page: Page) -> int:
    value = answer.get(name)
    if not isinstance(value, int) or value < 0:
        raise FormatChanged(f"{page.url}：没有 {name}")
    return value


def _published(account_id: str, item: Mapping[str, Any], page: Page) -> Iterator[Reference]:
    content = item.get("content")
    created = str(content.get("create_time") or "") if isinstance(content, dict) else ""
    updated = str(item.get("update_time") or "")
    for number, news in enumerate(_news(content, page), start=1):
        url = str(news.get("url") or "")
        identity = wechat_identity(url) or f"{item.get('article_id') or ''}:{number}"
        kept = {name: news[name] for name in _KEPT if name in news}
        hint = {
            "item": json.dumps(kept, ensure_ascii=False),
            "update_time": updated,
            **kept_at(page),
        }
        published_at = from_seconds(created) or from_seconds(updated)
        yield Reference(
            account_id,
            WechatApi.name,
            identity,
            secure_link(url),
            _title(news),
            published_at,
            hint,
        )


def _title(news: Mapping[str, Any]) -> str:
    return " ".join(str(news.get("title") or "").split())


def _article(reference: Reference, news: Mapping[str, Any], modified: datetime | None) -> Article:
    content = str(news.get("content") or "")
    plain = news.get("article_type") == "newspic"  # a caption, whose line feeds count
    root = fragment(content.replace("\n", "<br>") if plain else content, reference.url or "草稿")
    body, images = html_blocks(root), len(root.findall(".//img"))
    files = tuple(linked_files(root.iter("a"), reference.url))
    if not (body or images):
        raise FormatChanged(f"{reference.url}：正文是空的")
    head = [
        (BlockKind.TITLE, _title(news)),
        (BlockKind.AUTHOR, str(news.get("author") or "").strip()),
        (BlockKind.DIGEST, " ".join(str(news.get("digest") or "").split())),
    ]
    return Article(
        reference=reference,
        state=ArticleState.OK if body else ArticleState.PARTIAL,
        document=compose(without_repeats(head, body), reference, reference.published_at),
        title=_title(news),
        published_at=reference.published_at,
        modified_at=modified,
        images_unread=images,
        attachments=files,
        warnings=() if body else ("正文只有图片，文字未读",),
        pages=excerpt(reference),
    )
