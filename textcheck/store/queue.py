"""What is to be listed, fetched and checked: a scan may stop anywhere and go on from here."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, or_, select, update

from textcheck.article import Article, ArticleState, Reference
from textcheck.run import Coverage
from textcheck.store.tables import aliases, articles, listings, queue, revisits, versions
from textcheck.store.upsert import insert_missing, insert_or_update

__all__ = [
    "QueueState",
    "enqueue",
    "last_listed",
    "listed_accounts",
    "mark_checked",
    "mark_failed",
    "mark_fetched",
    "mark_gone",
    "mark_listed",
    "mark_refetched",
    "mark_unchecked",
    "nights_unread",
    "read_coverage",
    "to_check",
    "to_fetch",
    "to_refetch",
    "to_revisit",
]


# The headers of an answer, by which a host tells later whether the page is still the same.
_VALIDATORS = ("etag", "last-modified")


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
        "expected": coverage.expected,
        "error": coverage.error,
    }
    insert_or_update(connection, listings, [row])


def last_listed(connection: Connection) -> dict[str, str]:
    """Return the last night of each account whose listing was complete."""
    rows = connection.execute(
        select(listings.c.account_id, func.max(listings.c.night).label("night"))
        .where(listings.c.error == "")
        .group_by(listings.c.account_id)
    )
    return {row.account_id: row.night for row in rows}


def nights_unread(connection: Connection) -> dict[str, int]:
    """Return for how many nights running the listing of each account has not been complete."""
    nights: dict[str, int] = {}
    last = last_listed(connection)
    for account_id, night in connection.execute(select(listings.c.account_id, listings.c.night)):
        if night > last.get(account_id, ""):
            nights[account_id] = nights.get(account_id, 0) + 1
    return nights


def enqueue(connection: Connection, night: str, references: Sequence[Reference]) -> int:
    """
    Queue the references that were never queued before; return how many.

    Of the others what the listing now says is kept: it may hold the text, and be edited.
    """
    _refresh(connection, references)
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


def to_refetch(
    connection: Connection,
    account_id: str,
    *,
    published_since: datetime,
    fetched_before: datetime,
) -> list[Reference]:
    """Return what was read of an account, is recent, and has not been looked at for a while."""
    rows = connection.execute(
        select(queue)
        .where(
            queue.c.account_id == account_id,
            queue.c.state == QueueState.FETCHED.value,
            queue.c.published_at >= published_since,
            or_(queue.c.fetched_at.is_(None), queue.c.fetched_at < fetched_before),
        )
        .order_by(queue.c.id)
    )
    return [_reference(row) for row in rows]


def to_revisit(
    connection: Connection,
    account_id: str,
    article_ids: Collection[int],
    *,
    night: str,
    fetched_before: datetime,
) -> list[Reference]:
    """Return those articles that were not read lately or looked at tonight, gone ones, too."""
    looked = select(revisits.c.article_id).where(revisits.c.night == night)
    rows = connection.execute(
        select(queue)
        .where(
            _queued_as(),
            queue.c.account_id == account_id,
            queue.c.state.in_([QueueState.FETCHED.value, QueueState.GONE.value]),
            articles.c.id.in_(article_ids),
            articles.c.id.not_in(looked),
            or_(queue.c.fetched_at.is_(None), queue.c.fetched_at < fetched_before),
        )
        .order_by(queue.c.id)
    )
    return [_reference(row) for row in rows]


def mark_fetched(
    connection: Connection,
    night: str,
    reference: Reference,
    fetched_at: datetime,
    article: Article,
) -> None:
    """Note that an article was read and saved."""
    _mark(connection, night, reference, QueueState.FETCHED)
    mark_refetched(connection, reference, fetched_at, article)


def mark_refetched(
    connection: Connection, reference: Reference, fetched_at: datetime, article: Article | None
) -> None:
    """Note when an article was looked at; none where the host says that it has not changed."""
    # One that was gone may be there again.
    values: dict[str, Any] = {"fetched_at": fetched_at, "state": QueueState.FETCHED.value}
    if article is not None:
        # What was read in part is asked for in full again: its page may be the same, not its files.
        whole = article.state is ArticleState.OK and article.pages
        headers = article.pages[0].headers if whole else {}
        values["validators"] = {name: headers[name] for name in _VALIDATORS if name in headers}
        if article.published_at is not None:
            values["published_at"] = article.published_at
    connection.execute(update(queue).where(_same(reference)).values(values))


def mark_failed(connection: Connection, night: str, reference: Reference, error: str) -> None:
    """Note why an article was not read."""
    _mark(connection, night, reference, QueueState.FAILED, error)


def mark_gone(connection: Connection, night: str, reference: Reference) -> None:
    """Note that an article is no longer there, once: the night is that in which it was missed."""
    state = select(queue.c.state).where(_same(reference))
    if connection.execute(state).scalar_one_or_none() != QueueState.GONE.value:
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
        row.account_id: Coverage(
            row.account_id, listed=row.listed, expected=row.expected, error=row.error
        )
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
    _count_attachments(connection, night, found)
    for account_id, count in connection.execute(_unchecked()):
        if account_id in found:
            found[account_id].failed += count
    return found


def _count_attachments(connection: Connection, night: str, found: Mapping[str, Coverage]) -> None:
    newest = select(func.max(versions.c.id)).group_by(versions.c.article_id)
    rows = connection.execute(
        select(articles.c.account_id, versions.c.attachments)
        .join(versions, versions.c.article_id == articles.c.id)
        .where(_queued_as(), queue.c.night == night, versions.c.id.in_(newest))
    )
    for account_id, attachments in rows:
        for item in attachments if account_id in found else ():
            # A list is of a version before files were read.
            read = isinstance(item, dict) and not item["unread"]
            found[account_id].attachments += 1
            found[account_id].attachments_unread += not read


def _partial(night: str) -> Select[str, int]:
    partial = articles.c.state == ArticleState.PARTIAL.value
    return (
        select(articles.c.account_id, func.count())
        .where(_queued_as(), queue.c.night == night, partial)
        .group_by(articles.c.account_id)
    )


def _queued_as() -> ColumnElement[bool]:
    """Tell the articles that a row of the queue means, by whichever of their names."""
    by_another_name = (
        select(aliases.c.article_id)
        .where(aliases.c.account_id == queue.c.account_id, aliases.c.native_id == queue.c.native_id)
        .scalar_subquery()
    )
    return (queue.c.account_id == articles.c.account_id) & or_(
        queue.c.native_id == articles.c.native_id, articles.c.id == by_another_name
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
    connection.execute(update(queue).where(_same(reference)).values(values))


def _same(reference: Reference) -> ColumnElement[bool]:
    return (queue.c.account_id == reference.account_id) & (queue.c.native_id == reference.native_id)


def _refresh(connection: Connection, references: Sequence[Reference]) -> None:
    told = {(reference.account_id, reference.native_id): reference for reference in references}
    known = connection.execute(
        select(queue).where(
            queue.c.account_id.in_({account_id for account_id, _ in told}),
            queue.c.native_id.in_({native_id for _, native_id in told}),
        )
    ).all()
    for row in known:
        reference = told.get((row.account_id, row.native_id))
        if reference is None or row.source != reference.source:
            continue
        if (row.url, row.title, row.hint) != (reference.url, reference.title, reference.hint):
            values = {
                "url": reference.url,
                "title": reference.title,
                "hint": dict(reference.hint),
            }
            connection.execute(update(queue).where(queue.c.id == row.id).values(values))


def _reference(row: Row[*tuple[Any, ...]]) -> Reference:
    return Reference(
        account_id=row.account_id,
        source=row.source,
        native_id=row.native_id,
        url=row.url,
        title=row.title,
        published_at=row.published_at,
        hint=row.hint,
        validators=row.validators or {},
    )
