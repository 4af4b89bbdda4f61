"""
A world of invented accounts on loopback, and a scan of it, for measuring and for killing.

    python scripts/night_world.py DATABASE BASE --accounts 200   # one scan against a served world
    python scripts/night_world.py --kills 5 --accounts 200       # killed at random, compared

    python scripts/night_world.py --serve --accounts 200         # prints the port

Each account has five articles: a third of them are WeChat accounts behind a bridge, a third
Weibo accounts, a third sites with hosts of their own. The same number of accounts is always
the same world.
"""

import argparse
import asyncio
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from replay import Answer, Asked, Host, Replay
from sqlalchemy import select

from textcheck.account import Account, Platform, SourceSpec
from textcheck.checkers.base import Checker
from textcheck.config import CHINA, Config, CrawlerConfig
from textcheck.crawler.client import Client
from textcheck.document import Document, Span
from textcheck.engine import Crew
from textcheck.finding import Finding, Rule, Severity
from textcheck.run import Makers, Run
from textcheck.scan import scan
from textcheck.sources import build_sources
from textcheck.store.connect import Store, open_store
from textcheck.store.tables import articles, issues, occurrences, queue, versions

__all__ = [
    "accounts",
    "dump",
    "hosts",
    "kill_and_compare",
    "main",
    "reroute",
    "run_scan",
    "serve",
]

ARTICLES = 5
SITE_HOSTS = 40
NOW = datetime(2026, 11, 20, 1, 30, tzinfo=CHINA)
_BRIDGE, _MP, _WEIBO = "rss.example.gov.cn", "mp.weixin.qq.com", "m.weibo.cn"
_RULE = Rule("WRD801", Severity.ORDINARY, "错字", "世界")
_SENTENCE = "第{number}次会议部署防汛和安全生产工作，各镇街落实责任，备足物资，做好值班。"
_WRONG = "有一处错字。"


