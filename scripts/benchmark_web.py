"""
How long the review pages take with many findings in the store.

    python scripts/benchmark_web.py --occurrences 200000

Fills a store with invented findings by SQL, serves it on loopback and asks for each page several
times. Median milliseconds as a browser sees them, and of processor time, the browser's included:
the latter is what counts where others work on the machine, too. --most-page and --most-bulk, of
processor time, make it fail.
"""

import argparse
import hashlib
import random
import re
import socket
import statistics
import sys
import tempfile
import threading
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from textcheck.account import Account, Platform
from textcheck.config import CHINA
from textcheck.passwords import hash_password
from textcheck.run import Makers
from textcheck.store.accounts import save_register
from textcheck.store.connect import Connection, Store, open_store
from textcheck.store.runs import start_run
from textcheck.store.users import add_user
from textcheck.user import Role
from textcheck.web.app import build_app
from textcheck.web.site import Site

NOW = datetime(2026, 5, 1, 9, tzinfo=CHINA)
PASSWORD = "只在测量时使用的口令"  # noqa: S105 # of nobody
ACCOUNTS, COUNTIES = 1_000, 10
RULES = (("NAM101", 3), ("FRM301", 3), ("TTL202", 3), ("WRD801", 2), ("MDL001", 1), ("REP702", 1))
FILLER = "会议强调要坚持稳中求进工作总基调完整准确全面贯彻新发展理念扎实推动各项任务落到实处" * 30
_STATEMENTS = (
    """
    INSERT INTO articles (id, account_id, native_id, state, url, title, published_at)
    VALUES (?, ?, ?, 'ok', 'https://example.gov.cn/1', '某单位召开会议', ?)
    """,
    """
    INSERT INTO versions (id, article_id, digest, text, blocks, published_on, warnings,
        images_unread, attachments, checked_by, check_error)
    VALUES (?, ?, 'd', ?, '[["body", 0, ' || ? || ']]', ?, '[]', 0, '[]', ?, '')
    """,
    """
    INSERT INTO issues (fingerprint, rule_code, severity, confidence, message, basis,
        suggestions, quote, sentence, quote_start, said, version, assignee)
    VALUES (?, ?, ?, ?, '应为“高质量发展”', '表第 1 行', '["高质量发展"]', '高质量发屏', ?, ?,
        '待核', 0, '')
    """,
    """
    INSERT INTO occurrences (fingerprint, account_id, article_id, version_id, ordinal, start,
        "end", severity, run_id)
    VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?)
    """,
)
# A sixteenth of the serious ones is confirmed, and their pages were looked at in five nights.
_CONFIRMED = (
    "UPDATE issues SET said = '确认', votes = 2 WHERE severity = 3 AND fingerprint < '1'",
    """
    INSERT INTO revisits (fingerprint, article_id, night, at, version_id, outcome)
    SELECT occurrences.fingerprint, article_id, night, '2026-05-01 00:00:00', version_id,
        CASE WHEN night < '2026-04-29' OR article_id % 2 THEN '已修改' ELSE '再现' END
    FROM occurrences JOIN issues ON issues.fingerprint = occurrences.fingerprint
        CROSS JOIN (SELECT '2026-04-26' AS night UNION SELECT '2026-04-27' UNION
            SELECT '2026-04-28' UNION SELECT '2026-04-29' UNION SELECT '2026-04-30')
    WHERE said = '确认'
    """,
)
PAGES = {
    "queue": "/queue?state=待核",
    "queue, page 30": "/queue?state=待核&page=30",
    "filter: severity and family": "/queue?state=待核&severity=serious&family=NAM",
    "filter: county": "/queue?state=待核&county=第3县",
    "filter: platform": "/queue?platform=微博",
    "filter: account": "/queue?account=wx-0007",
    "filter: words": "/queue?q=第七千七百",
    "filter: words that are nowhere": "/queue?q=没有这几个字",
    "filter: nothing": "/queue",
    "filter: blind": "/queue?blind=1",
    "filter: for a second person": "/queue?state=复核中&others=1",
    "filter: put right": "/queue?state=已整改",
    "filter: back again": "/queue?state=再现",
    "filter: confirmed": "/queue?state=确认",
    "list of a quarter": "/lists?quarter=2026Q1",
}


def main() -> int:
    """Measure, print, and tell whether it was fast enough."""
    options = _options()
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_store(f"sqlite:///{Path(folder) / 'office.db'}")) as store,
    ):
        fingerprints = fill(store, options.occurrences)
        print(f"{options.occurrences} occurrences of {len(fingerprints)} issues")
        return measure(store, fingerprints, options)


def fill(store: Store, occurrences: int) -> list[str]:
    """Fill a store; every other issue stands in one article, some in two hundred."""
    chance = random.Random(7)  # noqa: S311 # invented findings
    accounts = [
        Account(
            f"wx-{number:04}",
            f"第{number % COUNTIES}县",
            f"第{number}局",
            Platform.WEIBO if number % 9 == 0 else Platform.WECHAT,
            f"账号{number}",
            list_order=number,
        )
        for number in range(ACCOUNTS)
    ]
    hashed = hash_password(PASSWORD)
    with store.write() as connection:
        save_register(connection, accounts)
        for name in ("甲", "乙"):
            add_user(connection, name, hashed, [Role.REVIEWER], by="命令行", now=NOW)
        run = start_run(connection, "2026-05-01", Makers("0", "l", "", "c"), NOW)
        return _insert(connection, occurrences, run.id, chance)


