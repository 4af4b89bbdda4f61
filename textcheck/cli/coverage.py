"""What a scan says of each account: what was not read, and what may be amiss."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from textcheck.account import Account
from textcheck.config import Config
from textcheck.revisit import LAPSE_OUTCOMES, PAGE_OUTCOMES, Outcome, Watched, is_late
from textcheck.run import Coverage, Run

__all__ = ["gap_of", "is_gap", "revisits_told", "warnings_of"]

_LONG_UNREAD = 3  # nights
# Less than half of a usual week is told of, where a usual week has at least so many articles.
_FEW, _REGULAR = 2, 4


def warnings_of(
    run: Run, unread: Mapping[str, int], accounts: Sequence[Account], config: Config
) -> Iterator[str]:
    """Yield a line for each account that somebody should look at; `unread` counts nights."""
    yield from chain(
        _long_unread(run, unread, accounts), _short(run, accounts), _idle(run, accounts, config)
    )


def revisits_told(
    watched: Sequence[Watched], night: date, accounts: Sequence[Account]
) -> Iterator[str]:
    """Yield what a night saw of confirmed errors and lapses, and which errors are back."""
    seen = [item for item in watched if item.revisits and item.revisits[-1].night == night]
    counts = Counter(item.last for item in seen)
    for lapse, outcomes, what, unit in (
        (False, PAGE_OUTCOMES, "已确认的问题", "处"),
        (True, LAPSE_OUTCOMES, "已确认的内容不更新", "个"),
    ):
        mine = [item for item in seen if item.lapse is lapse]
        if not mine:
            continue
        told = "、".join(f"{outcome.value} {counts[outcome]}" for outcome in outcomes)
        late = sum(is_late(item, night) for item in mine)
        still = f"；确认超过 7 天仍在的 {late} {unit}" if late else ""
        yield f"复查：{what} {len(mine)} {unit}，{told}{still}。"
    labels = {account.id: account.label for account in accounts}
    for item in seen:
        if item.last is Outcome.BACK:
            name = labels.get(item.account_id, item.account_id)
            yield f"再现：{name}  问题 {item.fingerprint[:12]}"


def _long_unread(run: Run, unread: Mapping[str, int], accounts: Sequence[Account]) -> Iterator[str]:
    """Name the accounts that several nights running could not be read in full."""
    for account in accounts:
        nights = unread.get(account.id, 0)
        if account.id in run.coverage and nights >= _LONG_UNREAD:
            yield f"注意：{account.label}  已连续 {nights} 晚没有读全，请检查来源设置。"


def _idle(run: Run, accounts: Sequence[Account], config: Config) -> Iterator[str]:
    """Name the accounts that publish nothing, or will soon have published nothing for too long."""
    for account in accounts:
        coverage = run.coverage.get(account.id)
        if coverage is None or coverage.idle_days is None:
            continue
        if coverage.idle_days >= config.scan.lapsed_days:
            yield f"内容不更新：{account.label}  已 {coverage.idle_days} 天没有更新，待复核。"
        else:
            left = config.scan.lapsed_days - coverage.idle_days
            told = f"已 {coverage.idle_days} 天没有更新，再过 {left} 天算内容不更新。"
            yield f"提醒：{account.label}  {told}"


def _short(run: Run, accounts: Sequence[Account]) -> Iterator[str]:
    """Name the accounts of which far less came than usual, though nothing said that it is short."""
    for account in accounts:
        coverage = run.coverage.get(account.id)
        if coverage is None or coverage.last_week is None or coverage.usual_week is None:
            continue
        few = coverage.last_week * _FEW < coverage.usual_week
        if few and coverage.usual_week >= _REGULAR and not is_gap(coverage):
            yield f"注意：{account.label}  {gap_of(coverage)}，请核对有没有漏列。"


def is_gap(coverage: Coverage) -> bool:
    """Tell whether something that the account published may not have been read."""
    return bool(coverage.error or coverage.failed or coverage.partial)


def gap_of(coverage: Coverage) -> str:
    """Say what is lacking, and how much there should be."""
    parts = [coverage.error] if coverage.error else []
    if coverage.expected is not None and not coverage.error:
        parts.append(f"平台统计 {coverage.expected} 篇")
    if coverage.usual_week is not None:
        parts.append(f"近 7 天 {coverage.last_week} 篇，按前几周预计 {coverage.usual_week} 篇")
    if coverage.failed:
        parts.append(f"{coverage.failed} 篇未读到")
    if coverage.partial:
        parts.append(f"{coverage.partial} 篇只读到一部分")
    return "；".join(parts)
