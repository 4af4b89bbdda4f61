"""The queue of issues as reviewers look through it: a filter, a page, a count."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from textcheck.account import Platform, labelled
from textcheck.config import CHINA
from textcheck.errors import StoreError
from textcheck.finding import Severity
from textcheck.review import Standing, State
from textcheck.store.tables import accounts, articles, issues, occurrences
from textcheck.user import User

__all__ = ["Filter", "QueueRow", "counties", "find_queue", "find_row", "neighbours", "read_rows"]

_KEY = (issues.c.severity, issues.c.confidence, issues.c.fingerprint)
_WORST_FIRST = [column.desc() for column in _KEY]
# Where one account in so many is asked for, all that they published is looked up first; else each
# issue in its order is asked whether it is theirs, and the first hundred hold enough.
_FEW = 4


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reviewer wants to see; a field that is empty narrows nothing."""

    state: State | None = None
    severity: Severity | None = None
    family: str = ""
    county: str = ""
    platform: str = ""
    account: str = ""
    assignee: str = ""
    overdue_on: date | None = None  # those due before this day
    words: str = ""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One issue of the queue, with the first account and how many places there are."""

    fingerprint: str
    rule_code: str
    severity: Severity
    confidence: float
    message: str
    suggestions: tuple[str, ...]
    quote: str
    sentence: str
    quote_start: int
    standing: Standing
    version: int
    assignee: str
    due_on: date | None
    account: str
    places: int
    accounts: int
    last_published: datetime | None


def find_queue(
    connection: Connection, wanted: Filter, user: User, *, confirmations: int, most: int
) -> list[tuple[str, int]]:
    """
    Return fingerprint and version of the first issues of the queue, the worst first.

    Nobody looks at more than some hundreds, and to count all takes time.
    """
    order = list(_WORST_FIRST)
    if wanted.words:
        # Every sentence is looked at: as they lie is five times as fast as in the index's order.
        order[0] = (issues.c.severity + 0).desc()
    rows = connection.execute(
        select(issues.c.fingerprint, issues.c.version)
        .where(*_where(connection, wanted, user, confirmations))
        .order_by(*order)
        .limit(most)
    )
    return [(row.fingerprint, row.version) for row in rows]


def find_row(connection: Connection, fingerprint: str, user: User) -> QueueRow:
    """Return one issue as the queue shows it; raise StoreError where a user sees none."""
    this = issues.c.fingerprint == fingerprint
    seen = select(issues.c.fingerprint).where(this, *_where(connection, Filter(), user, 0))
    if connection.execute(seen).one_or_none() is None:
        raise StoreError("没有这个问题，或不在您的管辖范围内")
    return read_rows(connection, [fingerprint])[0]


def neighbours(
    connection: Connection, wanted: Filter, user: User, fingerprint: str, *, confirmations: int
) -> tuple[str | None, str | None]:
    """Return the issues before and behind one in the queue, None at its ends."""
    key = _KEY
    here = connection.execute(select(*key).where(key[2] == fingerprint)).one()
    where = _where(connection, wanted, user, confirmations)
    behind = or_(
        key[0] < here[0],
        and_(key[0] == here[0], key[1] < here[1]),
        and_(key[0] == here[0], key[1] == here[1], key[2] < here[2]),
    )
    before = or_(
        key[0] > here[0],
        and_(key[0] == here[0], key[1] > here[1]),
        and_(key[0] == here[0], key[1] == here[1], key[2] > here[2]),
    )
    up = [column.asc() for column in key]
    found = [
        connection.execute(
            select(issues.c.fingerprint).where(*where, side).order_by(*order).limit(1)
        ).scalar_one_or_none()
        for side, order in ((before, up), (behind, _WORST_FIRST))
    ]
    return found[0], found[1]


def counties(connection: Connection, user: User) -> list[str]:
    """Return the counties of the register that a user sees, in list order."""
    rows = connection.execute(
        select(accounts.c.county, accounts.c.unit).order_by(accounts.c.list_order, accounts.c.id)
    )
    return list(dict.fromkeys(row.county for row in rows if user.reaches(row.county, row.unit)))


def read_rows(connection: Connection, fingerprints: Sequence[str]) -> list[QueueRow]:
    """Return some issues as the queue shows them, the worst first."""
    rows = connection.execute(
        select(issues).where(issues.c.fingerprint.in_(fingerprints)).order_by(*_WORST_FIRST)
    ).all()
    places = _places(connection, [row.fingerprint for row in rows])
    found = []
    for row in rows:
        account, count, different, last = places[row.fingerprint]
        found.append(
            QueueRow(
                fingerprint=row.fingerprint,
                rule_code=row.rule_code,
                severity=Severity(row.severity),
                confidence=row.confidence,
                message=row.message,
                suggestions=tuple(row.suggestions),
                quote=row.quote,
                sentence=row.sentence,
                quote_start=row.quote_start,
                standing=Standing(State(row.said), row.votes),
                version=row.version,
                assignee=row.assignee,
                due_on=row.due_on,
                account=account,
                places=count,
                accounts=different,
                last_published=last,
            )
        )
    return found


def _where(
    connection: Connection, wanted: Filter, user: User, confirmations: int
) -> list[ColumnElement[bool]]:
    where = [] if wanted.state is None else [_in_state(wanted.state, confirmations)]
    if wanted.severity is not None:
        where.append(issues.c.severity == wanted.severity.value)
    if wanted.family:
        where.append(issues.c.rule_code.startswith(wanted.family, autoescape=True))
    if wanted.assignee:
        where.append(issues.c.assignee == wanted.assignee)
    if wanted.overdue_on is not None:
        where.append(issues.c.due_on < wanted.overdue_on)
    if wanted.words:
        # A third of the time that LIKE takes, and every sentence has to be looked at.
        find = func.strpos if connection.dialect.name == "postgresql" else func.instr
        where.append(find(issues.c.sentence, wanted.words) > 0)
    place = _in_place(connection, wanted, user.units)
    return where if place is None else [*where, place]


def _in_state(state: State, confirmations: int) -> ColumnElement[bool]:
    few = issues.c.votes < confirmations
    decided = issues.c.said.in_([State.CONFIRMED.value, State.DISMISSED.value])
    if state is State.IN_REVIEW:
        return and_(decided, few)
    if state in {State.CONFIRMED, State.DISMISSED}:
        return and_(issues.c.said == state.value, or_(issues.c.votes.is_(None), ~few))
    return issues.c.said == state.value


def _in_place(
    connection: Connection, wanted: Filter, units: Collection[str]
) -> ColumnElement[bool] | None:
    place: list[ColumnElement[bool]] = []
    if units:
        place.append(or_(accounts.c.county.in_(units), accounts.c.unit.in_(units)))
    if wanted.county:
        place.append(accounts.c.county == wanted.county)
    if wanted.platform:
        place.append(accounts.c.platform == wanted.platform)
    if wanted.account:
        place.append(accounts.c.id == wanted.account)
    if not place:
        return None
    inside = occurrences.c.account_id.in_(select(accounts.c.id).where(*place))
    counted = select(func.count()).select_from(accounts)
    share = connection.execute(counted.where(*place)).scalar_one()
    if share * _FEW <= connection.execute(counted).scalar_one():
        # Hexadecimal digits are lower case: this only keeps SQLite from beginning with the inner
        # query, which would put everything that it gives into order.
        key = func.lower(issues.c.fingerprint)
        return key.in_(select(occurrences.c.fingerprint).where(inside))
    return exists(select(1).where(occurrences.c.fingerprint == issues.c.fingerprint, inside))


def _places(
    connection: Connection, fingerprints: Sequence[str]
) -> dict[str, tuple[str, int, int, datetime | None]]:
    """Return the first account, the number of places and of accounts, and the last day of each."""
    rows = connection.execute(
        select(
            occurrences.c.fingerprint,
            func.min(occurrences.c.account_id),
            func.count(),
            func.count(occurrences.c.account_id.distinct()),
            func.max(articles.c.published_at),
        )
        .join(articles, articles.c.id == occurrences.c.article_id)
        .where(occurrences.c.fingerprint.in_(fingerprints))
        .group_by(occurrences.c.fingerprint)
    ).all()
    names = {
        row.id: labelled(row.name, Platform(row.platform))
        for row in connection.execute(
            select(accounts.c.id, accounts.c.name, accounts.c.platform).where(
                accounts.c.id.in_({row[1] for row in rows})
            )
        )
    }
    return {
        row[0]: (
            names.get(str(row[1]), str(row[1])),
            row[2],
            row[3],
            row[4].astimezone(CHINA) if row[4] else None,
        )
        for row in rows
    }
