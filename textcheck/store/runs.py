"""Scans: when, by which makers, and what they gave."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from textcheck.errors import StoreError
from textcheck.run import Coverage, Makers, Run
from textcheck.store.tables import runs as table

__all__ = ["RECHECK", "finish_run", "read_run", "read_runs", "start_run"]

RECHECK = "recheck"
"""What the night of a run begins with that only checked stored texts again."""


def start_run(connection: Connection, night: str, makers: Makers, started_at: datetime) -> Run:
    """Note that a scan begins; its id is the night and its number within the night."""
    before = connection.execute(select(func.count()).where(table.c.night == night)).scalar_one()
    run = Run(f"{night}-{before + 1}", night, started_at, makers)
    connection.execute(
        table.insert().values(
            id=run.id, night=night, started_at=started_at, **asdict(makers), **_outcome(run)
        )
    )
    return run


def finish_run(connection: Connection, run: Run, finished_at: datetime) -> None:
    """Note what a scan gave and when it ended; a run without an end was interrupted."""
    run.finished_at = finished_at
    connection.execute(update(table).where(table.c.id == run.id).values(**_outcome(run)))


def read_run(connection: Connection, run_id: str) -> Run:
    """Return a run; raise StoreError for an unknown id."""
    row = connection.execute(select(table).where(table.c.id == run_id)).one_or_none()
    if row is None:
        raise StoreError(f"数据库中没有编号为 {run_id} 的扫描")
    return _run(row)


def read_runs(connection: Connection) -> Sequence[Run]:
    """Return all scans, oldest first; a recheck reads no account."""
    scans = select(table).where(~table.c.night.startswith(RECHECK))
    rows = connection.execute(scans.order_by(table.c.started_at, table.c.id))
    return [_run(row) for row in rows]


def _outcome(run: Run) -> dict[str, Any]:
    return {
        "new_articles": run.new_articles,
        "new_versions": run.new_versions,
        "checked": run.checked,
        "new_findings": run.new_findings,
        "coverage": [asdict(coverage) for coverage in run.coverage.values()],
        "failures": run.failures,
        "finished_at": run.finished_at,
    }


def _run(row: Row[*tuple[Any, ...]]) -> Run:
    return Run(
        id=row.id,
        night=row.night,
        started_at=row.started_at,
        makers=Makers(row.code, row.lexicon, row.model, row.config),
        new_articles=row.new_articles,
        new_versions=row.new_versions,
        checked=row.checked,
        new_findings=row.new_findings,
        coverage={item["account_id"]: Coverage(**item) for item in row.coverage},
        failures=row.failures,
        finished_at=row.finished_at,
    )
