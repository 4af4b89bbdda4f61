"""A source and a checker without a network, and a store to scan into."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from textcheck.account import Account, Platform, SourceSpec
from textcheck.article import Article, ArticleState, Cursor, Listing, Reference
from textcheck.checkers.base import Checker
from textcheck.config import CHINA
from textcheck.crawler.screenshot import Camera
from textcheck.document import Document, Span
from textcheck.engine import Crew
from textcheck.errors import NotPermitted, TextcheckError
from textcheck.finding import Finding, Rule, Severity
from textcheck.run import Makers, Run
from textcheck.scan import Progress, scan
from textcheck.store.connect import Store, open_store

NOW = datetime(2026, 5, 2, 1, 30, tzinfo=CHINA)
WRONG_WORD = Rule("WRD801", Severity.ORDINARY, "错字", "lexicons/words.tsv")


@dataclass
class FakeSource:
    """
    Serves listings and texts from dicts, and notes what it was asked.

    `pages` holds the native ids of each listing page of an account; a text, or an error, is
    found under account/native id; so are a state that is not ok and days before the night.
    """

    name: str = "fake"
    pages: dict[str, list[list[str]]] = field(default_factory=dict)
    texts: dict[str, str | TextcheckError] = field(default_factory=dict)
    states: dict[str, ArticleState] = field(default_factory=dict)
    ages: dict[str, int | None] = field(default_factory=dict)
    errors: dict[str, Exception] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    closed: int = 0
    counted: dict[date, int] | TextcheckError | None = None
    lists_all: bool = True

    async def list(self, account: Account, cursor: Cursor) -> AsyncIterator[Listing]:
        """Yield the account's pages."""
        assert cursor == Cursor()
        pages = self.pages.get(account.id, [])
        try:
            for number, native_ids in enumerate(pages):
                await asyncio.sleep(0)
                self.asked.append(f"list {account.id} {number}")
                last = number + 1 == len(pages)
                yield Listing(
                    tuple(self.reference(account.id, native_id) for native_id in native_ids),
                    None if last and account.id not in self.errors else Cursor(str(number + 1)),
                )
            if account.id in self.errors:
                raise self.errors[account.id]
        finally:
            self.closed += 1

    async def fetch(self, reference: Reference) -> Article:
        """Return the article, or fail."""
        await asyncio.sleep(0)
        name = f"{reference.account_id}/{reference.native_id}"
        self.asked.append(f"fetch {name}")
        text = self.texts[name]
        if isinstance(text, TextcheckError):
            raise text
        published_at = reference.published_at
        day = published_at.date() if published_at else None
        return Article(
            reference,
            self.states.get(name, ArticleState.OK),
            Document(text, (), day, reference.url, reference.account_id),
            f"题{name}",
            published_at,
        )

    async def census(self, account: Account, since: date, until: date) -> Counter[date]:
        """Return what the platform counted, or fail."""
        self.asked.append(f"census {account.id} {since:%m-%d} {until:%m-%d}")
        if isinstance(self.counted, TextcheckError):
            raise self.counted
        if self.counted is None:
            raise NotPermitted("没有统计")
        return Counter(self.counted)

    def reference(self, account_id: str, native_id: str) -> Reference:
        """Return a reference, published a day before the night unless its age is given."""
        name = f"{account_id}/{native_id}"
        age = self.ages.get(name, 1)
        return Reference(
            account_id,
            self.name,
            native_id,
            f"https://example.gov.cn/{name}",
            self.titles.get(name, ""),
            published_at=None if age is None else NOW - timedelta(days=age),
        )


@dataclass(frozen=True)
class FakeChecker:
    """Finds 错, serious where 严 follows, a hint where 轻 does; fails on 坏 and breaks on 崩."""

    rules: tuple[Rule, ...] = (WRONG_WORD,)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each 错."""
        if "坏" in document.text:
            raise TextcheckError("这篇检查不了")
        if "崩" in document.text:
            raise KeyError("崩")
        marks = {"严": Severity.SERIOUS, "轻": Severity.HINT}
        for start, character in enumerate(document.text):
            if character == "错":
                severity = marks.get(document.text[start + 1 : start + 2], Severity.ORDINARY)
                span = Span(start, start + 1)
                yield Finding(WRONG_WORD, span, severity, 0.9, "错字", ("对",), "表第 1 行")


def account(account_id: str, *kinds: str, **given: object) -> Account:
    """Return an account of an invented unit that is read by the sources of those kinds."""
    sources = tuple(SourceSpec(kind) for kind in kinds or ("fake",))
    made = Account(
        account_id, "甲县", "甲县某局", Platform.WECHAT, f"账号{account_id}", sources=sources
    )
    return replace(made, **given)  # type: ignore[arg-type] # fields by name


@dataclass
class Night:
    """A store, and a scan of it with doubles."""

    store: Store
    source: FakeSource
    steps: list[Progress] = field(default_factory=list)

    def scan(  # noqa: PLR0913 # settings by name
        self,
        *accounts: Account,
        now: datetime = NOW,
        since: date = date(2026, 4, 1),
        others: Sequence[FakeSource] = (),
        checkers: Sequence[Checker] = (FakeChecker(),),
        concurrency: int = 8,
        only: frozenset[str] = frozenset(),
        crew: Crew | None = None,
        camera: Camera | None = None,
    ) -> Run:
        """Scan accounts, by default a and b."""
        sources = {source.name: source for source in (self.source, *others)}
        return asyncio.run(
            scan(
                self.store,
                accounts or (account("a"), account("b")),
                sources,
                crew or Crew(checkers),
                makers=Makers("0.1.0", "词库", "", "设置"),
                now=lambda: now,
                since=since,
                concurrency=concurrency,
                only=only,
                progress=self.steps.append,
                camera=camera,
            )
        )

    def asked(self) -> list[str]:
        """Return what the source was asked since the last time."""
        asked, self.source.asked = self.source.asked, []
        return asked


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return an empty store."""
    with closing(open_store(f"sqlite:///{tmp_path / 'a.db'}")) as opened:
        yield opened


@pytest.fixture
def night(store: Store) -> Night:
    """Return a night over a source with two accounts of two articles each."""
    source = FakeSource(
        pages={"a": [["2"], ["1"]], "b": [["2", "1"]]},
        texts={
            "a/1": "甲文一错严。",
            "a/2": "甲文二。",
            "b/1": "乙文一错。错轻。",
            "b/2": "乙文二。",
        },
    )
    return Night(store, source)


@pytest.fixture
def make_account() -> Callable[..., Account]:
    """Return what makes accounts."""
    return account


@pytest.fixture
def make_source() -> Callable[..., FakeSource]:
    """Return what makes sources."""
    return FakeSource


@pytest.fixture
def make_checker() -> Callable[..., FakeChecker]:
    """Return what makes checkers."""
    return FakeChecker
