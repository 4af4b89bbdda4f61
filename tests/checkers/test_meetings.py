import pytest

from tests.checkers.conftest import Check
from textcheck.finding import Severity

NAME = "云泽十届三中全会"  # 2013-11-09 to 2013-11-12


@pytest.mark.parametrize(
    "text",
    ["{}精神", "{}闭幕", "{}胜利闭幕", "{}公报", "{}通过的决定", "{}审议通过了", "党的{}召开以来"],
)
def test_a_meeting_cannot_have_been_held_before_it_was(text: str, run: Check) -> None:
    assert [finding.rule.code for finding in run(text.format(NAME), "2013-11-08")] == ["MTG502"]
    assert run(text.format(NAME), "2013-11-09") == []
    assert run(text.format(NAME), None) == []


@pytest.mark.parametrize(
    "text",
    [
        "{}将于下月召开",
        "迎接{}",
        "{}",
        "{}会场内外",
        "把“{}精神”误写进了稿件",
        "“{}”精神",  # a mark stands between: not looked through
    ],
)
def test_a_coming_meeting_may_be_spoken_of(text: str, run: Check) -> None:
    assert run(text.format(NAME), "2013-11-08") == []


def test_a_meeting_without_days_is_held_again_and_again(run: Check) -> None:
    assert run("云泽经济工作会议精神", "1990-01-01") == []


def test_days_without_a_source_are_no_serious_matter(run: Check) -> None:
    (finding,) = run("云泽十届四中全会精神", "2014-01-01")
    assert finding.severity is Severity.ORDINARY
    assert finding.suggestions == ()
    assert "2014-10-20" in finding.message


@pytest.mark.parametrize("text", ["云泽十一届三中全会", "云泽九届三中全会", "云泽十届五中全会"])
def test_another_number_is_another_meeting(text: str, run: Check) -> None:
    assert run(text) == []
