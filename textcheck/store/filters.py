"""Filters of the queue that users keep under names of their own."""

from sqlalchemy import Connection, delete, func, select

from textcheck.errors import ConfigError
from textcheck.store.tables import filters as table
from textcheck.store.upsert import insert_or_update
from textcheck.user import User

__all__ = ["forget_filter", "keep_filter", "kept_filters"]

_MOST = 30
_LONGEST = 20


def kept_filters(connection: Connection, user: User) -> list[tuple[str, str]]:
    """Return a user's filters by name, each with the part of an address that asks for it."""
    rows = connection.execute(
        select(table.c.name, table.c.query).where(table.c.user_id == user.id).order_by(table.c.name)
    )
    return [(row.name, row.query) for row in rows]


def keep_filter(connection: Connection, user: User, name: str, query: str) -> None:
    """Keep a filter under a name; one of that name is replaced."""
    if not 0 < len(name) <= _LONGEST:
        raise ConfigError(f"请给筛选起一个不超过 {_LONGEST} 字的名字")
    others = select(func.count()).where(table.c.user_id == user.id, table.c.name != name)
    if connection.execute(others).scalar_one() >= _MOST:
        raise ConfigError(f"最多保存 {_MOST} 个筛选，请先删去不用的")
    insert_or_update(connection, table, [{"user_id": user.id, "name": name, "query": query}])


def forget_filter(connection: Connection, user: User, name: str) -> None:
    """Keep a filter no longer."""
    connection.execute(delete(table).where(table.c.user_id == user.id, table.c.name == name))
