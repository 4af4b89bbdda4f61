"""
A scan killed by SIGKILL and run again ends as if it had not been killed.

Run as a program, `python test_killed.py DATABASE NUMBER`, this file scans and kills itself
at that statement of SQL: between two steps or in the middle of a transaction.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine, event, select

from textcheck.account import Account, Platform, SourceSpec
from textcheck.article import Article, ArticleState, Cursor, Listing, Page, Reference
from textcheck.config import CHINA
from textcheck.document import Document, Span
from textcheck.engine import Crew
from textcheck.errors import FetchError, GoneError
from textcheck.finding import Finding, Rule, Severity
from textcheck.run import Makers, Run
from textcheck.scan import scan
from textcheck.store.connect import open_store
from textcheck.store.tables import articles, issues, occurrences, pages, queue, raw, versions

if TYPE_CHECKING:
    from sqlalchemy import Executable

NOW = datetime(2026, 5, 2, 1, 30, tzinfo=CHINA)
RULE = Rule("WRD801", Severity.ORDINARY, "错字", "lexicons/words.tsv")
ACCOUNTS = [
    Account(f"a{n}", "甲县", "甲县某局", Platform.WECHAT, f"账号{n}", sources=(SourceSpec("fake"),))
    for n in range(3)
]
# Of each account, by native id. The same sentence stands in articles of different gravity.
TEXTS = {
    "1": "众人皆错。再错一次。",
    "2": "没有问题。",
    "3": "众人皆错。严重的是这里。",
    "4": "",
    "5": "另有一错。另有一错。",
}
DUMPED = ("fingerprint", "ordinal", "start", "end", "severity")
FAILING, GONE, PARTIAL = "a0/2", "a1/3", "a2/5"


class FakeSource:
    """Lists the articles above in pages of two; one fails, one is gone, one is partial."""

    name = "fake"
    lists_all = True

    async def list(self, account: Account, cursor: Cursor) -> AsyncIterator[Listing]:
        """Yield pages."""
        del cursor
        native_ids = list(TEXTS)
        for start in range(0, len(native_ids), 2):
            await asyncio.sleep(0)
            references = tuple(
                Reference(account.id, self.name, native_id, f"https://example.cn/{native_id}")
                for native_id in native_ids[start : start + 2]
            )
            yield Listing(references, Cursor(str(start + 2)))

    async def fetch(self, reference: Reference) -> Article:
        """Return the article."""
        await asyncio.sleep(0)
        name = f"{reference.account_id}/{reference.native_id}"
        if name == FAILING:
            raise FetchError("超时")
        if name == GONE:
            raise GoneError("已删除", ArticleState.DELETED.value)
        text = TEXTS[reference.native_id]
        state = ArticleState.PARTIAL if name == PARTIAL else ArticleState.OK
        answer = Page(reference.url, 200, {}, text.encode() * 9, NOW)
        return Article(reference, state, Document(text), "题", NOW, pages=(answer,))


class FakeChecker:
    """Finds 错; how grave it is and how it is worded depend on the article."""

    rules = (RULE,)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each 错."""
        grave = "严重" in document.text
        severity = Severity.SERIOUS if grave else Severity.ORDINARY
        message = f"在 {document.account} 中有误"
        for start, character in enumerate(document.text):
            if character == "错":
                span = Span(start, start + 1)
                yield Finding(RULE, span, severity, 0.9, message, ("对",), "表第 1 行")


def run_scan(path: Path) -> Run:
    with closing(open_store(f"sqlite:///{path}")) as store:
        return asyncio.run(
            scan(
                store,
                ACCOUNTS,
                {"fake": FakeSource()},
                Crew([FakeChecker()]),
                makers=Makers("0.1.0", "词库", "", "设置"),
                now=lambda: NOW,
                since=date(2026, 4, 1),
                concurrency=2,
            )
        )


@contextmanager
def counted(*, die_at: int = 0) -> Iterator[list[str]]:
    """Keep the statements of this process in the list given; die at one of them."""
    seen: list[str] = []

    def count(*arguments: object) -> None:
        seen.append(str(arguments[2]))
        if len(seen) == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "after_cursor_execute", count)
    yield seen
    event.remove(Engine, "after_cursor_execute", count)


def dump(path: Path) -> list[list[str]]:
    """Return what must be equal: everything but row numbers and which run did it."""
    article = (articles.c.account_id, articles.c.native_id)
    found = [column for column in occurrences.c if column.name in DUMPED]
    selects: tuple[Executable, ...] = (
        select(issues),
        select(*article, versions.c.digest, *found)
        .select_from(occurrences)
        .join(articles, articles.c.id == occurrences.c.article_id)
        .join(versions, versions.c.id == occurrences.c.version_id),
        select(*article, articles.c.state, articles.c.title),
        select(*article, versions.c.text, versions.c.checked_by.is_(None)).join(articles),
        select(queue.c.account_id, queue.c.native_id, queue.c.state, queue.c.error),
        select(pages.c.sha256, pages.c.url, raw.c.body).join(raw),
    )
    with closing(open_store(f"sqlite:///{path}")) as store, store.read() as connection:
        return [sorted(map(repr, connection.execute(one))) for one in selects]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, list[list[str]], int]:
    """Return the run, the dump and the number of statements of a scan that nobody disturbs."""
    path = tmp_path_factory.mktemp("undisturbed") / "a.db"
    with counted() as statements:
        run = run_scan(path)
    return run, dump(path), len(statements)


@pytest.mark.parametrize("part", [0.03, 0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.68, 0.77, 0.85, 0.93])
def test_a_killed_scan_run_again_ends_as_if_undisturbed(
    tmp_path: Path, undisturbed: tuple[Run, list[list[str]], int], part: float
) -> None:
    run, dumped, statements = undisturbed
    path = tmp_path / "a.db"
    command = [sys.executable, __file__, str(path), str(round(part * statements))]
    killed = subprocess.run(command, check=False, capture_output=True)  # noqa: S603 # this file
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    again = run_scan(path)
    assert dump(path) == dumped
    assert again.coverage == run.coverage


def test_the_undisturbed_scan_is_worth_comparing(
    undisturbed: tuple[Run, list[list[str]], int],
) -> None:
    run, dumped, statements = undisturbed
    # Each part of the dump has rows, and there is something of every kind to go wrong.
    assert all(dumped)
    assert [len(rows) for rows in dumped[:2]] == [3, 14]
    assert (run.coverage["a0"].failed, run.coverage["a1"].gone) == (1, 1)
    assert run.coverage["a2"].partial == 1
    assert statements > 100


if __name__ == "__main__":
    with counted(die_at=int(sys.argv[2])):
        run_scan(Path(sys.argv[1]))
