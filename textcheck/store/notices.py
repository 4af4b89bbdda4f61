"""Notices to units: made once and frozen, what the units answered, and where each was sent."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from textcheck.edition import Quarter
from textcheck.errors import ConfigError, StoreError
from textcheck.notice import Delivery, DeliveryState, Notice, Reply, said_in
from textcheck.store.events import Event, append_events
from textcheck.store.tables import deliveries, notices, replies
from textcheck.store.upsert import insert_missing

__all__ = [
    "add_reply",
    "claim",
    "deliveries_of",
    "keep_notices",
    "list_notices",
    "note_delivery",
    "read_notice",
    "replies_to",
    "unsaid",
]

_UNDER_WAY = "发送时中断"


def keep_notices(connection: Connection, made: Sequence[Notice], by: str) -> list[Notice]:
    """Freeze the notices of one edition that say something new; return those."""
    return [_keep(connection, notice, by) for notice in unsaid(connection, made)]


def unsaid(connection: Connection, made: Sequence[Notice]) -> list[Notice]:
    """
    Return the notices of one edition that say something new.

    A unit that was told by this edition or a later one, or the same by an earlier one, is not
    told again.
    """
    last: dict[tuple[str, str], Notice] = {}
    for quarter in {item.quarter for item in made}:
        for notice in list_notices(connection, quarter):  # the latest edition first
            last.setdefault((notice.county, notice.unit), notice)
    new = []
    for notice in made:
        told = last.get((notice.county, notice.unit))
        if told is None or (told.number < notice.number and told.digest != notice.digest):
            new.append(notice)
    return new


def list_notices(connection: Connection, quarter: Quarter | None = None) -> list[Notice]:
    """Return all notices, or those of a quarter: the latest edition first, then as on its list."""
    statement = select(notices).order_by(
        notices.c.quarter.desc(), notices.c.number.desc(), notices.c.id
    )
    if quarter is not None:
        statement = statement.where(notices.c.quarter == str(quarter))
    return [_notice(row) for row in connection.execute(statement)]


def read_notice(connection: Connection, notice_id: int) -> Notice:
    """Return a notice; raise StoreError for one that does not exist or is not what was made."""
    row = connection.execute(select(notices).where(notices.c.id == notice_id)).one_or_none()
    if row is None:
        raise StoreError(f"没有编号为 {notice_id} 的整改通知")
    return _notice(row)


def add_reply(connection: Connection, reply: Reply) -> None:
    """Append what a unit answered; raise ConfigError for an answer that cannot be meant."""
    notice = read_notice(connection, reply.notice_id)
    if reply.account_id not in {line.account_id for line in notice.lines}:
        known = "、".join(line.account_id for line in notice.lines)
        raise ConfigError(f"通知中没有账号“{reply.account_id}”；通知中的账号有：{known}")
    if not reply.words.strip():
        raise ConfigError("缺少反馈的内容")
    if reply.fixed_on is not None and reply.fixed_on > reply.entered_at.date():
        raise ConfigError(f"整改日期 {reply.fixed_on} 还没有到")
    row = {
        "notice_id": reply.notice_id,
        "account_id": reply.account_id,
        "words": reply.words.strip(),
        "fixed_on": reply.fixed_on,
        "entered_at": reply.entered_at,
        "entered_by": reply.entered_by,
    }
    connection.execute(replies.insert().values(**row))
    told = {name: row[name] for name in ("notice_id", "account_id", "words")}
    told["fixed_on"] = reply.fixed_on.isoformat() if reply.fixed_on else None
    subject = f"notice:{reply.notice_id}"
    append_events(connection, [Event(reply.entered_at, reply.entered_by, "reply", subject, told)])


def replies_to(connection: Connection, notice_ids: Iterable[int]) -> dict[int, list[Reply]]:
    """Return the answers to notices, oldest first; one without any has an empty list."""
    found: dict[int, list[Reply]] = {notice_id: [] for notice_id in notice_ids}
    rows = connection.execute(
        select(replies).where(replies.c.notice_id.in_(found)).order_by(replies.c.id)
    )
    for row in rows:
        found[row.notice_id].append(
            Reply(
                row.notice_id,
                row.account_id,
                row.words,
                row.fixed_on,
                row.entered_at,
                row.entered_by,
            )
        )
    return found


def claim(
    connection: Connection,
    notice_id: int,
    channel: str,
    *,
    now: datetime,
    again: Collection[DeliveryState] = (DeliveryState.FAILED,),
) -> bool:
    """
    Take a notice to be sent on a channel; tell whether nobody has, or may have, sent it.

    It is noted as unsure until `note_delivery` says how it went: a run that is killed between
    may have sent it. `again` are the states from which it is taken again.
    """
    row = {
        "notice_id": notice_id,
        "channel": channel,
        "state": DeliveryState.UNSURE.value,
        "at": now,
        "error": _UNDER_WAY,
    }
    if insert_missing(connection, deliveries, [row]):
        return True
    taken = connection.execute(
        update(deliveries)
        .where(deliveries.c.notice_id == notice_id, deliveries.c.channel == channel)
        .where(deliveries.c.state.in_([state.value for state in again]))
        .values(state=row["state"], at=now, error=_UNDER_WAY)
    )
    return taken.rowcount == 1


def note_delivery(connection: Connection, delivery: Delivery, by: str) -> None:
    """Note how a notice that was taken fared."""
    connection.execute(
        update(deliveries)
        .where(deliveries.c.notice_id == delivery.notice_id)
        .where(deliveries.c.channel == delivery.channel)
        .values(state=delivery.state.value, at=delivery.at, error=delivery.error)
    )
    told = {"channel": delivery.channel, "state": delivery.state.value, "error": delivery.error}
    subject = f"notice:{delivery.notice_id}"
    append_events(connection, [Event(delivery.at, by, "delivery", subject, told)])


def deliveries_of(connection: Connection, notice_ids: Iterable[int]) -> dict[int, list[Delivery]]:
    """Return how notices fared, by channel."""
    found: dict[int, list[Delivery]] = {notice_id: [] for notice_id in notice_ids}
    rows = connection.execute(
        select(deliveries)
        .where(deliveries.c.notice_id.in_(found))
        .order_by(deliveries.c.notice_id, deliveries.c.channel)
    )
    for row in rows:
        found[row.notice_id].append(
            Delivery(row.notice_id, row.channel, DeliveryState(row.state), row.at, row.error)
        )
    return found


def _keep(connection: Connection, notice: Notice, by: str) -> Notice:
    body, sha256 = notice.body, notice.digest
    place = {"quarter": str(notice.quarter), "number": notice.number}
    named = {"county": notice.county, "unit": notice.unit}
    row = {**place, **named, "due_on": notice.due_on, "made_at": notice.made_at}
    inserted = connection.execute(notices.insert().values(**row, sha256=sha256, body=body))
    assert inserted.inserted_primary_key is not None  # noqa: S101 # of one row
    notice_id: int = inserted.inserted_primary_key[0]
    told = {**place, **named, "id": notice_id, "due_on": f"{notice.due_on}", "sha256": sha256}
    append_events(connection, [Event(notice.made_at, by, "notice", f"notice:{notice_id}", told)])
    return replace(notice, id=notice_id)


def _notice(row: Row[*tuple[Any, ...]]) -> Notice:
    if hashlib.sha256(row.body.encode()).hexdigest() != row.sha256:
        raise StoreError(f"整改通知 {row.id} 与生成时不一致，数据库可能被改动过")
    lines, flaws = said_in(row.body)
    return Notice(
        quarter=Quarter.parse(row.quarter),
        number=row.number,
        county=row.county,
        unit=row.unit,
        due_on=row.due_on,
        lines=lines,
        flaws=flaws,
        made_at=row.made_at,
        id=row.id,
    )
