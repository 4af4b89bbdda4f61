"""The list of a quarter: previewed, issued as a numbered edition, downloaded."""

import hashlib
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from textcheck.edition import Edition, Quarter
from textcheck.errors import ConfigError, ConflictError, StoreError
from textcheck.report.attachment import list_rows, list_title, sampling_note
from textcheck.report.dossier import ListRequest, draft_edition, read_dossier
from textcheck.report.files import files_of, issue_list
from textcheck.report.notice import notice_text
from textcheck.report.pdf import can_pdf
from textcheck.store.connect import Connection
from textcheck.store.editions import demand_edition, list_editions, read_edition
from textcheck.store.papers import read_papers
from textcheck.user import Right
from textcheck.web.guard import Number, Posted, Visit, Visitor, first_of
from textcheck.web.issue import day_of
from textcheck.web.site import XLSX

__all__ = ["download", "issue", "issued_list", "lists", "router"]

router = APIRouter()
_KINDS = {
    "xlsx": XLSX,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "application/octet-stream",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
}


@router.get("/lists")
def lists(
    request: Request, visitor: Visitor, quarter: str = "", since: str = "", until: str = ""
) -> Response:
    """Show what was issued, and the list of a period as it would be issued now."""
    visitor.demand_whole_office()
    site = visitor.site
    today = site.now().date()
    drafted: dict[str, Any] = {"edition": None}
    with site.store.read() as connection:
        issued = list_editions(connection)
        if quarter:
            asked = _request(quarter, since, until)
            edition = _draft(connection, visitor, asked)
            previous = read_edition(connection, edition.quarter.previous)
            drafted = _shown(edition, previous)
    return site.page(
        request,
        "lists.html",
        issued=issued,
        quarter=quarter or f"{today.year}Q{(today.month - 1) // 3 + 1}",
        since=since,
        until=until,
        may_issue=visitor.user.may(Right.APPROVE),
        **drafted,
    )


@router.post("/lists/issue")
def issue(visitor: Visitor, form: Posted) -> Response:
    """Freeze the list that was previewed, without the lines that were not ticked."""
    visitor.demand_whole_office()
    visitor.demand(Right.APPROVE)
    asked = _request(*(_one(form, name) for name in ("quarter", "since", "until")))
    with visitor.site.store.write() as connection:
        whole = _draft(connection, visitor, asked)
        if whole.digest != _one(form, "digest"):
            raise ConflictError("预览之后清单已有变化，没有定稿；请重新预览")
        kept = set(form.get("keep", []))
        left_out = tuple(line.account_id for line in whole.lines if line.account_id not in kept)
        asked = ListRequest(asked.quarter, asked.since, asked.until, left_out=left_out)
        site = visitor.site
        dossier, _ = issue_list(
            connection,
            _draft(connection, visitor, asked),
            site.style,
            confirmations=site.confirmations,
            by=visitor.user.name,
            left_out=left_out,
        )
    edition = dossier.edition
    return RedirectResponse(f"/lists/{edition.quarter}/{edition.number}", 303)


@router.get("/lists/{quarter}/{number}")
def issued_list(request: Request, visitor: Visitor, quarter: str, number: Number) -> Response:
    """Show an issued list."""
    visitor.demand_whole_office()
    with visitor.site.store.read() as connection:
        edition = demand_edition(connection, quarter, number)
        previous = read_edition(connection, edition.quarter.previous)
        papers = {
            name: hashlib.sha256(body).hexdigest()
            for name, body in read_papers(connection, edition).items()
        }
    return visitor.site.page(
        request,
        "edition.html",
        papers=papers,
        has_pdf=any(name.endswith(".pdf") for name in papers) if papers else can_pdf(),
        **_shown(edition, previous),
    )


@router.get("/lists/{quarter}/{number}/{kind}")
def download(visitor: Visitor, quarter: str, number: Number, kind: str) -> Response:
    """Give a file of an issued list."""
    visitor.demand_whole_office()
    site = visitor.site
    if kind not in _KINDS:
        raise StoreError("没有这种文件")
    with site.store.read() as connection:
        dossier = read_dossier(
            connection, demand_edition(connection, quarter, number), site.confirmations
        )
        files = files_of(connection, dossier, site.style)
    name = next((name for name in files if name.endswith(f".{kind}")), None)
    if name is None:
        raise StoreError("定稿时没有生成这种文件")
    stated = f"attachment; filename*=UTF-8''{quote(name)}"
    headers = {"Content-Disposition": stated}
    return Response(files[name], media_type=_KINDS[kind], headers=headers)


def _request(quarter: str, since: str, until: str) -> ListRequest:
    asked = Quarter.parse(quarter)
    first, last = day_of(since), day_of(until)
    return ListRequest(asked, first or asked.first_day, last or asked.last_day)


def _draft(connection: Connection, visitor: Visit, asked: ListRequest) -> Edition:
    site = visitor.site
    return draft_edition(connection, asked, confirmations=site.confirmations, now=site.now())


def _shown(edition: Edition, previous: Edition | None) -> dict[str, Any]:
    as_of = edition.quarter.last_day
    return {
        "edition": edition,
        "rows": list(zip(list_rows(edition.lines), edition.lines, strict=True)),
        "title": list_title(edition),
        "note": sampling_note(edition),
        "paragraphs": notice_text(edition, previous, as_of=as_of).splitlines(),
    }


def _one(form: dict[str, list[str]], name: str) -> str:
    if len(form.get(name, [])) > 1:
        raise ConfigError("表单有误")
    return first_of(form, name)
