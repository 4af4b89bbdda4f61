"""Decisions of reviewers, with the rules that hold for the command line and the web alike."""

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select, update

from textcheck.errors import ConfigError, ConflictError, ForbiddenError, StoreError
from textcheck.review import (
    EVERYWHERE,
    Decision,
    Verdict,
    account_scope,
    article_scope,
    demand_complete,
    lacks_approval,
    reaching,
)
from textcheck.store.events import Event, append_events, events_in, last_event
from textcheck.store.findings import load_issues
from textcheck.store.issue import Issue, Occurrence
from textcheck.store.tables import issues as table
from textcheck.store.users import approvers, find_user
from textcheck.store.verdicts import append_unsaid, chunks, verdicts_of
from textcheck.user import Right, User

__all__ = ["Decided", "Ruling", "assign", "decide", "demand_scope", "scopes_of", "undo"]


@dataclass(frozen=True, slots=True)
class Ruling:
    """
    What a user says of an issue, and how far that reaches.

    `version` is the issue's as they saw it: who decides on what somebody else has changed
    meanwhile is told. None, where one decides without having seen it on a page.
    """

    by: User
    fingerprint: str
    decision: Decision
    scope: str = EVERYWHERE
    reason: str = ""
    note: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """How many decisions were new, and the batch by which they can be undone together."""

    batch: str
    new: int


def decide(
    connection: Connection, rulings: Sequence[Ruling], *, confirmations: int, now: datetime
) -> Decided:
    """
    Record decisions, all or none.

    Raises ConfigError for one that is not complete, ForbiddenError for one that its user may not
    make, ConflictError for one on an issue that has changed since its user saw it.
    """
    found = load_issues(connection, (ruling.fingerprint for ruling in rulings))
    approving = approvers(connection)
    said = {fingerprint: list(issue.verdicts) for fingerprint, issue in found.items()}
    _demand_unchanged(connection, rulings)
    verdicts = []
    for ruling in rulings:
        issue = found.get(ruling.fingerprint)
        if issue is None:
            raise StoreError(f"没有编号为 {ruling.fingerprint} 的问题")
        verdict = _verdict(ruling, now)
        demand_scope(issue, ruling.scope)
        demand_complete(verdict)
        _demand_right(ruling, issue)
        said[issue.fingerprint].append(verdict)
        allowed = approving | ({ruling.by.name} if ruling.by.may(Right.APPROVE) else set())
        _demand_approval(issue, said[issue.fingerprint], ruling, allowed, confirmations)
        verdicts.append(verdict)
    batch = secrets.token_hex(8)
    new = append_unsaid(connection, verdicts, batch)
    _touch(connection, found)
    return Decided(batch, new)


def undo(
    connection: Connection, by: User, batch: str, *, now: datetime, fingerprint: str | None = None
) -> int:
    """
    Take back a user's decisions of one batch, or of it the one on an issue; return how many.

    What was decided in the same scope later on stands.
    """
    mine = [
        logged.event
        for logged in events_in(connection, batch)
        if logged.event.kind == "verdict"
        and logged.event.actor == by.name
        and fingerprint in {None, logged.event.subject}
    ]
    if not mine:
        raise StoreError("没有可以撤回的决定：只能撤回自己作出的决定")
    known = verdicts_of(connection, {event.subject for event in mine})
    withdrawals = []
    for event in mine:
        scope, number = event.detail["scope"], event.detail["decision"]
        same = [
            verdict
            for verdict in known[event.subject]
            if (verdict.reviewer, verdict.scope) == (by.name, scope)
        ]
        if same and same[-1].decision.value == number and same[-1].decided_at == event.at:
            ruling = Ruling(by, event.subject, Decision.WITHDRAW, scope)
            withdrawals.append(_verdict(ruling, now))
    append_unsaid(connection, withdrawals, secrets.token_hex(8))
    _touch(connection, {verdict.fingerprint for verdict in withdrawals})
    return len(withdrawals)


