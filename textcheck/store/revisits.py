"""Confirmed errors whose pages are looked at again, and what was seen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, func, select, update

from textcheck.edition import NOT_UPDATED_CODE
from textcheck.finding import Severity
from textcheck.review import Decision, State, reaching
from textcheck.revisit import Outcome, Revisit, Watched, judged, told
from textcheck.store.findings import confirmed_places, load_issues
from textcheck.store.tables import articles, issues, occurrences, verdicts, versions
from textcheck.store.tables import revisits as table
from textcheck.store.upsert import insert_or_update
from textcheck.store.verdicts import chunks
from textcheck.text.fold import fold

__all__ = [
    "errors_of",
    "judge_looks",
    "lapses_told",
    "last_looks",
    "note_look",
    "told_of",
    "version_there",
    "watched_errors",
]

_Key = tuple[str, int]


def watched_errors(connection: Connection, confirmations: int) -> list[Watched]:
    """Return every confirmed error that stands in a page, and every confirmed lapse."""
    places = confirmed_places(connection, confirmations)
    return _watched(connection, {place.fingerprint for place, _ in places}, confirmations)


def errors_of(connection: Connection, account_id: str, confirmations: int) -> list[Watched]:
    """Return the confirmed errors of an account, the latest first."""
    mine = select(occurrences.c.fingerprint).where(occurrences.c.account_id == account_id)
    decided = connection.execute(
        select(issues.c.fingerprint).where(
            issues.c.severity == Severity.SERIOUS.value,
            issues.c.fingerprint.in_(mine),
            issues.c.fingerprint.in_(select(verdicts.c.fingerprint)),
        )
    )
    found = _watched(connection, decided.scalars().all(), confirmations)
    own = [item for item in found if item.account_id == account_id]
    return sorted(own, key=lambda item: item.confirmed_at, reverse=True)


def told_of(
    connection: Connection, fingerprints: Iterable[str], confirmations: int, today: date
) -> dict[tuple[str, str, str], str]:
    """Return what became of confirmed errors, by fingerprint, account and article."""
    return {
        (item.fingerprint, item.account_id, item.native_id): told(item, today)
        for item in _watched(connection, fingerprints, confirmations)
    }


def lapses_told(
    connection: Connection, account_ids: Iterable[str], confirmations: int, today: date
) -> dict[tuple[str, date], str]:
    """Return what became of lapses of accounts, by account and the day of the last update."""
    wanted = set(account_ids)
    found = connection.execute(
        select(issues.c.fingerprint)
        .join(occurrences, occurrences.c.fingerprint == issues.c.fingerprint)
        .where(issues.c.rule_code == NOT_UPDATED_CODE, occurrences.c.account_id.in_(wanted))
    )
    return {
        (item.account_id, item.published_on): told(item, today)
        for item in _watched(connection, found.scalars(), confirmations)
        if item.account_id in wanted and item.published_on is not None
    }


def last_looks(connection: Connection, fingerprint: str) -> dict[tuple[str, str], Outcome]:
    """Return what was seen last of one error, by account and article."""
    rows = connection.execute(
        select(articles.c.account_id, articles.c.native_id, table.c.outcome)
        .join(table, table.c.article_id == articles.c.id)
        .where(table.c.fingerprint == fingerprint, table.c.outcome != "")
        .order_by(table.c.night)
    )
    return {(row.account_id, row.native_id): Outcome(row.outcome) for row in rows}


def note_look(  # noqa: PLR0913 # who looked at what when, and what was there
    connection: Connection,
    fingerprints: Iterable[str],
    article_id: int,
    version_id: int | None,
    *,
    night: str,
    at: datetime,
    outcome: Outcome | None = None,
) -> None:
    """
    Note which text was on a page, None for none.

    Without an outcome, what that says is judged once it is checked.
    """
    rows = [
        {
            "fingerprint": fingerprint,
            "article_id": article_id,
            "night": night,
            "at": at,
            "version_id": version_id,
            "outcome": outcome.value if outcome else "",
        }
        for fingerprint in fingerprints
    ]
    insert_or_update(connection, table, rows)


def version_there(connection: Connection, article_id: int) -> int | None:
    """Return the text that was last seen on a page: of the last look, else the newest."""
    seen: int | None = connection.execute(
        select(table.c.version_id)
        .where(table.c.article_id == article_id, table.c.version_id.is_not(None))
        .order_by(table.c.night.desc())
        .limit(1)
    ).scalar_one_or_none()
    if seen is None:
        newest = select(func.max(versions.c.id)).where(versions.c.article_id == article_id)
        seen = connection.execute(newest).scalar_one()
    return seen


def judge_looks(connection: Connection) -> None:
    """Say what each look that nobody has judged yet shows; those at unchecked texts wait."""
    waiting = connection.execute(
        select(table.c.fingerprint, table.c.article_id, table.c.night, table.c.version_id)
        .where(table.c.outcome == "")
        .order_by(table.c.night)
    ).all()
    for row in waiting:
        still = False
        if row.version_id is not None:
            seen = _still_there(connection, row.fingerprint, row.version_id)
            if seen is None:
                continue
            still = seen
        outcome = judged(
            still=still,
            there=row.version_id is not None,
            before=_before(connection, row.fingerprint, row.article_id, row.night),
        )
        connection.execute(
            update(table)
            .where(
                table.c.fingerprint == row.fingerprint,
                table.c.article_id == row.article_id,
                table.c.night == row.night,
            )
            .values(outcome=outcome.value)
        )


def _watched(
    connection: Connection, fingerprints: Iterable[str], confirmations: int
) -> list[Watched]:
    found = load_issues(connection, fingerprints)
    places = {
        (place.account_id, place.native_id, issue.fingerprint): (issue, place)
        for issue in found.values()
        for place in issue.occurrences
        if place.severity is Severity.SERIOUS
        and issue.state_of(place, confirmations) is State.CONFIRMED
    }
    ids = _article_ids(connection, {(account, native) for account, native, _ in places})
    looks = _revisits(connection, found)
    watched = []
    for (account_id, native_id, fingerprint), (issue, place) in places.items():
        said = reaching(issue.verdicts, account_id, native_id)
        confirmed = [item.decided_at for item in said if item.decision is Decision.CONFIRM]
        article_id = ids[account_id, native_id]
        watched.append(
            Watched(
                fingerprint=fingerprint,
                account_id=account_id,
                native_id=native_id,
                article_id=article_id,
                published_on=place.published_on,
                lapse=issue.rule_code == NOT_UPDATED_CODE,
                confirmed_at=max(confirmed),
                revisits=tuple(looks[fingerprint, article_id]),
            )
        )
    return watched


def _still_there(connection: Connection, fingerprint: str, version_id: int) -> bool | None:
    """
    Tell whether an error stands in a text; None where that was not checked yet.

    Either its whole sentence does, or the checkers found the same wrong form in another one.
    """
    issue = connection.execute(
        select(issues.c.sentence, issues.c.quote, issues.c.rule_code).where(
            issues.c.fingerprint == fingerprint
        )
    ).one()
    text = connection.execute(
        select(versions.c.text, versions.c.checked_by).where(versions.c.id == version_id)
    ).one()
    if fold(issue.sentence) in fold(text.text):
        return True
    if text.checked_by is None:
        return None
    others = connection.execute(
        select(issues.c.quote, issues.c.rule_code)
        .join(occurrences, occurrences.c.fingerprint == issues.c.fingerprint)
        .where(occurrences.c.version_id == version_id, occurrences.c.gone_by.is_(None))
    )
    family = issue.rule_code[:3]
    return any(
        other.rule_code[:3] == family and fold(other.quote) == fold(issue.quote) for other in others
    )


def _before(
    connection: Connection, fingerprint: str, article_id: int, night: str
) -> Outcome | None:
    """
    Return what was seen last before a night: of the article, else of another of its account.

    Who mends a sentence and publishes it again in a new article has it come back.
    """
    mine = (
        select(table.c.outcome)
        .where(table.c.fingerprint == fingerprint, table.c.outcome != "", table.c.night < night)
        .order_by(table.c.night.desc())
        .limit(1)
    )
    last = connection.execute(mine.where(table.c.article_id == article_id)).scalar_one_or_none()
    if last is None:
        account = select(articles.c.account_id).where(articles.c.id == article_id)
        same = select(articles.c.id).where(articles.c.account_id == account.scalar_subquery())
        last = connection.execute(mine.where(table.c.article_id.in_(same))).scalar_one_or_none()
        if last is not None and not Outcome(last).is_mended:
            return None
    return None if last is None else Outcome(last)


def _article_ids(
    connection: Connection, names: Iterable[tuple[str, str]]
) -> Mapping[tuple[str, str], int]:
    wanted = set(names)
    rows = connection.execute(
        select(articles.c.id, articles.c.account_id, articles.c.native_id).where(
            articles.c.account_id.in_({account for account, _ in wanted})
        )
    )
    return {(row.account_id, row.native_id): row.id for row in rows}


def _revisits(
    connection: Connection, fingerprints: Iterable[str]
) -> Mapping[_Key, Sequence[Revisit]]:
    found: defaultdict[_Key, list[Revisit]] = defaultdict(list)
    for chunk in chunks(fingerprints):
        rows = connection.execute(
            select(table)
            .where(table.c.fingerprint.in_(chunk), table.c.outcome != "")
            .order_by(table.c.night)
        )
        for row in rows:
            night = date.fromisoformat(row.night)
            look = Revisit(night, row.at, Outcome(row.outcome), row.version_id)
            found[row.fingerprint, row.article_id].append(look)
    return found
