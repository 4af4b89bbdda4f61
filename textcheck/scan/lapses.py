"""内容不更新: accounts that have published nothing for two weeks, for a reviewer to confirm."""

from collections.abc import Sequence
from datetime import date

from textcheck.account import Account
from textcheck.document import Document, Span
from textcheck.edition import NOT_UPDATED_CODE
from textcheck.finding import Finding, Rule, Severity
from textcheck.revisit import Outcome, Watched
from textcheck.scan.work import Work
from textcheck.store.connect import Connection
from textcheck.store.documents import load_document
from textcheck.store.findings import record_findings
from textcheck.store.lapses import LastUpdate, last_update
from textcheck.store.revisits import note_look

__all__ = ["note_lapses"]

_RULE = Rule(
    code=NOT_UPDATED_CODE,
    severity=Severity.SERIOUS,
    title="内容不更新",
    basis="国办秘函〔2019〕19号：监测时间点前2周内无更新",
)


def note_lapses(work: Work, accounts: Sequence[Account]) -> None:
    """
    Note for how long each account that was listed in full has not been updated.

    After so many days that is a finding in its last article, whose day is that of the last update.
    Whether an account has published since that was confirmed is noted, too.
    """
    night = date.fromisoformat(work.run.night)
    for account in accounts:
        coverage = work.run.coverage[account.id]
        if coverage.error:
            continue
        with work.store.write() as connection:
            last = last_update(connection, account.id)
            for item in work.lapsed.get(account.id, ()):
                _look(connection, work, item, last)
            if not work.lapsed_days or last is None or (night - last.day).days < work.warned_days:
                continue
            coverage.idle_days = (night - last.day).days
            if coverage.idle_days < work.lapsed_days:
                continue
            document = load_document(connection, last.version_id)
            finding = _finding(document, account.id, last.day, night)
            if finding is not None:
                work.run.new_findings += record_findings(
                    connection, last.version_id, document, [finding], work.run.id
                )


def _look(connection: Connection, work: Work, item: Watched, last: LastUpdate | None) -> None:
    """Note what was seen of a confirmed lapse: only a later article ends it."""
    idle = last is None or item.published_on is None or last.day <= item.published_on
    note_look(
        connection,
        [item.fingerprint],
        item.article_id,
        last.version_id if last else None,
        night=work.run.night,
        at=work.now(),
        outcome=Outcome.IDLE if idle else Outcome.UPDATED,
    )


def _finding(document: Document, account_id: str, last: date, night: date) -> Finding | None:
    """
    Return the finding, whose place is the first line of the last article.

    Many accounts may end with the same words, and one again: each time somebody has to decide.
    """
    line = document.text.partition("\n")[0]
    if not line.strip():
        return None
    days = (night - last).days
    return Finding(
        rule=_RULE,
        span=Span(0, len(line)),
        severity=Severity.SERIOUS,
        confidence=1.0,
        message=f"最后更新于{last:%Y年%m月%d日}，到{night:%Y年%m月%d日}已有{days}天没有更新",
        suggestions=(),
        basis=_RULE.basis,
        about=f"{account_id} {last}",
    )
