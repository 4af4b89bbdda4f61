"""
All rows of a store as lines, and back: for either database, and for programs that are newer.

Each table begins with a line that names its columns and what they hold; a row is a JSON array.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Date,
    Dialect,
    LargeBinary,
    TableClause,
    column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import NullType, TypeEngine

from textcheck.store.columns import Json, Moment
from textcheck.store.tables import attempts, metadata, sessions

__all__ = ["Sum", "TableLines", "dump", "fill", "sums"]

# Who is logged in, or tried to: nothing that anybody wants back.
_PASSING = frozenset({sessions.name, attempts.name})
_AT_ONCE = 100  # rows: a kept page may weigh megabytes
_MODULUS = 2**256


@dataclass(frozen=True, slots=True)
class TableLines:
    """The first line of a table: its name, and its columns with what they hold."""

    name: str
    columns: tuple[tuple[str, str], ...]

    def line(self) -> bytes:
        """Return it as a line."""
        return _line({"table": self.name, "columns": [list(one) for one in self.columns]})

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "TableLines":
        """Return what a line tells."""
        return cls(told["table"], tuple((name, kind) for name, kind in told["columns"]))

    def clause(self) -> TableClause:
        """Return what rows are put into."""
        return table(self.name, *(column(name, _TYPES[kind]()) for name, kind in self.columns))


@dataclass(slots=True)
class Sum:
    """How many rows a table has, and a digest of them that does not depend on their order."""

    rows: int = 0
    total: int = 0

    def add(self, line: bytes) -> None:
        """Count a row."""
        self.rows += 1
        digest = int.from_bytes(hashlib.sha256(line).digest(), "big")
        self.total = (self.total + digest) % _MODULUS

    def told(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {"rows": self.rows, "sum": f"{self.total:064x}"}


def dump(connection: Connection) -> Iterator[bytes]:
    """Yield the lines of all tables as they are in one transaction."""
    for kept in metadata.sorted_tables:
        if kept.name in _PASSING:
            continue
        head = TableLines(kept.name, tuple((one.name, _kind(one.type)) for one in kept.columns))
        yield head.line()
        rows = connection.execution_options(yield_per=_AT_ONCE).execute(
            select(kept).order_by(*kept.primary_key)
        )
        kinds = [kind for _, kind in head.columns]
        for row in rows:
            yield _line([_plain(value, kind) for value, kind in zip(row, kinds, strict=True)])


def sums(lines: Iterable[bytes]) -> dict[str, dict[str, Any]]:
    """Return the sum of each table; a line that is none of ours is a ValueError or KeyError."""
    found: dict[str, Sum] = {}
    current = Sum()
    for line in lines:
        if line.startswith(b"{"):
            current = found[TableLines.read(json.loads(line)).name] = Sum()
        else:
            current.add(line)
    return {name: one.told() for name, one in found.items()}


def fill(connection: Connection, lines: Iterable[bytes]) -> None:
    """Put the rows into a store that is empty, of the schema that they were taken from."""
    head = TableLines("", ())
    rows: list[dict[str, Any]] = []
    for line in lines:
        told = json.loads(line)
        if isinstance(told, dict) or len(rows) == _AT_ONCE:
            _insert(connection, head, rows)
            rows = []
        if isinstance(told, dict):
            head = TableLines.read(told)
            _clear(connection, head)
        else:
            rows.append(_row(head, told))
    _insert(connection, head, rows)
    if connection.dialect.name == "postgresql":
        _count_on(connection)


def _insert(connection: Connection, head: TableLines, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(head.clause().insert(), rows)


def _clear(connection: Connection, head: TableLines) -> None:
    """Delete what a new store begins with; tables to which rows are only added refuse it."""
    clause = head.clause()
    if connection.execute(select(clause).limit(1)).first() is not None:
        connection.execute(clause.delete())


def _count_on(connection: Connection) -> None:
    """Let PostgreSQL number new rows after those that came with their numbers."""
    owned = connection.execute(
        text(
            "SELECT table_name, column_name, pg_get_serial_sequence("
            "quote_ident(table_name), column_name) AS sequence FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND column_default LIKE 'nextval(%'"
        )
    )
    for row in owned.all():
        last = f'SELECT max("{row.column_name}") FROM "{row.table_name}"'  # noqa: S608 # our own names
        connection.execute(
            text(f"SELECT setval(:sequence, coalesce(({last}), 0) + 1, false)"),  # likewise
            {"sequence": row.sequence},
        )


class _Json(Json):
    """JSON of which nothing is nothing, not the word null."""

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:  # noqa: ANN401 # SQLAlchemy's own type
        """Use the binary form where there is one."""
        kind = JSONB if dialect.name == "postgresql" else JSON
        return dialect.type_descriptor(kind(none_as_null=True))


_TYPES: Mapping[str, type[TypeEngine[Any]]] = {
    "json": _Json,
    "moment": Moment,
    "date": Date,
    "bytes": LargeBinary,
    "plain": NullType,
}


def _kind(kind: TypeEngine[Any]) -> str:
    known = {"json": Json, "moment": Moment, "date": Date, "bytes": LargeBinary}
    return next((name for name, one in known.items() if isinstance(kind, one)), "plain")


def _plain(value: Any, kind: str) -> Any:  # noqa: ANN401 # any value of a column
    if value is None:
        return None
    if kind == "moment":
        return value.astimezone(UTC).isoformat()
    if kind == "date":
        return value.isoformat()
    if kind == "bytes":
        return base64.b64encode(value).decode()
    return value


def _row(head: TableLines, values: Sequence[Any]) -> dict[str, Any]:
    return {
        name: _value(value, kind) for (name, kind), value in zip(head.columns, values, strict=True)
    }


def _value(value: Any, kind: str) -> Any:  # noqa: ANN401 # any value of a column
    if value is None:
        return None
    if kind == "moment":
        return datetime.fromisoformat(value)
    if kind == "date":
        return date.fromisoformat(value)
    if kind == "bytes":
        return base64.b64decode(value, validate=True)
    return value


def _line(value: object) -> bytes:
    """Write JSON in one way only: PostgreSQL gives the keys of an object back in its own order."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{text}\n".encode()
