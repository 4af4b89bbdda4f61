"""Read the office's register of accounts: TOML, or a sheet of xlsx or xls."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from textcheck.account import Account, Platform, SourceSpec, Status
from textcheck.errors import ConfigError

__all__ = ["load_register"]

_COLUMNS = {
    "id": ("账号ID", "ID", "编号", "账号编号"),
    "county": ("县区", "地区", "县市区", "县（市、区）", "所属县区"),
    "unit": ("单位", "主办单位"),
    "platform": ("平台", "平台类型"),
    "name": ("账号名称", "名称", "政务新媒体"),
    "status": ("状态", "运行状态"),
    "list_order": ("顺序", "列表顺序", "list_order"),
    "kind": ("来源", "来源类型", "kind"),
    "feed": ("feed",),
    "uid": ("uid",),
    "list": ("list",),
    "": ("序号",),  # counts rows, says nothing of the account
}
"""A field, and the headers that a sheet may give it; `来源.KEY` is any other option of a source."""

_NEEDED = ("id", "county", "unit", "platform", "name")
_FIELDS = (*_NEEDED, "status", "list_order")
_HEADER_ROWS = 5  # a sheet may have a title and remarks above its header
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx is a zip, xls an OLE file


@dataclass(frozen=True, slots=True)
class _Row:
    """One account as it stands in a file; `place` and `labels` name it and its fields in errors."""

    place: str
    labels: Mapping[str, str]
    values: Mapping[str, str]
    sources: tuple[SourceSpec, ...]

    def at(self, name: str) -> str:
        return f"{self.place}“{self.labels.get(name, name)}”"


def load_register(path: Path) -> list[Account]:
    """
    Return the accounts of a register, in the file's order.

    The kind of file is told by its first bytes, since offices rename freely. Raises ConfigError
    naming the file and the place for whatever is unknown, missing, repeated or unreadable.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ConfigError(f"找不到账号登记表 {path}") from error
    except OSError as error:
        raise ConfigError(f"账号登记表 {path} 无法读取：{error}") from error
    rows = _sheet_rows(data, path) if data.startswith(_SPREADSHEETS) else _toml_rows(data, path)
    if not rows:
        raise ConfigError(f"账号登记表 {path} 中没有账号")
    accounts = [_account(row, position) for position, row in enumerate(rows, start=1)]
    _refuse_repeated(rows)
    return accounts


def _account(row: _Row, position: int) -> Account:
    values = row.values
    for name in _NEEDED:
        if not values.get(name):
            raise ConfigError(f"{row.at(name)}：不能为空")
    for name, value in values.items():
        if not value.isprintable():  # no file that a list is written to can hold it
            raise ConfigError(f"{row.at(name)}：含有不可见字符 {value!r}")
    return Account(
        id=values["id"],
        county=values["county"],
        unit=values["unit"],
        platform=Platform(_member(row, "platform", Platform)),
        name=values["name"],
        status=Status(_member(row, "status", Status) if values.get("status") else Status.RUNNING),
        list_order=_order(row, position),
        sources=row.sources,
    )


def _member(row: _Row, name: str, kind: type[StrEnum]) -> str:
    known = [member.value for member in kind]
    value = row.values[name]
    if value not in known:
        raise ConfigError(f"{row.at(name)}：不认识“{value}”；可用的有：{'、'.join(known)}")
    return value


def _order(row: _Row, position: int) -> int:
    value = row.values.get("list_order", "")
    if not value:
        return position
    if not re.fullmatch(r"[0-9]{1,9}", value):
        raise ConfigError(f"{row.at('list_order')}：应为整数，不是“{value}”")
    return int(value)


def _refuse_repeated(rows: Iterable[_Row]) -> None:
    seen: dict[str, _Row] = {}
    for row in rows:
        first = seen.setdefault(row.values["id"], row)
        if first is not row:
            raise ConfigError(f"{row.at('id')}：“{row.values['id']}”与{first.at('id')}重复")


def _toml_rows(data: bytes, path: Path) -> list[_Row]:
    try:
        text = data.decode("utf-8-sig")
        tables = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"账号登记表 {path} 不是 UTF-8 编码的 TOML，也不是 xlsx 或 xls"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"账号登记表 {path} 不合 TOML 格式：{error}") from error
    _refuse_unknown(tables, ("account",), f"{path} ")
    entries = tables.get("account", [])
    if not isinstance(entries, list):
        raise ConfigError(f"{path} “account”：应写作 [[account]]")
    # tomllib does not tell lines. The n-th account stands under the n-th header, unless the
    # accounts were written as an inline array: then its number alone must do.
    lines = [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if re.match(r"\s*\[\[\s*account\s*\]\]", line)
    ]
    line_of = dict(enumerate(lines)) if len(lines) == len(entries) else {}
    rows = []
    for index, entry in enumerate(entries):
        line = f"第{line_of[index]}行起" if index in line_of else ""
        rows.append(_toml_row(entry, f"{path} {line}第{index + 1}个账号"))
    return rows


