"""Ask each host and each login once, before a night does."""

import asyncio
import email.utils
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit

from textcheck.account import Account, SourceSpec, Status
from textcheck.article import Cursor, Page
from textcheck.crawler.fetch import Fetcher
from textcheck.errors import ConfigError, TextcheckError
from textcheck.sources.base import Source

__all__ = ["Overheard", "Probe", "Probed", "probe", "probes"]

# By these options an account is told from others on the same host.
_LOGINS = ("appid", "secret", "cookie", "token", "inbox", "file")
_ADDRESSES = ("list", "feed")


@dataclass(frozen=True, slots=True)
class Probe:
    """An account to ask for, by one of its sources; `others` share the host and the login."""

    account: Account
    spec: SourceSpec
    others: int = 0

    @property
    def name(self) -> str:
        """Name what is asked: the kind of source, and the host or the account."""
        host = _host(self.spec)
        rest = f"（另有 {self.others} 个账号相同）" if self.others else ""
        return f"来源 {self.spec.kind} {host or self.account.label}{rest}"


@dataclass(frozen=True, slots=True)
class Probed:
    """What came of it: how many articles the first page lists, or why none."""

    probe: Probe
    listed: int = 0
    error: TextcheckError | None = None


class Overheard:
    """
    A fetcher that notes by how much the hosts' clocks differ from ours.

    An answer from a cache is as old as its header Age says; it can only be older, so the host
    whose clock is next to ours tells.
    """

    def __init__(self, fetcher: Fetcher) -> None:
        """Take what goes out."""
        self._fetcher = fetcher
        self._skews: list[timedelta] = []

    @property
    def skew(self) -> timedelta | None:
        """Return by how much our clock is ahead, None where no host told the time."""
        return min(self._skews, key=abs, default=None)

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Page:
        """Return the answer to a GET."""
        return self._heard(await self._fetcher.get(url, headers=headers))

    async def post(
        self, url: str, *, body: Mapping[str, str] | bytes, headers: Mapping[str, str] | None = None
    ) -> Page:
        """Return the answer to a POST."""
        return self._heard(await self._fetcher.post(url, body=body, headers=headers))

    def halt(self, url: str, reason: str) -> None:
        """Leave the host of url alone."""
        self._fetcher.halt(url, reason)

    def _heard(self, page: Page) -> Page:
        age = page.headers.get("age", "0")
        try:
            told = email.utils.parsedate_to_datetime(page.headers.get("date", ""))
            there = told + timedelta(seconds=int(age))
            self._skews.append(page.fetched_at - there)
        except (TypeError, ValueError, OverflowError):
            pass  # not told, or told without a zone
        return page


def probes(accounts: Iterable[Account]) -> list[Probe]:
    """Return one probe for each host and login that the accounts in operation use."""
    found: dict[tuple[str, ...], Probe] = {}
    for account in accounts:
        if account.status is not Status.RUNNING:
            continue
        for spec in account.sources:
            key = (spec.kind, _host(spec), *(spec.options.get(name, "") for name in _LOGINS))
            known = found.get(key)
            found[key] = replace(known, others=known.others + 1) if known else Probe(account, spec)
    return list(found.values())


async def probe(waiting: Iterable[Probe], sources: Mapping[str, Source]) -> list[Probed]:
    """Ask for the first page of each, hosts side by side."""
    return list(await asyncio.gather(*(_asked(one, sources) for one in waiting)))


async def _asked(one: Probe, sources: Mapping[str, Source]) -> Probed:
    source = sources.get(one.spec.kind)
    if source is None:
        known = "、".join(sorted(sources))
        error = ConfigError(f"没有名为 {one.spec.kind} 的来源；可用的有：{known}")
        return Probed(one, error=error)
    pages = source.list(replace(one.account, sources=(one.spec,)), Cursor())
    try:
        async for listing in pages:
            return Probed(one, len(listing.references))
    except TextcheckError as error:
        return Probed(one, error=error)
    finally:
        if hasattr(pages, "aclose"):
            await pages.aclose()
    return Probed(one)


def _host(spec: SourceSpec) -> str:
    address = next(filter(None, (spec.options.get(name, "") for name in _ADDRESSES)), "")
    try:
        return urlsplit(address).netloc
    except ValueError:
        return address
