"""The queue of issues as reviewers look through it: a filter, a page, a count."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    exists,
    func,
    not_,
    or_,
    select,
    tuple_,
)

from textcheck.account import Platform, labelled
from textcheck.config import CHINA
from textcheck.errors import StoreError
from textcheck.finding import Severity
from textcheck.review import DRAWN_BELOW, Decision, Standing, State, is_drawn
from textcheck.revisit import Course
from textcheck.store.courses import in_course
from textcheck.store.tables import accounts, articles, issues, occurrences, verdicts
from textcheck.user import Right, User

__all__ = ["Filter", "QueueRow", "counties", "find_queue", "find_row", "neighbours", "read_rows"]

_KEY = (issues.c.severity, issues.c.confidence, issues.c.fingerprint)
_WORST_FIRST = [column.desc() for column in _KEY]
_SHOWN = 1_000  # of a queue; nobody goes through more
# So few are looked up one by one and put into order at once.
_HANDFUL = 3_000
# Where one account in so many is asked for, all that they published is looked up first; else each
# issue in its order is asked whether it is theirs, and the first hundred hold enough.
_FEW = 4
# Whoever looks for one of these would learn what was said.
_TOLD = (State.IN_REVIEW, State.CONFIRMED, State.DISMISSED)


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reviewer wants to see; a field that is empty narrows nothing."""

    state: State | Course | None = None
    severity: Severity | None = None
    family: str = ""
    county: str = ""
    platform: str = ""
    account: str = ""
    assignee: str = ""
    overdue_on: date | None = None  # those due before this day
    words: str = ""
    blind: bool = False  # those that wait for a second opinion which sees nothing of the first
    others: bool = False  # those on which the user has said nothing


@dataclass(frozen=True, slots=True)
class QueueRow:
    """
    One issue of the queue, with the first account and how many places there are.

    Where it is `blind`, who looks at it is to decide without seeing what was said before.
    """

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
    blind: bool


def find_queue(
    connection: Connection, wanted: Filter, user: User, *, confirmations: int, most: int
) -> list[tuple[str, int]]:
    """
    Return fingerprint and version of the first issues of the queue, the worst first.

    Nobody looks at more than some hundreds, and to count all takes time.
    """
    where, key = _narrowed(connection, wanted, user, confirmations)
    rows = connection.execute(
        select(issues.c.fingerprint, issues.c.version)
        .where(*where)
        .order_by(*(column.desc() for column in key))
        .limit(most)
    )
    return [(row.fingerprint, row.version) for row in rows]


def find_row(connection: Connection, fingerprint: str, user: User) -> QueueRow:
    """Return one issue as the queue shows it; raise StoreError where a user sees none."""
    this = issues.c.fingerprint == fingerprint
    where, _ = _narrowed(connection, Filter(), user, 0)
    seen = select(issues.c.fingerprint).where(this, *where)
    if connection.execute(seen).one_or_none() is None:
        raise StoreError("没有这个问题，或不在您的管辖范围内")
    return read_rows(connection, [fingerprint], user)[0]


def neighbours(
    connection: Connection, wanted: Filter, user: User, fingerprint: str, *, confirmations: int
) -> tuple[str | None, str | None]:
    """Return the issues before and behind one in the queue, None at its ends."""
    this = issues.c.fingerprint == fingerprint
    here = tuple(connection.execute(select(*_KEY).where(this)).one())
    where, key = _narrowed(connection, wanted, user, confirmations)
    down = [column.desc() for column in key]
    if key[0] is not _KEY[0]:
        # In no index's order: what the queue shows is found in one go.
        shown = connection.execute(select(*_KEY).where(*where).order_by(*down).limit(_SHOWN))
        keys = [tuple(row) for row in shown]
        before = [one for one in keys if one > here][-1:]
        behind = [one for one in keys if one < here][:1]
        return before[0][2] if before else None, behind[0][2] if behind else None
    # Compared as a whole, the key is looked up in the index; part by part all before is read.
    whole, place = tuple_(*key), tuple_(*here)
    up = [column.asc() for column in key]
    found = [
        connection.execute(
            select(issues.c.fingerprint).where(*where, side).order_by(*order).limit(1)
        ).scalar_one_or_none()
        for side, order in ((whole > place, up), (whole < place, down))
    ]
    return found[0], found[1]


def counties(connection: Connection, user: User) -> list[str]:
    """Return the counties of the register that a user sees, in list order."""
    rows = connection.execute(
        select(accounts.c.county, accounts.c.unit).order_by(accounts.c.list_order, accounts.c.id)
    )
    return list(dict.fromkeys(row.county for row in rows if user.reaches(row.county, row.unit)))


