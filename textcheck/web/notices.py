"""Notices to units: made of an issued list, downloaded, answered."""

from collections import Counter
from datetime import timedelta
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from textcheck.errors import ConfigError, StoreError
from textcheck.notice import Notice, Reply, is_overdue
from textcheck.report.notice_pdf import notice_pdf
from textcheck.report.pdf import can_pdf
from textcheck.report.unit_notice import draft_notices, notice_docx, notice_paragraphs
from textcheck.store.connect import Connection
from textcheck.store.editions import demand_edition, list_editions
from textcheck.store.looks import looks_at
from textcheck.store.notices import (
    add_reply,
    deliveries_of,
    keep_notices,
    list_notices,
    read_notice,
    replies_to,
    unsaid,
)
from textcheck.user import Right
from textcheck.web.guard import Number, Posted, Visit, Visitor, first_of
from textcheck.web.issue import day_of

__all__ = ["make", "notice", "notices", "paper", "reply", "router"]

router = APIRouter()
_KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@router.get("/notices")
def notices(
    request: Request, visitor: Visitor, made: str = "", edition: str = "", due_on: str = ""
) -> Response:
    """Show the notices with what was answered, and those that an edition would make."""
    site, user = visitor.site, visitor.user
    today = site.now().date()
    may_make = user.may(Right.APPROVE) and not user.units
    with site.store.read() as connection:
        found = [item for item in list_notices(connection) if user.reaches(item.county, item.unit)]
        ids = [item.id for item in found]
        answers, fared = replies_to(connection, ids), deliveries_of(connection, ids)
        looks = looks_at(connection, found, site.confirmations, today)
        editions = list_editions(connection) if may_make else []
        asked = may_make and bool(edition)
        drafts = _drafts(connection, visitor, edition, due_on) if asked else []
        new = unsaid(connection, drafts)
    rows = [
        (
            item,
            len({answer.account_id for answer in answers[item.id]}),
            is_overdue(item, answers[item.id], today),
            fared[item.id],
            Counter(look.partition("（")[0] for look in looks.of_notice(item)),
        )
        for item in found
    ]
    return site.page(
        request,
        "notices.html",
        rows=rows,
        editions=editions,
        edition=edition,
        previewed=asked,
        drafts=[(draft, list(notice_paragraphs(draft))) for draft in new],
        same=len(drafts) - len(new),
        due_on=due_on or today + timedelta(days=site.days),
        made=made,
    )


@router.post("/notices")
def make(visitor: Visitor, form: Posted) -> Response:
    """Make the notices of an edition."""
    visitor.demand_whole_office()
    visitor.demand(Right.APPROVE)
    with visitor.site.store.write() as connection:
        drafts = _drafts(connection, visitor, first_of(form, "edition"), first_of(form, "due_on"))
        kept = keep_notices(connection, drafts, visitor.user.name)
    return RedirectResponse(f"/notices?made={len(kept)}", 303)


@router.get("/notices/{notice_id}")
def notice(request: Request, visitor: Visitor, notice_id: Number) -> Response:
    """Show one notice: what it says, what was answered, where it was sent."""
    site = visitor.site
    today = site.now().date()
    with site.store.read() as connection:
        item = _reached(connection, visitor, notice_id)
        answers = replies_to(connection, [notice_id])[notice_id]
        fared = deliveries_of(connection, [notice_id])[notice_id]
        looks = looks_at(connection, [item], site.confirmations, today)
    return site.page(
        request,
        "notice.html",
        notice=item,
        has_pdf=can_pdf(),
        looks=looks,
        answers=answers,
        fared=fared,
        overdue=is_overdue(item, answers, today),
        may_answer=visitor.user.may(Right.DECIDE),
    )


@router.get("/notices/{notice_id}/{kind}")
def paper(visitor: Visitor, notice_id: Number, kind: str) -> Response:
    """Give a notice as a Word document or a PDF."""
    if kind not in _KINDS:
        raise StoreError("没有这种文件")
    with visitor.site.store.read() as connection:
        item = _reached(connection, visitor, notice_id)
    name = quote(f"整改通知-{item.unit}-{item.quarter}-第{item.number}版.{kind}")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    data = notice_docx(item) if kind == "docx" else notice_pdf(item)
    return Response(data, media_type=_KINDS[kind], headers=headers)


@router.post("/notices/{notice_id}/replies")
def reply(visitor: Visitor, notice_id: Number, form: Posted) -> Response:
    """Enter what a unit answered for an account."""
    visitor.demand(Right.DECIDE)
    site = visitor.site
    answer = Reply(
        notice_id=notice_id,
        account_id=first_of(form, "account"),
        words=first_of(form, "words"),
        fixed_on=day_of(first_of(form, "fixed_on")),
        entered_at=site.now(),
        entered_by=visitor.user.name,
    )
    with site.store.write() as connection:
        _reached(connection, visitor, notice_id)
        add_reply(connection, answer)
    return RedirectResponse(f"/notices/{notice_id}", 303)


def _drafts(connection: Connection, visitor: Visit, edition: str, due: str) -> list[Notice]:
    """Return the notices of an edition, e.g. 2026Q2/1, as they would be made now."""
    site = visitor.site
    quarter, _, number = edition.partition("/")
    due_on = day_of(due)
    if due_on is None or not number.isdecimal():
        raise ConfigError("请选择清单，并写明反馈的期限")
    if due_on < site.now().date():
        raise ConfigError(f"反馈的期限 {due_on} 已经过去")
    return draft_notices(
        connection,
        demand_edition(connection, quarter, int(number)),
        confirmations=site.confirmations,
        due_on=due_on,
        now=site.now(),
    )


def _reached(connection: Connection, visitor: Visit, notice_id: int) -> Notice:
    item = read_notice(connection, notice_id)
    if not visitor.user.reaches(item.county, item.unit):
        raise StoreError("没有这份整改通知，或不在您的管辖范围内")
    return item
