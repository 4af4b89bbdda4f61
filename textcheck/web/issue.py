"""One issue: the words in their paragraph, where else they stand, what was said, what to decide."""

from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from textcheck.document import Document, Span
from textcheck.errors import ConfigError
from textcheck.review import EVERYWHERE, Decision, article_scope
from textcheck.store.connect import Connection
from textcheck.store.courses import courses_of
from textcheck.store.decide import Ruling, assign, decide, scopes_of
from textcheck.store.documents import load_document
from textcheck.store.events import events_on
from textcheck.store.findings import load_issues
from textcheck.store.issue import Issue, Occurrence
from textcheck.store.revisits import last_looks
from textcheck.store.triage import find_row, neighbours
from textcheck.store.users import names_of_deciders
from textcheck.user import Right, User
from textcheck.web.filters import filter_of, query_of
from textcheck.web.guard import Posted, Visitor, first_of
from textcheck.web.queue import told_of
from textcheck.web.site import local_path, with_batch

__all__ = ["assignment", "day_of", "decision", "in_paragraph", "issue", "router"]

router = APIRouter()
_AROUND = 400
_PLACES = 50  # of an issue's occurrences on one page


@router.get("/issues/{fingerprint}")
def issue(
    request: Request, visitor: Visitor, fingerprint: str, places: int = 1, batch: str = ""
) -> Response:
    """Show one issue."""
    site, user = visitor.site, visitor.user
    wanted = filter_of(request.query_params, site.now().date())
    with site.store.read() as connection:
        row = find_row(connection, fingerprint, user)
        found = load_issues(connection, [fingerprint])[fingerprint]
        seen = [place for place in found.occurrences if user.reaches(place.county, place.unit)]
        document = load_document(connection, seen[0].version_id)
        history = events_on(connection, fingerprint)
        before, behind = neighbours(
            connection, wanted, user, fingerprint, confirmations=site.confirmations
        )
        deciders = names_of_deciders(connection)
        looks = last_looks(connection, fingerprint)
        courses = courses_of(connection, site.confirmations, [fingerprint])
        told = told_of(connection, visitor, batch)
    first = max(places, 1)
    return site.page(
        request,
        "issue.html",
        row=row,
        issue=found,
        parts=in_paragraph(document, Span(seen[0].start, seen[0].end)),
        shown=[(place, found.standing_of(place)) for place in _part(seen, first)],
        seen=len(seen),
        looks=looks,
        course=courses.get(fingerprint),
        places=first,
        parts_of_places=-(-len(seen) // _PLACES),
        scopes=_scopes(found, user),
        history=history,
        before=before,
        behind=behind,
        query=query_of(wanted),
        deciders=deciders,
        confirmations=site.confirmations,
        may_decide=user.may(Right.DECIDE),
        told=told,
        batch=batch,
    )


@router.post("/issues/{fingerprint}/decision")
def decision(request: Request, visitor: Visitor, fingerprint: str, form: Posted) -> Response:
    """Record a decision, and go on to the next issue or back to the queue."""
    visitor.demand(Right.DECIDE)
    site, onward = visitor.site, local_path(first_of(form, "next"))
    wanted = filter_of(request.query_params, site.now().date())
    with site.store.write() as connection:
        find_row(connection, fingerprint, visitor.user)
        ruling = _ruling(connection, visitor.user, fingerprint, form)
        _, behind = neighbours(
            connection, wanted, visitor.user, fingerprint, confirmations=site.confirmations
        )
        done = decide(connection, [ruling], confirmations=site.confirmations, now=site.now())
    if first_of(form, "go") == "on" and behind is not None:
        onward = f"/issues/{behind}?{query_of(wanted)}"
    return RedirectResponse(with_batch(onward, done.batch), 303)


@router.post("/issues/{fingerprint}/assignment")
def assignment(visitor: Visitor, fingerprint: str, form: Posted) -> Response:
    """Give the issue to a reviewer until a day."""
    visitor.demand(Right.DECIDE)
    site = visitor.site
    with site.store.write() as connection:
        find_row(connection, fingerprint, visitor.user)
        assign(
            connection,
            visitor.user,
            [fingerprint],
            assignee=first_of(form, "assignee"),
            due_on=day_of(first_of(form, "due_on")),
            now=site.now(),
        )
    return RedirectResponse(local_path(first_of(form, "next")), 303)


def day_of(text: str) -> date | None:
    """Return the day of a field, None for an empty one."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ConfigError(f"“{text}”不是日期，应写作 2026-05-01") from error


def in_paragraph(document: Document, span: Span) -> tuple[str, str, str]:
    """Return what stands in the paragraph before, in and behind a span, not too much of it."""
    around = next(
        (
            block.span
            for block in document.blocks
            if block.span.start <= span.start and span.end <= block.span.end
        ),
        Span(0, len(document.text)),
    )
    start, end = max(around.start, span.start - _AROUND), min(around.end, span.end + _AROUND)
    before, after = document.text[start : span.start], document.text[span.end : end]
    return (
        ("…" if start > around.start else "") + before,
        span.of(document.text),
        after + ("…" if end < around.end else ""),
    )


def _ruling(
    connection: Connection, user: User, fingerprint: str, form: dict[str, list[str]]
) -> Ruling:
    reason = first_of(form, "reason")
    if not reason and first_of(form, "decision") != Decision.CONFIRM.value:
        raise ConfigError("请选择确认，或选择排除的理由")
    version = first_of(form, "version")
    if not version.isdecimal():
        raise ConfigError("表单不完整，请刷新后再试")
    scope = first_of(form, "scope")
    if not scope:
        found = load_issues(connection, [fingerprint])[fingerprint]
        scope = next(iter(scopes_of(found, user)))
    return Ruling(
        by=user,
        fingerprint=fingerprint,
        decision=Decision.DISMISS if reason else Decision.CONFIRM,
        scope=scope,
        reason=reason,
        note=first_of(form, "note"),
        version=int(version),
    )


def _part(places: list[Occurrence], number: int) -> list[Occurrence]:
    return places[(number - 1) * _PLACES : number * _PLACES]


def _scopes(issue: Issue, user: User) -> list[tuple[str, str]]:
    """Return the scopes that a user may choose from, with what they are called."""
    names = {EVERYWHERE: f"所有出处（{len(issue.occurrences)} 处）"}
    for place in issue.occurrences:
        names.setdefault(f"account:{place.account_id}", f"只限账号 {place.account}")
        article = article_scope(place.account_id, place.native_id)
        names.setdefault(article, f"只限文章《{place.title[:30]}》（{place.account}）")
    allowed = scopes_of(issue, user)
    return [(scope, name) for scope, name in names.items() if scope in allowed][:_PLACES]
