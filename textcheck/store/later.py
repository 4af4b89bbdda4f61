"""An article as it was read last, beside the text in which something was found."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, select

from textcheck.article import ArticleState
from textcheck.store.tables import articles, queue, versions

__all__ = ["LastReading", "last_reading"]

_GONE = {ArticleState.DELETED.value, ArticleState.VIOLATION.value, ArticleState.UNAVAILABLE.value}


@dataclass(frozen=True, slots=True)
class LastReading:
    """The newest text of an article, which may be the same, and when it was looked at."""

    text: str
    changed: bool
    gone: bool
    looked_at: datetime | None


def last_reading(connection: Connection, version_id: int) -> LastReading:
    """Return the last reading of the article that a version is of."""
    article_id = select(versions.c.article_id).where(versions.c.id == version_id)
    row = connection.execute(
        select(versions.c.id, versions.c.text, articles.c.state, queue.c.fetched_at)
        .join(articles, articles.c.id == versions.c.article_id)
        .outerjoin(
            queue,
            and_(
                queue.c.account_id == articles.c.account_id,
                queue.c.native_id == articles.c.native_id,
            ),
        )
        .where(versions.c.article_id == article_id.scalar_subquery())
        .order_by(versions.c.id.desc())
        .limit(1)
    ).one()
    return LastReading(
        text=row.text,
        changed=row.id != version_id,
        gone=row.state in _GONE,
        looked_at=row.fetched_at,
    )
