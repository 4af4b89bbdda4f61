"""All that the files of one list say, read from the store in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from textcheck.account import Account, Platform, Status
from textcheck.document import Span
from textcheck.edition import Edition, Quarter, build_lines
from textcheck.errors import ConfigError
from textcheck.finding import Severity
from textcheck.report.evidence import Evidence, evidence_for
from textcheck.review import Decision, State, last_words, reaching
from textcheck.run import Coverage, Makers, Run
from textcheck.store.accounts import read_accounts
from textcheck.store.connect import Connection
from textcheck.store.documents import load_document
from textcheck.store.editions import read_edition
from textcheck.store.findings import confirmed, list_issues
from textcheck.store.issue import Issue, Occurrence
from textcheck.store.queue import read_coverage
from textcheck.store.runs import read_runs

__all__ = ["Dossier", "ListRequest", "Night", "draft_edition", "read_dossier"]


@dataclass(frozen=True, slots=True)
class Night:
    """The last night that was scanned: what each account gave, and whether the scan ended."""

    day: str
    finished: bool
    coverage: Mapping[str, Coverage]


@dataclass(frozen=True, slots=True)
class Dossier:
    """
    An edition and what stands behind it.

    `evidence` holds every finding of the period that was not dismissed, and those without a day,
    the worst first, then by account and day;
    `makers` are those of the runs behind the edition and of the last one, by run.
    """

    edition: Edition
    previous: Edition | None
    evidence: tuple[Evidence, ...]
    accounts: tuple[Account, ...]
    makers: Mapping[str, Makers]
    night: Night | None

    @property
    def sites(self) -> tuple[str, ...]:
        """Return the web sites with a confirmed serious error in the period, each once."""
        known = {account.id for account in self.accounts if account.platform is Platform.SITE}
        return tuple(
            dict.fromkeys(
                item.account
                for item in self.evidence
                if item.account_id in known
                and item.state is State.CONFIRMED
                and item.severity is Severity.SERIOUS
            )
        )


@dataclass(frozen=True, slots=True)
class ListRequest:
    """
    Which list is asked for: the quarter, the sampling period, both days included.

    `checked` counts the accounts that were read, None where that is not known; `left_out` are the
    accounts that the office leaves off the list. The period may reach beyond the quarter, but one
    that does not touch it is a slip.
    """

    quarter: Quarter
    since: date
    until: date
    checked: int | None = None
    left_out: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a period that cannot be meant."""
        if self.since > self.until:
            raise ConfigError(f"起止日期颠倒：{self.since} 在 {self.until} 之后")
        if self.until < self.quarter.first_day or self.since > self.quarter.last_day:
            raise ConfigError(
                f"采样时间 {self.since} 至 {self.until} 完全不在{self.quarter.label}之内"
            )


def draft_edition(
    connection: Connection, request: ListRequest, *, confirmations: int, now: datetime
) -> Edition:
    """
    Return the list of what reviewers confirmed in the period, as a preview.

    The list is that of new media: web sites have a list of their own, attachment 1 of the notice.

    Raises ConfigError naming the articles whose day is not known: no period holds them, and a
    list without them would be silently short.
    """
    found = confirmed(connection, confirmations, (request.since, request.until))
    if found.undated:
        named = "；".join(f"{item.account}《{item.title}》{item.url}" for item in found.undated)
        raise ConfigError(f"已确认问题的文章没有发布日期，无法判断是否属于本期：{named}")
    accounts = read_accounts(connection)
    if not accounts:
        raise ConfigError("数据库中没有账号，请先运行 textcheck register import 导入账号登记表")
    media = [account for account in accounts if account.platform is not Platform.SITE]
    sites = {account.id for account in accounts} - {account.id for account in media}
    listed = [item for item in found.dated if item.account_id not in sites]
    lines = build_lines(listed, media, request.since, request.until)
    if unknown := sorted(set(request.left_out) - {line.account_id for line in lines}):
        raise ConfigError(f"清单中没有账号 {'、'.join(unknown)}，无从排除")
    edition = Edition(
        quarter=request.quarter,
        number=0,
        since=request.since,
        until=request.until,
        lines=tuple(line for line in lines if line.account_id not in request.left_out),
        registered=sum(account.status is Status.RUNNING for account in media),
        checked=request.checked,
        issued_at=now.replace(microsecond=0),
    )
    decided = _read_evidence(connection, edition, accounts, confirmations, decided=True)
    behind = evidence_for(edition, decided)
    return replace(edition, run_ids=tuple(sorted({item.run_id for item in behind})))


def read_dossier(connection: Connection, edition: Edition, confirmations: int) -> Dossier:
    """Return an edition, a preview or an issued one, with what the store holds on it today."""
    accounts = read_accounts(connection)
    runs = read_runs(connection)
    told = {*edition.run_ids, *(run.id for run in runs[-1:])}
    return Dossier(
        edition=edition,
        previous=read_edition(connection, edition.quarter.previous),
        evidence=tuple(_read_evidence(connection, edition, accounts, confirmations)),
        accounts=tuple(accounts),
        makers={run.id: run.makers for run in runs if run.id in told},
        night=_last_night(connection, runs),
    )


def _last_night(connection: Connection, runs: Sequence[Run]) -> Night | None:
    if not runs:
        return None
    last = runs[-1]
    return Night(last.night, last.finished_at is not None, read_coverage(connection, last.night))


def _read_evidence(
    connection: Connection,
    edition: Edition,
    accounts: list[Account],
    confirmations: int,
    *,
    decided: bool = False,
) -> list[Evidence]:
    counties = {line.account_id: line.county for line in edition.lines}
    counties |= {account.id: account.county for account in accounts}
    digests: dict[int, str] = {}
    evidence = []
    period = (edition.since, edition.until)
    found = list_issues(connection, confirmations=confirmations, period=period, decided=decided)
    for issue in found:
        for place in issue.occurrences:
            day, state = place.published_on, issue.state_of(place, confirmations)
            outside = day is not None and not edition.since <= day <= edition.until
            if outside or state is State.DISMISSED:
                continue
            if place.version_id not in digests:
                digests[place.version_id] = load_document(connection, place.version_id).digest
            county, digest = counties.get(place.account_id, ""), digests[place.version_id]
            evidence.append(_evidence(issue, place, state, county, digest))
    order = {account.id: number for number, account in enumerate(accounts)}
    return sorted(
        evidence,
        key=lambda item: (
            -item.severity,
            order.get(item.account_id, len(order)),
            item.published_on or date.min,
            item.url,
            item.quote,
            item.sentence,
        ),
    )


def _evidence(issue: Issue, place: Occurrence, state: State, county: str, digest: str) -> Evidence:
    last = last_words(reaching(issue.verdicts, place.account_id, place.native_id))
    return Evidence(
        account_id=place.account_id,
        account=place.account,
        county=county,
        title=place.title,
        url=place.url,
        published_on=place.published_on,
        code=issue.rule_code,
        severity=place.severity,
        state=state,
        sentence=issue.sentence,
        quote=Span(issue.quote_start, issue.quote_start + len(issue.quote)),
        message=issue.message,
        basis=issue.basis,
        suggestions=issue.suggestions,
        reviewers=tuple(name for name, said in last.items() if said is Decision.CONFIRM),
        digest=digest,
        run_id=place.run_id,
    )
