"""What a finding rests on: the text and the answers as they were kept."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from textcheck.article import Page
from textcheck.document import Span
from textcheck.errors import StoreError
from textcheck.store.connect import Connection
from textcheck.store.documents import load_document, load_pages
from textcheck.store.findings import load_issues
from textcheck.store.issue import Occurrence
from textcheck.store.later import last_reading
from textcheck.store.screenshots import SCREENSHOT
from textcheck.text.differences import differences
from textcheck.web.guard import Number, Visit, Visitor

__all__ = ["answer", "is_picture", "router", "stored"]

router = APIRouter()
_AROUND = 5_000
_PNG = b"\x89PNG\r\n\x1a\n"


@router.get("/issues/{fingerprint}/evidence/{version_id}")
def stored(request: Request, visitor: Visitor, fingerprint: str, version_id: Number) -> Response:
    """Show the text as it was kept, with the way to today's page."""
    with visitor.site.store.read() as connection:
        place = _place(connection, visitor, fingerprint, version_id)
        document = load_document(connection, version_id)
        pages = load_pages(connection, version_id)
        last = last_reading(connection, version_id)
    span = Span(place.start, place.end)
    start = max(0, span.start - _AROUND)
    parts = (
        document.text[start : span.start],
        span.of(document.text),
        document.text[span.end : span.end + _AROUND],
    )
    return visitor.site.page(
        request,
        "evidence.html",
        fingerprint=fingerprint,
        place=place,
        parts=parts,
        digest=document.digest,
        length=len(document.text),
        clipped=len(document.text) > sum(map(len, parts)),
        pages=pages,
        pictures=[number for number, page in enumerate(pages) if is_picture(page)],
        last=last,
        now=differences("".join(parts), _around(last.text, span)) if last.changed else [],
    )


@router.get("/issues/{fingerprint}/evidence/{version_id}/{ordinal}")
def answer(visitor: Visitor, fingerprint: str, version_id: Number, ordinal: int) -> Response:
    """Give the body of an answer as it came; no browser shows it but for a picture of ours."""
    with visitor.site.store.read() as connection:
        _place(connection, visitor, fingerprint, version_id)
        pages = load_pages(connection, version_id)
    if not 0 <= ordinal < len(pages):
        raise StoreError("没有保存这个应答")
    page, policy = pages[ordinal], {"Content-Security-Policy": "sandbox; default-src 'none'"}
    if is_picture(page):
        return Response(page.body, media_type="image/png", headers=policy)
    name = f"{fingerprint[:12]}-{version_id}-{ordinal}.bin"
    stated = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(page.body, media_type="application/octet-stream", headers=policy | stated)


def is_picture(page: Page) -> bool:
    """Tell whether this is a picture that we took; a host may say so of anything."""
    return SCREENSHOT in page.headers and page.body.startswith(_PNG)


def _around(text: str, span: Span) -> str:
    """Return as much of another text as is shown of the first, about where that has its place."""
    start = min(max(0, span.start - _AROUND), max(0, len(text) - 2 * _AROUND))
    return text[start : max(0, span.start - _AROUND) + span.end - span.start + 2 * _AROUND]


def _place(connection: Connection, visitor: Visit, fingerprint: str, version_id: int) -> Occurrence:
    """Return where an issue stands in a version, if the user sees that account."""
    found = load_issues(connection, [fingerprint]).get(fingerprint)
    for place in found.occurrences if found else ():
        if place.version_id == version_id and visitor.user.reaches(place.county, place.unit):
            return place
    raise StoreError("没有这份证据，或不在您的管辖范围内")
