"""
The nightly scan: accounts that are due → new articles → versions → findings.

Every step is committed when it is done and noted in the store's queue, so a scan that is
killed anywhere and run again ends as if it had not been. The night is the calendar day in
China on which the scan starts: the same night again lists and fetches only what failed.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from textcheck.account import Account, Status
from textcheck.article import Article, ArticleState, Cursor, Reference
from textcheck.checkers.base import Checker
from textcheck.config import CHINA
from textcheck.document import Document
from textcheck.errors import ConfigError, GoneError, StoreError, TextcheckError
from textcheck.finding import Severity
from textcheck.linter import batches, check, look_through
from textcheck.refine import at_least
from textcheck.run import Coverage, Makers, Run
from textcheck.sources.base import Source
from textcheck.store.accounts import save_register
from textcheck.store.connect import Store
from textcheck.store.documents import load_document, mark_article, save_article
from textcheck.store.findings import record_findings
from textcheck.store.queue import (
    enqueue,
    listed_accounts,
    mark_failed,
    mark_fetched,
    mark_gone,
    mark_listed,
    mark_unchecked,
    read_coverage,
    to_check,
    to_fetch,
)
from textcheck.store.runs import finish_run, start_run

__all__ = ["NO_SOURCE", "Progress", "Stage", "scan"]

NO_SOURCE = "未读：没有来源"
"""Why an account that the register gives no way to read is a gap."""

# A pinned old article may stand on top of a page of new ones; a whole page of old ones twice
# running is the past.
_OLD_PAGES = 2


class Stage(StrEnum):
    """What a scan is doing; the value is what users see."""

    READ = "读取"
    CHECK = "检查"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage has come: done of total, and the account or text that is done."""

    stage: Stage
    done: int
    total: int
    name: str


@dataclass(frozen=True, slots=True)
class _Work:
    store: Store
    sources: Mapping[str, Source]
    since: date
    run: Run
    progress: Callable[[Progress], None]


async def scan(  # noqa: PLR0913 # one argument a part of the line
    store: Store,
    accounts: Sequence[Account],
    sources: Mapping[str, Source],
    checkers: Sequence[Checker],
    *,
    makers: Makers,
    now: Callable[[], datetime],
    since: date,
    concurrency: int = 8,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Run:
    """
    Read and check what the accounts in operation published on or after since.

    `accounts` is the whole register. What cannot be read or checked is written into the
    run's failures and coverage, and the scan goes on; only a fault of the program or of the
    database ends it.
    """
    started_at = now()
    night = started_at.astimezone(CHINA).date().isoformat()
    with store.write() as connection:
        save_register(connection, accounts)
        run = start_run(connection, night, makers, started_at)
        listed = listed_accounts(connection, night)
    due = [account for account in accounts if account.status is Status.RUNNING]
    work = _Work(store, sources, since, run, progress)
    await _read_accounts(work, due, listed, concurrency)
    await _check_versions(work, checkers)
    with store.write() as connection:
        found = read_coverage(connection, night)
        run.coverage = {account.id: found[account.id] for account in due}
        finish_run(connection, run, now())
    return run


async def _read_accounts(
    work: _Work, due: Sequence[Account], listed: set[str], concurrency: int
) -> None:
    """Read several accounts side by side; the articles of one come one after another."""
    waiting = iter(due)
    done = 0

    async def read_next() -> None:
        nonlocal done
        for account in waiting:
            if account.id not in listed:
                await _list(work, account)
            await _fetch(work, account)
            done += 1
            work.progress(Progress(Stage.READ, done, len(due), account.label))

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(concurrency, len(due))):
                group.create_task(read_next())
    except ExceptionGroup as failures:
        # Whoever runs the scan knows what to do about the failure, not about a group.
        raise failures.exceptions[0] from failures


