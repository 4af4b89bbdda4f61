"""Stored texts after a change of the lexicon: verdicts stay, new and gone are told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from textcheck.cli.main import program
from textcheck.cli.tools import LexiconVersion, Tools
from textcheck.config import CHINA
from textcheck.document import Document, Span
from textcheck.engine import Crew
from textcheck.errors import TextcheckError
from textcheck.finding import Finding, Rule, Severity
from textcheck.recheck import Rechecked, recheck
from textcheck.review import Decision, State, Verdict
from textcheck.run import Makers
from textcheck.store.connect import Store
from textcheck.store.findings import list_issues
from textcheck.store.issue import Issue
from textcheck.store.runs import read_runs
from textcheck.store.verdicts import append_verdict

if TYPE_CHECKING:
    from tests.scan.conftest import Night

NOW = datetime(2026, 5, 3, 9, 0, tzinfo=CHINA)
RULE = Rule("WRD801", Severity.ORDINARY, "错字", "lexicons/words.tsv")


@dataclass(frozen=True)
class Row:
    """Finds a word, by a row of a table."""

    wrong: str
    id: str
    severity: Severity = Severity.ORDINARY
    rules: tuple[Rule, ...] = (RULE,)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each place of the word; fail where the text says 坏."""
        if "坏" in document.text:
            raise TextcheckError("这篇检查不了")
        start = document.text.find(self.wrong)
        while start >= 0:
            span = Span(start, start + len(self.wrong))
            basis = f"表 {self.id}"
            yield Finding(RULE, span, self.severity, 0.9, "错字", ("对",), basis)
            start = document.text.find(self.wrong, span.end)


def again(
    store: Store, *rows: Row, lexicon: str = "新词库", since: date = date(2026, 4, 1)
) -> Rechecked:
    makers = Makers("0.1.0", lexicon, "", "设置")
    return recheck(store, Crew(rows), makers=makers, now=lambda: NOW, since=since)


def issues_of(store: Store) -> dict[str, Issue]:
    with store.read() as connection:
        return {issue.quote: issue for issue in list_issues(connection, confirmations=2)}


def test_what_is_new_and_what_is_gone_is_told_by_row(night: "Night") -> None:
    night.scan(checkers=[Row("一错", "w1"), Row("文二", "w2")])
    result = again(night.store, Row("一错", "w1"), Row("甲文", "w3"))
    assert result.changed.new == {("WRD801", "表 w3"): 2}
    assert result.changed.gone == {("WRD801", "表 w2"): 2}
    assert result.run is not None
    assert (result.run.checked, result.run.new_findings) == (4, 2)
    assert result.run.id == "recheck 2026-05-03-1"
    gone = {
        quote: [item.gone for item in issue.occurrences]
        for quote, issue in issues_of(night.store).items()
    }
    assert gone == {"一错": [False], "文二": [True], "甲文": [False]} | gone
    assert sum(map(sum, gone.values())) >= 1


def test_once_more_there_is_nothing_to_do(night: "Night") -> None:
    night.scan(checkers=[Row("一错", "w1")])
    assert again(night.store, Row("文", "w2")).run is not None
    before = issues_of(night.store)
    result = again(night.store, Row("文", "w2"))
    assert result.run is None
    assert not result.changed.new
    assert issues_of(night.store) == before


def test_verdicts_stay_and_what_comes_back_counts_again(night: "Night") -> None:
    night.scan(checkers=[Row("一错", "w1", Severity.SERIOUS)])
    issue = next(iter(issues_of(night.store).values()))
    with night.store.write() as connection:
        for reviewer in ("审核员甲", "审核员乙"):
            append_verdict(
                connection,
                Verdict(issue.fingerprint, "everywhere", Decision.CONFIRM, "", reviewer, NOW, ""),
            )
    again(night.store, lexicon="乙")
    kept = issues_of(night.store)["一错"]
    assert [item.gone for item in kept.occurrences] == [True] * len(kept.occurrences)
    assert kept.state(2) is State.CONFIRMED
    result = again(night.store, Row("一错", "w9", Severity.SERIOUS), lexicon="丙")
    assert result.changed.new == {("WRD801", "表 w9"): 2}
    back = issues_of(night.store)["一错"]
    assert [item.gone for item in back.occurrences] == [False] * len(back.occurrences)
    assert back.basis == "表 w9"
    assert back.state(2) is State.CONFIRMED


