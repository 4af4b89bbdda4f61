"""What is to be listed, fetched and checked: a scan may stop anywhere and go on from here."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, update

from textcheck.article import ArticleState, Reference
from textcheck.run import Coverage
from textcheck.store.tables import articles, listings, queue, versions
from textcheck.store.upsert import insert_missing, insert_or_update

__all__ = [
    "QueueState",
    "enqueue",
    "listed_accounts",
    "mark_checked",
    "mark_failed",
    "mark_fetched",
    "mark_gone",
    "mark_listed",
    "mark_unchecked",
    "read_coverage",
    "to_check",
    "to_fetch",
]


class QueueState(StrEnum):
    """How far an article has come."""

    QUEUED = "queued"
    FETCHED = "fetched"  # what is checked stands with the version
    FAILED = "failed"  # tried again by every later run
    GONE = "gone"


def listed_accounts(connection: Connection, night: str) -> set[str]:
    """Return the ids of the accounts whose listing of that night is complete."""
    rows = connection.execute(
        select(listings.c.account_id).where(listings.c.night == night, listings.c.error == "")
    )
    return set(rows.scalars())


def mark_listed(connection: Connection, night: str, coverage: Coverage) -> None:
    """Note what a listing gave; one with an error is tried again by the night's next run."""
    row = {
        "night": night,
        "account_id": coverage.account_id,
        "listed": coverage.listed,
        "error": coverage.error,
    }
    insert_or_update(connection, listings, [row])


def enqueue(connection: Connection, night: str, references: Iterable[Reference]) -> int:
    """Queue the references that were never queued before; return how many."""
    rows = [
        {
            "account_id": reference.account_id,
            "native_id": reference.native_id,
            "source": reference.source,
            "url": reference.url,
            "title": reference.title,
            "published_at": reference.published_at,
            "hint": dict(reference.hint),
            "state": QueueState.QUEUED.value,
            "attempts": 0,
            "error": "",
            "night": night,
        }
        for reference in references
    ]
    return insert_missing(connection, queue, rows)


def to_fetch(connection: Connection, account_id: str) -> list[Reference]:
    """Return what is queued or failed of an account, in the order it was listed."""
    rows = connection.execute(
        select(queue)
        .where(
            queue.c.account_id == account_id,
            queue.c.state.in_([QueueState.QUEUED.value, QueueState.FAILED.value]),
        )
        .order_by(queue.c.id)
    )
    return [_reference(row) for row in rows]


def mark_fetched(connection: Connection, night: str, reference: Reference) -> None:
    """Note that an article was read and saved."""
    _mark(connection, night, reference, QueueState.FETCHED)


def mark_failed(connection: Connection, night: str, reference: Reference, error: str) -> None:
    """Note why an article was not read."""
    _mark(connection, night, reference, QueueState.FAILED, error)


def mark_gone(connection: Connection, night: str, reference: Reference) -> None:
    """Note that an article is no longer there; it is not asked for again."""
    _mark(connection, night, reference, QueueState.GONE)


def to_check(connection: Connection) -> list[int]:
    """Return the versions that were never checked, oldest first."""
    statement = select(versions.c.id).where(versions.c.checked_by.is_(None))
    return list(connection.execute(statement.order_by(versions.c.id)).scalars())


def mark_checked(connection: Connection, version_id: int, run_id: str) -> None:
    """Note which run checked a version."""
    values = {"checked_by": run_id, "check_error": ""}
    connection.execute(update(versions).where(versions.c.id == version_id).values(values))


def mark_unchecked(connection: Connection, version_id: int, error: str) -> None:
    """Note why a version could not be checked; every later run tries again."""
    connection.execute(
        update(versions).where(versions.c.id == version_id).values(check_error=error)
    )


def read_coverage(connection: Connection, night: str) -> dict[str, Coverage]:
    """
    Return what a night gave of each account that it tried to list, all its runs together.

    A version that could not be checked counts as failed: nobody looked at it.
    """
    found = {
        row.account_id: Coverage(row.account_id, listed=row.listed, error=row.error)
        for row in connection.execute(select(listings).where(listings.c.night == night))
    }
    counts = {
        QueueState.FETCHED.value: "fetched",
        QueueState.FAILED.value: "failed",
        QueueState.GONE.value: "gone",
    }
    for account_id, state, count in connection.execute(
        select(queue.c.account_id, queue.c.state, func.count())
        .where(queue.c.night == night, queue.c.state.in_(counts))
        .group_by(queue.c.account_id, queue.c.state)
    ):
        if account_id in found:
            setattr(found[account_id], counts[state], count)
    for account_id, count in connection.execute(_partial(night)):
        if account_id in found:
            found[account_id].partial = count
    for account_id, count in connection.execute(_unchecked()):
        if account_id in found:
            found[account_id].failed += count
    return found


def _partial(night: str) -> Select[str, int]:
    same = (queue.c.account_id == articles.c.account_id) & (
        queue.c.native_id == articles.c.native_id
    )
    return (
        select(articles.c.account_id, func.count())
        .join(queue, same)
        .where(queue.c.night == night, articles.c.state == ArticleState.PARTIAL.value)
        .group_by(articles.c.account_id)
    )


def _unchecked() -> Select[str, int]:
    return (
        select(articles.c.account_id, func.count())
        .join(versions)
        .where(versions.c.checked_by.is_(None))
        .group_by(articles.c.account_id)
    )


def _mark(
    connection: Connection, night: str, reference: Reference, state: QueueState, error: str = ""
) -> None:
    values = {
        "state": state.value,
        "night": night,
        "error": error,
        "attempts": queue.c.attempts + 1,
    }
    connection.execute(
        update(queue)
        .where(
            queue.c.account_id == reference.account_id,
            queue.c.native_id == reference.native_id,
        )
        .values(values)
    )


def _reference(row: Row[*tuple[Any, ...]]) -> Reference:
    return Reference(
        account_id=row.account_id,
        source=row.source,
        native_id=row.native_id,
        url=row.url,
        title=row.title,
        published_at=row.published_at,
        hint=row.hint,
    )
