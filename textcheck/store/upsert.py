"""Insert rows that may be there already."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

__all__ = ["insert_missing", "insert_or_update", "insertion"]

Row = Mapping[str, Any]


def insertion(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that knows ON CONFLICT, which both dialects spell alike."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def insert_missing(connection: Connection, table: Table, rows: Sequence[Row]) -> int:
    """Insert the rows that violate no unique key; return how many."""
    statement = insertion(connection, table).on_conflict_do_nothing()
    # One by one: of many at once the drivers do not tell how many were new, and RETURNING needs
    # SQLite 3.35, newer than what office machines have.
    return sum(
        connection.execute(statement, row, execution_options={"preserve_rowcount": True}).rowcount
        for row in rows
    )


def insert_or_update(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert the rows; where the primary key is there already, set the other columns."""
    if not rows:
        return
    statement = insertion(connection, table)
    key = {column.name for column in table.primary_key}
    changed = {name: statement.excluded[name] for name in rows[0] if name not in key}
    connection.execute(
        statement.on_conflict_do_update(index_elements=sorted(key), set_=changed), rows
    )