def test_another_row_may_answer_for_a_known_issue(night: "Night") -> None:
    night.scan(checkers=[Row("一错", "w1")])
    result = again(night.store, Row("一错", "w2"))
    assert (result.changed.new, result.changed.gone) == ({}, {})
    assert {issue.basis for issue in issues_of(night.store).values()} == {"表 w2"}


def test_only_texts_of_the_days_asked_for_are_checked(night: "Night") -> None:
    night.source.ages = {"a/1": 10, "a/2": 1, "b/1": 5, "b/2": None}
    night.scan(checkers=[])
    result = again(night.store, since=date(2026, 4, 27))
    assert result.run is not None
    assert result.run.checked == 2
    assert again(night.store, since=date(2026, 4, 22)).run is not None
    assert again(night.store, since=date(2026, 4, 22)).run is None


def test_a_recheck_that_is_killed_goes_on_where_it_was(night: "Night") -> None:
    night.scan(checkers=[])
    steps: list[int] = []

    def stop(done: int, total: int) -> None:
        assert total == 4
        steps.append(done)
        if done == 2:
            raise KeyboardInterrupt

    makers = Makers("0.1.0", "新词库", "", "设置")
    rows = [Row("文", "w1")]
    with pytest.raises(KeyboardInterrupt):
        recheck(
            night.store,
            Crew(rows),
            makers=makers,
            now=lambda: NOW,
            since=date(2026, 4, 1),
            progress=stop,
        )
    result = again(night.store, *rows)
    assert result.run is not None
    assert (result.run.id, result.run.checked) == ("recheck 2026-05-03-2", 2)
    with night.store.read() as connection:
        found = list_issues(connection, confirmations=2)
    assert sum(len(issue.occurrences) for issue in found) == 4


def test_a_text_that_cannot_be_checked_is_told_and_tried_again(night: "Night") -> None:
    night.source.texts["a/1"] = "坏文。"
    night.scan(checkers=[])
    result = again(night.store, Row("文", "w1"))
    assert result.run is not None
    assert [failure.endswith("未能检查：这篇检查不了") for failure in result.run.failures] == [True]
    assert again(night.store, Row("文", "w1")).run is not None


def test_a_recheck_is_no_scan(night: "Night") -> None:
    night.scan(checkers=[])
    again(night.store)
    with night.store.read() as connection:
        assert [run.night for run in read_runs(connection)] == ["2026-05-02"]


@pytest.fixture
def run(night: "Night", tmp_path: Path) -> Callable[..., Result]:
    night.scan(checkers=[Row("文二", "w2")])

    def call(*arguments: str) -> Result:
        lexicon = LexiconVersion("f" * 64, datetime.now(CHINA).date())
        tools = Tools((Row("一错", "w1"),), lexicon, lexicon.day)
        store = ("--store", f"sqlite:///{tmp_path / 'a.db'}")
        return CliRunner().invoke(program, [*arguments, *store], obj=tools)

    return call


def test_the_command_sums_up_by_row(run: Callable[..., Result]) -> None:
    ran = run("recheck", "--since", "2026-04-01")
    assert ran.exit_code == 1
    assert ran.stdout.splitlines() == [
        "重查 4 篇：新发现 2 处，不再报出 2 处。复核结论保持不变，新问题待复核。",
        "新发现 2 处  WRD801  表 w1",
        "不再报出 2 处  WRD801  表 w2",
        "依据：程序 0.1.0，词库 ffffffffffff，未启用模型。",
    ]
    assert ran.stderr == "重查 4/4\n"
    ran = run("recheck", "--since", "2026-04-01")
    assert ran.exit_code == 0
    assert ran.stdout.startswith("没有要重查的文章：")
    listed = run("review", "list").stdout
    assert listed.count("（1 处词库更新后不再报出）") == 2
    shown = run("review", "show", listed.splitlines()[-1].split()[0]).stdout
    assert "词库更新后不再报出" in shown or "一错" in shown


@pytest.mark.parametrize("arguments", [(), ("--since", "2026"), ("--since", "2026-02-30")])
def test_a_call_without_a_day_is_refused(
    run: Callable[..., Result], arguments: tuple[str, ...]
) -> None:
    assert run("recheck", *arguments).exit_code == 2
