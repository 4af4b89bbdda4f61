"""
Try the rows of the lexicon on the checkers built from them: right writings, examples, clean text.

Many short texts are checked as the lines of one, and what decides is checked again by itself.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from textcheck.checkers.base import Checker
from textcheck.document import Document
from textcheck.finding import Finding, Severity
from textcheck.knowledge.layers import Layers, read_rows
from textcheck.knowledge.problems import RIGHT, Problem
from textcheck.knowledge.schema import TABLES
from textcheck.knowledge.table import Row
from textcheck.linter import check
from textcheck.refine import in_text_order

__all__ = ["CleanText", "Trial", "row_trials", "try_rows"]

_TOGETHER = 60  # lines of one text
_BAD, _GOOD = "example_bad", "example_good"


@dataclass(frozen=True, slots=True)
class Trial:
    """A text that a row says is right, or wrong by this very row, on a day on which it holds."""

    row: Row
    column: str
    text: str
    day: date
    family: str = ""  # that must speak; "" where none may
    today: date | None = None  # of what no longer holds the use today may be the error

    def problem(self, findings: Sequence[Finding]) -> Problem | None:
        """Return what is wrong with what the checkers found in the text."""
        where = f"{self.row.where} {self.column} 列"
        if not self.family:
            loud = [one for one in findings if one.severity > Severity.HINT]
            if not loud:
                return None
            return Problem(where, f"“{self.text}”不应报问题，却报了{_told(loud[0])}")
        ours = [one for one in findings if one.rule.code.startswith(self.family)]
        if not ours:
            others = f"，只报了{_told(findings[0])}" if findings else ""
            return Problem(where, f"“{self.text}”应报 {self.family} 类问题，没有报{others}")
        if not any(_rests_on(one, self) for one in ours):
            return Problem(where, f"“{self.text}”应由本行报出，报的却是{_told(ours[0])}")
        return None


def _told(finding: Finding) -> str:
    return f"{finding.rule.code} {finding.message}（{finding.basis}）"


def _rests_on(finding: Finding, trial: Trial) -> bool:
    """Tell whether a finding rests on the row; where a row names its rule, on one of that rule."""
    if finding.rule.code == trial.family:
        return True
    key = re.escape(trial.row.cells[0])
    return re.search(rf"(?<![\w.-]){key}(?![\w.-])", finding.basis, re.ASCII) is not None


def row_trials(layers: Layers) -> Iterator[Trial]:
    """Yield every trial that the rows give."""
    titles: dict[str, Row] = {}
    for table in TABLES.values():
        for row in read_rows(layers, table.name):
            day = _day_of(row, layers.today)
            for column in RIGHT.get(table.name, ()):
                for form in row.several(column):
                    yield Trial(row, column, f"{form}。", day)
            if _GOOD in row.places and row[_GOOD]:
                yield Trial(row, _GOOD, row[_GOOD], day)
            if _BAD in row.places and row[_BAD]:
                family = row["code"] if "code" in row.places else table.family
                yield Trial(row, _BAD, row[_BAD], day, family, layers.today)
            if table.name == "posts":
                titles[row["id"]] = row
    for row in read_rows(layers, "offices"):
        since = row.day("valid_from") or layers.today
        if row.day("valid_to") != since and (post := titles.get(row["post"])) is not None:
            yield Trial(row, "person", f"{post['form']}{row['person']}出席会议。", since)


def _day_of(row: Row, today: date) -> date:
    """Return today where the row holds today, else the last day on which it does."""
    since, until = (
        row.day(column) if column in row.places else None for column in ("valid_from", "valid_to")
    )
    if until is not None and until <= today:
        return until - timedelta(days=1)
    return since if since is not None and since > today else today


def try_rows(trials: Iterable[Trial], checkers: Sequence[Checker]) -> Iterator[Problem]:
    """Yield what the checkers say against the rows."""
    by_day: defaultdict[tuple[date, bool], list[Trial]] = defaultdict(list)
    for trial in trials:
        by_day[trial.day, bool(trial.family)].append(trial)
    for (day, _), ours in by_day.items():
        for start in range(0, len(ours), _TOGETHER):
            batch = ours[start : start + _TOGETHER]
            for trial in _doubtful(batch, day, checkers):
                problem = _alone(trial, day, checkers)
                if problem and trial.today and trial.today != day:
                    problem = _alone(trial, trial.today, checkers)
                if problem:
                    yield problem


def _alone(trial: Trial, day: date, checkers: Sequence[Checker]) -> Problem | None:
    document = Document(trial.text, published_on=day)
    return trial.problem(_said(document, checkers, trial.family))


def _said(document: Document, checkers: Sequence[Checker], family: str) -> list[Finding]:
    """
    Return what is found, in text order; of a family that must speak, all that it says.

    Where several rows speak of one place the user sees one: here each must be heard.
    """
    if not family:
        return check(document, checkers)
    said = [finding for checker in checkers for finding in checker.check(document)]
    return in_text_order(said)


def _doubtful(batch: Sequence[Trial], day: date, checkers: Sequence[Checker]) -> Iterator[Trial]:
    """Yield the trials that fail as lines of one text."""
    found: defaultdict[int, list[Finding]] = defaultdict(list)
    text, starts = "", []
    for trial in batch:
        starts.append(len(text))
        text += f"{trial.text}\n\n"
    number = 0
    for finding in _said(Document(text, published_on=day), checkers, batch[0].family):
        while number + 1 < len(starts) and starts[number + 1] <= finding.span.start:
            number += 1
        found[number].append(finding)
    for at, trial in enumerate(batch):
        if trial.problem(found[at]):
            yield trial


@dataclass(slots=True)
class CleanText:
    """What the checkers flag in text that has no errors."""

    characters: int = 0
    flags: Counter[Severity] = field(default_factory=Counter)
    loud: list[tuple[str, Document, Finding]] = field(default_factory=list)

    def add(self, name: str, document: Document, findings: Iterable[Finding]) -> None:
        """Count the findings of one text; those that are more than hints are kept."""
        self.characters += len(document.text)
        for finding in findings:
            self.flags[finding.severity] += 1
            if finding.severity > Severity.HINT:
                self.loud.append((name, document, finding))

    def per_million(self, severity: Severity) -> float:
        """Return how often a severity is flagged in a million characters."""
        return self.flags[severity] * 1e6 / max(1, self.characters)
