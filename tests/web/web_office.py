"""An invented office whose review pages a real server gives out on loopback."""

import html
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import httpx
import pytest
import uvicorn
from argon2 import PasswordHasher

from textcheck.account import Account, Platform
from textcheck.article import Article, ArticleState, Page, Reference
from textcheck.config import CHINA
from textcheck.document import Block, BlockKind, Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.run import Makers
from textcheck.store.accounts import save_register
from textcheck.store.connect import Store, open_store
from textcheck.store.documents import save_article
from textcheck.store.findings import list_issues, record_findings
from textcheck.store.runs import finish_run, start_run
from textcheck.store.users import add_user
from textcheck.user import Role
from textcheck.web.app import build_app
from textcheck.web.site import Site

NOW = datetime(2026, 5, 1, 9, 30, tzinfo=CHINA)
PASSWORD = "只在测试中使用的口令"  # noqa: S105 # of nobody
# name, roles, units
USERS = (
    ("管理员", [Role.ADMIN], ()),
    ("词库员", [Role.LEXICON], ()),
    ("审核员甲", [Role.REVIEWER], ()),
    ("审核员乙", [Role.REVIEWER], ()),
    ("审批人", [Role.APPROVER], ()),
    ("查阅者", [Role.READER], ()),
    ("乙县审核员", [Role.REVIEWER], ("乙县",)),
)
_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


@dataclass
class Clock:
    """The office's clock, which a test may put forward."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now


@dataclass
class Office:
    """A store, the server before it, and the shortest ways to fill the one and ask the other."""

    store: Store
    url: str = ""
    address: str = ""
    clock: Clock = field(default_factory=Clock)
    browsers: list[httpx.Client] = field(default_factory=list)

    def found(  # noqa: PLR0913 # what varies
        self,
        text: str,
        wrong: str,
        account: str = "a",
        number: str = "1",
        *,
        severity: Severity = Severity.SERIOUS,
        code: str = "FRM301",
        title: str = "某单位召开会议",
        url: str = "",
        day: datetime = NOW,
        trial: bool = False,
    ) -> str:
        """Save an article with one finding, unless on trial; return the issue's fingerprint."""
        link = url or f"https://example.gov.cn/{account}/{number}"
        blocks = (Block(BlockKind.BODY, Span(0, len(text))),)
        document = Document(text, blocks, day.date(), link, account)
        pages = (Page(link, 200, {"content-type": "text/html"}, text.encode(), NOW),)
        article = Article(
            Reference(account, "feed", number, link),
            ArticleState.OK,
            document,
            title,
            day,
            pages=pages,
        )
        start = text.index(wrong)
        finding = Finding(
            rule=Rule(code, severity, "固定表述有误", "lexicons/formulations.tsv"),
            span=Span(start, start + len(wrong)),
            severity=severity,
            confidence=0.9,
            message="应为“高质量发展”；固定表述有误",
            suggestions=("高质量发展",),
            basis="固定表述表 frm-0001",
        )
        if trial:
            return finding.fingerprint(document)
        with self.store.write() as connection:
            run = start_run(connection, "2026-05-01", Makers("0.1.0", "ab12", "", "cd34"), NOW)
            version_id = save_article(connection, article).version_id
            record_findings(connection, version_id, document, [finding], run.id)
            finish_run(connection, run, NOW)
        return finding.fingerprint(document)

    def state(self, fingerprint: str) -> str:
        """Return where an issue stands."""
        with self.store.read() as connection:
            issues = list_issues(connection, confirmations=2)
        return next(item.state(2).value for item in issues if item.fingerprint == fingerprint)

    def visitor(self) -> httpx.Client:
        """Return a browser in which nobody is logged in."""
        # Others may work on the machine, too: slow is no fault here.
        client = httpx.Client(
            base_url=self.address, follow_redirects=True, trust_env=False, timeout=120
        )
        self.browsers.append(client)
        return client

    def login(self, name: str) -> "Browser":
        """Return a browser in which somebody is logged in."""
        client = self.visitor()
        token = token_in(client.get("/login"))
        fields = {"form_token": token, "name": name, "password": PASSWORD}
        answer = client.post("/login", data=fields)
        assert answer.status_code == 200, answer.text
        return Browser(client, answer)


@dataclass
class Browser:
    """A browser with somebody logged in; forms are sent as a page of the site would send them."""

    client: httpx.Client
    last: httpx.Response

    def get(self, path: str) -> httpx.Response:
        """Open a page."""
        return self.client.get(path)

    def post(self, path: str, **fields: object) -> httpx.Response:
        """Send a form with the session's token."""
        token = token_in(self.last)
        return self.client.post(path, data={"form_token": token} | fields)

    def decide(self, fingerprint: str, **fields: object) -> httpx.Response:
        """Send the form of an issue as its page shows it."""
        page = self.get(f"/issues/{fingerprint}").text
        version = re.search(r'name="version" value="(\d+)"', page)
        assert version is not None
        return self.post(
            f"/issues/{fingerprint}/decision", **{"version": version[1], "scope": ""} | fields
        )


def token_in(answer: httpx.Response) -> str:
    """Return the token of the forms of a page."""
    match = _TOKEN.search(answer.text)
    assert match is not None, answer.text
    return match[1]


def words_of(answer: httpx.Response) -> str:
    """Return what a page says, without its tags."""
    text = re.sub(r"<(script|style).*?</\1>", "", answer.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def hashed_password() -> str:
    """Return the hash of everybody's password, by which a login takes no time."""
    return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)


@contextmanager
def running_offices(folders: pytest.TempPathFactory, hashed: str) -> Iterator[Callable[[], Office]]:
    """Give a way to start offices, each with a store of its own; stop them all at the end."""
    started: list[tuple[uvicorn.Server, threading.Thread, Office]] = []

    def start() -> Office:
        url = f"sqlite:///{folders.mktemp('office') / 'office.db'}"
        store = open_store(url)
        office = Office(store, url)
        _fill(store, hashed)
        listening = socket.create_server(("127.0.0.1", 0))
        site = Site(store, 2, frozenset({"127.0.0.1"}), check=_one_mistake, now=office.clock)
        config = uvicorn.Config(build_app(site), log_level="warning", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        office.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        started.append((server, thread, office))
        return office

    try:
        yield start
    finally:
        for server, thread, office in started:
            for browser in office.browsers:
                browser.close()
            server.should_exit = True
            thread.join()
            office.store.close()


def _one_mistake(document: Document) -> list[Finding]:
    """Find the one mistake that everybody makes here."""
    start = document.text.find("高质量发屏")
    if start < 0:
        return []
    return [
        Finding(
            rule=Rule("FRM301", Severity.SERIOUS, "固定表述有误", "lexicons/formulations.tsv"),
            span=Span(start, start + 5),
            severity=Severity.SERIOUS,
            confidence=0.9,
            message="应为“高质量发展”",
            suggestions=("高质量发展",),
            basis="固定表述表 frm-0001",
        )
    ]


def _fill(store: Store, hashed: str) -> None:
    counties = {"a": "甲县", "b": "乙县", "c": "甲县"}
    accounts = [
        Account(name, county, f"{county}某局", Platform.WECHAT, f"账号{name}", list_order=order)
        for order, (name, county) in enumerate(counties.items())
    ]
    with store.write() as connection:
        save_register(connection, accounts)
        for name, roles, units in USERS:
            add_user(connection, name, hashed, roles, units, by="命令行", now=NOW)
