"""One article under several names: one source calls it by a short link, another by numbers."""

from sqlalchemy import Connection, select

from textcheck.store.tables import aliases, articles
from textcheck.store.upsert import insert_missing

__all__ = ["article_named", "name_article"]


def article_named(connection: Connection, account_id: str, *names: str) -> int | None:
    """Return the id of the account's article that is known by any of the names."""
    for name in filter(None, names):
        for table, column in ((articles, articles.c.id), (aliases, aliases.c.article_id)):
            found: int | None = connection.execute(
                select(column).where(table.c.account_id == account_id, table.c.native_id == name)
            ).scalar_one_or_none()
            if found is not None:
                return found
    return None


def name_article(connection: Connection, account_id: str, article_id: int, *names: str) -> None:
    """Note that an article is known by these names, too."""
    rows = [
        {"account_id": account_id, "native_id": name, "article_id": article_id}
        for name in filter(None, names)
        if article_named(connection, account_id, name) is None
    ]
    insert_missing(connection, aliases, rows)
