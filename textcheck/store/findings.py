"""What was found: issues, which reviewers decide once, and their occurrences in articles."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select, true, update

from textcheck.account import Platform, labelled
from textcheck.document import Document
from textcheck.edition import Confirmed, problem_of
from textcheck.errors import StoreError
from textcheck.finding import Finding, Severity
from textcheck.review import State
from textcheck.store.issue import Issue, Occurrence
from textcheck.store.queue import mark_checked
from textcheck.store.tables import (
    accounts,
    articles,
    issues,
    occurrences,
    runs,
    verdicts,
    versions,
)
from textcheck.store.upsert import insert_missing
from textcheck.store.verdicts import chunks, restand, verdicts_of
from textcheck.text.sentences import sentence_around

__all__ = [
    "ConfirmedFindings",
    "Period",
    "confirmed",
    "confirmed_places",
    "count_found",
    "find_issue",
    "list_issues",
    "load_issues",
    "record_findings",
    "revise_issues",
]

Period = tuple[date, date]
"""A first and a last day, both within."""

_SHORTEST_PREFIX = 8
_DECIDED = issues.c.fingerprint.in_(select(verdicts.c.fingerprint))
_UNDECIDED = {"said": State.PENDING.value, "votes": None, "version": 0, "assignee": ""}


@dataclass(frozen=True, slots=True)
class ConfirmedFindings:
    """
    What belongs on a list, and what would if its day were known.

    Whoever makes a list must name the undated ones: no period holds them.
    """

    dated: tuple[Confirmed, ...]
    undated: tuple[Occurrence, ...]


def record_findings(
    connection: Connection,
    version_id: int,
    document: Document,
    findings: Iterable[Finding],
    run_id: str,
) -> int:
    """
    Record what was found in a version, and that it was checked; return the new occurrences.

    Both in one transaction, so that a version is never checked without its findings kept.
    The same again, or the same sentence in a later version of the article, adds nothing.
    """
    article = connection.execute(
        select(articles.c.id, articles.c.account_id)
        .join(versions)
        .where(versions.c.id == version_id)
    ).one()
    ordinals: Counter[str] = Counter()
    new = 0
    for finding in sorted(findings, key=lambda finding: finding.span):
        fingerprint = finding.fingerprint(document)
        _record_issue(connection, _issue_row(fingerprint, document, finding))
        row = {
            "fingerprint": fingerprint,
            "account_id": article.account_id,
            "article_id": article.id,
            "version_id": version_id,
            "ordinal": ordinals[fingerprint],
            "start": finding.span.start,
            "end": finding.span.end,
            "severity": finding.severity.value,
            "run_id": run_id,
        }
        new += _record_occurrence(connection, row)
        ordinals[fingerprint] += 1
    # A new place, or a graver one, may need decisions that those before did not reach.
    restand(connection, [key for key, said in verdicts_of(connection, ordinals).items() if said])
    mark_checked(connection, version_id, run_id)
    return new


def revise_issues(connection: Connection, document: Document, findings: Iterable[Finding]) -> None:
    """
    Let the issues that are known say what the lexicon says of them now: message, basis, rule.

    An issue is as grave as its gravest occurrence, wherever that stands: its severity stays.
    """
    said: dict[str, dict[str, Any]] = {}
    for finding in findings:
        row = _issue_row(finding.fingerprint(document), document, finding)
        kept = said.get(row["fingerprint"])
        if kept is None or _rank(row) < _rank(kept):
            said[row["fingerprint"]] = row
    for fingerprint, row in said.items():
        words = {name: row[name] for name in ("rule_code", "message", "basis", "suggestions")}
        this = issues.c.fingerprint == fingerprint
        connection.execute(update(issues).where(this).values(**words))


def list_issues(  # noqa: PLR0913 # what narrows them
    connection: Connection,
    *,
    confirmations: int,
    state: State | None = None,
    severity: Severity | None = None,
    period: Period | None = None,
    decided: bool = False,
) -> list[Issue]:
    """
    Return the issues of that state and severity, or only those decided on, the worst first.

    Of a period, first and last day, those that stand in a text of it or in one without a day.
    """
    where = true() if severity is None else issues.c.severity == severity.value
    if period is not None:
        where &= _within(period)
    if decided:
        where &= _DECIDED
    found = _load(connection, where)
    if state is not None:
        found = [issue for issue in found if issue.state(confirmations) is state]
    return found


def find_issue(connection: Connection, prefix: str) -> Issue:
    """Return the issue whose fingerprint begins with prefix; raise StoreError unless it is one."""
    prefix = prefix.strip().lower()
    if len(prefix) < _SHORTEST_PREFIX or set(prefix) - set("0123456789abcdef"):
        raise StoreError(
            f"“{prefix}”不是问题编号：应为至少 {_SHORTEST_PREFIX} 位十六进制数，如 3f9a0c71"
        )
    found = _load(connection, issues.c.fingerprint.startswith(prefix))
    if not found:
        raise StoreError(f"没有编号为 {prefix} 的问题")
    if len(found) > 1:
        raise StoreError(f"编号 {prefix} 对应 {len(found)} 个问题，请多写几位")
    return found[0]


def load_issues(connection: Connection, fingerprints: Iterable[str]) -> dict[str, Issue]:
    """Return issues by their whole fingerprints; those that do not exist are left out."""
    return {
        issue.fingerprint: issue
        for chunk in chunks(fingerprints)
        for issue in _load(connection, issues.c.fingerprint.in_(chunk))
    }


def confirmed(
    connection: Connection, confirmations: int, period: Period | None = None
) -> ConfirmedFindings:
    """Return every serious occurrence that reviewers confirmed, in a period where one is named."""
    standing_ones = [
        (place, problem_of(code))
        for place, code in confirmed_places(connection, confirmations, period)
    ]
    return ConfirmedFindings(
        dated=tuple(
            Confirmed(item.account_id, problem, item.published_on)
            for item, problem in standing_ones
            if item.published_on is not None
        ),
        undated=tuple(item for item, _ in standing_ones if item.published_on is None),
    )


def confirmed_places(
    connection: Connection, confirmations: int, period: Period | None = None
) -> list[tuple[Occurrence, str]]:
    """
    Return every serious occurrence that reviewers confirmed, with the code of its rule.

    Of a period, first and last day, those that were published in it or on no day that is known.
    """
    where = (issues.c.severity == Severity.SERIOUS.value) & _DECIDED
    if period is not None:
        where &= _within(period)
    return [
        (place, issue.rule_code)
        for issue in _load(connection, where)
        for place in issue.occurrences
        if place.severity is Severity.SERIOUS
        and (period is None or place.published_on is None or _holds(period, place.published_on))
        and issue.state_of(place, confirmations) is State.CONFIRMED
    ]


def count_found(connection: Connection, night: str) -> dict[Severity, int]:
    """Return how many occurrences all runs of a night recorded, by severity."""
    rows = connection.execute(
        select(occurrences.c.severity, func.count())
        .join(runs)
        .where(runs.c.night == night)
        .group_by(occurrences.c.severity)
    )
    return {Severity(severity): count for severity, count in rows}


def _within(period: Period) -> ColumnElement[bool]:
    """Say of an issue that it stands in a text of the period, or in one without a day."""
    first, last = period
    day = versions.c.published_on
    # Asked of each issue, for what was decided is little beside what stands in a period.
    return exists(
        select(1)
        .select_from(occurrences)
        .join(versions, versions.c.id == occurrences.c.version_id)
        .where(occurrences.c.fingerprint == issues.c.fingerprint)
        .where(or_(day.between(first, last), day.is_(None)))
    )


def _holds(period: Period, day: date) -> bool:
    first, last = period
    return first <= day <= last


def _issue_row(fingerprint: str, document: Document, finding: Finding) -> dict[str, Any]:
    around = sentence_around(document.text, finding.span)
    sentence = around.of(document.text)
    lead = len(sentence) - len(sentence.lstrip())
    return {
        "fingerprint": fingerprint,
        "rule_code": finding.rule.code,
        "severity": finding.severity.value,
        "confidence": finding.confidence,
        "message": finding.message,
        "basis": finding.basis,
        "suggestions": list(finding.suggestions),
        "quote": finding.span.of(document.text),
        "sentence": sentence.strip(),
        "quote_start": finding.span.start - around.start - lead,
    }


def _record_issue(connection: Connection, row: dict[str, Any]) -> None:
    if insert_missing(connection, issues, [row | _UNDECIDED]):
        return
    this = issues.c.fingerprint == row["fingerprint"]
    kept = connection.execute(select(issues).where(this).with_for_update()).one()
    if _rank(row) < _rank(kept._asdict()):
        connection.execute(update(issues).where(this).values(row))


def _rank(row: dict[str, Any]) -> tuple[object, ...]:
    """Order the findings of an issue, worst first and total: the order of checking has no say."""
    return (
        -row["severity"],
        -row["confidence"],
        row["rule_code"],
        row["message"],
        row["basis"],
        row["suggestions"],
        row["quote_start"],
        row["quote"],
        row["sentence"],
    )


def _record_occurrence(connection: Connection, row: dict[str, Any]) -> int:
    if insert_missing(connection, occurrences, [row]):
        return 1
    key = ("fingerprint", "article_id", "ordinal")
    connection.execute(
        update(occurrences)
        .where(*(occurrences.c[name] == row[name] for name in key))
        .where(occurrences.c.gone_by.is_not(None))
        .values(gone_by=None)
    )
    # A later version may say the same in a graver place, e.g. the title.
    graver = {name: row[name] for name in ("version_id", "start", "end", "severity")}
    connection.execute(
        update(occurrences)
        .where(*(occurrences.c[name] == row[name] for name in key))
        .where(occurrences.c.severity < row["severity"])
        .values(graver)
    )
    return 0


def _load(connection: Connection, where: ColumnElement[bool]) -> list[Issue]:
    places: defaultdict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in _load_occurrences(connection, where):
        places[occurrence.fingerprint].append(occurrence)
    rows = connection.execute(
        select(issues)
        .where(where)
        .order_by(issues.c.severity.desc(), issues.c.confidence.desc(), issues.c.fingerprint)
    ).all()
    said = verdicts_of(connection, places)
    return [
        Issue(
            fingerprint=row.fingerprint,
            rule_code=row.rule_code,
            severity=Severity(row.severity),
            confidence=row.confidence,
            message=row.message,
            basis=row.basis,
            suggestions=tuple(row.suggestions),
            quote=row.quote,
            sentence=row.sentence,
            quote_start=row.quote_start,
            occurrences=tuple(places[row.fingerprint]),
            verdicts=tuple(said[row.fingerprint]),
        )
        for row in rows
    ]


def _load_occurrences(connection: Connection, where: ColumnElement[bool]) -> Sequence[Occurrence]:
    rows = connection.execute(
        select(
            occurrences,
            articles.c.native_id,
            articles.c.url,
            articles.c.title,
            versions.c.published_on,
            versions.c.digest,
            accounts.c.name,
            accounts.c.platform,
            accounts.c.county,
            accounts.c.unit,
        )
        .join(issues, issues.c.fingerprint == occurrences.c.fingerprint)
        .join(articles, articles.c.id == occurrences.c.article_id)
        .join(accounts, accounts.c.id == articles.c.account_id)
        .join(versions, versions.c.id == occurrences.c.version_id)
        .where(where)
        .order_by(
            accounts.c.list_order,
            accounts.c.id,
            versions.c.published_on,
            articles.c.native_id,
            occurrences.c.ordinal,
        )
    )
    return [
        Occurrence(
            fingerprint=row.fingerprint,
            account_id=row.account_id,
            account=labelled(row.name, Platform(row.platform)),
            county=row.county,
            unit=row.unit,
            native_id=row.native_id,
            url=row.url,
            title=row.title,
            published_on=row.published_on,
            version_id=row.version_id,
            digest=row.digest,
            ordinal=row.ordinal,
            start=row.start,
            end=row.end,
            severity=Severity(row.severity),
            run_id=row.run_id,
            gone=row.gone_by is not None,
        )
        for row in rows
    ]
