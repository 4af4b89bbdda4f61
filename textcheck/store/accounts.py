"""The register as last read."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select, update

from textcheck.account import Account, Platform, SourceSpec, Status
from textcheck.store.tables import accounts as table
from textcheck.store.upsert import insert_or_update

__all__ = ["accounts_on", "find_account", "known_accounts", "read_accounts", "save_register"]


def save_register(connection: Connection, accounts: Sequence[Account]) -> None:
    """
    Make the store's register equal to accounts.

    An account that is gone from the register keeps its row, for its articles hang on
    it, and its last known status: the register no longer says what became of it.
    """
    connection.execute(update(table).values(registered=False))
    insert_or_update(connection, table, [_row(account) for account in accounts])


def read_accounts(connection: Connection) -> list[Account]:
    """Return the accounts that stand in the register, in list order."""
    rows = connection.execute(
        select(table).where(table.c.registered).order_by(table.c.list_order, table.c.id)
    )
    return [_account(row) for row in rows]


def known_accounts(connection: Connection) -> list[Account]:
    """Return all accounts ever registered, as the register last named them."""
    return [_account(row) for row in connection.execute(select(table).order_by(table.c.id))]


def find_account(connection: Connection, account_id: str) -> Account | None:
    """Return an account that is or was registered, None for an unknown one."""
    row = connection.execute(select(table).where(table.c.id == account_id)).one_or_none()
    return None if row is None else _account(row)


def accounts_on(connection: Connection, platforms: Collection[str]) -> set[str]:
    """Return the ids of all accounts ever registered on some platforms."""
    rows = connection.execute(select(table.c.id).where(table.c.platform.in_(platforms)))
    return set(rows.scalars())


def _row(account: Account) -> dict[str, object]:
    return {
        "id": account.id,
        "county": account.county,
        "unit": account.unit,
        "platform": account.platform.value,
        "name": account.name,
        "status": account.status.value,
        "list_order": account.list_order,
        "sources": [[spec.kind, dict(spec.options)] for spec in account.sources],
        "registered": True,
    }


def _account(row: Row[*tuple[Any, ...]]) -> Account:
    return Account(
        id=row.id,
        county=row.county,
        unit=row.unit,
        platform=Platform(row.platform),
        name=row.name,
        status=Status(row.status),
        list_order=row.list_order,
        sources=tuple(SourceSpec(kind, options) for kind, options in row.sources),
    )
