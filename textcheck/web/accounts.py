"""An account: its history, what was found and mended, and what its articles said before."""

from collections import Counter
from collections.abc import Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from textcheck.errors import StoreError
from textcheck.revisit import Outcome, told
from textcheck.store.documents import load_document
from textcheck.store.editions import list_editions
from textcheck.store.findings import load_issues
from textcheck.store.histories import account_history, article_history
from textcheck.store.notices import list_notices, replies_to
from textcheck.store.revisits import errors_of
from textcheck.text.differences import Part, differences
from textcheck.web.guard import Number, Visitor
from textcheck.web.site import shares

__all__ = ["account", "article", "curve", "router", "shortened"]

router = APIRouter()
_ARTICLES = 50
_AROUND = 60
_MOST = 3_000


@router.get("/accounts/{account_id:path}")
def account(request: Request, visitor: Visitor, account_id: str) -> Response:
    """Show an account: what it published, what was found and mended, where it was listed."""
    site = visitor.site
    today = site.now().date()
    with site.store.read() as connection:
        history = account_history(connection, account_id, most=_ARTICLES, today=today)
        known = history.account
        if not visitor.user.reaches(known.county, known.unit):
            raise StoreError("没有这个账号，或不在您的管辖范围内")
        listed = [
            (edition, line)
            for edition in list_editions(connection)
            for line in edition.lines
            if line.account_id == account_id
        ]
        notices = [
            notice
            for notice in list_notices(connection)
            if account_id in {line.account_id for line in notice.lines}
        ]
        answers = replies_to(connection, [notice.id for notice in notices])
        errors = errors_of(connection, account_id, site.confirmations)
        # What is back is more pressing than what was confirmed later.
        errors.sort(key=lambda item: item.last is not Outcome.BACK)
        issues = load_issues(connection, {item.fingerprint for item in errors})
    return site.page(
        request,
        "account.html",
        history=history,
        account=known,
        listed=listed,
        notices=[
            (notice, [item for item in answers[notice.id] if item.account_id == account_id])
            for notice in notices
        ],
        errors=[(item, issues[item.fingerprint], told(item, today)) for item in errors],
        fates=Counter(item.last.value if item.last else "尚未复查" for item in errors),
        months=shares(dict(history.months)),
        curve=curve([count for _, count in history.weeks]),
    )


@router.get("/articles/{article_id}")
def article(
    request: Request, visitor: Visitor, article_id: Number, before: int = 0, after: int = 0
) -> Response:
    """Show the versions of an article, and where two of them differ, the last two by themselves."""
    with visitor.site.store.read() as connection:
        history = article_history(connection, article_id)
        known = history.account
        if not visitor.user.reaches(known.county, known.unit):
            raise StoreError("没有这篇文章，或不在您的管辖范围内")
        ids = [version.id for version in history.versions]
        old, new = before or (ids[-2:] or [0])[0], after or (ids[-1:] or [0])[0]
        parts: list[tuple[Part, str]] = []
        if old != new and {old, new} <= set(ids):
            texts = [load_document(connection, version_id).text for version_id in (old, new)]
            parts = shortened(differences(*texts))
    return visitor.site.page(
        request,
        "article.html",
        article_id=article_id,
        history=history,
        account=known,
        before=old,
        after=new,
        parts=parts,
    )


def shortened(parts: Sequence[tuple[Part, str]]) -> list[tuple[Part, str]]:
    """Return the parts with no more of what is the same than the changes need beside them."""
    short = []
    for place, (part, words) in enumerate(parts):
        told = words
        if part is not Part.SAME:
            told = words if len(words) <= _MOST else f"{words[:_MOST]}…"
        elif len(words) > 2 * _AROUND:
            head = words[:_AROUND] if place else ""
            tail = words[-_AROUND:] if place + 1 < len(parts) else ""
            told = f"{head}\n……\n{tail}"
        short.append((part, told))
    return short


def curve(counts: Sequence[int]) -> str:
    """
    Return the points of a line over 520 by 80 that is as high as the counts.

    >>> curve([0, 2, 1])
    '0,80 260,0 520,40'
    """
    most, steps = max([*counts, 1]), max(len(counts) - 1, 1)
    return " ".join(
        f"{place * 520 // steps},{80 - count * 80 // most}" for place, count in enumerate(counts)
    )
