"""The nonconformance list of a quarter, and how it is made from confirmed findings."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from textcheck.account import Account
from textcheck.errors import ConfigError

__all__ = [
    "NOT_UPDATED",
    "NOT_UPDATED_CODE",
    "SERIOUS_WORDING",
    "Confirmed",
    "Edition",
    "EditionLine",
    "Quarter",
    "build_lines",
    "line_of",
    "problem_of",
    "repeat_offenders",
]

SERIOUS_WORDING = "严重表述错误"
"""The problem that a confirmed serious finding puts on the list (国办秘函〔2019〕19号)."""

NOT_UPDATED = "内容不更新"
"""The problem of an account that has published nothing in the two weeks before it was looked at."""

NOT_UPDATED_CODE = "UPD001"
"""The code of the finding that says so; no checker makes it, the nightly scan does."""

_QUARTER = re.compile(r"([12][0-9]{3})Q([1-4])")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year, e.g. 2021Q2."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Quarter":
        """Read 2021Q2; raise ConfigError on anything else."""
        match = _QUARTER.fullmatch(text.strip().upper())
        if match is None:
            raise ConfigError(f"季度应写作 2021Q2 这样的形式，不是“{text}”")
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        """Return 2021Q2."""
        return f"{self.year}Q{self.number}"

    @property
    def label(self) -> str:
        """Return 2021年二季度."""
        return f"{self.year}年{'一二三四'[self.number - 1]}季度"

    @property
    def first_day(self) -> date:
        """Return the quarter's first day."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last_day(self) -> date:
        """Return the quarter's last day."""
        day = 31 if self.number in {1, 4} else 30
        return date(self.year, self.number * 3, day)

    @property
    def previous(self) -> "Quarter":
        """Return the quarter before."""
        if self.number == 1:
            return Quarter(self.year - 1, 4)
        return Quarter(self.year, self.number - 1)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A problem of an account that reviewers confirmed, on the day the article was published."""

    account_id: str
    problem: str
    published_on: date


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One account on the list; `dates` ascending and unique."""

    account_id: str
    county: str
    account: str  # name with platform: 名称（微信）
    name: str
    problems: tuple[str, ...]
    dates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """
    A list as issued: frozen and numbered within its quarter, from 1; 0 is a preview, not issued.

    `since` and `until` are the first and last day of the sampling period, both included.
    `registered` counts the accounts in operation, `checked` those that were read, None if unknown.
    `run_ids` name the runs whose findings it rests on.
    """

    quarter: Quarter
    number: int
    since: date
    until: date
    lines: tuple[EditionLine, ...]
    registered: int
    checked: int | None
    issued_at: datetime
    run_ids: tuple[str, ...] = ()

    @property
    def is_preview(self) -> bool:
        """Tell whether this list was never issued."""
        return self.number == 0

    @property
    def digest(self) -> str:
        """
        Name what the list says: sha256 of its period, lines and counts, in hex.

        Number, time and runs are left out, so that issuing the same list again can be noticed.
        """
        lines = [
            [
                line.account_id,
                line.county,
                line.account,
                line.problems,
                [day.isoformat() for day in line.dates],
            ]
            for line in self.lines
        ]
        period = [str(self.quarter), self.since.isoformat(), self.until.isoformat()]
        content = json.dumps([period, lines, self.registered, self.checked], ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()


def line_of(value: Mapping[str, Any]) -> EditionLine:
    """Return a line as JSON holds it."""
    dates = tuple(map(date.fromisoformat, value["dates"]))
    return EditionLine(**{**value, "problems": tuple(value["problems"]), "dates": dates})


def problem_of(rule_code: str) -> str:
    """Return what a confirmed serious finding of a rule puts on the list."""
    return NOT_UPDATED if rule_code == NOT_UPDATED_CODE else SERIOUS_WORDING


def build_lines(
    confirmed: Iterable[Confirmed], accounts: Sequence[Account], since: date, until: date
) -> tuple[EditionLine, ...]:
    """
    Return a line for each account with a confirmed problem published in since..until, inclusive.

    Lines follow the register's list order; the lines of a county stand together, where its
    first account stands. Raises ConfigError for an account that the register does not hold.
    """
    within = [item for item in confirmed if since <= item.published_on <= until]
    known = {account.id: account for account in accounts}
    if missing := sorted({item.account_id for item in within} - known.keys()):
        raise ConfigError(f"登记表中没有账号 {'、'.join(missing)}，无法列入清单")
    ordered = sorted(accounts, key=lambda account: (account.list_order, account.id))
    first: dict[str, int] = {}
    for place, account in enumerate(ordered):
        first.setdefault(account.county, place)
    lines = []
    for account in sorted(ordered, key=lambda account: first[account.county]):
        mine = [item for item in within if item.account_id == account.id]
        if mine:
            lines.append(
                EditionLine(
                    account_id=account.id,
                    county=account.county,
                    account=account.label,
                    name=account.name,
                    problems=tuple(dict.fromkeys(item.problem for item in mine)),
                    dates=tuple(sorted({item.published_on for item in mine})),
                )
            )
    return tuple(lines)


def repeat_offenders(edition: Edition, previous: Edition | None) -> tuple[EditionLine, ...]:
    """
    Return the lines whose account was on the previous quarter's list for one of the same problems.

    Each keeps only the problems of both quarters. Accounts are compared by id, so a rename does
    not hide one. An edition of any other quarter than the one before is no previous edition.
    """
    if previous is None or previous.quarter != edition.quarter.previous:
        return ()
    before = {line.account_id: line.problems for line in previous.lines}
    offenders = []
    for line in edition.lines:
        known = before.get(line.account_id, ())
        if shared := tuple(problem for problem in line.problems if problem in known):
            offenders.append(replace(line, problems=shared))
    return tuple(offenders)
