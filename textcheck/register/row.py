"""One account as it stands in a file, and what is wrong with it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from textcheck.account import Account, Platform, SourceSpec, Status
from textcheck.register.columns import NEEDED, platform_named, status_named

__all__ = ["Row", "accounts_of", "clean"]

_ABOVE = re.compile(r"[/\\>＞—－-]")
_REGION = re.compile(".*[省市区州盟县旗国]")


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one account as text; `place` and `cells` name it and them in errors."""

    place: str
    values: Mapping[str, str]
    sources: tuple[SourceSpec, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)

    def at(self, name: str) -> str:
        """Name the place of a field."""
        return self.cells.get(name) or f"{self.place}“{name}”"


def clean(text: str) -> str:
    """Trim, and turn the line breaks of a cell into spaces."""
    return " ".join(text.split())


def accounts_of(rows: Iterable[Row], problems: list[str]) -> list[Account]:
    """Return the accounts of the rows that are right; add what is wrong to problems."""
    accounts = []
    seen: dict[str, Row] = {}
    for position, row in enumerate(rows, start=1):
        wrong = list(_wrong(row))
        account_id = row.values.get("id", "")
        first = seen.setdefault(account_id, row) if account_id else row
        if first is not row:
            wrong.append(f"{row.at('id')}：“{account_id}”与{first.at('id')}重复")
        problems += wrong
        if not wrong:
            accounts.append(_account(row, position))
    return accounts


def _wrong(row: Row) -> Iterator[str]:
    """Yield what is wrong with each field."""
    values = row.values
    for name in NEEDED:
        if not values.get(name):
            yield f"{row.at(name)}：不能为空"
    for name, value in values.items():
        if not value.isprintable():  # no file that a list is written to can hold it
            yield f"{row.at(name)}：含有不可见字符 {value!r}"
    if values.get("platform") and platform_named(values["platform"]) is None:
        yield f"{row.at('platform')}：不认识“{values['platform']}”；{_known(Platform)}"
    if values.get("status") and status_named(values["status"]) is None:
        yield f"{row.at('status')}：不认识“{values['status']}”；{_known(Status)}"
    order = values.get("list_order")
    if order and not re.fullmatch("[0-9]{1,9}", order):
        yield f"{row.at('list_order')}：应为整数，不是“{order}”"


def _known(kind: type[StrEnum]) -> str:
    return f"可用的有：{'、'.join(member.value for member in kind)}"


def _account(row: Row, position: int) -> Account:
    values = row.values
    return Account(
        id=values["id"],
        county=_county(values["county"]),
        unit=values["unit"],
        platform=platform_named(values["platform"]) or Platform.OTHER,
        name=values["name"],
        status=status_named(values.get("status", "")) or Status.RUNNING,
        list_order=int(values.get("list_order") or position),
        sources=row.sources,
    )


def _county(text: str) -> str:
    """
    Return the lowest region of a path of regions.

    >>> _county("甲省/乙市/丙县")
    '丙县'
    """
    *above, last = (part.strip() for part in _ABOVE.split(text))
    return last if above and last and all(map(_REGION.fullmatch, above)) else text
