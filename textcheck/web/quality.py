"""How good flags and decisions are: which rules waste time, how far reviewers agree."""

from datetime import date, datetime, time, timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from textcheck.config import CHINA
from textcheck.report.workload import agreement_of, work_by_rule
from textcheck.store.opinions import read_opinions
from textcheck.web.guard import Visitor
from textcheck.web.issue import day_of

__all__ = ["quality", "router"]

router = APIRouter()
_DAYS = 90
_FIRST, _LAST = date(2000, 1, 1), date(2999, 12, 31)


@router.get("/quality")
def quality(request: Request, visitor: Visitor, since: str = "", until: str = "") -> Response:
    """Show what became of each rule's issues that were decided in a period."""
    visitor.demand_whole_office()
    site = visitor.site
    last = _known(day_of(until) or site.now().date())
    first = _known(day_of(since) or last - timedelta(days=_DAYS))
    period = _start(first), _start(last + timedelta(days=1))
    with site.store.read() as connection:
        opinions = read_opinions(connection, *period)
    rules = work_by_rule(opinions)
    longest = max((work.wasted for work in rules), default=timedelta()) or timedelta(1)
    return site.page(
        request,
        "quality.html",
        since=first.isoformat(),
        until=last.isoformat(),
        rules=[(work, int(work.wasted / longest * 100)) for work in rules],
        agreement=agreement_of(opinions),
        decisions=len(opinions),
    )


def _known(day: date) -> date:
    """Return a day of this millennium: no database knows all days that can be written."""
    return min(max(day, _FIRST), _LAST)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)
