"""What reviewers said in a period, with the rule of the issue and when it was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from textcheck.review import Verdict
from textcheck.store.tables import issues, occurrences, runs, verdicts
from textcheck.store.verdicts import read_verdict

__all__ = ["Opinion", "read_opinions"]


@dataclass(frozen=True, slots=True)
class Opinion:
    """One decision on an issue of a rule, first found at `found_at`."""

    rule_code: str
    found_at: datetime
    verdict: Verdict


def read_opinions(connection: Connection, since: datetime, until: datetime) -> Sequence[Opinion]:
    """Return what was decided from since on and before until, in that order."""
    within = (verdicts.c.decided_at >= since, verdicts.c.decided_at < until)
    decided = select(verdicts.c.fingerprint).where(*within)
    found = (
        select(occurrences.c.fingerprint, func.min(runs.c.started_at).label("found_at"))
        .join(runs, runs.c.id == occurrences.c.run_id)
        .where(occurrences.c.fingerprint.in_(decided))
        .group_by(occurrences.c.fingerprint)
        .subquery()
    )
    rows = connection.execute(
        select(verdicts, issues.c.rule_code, found.c.found_at)
        .join(issues, issues.c.fingerprint == verdicts.c.fingerprint)
        .join(found, found.c.fingerprint == verdicts.c.fingerprint)
        .where(*within)
        .order_by(verdicts.c.id)
    )
    return [Opinion(row.rule_code, row.found_at, read_verdict(row)) for row in rows]
