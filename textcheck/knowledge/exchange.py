"""Tables as a workbook and back: what a keeper changed, and the files that follow."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from python_calamine import CalamineError, CalamineWorkbook, load_workbook
from xlsxwriter import Workbook  # type: ignore[import-untyped] # no stubs published

from textcheck.errors import LexiconError
from textcheck.knowledge.schema import DISABLE, TABLES, Table
from textcheck.knowledge.table import Row

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped] # no stubs published
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped] # no stubs published

__all__ = [
    "Cells",
    "Change",
    "ChangeKind",
    "SheetError",
    "changed_file",
    "changes",
    "open_book",
    "read_workbook",
    "table_named",
    "write_workbook",
]

Cells = Mapping[str, str]
"""A row by its columns."""

_HELP = "说明"
_WIDEST = 60
_BREAKS = ("\t", "\n", "\r")


class ChangeKind(StrEnum):
    """What happened to a row; the value is what users see."""

    ADDED = "新增"
    CHANGED = "修改"
    REMOVED = "删除"


@dataclass(frozen=True, slots=True)
class Change:
    """A row of a table that is new, other, or gone: as it shall be, and as it was before."""

    table: str
    key: str
    kind: ChangeKind
    cells: Cells
    before: Cells

    @property
    def columns(self) -> list[str]:
        """Return the columns that differ."""
        names = table_named(self.table).names
        return [name for name in names if self.cells.get(name, "") != self.before.get(name, "")]


class SheetError(LexiconError):
    """What is wrong in a workbook, one line a cell."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Keep the lines."""
        super().__init__("\n".join(problems))


def table_named(name: str) -> Table:
    """Return a table by its name; an unknown one is an error naming the known."""
    known = {**TABLES, DISABLE.name: DISABLE}
    if name not in known:
        raise LexiconError(f"没有名为 {name} 的表；可用的有：{'、'.join(known)}")
    return known[name]


def write_workbook(tables: Mapping[str, Sequence[Row]]) -> bytes:
    """Return an xlsx workbook: a sheet that explains the columns, then one a table, all text."""
    stream = BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        # As text, or a spreadsheet makes 2018-03-17 a number and =甲 a formula.
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        head = book.add_format({"num_format": "@", "bold": True, "bg_color": "#DDEBF7"})
        guide = book.add_worksheet(_HELP)
        guide.freeze_panes(1, 0)
        guide.set_column(0, 2, 14, text)
        guide.set_column(3, 3, _WIDEST, text)
        _fill(guide, [("表", "表名", "列", "含义"), *_explained(tables)], head, text)
        for name, rows in tables.items():
            table = table_named(name)
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 1)
            lines = [table.names, *([row[column] for column in table.names] for row in rows)]
            for number in range(len(table.names)):
                sheet.set_column(number, number, _width([line[number] for line in lines]), text)
            _fill(sheet, lines, head, text)
    return stream.getvalue()


def _explained(tables: Iterable[str]) -> Iterator[tuple[str, ...]]:
    for name in tables:
        table = table_named(name)
        note = f"（由 {table.made_by} 生成，修改会被覆盖）" if table.made_by else ""
        for column in table.columns:
            yield name, table.title + note, column.name, column.meaning


def _width(texts: Sequence[str]) -> int:
    """Return a width that shows most of a column: a Chinese character takes two units."""
    longest = max(sum(1 + (character > "\u2e80") for character in text) for text in texts[:200])
    return min(_WIDEST, longest + 2)


def _fill(
    sheet: "Worksheet",
    lines: Iterable[Sequence[str]],
    head: "Format",
    text: "Format",
) -> None:
    for number, line in enumerate(lines):
        for place, cell in enumerate(line):
            sheet.write_string(number, place, cell, text if number else head)


def open_book(path: Path) -> CalamineWorkbook:
    """Open a workbook, xlsx or xls; raise LexiconError where there is none or it is none."""
    try:
        return load_workbook(path)
    except FileNotFoundError as error:
        raise LexiconError(f"找不到文件 {path}") from error
    except (CalamineError, OSError) as error:
        raise LexiconError(f"{path} 不是能读的 xlsx 或 xls 表格：{error}") from error


