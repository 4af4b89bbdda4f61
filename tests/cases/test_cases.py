"""Every rule against its table of cases, with the lexicons that are shipped."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.marks import UNKNOWN, read_marks
from textcheck.checkers import build_checkers
from textcheck.checkers.base import Checker
from textcheck.data import data_dir
from textcheck.document import Document
from textcheck.finding import Finding
from textcheck.lexicon.load import load_lexicon
from textcheck.linter import check
from textcheck.model.load import load_models

FOLDER = Path(__file__).parent
CODES = sorted(path.name for path in FOLDER.iterdir() if (path / "cases.toml").is_file())
LEVELS = {"serious": 3, "ordinary": 2, "hint": 1}


@dataclass(frozen=True, slots=True)
class Case:
    """One entry of a table; `severity` is None where it is the rule's own."""

    code: str
    kind: str
    text: str
    published_on: date | None
    severity: str | None
    why: str


CheckersOf = Callable[[Case], tuple[Checker, ...]]


def _cases(code: str, kind: str) -> list[Case]:
    data = tomllib.loads((FOLDER / code / "cases.toml").read_text(encoding="utf-8"))
    assert data.keys() == {"valid", "invalid"}
    return [_case(code, kind, entry) for entry in data[kind]]


def _case(code: str, kind: str, entry: dict[str, Any]) -> Case:
    unknown = entry.keys() - {"text", "published_on", "severity", "why"}
    assert not unknown, f"{code}: unknown keys {unknown}"
    return Case(
        code, kind, entry["text"], entry.get("published_on"), entry.get("severity"), entry["why"]
    )


def _params(kind: str) -> list[Any]:
    return [
        pytest.param(case, id=f"{code}-{number}")
        for code in CODES
        for number, case in enumerate(_cases(code, kind), start=1)
    ]


@pytest.fixture(scope="module")
def checkers() -> tuple[Checker, ...]:
    return build_checkers(load_lexicon(data_dir("lexicons"), data_dir("models")))


@pytest.fixture(scope="module")
def learned() -> tuple[Checker, ...]:
    lexicon = load_lexicon(data_dir("lexicons"), data_dir("models"))
    return build_checkers(lexicon, load_models(data_dir("models")))


@pytest.fixture
def checkers_of(checkers: tuple[Checker, ...], learned: tuple[Checker, ...]) -> CheckersOf:
    """Return what checks a case: the models too where it is theirs."""
    return lambda case: learned if case.code.startswith("MDL") else checkers


def _corrected(text: str, findings: list[Finding]) -> str:
    """Take every first suggestion, from the end."""
    for finding in reversed(findings):
        if finding.suggestions:
            span = finding.span
            text = text[: span.start] + finding.suggestions[0] + text[span.end :]
    return text


@pytest.mark.parametrize("case", _params("valid"))
def test_a_right_text_is_left_alone(case: Case, checkers_of: CheckersOf) -> None:
    document = Document(case.text, published_on=case.published_on)
    assert [finding.message for finding in check(document, checkers_of(case))] == [], case.why


@pytest.mark.parametrize("case", _params("invalid"))
def test_a_wrong_text_is_found_and_put_right(case: Case, checkers_of: CheckersOf) -> None:
    marked = read_marks(case.text)
    findings = check(Document(marked.published, published_on=case.published_on), checkers_of(case))
    assert [finding.rule.code for finding in findings] == [case.code] * len(marked.marks), case.why
    for finding, mark in zip(findings, marked.marks, strict=True):
        assert finding.span.overlaps(mark.span)
        if mark.right == UNKNOWN:
            assert finding.span == mark.span
            assert finding.suggestions == ()
        expected = LEVELS[case.severity] if case.severity else finding.rule.severity
        assert finding.severity == expected
    assert _corrected(marked.published, findings) == marked.corrected


@pytest.mark.parametrize("code", CODES)
def test_a_table_has_enough_of_both_and_no_case_twice(code: str) -> None:
    for kind in ("valid", "invalid"):
        cases = _cases(code, kind)
        assert len(cases) >= 8
        assert len({(case.text, case.published_on) for case in cases}) == len(cases)
        assert all(bool(read_marks(case.text).marks) is (kind == "invalid") for case in cases)


def test_every_rule_has_cases(learned: tuple[Checker, ...]) -> None:
    assert sorted(rule.code for checker in learned for rule in checker.rules) == CODES
