"""One night over hosts on loopback, and what it leaves in the store."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from replay import Host, Replay, Route
from sqlalchemy import select

from textcheck.account import Account, Platform, SourceSpec
from textcheck.config import CHINA, Config, CrawlerConfig, ScanConfig
from textcheck.crawler.client import Client
from textcheck.engine import Crew
from textcheck.run import Coverage, Makers, Run
from textcheck.scan import scan
from textcheck.sources import build_sources
from textcheck.store.connect import open_store
from textcheck.store.tables import articles, queue, versions

NOW = datetime(2026, 11, 20, 1, 30, tzinfo=CHINA)


@dataclass
class Kept:
    """What a night left: the run, and of each article by its address what the store holds."""

    run: Run
    articles: dict[str, Any]
    queue: dict[str, Any]
    replay: Replay
    naps: list[float] = field(default_factory=list)

    @property
    def coverage(self) -> Coverage:
        """Return that of the only account."""
        [coverage] = self.run.coverage.values()
        return coverage


@dataclass
class Hosts:
    """What is served: files, routes before them, and hosts with rules."""

    files: Mapping[str, str | bytes] = field(default_factory=dict)
    routes: tuple[Route, ...] = ()
    hosts: Mapping[str, Host] = field(default_factory=dict)


def account(*sources: SourceSpec, platform: Platform = Platform.WECHAT) -> Account:
    """Return an account of the platform that is read by these sources."""
    return Account("acc-1", "溪口区", "溪口区某局", platform, "溪口发布", sources=sources)


def night(
    tmp_path: Path,
    watched: Account,
    served: Hosts,
    *,
    times: int = 1,
    later: Callable[[], None] | None = None,
    **settings: Any,  # noqa: ANN401 # of the crawler
) -> Kept:
    """
    Serve the hosts, scan the account so many times, and return what is in the store then.

    Where `later` is given it is called before the last scan, which is a day after the others.
    """
    root = tmp_path / "served"
    root.mkdir(exist_ok=True)
    for name, body in served.files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body.encode() if isinstance(body, str) else body)
    naps: list[float] = []
    clock = [NOW]

    async def sleep(seconds: float) -> None:
        naps.append(seconds)

    async def run(replay: Replay) -> Run:
        given: dict[str, Any] = {"pace": 0.0, "retries": 1, "timeout": 9.0}
        config = CrawlerConfig(**given | settings, reroute=replay.reroute())
        async with Client(config, sleep=sleep, now=lambda: clock[-1]) as client:
            sources = build_sources(client, Config(), sleep=sleep, now=lambda: clock[-1])
            return await scan(
                store,
                [watched],
                sources,
                Crew(()),
                makers=Makers("0.1.0", "词库", "", "设置"),
                now=lambda: clock[-1],
                since=date(2019, 1, 1),
                settings=ScanConfig(lapsed_days=0),  # the saved pages keep their dates
            )

    with (
        closing(open_store(f"sqlite:///{tmp_path / 'a.db'}")) as store,
        Replay(root, hosts=served.hosts) as replay,
    ):
        replay.routes += served.routes
        for number in range(times):
            if number and number + 1 == times and later is not None:
                later()
                clock.append(NOW + timedelta(days=1))
            done = asyncio.run(run(replay))
        with store.read() as connection:
            rows = connection.execute(
                select(articles, versions.c.text, versions.c.published_on)
                .join(versions, versions.c.article_id == articles.c.id, isouter=True)
                .order_by(versions.c.id)
            )
            kept = {row.url: row for row in rows}
            queued = {row.url: row for row in connection.execute(select(queue))}
    return Kept(done, kept, queued, replay, naps)