def read_workbook(path: Path) -> dict[str, list[Cells]]:
    """
    Return the rows of each table that a workbook has a sheet for.

    Raises SheetError naming sheet and cell: everything that is wrong, not only the first.
    """
    book = open_book(path)
    problems: list[str] = []
    tables = {}
    for name in book.sheet_names:
        if name != _HELP:
            tables[name] = _sheet(book, name, problems)
    if problems:
        raise SheetError(problems)
    if not tables:
        raise LexiconError(f"{path} 中没有词库的表")
    return tables


def _sheet(book: CalamineWorkbook, name: str, problems: list[str]) -> list[Cells]:
    try:
        table = table_named(name)
    except LexiconError as error:
        problems.append(f"工作表 {name}：{error}")
        return []
    lines = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    header = [_text(cell) for cell in lines[0]] if lines else []
    while header and not header[-1]:
        header.pop()
    if header != list(table.names):
        now = "、".join(header) or "空"
        problems.append(f"工作表 {name} 第1行：表头应为 {'、'.join(table.names)}，现在是 {now}")
        return []
    rows: list[Cells] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines[1:], start=2):
        cells = {
            column: _cell(cell, f"工作表 {name} 单元格 {_letter(place)}{number}", problems)
            for place, (column, cell) in enumerate(zip(table.names, line, strict=False))
        }
        if not any(cells.values()):
            continue
        key = cells[table.key]
        if not key:
            problems.append(f"工作表 {name} 单元格 A{number}：{table.key} 不能为空")
        elif key in seen:
            problems.append(f"工作表 {name} 单元格 A{number}：“{key}”与第{seen[key]}行重复")
        seen.setdefault(key, number)
        rows.append(cells)
    return rows


def _letter(place: int) -> str:
    """Return the letter of a column: no table has more than twenty-six."""
    return chr(ord("A") + place)


def _cell(cell: object, where: str, problems: list[str]) -> str:
    text = _text(cell)
    if any(mark in text for mark in _BREAKS):
        problems.append(f"{where}：不能有换行或制表符")
    if isinstance(cell, bool | time):
        problems.append(f"{where}：应为文字，不是 {cell}")
    return text


def _text(cell: object) -> str:
    """Return what stands in a cell: spreadsheets turn days and whole numbers into their own."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def changes(table: Table, before: Iterable[Row], after: Iterable[Cells]) -> list[Change]:
    """Return what differs, in the order of the keys."""
    old = {row[table.key]: {name: row[name] for name in table.names} for row in before}
    new = {cells[table.key]: cells for cells in after}
    found = []
    for key in sorted(old.keys() | new.keys()):
        if key not in old:
            found.append(Change(table.name, key, ChangeKind.ADDED, new[key], {}))
        elif key not in new:
            found.append(Change(table.name, key, ChangeKind.REMOVED, {}, old[key]))
        elif old[key] != new[key]:
            found.append(Change(table.name, key, ChangeKind.CHANGED, new[key], old[key]))
    return found


def changed_file(body: bytes, table: Table, wanted: Iterable[Change]) -> bytes:
    """
    Return a file with the changes made: every other line stays as it is, byte for byte.

    A new row goes to its place in the order of the keys; where the lines have another order, to
    the end. An empty body gets a header.
    """
    todo = {change.key: change for change in wanted}
    end = b"\r\n" if b"\r\n" in body else b"\n"
    lines = body.splitlines(keepends=True) or [_line("\t".join(table.names), end)]
    if not lines[-1].endswith(b"\n"):
        lines[-1] += end
    kept = lines[:1]
    keys = []
    for line in lines[1:]:
        key = line.decode("utf-8").split("\t")[0].strip()
        change = todo.pop(key, None)
        if change is None or change.kind is ChangeKind.CHANGED:
            kept.append(line if change is None else _line(_joined(change, table), end))
            keys.append(key)
    in_order = keys == sorted(keys)
    for key, change in sorted(todo.items()):
        at = len(keys)
        if in_order:
            at = next((at for at, other in enumerate(keys) if other > key), len(keys))
        kept.insert(at + 1, _line(_joined(change, table), end))
        keys.insert(at, key)
    return b"".join(kept)


def _joined(change: Change, table: Table) -> str:
    return "\t".join(change.cells.get(name, "") for name in table.names)


def _line(text: str, end: bytes) -> bytes:
    return text.encode() + end
