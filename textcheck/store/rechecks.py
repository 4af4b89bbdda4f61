"""Stored texts checked again after a change of the lexicon."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from sqlalchemy import Connection, and_, or_, select, update

from textcheck.config import CHINA
from textcheck.document import Document
from textcheck.edition import NOT_UPDATED_CODE
from textcheck.finding import Finding
from textcheck.run import Makers
from textcheck.store.findings import record_findings, revise_issues
from textcheck.store.tables import issues, occurrences, runs, versions

__all__ = ["Changed", "record_recheck", "to_recheck"]

_Said = tuple[str, str]


@dataclass(slots=True)
class Changed:
    """Occurrences that are new, and that are found no more, by rule and row."""

    new: Counter[_Said] = field(default_factory=Counter)
    gone: Counter[_Said] = field(default_factory=Counter)

    def add(self, other: "Changed") -> None:
        """Count those of another, too."""
        self.new.update(other.new)
        self.gone.update(other.gone)


def to_recheck(connection: Connection, since: date, makers: Makers) -> list[int]:
    """
    Return the versions, oldest first, that other makers have checked: lexicon, program, model.

    Those published on or after a day; of an unknown day those fetched since.
    """
    begin = datetime.combine(since, time.min, CHINA)
    undated = and_(versions.c.published_on.is_(None), versions.c.fetched_at >= begin)
    statement = (
        select(versions.c.id)
        .join(runs, runs.c.id == versions.c.checked_by)
        .where(or_(versions.c.published_on >= since, undated))
        .where(
            or_(
                runs.c.lexicon != makers.lexicon,
                runs.c.code != makers.code,
                runs.c.model != makers.model,
            )
        )
        .order_by(versions.c.id)
    )
    return list(connection.execute(statement).scalars())


def record_recheck(
    connection: Connection,
    version_id: int,
    document: Document,
    findings: Sequence[Finding],
    run_id: str,
) -> Changed:
    """
    Record what a recheck found in a version: what is new, and what is found no more.

    Verdicts and occurrences stay, those found no more with the run that did not find them; found
    again they count again. Once more the same changes nothing.
    """
    before = _found_in(connection, version_id)
    revise_issues(connection, document, findings)
    record_findings(connection, version_id, document, findings, run_id)
    counted = Counter(finding.fingerprint(document) for finding in findings)
    lost = [key for key in before if key[1] >= counted[key[0]]]
    for fingerprint, ordinal in lost:
        connection.execute(
            update(occurrences)
            .where(
                occurrences.c.version_id == version_id,
                occurrences.c.fingerprint == fingerprint,
                occurrences.c.ordinal == ordinal,
            )
            .values(gone_by=run_id)
        )
    after = _found_in(connection, version_id)
    return Changed(new=_said(connection, after - before), gone=_said(connection, before - after))


def _found_in(connection: Connection, version_id: int) -> set[tuple[str, int]]:
    """Return fingerprint and ordinal of what is known of a version and still found."""
    # What no checker finds, none finds no more.
    rows = connection.execute(
        select(occurrences.c.fingerprint, occurrences.c.ordinal)
        .join(issues, issues.c.fingerprint == occurrences.c.fingerprint)
        .where(
            occurrences.c.version_id == version_id,
            occurrences.c.gone_by.is_(None),
            issues.c.rule_code != NOT_UPDATED_CODE,
        )
    )
    return {(row.fingerprint, row.ordinal) for row in rows}


def _said(connection: Connection, keys: Iterable[tuple[str, int]]) -> Counter[_Said]:
    counts = Counter(fingerprint for fingerprint, _ in keys)
    rows = connection.execute(
        select(issues.c.fingerprint, issues.c.rule_code, issues.c.basis).where(
            issues.c.fingerprint.in_(counts)
        )
    )
    said: Counter[_Said] = Counter()
    for row in rows:
        said[row.rule_code, row.basis] += counts[row.fingerprint]
    return said