def _insert(connection: Connection, occurrences: int, run: str, chance: random.Random) -> list[str]:
    tables: tuple[list[tuple[Any, ...]], ...] = ([], [], [], [])
    articles, versions, issues, places = tables
    while len(places) < occurrences:
        number = len(issues)
        sentence = f"第{number}句，{FILLER[: chance.randrange(20, 60)]}高质量发屏{number}。"
        fingerprint = hashlib.sha256(sentence.encode()).hexdigest()
        code, severity = RULES[number % len(RULES)]
        start = sentence.index("高质量")
        issues.append(
            (fingerprint, code, severity, chance.randrange(40, 100) / 100, sentence, start)
        )
        for ordinal in range(chance.choice((1, 1, 1, 1, 2, 3, 200 if number % 997 == 0 else 1))):
            identity = len(articles) + 1
            account = f"wx-{(number + ordinal) % ACCOUNTS:04}"
            day = NOW - timedelta(days=identity % 300)
            utc = day.replace(tzinfo=None).isoformat(" ")
            articles.append((identity, account, str(identity), utc))
            text = FILLER[: chance.randrange(500, 1_000)] + sentence
            versions.append((identity, identity, text, len(text), day.date().isoformat(), run))
            at = len(text) - len(sentence) + start
            places.append((fingerprint, account, identity, identity, at, at + 5, severity, run))
    for statement, rows in zip(_STATEMENTS, tables, strict=True):
        connection.exec_driver_sql(statement, rows)
    for statement in (*_CONFIRMED, "ANALYZE"):
        connection.exec_driver_sql(statement)
    return [row[0] for row in issues]


def measure(store: Store, fingerprints: list[str], options: argparse.Namespace) -> int:
    """Serve the store, ask for the pages, print what they took."""
    listening = socket.create_server(("127.0.0.1", 0))
    site = Site(store, 2, frozenset({"127.0.0.1"}), now=lambda: NOW)
    server = uvicorn.Server(uvicorn.Config(build_app(site), log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    with httpx.Client(
        base_url=address, follow_redirects=True, trust_env=False, timeout=60
    ) as client:
        token = _login(client)
        pages = PAGES | {
            "detail": f"/issues/{fingerprints[500]}?state=待核",
            "detail, 200 places": f"/issues/{fingerprints[997]}?state=待核",
        }
        slowest = max(_median(client, name, path, options.times) for name, path in pages.items())
        bulk = _bulk(client, token)
    server.should_exit = True
    thread.join()
    return int(slowest > options.most_page or bulk > options.most_bulk)


def _login(client: httpx.Client) -> str:
    fields = {"form_token": _token(client.get("/login")), "name": "甲", "password": PASSWORD}
    return _token(client.post("/login", data=fields))


def _median(client: httpx.Client, name: str, path: str, times: int) -> float:
    taken, used = [], []
    for _ in range(times):
        started, idle = time.perf_counter(), time.process_time()
        answer = client.get(path)
        taken.append((time.perf_counter() - started) * 1_000)
        used.append((time.process_time() - idle) * 1_000)
        assert answer.status_code == 200, answer.text  # noqa: S101 # a fault of the program
    median = statistics.median(used)
    print(f"{name:32} {statistics.median(taken):7.0f} ms, of processor time {median:7.0f} ms")
    return median


def _bulk(client: httpx.Client, token: str) -> float:
    """Dismiss the first thousand of the queue; return the seconds it took."""
    issues: list[str] = []
    for number in range(1, 35):
        page = client.get(f"/queue?state=待核&severity=hint&family=REP&page={number}")
        issues += re.findall(r'name="issue" value="([^"]+)"', page.text)
    fields = {"form_token": token, "action": "重复", "next": "/queue", "issue": issues[:1_000]}
    started, idle = time.perf_counter(), time.process_time()
    answer = client.post("/bulk/apply", data=fields | {"count": "1000"})
    taken, used = time.perf_counter() - started, time.process_time() - idle
    assert "已排除 1000 个" in answer.text, answer.text  # noqa: S101 # a fault of the program
    print(f"{'bulk of 1,000':32} {taken * 1e3:7.0f} ms, of processor time {used * 1e3:7.0f} ms")
    return used


def _token(answer: httpx.Response) -> str:
    match = re.search(r'name="form_token" value="([^"]+)"', answer.text)
    assert match is not None, answer.text  # noqa: S101 # every page has a form
    return match[1]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--occurrences", type=int, default=200_000)
    parser.add_argument("--times", type=int, default=15)
    parser.add_argument("--most-page", type=float, default=150, help="milliseconds")
    parser.add_argument("--most-bulk", type=float, default=2, help="seconds")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
