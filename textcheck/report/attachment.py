"""Attachment 2 of the notice, the nonconformance list, as cells: what all its forms share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby

from textcheck.edition import Edition, EditionLine

__all__ = [
    "ATTACHMENT",
    "HEADERS",
    "PREVIEW",
    "Row",
    "full_day",
    "list_rows",
    "list_title",
    "plain_day",
    "rows_html",
    "sampling_note",
]

ATTACHMENT = "附件2"
HEADERS = ("序号", "单位/部门", "政务新媒体", "存在问题", "发布时间")
PREVIEW = "预览稿，未正式印发"


@dataclass(frozen=True, slots=True)
class Row:
    """
    One account as printed; `dates` stand one a line in their cell.

    `county_rows` counts the rows that the county's merged cell covers; it is 0 below its first.
    """

    number: int
    county: str
    county_rows: int
    account: str
    problems: str
    dates: str

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """Return the five cells; the county only in the first row of its merged cell."""
        county = self.county if self.county_rows else ""
        return (str(self.number), county, self.account, self.problems, self.dates)


def list_rows(lines: Sequence[EditionLine]) -> list[Row]:
    """Return the rows in the order of lines; neighbours of one county share its cell."""
    rows: list[Row] = []
    for county, group in groupby(lines, key=lambda line: line.county):
        members = list(group)
        for place, line in enumerate(members):
            rows.append(
                Row(
                    number=len(rows) + 1,
                    county=county,
                    county_rows=0 if place else len(members),
                    account=line.account,
                    problems="、".join(line.problems),
                    dates="\n".join(plain_day(day) for day in line.dates),
                )
            )
    return rows


def rows_html(lines: Sequence[EditionLine]) -> list[str]:
    """Return the rows as HTML, everything escaped."""
    found = []
    for row in list_rows(lines):
        county = ""
        if row.county_rows:
            county = f'<td rowspan="{row.county_rows}">{escape(row.county)}</td>'
        found.append(
            f'<tr><td>{row.number}</td>{county}<td class="name">{escape(row.account)}</td>'
            f"<td>{escape(row.problems)}</td><td>{'<br>'.join(row.dates.splitlines())}</td></tr>"
        )
    return found


def list_title(edition: Edition) -> str:
    """Return the list's title, e.g. 2021年二季度抽查政府系统政务新媒体不合格清单."""
    return f"{edition.quarter.label}抽查政府系统政务新媒体不合格清单"


def sampling_note(edition: Edition) -> str:
    """Return the note below the list: the period, and that remedied errors are still on it."""
    period = f"{full_day(edition.since)}—{full_day(edition.until)}"
    return f"注：以上数据采样时间{period}，包含已反馈的数据。"


def plain_day(day: date) -> str:
    """
    Write a day as the list does, without padding.

    >>> plain_day(date(2021, 7, 2))
    '2021.7.2'
    """
    return f"{day.year}.{day.month}.{day.day}"


def full_day(day: date) -> str:
    """
    Write a day as running text does.

    >>> full_day(date(2021, 7, 2))
    '2021年7月2日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
