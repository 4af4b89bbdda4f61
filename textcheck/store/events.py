"""
What everybody did, one event after the other; each names the digest of the one before.

The database refuses to change events. Whoever gets around that changes a digest, and
`broken_links` finds it. Of the whole log only the last digest need be kept elsewhere.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from textcheck.errors import ConfigError
from textcheck.store.columns import storable
from textcheck.store.tables import (
    editions,
    event_head,
    events,
    notices,
    papers,
    replies,
    verdicts,
)

__all__ = [
    "Event",
    "Logged",
    "append_events",
    "broken_links",
    "events_in",
    "events_on",
    "head",
    "hold_log",
    "last_event",
]


@dataclass(frozen=True, slots=True)
class Event:
    """
    What somebody did to something: a verdict on an issue, an edition issued, a user disabled.

    Events of one `batch` were one action of a person, and are undone together.
    """

    at: datetime
    actor: str
    kind: str
    subject: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    batch: str = ""


@dataclass(frozen=True, slots=True)
class Logged:
    """An event with its number in the log."""

    number: int
    event: Event


def append_events(connection: Connection, new: Sequence[Event]) -> None:
    """Append events in their order."""
    if not new:
        return
    number, digest = hold_log(connection)
    rows = []
    for event in new:
        number += 1
        row = {
            "number": number,
            "at": event.at,
            "actor": storable(event.actor),
            "kind": event.kind,
            "subject": storable(event.subject),
            "batch": event.batch,
            "detail": storable(_canonical(dict(event.detail))),
            "previous": digest,
        }
        digest = _digest(row)
        rows.append(row | {"digest": digest})
    connection.execute(events.insert(), rows)
    connection.execute(update(event_head).values(number=number, digest=digest))


def hold_log(connection: Connection) -> tuple[int, str]:
    """
    Return the number and the digest of the last event, and let nobody else append.

    Whoever appends holds the head until the end of the transaction: the log has one order.
    """
    kept = connection.execute(select(event_head).with_for_update()).one()
    return kept.number, kept.digest


def head(connection: Connection) -> tuple[int, str]:
    """Return the number and the digest of the last event."""
    row = connection.execute(select(event_head)).one()
    return row.number, row.digest


def last_event(connection: Connection, subject: str) -> Event | None:
    """Return what was done last to a subject."""
    newest = select(events).where(events.c.subject == subject).order_by(events.c.number.desc())
    row = connection.execute(newest.limit(1)).one_or_none()
    return None if row is None else _event(row)


def events_on(connection: Connection, subject: str) -> list[Logged]:
    """Return what was done to a subject, oldest first."""
    rows = connection.execute(
        select(events).where(events.c.subject == subject).order_by(events.c.number)
    )
    return [Logged(row.number, _event(row)) for row in rows]


def events_in(connection: Connection, batch: str) -> list[Logged]:
    """Return the events of one action, in their order."""
    rows = connection.execute(
        select(events).where(events.c.batch == batch).order_by(events.c.number)
    )
    return [Logged(row.number, _event(row)) for row in rows]


def broken_links(connection: Connection, expected: str | None = None) -> Iterator[str]:
    """
    Yield what is not as it was written: events, decisions, editions, their files, notices, answers.

    `expected` is number and digest of an event as noted elsewhere, e.g. 12:3f9a….
    """
    last, digest = head(connection)
    noted = _noted(connection, expected) if expected else None
    if noted is not None:
        yield noted
    number, previous = 0, ""
    logged: dict[str, list[dict[str, Any]]] = {
        kind: [] for kind in ("verdict", "edition", "papers", "notice", "reply")
    }
    for row in connection.execute(select(events).order_by(events.c.number)):
        number += 1
        if row.number != number:
            yield f"第 {number} 条记录缺失（下一条是第 {row.number} 条）"
            number = row.number
        elif row.previous != previous:
            yield f"第 {number} 条记录与前一条不衔接"
        if _digest(row._asdict()) != row.digest:
            yield f"第 {number} 条记录被改动过"
        previous = row.digest
        if row.kind in logged:
            logged[row.kind].append(json.loads(row.detail))
    if (number, previous) != (last, digest):
        yield f"最后一条应为第 {last} 条，现为第 {number} 条，末尾被删减或改动过"
    yield from _other_verdicts(connection, logged["verdict"])
    yield from _other_editions(connection, logged["edition"])
    yield from _other_notices(connection, logged["notice"])
    yield from _other_replies(connection, logged["reply"])
    yield from _other_papers(connection, logged["papers"])


def _noted(connection: Connection, expected: str) -> str | None:
    """Return what is wrong with the event that was noted, None where it is the same."""
    number, _, digest = expected.partition(":")
    if not number.isdecimal() or not digest:
        raise ConfigError(f"应写作 序号:摘要，不是“{expected}”")
    kept = connection.execute(select(events.c.digest).where(events.c.number == int(number)))
    if kept.scalar_one_or_none() == digest:
        return None
    return f"第 {number} 条记录与抄录的摘要不符"


def _other_verdicts(connection: Connection, told: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the decisions that are not as the log tells; those older than the log it cannot."""
    by_id: dict[int, dict[str, Any]] = {}
    for item in told:
        if item["id"] in by_id:  # its number was given again: the last one was not there any more
            yield f"复核决定 {item['id']} 已被删除"
        by_id[item["id"]] = item
    first = min(by_id, default=None)
    for row in connection.execute(select(verdicts).order_by(verdicts.c.id)):
        if first is None or row.id < first:
            continue
        said = row._asdict() | {"decided_at": row.decided_at.astimezone(UTC)}
        logged = by_id.pop(row.id, None)
        if logged is None:
            yield f"复核决定 {row.id} 没有相应的记录"
        elif said != logged | {"decided_at": datetime.fromisoformat(logged["decided_at"])}:
            yield f"复核决定 {row.id} 与记录不符"
    yield from (f"复核决定 {missing} 已被删除" for missing in sorted(by_id))


