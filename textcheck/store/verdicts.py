"""What reviewers decided: appended, never changed; the database itself refuses."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, update

from textcheck.finding import Severity
from textcheck.review import (
    Decision,
    Verdict,
    demand_complete,
    reaching,
    standing,
    together,
)
from textcheck.store.columns import storable
from textcheck.store.events import Event, append_events, hold_log
from textcheck.store.tables import articles, issues, occurrences
from textcheck.store.tables import verdicts as table

__all__ = [
    "append_unsaid",
    "append_verdict",
    "append_verdicts",
    "chunks",
    "read_verdict",
    "restand",
    "verdicts_of",
]

# SQLite binds at most 999 values where it is old.
_AT_ONCE = 500


def append_verdict(connection: Connection, verdict: Verdict) -> None:
    """Append a decision; raise ConfigError for one that is not complete."""
    append_verdicts(connection, [verdict])


def append_verdicts(connection: Connection, verdicts: Sequence[Verdict], batch: str = "") -> None:
    """Append decisions with their events, and let their issues say where they stand now."""
    for verdict in verdicts:
        demand_complete(verdict)
    if not verdicts:
        return
    # Numbered here, or each row would be a statement of its own to learn its number; whoever
    # holds the head of the log is the only one to append.
    hold_log(connection)
    last = connection.execute(select(func.max(table.c.id))).scalar_one() or 0
    rows = [{"id": last + place, **_row(item)} for place, item in enumerate(verdicts, start=1)]
    connection.execute(table.insert(), rows)
    # What the log says of a decision is all that the decision says: neither changes unnoticed.
    events = [
        Event(
            row["decided_at"],
            row["reviewer"],
            "verdict",
            row["fingerprint"],
            row | {"decided_at": row["decided_at"].isoformat()},
            batch,
        )
        for row in rows
    ]
    append_events(connection, events)
    restand(connection, {verdict.fingerprint for verdict in verdicts})


def append_unsaid(connection: Connection, verdicts: Iterable[Verdict], batch: str = "") -> int:
    """
    Append the decisions that their reviewer has not made already; return how many.

    What one reviewer says of one issue in one scope is a sequence: repeats in a row count once,
    and a sequence that the reviewer's decisions end with already adds nothing. So the same file
    of decisions can be applied twice, and a change of mind is still kept.
    """
    sequences: defaultdict[tuple[str, str, str], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        sequence = sequences[verdict.fingerprint, verdict.scope, verdict.reviewer.strip()]
        if not sequence or _said(sequence[-1]) != _said(verdict):
            sequence.append(verdict)
    known = verdicts_of(connection, {fingerprint for fingerprint, _, _ in sequences})
    new: list[Verdict] = []
    for (fingerprint, scope, reviewer), sequence in sequences.items():
        before = [
            _said(verdict)
            for verdict in known[fingerprint]
            if (verdict.scope, verdict.reviewer) == (scope, reviewer)
        ]
        if before[-len(sequence) :] != [_said(verdict) for verdict in sequence]:
            new += sequence
    append_verdicts(connection, new, batch)
    return len(new)


def verdicts_of(
    connection: Connection, fingerprints: Iterable[str]
) -> defaultdict[str, list[Verdict]]:
    """Return all decisions on several issues, each issue's oldest first."""
    found: defaultdict[str, list[Verdict]] = defaultdict(list)
    for chunk in chunks(fingerprints):
        rows = connection.execute(
            select(table).where(table.c.fingerprint.in_(chunk)).order_by(table.c.id)
        )
        for row in rows:
            found[row.fingerprint].append(read_verdict(row))
    return found


def restand(connection: Connection, fingerprints: Iterable[str]) -> None:
    """Note where issues stand by the verdicts on them."""
    for chunk in chunks(fingerprints):
        verdicts = verdicts_of(connection, chunk)
        standings = defaultdict(list)
        places = (
            select(
                occurrences.c.fingerprint,
                occurrences.c.account_id,
                occurrences.c.severity,
                articles.c.native_id,
                issues.c.rule_code,
            )
            .join(articles, articles.c.id == occurrences.c.article_id)
            .join(issues, issues.c.fingerprint == occurrences.c.fingerprint)
            .where(occurrences.c.fingerprint.in_(chunk))
        )
        for row in connection.execute(places):
            reached = reaching(verdicts[row.fingerprint], row.account_id, row.native_id)
            stands = standing(reached, Severity(row.severity), row.rule_code)
            standings[row.fingerprint].append(stands)
        rows = []
        for fingerprint, stand in standings.items():
            whole = together(stand)
            rows.append({"key": fingerprint, "stands": whole.said.value, "by": whole.votes})
        if rows:
            connection.execute(
                update(issues)
                .where(issues.c.fingerprint == bindparam("key"))
                .values(said=bindparam("stands"), votes=bindparam("by")),
                rows,
            )


def chunks(names: Iterable[str]) -> Iterator[list[str]]:
    """Yield names, each once and in order, in as many at a time as one statement takes."""
    ordered = sorted(set(names))
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]


def read_verdict(row: Row[*tuple[Any, ...]]) -> Verdict:
    """Return the decision of a row."""
    return Verdict(
        fingerprint=row.fingerprint,
        scope=row.scope,
        decision=Decision(row.decision),
        reason=row.reason,
        reviewer=row.reviewer,
        decided_at=row.decided_at,
        note=row.note,
    )


def _row(verdict: Verdict) -> dict[str, Any]:
    return {
        "fingerprint": verdict.fingerprint,
        "scope": storable(verdict.scope),
        "decision": verdict.decision.value,
        "reason": verdict.reason,
        "reviewer": storable(verdict.reviewer.strip()),
        "decided_at": verdict.decided_at,
        "note": storable(verdict.note),
    }


def _said(verdict: Verdict) -> tuple[Decision, str, str]:
    return verdict.decision, verdict.reason, verdict.note
