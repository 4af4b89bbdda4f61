"""Read a source as a scan does, from hosts that answer everything with the same bytes."""

import asyncio
import itertools
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from textcheck.account import Account, Platform, SourceSpec
from textcheck.article import Article, ArticleState, Cursor, Page, Reference
from textcheck.config import CHINA, Config
from textcheck.errors import TextcheckError
from textcheck.sources import Source, build_sources

__all__ = ["NOW", "demand", "demand_sound", "read_source", "sources_of"]

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=CHINA)
# A source that went on for ever would be stopped by the first article that is too old.
_MOST_PAGES, _MOST_ARTICLES = 3, 2
_WHERE = "env:FUZZED_COOKIE"
_OPTIONS: Mapping[str, Mapping[str, str]] = {
    "wechat_api": {"appid": "wx1", "secret": _WHERE},
    "wechat_backend": {"fakeid": "F", "cookie": _WHERE, "token": _WHERE},
    "wechat_rss": {"feed": "https://rss.example.cn/1.xml"},
    "weibo": {"uid": "1", "cookie": _WHERE},
    "weibo_pc": {"uid": "1", "cookie": _WHERE},
    "weibo_api": {"uid": "1", "token": _WHERE},
    "weibo_rss": {"feed": "https://rss.example.cn/weibo/1"},
    "recipe": {"list": "https://a.example.cn/", "item": "li a", "next": "index_{n}.html"},
}
_SITE = {"list": "https://a.example.cn/col/col1/index.html"}


@dataclass(frozen=True, slots=True)
class _Everywhere:
    """A Fetcher to whom all hosts say the same, but for robots.txt, which there is none of."""

    body: bytes

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Page:
        """Return the bytes, whatever is asked."""
        del headers
        status = 404 if url.endswith("/robots.txt") else 200
        return Page(url, status, {"content-type": "text/html"}, self.body, NOW)

    async def post(
        self, url: str, *, body: Mapping[str, str] | bytes, headers: Mapping[str, str] | None = None
    ) -> Page:
        """Return the same."""
        del body
        return await self.get(url, headers=headers)

    def halt(self, url: str, reason: str) -> None:
        """Go on."""
        del url, reason


def sources_of(*kinds: str) -> tuple[Account, ...]:
    """Return an account for each kind of source."""
    return tuple(
        Account(
            "a",
            "",
            "",
            Platform.SITE,
            "",
            sources=(SourceSpec(kind, _OPTIONS.get(kind, _SITE)),),
        )
        for kind in kinds
    )


def read_source(account: Account, body: bytes) -> int:
    """List an account and fetch what is listed; return how much was listed."""
    os.environ.update(FUZZED_COOKIE="x")
    return asyncio.run(_read(account, body))


async def _read(account: Account, body: bytes) -> int:
    async def sleep(seconds: float) -> None:
        del seconds

    source = build_sources(_Everywhere(body), Config(), sleep=sleep, now=lambda: NOW)[
        account.sources[0].kind
    ]
    references: dict[str, Reference] = {}
    try:
        await _list(source, account, references)
    except TextcheckError as error:
        demand(bool(str(error)), "an error that says nothing")
    for reference in itertools.islice(references.values(), _MOST_ARTICLES):
        demand(bool(reference.native_id), "a reference without an identity")
        try:
            demand_sound(await source.fetch(reference))
        except TextcheckError as error:
            demand(bool(str(error)), "an error that says nothing")
    return len(references)


async def _list(source: Source, account: Account, found: dict[str, Reference]) -> None:
    number = 0
    async for listing in source.list(account, Cursor()):
        found |= {item.native_id: item for item in listing.references}
        number += 1
        if number == _MOST_PAGES:
            break


def demand_sound(article: Article) -> None:
    """Refuse an empty clean article, and blocks that are not in the text."""
    document = article.document
    clean = article.state is ArticleState.OK
    something = bool(document.text.strip() or article.images_unread)
    demand(something or not clean, "an empty clean article")
    end = 0
    for block in document.blocks:
        start = block.span.start
        demand(end <= start < block.span.end <= len(document.text), f"a misplaced block: {block}")
        end = block.span.end
    document.text.encode()  # no halves of characters: the store would change them


def demand(held: bool, otherwise: str) -> None:  # noqa: FBT001 # reads as a sentence
    """Raise AssertionError with the words, unless what must hold is held."""
    if not held:
        raise AssertionError(otherwise)
