"""When an account published last."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from textcheck.article import ArticleState
from textcheck.config import CHINA
from textcheck.store.tables import articles, versions

__all__ = ["LastUpdate", "last_update"]


@dataclass(frozen=True, slots=True)
class LastUpdate:
    """The last article of an account that can be read: its day in China, and its first version."""

    day: date
    version_id: int


def last_update(connection: Connection, account_id: str) -> LastUpdate | None:
    """Return the last update that is known and checked, None where there is none."""
    row = connection.execute(
        select(articles.c.published_at, versions.c.id)
        .join(versions, versions.c.article_id == articles.c.id)
        .where(
            articles.c.account_id == account_id,
            articles.c.state.in_([ArticleState.OK.value, ArticleState.PARTIAL.value]),
            articles.c.published_at.is_not(None),
            versions.c.checked_by.is_not(None),
        )
        .order_by(articles.c.published_at.desc(), versions.c.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else LastUpdate(row.published_at.astimezone(CHINA).date(), row.id)
