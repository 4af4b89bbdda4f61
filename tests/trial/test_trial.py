"""Rows tried on the checkers: what must speak speaks, what must not is silent."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.small import write_tables
from textcheck.checkers import build_checkers
from textcheck.data import data_dir
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.knowledge.layers import Layers
from textcheck.lexicon.load import load_lexicon
from textcheck.trial import CleanText, row_trials, try_rows

TODAY = date(2020, 3, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = write_tables(tmp_path / "lexicons")
    # A form of formulations.tsv holds what this row says to avoid.
    put(folder, "caution", "“三个湖泊”战略\t", "“三片湖泊”战略\t")
    return folder


def told(folder: Path) -> list[str]:
    layers = Layers(folder, (), TODAY)
    checkers = build_checkers(load_lexicon(layers, data_dir("models")))
    return [str(problem) for problem in try_rows(row_trials(layers), checkers)]


def put(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / f"{name}.tsv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_small_tables_do_not_speak_against_themselves(folder: Path) -> None:
    assert told(folder) == []


@pytest.mark.parametrize(
    ("bad", "good", "message"),
    [
        ("作出布署。", "作出部署。", ""),
        ("作出部署。", "", "words.tsv 第2行 example_bad 列：“作出部署。”应报 WRD 类问题，没有报"),
        ("走头无路。", "", "“走头无路。”应由本行报出，报的却是WRD802"),
        ("", "作出布署。", "example_good 列：“作出布署。”不应报问题，却报了WRD801"),
    ],
)
def test_examples_are_tried(folder: Path, bad: str, good: str, message: str) -> None:
    put(folder, "words", "部署\t\t\tordinary\t甲报\t\t", f"部署\t\t\tordinary\t甲报\t{bad}\t{good}")
    found = told(folder)
    assert len(found) == bool(message)
    assert all(message in line for line in found)


def test_a_right_writing_that_is_flagged_is_named(folder: Path) -> None:
    put(folder, "bodies", "渔业和湖泊事务管理委员会\t", "渔业和湖泊事务布署委员会\t")
    (line,) = told(folder)
    assert line.startswith("bodies.tsv 第3行 form 列：“渔业和湖泊事务布署委员会。”不应报问题")


def test_a_term_is_tried_on_its_first_day(folder: Path) -> None:
    put(folder, "offices", "t4\t沈怀谷\tfishery\t2014-05-01", "t4\t沈怀谷\tfishery\t2014-05-01")
    texts = {trial.text: trial.day for trial in row_trials(Layers(folder, (), TODAY))}
    assert texts["渔业部部长沈怀谷出席会议。"] == date(2014, 5, 1)
    assert texts["“三个湖泊”战略布局。"] == TODAY


class Everything:
    """Flags every text."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rule."""
        return (Rule("WRD801", Severity.ORDINARY, "错", "表"),)

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield one finding."""
        yield Finding(
            self.rules[0], Span(0, len(document.text)), Severity.ORDINARY, 1, "错", (), "表"
        )


def test_flags_in_clean_text_are_counted_by_million() -> None:
    flags = CleanText()
    document = Document("甲" * 1000)
    flags.add("甲", document, Everything().check(document))
    assert flags.per_million(Severity.ORDINARY) == 1000
    assert flags.per_million(Severity.SERIOUS) == 0
    assert [name for name, _, _ in flags.loud] == ["甲"]
