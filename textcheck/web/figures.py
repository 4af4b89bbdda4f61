"""An account with its history, and the figures of a period."""

from collections import Counter
from collections.abc import Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from textcheck.account import Account, Status
from textcheck.errors import StoreError
from textcheck.finding import FAMILIES
from textcheck.store.accounts import read_accounts
from textcheck.store.editions import list_editions
from textcheck.store.findings import confirmed_places
from textcheck.store.histories import account_history
from textcheck.web.guard import Visitor
from textcheck.web.issue import day_of

__all__ = ["account", "router", "shares", "statistics"]

router = APIRouter()
_ARTICLES = 50


@router.get("/accounts/{account_id:path}")
def account(request: Request, visitor: Visitor, account_id: str) -> Response:
    """Show an account: what it published, what was found, on which lists it stood."""
    with visitor.site.store.read() as connection:
        history = account_history(connection, account_id, most=_ARTICLES)
        known = history.account
        if not visitor.user.reaches(known.county, known.unit):
            raise StoreError("没有这个账号，或不在您的管辖范围内")
        listed = [
            (edition, line)
            for edition in list_editions(connection)
            for line in edition.lines
            if line.account_id == account_id
        ]
    return visitor.site.page(
        request,
        "account.html",
        history=history,
        account=known,
        listed=listed,
        months=shares(dict(history.months)),
    )


@router.get("/statistics")
def statistics(request: Request, visitor: Visitor, since: str = "", until: str = "") -> Response:
    """Show how many confirmed serious errors there were by county, platform, class and month."""
    visitor.demand_whole_office()
    site = visitor.site
    first, last = day_of(since), day_of(until)
    with site.store.read() as connection:
        accounts = read_accounts(connection)
        places = [
            (place, code)
            for place, code in confirmed_places(connection, site.confirmations)
            if (first is None or (place.published_on and place.published_on >= first))
            and (last is None or (place.published_on and place.published_on <= last))
        ]
    by_id = {item.id: item for item in accounts}
    failed = {place.account_id for place, _ in places} & by_id.keys()
    running = [item for item in accounts if item.status is Status.RUNNING or item.id in failed]
    tables = {
        "按类别": shares(Counter(FAMILIES[code[:3]] for _, code in places)),
        "按月份": shares(
            Counter(f"{place.published_on:%Y-%m}" for place, _ in places if place.published_on)
        ),
    }
    return site.page(
        request,
        "statistics.html",
        since=since,
        until=until,
        count=len(places),
        running=len(running),
        failed=len(failed),
        rates={
            "按县区": _rates(running, failed, {item.id: item.county for item in running}),
            "按平台": _rates(running, failed, {item.id: item.platform.value for item in running}),
        },
        tables=tables,
    )


def shares(counts: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """
    Return names, counts, and how long a bar of 200 the count is.

    >>> shares({"甲": 4, "乙": 1})
    [('甲', 4, 200), ('乙', 1, 50)]
    """
    most = max(counts.values(), default=1)
    return [(name, count, count * 200 // most) for name, count in counts.items()]


def _rates(
    running: list[Account], failed: set[str], group: Mapping[str, str]
) -> list[tuple[str, int, int, int]]:
    """Return group, accounts, failed accounts, and the share that passed in per mille."""
    whole = Counter(group[item.id] for item in running)
    bad = Counter(group[name] for name in failed)
    return [
        (name, count, bad[name], (count - bad[name]) * 1_000 // count)
        for name, count in whole.items()
    ]
