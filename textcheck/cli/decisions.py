"""
A file of decisions: a table of tab-separated columns, written by hand or by a spreadsheet.

    reviewer	decision	account	native_id	quote	reason	note
    审核员甲	confirm	wx-001	2650001:1	错误的表述
    审核员乙	dismiss	wx-002	2650002:1	旧称	当时有效

A row decides every issue with that `quote`, or one that holds it or lies in it, in that article
(named by its native id or its URL).
`scope` is a column that may be added; without it a decision holds wherever the sentence stands.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

from textcheck.errors import ConfigError, ReadError
from textcheck.review import EVERYWHERE, Decision, Verdict, demand_complete
from textcheck.store.decide import demand_scope
from textcheck.store.issue import Issue

__all__ = ["DecisionRow", "read_decisions", "to_verdicts"]

_NEEDED = ("reviewer", "decision", "account", "native_id", "quote")
_DECISIONS = {
    "confirm": Decision.CONFIRM,
    "确认": Decision.CONFIRM,
    "dismiss": Decision.DISMISS,
    "排除": Decision.DISMISS,
}


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One row as written; `line` is its place in the file."""

    line: int
    reviewer: str
    decision: str
    account: str
    native_id: str
    quote: str
    reason: str = ""
    note: str = ""
    scope: str = EVERYWHERE


def read_decisions(path: Path) -> list[DecisionRow]:
    """Read a file of decisions; raise ReadError where it is not such a table."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ReadError(f"无法打开 {path}（{error}）") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"{path} 不是 UTF-8 编码的文本") from error
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t")
    header = [name.strip() for name in next(reader, [])]
    _demand_columns(path, header)
    rows = []
    for cells in reader:
        values = [cell.strip() for cell in cells]
        if not any(values):
            continue
        if len(values) > len(header):
            raise ReadError(f"{path} 第 {reader.line_num} 行：多出一列“{values[len(header)]}”")
        given = {name: value for name, value in zip(header, values, strict=False) if value}
        if missing := [name for name in _NEEDED if name not in given]:
            raise ReadError(f"{path} 第 {reader.line_num} 行：没有填写 {missing[0]}")
        rows.append(DecisionRow(line=reader.line_num, **given))
    return rows


def to_verdicts(
    rows: Iterable[DecisionRow], issues: Sequence[Issue], decided_at: datetime
) -> list[Verdict]:
    """Return what rows decide; raise ConfigError naming every row that decides nothing."""
    verdicts: list[Verdict] = []
    errors: list[str] = []
    for row in rows:
        try:
            verdicts += _verdicts_of(row, issues, decided_at)
        except ConfigError as error:
            errors.append(f"第 {row.line} 行：{error}")
    if errors:
        raise ConfigError("\n".join(errors))
    return verdicts


def _demand_columns(path: Path, header: Sequence[str]) -> None:
    known = [field.name for field in fields(DecisionRow) if field.name != "line"]
    if unknown := [name for name in header if name not in known]:
        raise ReadError(f"{path}：不认识的列“{unknown[0]}”；可用的有：{'、'.join(known)}")
    if missing := [name for name in _NEEDED if name not in header]:
        raise ReadError(f"{path}：缺少列 {'、'.join(missing)}")
    if len(set(header)) < len(header):
        raise ReadError(f"{path}：有重复的列")


def _verdicts_of(row: DecisionRow, issues: Sequence[Issue], decided_at: datetime) -> list[Verdict]:
    decision = _DECISIONS.get(row.decision)
    if decision is None:
        raise ConfigError(f"decision 应为 {'、'.join(_DECISIONS)} 之一，不是“{row.decision}”")
    here = [issue for issue in issues if _stands_in(issue, row)]
    # What a person marks may be a little more or less than the rule did: a rank with the name.
    decided = [issue for issue in here if issue.quote == row.quote] or [
        issue for issue in here if issue.quote in row.quote or row.quote in issue.quote
    ]
    if not decided:
        raise ConfigError(f"账号 {row.account} 的文章 {row.native_id} 中没有发现过“{row.quote}”")
    verdicts = [
        Verdict(
            issue.fingerprint, row.scope, decision, row.reason, row.reviewer, decided_at, row.note
        )
        for issue in decided
    ]
    for issue, verdict in zip(decided, verdicts, strict=True):
        demand_complete(verdict)
        demand_scope(issue, verdict.scope)
    return verdicts


def _stands_in(issue: Issue, row: DecisionRow) -> bool:
    return any(
        occurrence.account_id == row.account
        and row.native_id in {occurrence.native_id, occurrence.url}
        for occurrence in issue.occurrences
    )