def assign(  # noqa: PLR0913 # who gives what to whom until when
    connection: Connection,
    by: User,
    fingerprints: Collection[str],
    *,
    assignee: str,
    due_on: date | None,
    now: datetime,
) -> int:
    """Give issues to a user until a day, or to nobody; return how many changed."""
    _demand_reviewer(by)
    if assignee:
        user = find_user(connection, assignee)
        if user is None or user.disabled_at is not None or not user.may(Right.DECIDE):
            raise ConfigError(f"“{assignee}”不是在用的审核员")
    found = load_issues(connection, fingerprints)
    for issue in found.values():
        if not _within_reach(by, issue.occurrences):
            raise ForbiddenError(f"问题 {issue.fingerprint[:12]} 不在“{by.name}”的管辖范围内")
    told = {"assignee": assignee, "due_on": due_on.isoformat() if due_on else None}
    batch = secrets.token_hex(8)
    for chunk in chunks(found):
        connection.execute(
            update(table)
            .where(table.c.fingerprint.in_(chunk))
            .values(assignee=assignee, due_on=due_on)
        )
    _touch(connection, found)
    append_events(connection, [Event(now, by.name, "assign", key, told, batch) for key in found])
    return len(found)


def demand_scope(issue: Issue, scope: str) -> None:
    """Raise ConfigError for a scope that holds no occurrence of the issue: surely a slip."""
    scopes = scopes_of(issue)
    if scope not in scopes:
        raise ConfigError(f"范围 {scope} 中没有这个问题；可用的有：{'、'.join(sorted(scopes))}")


def scopes_of(issue: Issue, by: User | None = None) -> dict[str, list[Occurrence]]:
    """Return the scopes of an issue with what they hold, those that a user may decide for."""
    scopes: dict[str, list[Occurrence]] = {EVERYWHERE: list(issue.occurrences)}
    for place in issue.occurrences:
        scopes.setdefault(account_scope(place.account_id), []).append(place)
    for place in issue.occurrences:
        scopes.setdefault(article_scope(place.account_id, place.native_id), []).append(place)
    if by is None:
        return scopes
    return {
        scope: places
        for scope, places in scopes.items()
        if all(by.reaches(place.county, place.unit) for place in places)
    }


def _demand_unchanged(connection: Connection, rulings: Iterable[Ruling]) -> None:
    seen = {item.fingerprint: item.version for item in rulings if item.version is not None}
    for chunk in chunks(seen):
        rows = connection.execute(
            select(table.c.fingerprint, table.c.version)
            .where(table.c.fingerprint.in_(chunk))
            .with_for_update()
        )
        for row in rows:
            if row.version == seen[row.fingerprint]:
                continue
            last = last_event(connection, row.fingerprint)
            who = f"{last.actor} 在 {last.at:%H:%M} " if last else "其他人"
            raise ConflictError(f"这个问题已被{who}改动，没有记录您的决定；请看过现状再作决定")


def _demand_reviewer(by: User) -> None:
    if not by.may(Right.DECIDE):
        raise ForbiddenError(f"用户“{by.name}”没有复核的权限")


def _demand_right(ruling: Ruling, issue: Issue) -> None:
    by = ruling.by
    _demand_reviewer(by)
    if ruling.scope not in scopes_of(issue, by):
        raise ForbiddenError(f"“{by.name}”只能对管辖范围内的账号作决定，请改选范围")


def _demand_approval(
    issue: Issue,
    verdicts: Sequence[Verdict],
    ruling: Ruling,
    approving: Collection[str],
    confirmations: int,
) -> None:
    if ruling.decision is not Decision.DISMISS:
        return
    for place in scopes_of(issue)[ruling.scope]:
        reached = reaching(verdicts, place.account_id, place.native_id)
        if lacks_approval(
            reached,
            place.severity,
            issue.rule_code,
            confirmations=confirmations,
            approvers=approving,
        ):
            raise ForbiddenError("排除领导人姓名类问题须经审批人同意：请审批人作这一决定")


def _within_reach(by: User, places: Iterable[Occurrence]) -> bool:
    return any(by.reaches(place.county, place.unit) for place in places)


def _verdict(ruling: Ruling, now: datetime) -> Verdict:
    return Verdict(
        fingerprint=ruling.fingerprint,
        scope=ruling.scope,
        decision=ruling.decision,
        reason=ruling.reason,
        reviewer=ruling.by.name,
        decided_at=now,
        note=ruling.note,
    )


def _touch(connection: Connection, fingerprints: Iterable[str]) -> None:
    """Note that issues have changed, so that whoever looks at an older page is told."""
    for chunk in chunks(fingerprints):
        connection.execute(
            update(table).where(table.c.fingerprint.in_(chunk)).values(version=table.c.version + 1)
        )
