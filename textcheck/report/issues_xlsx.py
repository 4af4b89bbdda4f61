"""Issues as a workbook, one row for each place: what a filter of the queue shows, to pass on."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook  # type: ignore[import-untyped] # no stubs published

from textcheck.finding import FAMILIES
from textcheck.store.issue import Issue, Occurrence

__all__ = ["issues_xlsx"]

_COLUMNS = (
    ("问题编号", 14),
    ("级别", 7),
    ("状态", 10),
    ("规则", 9),
    ("类别", 14),
    ("问题表述", 18),
    ("所在语句", 60),
    ("说明", 36),
    ("建议", 18),
    ("县区", 14),
    ("单位", 24),
    ("账号", 22),
    ("标题", 36),
    ("发布时间", 12),
    ("网址", 40),
)


def issues_xlsx(
    issues: Iterable[Issue],
    told: Callable[[Issue, Occurrence], str],
    reaches: Callable[[Occurrence], bool],
    made_at: datetime,
) -> bytes:
    """Return the places of issues that `reaches` lets pass, each with the state that is told."""
    out = BytesIO()
    # Strings stay strings: an account's or an article's name may begin with = + - @.
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, plain) as book:
        book.set_properties({"title": "问题", "created": made_at.replace(tzinfo=None)})
        sheet = book.add_worksheet("问题")
        bold = book.add_format({"bold": True, "border": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        for column, (name, width) in enumerate(_COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, bold)
        sheet.freeze_panes(1, 0)
        number = 0
        for number, cells in enumerate(_rows(issues, told, reaches), start=1):
            for column, words in enumerate(cells):
                sheet.write_string(number, column, words, wrapped)
        sheet.autofilter(0, 0, number, len(_COLUMNS) - 1)
    return out.getvalue()


def _rows(
    issues: Iterable[Issue],
    told: Callable[[Issue, Occurrence], str],
    reaches: Callable[[Occurrence], bool],
) -> Iterator[tuple[str, ...]]:
    for issue in issues:
        for place in filter(reaches, issue.occurrences):
            yield (
                issue.fingerprint[:12],
                place.severity.label,
                told(issue, place),
                issue.rule_code,
                FAMILIES[issue.rule_code[:3]],
                issue.quote,
                issue.marked,
                issue.message,
                "、".join(issue.suggestions),
                place.county,
                place.unit,
                place.account,
                place.title,
                f"{place.published_on:%Y-%m-%d}" if place.published_on else "",
                place.url,
            )
