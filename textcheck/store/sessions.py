"""Who is logged in, and who has tried too often."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select, update

from textcheck.passwords import token_digest
from textcheck.store.events import Event, append_events
from textcheck.store.tables import attempts, sessions, users
from textcheck.store.users import find_user, user_of_row
from textcheck.user import User

__all__ = [
    "Limits",
    "Session",
    "close_session",
    "close_sessions_of",
    "find_session",
    "is_throttled",
    "needs_touch",
    "note_failure",
    "open_session",
    "touch_session",
]

_TOUCHED_EVERY = timedelta(minutes=1)
_REMEMBERED = timedelta(minutes=15)
# Of one name from one address, of one name from anywhere, from one address for any name.
_MOST, _MOST_OF_NAME, _MOST_OF_ADDRESS = 5, 20, 50


@dataclass(frozen=True, slots=True)
class Limits:
    """After how long without a request, and after how long at all, a session ends."""

    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody logged in; `form_token` stands in every form of theirs."""

    user: User
    form_token: str
    seen_at: datetime


def open_session(connection: Connection, user: User, now: datetime, address: str = "") -> str:
    """Log a user in; return the token, of which only the digest is kept."""
    token = secrets.token_urlsafe(32)
    connection.execute(
        sessions.insert().values(
            token_sha256=token_digest(token),
            user_id=user.id,
            form_token=secrets.token_urlsafe(32),
            opened_at=now,
            seen_at=now,
        )
    )
    connection.execute(delete(attempts).where(attempts.c.name == user.name))
    append_events(connection, [Event(now, user.name, "login", user.name, {"address": address})])
    return token


def find_session(
    connection: Connection, token: str, now: datetime, limits: Limits
) -> Session | None:
    """Return the session of a token, None where there is none or it has ended."""
    row = connection.execute(
        select(sessions.c.form_token, sessions.c.seen_at, users)
        .join(users, users.c.id == sessions.c.user_id)
        .where(
            sessions.c.token_sha256 == token_digest(token),
            sessions.c.seen_at > now - limits.idle,
            sessions.c.opened_at > now - limits.absolute,
            users.c.disabled_at.is_(None),
        )
    ).one_or_none()
    return None if row is None else Session(user_of_row(row), row.form_token, row.seen_at)


def touch_session(connection: Connection, token: str, now: datetime) -> None:
    """Note that a session is in use."""
    this = sessions.c.token_sha256 == token_digest(token)
    connection.execute(update(sessions).where(this).values(seen_at=now))


def needs_touch(session: Session, now: datetime) -> bool:
    """Tell whether it is worth a write to note that a session is in use."""
    return now - session.seen_at >= _TOUCHED_EVERY


def close_session(connection: Connection, token: str) -> None:
    """Log out."""
    connection.execute(delete(sessions).where(sessions.c.token_sha256 == token_digest(token)))


def close_sessions_of(connection: Connection, user: User) -> int:
    """End every session of a user; return how many."""
    return connection.execute(delete(sessions).where(sessions.c.user_id == user.id)).rowcount


def note_failure(connection: Connection, name: str, address: str, now: datetime) -> None:
    """
    Note that a login failed; what is older than anybody asks for is forgotten, but for the log.

    The log has no name that is nobody's: it may be a password in the wrong field.
    """
    user = find_user(connection, name)
    known = user.name if user else ""
    append_events(connection, [Event(now, "", "login failed", known, {"address": address})])
    connection.execute(delete(attempts).where(attempts.c.at <= now - _REMEMBERED))
    connection.execute(attempts.insert().values(name=name.strip()[:200], address=address, at=now))


def is_throttled(connection: Connection, name: str, address: str, now: datetime) -> bool:
    """Tell whether nobody may try this name from this address for the time being."""
    recent = attempts.c.at > now - _REMEMBERED
    named = attempts.c.name == name.strip()[:200]
    there = attempts.c.address == address
    for where, most in (
        (named & there, _MOST),
        (named, _MOST_OF_NAME),
        (there, _MOST_OF_ADDRESS),
    ):
        tried = connection.execute(select(func.count()).select_from(attempts).where(recent, where))
        if tried.scalar_one() >= most:
            return True
    return False
