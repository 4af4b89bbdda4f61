"""The nonconformance list as a workbook: the list, its evidence, its counts."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook  # type: ignore[import-untyped] # no stubs published

from textcheck.account import Account
from textcheck.edition import Edition
from textcheck.report.attachment import (
    ATTACHMENT,
    HEADERS,
    PREVIEW,
    Row,
    list_rows,
    list_title,
    plain_day,
    sampling_note,
)
from textcheck.report.evidence import Evidence, clip, evidence_for
from textcheck.report.statistics import Count, by_class, by_county, by_platform
from textcheck.text.width import display_width

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped] # no stubs published
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped] # no stubs published

__all__ = ["list_xlsx"]

_A4 = 9
_BODY, _BOLD, _TITLE = "仿宋_GB2312", "黑体", "方正小标宋简体"
_LINE = 20.0  # points, for 12 pt type
_WIDEST = 60  # columns; longer text is wrapped
_AROUND = 100  # characters of the sentence kept on each side of the wrong words
_EVIDENCE = (
    ("政务新媒体", 18),
    ("标题", 22),
    ("网址", 26),
    ("发布时间", 11),
    ("规则", 9),
    ("级别", 7),
    ("所在语句（红字为问题表述）", 46),
    ("确认人", 12),
    ("文本摘要SHA-256", 18),
)


def list_xlsx(
    edition: Edition, evidence: Sequence[Evidence] = (), accounts: Sequence[Account] = ()
) -> bytes:
    """
    Return the workbook; `accounts` is the register that the counts are taken from.

    The same values give the same bytes, so that a list can be made again and compared.
    """
    out = BytesIO()
    # Strings stay strings: an account's or an article's name may begin with = + - @.
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, plain) as book:
        book.set_properties({"title": list_title(edition), "created": _naive(edition.issued_at)})
        styles = _styles(book)
        _list_sheet(book.add_worksheet("清单"), edition, styles)
        if behind := evidence_for(edition, evidence):
            _evidence_sheet(book.add_worksheet("证据"), behind, styles)
        _count_sheet(book.add_worksheet("统计"), edition, evidence, accounts, styles)
    return out.getvalue()


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None, microsecond=0)


def _styles(book: Workbook) -> dict[str, "Format"]:
    cell = {"font_name": _BODY, "font_size": 12, "valign": "vcenter", "text_wrap": True}
    small = cell | {"font_size": 10, "border": 1}
    return {
        "attachment": book.add_format({"font_name": _BOLD, "font_size": 16}),
        "title": book.add_format(
            {"font_name": _TITLE, "font_size": 20, "align": "center", "valign": "vcenter"}
            | {"text_wrap": True}
        ),
        "preview": book.add_format({"font_name": _BOLD, "font_size": 12, "font_color": "#C00000"}),
        "header": book.add_format(
            cell | {"font_name": _BOLD, "align": "center", "border": 1, "bold": False}
        ),
        "center": book.add_format(cell | {"align": "center", "border": 1}),
        "left": book.add_format(cell | {"border": 1, "indent": 1}),
        "note": book.add_format(cell),
        "plain": book.add_format({"font_name": _BODY, "font_size": 10}),
        "small": book.add_format(small),
        "small_center": book.add_format(small | {"align": "center"}),
        "red": book.add_format({"font_name": _BODY, "font_size": 10, "font_color": "#FF0000"}),
        "small_red": book.add_format(small | {"font_color": "#FF0000"}),
    }


def _page(sheet: "Worksheet", *, landscape: bool = False) -> None:
    sheet.set_paper(_A4)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.8, right=0.8, top=1.0, bottom=0.9)
    sheet.set_footer('&C&"宋体"&10第 &P 页，共 &N 页')


def _list_sheet(sheet: "Worksheet", edition: Edition, styles: dict[str, "Format"]) -> None:
    _page(sheet)
    rows = list_rows(edition.lines)
    widths = _widths(rows)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    last = len(HEADERS) - 1
    sheet.write_string(0, 0, ATTACHMENT, styles["attachment"])
    if edition.is_preview:
        sheet.write_string(0, 2, PREVIEW, styles["preview"])
    title = list_title(edition)
    _merge(sheet, (1, 0, 1, last), title, styles["title"])
    # 20 pt type is 5/3 as wide as the 12 pt type that the widths are measured in.
    sheet.set_row(1, 34.0 * _lines(title, int(sum(widths) * 3 / 5)))
    for column, header in enumerate(HEADERS):
        sheet.write_string(2, column, header, styles["header"])
    sheet.set_row(2, _LINE + 6)
    sheet.repeat_rows(2)
    sheet.freeze_panes(3, 0)
    for number, row in enumerate(rows, start=3):
        _list_row(sheet, number, row, widths, styles)
    below = 3 + len(rows)
    _merge(sheet, (below, 0, below, last), sampling_note(edition), styles["note"])
    sheet.set_row(below, _LINE * _lines(sampling_note(edition), int(sum(widths))) + 6)
    sheet.print_area(0, 0, below, last)


def _list_row(
    sheet: "Worksheet", number: int, row: Row, widths: Sequence[float], styles: dict[str, "Format"]
) -> None:
    for column, text in enumerate(row.cells):
        style = styles["left" if column == HEADERS.index("政务新媒体") else "center"]
        if column != HEADERS.index("单位/部门"):
            sheet.write_string(number, column, text, style)
        elif row.county_rows:
            _merge(sheet, (number, column, number + row.county_rows - 1, column), text, style)
    tallest = max(_lines(text, int(width)) for text, width in zip(row.cells, widths, strict=True))
    sheet.set_row(number, _LINE * tallest + 4)


def _merge(
    sheet: "Worksheet", cells: tuple[int, int, int, int], text: str, style: "Format"
) -> None:
    """Write text over a range; Excel calls a merged range of one cell damaged."""
    top, left, bottom, right = cells
    if (top, left) != (bottom, right):
        sheet.merge_range(top, left, bottom, right, "", style)
    sheet.write_string(top, left, text, style)


def _widths(rows: Iterable[Row]) -> list[float]:
    """Return the columns' widths, two units a Chinese character: autofit measures those as one."""
    least = (6, 14, 30, 18, 13)
    texts = [HEADERS, *(row.cells for row in rows)]
    measured = (max(map(_longest, column)) + 2 for column in zip(*texts, strict=True))
    return [float(min(max(pair), _WIDEST)) for pair in zip(measured, least, strict=True)]


