"""Counts beside the list: by county, by platform, by class of error."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textcheck.account import Account, Status
from textcheck.edition import Edition, EditionLine
from textcheck.finding import FAMILIES
from textcheck.report.evidence import Evidence, evidence_for

__all__ = ["Count", "by_class", "by_county", "by_platform"]


@dataclass(frozen=True, slots=True)
class Count:
    """One county or platform: how many accounts run there and how many failed."""

    name: str
    registered: int
    failed: int


def by_county(edition: Edition, accounts: Iterable[Account]) -> list[Count]:
    """Count accounts by county, in the order of the register."""
    running = [account.county for account in _running(accounts)]
    return _counts(running, [line.county for line in edition.lines])


def by_platform(edition: Edition, accounts: Iterable[Account]) -> list[Count]:
    """Count accounts by platform, in the order of the register."""
    running = [account.platform.value for account in _running(accounts)]
    return _counts(running, [_platform(line) for line in edition.lines])


def by_class(edition: Edition, evidence: Sequence[Evidence]) -> list[tuple[str, int]]:
    """Count the findings behind the list by family of rules, the most frequent first."""
    counted = Counter(FAMILIES[item.code[:3]] for item in evidence_for(edition, evidence))
    return counted.most_common()


def _running(accounts: Iterable[Account]) -> list[Account]:
    running = [account for account in accounts if account.status is Status.RUNNING]
    return sorted(running, key=lambda account: (account.list_order, account.id))


def _counts(running: Sequence[str], failed: Sequence[str]) -> list[Count]:
    names = dict.fromkeys([*running, *failed])
    registered, failing = Counter(running), Counter(failed)
    return [Count(name, registered[name], failing[name]) for name in names]


def _platform(line: EditionLine) -> str:
    # The register may have changed since; the label is 名称（平台） as it was issued.
    return line.account.removeprefix(line.name)[1:-1]
