"""
The nightly scan: accounts that are due → new articles → versions → findings.

Every step is committed when it is done and noted in the store's queue, so a scan that is
killed anywhere and run again ends as if it had not been. The night is the calendar day in
China on which the scan starts: the same night again lists and fetches only what failed.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from urllib.parse import urlsplit

from textcheck.account import Account, Platform, Status
from textcheck.config import CHINA, ScanConfig
from textcheck.crawler.screenshot import Camera
from textcheck.engine import Crew
from textcheck.revisit import Watched, is_watched
from textcheck.run import Makers, Run
from textcheck.scan.checking import check_versions
from textcheck.scan.fetching import fetch_account
from textcheck.scan.lapses import note_lapses
from textcheck.scan.listing import list_account
from textcheck.scan.screenshots import take_screenshots
from textcheck.scan.work import Progress, Stage, Work
from textcheck.sources.base import Source
from textcheck.store.accounts import save_register
from textcheck.store.connect import Connection, Store
from textcheck.store.pace import Pace, weekly_paces
from textcheck.store.queue import last_listed, listed_accounts, read_coverage
from textcheck.store.revisits import judge_looks, watched_errors
from textcheck.store.runs import finish_run, start_run

__all__ = ["due_accounts", "scan"]


async def scan(  # noqa: PLR0913 # one argument a part of the line
    store: Store,
    accounts: Sequence[Account],
    sources: Mapping[str, Source],
    crew: Crew,
    *,
    makers: Makers,
    now: Callable[[], datetime],
    since: date,
    only: frozenset[str] = frozenset(),
    concurrency: int = 4,
    settings: ScanConfig = ScanConfig(),  # noqa: B008 # frozen
    confirmations: int = 2,
    camera: Camera | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Run:
    """
    Read and check what the accounts in operation published on or after since.

    `accounts` is the whole register, `only` the ids of those to read, all where it is empty;
    of each host `concurrency` accounts are read side by side, so that one that hangs holds up
    no other. Pages with an error that `confirmations` reviewers confirmed are looked at again,
    whatever their age. `camera` takes pictures of what has something serious in it.
    What cannot be read or checked is written into the run's failures and coverage, and the
    scan goes on; only a fault of the program or of the database ends it.
    """
    started_at = now()
    night = started_at.astimezone(CHINA).date().isoformat()
    with store.write() as connection:
        save_register(connection, accounts)
        run = start_run(connection, night, makers, started_at)
        listed = listed_accounts(connection, night)
        due = [
            account
            for account in due_accounts(connection, accounts)
            if not only or account.id in only
        ]
        today = date.fromisoformat(night)
        looked = [
            item for item in watched_errors(connection, confirmations) if is_watched(item, today)
        ]
    work = Work(
        store,
        sources,
        since,
        run,
        now,
        progress,
        settings.lapsed_days,
        settings.reposts,
        _by_article(item for item in looked if not item.lapse),
        _by_account(item for item in looked if item.lapse),
    )
    await _read_accounts(work, due, listed, concurrency)
    await check_versions(work, crew)
    with store.write() as connection:
        judge_looks(connection)
    if camera is not None:
        await take_screenshots(work, camera)
    with store.write() as connection:
        found = read_coverage(connection, night)
        read = {account.id for account in due}
        run.coverage = {item.id: found[item.id] for item in accounts if item.id in read}
        _note_paces(run, weekly_paces(connection, date.fromisoformat(night)))
    note_lapses(work, due)
    with store.write() as connection:
        finish_run(connection, run, now())
    return run


def _by_article(looked: Iterable[Watched]) -> dict[str, dict[int, list[str]]]:
    """Return fingerprints by account and article."""
    found: defaultdict[str, defaultdict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for item in looked:
        found[item.account_id][item.article_id].append(item.fingerprint)
    return {account_id: dict(mine) for account_id, mine in found.items()}


def _by_account(looked: Iterable[Watched]) -> dict[str, list[Watched]]:
    found: defaultdict[str, list[Watched]] = defaultdict(list)
    for item in looked:
        found[item.account_id].append(item)
    return dict(found)


def _note_paces(run: Run, paces: Mapping[str, Pace]) -> None:
    """Note what to expect of the accounts whose platform does not count."""
    for account_id, coverage in run.coverage.items():
        pace = paces.get(account_id)
        if pace is not None and coverage.expected is None:
            coverage.last_week, coverage.usual_week = pace.last_week, pace.usual_week


def due_accounts(connection: Connection, accounts: Iterable[Account]) -> list[Account]:
    """
    Return the accounts in operation in the order that they are read in.

    A host that puts up a wall ends the night for all accounts on it: those that were not read
    for longest come first, so that it is not the same ones every night.
    """
    last = last_listed(connection)
    running = [account for account in accounts if account.status is Status.RUNNING]
    return sorted(running, key=lambda account: last.get(account.id, ""))


async def _read_accounts(
    work: Work, due: Sequence[Account], listed: set[str], concurrency: int
) -> None:
    """Read several accounts side by side; the articles of one come one after another."""
    lanes: defaultdict[str, list[Account]] = defaultdict(list)
    for account in due:
        lanes[_lane(account)].append(account)
    done = 0

    async def read_next(waiting: Iterator[Account]) -> None:
        nonlocal done
        for account in waiting:
            if account.id not in listed:
                await list_account(work, account)
            await fetch_account(work, account)
            done += 1
            work.progress(Progress(Stage.READ, done, len(due), account.label))

    try:
        async with asyncio.TaskGroup() as group:
            for lane in lanes.values():
                waiting = iter(lane)
                for _ in range(min(concurrency, len(lane))):
                    group.create_task(read_next(waiting))
    except ExceptionGroup as failures:
        # Whoever runs the scan knows what to do about the failure, not about a group.
        raise failures.exceptions[0] from failures


def _lane(account: Account) -> str:
    """Name what the accounts have in common that wait for the same host."""
    if account.platform is not Platform.SITE:
        return account.platform.value
    addresses = [spec.options.get("list", "") for spec in account.sources]
    try:
        return urlsplit(next(filter(None, addresses), "")).netloc
    except ValueError:
        return ""
