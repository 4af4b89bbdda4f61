"""Read a register from a file: TOML, a sheet of xlsx or xls, or CSV."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from textcheck.account import Account
from textcheck.errors import ConfigError
from textcheck.register.row import Row, accounts_of
from textcheck.register.sheet import csv_sheet, gives_sources, sheet_rows, workbook_sheets
from textcheck.register.toml_file import toml_rows

__all__ = ["Register", "load_register", "read_register"]

_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx is a zip, xls an OLE file
_MOST_TOLD = 50  # of a file in which all is wrong nobody reads more


@dataclass(frozen=True, slots=True)
class Register:
    """
    The accounts of a file in its order, and what of the file was not used.

    `gives_sources` is false for a sheet without a column of sources: it says nothing of how the
    accounts are read.
    """

    accounts: tuple[Account, ...]
    notes: tuple[str, ...] = ()
    gives_sources: bool = True

    def over(self, known: Iterable[Account]) -> list[Account]:
        """Return the accounts, with the sources that are known where the file gives none."""
        if self.gives_sources:
            return list(self.accounts)
        sources = {account.id: account.sources for account in known}
        return [replace(account, sources=sources.get(account.id, ())) for account in self.accounts]


def load_register(path: Path) -> list[Account]:
    """Return the accounts of a register, in the file's order; raise as read_register does."""
    return list(read_register(path).accounts)


def read_register(path: Path) -> Register:
    """
    Read a register.

    The kind of file is told by its content, since offices rename freely. Raises ConfigError with
    all that is unknown, missing, repeated or unreadable, each with its place, cell by cell.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ConfigError(f"找不到账号登记表 {path}") from error
    except OSError as error:
        raise ConfigError(f"账号登记表 {path} 无法读取：{error}") from error
    problems: list[str] = []
    notes: list[str] = []
    try:
        rows, sources = _rows(data, problems, notes)
    except ConfigError as error:
        raise ConfigError(f"账号登记表 {path} {error}") from error
    accounts = accounts_of(rows, problems)
    if problems:
        raise ConfigError(_told(path, problems))
    if not accounts:
        raise ConfigError(f"账号登记表 {path} 中没有账号")
    return Register(tuple(accounts), tuple(notes), sources)


def _rows(data: bytes, problems: list[str], notes: list[str]) -> tuple[list[Row], bool]:
    """Return the rows of a file, and whether it says how accounts are read."""
    if data.startswith(_SPREADSHEETS):
        sheets = workbook_sheets(data)
        return sheet_rows(sheets, problems, notes), gives_sources(sheets)
    try:
        text = data.decode("utf-8-sig")
        is_utf8 = True
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")  # what Excel writes as CSV
        is_utf8 = False
    if "\ufffd" not in text and (sheet := csv_sheet(text)) is not None:
        return sheet_rows([sheet], problems, notes), gives_sources([sheet])
    if not is_utf8:
        raise ConfigError("不是 UTF-8 编码的 TOML，也不是 xlsx、xls 或有表头的 CSV")
    return toml_rows(text, problems), True


def _told(path: Path, problems: list[str]) -> str:
    lines = [f"账号登记表 {path} 有 {len(problems)} 处错误：", *problems[:_MOST_TOLD]]
    if len(problems) > _MOST_TOLD:
        lines.append(f"……其余 {len(problems) - _MOST_TOLD} 处略")
    return "\n  ".join(lines)