class OneWord:
    """Finds 错字, so that a scan without lexicons has findings."""

    rules = (_RULE,)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each place."""
        start = document.text.find("错字")
        while start >= 0:
            yield Finding(
                _RULE, Span(start, start + 2), Severity.SERIOUS, 0.9, "错字", ("对",), "世界"
            )
            start = document.text.find("错字", start + 2)


def accounts(count: int) -> list[Account]:
    """Return the register of the world."""
    return [_account(number) for number in range(count)]


def _account(number: int) -> Account:
    kinds = (
        (Platform.WECHAT, SourceSpec("wechat_rss", {"feed": f"https://{_BRIDGE}/{number}.xml"})),
        (Platform.WEIBO, SourceSpec("weibo", {"uid": str(1_000_000 + number)})),
        (Platform.SITE, SourceSpec("trs", {"list": f"http://{_site(number)}/c{number}/"})),
    )
    platform, spec = kinds[number % 3]
    return Account(f"a{number}", "甲县", "甲县某局", platform, f"账号{number}", sources=(spec,))


def _site(number: int) -> str:
    return f"s{number % SITE_HOSTS}.example.gov.cn"


def _text(number: int, at: int, paragraphs: int) -> list[str]:
    lines = [_SENTENCE.format(number=number * 100 + at * 10 + n) for n in range(paragraphs)]
    return [*lines, _WRONG] if (number + at) % 4 == 0 else lines


def _day(at: int) -> datetime:
    # Old enough not to be read again: what is counted is the first reading.
    return NOW - timedelta(days=9 + at, minutes=at)


def hosts(count: int, *, paragraphs: int = 12, filler: int = 0) -> dict[str, Host]:
    """Return the hosts of the world; `filler` bytes of scripts stand in a page of WeChat."""
    script = "<script>/*" + "x" * filler + "*/</script>"

    def bridge(asked: Asked) -> Answer:
        number = int(asked.path.strip("/").partition(".")[0])
        items = "".join(
            f"<item><title>题{number}-{at}</title><link>https://{_MP}/s/{_short(number, at)}</link>"
            f"<pubDate>{_day(at):%a, %d %b %Y %H:%M:%S} +0800</pubDate></item>"
            for at in range(ARTICLES)
        )
        body = f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>"
        return Answer(body.encode(), "application/rss+xml; charset=utf-8")

    def mp(asked: Asked) -> Answer:
        number, at = int(asked.path[4:12]), int(asked.path[12:])
        body = "".join(
            f"<p><span leaf=''>{line}</span></p>" for line in _text(number, at, paragraphs)
        )
        page = (
            f"<html><body><div id='js_article'><h1 id='activity-name'>题{number}-{at}</h1>"
            f"<div id='js_content'>{body}</div></div>{script}<script>var item_show_type = '0'; "
            f"var ct = '{int(_day(at).timestamp())}';</script></body></html>"
        )
        return Answer(page.encode())

    def weibo(asked: Asked) -> Answer:
        number = int(asked.query["value"]) - 1_000_000
        cards = [
            {
                "card_type": 9,
                "mblog": {
                    "mid": f"{number * 10 + at}",
                    "bid": f"B{number}x{at}",
                    "created_at": f"{_day(at):%a %b %d %H:%M:%S %z %Y}",
                    "text": "<br />".join(_text(number, at, paragraphs)),
                    "user": {"id": 1_000_000 + number},
                },
            }
            for at in range(ARTICLES)
        ]
        data = {"cardlistInfo": {"total": ARTICLES}, "cards": cards}
        return Answer(json.dumps({"ok": 1, "data": data}).encode(), "application/json")

    def site(asked: Asked) -> Answer:
        if asked.path == "/robots.txt":
            return Answer(status=404)
        column, _, name = asked.path.strip("/").partition("/")
        number = int(column[1:])
        if not name:
            rows = "".join(
                f"<li><a href='./{_day(at):%Y%m/t%Y%m%d}_{at}.html'>题{number}-{at}</a></li>"
                for at in range(ARTICLES)
            )
            return Answer(
                f"<ul>{rows}</ul><script>createPageHTML(1, 0, 'index', 'html')</script>".encode()
            )
        at = int(name.rpartition("_")[2].partition(".")[0])
        body = "".join(f"<p>{line}</p>" for line in _text(number, at, paragraphs))
        meta = (
            f"<meta name='ArticleTitle' content='题{number}-{at}'>"
            f"<meta name='PubDate' content='{_day(at):%Y-%m-%d %H:%M}'>"
        )
        page = f"<html><head>{meta}</head><body><div class='TRS_Editor'>{body}</div></body></html>"
        return Answer(page.encode("gb18030"), "text/html; charset=gb2312")

    found: dict[str, Host] = {_BRIDGE: bridge, _MP: mp, _WEIBO: weibo}
    return found | {_site(number): site for number in range(count)}


def _short(number: int, at: int) -> str:
    return f"A{number:08}{at:013}"


def serve(count: int, **given: int) -> Replay:
    """Return the server of a world of so many accounts, not started yet."""
    return Replay(Path(tempfile.mkdtemp()), hosts=hosts(count, **given))


def run_scan(
    store: Store,
    watched: Sequence[Account],
    to: Mapping[str, str],
    *,
    checkers: Sequence[Checker] = (OneWord(),),
    **settings: Any,  # noqa: ANN401 # fields of CrawlerConfig
) -> Run:
    """Scan the world into a store."""

    async def run() -> Run:
        given: dict[str, Any] = {"pace": 0.0, "retries": 1, "timeout": 20.0} | settings
        config = CrawlerConfig(**given, reroute=to)
        async with Client(config, now=lambda: NOW) as client:
            return await scan(
                store,
                watched,
                build_sources(client, Config(), now=lambda: NOW),
                Crew(checkers),
                makers=Makers("世界", "", "", ""),
                now=lambda: NOW,
                since=date(2026, 1, 1),
            )

    return asyncio.run(run())


def dump(database: Path) -> dict[str, list[str]]:
    """Return what must be equal: everything but the numbers of rows and of runs."""
    article = (articles.c.account_id, articles.c.native_id)
    place = (occurrences.c.fingerprint, occurrences.c.ordinal, occurrences.c.start)
    selects = {
        "issues": select(issues),
        "occurrences": select(*article, *place).join(
            articles, articles.c.id == occurrences.c.article_id
        ),
        "articles": select(*article, articles.c.state, articles.c.title, articles.c.published_at),
        "versions": select(*article, versions.c.digest).join(articles),
        "queue": select(queue.c.account_id, queue.c.native_id, queue.c.state),
    }
    with closing(open_store(f"sqlite:///{database}")) as store, store.read() as connection:
        return {name: sorted(map(repr, connection.execute(one))) for name, one in selects.items()}


def kill_and_compare(count: int, kills: int, seed: int, tell: Callable[[str], None] = print) -> int:
    """Scan undisturbed, then killed at random and run again; return how often that differed."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        expected, once, _ = _scan_killed(Path(folder) / "undisturbed.db", count, ())
        whole = time.monotonic() - began
        differed = 0
        for number in range(kills):
            chance = random.Random(f"{seed}-{number}")  # noqa: S311 # no secret
            moments = [chance.uniform(0.3, whole) for _ in range(2)]
            got, asked, killed = _scan_killed(Path(folder) / f"{number}.db", count, moments)
            # What is under way when the scan is killed is asked for once more, at every kill.
            more = [
                path for path, n in asked.items() if n > once[path] + killed and _is_article(path)
            ]
            total = sum((asked - once).values())
            parts = [name for name, rows in expected.items() if got[name] != rows]
            differed += bool(more or parts)
            outcome = f"DIFFERENT: {', '.join(parts + more)}" if more or parts else "same"
            tell(f"{number + 1:3}: killed {killed} times, {total} requests more, {outcome}")
    return differed


