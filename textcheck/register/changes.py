"""What another register would change: accounts that are new, renamed, closed, or gone."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from textcheck.account import Account

__all__ = ["Change", "ChangeKind", "Changes", "changes", "suspects"]


class ChangeKind(StrEnum):
    """What becomes of an account; the value is what users see."""

    NEW = "新增"
    RENAMED = "更名"
    STATE = "状态变更"
    OTHER = "其他修改"
    GONE = "不再登记"
    SAME = "不变"


@dataclass(frozen=True, slots=True)
class Change:
    """An account as it was and as it shall be; its id says that it is the same one."""

    before: Account | None
    after: Account | None

    @property
    def account(self) -> Account:
        """Return the account, as it shall be where it stays."""
        account = self.after or self.before
        if account is None:
            raise ValueError("a change of no account")
        return account

    @property
    def kinds(self) -> tuple[ChangeKind, ...]:
        """Return what changes; a renamed account may be closed in one go."""
        before, after = self.before, self.after
        if before is None:
            return (ChangeKind.NEW,)
        if after is None:
            return (ChangeKind.GONE,)
        told = {
            ChangeKind.RENAMED: before.name != after.name,
            ChangeKind.STATE: before.status != after.status,
            ChangeKind.OTHER: _rest(before) != _rest(after),
        }
        return tuple(kind for kind, holds in told.items() if holds) or (ChangeKind.SAME,)

    def details(self) -> Iterator[str]:
        """Yield what is other than before, a field each."""
        if self.before is None or self.after is None:
            return
        told = zip(_fields(self.before), _fields(self.after), strict=True)
        for (label, old), (_, new) in told:
            if old != new:
                yield f"{label}：{old} → {new}"


@dataclass(frozen=True, slots=True)
class Changes:
    """All accounts of both registers, and how many of those that stay change places in the list."""

    accounts: tuple[Change, ...]
    moved: int

    @property
    def counts(self) -> Counter[ChangeKind]:
        """Return how many accounts change in each way."""
        return Counter(kind for change in self.accounts for kind in change.kinds)


def changes(before: Sequence[Account], after: Sequence[Account]) -> Changes:
    """Return what becomes of each account, those that stay in their new order, then the gone."""
    known = {account.id: account for account in before}
    now = {account.id for account in after}
    told = [Change(known.get(account.id), account) for account in _ordered(after)]
    told += [Change(account, None) for account in _ordered(before) if account.id not in now]
    places = {account.id: place for place, account in enumerate(_ordered(before))}
    common = [places[account.id] for account in _ordered(after) if account.id in places]
    return Changes(tuple(told), len(common) - _longest_run(common))


def suspects(told: Changes) -> Iterator[tuple[Account, Account]]:
    """Yield accounts that are gone and come back under another id: their history would break."""
    gone = {
        (change.before.platform, change.before.name): change.before
        for change in told.accounts
        if change.before and change.after is None
    }
    for change in told.accounts:
        if change.before is None and change.after is not None:
            old = gone.get((change.after.platform, change.after.name))
            if old is not None:
                yield old, change.after


def _ordered(accounts: Sequence[Account]) -> list[Account]:
    return sorted(accounts, key=lambda account: (account.list_order, account.id))


def _rest(account: Account) -> tuple[object, ...]:
    sources = tuple((spec.kind, dict(spec.options)) for spec in account.sources)
    return account.county, account.unit, account.platform, sources


def _fields(account: Account) -> list[tuple[str, str]]:
    sources = "、".join(
        " ".join([spec.kind, *(f"{name}={value}" for name, value in sorted(spec.options.items()))])
        for spec in account.sources
    )
    return [
        ("名称", account.name),
        ("状态", account.status.value),
        ("地区", account.county),
        ("主办单位", account.unit),
        ("平台", account.platform.value),
        ("来源", sources or "无"),
    ]


def _longest_run(places: Sequence[int]) -> int:
    """Return how many can stay where they are while the others move."""
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)