def read_rows(connection: Connection, fingerprints: Sequence[str], user: User) -> list[QueueRow]:
    """Return some issues as the queue shows them to a user, the worst first."""
    rows = connection.execute(
        select(issues).where(issues.c.fingerprint.in_(fingerprints)).order_by(*_WORST_FIRST)
    ).all()
    places = _places(connection, [row.fingerprint for row in rows])
    blind = _blind(connection, [row.fingerprint for row in rows], user)
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
                blind=row.fingerprint in blind,
            )
        )
    return found


def _narrowed(
    connection: Connection, wanted: Filter, user: User, confirmations: int
) -> tuple[list[ColumnElement[bool]], list[ColumnElement[Any]]]:
    """Return what narrows the queue, and the columns that put it in order."""
    where = [] if wanted.state is None else [_in_state(connection, wanted.state, confirmations)]
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
    where += _opinions(wanted, user)
    place, few = _in_place(connection, wanted, user.units)
    if place is not None:
        where.append(place)
    key: list[ColumnElement[Any]] = list(_KEY)
    found = wanted.words or wanted.blind or wanted.assignee or wanted.overdue_on
    waiting = isinstance(wanted.state, Course) or wanted.state is State.IN_REVIEW
    if few or found or waiting:
        # These are found by something else, or every sentence is looked at as they lie: in the
        # order of an index SQLite would walk through all issues.
        key[0] = issues.c.severity + 0
    return where, key


def _opinions(wanted: Filter, user: User) -> Iterator[ColumnElement[bool]]:
    """Yield what narrows the queue by what the user and others have said."""
    if wanted.blind:
        yield _waiting_blind(user)
    elif wanted.state in _TOLD and user.may(Right.DECIDE):
        yield not_(_waiting_blind(user))
    if wanted.others:
        yield _unsaid_by(user)


def _waiting_blind(user: User) -> ColumnElement[bool]:
    """Say of an issue that one reviewer, another one, has decided on it, and that it was drawn."""
    said = verdicts.c.fingerprint == issues.c.fingerprint
    others = select(func.count(verdicts.c.reviewer.distinct())).where(said).scalar_subquery()
    return and_(
        issues.c.fingerprint < DRAWN_BELOW,
        issues.c.said != State.PENDING.value,
        others == 1,
        not_(exists(select(1).where(said, verdicts.c.reviewer == user.name))),
    )


def _unsaid_by(user: User) -> ColumnElement[bool]:
    """Say of an issue that a user has said nothing of it, or taken it back."""
    later = verdicts.alias()
    mine = and_(verdicts.c.fingerprint == issues.c.fingerprint, verdicts.c.reviewer == user.name)
    newer = and_(
        later.c.fingerprint == issues.c.fingerprint,
        later.c.reviewer == user.name,
        later.c.id > verdicts.c.id,
    )
    said = verdicts.c.decision != Decision.WITHDRAW.value
    return not_(exists(select(1).where(mine, said, not_(exists(select(1).where(newer))))))


def _blind(connection: Connection, fingerprints: Sequence[str], user: User) -> set[str]:
    if not user.may(Right.DECIDE):
        return set()
    here = issues.c.fingerprint.in_([name for name in fingerprints if is_drawn(name)])
    waiting = select(issues.c.fingerprint).where(here, _waiting_blind(user))
    return set(connection.execute(waiting).scalars())


def _in_state(
    connection: Connection, state: State | Course, confirmations: int
) -> ColumnElement[bool]:
    if isinstance(state, Course):
        return in_course(connection, state, confirmations)
    few = issues.c.votes < confirmations
    decided = issues.c.said.in_([State.CONFIRMED.value, State.DISMISSED.value])
    if state is State.IN_REVIEW:
        return and_(decided, few)
    if state in {State.CONFIRMED, State.DISMISSED}:
        return and_(issues.c.said == state.value, or_(issues.c.votes.is_(None), ~few))
    return issues.c.said == state.value


def _in_place(
    connection: Connection, wanted: Filter, units: Collection[str]
) -> tuple[ColumnElement[bool] | None, bool]:
    """Return what narrows the queue to some accounts, and whether they have few findings."""
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
        return None, False
    inside = occurrences.c.account_id.in_(select(accounts.c.id).where(*place))
    theirs = select(occurrences.c.fingerprint).where(inside)
    some = select(func.count()).select_from(theirs.limit(_HANDFUL + 1).subquery())
    if connection.execute(some).scalar_one() <= _HANDFUL:
        return issues.c.fingerprint.in_(theirs), True
    counted = select(func.count()).select_from(accounts)
    share = connection.execute(counted.where(*place)).scalar_one()
    if share * _FEW <= connection.execute(counted).scalar_one():
        # Hexadecimal digits are lower case: this only keeps SQLite from beginning with the inner
        # query, which would put everything that it gives into order.
        key = func.lower(issues.c.fingerprint)
        return key.in_(theirs), False
    same = occurrences.c.fingerprint == issues.c.fingerprint
    return exists(select(1).where(same, inside)), False


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
