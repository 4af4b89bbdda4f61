"""Which days of the mined file are asked, and how an answer is counted."""

from datetime import date
from pathlib import Path

import pytest
from score_offices import Pair, kind_of, main, moved_days, read_pairs

PAIRS = [
    Pair("国务院总理", "甲一", 99, date(2013, 3, 15), date(2018, 3, 1)),
    Pair("国务院总理", "甲一在", 5, date(2014, 3, 15), date(2017, 3, 1)),
    Pair("国务院总理", "乙二", 50, date(2018, 3, 18), date(2023, 3, 1)),
    Pair("中共中央政治局委员、国务院副总理", "乙二", 9, date(2013, 4, 1), date(2018, 2, 1)),
    Pair("国务院副总理", "丙三", 9, date(2014, 12, 1), date(2016, 2, 1)),
    Pair("国务委员", "丁四", 2, date(2014, 12, 1), date(2016, 2, 1)),
    Pair("某国总理", "戊五", 9, date(2014, 12, 1), date(2016, 2, 1)),
    Pair("外交部发言人", "己六", 9, date(2014, 12, 1), date(2016, 2, 1)),
    Pair("甲一总理", "曾经", 9, date(2014, 12, 1), date(2016, 2, 1)),
]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (0, "asked"),
        (1, "noise"),  # a name with the next character
        (2, "asked"),
        (5, "rare"),
        (6, "other"),  # a foreign office
        (7, "spokesperson"),
        (8, "noise"),  # a name in the title
    ],
)
def test_why_a_line_is_not_asked(number: int, kind: str) -> None:
    assert kind_of(PAIRS[number], PAIRS, ["外交部"]) == kind


@pytest.mark.parametrize(
    ("number", "days"),
    [
        (0, [("2019-03-01", "other")]),  # the year before lies before the tables begin
        (2, [("2017-03-18", "other")]),  # the year after lies behind the file
        (3, [("2019-02-01", "period")]),  # another five years, and seen in another office
        (4, []),  # within the five years, and where he was then is not told
    ],
)
def test_a_moved_day_is_asked_where_it_is_proved(number: int, days: list[tuple[str, str]]) -> None:
    asked = [(str(question.day), question.why) for question in moved_days(PAIRS[number], PAIRS)]
    assert asked == days


def test_it_scores_a_mined_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "facts" / "mined").mkdir(parents=True)
    (tmp_path / "facts" / "state_bodies_names.tsv").write_text("full_name\tform\n", "utf-8")
    lines = ["title\tname\tcount\tfirst\tlast"]
    lines += [
        "国务院总理\t李克强\t9\t2013-03-18\t2023-03-01",
        "国务院总理\t李强\t9\t2023-03-12\t2026-03-01",
    ]
    path = tmp_path / "facts" / "mined" / "title_name_by_date.tsv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    assert len(read_pairs(tmp_path / "facts")) == 2
    assert main(["--shared", str(tmp_path), "--least", "held=1", "--least", "moved=1"]) == 0
    assert "held" in capsys.readouterr().out
