"""What reviewers decided: appended, never changed; the database itself refuses."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, select

from textcheck.errors import ConfigError
from textcheck.review import Decision, DismissReason, Verdict
from textcheck.store.tables import verdicts as table

__all__ = [
    "EVERYWHERE",
    "account_scope",
    "append_unsaid",
    "append_verdict",
    "article_scope",
    "demand_complete",
    "reaching",
    "read_verdict",
    "verdicts_for",
]

EVERYWHERE = "everywhere"
"""The scope of a decision on a sentence, whoever publishes it."""


def account_scope(account_id: str) -> str:
    """Return the scope of all that an account publishes."""
    return f"account:{account_id}"


def article_scope(account_id: str, native_id: str) -> str:
    """Return the scope of one article, e.g. article:wx-001/MzA4:2650:1."""
    return f"article:{account_id}/{native_id}"


def append_verdict(connection: Connection, verdict: Verdict) -> None:
    """Append a decision; raise ConfigError for one that is not complete."""
    demand_complete(verdict)
    connection.execute(
        table.insert().values(
            fingerprint=verdict.fingerprint,
            scope=verdict.scope,
            decision=verdict.decision.value,
            reason=verdict.reason,
            reviewer=verdict.reviewer.strip(),
            decided_at=verdict.decided_at,
            note=verdict.note,
        )
    )


def demand_complete(verdict: Verdict) -> None:
    """Raise ConfigError for a decision without reviewer, scope or the reason it needs."""
    _require(bool(verdict.reviewer.strip()), "缺少审核人")
    kind, _, name = verdict.scope.partition(":")
    _require(
        verdict.scope == EVERYWHERE or (kind in {"account", "article"} and bool(name)),
        f"不认识的范围“{verdict.scope}”，应为 everywhere、account:账号 或 article:账号/文章",
    )
    if verdict.decision is Decision.CONFIRM:
        _require(not verdict.reason, "确认不需要理由，说明请写在备注中")
        return
    reasons = [reason.value for reason in DismissReason]
    wrong = f"，不是“{verdict.reason}”" if verdict.reason else ""
    _require(verdict.reason in reasons, f"排除的理由应为 {'、'.join(reasons)} 之一{wrong}")
    other = verdict.reason == DismissReason.OTHER.value
    _require(not other or bool(verdict.note.strip()), "理由为“其他”时必须填写备注")


def append_unsaid(connection: Connection, verdicts: Iterable[Verdict]) -> int:
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
    new = 0
    for (fingerprint, scope, reviewer), sequence in sequences.items():
        before = [
            _said(verdict)
            for verdict in verdicts_for(connection, fingerprint)
            if (verdict.scope, verdict.reviewer) == (scope, reviewer)
        ]
        if before[-len(sequence) :] != [_said(verdict) for verdict in sequence]:
            for verdict in sequence:
                append_verdict(connection, verdict)
            new += len(sequence)
    return new


def verdicts_for(connection: Connection, fingerprint: str) -> list[Verdict]:
    """Return all decisions on an issue, oldest first."""
    rows = connection.execute(
        select(table).where(table.c.fingerprint == fingerprint).order_by(table.c.id)
    )
    return [read_verdict(row) for row in rows]


def reaching(verdicts: Iterable[Verdict], account_id: str, native_id: str) -> list[Verdict]:
    """Return the decisions whose scope holds an article, in the same order."""
    scopes = {EVERYWHERE, account_scope(account_id), article_scope(account_id, native_id)}
    return [verdict for verdict in verdicts if verdict.scope in scopes]


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


def _said(verdict: Verdict) -> tuple[Decision, str, str]:
    return verdict.decision, verdict.reason, verdict.note


def _require(condition: bool, message: str) -> None:  # noqa: FBT001 # reads as a sentence
    if not condition:
        raise ConfigError(message)
