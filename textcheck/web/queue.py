"""The queue: which issues wait, filtered by what the address says."""

from collections import Counter
from urllib.parse import quote

from fastapi import APIRouter
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from textcheck.account import Platform
from textcheck.report.issues_xlsx import issues_xlsx
from textcheck.review import Decision, State
from textcheck.store.connect import Connection
from textcheck.store.courses import courses_of
from textcheck.store.decide import undo
from textcheck.store.events import events_in
from textcheck.store.filters import forget_filter, keep_filter, kept_filters
from textcheck.store.findings import load_issues
from textcheck.store.issue import Issue, Occurrence
from textcheck.store.triage import counties, find_queue, read_rows
from textcheck.store.users import names_of_deciders
from textcheck.user import Right
from textcheck.web.filters import filter_of, query_of
from textcheck.web.guard import Posted, Visit, Visitor, first_of
from textcheck.web.site import XLSX, local_path

__all__ = [
    "MOST_COUNTED",
    "PAGE",
    "export",
    "forget",
    "home",
    "keep",
    "queue",
    "router",
    "take_back",
    "told_of",
]

router = APIRouter()
PAGE = 30
MOST_COUNTED = 1_000
_FIRST = f"/queue?state={State.PENDING.value}"


@router.get("/")
def home(visitor: Visitor) -> Response:
    """Go to what waits."""
    del visitor
    return RedirectResponse(_FIRST, 303)


@router.get("/queue")
def queue(request: Request, visitor: Visitor, page: int = 1, batch: str = "") -> Response:
    """Show one page of the queue."""
    site, user = visitor.site, visitor.user
    wanted = filter_of(request.query_params, site.now().date())
    page = min(max(page, 1), MOST_COUNTED)
    with site.store.read() as connection:
        found = find_queue(
            connection, wanted, user, confirmations=site.confirmations, most=MOST_COUNTED + 1
        )
        first = (page - 1) * PAGE
        shown = [fingerprint for fingerprint, _ in found[:MOST_COUNTED][first : first + PAGE]]
        rows = read_rows(connection, shown, user)
        known = counties(connection, user)
        deciders = names_of_deciders(connection)
        told = told_of(connection, visitor, batch)
        kept = kept_filters(connection, user)
        courses = courses_of(connection, site.confirmations, shown)
    return site.page(
        request,
        "queue.html",
        kept=kept,
        rows=rows,
        courses=courses,
        count=len(found),
        most=MOST_COUNTED,
        page=page,
        pages=-(-min(len(found), MOST_COUNTED) // PAGE),
        wanted=wanted,
        query=query_of(wanted),
        here="/queue?" + query_of(wanted, page=page if page > 1 else ""),
        counties=known,
        platforms=list(Platform),
        deciders=deciders,
        confirmations=site.confirmations,
        may_decide=user.may(Right.DECIDE),
        told=told,
        batch=batch,
    )


@router.get("/queue/export")
def export(request: Request, visitor: Visitor) -> Response:
    """Give what the filter holds as a workbook, a row for each place."""
    site, user = visitor.site, visitor.user
    wanted = filter_of(request.query_params, site.now().date())
    with site.store.read() as connection:
        found = find_queue(
            connection, wanted, user, confirmations=site.confirmations, most=MOST_COUNTED
        )
        order = [fingerprint for fingerprint, _ in found]
        blind = {row.fingerprint for row in read_rows(connection, order, user) if row.blind}
        issues = load_issues(connection, order)

    def told(issue: Issue, place: Occurrence) -> str:
        hidden = issue.fingerprint in blind
        return "盲审" if hidden else issue.state_of(place, site.confirmations).value

    book = issues_xlsx(
        (issues[fingerprint] for fingerprint in order),
        told,
        lambda place: user.reaches(place.county, place.unit),
        site.now(),
    )
    name = quote(f"问题-{site.now():%Y%m%d-%H%M}.xlsx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(book, media_type=XLSX, headers=headers)


@router.post("/filters")
def keep(visitor: Visitor, form: Posted) -> Response:
    """Keep the filter that a page showed under a name, and show it."""
    site = visitor.site
    wanted = filter_of(QueryParams(first_of(form, "query")), site.now().date())
    query = query_of(wanted)
    with site.store.write() as connection:
        keep_filter(connection, visitor.user, first_of(form, "name"), query)
    return RedirectResponse(f"/queue?{query}", 303)


@router.post("/filters/forget")
def forget(visitor: Visitor, form: Posted) -> Response:
    """Keep a filter no longer."""
    with visitor.site.store.write() as connection:
        forget_filter(connection, visitor.user, first_of(form, "name"))
    return RedirectResponse(local_path(first_of(form, "next")), 303)


@router.post("/undo")
def take_back(visitor: Visitor, form: Posted) -> Response:
    """Take back one's own decisions of one action."""
    visitor.demand(Right.DECIDE)
    site, batch = visitor.site, first_of(form, "batch")
    only = first_of(form, "issue") or None
    with site.store.write() as connection:
        undo(connection, visitor.user, batch, now=site.now(), fingerprint=only)
    return RedirectResponse(local_path(first_of(form, "next")), 303)


def told_of(connection: Connection, visitor: Visit, batch: str) -> str:
    """Say what the user's last action was, for the line above the page; "" for no such action."""
    if not batch:
        return ""
    mine = [
        logged.event
        for logged in events_in(connection, batch[:32])
        if logged.event.actor == visitor.user.name
    ]
    decided = Counter(event.detail["decision"] for event in mine if event.kind == "verdict")
    if decided:
        said = "、".join(f"{Decision(name).label} {count} 个" for name, count in decided.items())
        return f"已{said}"
    return ""
