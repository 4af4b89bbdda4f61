"""Who works in the office; nobody is deleted, for their decisions stand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from textcheck.errors import StoreError
from textcheck.store.events import Event, append_events
from textcheck.store.tables import sessions
from textcheck.store.tables import users as table
from textcheck.user import Right, Role, User, operator

__all__ = [
    "add_user",
    "approvers",
    "disable_user",
    "find_user",
    "kept_password",
    "list_users",
    "names_of_deciders",
    "reviewer_named",
    "set_password",
    "user_of_row",
]


def add_user(  # noqa: PLR0913 # what a user is
    connection: Connection,
    name: str,
    password_hash: str,
    roles: Sequence[Role],
    units: Sequence[str] = (),
    *,
    by: str,
    now: datetime,
) -> User:
    """Add a user; raise StoreError for a name that is taken."""
    name = name.strip()
    if not name or find_user(connection, name) is not None:
        raise StoreError(f"用户“{name}”已经有了" if name else "用户名不能为空")
    row = {"name": name, "roles": sorted(roles), "units": list(units)}
    connection.execute(table.insert().values(**row, password=password_hash, created_at=now))
    append_events(connection, [Event(now, by, "user", name, {"did": "add", **row})])
    user = find_user(connection, name)
    assert user is not None  # noqa: S101 # inserted above
    return user


def set_password(
    connection: Connection, name: str, password_hash: str, *, by: str, now: datetime
) -> None:
    """Give a user another password, and end their sessions."""
    user = _known(connection, name)
    connection.execute(update(table).where(table.c.id == user.id).values(password=password_hash))
    connection.execute(delete(sessions).where(sessions.c.user_id == user.id))
    append_events(connection, [Event(now, by, "user", user.name, {"did": "password"})])


def disable_user(connection: Connection, name: str, *, by: str, now: datetime) -> None:
    """Let a user work no longer, from this moment on."""
    user = _known(connection, name)
    if user.disabled_at is None:
        connection.execute(update(table).where(table.c.id == user.id).values(disabled_at=now))
        append_events(connection, [Event(now, by, "user", user.name, {"did": "disable"})])
    connection.execute(delete(sessions).where(sessions.c.user_id == user.id))


def find_user(connection: Connection, name: str) -> User | None:
    """Return the user of that name, None where there is none."""
    row = connection.execute(select(table).where(table.c.name == name.strip())).one_or_none()
    return None if row is None else user_of_row(row)


def kept_password(connection: Connection, name: str) -> str | None:
    """Return the hash of an active user's password, None where nobody of that name may work."""
    active = (table.c.name == name.strip()) & table.c.disabled_at.is_(None)
    return connection.execute(select(table.c.password).where(active)).scalar_one_or_none()


def list_users(connection: Connection) -> list[User]:
    """Return all users, by name."""
    return [user_of_row(row) for row in connection.execute(select(table).order_by(table.c.name))]


def approvers(connection: Connection) -> set[str]:
    """Return the names of those who may approve that a leader's name is left as it is."""
    return {user.name for user in list_users(connection) if user.may(Right.APPROVE)}


def names_of_deciders(connection: Connection) -> list[str]:
    """Return the names of those who may decide and are at work."""
    return [
        user.name
        for user in list_users(connection)
        if user.may(Right.DECIDE) and user.disabled_at is None
    ]


def reviewer_named(connection: Connection, name: str) -> User:
    """
    Return who decides on the command line under a name.

    Where the office has users it must be one of them, so that one person is not two.
    """
    user = find_user(connection, name)
    if user is None:
        if connection.execute(select(func.count()).select_from(table)).scalar_one():
            raise StoreError(f"没有叫“{name.strip()}”的用户；textcheck user list 列出全部用户")
        return operator(name.strip())
    if user.disabled_at is not None:
        raise StoreError(f"用户“{user.name}”已停用")
    return user


def user_of_row(row: Row[*tuple[Any, ...]]) -> User:
    """Return the user of a row."""
    return User(
        id=row.id,
        name=row.name,
        roles=frozenset(Role(role) for role in row.roles),
        units=tuple(row.units),
        disabled_at=row.disabled_at,
    )


def _known(connection: Connection, name: str) -> User:
    user = find_user(connection, name)
    if user is None:
        raise StoreError(f"没有叫“{name.strip()}”的用户")
    return user
