"""Lists as issued: numbered, frozen, never changed; the database itself refuses."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from textcheck.edition import Edition, Quarter, line_of
from textcheck.errors import StoreError
from textcheck.store.events import Event, append_events
from textcheck.store.tables import editions as table

__all__ = [
    "COMMAND_LINE",
    "demand_edition",
    "issue_edition",
    "issue_unless_same",
    "list_editions",
    "read_edition",
]

COMMAND_LINE = "命令行"
"""Who issues a list where nobody has to log in."""


def issue_unless_same(
    connection: Connection,
    edition: Edition,
    by: str = COMMAND_LINE,
    left_out: Sequence[str] = (),
) -> tuple[Edition, bool]:
    """Freeze a list unless its quarter's latest says the same; return it, and whether it is new."""
    latest = read_edition(connection, edition.quarter)
    if latest is not None and latest.digest == edition.digest:
        return latest, False
    return issue_edition(connection, edition, by, left_out), True


def issue_edition(
    connection: Connection,
    edition: Edition,
    by: str = COMMAND_LINE,
    left_out: Sequence[str] = (),
) -> Edition:
    """
    Freeze a list under the next number of its quarter; return it with that number.

    `left_out` are the accounts that were left off the list; the log tells them.
    """
    quarter = str(edition.quarter)
    last = connection.execute(
        select(func.max(table.c.number)).where(table.c.quarter == quarter)
    ).scalar_one()
    issued = replace(edition, number=(last or 0) + 1)
    body = _dump(issued)
    connection.execute(
        table.insert().values(
            quarter=quarter,
            number=issued.number,
            issued_at=issued.issued_at,
            sha256=_digest(body),
            body=body,
        )
    )
    told = {"quarter": quarter, "number": issued.number, "sha256": _digest(body)}
    told |= {"left_out": list(left_out)} if left_out else {}
    append_events(connection, [Event(issued.issued_at, by, "edition", quarter, told)])
    return issued


def read_edition(
    connection: Connection, quarter: Quarter, number: int | None = None
) -> Edition | None:
    """
    Return an issued list of a quarter, the latest without a number; None where there is none.

    Raises StoreError if it is not what was issued.
    """
    statement = select(table).where(table.c.quarter == str(quarter))
    if number is not None:
        statement = statement.where(table.c.number == number)
    row = connection.execute(statement.order_by(table.c.number.desc()).limit(1)).one_or_none()
    if row is None:
        return None
    if _digest(row.body) != row.sha256:
        raise StoreError(f"{quarter.label}清单第 {row.number} 版与发布时不一致，数据库可能被改动过")
    return _load(row.body)


def demand_edition(connection: Connection, quarter: str, number: int) -> Edition:
    """Return an issued list, 2026Q2 and its number; raise StoreError where there is none."""
    edition = read_edition(connection, Quarter.parse(quarter), number)
    if edition is None:
        raise StoreError(f"没有已定稿的 {quarter} 清单第 {number} 版")
    return edition


def list_editions(connection: Connection) -> list[Edition]:
    """Return all issued lists, the latest first; raise StoreError if one is not what was issued."""
    keys = connection.execute(
        select(table.c.quarter, table.c.number).order_by(
            table.c.quarter.desc(), table.c.number.desc()
        )
    ).all()
    found = [read_edition(connection, Quarter.parse(key.quarter), key.number) for key in keys]
    return [edition for edition in found if edition is not None]


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _dump(edition: Edition) -> str:
    value = asdict(edition) | {"quarter": str(edition.quarter)}
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_iso)


def _iso(value: date) -> str:
    return value.isoformat()


def _load(body: str) -> Edition:
    value: dict[str, Any] = json.loads(body)
    return Edition(
        **value
        | {
            "quarter": Quarter.parse(value["quarter"]),
            "since": date.fromisoformat(value["since"]),
            "until": date.fromisoformat(value["until"]),
            "lines": tuple(map(line_of, value["lines"])),
            "issued_at": datetime.fromisoformat(value["issued_at"]),
            "run_ids": tuple(value["run_ids"]),
        }
    )
