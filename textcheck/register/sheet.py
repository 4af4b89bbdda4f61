"""A register as a spreadsheet: workbooks as the national system exports them, and CSV."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import islice

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from textcheck.account import SourceSpec
from textcheck.errors import ConfigError
from textcheck.register.columns import LABELS, NEEDED, NUMBER, Columns, columns_of, is_header
from textcheck.register.row import Row, clean

__all__ = ["Sheet", "csv_sheet", "gives_sources", "sheet_rows", "workbook_sheets"]

_HEADER_ROWS = 10  # a sheet may have a title and remarks above its header
_DELIMITERS = ",\t;，"
# A spreadsheet keeps numbers in binary: of sixteen digits and more the last ones are lost.
_EXACT = 10**15


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells as text from A1 on, what numbers the spreadsheet has rounded, and the sheet's name."""

    name: str
    cells: Sequence[Sequence[str]]
    rounded: frozenset[tuple[int, int]] = frozenset()

    def at(self, row: int, column: int) -> str:
        """Name a cell as the spreadsheet does."""
        letters = ""
        rest = column + 1
        while rest:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(ord("A") + letter) + letters
        place = f"{letters}{row + 1}"
        return f"工作表“{self.name}” {place}" if self.name else place


def workbook_sheets(data: bytes) -> list[Sheet]:
    """Return the sheets of an xlsx or xls file; a merged range has its value in each cell."""
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            return [_sheet(book.get_sheet_by_name(name)) for name in book.sheet_names]
    except CalamineError as error:
        raise ConfigError(f"不是可读的 xlsx 或 xls，也可能加了密码：{error}") from error


def csv_sheet(text: str) -> Sheet | None:
    """Return the cells of delimited text, None where no line near the top is a header."""
    for delimiter in _DELIMITERS:
        try:
            rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
        except csv.Error:
            continue
        sheet = Sheet("", [[clean(cell) for cell in row] for row in rows])
        if _header_row(sheet) is not None:
            return sheet
    return None


def sheet_rows(sheets: Sequence[Sheet], problems: list[str], notes: list[str]) -> list[Row]:
    """Return the accounts of all sheets with a header; tell of sheets and columns without use."""
    rows: list[Row] = []
    headers = [(sheet, _header_row(sheet)) for sheet in sheets]
    if all(header is None for _, header in headers):
        problems.append(f"前{_HEADER_ROWS}行中找不到表头（应有“平台”和“账号名称”两列）")
        return []
    for sheet, header in headers:
        if header is not None:
            rows += _rows(sheet, header, problems, notes)
        elif any(any(row) for row in sheet.cells):
            notes.append(f"工作表“{sheet.name}”没有表头，没有读取")
    return rows


def gives_sources(sheets: Sequence[Sheet]) -> bool:
    """Tell whether a sheet has a column of sources."""
    headers = [(sheet, _header_row(sheet)) for sheet in sheets]
    return any(n is not None and columns_of(sheet.cells[n]).sources for sheet, n in headers)


def _sheet(sheet: CalamineSheet) -> Sheet:
    values = sheet.to_python(skip_empty_area=False)
    cells = [[_cell(value) for value in row] for row in values]
    rounded = {
        (number, column)
        for number, row in enumerate(values)
        for column, value in enumerate(row)
        if isinstance(value, float) and abs(value) >= _EXACT
    }
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        for row in cells[top : bottom + 1]:
            row[left : right + 1] = [cells[top][left]] * len(row[left : right + 1])
    return Sheet(sheet.name, cells, frozenset(rounded))


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # Excel keeps 1001 as 1001.0
    return clean(str(value))


def _header_row(sheet: Sheet) -> int | None:
    rows = islice(enumerate(sheet.cells), _HEADER_ROWS)
    return next((number for number, row in rows if is_header(row)), None)


def _rows(sheet: Sheet, header: int, problems: list[str], notes: list[str]) -> Iterator[Row]:
    labels = sheet.cells[header]
    columns = columns_of(labels)
    problems += [
        f"{sheet.at(header, column)}“{labels[column]}”：{text}" for column, text in columns.problems
    ]
    missing = [LABELS[name] for name in NEEDED if name not in columns.fields]
    if missing:
        place = f"工作表“{sheet.name}” " if sheet.name else ""
        problems.append(f"{place}第{header + 1}行表头：缺少“{'”“'.join(missing)}”列")
        return
    if columns.unused:
        named = "、".join(f"“{labels[n]}”（{sheet.at(header, n)}）" for n in columns.unused)
        notes.append(f"没有用到的列：{named}")
    for number, cells in enumerate(sheet.cells[header + 1 :], start=header + 1):
        padded = [*cells, *[""] * (len(labels) - len(cells))]
        if any(padded[column] for name, column in columns.fields.items() if name != NUMBER):
            yield _row(sheet, (number, padded), labels, columns, problems)


def _row(
    sheet: Sheet,
    numbered: tuple[int, Sequence[str]],
    labels: Sequence[str],
    columns: Columns,
    problems: list[str],
) -> Row:
    number, cells = numbered
    fields = {name: column for name, column in columns.fields.items() if name != NUMBER}
    places = {name: f"{sheet.at(number, n)}“{labels[n]}”" for name, n in fields.items()}
    for name, column in fields.items():
        if (number, column) in sheet.rounded:
            problems.append(
                f"{places[name]}：数字超过 15 位，表格软件已改动末几位；请设为文本后重新填写"
            )
    specs = []
    for options in (columns.sources[key] for key in sorted(columns.sources)):
        filled = {name: cells[column] for name, column in options.items() if cells[column]}
        kind = filled.pop("kind", "")
        if kind:
            specs.append(SourceSpec(kind, filled))
        elif filled:
            column = options[next(iter(filled))]
            place = f"{sheet.at(number, column)}“{labels[column]}”"
            problems.append(f"{place}：填了来源的设置，却没有写明是哪种来源")
        problems += [
            f"{sheet.at(number, options[name])}：含有不可见字符 {value!r}"
            for name, value in filled.items()
            if not value.isprintable()
        ]
    values = {name: cells[column] for name, column in fields.items()}
    return Row(f"第{number + 1}行", values, tuple(specs), places)