async def _list(work: _Work, account: Account) -> None:
    """Queue what the first source that answers lists."""
    coverage = Coverage(account.id)
    errors: list[str] = []
    for kind in dict.fromkeys(spec.kind for spec in account.sources if spec.kind in work.sources):
        try:
            coverage.listed = await _enqueue_listed(work, account, work.sources[kind])
        except StoreError:
            raise
        except TextcheckError as error:
            errors.append(f"来源 {kind}：{error}")
        else:
            break
    else:
        coverage.error = "；".join(errors) or NO_SOURCE
        errors = [coverage.error]
    work.run.failures += [f"{account.label}：{error}" for error in errors]
    with work.store.write() as connection:
        mark_listed(connection, work.run.night, coverage)


async def _enqueue_listed(work: _Work, account: Account, source: Source) -> int:
    """Queue an account's references that are recent enough, page by page; return how many."""
    seen: set[str] = set()
    old_pages = 0
    pages = source.list(account, Cursor())
    try:
        async for listing in pages:
            recent = [item for item in listing.references if _is_recent(item, work.since)]
            with work.store.write() as connection:
                enqueue(connection, work.run.night, recent)
            seen.update(reference.native_id for reference in recent)
            old_pages = 0 if recent else old_pages + 1
            if listing.cursor is None or old_pages == _OLD_PAGES:
                break
    finally:
        if isinstance(pages, AsyncGenerator):
            await pages.aclose()
    return len(seen)


def _is_recent(reference: Reference, since: date) -> bool:
    """Tell whether an article is in the window; one without a date has to be read to know."""
    published_at = reference.published_at
    return published_at is None or published_at.astimezone(CHINA).date() >= since


async def _fetch(work: _Work, account: Account) -> None:
    """Read an account's queued articles, and again those that failed before."""
    with work.store.read() as connection:
        references = to_fetch(connection, account.id)
    for reference in references:
        try:
            article = await _source_of(work, reference).fetch(reference)
        except GoneError as error:
            _note_gone(work, reference, ArticleState(error.state))
        except TextcheckError as error:
            work.run.failures.append(f"{account.label} {reference.url}：{error}")
            with work.store.write() as connection:
                mark_failed(connection, work.run.night, reference, str(error))
        else:
            _save(work, reference, article)


def _source_of(work: _Work, reference: Reference) -> Source:
    source = work.sources.get(reference.source)
    if source is None:
        raise ConfigError(f"没有名为 {reference.source} 的来源")
    return source


def _save(work: _Work, reference: Reference, article: Article) -> None:
    if article.state not in {ArticleState.OK, ArticleState.PARTIAL}:
        _note_gone(work, reference, article.state)
        return
    with work.store.write() as connection:
        saved = save_article(connection, article)
        mark_fetched(connection, work.run.night, reference)
    work.run.new_articles += saved.new_article
    work.run.new_versions += saved.new_version


def _note_gone(work: _Work, reference: Reference, state: ArticleState) -> None:
    with work.store.write() as connection:
        mark_article(connection, reference, state)
        mark_gone(connection, work.run.night, reference)


async def _check_versions(work: _Work, checkers: Sequence[Checker]) -> None:
    """Check every version that no run has checked; hints are for editors, not for nightly runs."""
    run = work.run
    with work.store.read() as connection:
        unchecked = to_check(connection)
    numbered = iter(enumerate(unchecked, start=1))
    for together in batches(_documents(work, unchecked)):
        look_through(together, checkers)
        for document in together:
            done, version_id = next(numbered)
            try:
                findings = at_least(check(document, checkers), Severity.ORDINARY)
            except TextcheckError as error:
                run.failures.append(f"{document.url} 未能检查：{error}")
                with work.store.write() as connection:
                    mark_unchecked(connection, version_id, str(error))
            else:
                with work.store.write() as connection:
                    new = record_findings(connection, version_id, document, findings, run.id)
                run.checked += 1
                run.new_findings += new
            work.progress(Progress(Stage.CHECK, done, len(unchecked), document.url))
            await asyncio.sleep(0)  # the place where an interrupt takes effect


def _documents(work: _Work, versions: Iterable[int]) -> Iterator[Document]:
    """Yield the document of each version, read when it is asked for."""
    for version_id in versions:
        with work.store.read() as connection:
            yield load_document(connection, version_id)
