"""How far confirmed errors have come: listed, told to their units, put right, back again."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Exists, and_, exists, not_, or_, select

from textcheck.edition import NOT_UPDATED, EditionLine, problem_of
from textcheck.finding import Severity
from textcheck.notice import said_in
from textcheck.review import State
from textcheck.revisit import Course, Outcome
from textcheck.store.editions import list_editions
from textcheck.store.tables import issues, notices, occurrences, versions
from textcheck.store.tables import revisits as table
from textcheck.store.verdicts import chunks

__all__ = ["courses_of", "in_course"]

_NAMED = re.compile(r'"fingerprint": "([0-9a-f]{64})"')
_MENDED = [outcome.value for outcome in Outcome if outcome.is_mended]


def courses_of(
    connection: Connection, confirmations: int, fingerprints: Collection[str] | None = None
) -> dict[str, Course]:
    """Return how far confirmed errors have come, of all or of some; one that has not is no key."""
    where = [
        issues.c.said == State.CONFIRMED.value,
        or_(issues.c.votes.is_(None), issues.c.votes >= confirmations),
        issues.c.severity == Severity.SERIOUS.value,
    ]
    if fingerprints is not None:
        where.append(issues.c.fingerprint.in_(fingerprints))
    back = _last_look(table.c.outcome == Outcome.BACK.value)
    mended = and_(
        _last_look(table.c.outcome.in_(_MENDED)), not_(_last_look(table.c.outcome.not_in(_MENDED)))
    )
    rows = connection.execute(
        select(issues.c.fingerprint, back.label("back"), mended.label("mended")).where(*where)
    ).all()
    waiting = [row.fingerprint for row in rows if not row.back and not row.mended]
    listed, told = _on_paper(connection, waiting) if waiting else (set[str](), set[str]())
    return (
        dict.fromkeys(listed, Course.LISTED)
        | dict.fromkeys(told, Course.NOTIFIED)
        | {row.fingerprint: Course.MENDED for row in rows if row.mended}
        | {row.fingerprint: Course.BACK for row in rows if row.back}
    )


def in_course(connection: Connection, course: Course, confirmations: int) -> list[str]:
    """Return the confirmed errors that have come so far and no farther."""
    found = courses_of(connection, confirmations)
    return [fingerprint for fingerprint, reached in found.items() if reached is course]


def _last_look(seen: Any) -> Exists:  # noqa: ANN401 # what SQLAlchemy calls a condition
    """Say of an issue that in one of its articles something was seen last."""
    later = table.alias()
    same = and_(
        later.c.fingerprint == table.c.fingerprint, later.c.article_id == table.c.article_id
    )
    newer = exists(select(1).where(same, later.c.outcome != "", later.c.night > table.c.night))
    mine = table.c.fingerprint == issues.c.fingerprint
    return exists(select(1).select_from(table).where(mine, table.c.outcome != "", seen, ~newer))


def _on_paper(connection: Connection, fingerprints: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return which issues stand on the latest list of a quarter, and which units were told of."""
    latest = {edition.quarter: edition for edition in reversed(list_editions(connection))}
    listed = _days(line for edition in latest.values() for line in edition.lines)
    bodies = connection.execute(select(notices.c.body)).scalars().all()
    named = {name for body in bodies for name in _NAMED.findall(body)}
    # Of an account that is not updated a notice names no article.
    lapsed = [line for body in bodies if NOT_UPDATED in body for line in said_in(body)[0]]
    told = _days(line for line in lapsed if NOT_UPDATED in line.problems)
    on_list, on_notice = set(), set()
    for place in _places(connection, fingerprints):
        problem = problem_of(place.rule_code)
        key = (place.account_id, problem)
        if place.published_on in listed[key]:
            on_list.add(place.fingerprint)
        if place.fingerprint in named or (
            problem == NOT_UPDATED and place.published_on in told[key]
        ):
            on_notice.add(place.fingerprint)
    return on_list, on_notice


def _days(lines: Iterable[EditionLine]) -> defaultdict[tuple[str, str], set[date]]:
    """Return the days that papers name, by account and problem."""
    found: defaultdict[tuple[str, str], set[date]] = defaultdict(set)
    for line in lines:
        for problem in line.problems:
            found[line.account_id, problem].update(line.dates)
    return found


def _places(connection: Connection, fingerprints: Iterable[str]) -> Iterator[Any]:
    for chunk in chunks(fingerprints):
        yield from connection.execute(
            select(
                issues.c.fingerprint,
                issues.c.rule_code,
                occurrences.c.account_id,
                versions.c.published_on,
            )
            .join(occurrences, occurrences.c.fingerprint == issues.c.fingerprint)
            .join(versions, versions.c.id == occurrences.c.version_id)
            .where(issues.c.fingerprint.in_(chunk))
        )
