from datetime import date

import pytest

from tests.checkers.conftest import Check
from textcheck.finding import Severity


@pytest.mark.parametrize(
    ("day", "text", "suggestions"),
    [
        ("2020-05-06", "云泽院总理江望舒", [("云泽院总理陆青禾",)]),
        ("2020-05-06", "云泽国云泽院总理江望舒", [("云泽国云泽院总理陆青禾",)]),  # its own alias
        ("2015-05-06", "云泽院总理陆青禾", [("云泽院副总理陆青禾", "云泽院总理江望舒")]),
        ("2020-05-06", "云泽院副总理陆青禾", [("云泽院总理陆青禾",)]),
        ("2015-05-06", "云泽院总理沈怀谷", [("渔业部部长沈怀谷", "云泽院总理江望舒")]),
        ("2017-01-01", "云泽院总理周白", [("云泽院副总理周白", "云泽院总理江望舒")]),
        ("2018-05-06", "湖泊委主任江望舒", []),  # nobody is known to be in it
        ("2018-05-06", "湖泊委主任周白", [("云泽院副总理周白",)]),  # what he holds now
        ("2020-05-06", "云泽院总理沈怀", [("云泽院总理陆青禾",)]),
        # The title in front of another one is put right with it.
        ("2013-05-06", "云泽院总理、渔业部部长阿里木·云", [()]),
        ("2020-05-06", "云泽院副总理兼渔业部部长沈怀谷", []),  # many seats prove nothing
        ("2020-05-06", "护湖委员陆青禾", [("云泽院总理陆青禾",)]),  # all holders are known
        ("2014-05-06", "护湖委员江望舒", [("云泽院总理江望舒",)]),  # of the first rank: all offices
        ("2020-05-06", "护湖委员沈怀谷", []),  # whether in office at all is not known
        ("2015-05-06", "渔业部副部长沈怀谷", [("渔业部部长沈怀谷",)]),  # no row for the deputy
        ("2015-05-06", "渔业副部长沈怀谷", [("渔业部长沈怀谷",)]),  # the same short form
        ("2014-05-03", "渔业部副部长沈怀谷", [("渔业部部长沈怀谷",)]),
        ("2018-03-12", "云泽院副总理陆青禾", [("云泽院总理陆青禾",)]),
        ("2015-05-06", "陆青禾总理", [("陆青禾副总理",)]),
        ("2015-05-06", "总理陆青禾", [("副总理陆青禾",)]),
        ("2020-05-06", "陆青禾总理府", []),
    ],
)
def test_a_title_is_held_on_the_day_or_found(
    day: str, text: str, suggestions: list[tuple[str, ...]], run: Check
) -> None:
    assert [finding.suggestions for finding in run(text, day)] == suggestions


@pytest.mark.parametrize(
    ("day", "severity"),
    [
        ("2020-05-06", Severity.SERIOUS),  # two years out of office
        ("2026-02-01", Severity.SERIOUS),
        ("2026-05-06", Severity.HINT),  # eight years: a text about the past
    ],
)
def test_who_left_long_ago_is_named_in_history(day: str, severity: Severity, run: Check) -> None:
    (finding,) = run("云泽院总理江望舒", day)
    assert (finding.rule.code, finding.severity) == ("TTL202", severity)


@pytest.mark.parametrize(
    "text",
    [
        "云泽院总理江望舒",  # in office
        "时任云泽院副总理陆青禾",
        "云泽院总理、云泽院总理江望舒",
        "云泽院总理的江望舒",  # not joined
        "云泽院总理",
        "江望舒",
    ],
)
def test_what_is_right_on_the_day_is_left_alone(text: str, run: Check) -> None:
    assert [finding for finding in run(text, "2015-05-06") if finding.rule.family == "TTL"] == []


@pytest.mark.parametrize(
    "word",
    [
        "原",
        "时任",
        "前",
        "前任",
        "曾任",
        "历任",
        "候任",
        "首任",
        "第三任",
        "第十二届",
        "当选",
        "已故",
        "拟任",
        "卸任",
        "担任",
        "出任",
        "接替",
        "任命",
        "选举",
        "决定",
    ],
)
def test_a_word_in_front_may_say_that_it_was_another_time(word: str, run: Check) -> None:
    assert run(f"{word}云泽院总理江望舒") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2015年，云泽院总理江望舒来过。", 0),
        ("云泽院总理江望舒在２０１８年来过。", 1),  # wide digits name no year yet
        ("云泽院总理江望舒在2018年来过。", 0),
        ("2019年，云泽院总理江望舒来过。", 1),  # a year in which it was not held
        ("2015年的桥。云泽院总理江望舒来过。", 1),  # named in another sentence
        ("他在2015个日夜里写下云泽院总理江望舒。", 1),  # no year
        ("2030年，云泽院总理陆青禾会来。", 0),  # a term without an end goes on
    ],
)
def test_a_year_in_the_sentence_may_be_the_day(text: str, found: int, run: Check) -> None:
    assert len(run(text)) == found


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2018-03-09", 0),
        ("2018-03-10", 0),
        ("2018-03-11", 0),
        ("2018-03-12", 1),
        (None, 0),  # a draft has no day here
    ],
)
def test_on_the_days_of_hand_over_both_are_right(day: str | None, found: int, run: Check) -> None:
    assert len(run("云泽院总理江望舒", day)) == found


def test_the_message_names_the_day_and_the_holder(run: Check) -> None:
    (finding,) = run("云泽院总理江望舒讲话")
    assert finding.message == (
        "所任职务与发布日期不符：江望舒在2020-05-06不任云泽院总理，2020-05-06担任该职务的是陆青禾"
    )
    assert finding.severity is Severity.SERIOUS


def test_a_post_without_a_source_is_no_serious_matter(run: Check) -> None:
    (finding,) = run("湖泊委主任周白", "2018-05-06")
    assert finding.severity is Severity.ORDINARY
    assert date(2018, 5, 6).isoformat() in finding.message


def test_a_quoted_error_is_a_hint(run: Check) -> None:
    (finding,) = run("上期错写了云泽院总理江望舒")
    assert finding.severity is Severity.HINT
