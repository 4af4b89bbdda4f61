"""A register as TOML."""

import re
import tomllib
from collections.abc import Mapping

from textcheck.account import SourceSpec
from textcheck.register.columns import FIELDS
from textcheck.register.row import Row, clean

__all__ = ["toml_rows"]


def toml_rows(text: str, problems: list[str]) -> list[Row]:
    """Return the accounts of a TOML text; add what is wrong to problems."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.append(f"不合 TOML 格式：{error}")
        return []
    _refuse_unknown(tables, ("account",), "", problems)
    entries = tables.get("account", [])
    if not isinstance(entries, list):
        problems.append("“account”：应写作 [[account]]")
        return []
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
        row = _row(entry, f"{line}第{index + 1}个账号", problems)
        rows += [row] if row else []
    return rows


def _row(entry: object, place: str, problems: list[str]) -> Row | None:
    if not isinstance(entry, dict):
        problems.append(f"{place}：应写作 [[account]]")
        return None
    before = len(problems)
    _refuse_unknown(entry, (*FIELDS, "source"), place, problems)
    values = {}
    for name in entry.keys() & set(FIELDS):
        wanted = int if name == "list_order" else str
        if type(entry[name]) is not wanted:
            what = "整数" if wanted is int else "字符串"
            problems.append(f"{place}“{name}”：应为{what}，不是 {entry[name]!r}")
        values[name] = clean(str(entry[name]))
    sources = entry.get("source", [])
    if not isinstance(sources, list):
        problems.append(f"{place}“source”：应写作 [[account.source]]")
        return None
    specs = tuple(
        _source(source, f"{place}第{number}个来源", problems)
        for number, source in enumerate(sources, start=1)
    )
    if len(problems) > before:
        return None
    return Row(place, values, tuple(filter(None, specs)))


def _source(source: object, place: str, problems: list[str]) -> SourceSpec | None:
    if not isinstance(source, dict):
        problems.append(f"{place}：应写作 [[account.source]]")
        return None
    wrong = [
        f"{place}“{name}”：应为非空字符串，不是 {value!r}"
        for name, value in source.items()
        if not isinstance(value, str) or not value.strip() or not value.strip().isprintable()
    ]
    if "kind" not in source:
        wrong.append(f"{place}“kind”：不能为空")
    if wrong:
        problems += wrong
        return None
    options = {name: clean(value) for name, value in source.items() if name != "kind"}
    return SourceSpec(clean(source["kind"]), options)


def _refuse_unknown(
    table: Mapping[str, object], known: tuple[str, ...], place: str, problems: list[str]
) -> None:
    problems += [
        f"{place}：不认识“{name}”；可用的有：{'、'.join(known)}".removeprefix("：")
        for name in sorted(table.keys() - set(known))
    ]
