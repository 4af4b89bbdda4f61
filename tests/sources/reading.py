"""Let a source read hosts on loopback as it would the real ones."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

from replay import Replay

from textcheck.account import Account, Platform, SourceSpec
from textcheck.article import Article, Cursor, Listing, Reference
from textcheck.config import CHINA, Config, CrawlerConfig
from textcheck.crawler.client import Client
from textcheck.sources import Source, build_sources

__all__ = ["NOW", "Serve", "account", "fetched", "listed", "titles", "with_source"]

Serve = Callable[..., Replay]
NOW = datetime(2026, 11, 20, 9, 0, 30, tzinfo=CHINA)


def account(kind: str, **options: str) -> Account:
    spec = SourceSpec(kind, options)
    return Account("acc-1", "溪口区", "溪口区某局", Platform.OTHER, "溪口发布", sources=(spec,))


def with_source(replay: Replay, kind: str, use: Callable[[Source], Any]) -> Any:  # noqa: ANN401 # what use returns
    async def run() -> Any:  # noqa: ANN401 # likewise
        config = CrawlerConfig(pace=0.0, retries=0, reroute=replay.reroute())
        async with Client(config, now=lambda: NOW) as client:
            return await use(build_sources(client, Config())[kind])

    return asyncio.run(run())


def listed(replay: Replay, watched: Account, cursor: str = "") -> list[Listing]:
    async def use(source: Source) -> list[Listing]:
        return [listing async for listing in source.list(watched, Cursor(cursor))]

    listings: list[Listing] = with_source(replay, watched.sources[0].kind, use)
    return listings


def fetched(replay: Replay, reference: Reference) -> Article:
    article: Article = with_source(replay, reference.source, lambda source: source.fetch(reference))
    return article


def titles(listings: list[Listing]) -> list[list[str]]:
    return [[item.title for item in listing.references] for listing in listings]
