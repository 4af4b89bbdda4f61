"""The figures of a period."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from textcheck.account import Account, Status
from textcheck.finding import FAMILIES
from textcheck.store.accounts import read_accounts
from textcheck.store.findings import confirmed_places
from textcheck.web.guard import Visitor
from textcheck.web.issue import day_of
from textcheck.web.site import shares

__all__ = ["router", "statistics"]

router = APIRouter()


@router.get("/statistics")
def statistics(request: Request, visitor: Visitor, since: str = "", until: str = "") -> Response:
    """Show how many confirmed serious errors there were by county, platform, class and month."""
    visitor.demand_whole_office()
    site = visitor.site
    first, last = day_of(since), day_of(until)
    with site.store.read() as connection:
        accounts = read_accounts(connection)
        period = (first or date.min, last or date.max)
        places = [
            (place, code)
            for place, code in confirmed_places(connection, site.confirmations, period)
            if place.published_on or (first is None and last is None)
        ]
    by_id = {item.id: item for item in accounts}
    failed = {place.account_id for place, _ in places} & by_id.keys()
    running = [item for item in accounts if item.status is Status.RUNNING or item.id in failed]
    classes = Counter(FAMILIES[code[:3]] for _, code in places)
    months = Counter(f"{place.published_on:%Y-%m}" for place, _ in places if place.published_on)
    tables = {
        "按类别": shares(dict(classes.most_common())),
        "按月份": shares(dict(sorted(months.items()))),
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