def _is_article(path: str) -> bool:
    return "/s/" in path or "/t2026" in path


def _scan_killed(
    database: Path, count: int, moments: Sequence[float]
) -> tuple[dict[str, list[str]], Counter[str], int]:
    command = [sys.executable, __file__, str(database), "BASE", "--accounts", str(count)]
    killed = 0
    with serve(count) as replay:
        command[3] = replay.base
        for moment in moments:
            with subprocess.Popen(command) as process:  # noqa: S603 # this file
                try:
                    process.wait(moment)
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    killed += 1
        subprocess.run(command, check=True)  # noqa: S603 # this file
        return dump(database), Counter(replay.counts), killed


def reroute(count: int, base: str) -> dict[str, str]:
    """Return the crawler's setting for a world served at base."""
    return {
        f"{scheme}://{host}": f"{base}/{host}"
        for host in hosts(count)
        for scheme in ("http", "https")
    }


def main() -> int:
    """Scan once, or kill and compare; return 1 where something differed."""
    parser = argparse.ArgumentParser(description="scan a world of invented accounts")
    parser.add_argument("database", type=Path, nargs="?")
    parser.add_argument("base", nargs="?")
    parser.add_argument("--accounts", type=int, default=200)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--serve", action="store_true")
    parser.add_argument("--filler", type=int, default=0, help="bytes of scripts in a WeChat page")
    settings = parser.parse_args()
    if settings.serve:
        with serve(settings.accounts, filler=settings.filler) as replay:
            print(replay.port, flush=True)
            sys.stdin.read()  # until whoever started this closes it
        return 0
    if settings.kills:
        return int(kill_and_compare(settings.accounts, settings.kills, settings.seed) > 0)
    with closing(open_store(f"sqlite:///{settings.database}")) as store:
        run_scan(store, accounts(settings.accounts), reroute(settings.accounts, settings.base))
    return 0


if __name__ == "__main__":
    sys.exit(main())
