from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from textcheck.edition import Edition, EditionLine
from textcheck.report.attachment import list_rows, plain_day
from textcheck.report.plain import list_text
from textcheck.text.width import display_width, pad


def test_problems_stand_beside_each_other_and_days_below(edition: Edition) -> None:
    days = (date(2021, 4, 16), date(2021, 12, 6))
    line = replace(edition.lines[0], problems=("甲", "乙"), dates=days)
    (row,) = list_rows([line])
    assert row.cells == ("1", "甲县", "甲县教育（微信）", "甲、乙", "2021.4.16\n2021.12.6")


@given(st.lists(st.sampled_from("甲乙丙"), max_size=12))
def test_merged_cells_cover_every_row_once(counties: list[str]) -> None:
    lines = [EditionLine(str(n), county, "", "", (), ()) for n, county in enumerate(counties)]
    rows = list_rows(lines)
    assert [row.number for row in rows] == list(range(1, len(lines) + 1))
    covered = [row.county for row in rows for _ in range(row.county_rows)]
    assert covered == counties


@given(st.dates())
def test_days_are_written_without_padding(day: date) -> None:
    year, month, number = plain_day(day).split(".")
    assert date(int(year), int(month), int(number)) == day
    assert not any(part.startswith("0") for part in (month, number))


def test_plain_text_keeps_the_columns_below_each_other(edition: Edition) -> None:
    twice = replace(edition.lines[0], dates=(date(2021, 4, 1), date(2021, 4, 2)))
    lines = list_text(replace(edition, lines=(twice,))).splitlines()
    assert lines[0] == "附件2（第1版）"
    header, first, second = lines[2:5]
    place = display_width(header.partition("发布时间")[0])
    assert display_width(first.partition("2021.4.1")[0]) == place
    assert second == " " * place + "2021.4.2"


def test_width_counts_columns() -> None:
    assert display_width("a甲（“—”）") == 1 + 2 + 2 + 2 + 2 + 2 + 2
    assert display_width("e\u0301") == 1  # an accent stands above its letter
    assert pad("甲", 4) == "甲  "
