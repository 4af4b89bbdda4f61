"""Keys by which other programs ask, each for some purposes; only digests are kept."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from textcheck.errors import StoreError
from textcheck.passwords import token_digest
from textcheck.store.events import Event, append_events
from textcheck.store.tables import tokens as table
from textcheck.store.tables import users
from textcheck.store.users import user_of_row
from textcheck.user import Purpose, User

__all__ = ["Key", "add_key", "find_key", "revoke_key"]


@dataclass(frozen=True, slots=True)
class Key:
    """A key in use: in whose name it asks, and for what."""

    user: User
    purposes: frozenset[Purpose]


def add_key(  # noqa: PLR0913 # whose key for what
    connection: Connection,
    user: User,
    name: str,
    purposes: Collection[Purpose],
    *,
    by: str,
    now: datetime,
) -> str:
    """Make a key under a new name; return it, for it cannot be read again."""
    name = name.strip()
    if connection.execute(select(table.c.name).where(table.c.name == name)).first():
        raise StoreError(f"密钥“{name}”已经有了，请换一个名字")
    token = f"tck_{secrets.token_urlsafe(32)}"
    row = {"name": name, "scopes": sorted(purposes)}
    connection.execute(
        table.insert().values(
            **row, token_sha256=token_digest(token), user_id=user.id, created_at=now
        )
    )
    append_events(connection, [Event(now, by, "key", user.name, {"did": "add", **row})])
    return token


def find_key(connection: Connection, token: str) -> Key | None:
    """Return the key of a token, None where there is none, or its user works no longer."""
    row = connection.execute(
        select(table.c.scopes, users)
        .join(users, users.c.id == table.c.user_id)
        .where(
            table.c.token_sha256 == token_digest(token),
            table.c.revoked_at.is_(None),
            users.c.disabled_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        return None
    return Key(user_of_row(row), frozenset(Purpose(scope) for scope in row.scopes))


def revoke_key(connection: Connection, name: str, *, by: str, now: datetime) -> None:
    """Let a key open nothing any more."""
    this = (table.c.name == name.strip()) & table.c.revoked_at.is_(None)
    if not connection.execute(update(table).where(this).values(revoked_at=now)).rowcount:
        raise StoreError(f"没有在用的密钥“{name.strip()}”")
    append_events(connection, [Event(now, by, "key", name.strip(), {"did": "revoke"})])
