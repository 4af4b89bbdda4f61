"""Pictures of articles: kept as answers are, named by their content, behind all of them."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

import zstandard
from sqlalchemy import Connection, select

from textcheck.finding import Severity
from textcheck.store.tables import articles, occurrences, pages, raw, versions
from textcheck.store.upsert import insert_missing

__all__ = ["SCREENSHOT", "save_screenshot", "without_screenshot"]

SCREENSHOT = "x-textcheck-screenshot"
"""The header of a picture that we took ourselves: no host answered with it."""

_ORDINAL = 1_000_000  # behind all answers


def without_screenshot(
    connection: Connection, fetched_since: datetime
) -> Sequence[tuple[int, str]]:
    """Return the versions with something serious that were fetched since and have no picture."""
    serious = select(occurrences.c.version_id).where(
        occurrences.c.severity >= Severity.SERIOUS.value
    )
    pictured = select(pages.c.version_id).where(pages.c.ordinal == _ORDINAL)
    rows = connection.execute(
        select(versions.c.id, articles.c.url)
        .join(articles)
        .where(
            versions.c.id.in_(serious),
            versions.c.id.not_in(pictured),
            versions.c.fetched_at >= fetched_since,
        )
        .order_by(versions.c.id)
    )
    return [(row.id, row.url) for row in rows]


def save_screenshot(
    connection: Connection, version_id: int, url: str, picture: bytes, taken_at: datetime
) -> None:
    """Keep a PNG of a version's article."""
    sha256 = hashlib.sha256(picture).hexdigest()
    body = zstandard.ZstdCompressor().compress(picture)
    insert_missing(connection, raw, [{"sha256": sha256, "body": body}])
    row = {
        "version_id": version_id,
        "ordinal": _ORDINAL,
        "sha256": sha256,
        "url": url,
        "status": 200,
        "headers": {"content-type": "image/png", SCREENSHOT: "1"},
        "fetched_at": taken_at,
    }
    insert_missing(connection, pages, [row])
