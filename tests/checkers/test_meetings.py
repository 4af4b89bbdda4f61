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


@pytest.mark.parametrize(
    ("text", "day", "right"),
    [
        ("十四届湖会五次会议", "2020-05-06", "十四届湖会三次会议"),  # a fourth may come
        ("四十届湖会三次会议", "2020-05-06", "十四届湖会三次会议"),
        ("第十四届湖泊大会第七次会议", "2020-05-06", "第十四届湖泊大会第三次会议"),
        ("二一十届湖会三次会议", "2020-05-06", None),  # no number at all
        ("十四届湖会次会议", "2020-05-06", "十四届湖会三次会议"),
        ("第届湖泊大会第三次会议", "2020-05-06", "第十四届湖泊大会第三次会议"),
        ("四届湖会三次会议", "2020-05-06", "十四届湖会三次会议"),  # one slip from the last
        ("十四届湖会四次会议", "2021-05-06", "十四届湖会三次会议"),  # the term is over
        ("湖会四大和十四届历次会议", "2020-05-06", "湖会十四大和十四届历次会议"),
    ],
)
def test_numbers_that_were_never_held(text: str, day: str, right: str | None, run: Check) -> None:
    (finding,) = [found for found in run(text, day) if found.rule.code == "MTG503"]
    assert finding.severity is Severity.SERIOUS
    assert right is None or text.replace(finding.span.of(text), finding.suggestions[0]) == right


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("十四届湖会二次会议", "2020-05-06"),
        ("十四届湖会四次会议将召开", "2020-05-06"),  # the next one
        ("十五届湖会一次会议将召开", "2020-05-06"),
        ("三届湖会二次会议", "2020-05-06"),  # of long ago, and nothing near it in session
        ("1990年，四届湖会三次会议召开", "2020-05-06"),
        ("山岭十四届湖会五次会议", "2020-05-06"),  # somebody else's
        ("湖会十四大和十四届历次会议", "2020-05-06"),
        ("十四届湖会三次会议", "2017-01-01"),  # before anything in the table
    ],
)
def test_numbers_that_may_be_meant(text: str, day: str, run: Check) -> None:
    assert [found for found in run(text, day) if found.rule.code == "MTG503"] == []


@pytest.mark.parametrize(
    ("text", "day", "told"),
    [
        ("十五届湖会二次会议闭幕", "2021-06-30", "十五届湖会一次会议"),
        ("十五届湖会二次会议在水边召开了", "2021-06-30", "十五届湖会一次会议"),
        ("十六届湖会一次会议于2021年5月召开", "2021-06-30", "十五届湖会一次会议"),
        ("十五届湖会二次会议闭幕", "2021-07-01", None),  # what was held since, nobody knows
        ("十五届湖会二次会议将于2022年召开", "2021-06-30", None),
        ("十五届湖会二次会议于2022年召开", "2021-06-30", None),
        ("十五届湖会二次会议", "2021-06-30", None),
        ("山岭十五届湖会二次会议闭幕", "2021-06-30", None),  # somebody else's
        ("第十五届湖泊大会第二次会议闭幕", "2021-12-29", "第十五届湖泊大会第一次会议"),
        ("第十五届湖泊大会第二次会议闭幕", "2021-12-30", None),  # 300 days later
    ],
)
def test_the_next_of_a_series_is_not_held_yet(
    text: str, day: str, told: str | None, run: Check
) -> None:
    found = [(one.rule.code, one.suggestions) for one in run(text, day)]
    assert found == ([("MTG502", (told,))] if told else [])
