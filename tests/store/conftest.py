"""Stores on both dialects, and the small world that the store's tests keep in them."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import update

from textcheck.account import Account, Platform, SourceSpec, Status
from textcheck.article import Article, ArticleState, Page, Reference
from textcheck.config import CHINA
from textcheck.document import Block, BlockKind, Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.review import Decision, Verdict
from textcheck.run import Makers, Run
from textcheck.store.accounts import save_register
from textcheck.store.connect import Store, open_store
from textcheck.store.documents import load_document, save_article
from textcheck.store.findings import record_findings
from textcheck.store.runs import start_run
from textcheck.store.tables import accounts, issues

NIGHT = "2026-05-01"
NOW = datetime(2026, 5, 1, 2, 30, tzinfo=CHINA)
FORMULATION = Rule("FRM301", Severity.SERIOUS, "固定表述有误", "lexicons/formulations.tsv")

_numbers = count(1)


def _server_programs() -> Path | None:
    """Return the folder of PostgreSQL's programs; Debian keeps them off the PATH."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Start a throw-away server on loopback; give the start of its databases' URLs."""
    programs = _server_programs()
    if programs is None:
        reason = "no PostgreSQL server on this machine"
        if os.environ.get("TEXTCHECK_REQUIRE_PG") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    # initdb refuses root. The folder must be open to the other user, which pytest's are not.
    as_root = os.geteuid() == 0
    user = "postgres" if as_root else None
    with tempfile.TemporaryDirectory(prefix="textcheck-pg-") as folder:
        if as_root:
            shutil.chown(folder, "postgres")
        data, port = f"{folder}/data", _free_port()

        def run(program: str, *arguments: str) -> None:
            command = [str(programs / program), "-D", data, *arguments]
            subprocess.run(  # noqa: S603 # our own words
                command, check=True, cwd=folder, stdout=subprocess.DEVNULL, user=user, group=user
            )

        run("initdb", "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = (
            f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        )
        run("pg_ctl", "-w", "-l", f"{folder}/log", "-o", options, "start")
        try:
            yield f"tester@127.0.0.1:{port}"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")


@pytest.fixture
def make_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Return what makes the URL of a database that holds nothing yet, by its dialect."""

    def make(dialect: str) -> str:
        number = next(_numbers)
        if dialect == "sqlite":
            return f"sqlite:///{tmp_path / f'库{number}.db'}"
        server: str = request.getfixturevalue("postgresql")
        name = f"test_{number}"
        with psycopg.connect(f"postgresql://{server}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql+psycopg://{server}/{name}"

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, make_url: Callable[[str], str]) -> str:
    """Return the URL of a database that holds nothing yet."""
    return make_url(request.param)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """Return an empty store."""
    store = open_store(url)
    yield store
    store.close()


@dataclass(frozen=True)
class World:
    """Two accounts, and the shortest ways to put articles, findings and decisions in a store."""

    store: Store

    def account(self, account_id: str, **given: object) -> Account:
        """Return an account of an invented unit."""
        values = {
            "county": "甲县",
            "unit": "甲县某局",
            "platform": Platform.WECHAT,
            "name": f"账号{account_id}",
            "status": Status.RUNNING,
            "sources": (SourceSpec("feed", {"feed": "https://feed.example/a"}),),
        }
        return Account(account_id, **(values | given))  # type: ignore[arg-type] # values of a dict

    def reference(self, account_id: str = "a", native_id: str = "1") -> Reference:
        """Return a reference of an account."""
        return Reference(
            account_id=account_id,
            source="feed",
            native_id=native_id,
            url=f"https://example.gov.cn/{account_id}/{native_id}",
            title="标题",
            published_at=NOW - timedelta(days=1),
            hint={"appmsgid": "7"},
        )

    def article(self, text: str, account_id: str = "a", native_id: str = "1") -> Article:
        """Return an article that was read; its one block is the body."""
        reference = self.reference(account_id, native_id)
        blocks = (Block(BlockKind.BODY, Span(0, len(text))),) if text else ()
        document = Document(text, blocks, NOW.date(), reference.url, account_id)
        page = Page(reference.url, 200, {"content-type": "text/html"}, text.encode(), NOW)
        return Article(reference, ArticleState.OK, document, "标题", NOW, pages=(page,))

    def register(self) -> None:
        """Save a register of the accounts a and b, b first in the list."""
        accounts = [self.account("a", list_order=2), self.account("b", list_order=1)]
        with self.store.write() as connection:
            save_register(connection, accounts)

    def run(self) -> Run:
        """Start a run."""
        with self.store.write() as connection:
            return start_run(connection, NIGHT, Makers("0.1.0", "词库", "", "设置"), NOW)

    def find(self, article: Article, wrong: str, severity: Severity = Severity.SERIOUS) -> int:
        """Save an article, record each place where it says `wrong`, return the new occurrences."""
        run = self.run()
        with self.store.write() as connection:
            version_id = save_article(connection, article).version_id
            document = load_document(connection, version_id)
            findings = self.findings(document, wrong, severity)
            return record_findings(connection, version_id, document, findings, run.id)

    def findings(
        self, document: Document, wrong: str, severity: Severity = Severity.SERIOUS
    ) -> list[Finding]:
        """Return a finding for each place where document says `wrong`."""
        starts = [
            start for start in range(len(document.text)) if document.text.startswith(wrong, start)
        ]
        return [
            Finding(
                rule=FORMULATION,
                span=Span(start, start + len(wrong)),
                severity=severity,
                confidence=0.9,
                message="应为“正确”",
                suggestions=("正确", ""),
                basis="lexicons/persons.tsv 第 1 行",
            )
            for start in starts
        ]

    def move(self, account_id: str, county: str) -> None:
        """Let an account belong to another county."""
        with self.store.write() as connection:
            here = accounts.c.id == account_id
            connection.execute(update(accounts).where(here).values(county=county, unit=county))

    def rename_rule(self, fingerprint: str, code: str) -> None:
        """Let an issue be one of another rule."""
        with self.store.write() as connection:
            here = issues.c.fingerprint == fingerprint
            connection.execute(update(issues).where(here).values(rule_code=code))

    def verdict(self, fingerprint: str, reviewer: str = "审核员甲", **given: object) -> Verdict:
        """Return a confirmation, or what is given."""
        values = {
            "scope": "everywhere",
            "decision": Decision.CONFIRM,
            "reason": "",
            "decided_at": NOW,
        }
        return Verdict(fingerprint, reviewer=reviewer, **(values | given))  # type: ignore[arg-type] # values of a dict


@pytest.fixture
def world(store: Store) -> World:
    """Return a world in an empty store, with its register saved."""
    world = World(store)
    world.register()
    return world
