"""textcheck review: list what was found, confirm it, dismiss it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click

from textcheck.cli.decisions import read_decisions, to_verdicts
from textcheck.cli.desk import Desk, at_desk
from textcheck.config import CHINA
from textcheck.errors import ConfigError
from textcheck.finding import Severity
from textcheck.report.jsonl import Record, dump_line
from textcheck.report.terminal import shown
from textcheck.review import EVERYWHERE, Decision, DismissReason, State, Verdict, article_scope
from textcheck.run import Run
from textcheck.store.connect import Connection
from textcheck.store.decide import Ruling, decide
from textcheck.store.findings import find_issue, list_issues
from textcheck.store.issue import Issue, Occurrence
from textcheck.store.runs import read_runs
from textcheck.store.users import reviewer_named

__all__ = ["review"]

# Enough to be unique in any office's store, short enough to type.
_SHORT = 12


@click.group(
    help="""复核扫描发现的问题。程序标出的“严重”只是线索，经审核人确认才成为严重表述错误。

    严重问题须由不同的审核人确认（默认两人），才能列入清单；排除领导人姓名类问题同样须两人，其中一人是审批人。
    建有用户（textcheck user）的，审核人须是其中之一。"""
)
def review() -> None:
    """Review what was found."""


@review.command("list", help="列出问题，最严重的在前。")
@click.option("--state", type=click.Choice([state.value for state in State]), help="只列这一状态。")
@click.option(
    "--severity",
    type=click.Choice([severity.name.lower() for severity in sorted(Severity)[::-1]]),
    help="只列这一级别（serious 严重，ordinary 一般，hint 提示）。",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="个数", help="最多列出多少个。")
@click.option(
    "--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True
)
@at_desk
def list_(
    desk: Desk, state: str | None, severity: str | None, limit: int | None, form: str
) -> None:
    """List issues."""
    with desk.store.read() as connection:
        issues = list_issues(
            connection,
            confirmations=desk.confirmations,
            state=State(state) if state else None,
            severity=Severity[severity.upper()] if severity else None,
        )
        runs = read_runs(connection)
    for issue in issues[:limit]:
        if form == "jsonl":
            click.echo(dump_line(_record(issue, desk.confirmations)))
        else:
            click.echo(_line(issue, desk.confirmations))
    shown_part = "" if limit is None or len(issues) <= limit else f"，列出前 {limit} 个"
    click.echo(f"共 {len(issues)} 个问题{shown_part}。{_last_scan(runs)}", err=True)


@review.command(help="显示一个问题的全部出处和复核经过。")
@click.argument("fingerprint", metavar="编号")
@at_desk
def show(desk: Desk, fingerprint: str) -> None:
    """Show all about one issue."""
    with desk.store.read() as connection:
        issue = find_issue(connection, fingerprint)
    for line in _details(issue, desk.confirmations):
        click.echo(line)


_reviewer = click.option("--reviewer", required=True, metavar="姓名", help="审核人。")
_note = click.option("--note", default="", metavar="文字", help="备注。")
_scope = click.option(
    "--scope",
    default=EVERYWHERE,
    show_default=True,
    metavar="范围",
    help="everywhere 所有出现之处，account:账号，article:账号/文章。",
)


@review.command(help="确认一个问题。")
@click.argument("fingerprint", metavar="编号")
@_reviewer
@_note
@_scope
@at_desk
def confirm(desk: Desk, fingerprint: str, **given: str) -> None:
    """Confirm an issue."""
    _decide(desk, fingerprint, Decision.CONFIRM, reason="", **given)


@review.command(help="排除一个问题（须说明理由；理由为“其他”时须写备注）。")
@click.argument("fingerprint", metavar="编号")
@_reviewer
@click.option(
    "--reason", required=True, type=click.Choice([reason.value for reason in DismissReason])
)
@_note
@_scope
@at_desk
def dismiss(desk: Desk, fingerprint: str, **given: str) -> None:
    """Dismiss an issue."""
    _decide(desk, fingerprint, Decision.DISMISS, **given)


@review.command(help="撤回自己对一个问题的最近一次决定；此前的决定重新有效。")
@click.argument("fingerprint", metavar="编号")
@_reviewer
@_note
@_scope
@at_desk
def withdraw(desk: Desk, fingerprint: str, **given: str) -> None:
    """Take back the last decision on an issue."""
    _decide(desk, fingerprint, Decision.WITHDRAW, reason="", **given)


@review.command(
    help="""按文件记录一批决定；同一文件再次使用不会重复记录。

    文件为 UTF-8 文本，列以制表符分隔：reviewer decision account native_id quote reason note。
    有一行对不上任何问题，就全部不记录。"""
)
@click.argument("file", type=click.Path(path_type=Path), metavar="文件")
@at_desk
def apply(desk: Desk, file: Path) -> None:
    """Apply a file of decisions."""
    rows = read_decisions(file)
    with desk.store.write() as connection:
        issues = list_issues(connection, confirmations=desk.confirmations)
        try:
            verdicts = to_verdicts(rows, issues, datetime.now(CHINA))
        except ConfigError as error:
            raise ConfigError(f"{file} 没有执行：\n{error}") from error
        new = _decide_all(connection, desk, verdicts)
        decided = {verdict.fingerprint for verdict in verdicts}
        issues = list_issues(connection, confirmations=desk.confirmations)
    states = Counter(
        issue.state(desk.confirmations) for issue in issues if issue.fingerprint in decided
    )
    tally = "、".join(f"{state.value} {states[state]}" for state in State if states[state])
    click.echo(f"{len(rows)} 行决定，新记录 {new} 条。")
    click.echo(f"涉及 {len(decided)} 个问题：{tally or '无'}。")


def _decide(desk: Desk, fingerprint: str, decision: Decision, **given: str) -> None:
    with desk.store.write() as connection:
        issue = find_issue(connection, fingerprint)
        ruling = Ruling(
            by=reviewer_named(connection, given["reviewer"]),
            fingerprint=issue.fingerprint,
            decision=decision,
            scope=given["scope"],
            reason=given["reason"],
            note=given["note"],
        )
        now, confirmations = datetime.now(CHINA), desk.confirmations
        new = decide(connection, [ruling], confirmations=confirmations, now=now).new
        issue = find_issue(connection, issue.fingerprint)
    click.echo(_line(issue, desk.confirmations))
    if not new:
        click.echo(f"{given['reviewer']} 已经作过同样的决定，没有重复记录。", err=True)


def _decide_all(connection: Connection, desk: Desk, verdicts: Sequence[Verdict]) -> int:
    """Record the decisions of a file, each by the rights of its reviewer; return how many."""
    people = {name: reviewer_named(connection, name) for name in {v.reviewer for v in verdicts}}
    rulings = [
        Ruling(
            by=people[verdict.reviewer],
            fingerprint=verdict.fingerprint,
            decision=verdict.decision,
            scope=verdict.scope,
            reason=verdict.reason,
            note=verdict.note,
        )
        for verdict in verdicts
    ]
    now = datetime.now(CHINA)
    return decide(connection, rulings, confirmations=desk.confirmations, now=now).new


def _line(issue: Issue, confirmations: int) -> str:
    first = issue.occurrences[0]
    return "  ".join(
        (
            issue.fingerprint[:_SHORT],
            _standing(issue, confirmations),
            issue.severity.label,
            issue.rule_code,
            shown(issue.marked),
            *_place(first),
            f"共 {len(issue.occurrences)} 处{_gone(issue)}",
        )
    )


def _gone(issue: Issue) -> str:
    """Say how many occurrences are found no more since the lexicon changed."""
    gone = sum(occurrence.gone for occurrence in issue.occurrences)
    return f"（{gone} 处词库更新后不再报出）" if gone else ""


def _standing(issue: Issue, confirmations: int) -> str:
    """Return the state; where it takes several reviewers, how many there are of how many."""
    stands = issue.standing
    state = stands.state(confirmations).value
    if stands.votes is None:
        return state
    return f"{state} {min(stands.votes, confirmations)}/{confirmations}"


def _place(occurrence: Occurrence) -> tuple[str, str, str]:
    day = occurrence.published_on
    return (
        shown(occurrence.account),
        day.isoformat() if day else "无发布日期",
        shown(occurrence.url),
    )


def _last_scan(runs: Sequence[Run]) -> str:
    if not runs:
        return "还没有扫描过。"
    end = runs[-1].finished_at
    return f"最近一次扫描 {runs[-1].id}{'，没有完成' if end is None else ''}。"


def _details(issue: Issue, confirmations: int) -> Iterator[str]:
    yield f"编号：{issue.fingerprint}"
    yield f"状态：{_standing(issue, confirmations)}"
    yield f"级别：{issue.severity.label}（{issue.rule_code}，把握 {issue.confidence:.2f}）"
    yield f"原文：{shown(issue.marked)}"
    yield f"问题：{shown(issue.message)}"
    if issue.suggestions:
        offers = [shown(offer) or "（删去）" for offer in issue.suggestions]
        yield f"建议：{' / '.join(offers)}"
    yield f"依据：{shown(issue.basis)}"
    for occurrence in issue.occurrences:
        state = issue.state_of(occurrence, confirmations)
        scope = article_scope(occurrence.account_id, occurrence.native_id)
        gone = ("词库更新后不再报出",) if occurrence.gone else ()
        yield "  ".join(("出处：" + state.value, *_place(occurrence), shown(scope), *gone))
    for verdict in issue.verdicts:
        said = [f"{verdict.decided_at:%Y-%m-%d %H:%M}", verdict.reviewer]
        said += [verdict.decision.label, verdict.scope, verdict.reason, verdict.note]
        yield "复核：" + "  ".join(shown(part) for part in said if part)


def _record(issue: Issue, confirmations: int) -> Record:
    return {
        "fingerprint": issue.fingerprint,
        "state": issue.state(confirmations).value,
        "severity": issue.severity.name.lower(),
        "confidence": issue.confidence,
        "code": issue.rule_code,
        "message": issue.message,
        "basis": issue.basis,
        "suggestions": list(issue.suggestions),
        "quote": issue.quote,
        "sentence": issue.sentence,
        "quote_start": issue.quote_start,
        "occurrences": [_occurrence_record(item) for item in issue.occurrences],
        "verdicts": [_verdict_record(item) for item in issue.verdicts],
    }


def _occurrence_record(occurrence: Occurrence) -> Record:
    day = occurrence.published_on
    return {
        "account_id": occurrence.account_id,
        "account": occurrence.account,
        "native_id": occurrence.native_id,
        "url": occurrence.url,
        "title": occurrence.title,
        "published_on": day.isoformat() if day else None,
        "severity": occurrence.severity.name.lower(),
        "start": occurrence.start,
        "end": occurrence.end,
        "gone": occurrence.gone,
    }


def _verdict_record(verdict: Verdict) -> Record:
    return {
        "reviewer": verdict.reviewer,
        "decision": verdict.decision.value,
        "reason": verdict.reason,
        "scope": verdict.scope,
        "note": verdict.note,
        "decided_at": verdict.decided_at.isoformat(timespec="seconds"),
    }
