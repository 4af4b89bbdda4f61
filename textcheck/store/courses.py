"""How far confirmed errors have come: listed, told to their units, put right, back again."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Subquery,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
)

from textcheck.edition import NOT_UPDATED, EditionLine, problem_of
from textcheck.finding import Severity
from textcheck.notice import said_in
from textcheck.review import State
from textcheck.revisit import Course, Outcome
from textcheck.store.editions import list_editions
from textcheck.store.tables import issues, notices, occurrences, versions
from textcheck.store.tables import revisits as table

__all__ = ["courses_of", "in_course"]

_NAMED = re.compile(r'"fingerprint": "([0-9a-f]{64})"')
_FEW = 900  # an old SQLite binds no more than 999 values
_MENDED = [outcome.value for outcome in Outcome if outcome.is_mended]


def courses_of(
    connection: Connection, confirmations: int, fingerprints: Collection[str]
) -> dict[str, Course]:
    """Return how far some issues have come; one that nothing has followed is no key."""
    those = issues.c.fingerprint.in_(fingerprints)
    confirmed = select(issues.c.fingerprint).where(those, _is_confirmed(confirmations))
    known = set(connection.execute(confirmed).scalars())
    if not known:
        return {}
    looks = connection.execute(select(_last_looks(known))).all()
    listed, told = _on_paper(connection, those)
    return (
        dict.fromkeys(known & listed, Course.LISTED)
        | dict.fromkeys(known & told, Course.NOTIFIED)
        | {row.fingerprint: Course.MENDED for row in looks if row.mended}
        | {row.fingerprint: Course.BACK for row in looks if row.back}
    )


def in_course(connection: Connection, course: Course, confirmations: int) -> ColumnElement[bool]:
    """Say of an issue that it has come so far and no farther."""
    confirmed, looks = _is_confirmed(confirmations), _last_looks()
    seen = select(looks.c.fingerprint)
    if course is Course.BACK:
        return and_(confirmed, issues.c.fingerprint.in_(seen.where(looks.c.back == 1)))
    if course is Course.MENDED:
        return and_(confirmed, issues.c.fingerprint.in_(seen.where(looks.c.mended == 1)))
    listed, told = _on_paper(connection, confirmed)
    names = told if course is Course.NOTIFIED else listed - told
    farther = seen.where(or_(looks.c.back == 1, looks.c.mended == 1))
    # Written out, for there may be many.
    there: ColumnElement[str] = bindparam(
        "there", sorted(names), expanding=True, literal_execute=True
    )
    return and_(confirmed, issues.c.fingerprint.in_(there), issues.c.fingerprint.not_in(farther))


def _is_confirmed(confirmations: int) -> ColumnElement[bool]:
    return and_(
        issues.c.said == State.CONFIRMED.value,
        or_(issues.c.votes.is_(None), issues.c.votes >= confirmations),
        issues.c.severity == Severity.SERIOUS.value,
    )


def _last_looks(fingerprints: Collection[str] | None = None) -> Subquery:
    """Tell of each issue whether it was back in any article, or mended in all, when last seen."""
    where = [table.c.outcome != ""]
    if fingerprints is not None:
        where.append(table.c.fingerprint.in_(fingerprints))
    last = (
        select(table.c.fingerprint, table.c.article_id, func.max(table.c.night).label("night"))
        .where(*where)
        .group_by(table.c.fingerprint, table.c.article_id)
        .subquery()
    )
    same = and_(*(table.c[name] == last.c[name] for name in ("fingerprint", "article_id", "night")))
    return (
        select(
            table.c.fingerprint,
            func.max(case((table.c.outcome == Outcome.BACK.value, 1), else_=0)).label("back"),
            func.min(case((table.c.outcome.in_(_MENDED), 1), else_=0)).label("mended"),
        )
        .join(last, same)
        .group_by(table.c.fingerprint)
        .subquery()
    )


def _on_paper(connection: Connection, where: ColumnElement[bool]) -> tuple[set[str], set[str]]:
    """Return which issues stand on the latest list of a quarter, and which units were told of."""
    latest = {edition.quarter: edition for edition in reversed(list_editions(connection))}
    listed = _days(line for edition in latest.values() for line in edition.lines)
    bodies = connection.execute(select(notices.c.body)).scalars().all()
    named = {name for body in bodies for name in _NAMED.findall(body)}
    # Of an account that is not updated a notice names no article.
    lines = (line for body in bodies if NOT_UPDATED in body for line in said_in(body)[0])
    lapsed = [line for line in lines if NOT_UPDATED in line.problems]
    told = _days(replace(line, problems=(NOT_UPDATED,)) for line in lapsed)
    on_list, on_notice = set(), named
    for place in _places(connection, where, listed.keys() | told.keys()):
        problem = problem_of(place.rule_code)
        key = (place.account_id, problem)
        if place.published_on in listed.get(key, ()):
            on_list.add(place.fingerprint)
        if place.published_on in told.get(key, ()):
            on_notice.add(place.fingerprint)
    return on_list, on_notice


def _days(lines: Iterable[EditionLine]) -> dict[tuple[str, str], set[date]]:
    """Return the days that papers name, by account and problem."""
    found: defaultdict[tuple[str, str], set[date]] = defaultdict(set)
    for line in lines:
        for problem in line.problems:
            found[line.account_id, problem].update(line.dates)
    return dict(found)


def _places(
    connection: Connection, where: ColumnElement[bool], named: Collection[tuple[str, str]]
) -> Iterable[Any]:
    """Return the places of issues in accounts that a paper names."""
    accounts = {account_id for account_id, _ in named}
    if len(accounts) <= _FEW:
        where &= occurrences.c.account_id.in_(accounts)
    return connection.execute(
        select(
            issues.c.fingerprint,
            issues.c.rule_code,
            occurrences.c.account_id,
            versions.c.published_on,
        )
        .join(occurrences, occurrences.c.fingerprint == issues.c.fingerprint)
        .join(versions, versions.c.id == occurrences.c.version_id)
        .where(where)
    ).all()
