"""A register as a workbook that the register can be read from again."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook  # type: ignore[import-untyped] # no stubs published

from textcheck.account import Account, Platform, Status
from textcheck.register.columns import LABELS, NUMBER
from textcheck.text.width import display_width

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped] # no stubs published

__all__ = ["register_xlsx"]

_ORDER = (NUMBER, "county", "unit", "platform", "name", "id", "status", "list_order")
_WIDEST = 40
_MORE_ROWS = 500  # for accounts that somebody adds, with the same choices


def register_xlsx(accounts: Sequence[Account]) -> bytes:
    """
    Return the accounts as a workbook; what is read from it again is the same.

    Every cell is text: a spreadsheet would round a long number and take =甲 for a formula.
    """
    options = _options(accounts)
    header = [*(LABELS[name] for name in _ORDER), *(_label(option) for option in options)]
    lines = [header]
    for number, account in enumerate(accounts, start=1):
        lines.append([str(number), *_fields(account), *_settings(account, options)])
    stream = BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(stream, plain) as book:
        text = book.add_format({"num_format": "@", "valign": "top"})
        head = book.add_format({"num_format": "@", "bold": True, "bg_color": "#DDEBF7"})
        sheet = book.add_worksheet("账号")
        sheet.freeze_panes(1, 0)
        for column, cells in enumerate(zip(*lines, strict=True)):
            width = min(_WIDEST, max(map(display_width, cells)) + 2)
            sheet.set_column(column, column, width, text)
        for row, line in enumerate(lines):
            for column, cell in enumerate(line):
                sheet.write_string(row, column, cell, text if row else head)
        _offer(sheet, len(lines), "platform", [member.value for member in Platform])
        _offer(sheet, len(lines), "status", [member.value for member in Status])
    return stream.getvalue()


def _options(accounts: Iterable[Account]) -> list[tuple[int, str]]:
    """Return the number and the option of each column of sources, the name of a source first."""
    found: dict[int, set[str]] = {}
    for account in accounts:
        for number, spec in enumerate(account.sources, start=1):
            found.setdefault(number, set()).update(spec.options)
    return [
        (number, option) for number in sorted(found) for option in ("kind", *sorted(found[number]))
    ]


def _label(option: tuple[int, str]) -> str:
    number, name = option
    return f"来源{number}" if name == "kind" else f"来源{number}.{name}"


def _fields(account: Account) -> list[str]:
    return [
        account.county,
        account.unit,
        account.platform.value,
        account.name,
        account.id,
        account.status.value,
        str(account.list_order),
    ]


def _settings(account: Account, options: Iterable[tuple[int, str]]) -> list[str]:
    specs = dict(enumerate(account.sources, start=1))
    return [
        ("" if number not in specs else
         specs[number].kind if name == "kind" else specs[number].options.get(name, ""))
        for number, name in options
    ]  # fmt: skip


def _offer(sheet: "Worksheet", rows: int, field: str, words: Sequence[str]) -> None:
    column = _ORDER.index(field)
    sheet.data_validation(
        1, column, rows + _MORE_ROWS, column, {"validate": "list", "source": list(words)}
    )
