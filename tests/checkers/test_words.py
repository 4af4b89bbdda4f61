"""Idioms with a slip in them, over the small lexicon: 走投无路, 水到渠成 (水到渠通 is lawful)."""

import pytest

from tests.checkers.conftest import Check
from textcheck.finding import Severity

ORDINARY, HINT = Severity.ORDINARY, Severity.HINT


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("他们走头无路。", ORDINARY),
        ("他们走投无露。", ORDINARY),
        ("正所谓水道渠成。", ORDINARY),
        ("影片《走头无路》上映。", HINT),  # a title may play on words
        ("不能写成“走头无路”。", HINT),
    ],
)
def test_an_idiom_with_a_slip_is_found(text: str, severity: Severity, run: Check) -> None:
    (finding,) = run(text)
    assert (finding.rule.code, finding.severity) == ("WRD802", severity)


@pytest.mark.parametrize(
    "text", ["他们走投无路。", "水到渠通", "投无路", "走投无", "走投无路路", "水到渠成成果丰硕"]
)
def test_a_whole_idiom_and_a_part_of_one_are_left_alone(text: str, run: Check) -> None:
    assert [finding for finding in run(text) if finding.rule.code == "WRD802"] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("截止7月", 1),
        ("一行\n截止7月", 1),
        ("到此，截止7月", 1),
        ("报名截止7月", 0),
        ("截止五月", 0),
    ],
)
def test_a_context_may_be_the_beginning_of_a_line(text: str, found: int, run: Check) -> None:
    assert len([finding for finding in run(text) if finding.rule.code == "WRD801"]) == found
