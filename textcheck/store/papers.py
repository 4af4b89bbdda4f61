"""The files of issued lists: kept as they were made, never made again."""

import hashlib
from collections.abc import Mapping

from sqlalchemy import Connection, select

from textcheck.edition import Edition
from textcheck.errors import StoreError
from textcheck.store.events import Event, append_events
from textcheck.store.tables import papers as table

__all__ = ["keep_papers", "read_papers"]


def keep_papers(
    connection: Connection, edition: Edition, files: Mapping[str, bytes], by: str
) -> None:
    """Keep the files of an edition; the log tells their digests."""
    quarter = str(edition.quarter)
    place = {"quarter": quarter, "number": edition.number}
    digests = {name: hashlib.sha256(body).hexdigest() for name, body in files.items()}
    connection.execute(
        table.insert(),
        [
            {**place, "name": name, "sha256": digests[name], "body": body}
            for name, body in files.items()
        ],
    )
    event = Event(edition.issued_at, by, "papers", quarter, {**place, "files": digests})
    append_events(connection, [event])


def read_papers(connection: Connection, edition: Edition) -> dict[str, bytes]:
    """
    Return the files of an edition by name, none for a preview and for one older than this table.

    Raises StoreError if one is not what was issued.
    """
    rows = connection.execute(
        select(table)
        .where(table.c.quarter == str(edition.quarter), table.c.number == edition.number)
        .order_by(table.c.name)
    ).all()
    for row in rows:
        if hashlib.sha256(row.body).hexdigest() != row.sha256:
            raise StoreError(f"{row.name} 与定稿时不一致，数据库可能被改动过")
    return {row.name: row.body for row in rows}