def _other_editions(connection: Connection, told: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the editions that are gone or not those that were issued."""
    kept = {
        (row.quarter, row.number): (row.sha256, hashlib.sha256(row.body.encode()).hexdigest())
        for row in connection.execute(select(editions))
    }
    for item in told:
        name = f"{item['quarter']} 清单第 {item['number']} 版"
        found = kept.get((item["quarter"], item["number"]))
        if found is None:
            yield f"{name}已被删除"
        elif set(found) != {item["sha256"]}:
            yield f"{name}与定稿时不符"


def _other_notices(connection: Connection, told: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the notices that are gone or not those that were made."""
    kept = {
        row.id: {row.sha256, hashlib.sha256(row.body.encode()).hexdigest()}
        for row in connection.execute(select(notices))
    }
    for item in told:
        found = kept.get(item["id"])
        if found is None:
            yield f"整改通知 {item['id']} 已被删除"
        elif found != {item["sha256"]}:
            yield f"整改通知 {item['id']} 与生成时不符"


def _other_replies(connection: Connection, told: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the answers to notices that are not as the log tells, or that it does not tell."""
    names = ("notice_id", "account_id", "words", "fixed_on")
    kept = Counter(
        (row.notice_id, row.account_id, row.words, row.fixed_on and row.fixed_on.isoformat())
        for row in connection.execute(select(replies))
    )
    logged = Counter(tuple(item[name] for name in names) for item in told)
    for number, account_id, *_ in logged - kept:
        yield f"整改通知 {number} 中 {account_id} 的反馈已被删除或改动"
    for number, account_id, *_ in kept - logged:
        yield f"整改通知 {number} 中 {account_id} 的反馈没有相应的记录"


def _other_papers(connection: Connection, told: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the files of editions that are gone or not those that were made."""
    kept = {
        (row.quarter, row.number, row.name): {row.sha256, hashlib.sha256(row.body).hexdigest()}
        for row in connection.execute(select(papers))
    }
    for item in told:
        for name, digest in item["files"].items():
            found = kept.get((item["quarter"], item["number"], name))
            if found is None:
                yield f"{name} 已被删除"
            elif found != {digest}:
                yield f"{name} 与定稿时不符"


def _event(row: Row[*tuple[Any, ...]]) -> Event:
    return Event(row.at, row.actor, row.kind, row.subject, json.loads(row.detail), row.batch)


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _digest(row: Mapping[str, Any]) -> str:
    at = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    names = ("number", "actor", "kind", "subject", "batch", "detail", "previous")
    content = _canonical([at, *(row[name] for name in names)])
    return hashlib.sha256(content.encode()).hexdigest()
