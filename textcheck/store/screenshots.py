"""Pictures of articles: kept as answers are, named by their content, behind all of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from textcheck.article import Page
from textcheck.finding import Severity
from textcheck.store.documents import save_page
from textcheck.store.tables import articles, occurrences, pages, versions

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
    headers = {"content-type": "image/png", SCREENSHOT: "1"}
    save_page(connection, version_id, _ORDINAL, Page(url, 200, headers, picture, taken_at))
