"""What is known of one account, and of one article in all its versions."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, func, select

from textcheck.account import Account
from textcheck.errors import StoreError
from textcheck.store.accounts import find_account
from textcheck.store.tables import articles, occurrences, versions

__all__ = [
    "AccountHistory",
    "ArticleHistory",
    "ArticleSeen",
    "VersionSeen",
    "account_history",
    "article_history",
]

_WEEKS = 26


@dataclass(frozen=True, slots=True)
class ArticleSeen:
    """One article: `found` counts its findings, `versions` the texts that were read of it."""

    id: int
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

    `months` counts all its articles by month, e.g. 2026-05; `weeks` those of the last half year
    by the Monday of their week; `found` its findings by severity.
    """

    account: Account
    months: tuple[tuple[str, int], ...]
    weeks: tuple[tuple[date, int], ...]
    found: tuple[tuple[int, int], ...]
    articles: tuple[ArticleSeen, ...]


@dataclass(frozen=True, slots=True)
class VersionSeen:
    """One text of an article; `characters` counts them, `found` its findings."""

    id: int
    fetched_at: datetime | None
    digest: str
    characters: int
    found: int


@dataclass(frozen=True, slots=True)
class ArticleHistory:
    """An article with the texts that were read of it, the oldest first."""

    account: Account
    title: str
    url: str
    published_at: datetime | None
    state: str
    versions: tuple[VersionSeen, ...]


def article_history(connection: Connection, article_id: int) -> ArticleHistory:
    """Return what is known of an article; raise StoreError for one that never was read."""
    row = connection.execute(select(articles).where(articles.c.id == article_id)).one_or_none()
    account = None if row is None else find_account(connection, row.account_id)
    if row is None or account is None:
        raise StoreError("没有这篇文章，或不在您的管辖范围内")
    found = select(func.count()).where(occurrences.c.version_id == versions.c.id).scalar_subquery()
    seen = connection.execute(
        select(
            versions.c.id,
            versions.c.fetched_at,
            versions.c.digest,
            func.length(versions.c.text).label("characters"),
            found.label("found"),
        )
        .where(versions.c.article_id == article_id)
        .order_by(versions.c.id)
    )
    return ArticleHistory(
        account=account,
        title=row.title,
        url=row.url,
        published_at=row.published_at,
        state=row.state,
        versions=tuple(
            VersionSeen(item.id, item.fetched_at, item.digest, item.characters, item.found)
            for item in seen
        ),
    )


def account_history(
    connection: Connection, account_id: str, *, most: int, today: date
) -> AccountHistory:
    """Return what is known of an account; raise StoreError for one that never was registered."""
    account = find_account(connection, account_id)
    if account is None:
        raise StoreError("没有这个账号，或不在您的管辖范围内")
    mine = articles.c.account_id == account_id
    times = connection.execute(
        select(articles.c.published_at).where(mine, articles.c.published_at.is_not(None))
    )
    days = [at.date() for at in times.scalars() if at is not None]
    months = Counter(f"{day:%Y-%m}" for day in days)
    severities = connection.execute(
        select(occurrences.c.severity, func.count())
        .where(occurrences.c.account_id == account_id, occurrences.c.gone_by.is_(None))
        .group_by(occurrences.c.severity)
        .order_by(occurrences.c.severity.desc())
    )
    return AccountHistory(
        account=account,
        months=tuple(sorted(months.items())),
        weeks=_weeks(days, today),
        found=tuple((severity, count) for severity, count in severities),
        articles=tuple(_articles(connection, account_id, most)),
    )


def _weeks(days: Iterable[date], today: date) -> tuple[tuple[date, int], ...]:
    counted = Counter(_monday(day) for day in days)
    last = _monday(today)
    mondays = [last - timedelta(weeks=back) for back in reversed(range(_WEEKS))]
    return tuple((monday, counted[monday]) for monday in mondays)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


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
        ArticleSeen(row.id, row.title, row.url, row.published_at, row.state, row.read, row.found)
        for row in rows
    ]
