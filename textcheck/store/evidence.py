"""What the findings rest on: the answers as they came, and for how long they are kept."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import zstandard
from sqlalchemy import Connection, Select, delete, select

from textcheck.article import Page
from textcheck.finding import Severity
from textcheck.store.documents import load_pages
from textcheck.store.tables import accounts, articles, occurrences, pages, raw, versions

__all__ = ["Kept", "broken_bodies", "drop_answers", "serious_versions"]


@dataclass(frozen=True, slots=True)
class Kept:
    """One version of an article, with the answers that it was read from."""

    account_id: str
    account: str
    native_id: str
    url: str
    title: str
    published_at: datetime | None
    fetched_at: datetime | None
    digest: str
    text: str
    attachments: tuple[Mapping[str, Any], ...]
    pages: tuple[Page, ...]


def serious_versions(connection: Connection, account_id: str | None = None) -> list[Kept]:
    """Return every version in which something serious was found, whatever became of it."""
    statement = (
        select(versions, articles, accounts.c.name.label("account"))
        .join(articles, articles.c.id == versions.c.article_id)
        .join(accounts, accounts.c.id == articles.c.account_id)
        .where(versions.c.id.in_(_serious()))
        .order_by(articles.c.account_id, versions.c.id)
    )
    if account_id is not None:
        statement = statement.where(articles.c.account_id == account_id)
    return [
        Kept(
            account_id=row.account_id,
            account=row.account,
            native_id=row.native_id,
            url=row.url,
            title=row.title,
            published_at=row.published_at,
            fetched_at=row.fetched_at,
            digest=row.digest,
            text=row.text,
            # A list is of a version before files were read: name and address.
            attachments=tuple(item for item in row.attachments if isinstance(item, dict)),
            pages=tuple(load_pages(connection, row.id)),
        )
        for row in connection.execute(statement)
    ]


def drop_answers(connection: Connection, fetched_before: datetime) -> int:
    """
    Delete the answers of versions that are checked, older, and without anything serious.

    Returns of how many versions. The texts stay.
    """
    old = select(versions.c.id).where(
        versions.c.checked_by.is_not(None),
        versions.c.fetched_at < fetched_before,
        versions.c.id.not_in(_serious()),
        versions.c.id.in_(select(pages.c.version_id)),
    )
    dropped = list(connection.execute(old).scalars())
    for version_id in dropped:
        connection.execute(delete(pages).where(pages.c.version_id == version_id))
    if dropped:
        connection.execute(delete(raw).where(raw.c.sha256.not_in(select(pages.c.sha256))))
    return len(dropped)


def broken_bodies(connection: Connection) -> list[str]:
    """Return the digests of the stored answers that are not what they were."""
    unpack = zstandard.ZstdDecompressor().decompress
    broken = []
    for sha256 in list(connection.execute(select(raw.c.sha256).order_by(raw.c.sha256)).scalars()):
        body = connection.execute(select(raw.c.body).where(raw.c.sha256 == sha256)).scalar_one()
        try:
            same = hashlib.sha256(unpack(body)).hexdigest() == sha256
        except zstandard.ZstdError:
            same = False
        if not same:
            broken.append(sha256)
    return broken


def _serious() -> Select[int]:
    return select(occurrences.c.version_id).where(occurrences.c.severity >= Severity.SERIOUS.value)
