"""What is known of one account, and how many problems there were where and when."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from textcheck.account import Account
from textcheck.errors import StoreError
from textcheck.store.accounts import find_account
from textcheck.store.tables import articles, occurrences, versions

__all__ = ["AccountHistory", "ArticleSeen", "account_history"]


@dataclass(frozen=True, slots=True)
class ArticleSeen:
    """One article: `found` counts its findings, `versions` the texts that were read of it."""

    title: str
    url: str
    published_at: datetime | None
    state: str
    versions: int
    found: int


@dataclass(frozen=True, slots=True)
class AccountHistory:
    """
    An account with its articles, the latest first, no more than were asked for.

    `months` counts all its articles by month, e.g. 2026-05; `found` its findings by severity.
    """

    account: Account
    months: tuple[tuple[str, int], ...]
    found: tuple[tuple[int, int], ...]
    articles: tuple[ArticleSeen, ...]


def account_history(connection: Connection, account_id: str, *, most: int) -> AccountHistory:
    """Return what is known of an account; raise StoreError for one that never was registered."""
    account = find_account(connection, account_id)
    if account is None:
        raise StoreError("没有这个账号，或不在您的管辖范围内")
    mine = articles.c.account_id == account_id
    days = connection.execute(
        select(articles.c.published_at).where(mine, articles.c.published_at.is_not(None))
    )
    months = Counter(f"{at:%Y-%m}" for at in days.scalars())
    severities = connection.execute(
        select(occurrences.c.severity, func.count())
        .where(occurrences.c.account_id == account_id, occurrences.c.gone_by.is_(None))
        .group_by(occurrences.c.severity)
        .order_by(occurrences.c.severity.desc())
    )
    return AccountHistory(
        account=account,
        months=tuple(sorted(months.items())),
        found=tuple((severity, count) for severity, count in severities),
        articles=tuple(_articles(connection, account_id, most)),
    )


def _articles(connection: Connection, account_id: str, most: int) -> list[ArticleSeen]:
    read = select(func.count()).where(versions.c.article_id == articles.c.id).scalar_subquery()
    found = (
        select(func.count())
        .where(occurrences.c.article_id == articles.c.id, occurrences.c.gone_by.is_(None))
        .scalar_subquery()
    )
    rows = connection.execute(
        select(articles, read.label("read"), found.label("found"))
        .where(articles.c.account_id == account_id)
        .order_by(articles.c.published_at.desc(), articles.c.id.desc())
        .limit(most)
    )
    return [
        ArticleSeen(row.title, row.url, row.published_at, row.state, row.read, row.found)
        for row in rows
    ]
