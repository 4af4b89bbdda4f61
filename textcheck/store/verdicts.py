"""What reviewers decided: appended, never changed; the database itself refuses."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, select

from textcheck.errors import ConfigError
from textcheck.review import Decision, DismissReason, Verdict
from textcheck.store.tables import verdicts as table

__all__ = [
    "EVERYWHERE",
    "account_scope",
    "append_verdict",
    "article_scope",
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
    _require(bool(verdict.reviewer.strip()), "缺少审核人姓名")
    kind, _, name = verdict.scope.partition(":")
    _require(
        verdict.scope == EVERYWHERE or (kind in {"account", "article"} and bool(name)),
        f"不认识的范围“{verdict.scope}”，应为 everywhere、account:账号 或 article:账号/文章",
    )
    if verdict.decision is Decision.CONFIRM:
        _require(not verdict.reason, "确认不需要理由，说明请写在备注中")
    else:
        reasons = [reason.value for reason in DismissReason]
        _require(
            verdict.reason in reasons,
            f"排除须说明理由，可用的有：{'、'.join(reasons)}；不是“{verdict.reason}”",
        )
        other = verdict.reason == DismissReason.OTHER.value
        _require(not other or bool(verdict.note.strip()), "理由为“其他”时必须填写备注")
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


def _require(condition: bool, message: str) -> None:  # noqa: FBT001 # reads as a sentence
    if not condition:
        raise ConfigError(message)
