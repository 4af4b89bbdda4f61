"""List what an account published: its sources in order, until the list is complete."""

from collections import Counter
from collections.abc import AsyncGenerator, Iterable
from dataclasses import replace
from datetime import date, timedelta

from textcheck.account import Account
from textcheck.article import Cursor, Reference
from textcheck.config import CHINA
from textcheck.errors import StoreError, TextcheckError
from textcheck.run import Coverage
from textcheck.scan.work import Work
from textcheck.sources.base import Census, Source
from textcheck.store.queue import enqueue, mark_listed

__all__ = ["NO_SOURCE", "list_account"]

NO_SOURCE = "未读：没有来源"
"""Why an account that the register gives no way to read is a gap."""

# A pinned old article may stand on top of a page of new ones; a whole page of old ones twice
# running is the past.
_OLD_PAGES = 2
# The platform's count costs a call a day of it; what lacked nothing then lacks nothing now.
_COUNTED_DAYS = 7


async def list_account(work: Work, account: Account) -> None:
    """Queue what the account's sources list, and note how complete that is."""
    chain = _Chain(work, account)
    coverage = Coverage(account.id, error=await chain.run())
    if not coverage.error and not chain.listed:
        _queue_last(work, chain.newest)
    coverage.listed = len(chain.listed)
    coverage.expected = chain.expected
    errors = chain.errors or ([coverage.error] if coverage.error else [])
    work.run.failures += [f"{account.label}：{error}" for error in errors]
    with work.store.write() as connection:
        mark_listed(connection, work.run.night, coverage)


def _queue_last(work: Work, newest: Reference | None) -> None:
    """Queue the last article of an account that is no longer updated: it says since when."""
    day = _day(newest) if newest else None
    if newest is None or day is None or not work.lapsed_days:
        return
    if (date.fromisoformat(work.run.night) - day).days >= work.warned_days:
        with work.store.write() as connection:
            enqueue(connection, work.run.night, [newest])


class _Chain:
    """
    The sources of one account, asked in order until one of them lists everything.

    A source that lists a part only is followed by the next ones; an article that several
    list is queued once, as the first of them names it.
    """

    def __init__(self, work: Work, account: Account) -> None:
        self._work = work
        self._account = account
        self.listed: dict[str, date | None] = {}
        self.newest: Reference | None = None
        self.errors: list[str] = []
        self._titles: set[tuple[str, date | None]] = set()  # of the sources before this one
        self._counted: Counter[date] | None = None

    @property
    def expected(self) -> int | None:
        """Return how many articles the platform counted, None where it was not asked."""
        return None if self._counted is None else self._counted.total()

    async def run(self) -> str:
        """List; return why the list is not complete, "" where it is."""
        some: list[str] = []
        for kind in dict.fromkeys(spec.kind for spec in self._account.sources):
            source = self._work.sources.get(kind)
            if source is None or not await self._take(source):
                continue
            some.append(kind)
            await self._count(source)
            agrees = self._counted is not None and not self._missing()
            if source.lists_all or agrees:
                return self._shortfall()
        if not some:
            return "；".join(self.errors) or NO_SOURCE
        if self._counted is not None:
            return self._shortfall()
        return f"来源 {'、'.join(some)} 不能列出全部文章，也没有平台统计可以核对"

    async def _take(self, source: Source) -> bool:
        """Queue what a source lists by all its settings; tell whether all of them answered."""
        before, answered = len(self.errors), set[tuple[str, date | None]]()
        for spec in self._account.sources:
            if spec.kind != source.name:
                continue
            try:
                await self._enqueue(source, replace(self._account, sources=(spec,)), answered)
            except StoreError:
                raise
            except TextcheckError as error:
                self.errors.append(f"来源 {source.name}：{error}")
        self._titles |= answered
        return len(self.errors) == before

    async def _enqueue(
        self, source: Source, account: Account, titles: set[tuple[str, date | None]]
    ) -> None:
        """Queue references that are recent enough, page by page."""
        old_pages = 0
        pages = source.list(account, Cursor())
        try:
            async for listing in pages:
                recent = [item for item in listing.references if self._is_recent(item)]
                new = [item for item in recent if not self._is_known(item)]
                self.newest = max(
                    (item for item in (self.newest, *listing.references) if item and _day(item)),
                    key=lambda item: _day(item) or date.min,
                    default=None,
                )
                with self._work.store.write() as connection:
                    enqueue(connection, self._work.run.night, new)
                self.listed |= {item.native_id: _day(item) for item in new}
                titles.update(_titles(new))
                old_pages = 0 if recent else old_pages + 1
                if listing.cursor is None or old_pages == _OLD_PAGES:
                    break
        finally:
            if isinstance(pages, AsyncGenerator):
                await pages.aclose()

    def _is_recent(self, reference: Reference) -> bool:
        """Tell whether an article is in the window; one without a date has to be read to know."""
        day = _day(reference)
        return day is None or day >= self._work.since

    def _is_known(self, reference: Reference) -> bool:
        """Tell whether an earlier source lists the same article by another name."""
        return (
            reference.native_id not in self.listed
            and bool(reference.title)
            and (reference.title, _day(reference)) in self._titles
        )

    async def _count(self, source: Source) -> None:
        if source.lists_all or self._counted is not None or not isinstance(source, Census):
            return
        today = date.fromisoformat(self._work.run.night)
        since = max(self._work.since, today - timedelta(days=_COUNTED_DAYS))
        try:
            self._counted = await source.census(self._account, since, today)
        except TextcheckError as error:
            self.errors.append(f"来源 {source.name} 的平台统计：{error}")

    def _missing(self) -> int:
        listed = Counter(day for day in self.listed.values() if day)
        return sum(max(0, count - listed[day]) for day, count in (self._counted or {}).items())

    def _shortfall(self) -> str:
        if missing := self._missing():
            return (
                f"平台统计近 {_COUNTED_DAYS} 天发出 {self.expected} 篇，其中 {missing} 篇没有列出"
            )
        return ""


def _day(reference: Reference) -> date | None:
    at = reference.published_at
    return at.astimezone(CHINA).date() if at else None


def _titles(references: Iterable[Reference]) -> Iterable[tuple[str, date | None]]:
    return [(item.title, _day(item)) for item in references if item.title]