def _toml_row(entry: object, place: str) -> _Row:
    if not isinstance(entry, dict):
        raise ConfigError(f"{place}：应写作 [[account]]")
    _refuse_unknown(entry, (*_FIELDS, "source"), place)
    values = {}
    for name in entry.keys() - {"source"}:
        wanted = int if name == "list_order" else str
        if type(entry[name]) is not wanted:
            what = "整数" if wanted is int else "字符串"
            raise ConfigError(f"{place}“{name}”：应为{what}，不是 {entry[name]!r}")
        values[name] = _clean(str(entry[name]))
    sources = entry.get("source", [])
    if not isinstance(sources, list):
        raise ConfigError(f"{place}“source”：应写作 [[account.source]]")
    specs = tuple(
        _toml_source(source, f"{place}第{number}个来源")
        for number, source in enumerate(sources, start=1)
    )
    return _Row(place, {}, values, specs)


def _toml_source(source: object, place: str) -> SourceSpec:
    if not isinstance(source, dict):
        raise ConfigError(f"{place}：应写作 [[account.source]]")
    for name, value in source.items():
        if not isinstance(value, str) or not value.strip():
            raise ConfigError(f"{place}“{name}”：应为非空字符串，不是 {value!r}")
    if "kind" not in source:
        raise ConfigError(f"{place}“kind”：不能为空")
    return SourceSpec(source["kind"], {k: v for k, v in source.items() if k != "kind"})


def _refuse_unknown(table: Mapping[str, object], known: tuple[str, ...], place: str) -> None:
    if unknown := sorted(table.keys() - set(known)):
        raise ConfigError(f"{place}：不认识“{unknown[0]}”；可用的有：{'、'.join(known)}")


def _sheet_rows(data: bytes, path: Path) -> list[_Row]:
    cells = _sheet_cells(data, path)
    header_row = next((n for n, row in enumerate(cells[:_HEADER_ROWS]) if _is_header(row)), None)
    if header_row is None:
        raise ConfigError(f"{path} 前{_HEADER_ROWS}行中找不到表头（应有“平台”和“账号名称”两列）")
    labels = _header(cells[header_row], f"{path} 第{header_row + 1}行表头")
    rows = []
    for number, row in enumerate(cells[header_row + 1 :], start=header_row + 2):
        values = {name: row[column] for name, (column, _) in labels.items()}
        if any(value for name, value in values.items() if name):
            names = {name: label for name, (_, label) in labels.items()}
            rows.append(_sheet_row(values, names, f"{path} 第{number}行"))
    return rows


def _sheet_cells(data: bytes, path: Path) -> list[list[str]]:
    """Return the first sheet from cell A1 on; a merged range has its value in each cell."""
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            sheet = book.get_sheet_by_index(0)
            cells = [
                [_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)
            ]
            merged = sheet.merged_cell_ranges or []
    except CalamineError as error:
        raise ConfigError(
            f"账号登记表 {path} 不是可读的 xlsx 或 xls，也可能加了密码：{error}"
        ) from error
    for (top, left), (bottom, right) in merged:
        for row in cells[top : bottom + 1]:
            row[left : right + 1] = [cells[top][left]] * len(row[left : right + 1])
    return cells


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # Excel keeps 1001 as 1001.0
    return _clean(str(value))


def _clean(text: str) -> str:
    """Trim, and turn the line breaks of a cell into spaces."""
    return " ".join(text.split())


def _is_header(row: Iterable[str]) -> bool:
    return {"platform", "name"} <= {_field(label) for label in row}


def _field(label: str) -> str | None:
    plain = label.replace(" ", "")
    if plain.startswith("来源."):
        option = plain.removeprefix("来源.")
        return option if option not in {*_FIELDS, "kind", ""} else None
    for field, labels in _COLUMNS.items():
        if plain.lower() in (known.lower() for known in labels):
            return field
    return None


def _header(row: Iterable[str], place: str) -> dict[str, tuple[int, str]]:
    """Return the column and the label of each field."""
    found: dict[str, tuple[int, str]] = {}
    for column, label in enumerate(row):
        if not label:
            continue
        field = _field(label)
        if field is None:
            known = "、".join(labels[0] for labels in _COLUMNS.values())
            raise ConfigError(f"{place}：不认识“{label}”；可用的有：{known}、来源.选项名")
        if field in found:
            raise ConfigError(f"{place}：“{label}”与“{found[field][1]}”重复")
        found[field] = (column, label)
    for name in _NEEDED:
        if name not in found:
            raise ConfigError(f"{place}：缺少“{_COLUMNS[name][0]}”一列")
    return found


def _sheet_row(values: Mapping[str, str], labels: Mapping[str, str], place: str) -> _Row:
    options = {
        name: value
        for name, value in values.items()
        if value and name not in {*_FIELDS, "kind", ""}
    }
    kind = values.get("kind", "")
    row = _Row(place, labels, values, (SourceSpec(kind, options),) if kind else ())
    if options and not kind:
        name = next(iter(options))
        raise ConfigError(f"{row.at(name)}：填了来源选项，却没有“{_COLUMNS['kind'][0]}”")
    return row