def _longest(text: str) -> int:
    return max(map(display_width, text.split("\n")))


def _lines(text: str, width: int) -> int:
    return sum(max(1, -(-display_width(line) // max(width, 1))) for line in text.split("\n"))


def _evidence_sheet(
    sheet: "Worksheet", evidence: Sequence[Evidence], styles: dict[str, "Format"]
) -> None:
    _page(sheet, landscape=True)
    for column, (header, width) in enumerate(_EVIDENCE):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, header, styles["header"])
    sheet.set_row(0, _LINE + 4)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    for number, item in enumerate(evidence, start=1):
        day = plain_day(item.published_on) if item.published_on else ""
        texts = {
            0: item.account,
            1: item.title,
            2: item.url,
            3: day,
            4: item.code,
            5: item.severity.label,
            7: "、".join(item.reviewers),
            8: item.digest,
        }
        for column, text in texts.items():
            centred = _EVIDENCE[column][0] in {"发布时间", "规则", "级别"}
            sheet.write_string(number, column, text, styles["small_center" if centred else "small"])
        sentence = _write_sentence(sheet, number, 6, item, styles)
        texts[6] = sentence
        tallest = max(_lines(text, _EVIDENCE[column][1]) for column, text in texts.items())
        sheet.set_row(number, 15.0 * tallest + 4)


def _write_sentence(
    sheet: "Worksheet", row: int, column: int, item: Evidence, styles: dict[str, "Format"]
) -> str:
    """Write the sentence with the wrong words red; return it as written."""
    before, quote, after = clip(item.sentence, item.quote, _AROUND)
    parts: list[Any] = [*([before] if before else []), styles["red"], quote]
    parts += [after] if after else []
    if before or after:
        sheet.write_rich_string(row, column, *parts, styles["small"])
    else:  # a rich string needs two parts
        sheet.write_string(row, column, quote, styles["small_red"])
    return before + quote + after


def _count_sheet(
    sheet: "Worksheet",
    edition: Edition,
    evidence: Sequence[Evidence],
    accounts: Sequence[Account],
    styles: dict[str, "Format"],
) -> None:
    _page(sheet)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 2, 16)
    below = 0
    for header, counts in (
        ("县区", by_county(edition, accounts)),
        ("平台", by_platform(edition, accounts)),
    ):
        below = _count_table(sheet, below, header, counts, styles) + 1
    for column, text in enumerate(("错误类别", "问题数")):
        sheet.write_string(below, column, text, styles["header"])
    for name, number in by_class(edition, evidence):
        below += 1
        sheet.write_string(below, 0, name, styles["left"])
        sheet.write_number(below, 1, number, styles["center"])
    note = "登记数取生成本表时登记表中的在运行账号。"
    sheet.write_string(below + 2, 0, note, styles["plain"])


def _count_table(
    sheet: "Worksheet", top: int, header: str, counts: Sequence[Count], styles: dict[str, "Format"]
) -> int:
    """Write one table with its sums; return the row below it."""
    for column, text in enumerate((header, "登记在运行", "不合格")):
        sheet.write_string(top, column, text, styles["header"])
    registered, failed = sum(c.registered for c in counts), sum(c.failed for c in counts)
    for row, count in enumerate([*counts, Count("合计", registered, failed)], start=top + 1):
        sheet.write_string(row, 0, count.name, styles["left"])
        sheet.write_number(row, 1, count.registered, styles["center"])
        sheet.write_number(row, 2, count.failed, styles["center"])
    return top + len(counts) + 2
