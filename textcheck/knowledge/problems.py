"""What is wrong with the rows themselves: cells, order, sources, contradictions."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from textcheck.errors import LexiconError
from textcheck.knowledge.layers import Layers, read_rows
from textcheck.knowledge.schema import TABLES, Table
from textcheck.knowledge.table import Row, read_table
from textcheck.text.fold import fold

__all__ = ["RIGHT", "WRONG", "Problem", "contradictions", "row_problems"]

_DAYS = ("valid_from", "valid_to", "day", "opened", "closed")
_SOURCES = ("source", "end_source")
# The columns of a table that hold right writings; all of them are protected.
RIGHT = {
    "bodies": ("form",),
    "clauses": ("form", "variants"),
    "formulations": ("form", "variants"),
    "idioms": ("form", "variants"),
    "meetings": ("form", "aliases"),
    "owners": ("form", "variants"),
    "peoples": ("form", "aliases"),
    "persons": ("name",),
    "posts": ("form", "aliases"),
    "quoted": ("form",),
}
WRONG = {
    "caution": ("avoid",),
    "owners": ("wrong",),
    "peoples": ("wrong",),
    "words": ("wrong",),
}
_SOURCE = re.compile(r"\S+ \d{4}(-\d{2}){0,2} \S.*|facts:\S+|unverified")
_URL = re.compile(r"https?:|www\.")
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_OVERLAP = "overlap: "  # in a note: why two hold a post for one
_HINT = "hint"
_ALWAYS = (date.min, date.max)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: file, line and, where it is one, the column."""

    where: str
    message: str

    def __str__(self) -> str:
        """Return one line for the user."""
        return f"{self.where}：{self.message}"


def row_problems(layers: Layers) -> Iterator[Problem]:
    """Yield what is wrong with single rows, table by table, layer by layer."""
    for table in TABLES.values():
        for folder in (layers.built_in, *layers.over):
            path = folder / table.file
            own = folder != layers.built_in
            if own and not path.exists():
                continue
            try:
                rows = list(read_table(path, table.names, folder if own else None))
            except LexiconError as error:
                yield Problem(table.file if not own else str(path), str(error))
                continue
            if not table.made_by:
                yield from _order(rows, table)
            for row in rows:
                yield from _cells(row, table)


def _order(rows: Sequence[Row], table: Table) -> Iterator[Problem]:
    for one, other in pairwise(rows):
        if other[table.key] < one[table.key]:
            yield _at(other, table.key, f"应按 {table.key} 排序：排在“{one[table.key]}”之后")


def _cells(row: Row, table: Table) -> Iterator[Problem]:
    days: dict[str, date] = {}
    for column in table.names:
        text = row[column]
        if _UNSEEN.search(text):
            yield _at(row, column, "有看不见的字符")
        if column in _DAYS:
            try:
                if day := row.day(column):
                    days[column] = day
            except LexiconError as error:
                yield Problem(row.where, str(error).removeprefix(f"{row.where} "))
        if column in _SOURCES and text:
            yield from _source(row, column, text)
    for first, last in (("valid_from", "valid_to"), ("opened", "closed")):
        if first in days and last in days and days[last] < days[first]:
            yield _at(row, last, f"早于 {first}")
    yield from _writings(row, table)


def _source(row: Row, column: str, text: str) -> Iterator[Problem]:
    if _URL.search(text):
        yield _at(row, column, "出处不能只是网址，应写明语料、日期、标题")
    elif not row.layer and not _SOURCE.fullmatch(text):
        yield _at(row, column, f"出处应为“语料 日期 标题”、facts:文件 或 unverified，不是“{text}”")


def _writings(row: Row, table: Table) -> Iterator[Problem]:
    columns = (*RIGHT.get(table.name, ()), *WRONG.get(table.name, ()))
    for column in columns:
        try:
            forms = row.patterns(column)
        except LexiconError as error:
            yield Problem(row.where, str(error).removeprefix(f"{row.where} "))
            continue
        for form in forms:
            if fold(form) != form:
                yield _at(row, column, f"“{form}”有全角字母数字或异体点号，应写作“{fold(form)}”")
            if len(form) < 2 and table.name != "caution":  # noqa: PLR2004 # one character is no clue
                yield _at(row, column, f"“{form}”只有一个字，无法检查")


def _at(row: Row, column: str, message: str) -> Problem:
    return Problem(f"{row.where} {column} 列", message)


@dataclass(frozen=True, slots=True)
class _Use:
    """A writing in a cell, and the days on which the row says so."""

    row: Row
    column: str
    days: tuple[date, date]

    def __str__(self) -> str:
        """Name the place."""
        return f"{self.row.where} {self.column} 列"


def contradictions(layers: Layers) -> Iterator[Problem]:
    """Yield the rows that cannot both hold, naming both places."""
    tables = {name: list(read_rows(layers, name)) for name in (*RIGHT, *WRONG, "offices")}
    right = _uses(tables, RIGHT)
    wrong = _uses(tables, WRONG)
    for form in sorted(right.keys() & wrong.keys()):
        for bad in wrong[form]:
            for good in right[form]:
                # What some dictionaries accept is a hint where it stands, and lawful elsewhere.
                if bad.row["level"] != _HINT and _overlap(bad.days, good.days):
                    yield _at(bad.row, bad.column, f"“{form}”不能又错又对：{good}说它是对的")
    yield from _twice(tables)
    yield from _two_in_one_seat(tables["posts"], tables["offices"])


def _uses(
    tables: Mapping[str, Sequence[Row]], columns: Mapping[str, Sequence[str]]
) -> dict[str, list[_Use]]:
    found: defaultdict[str, list[_Use]] = defaultdict(list)
    for name, ours in columns.items():
        for row in tables[name]:
            for column in ours:
                for form in row.patterns(column):
                    found[form].append(_Use(row, column, _days(row)))
    return found


def _days(row: Row) -> tuple[date, date]:
    if "valid_from" not in row.places:
        return _ALWAYS
    return row.day("valid_from") or date.min, row.day("valid_to") or date.max


def _overlap(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])


def _twice(tables: Mapping[str, Sequence[Row]]) -> Iterator[Problem]:
    """Yield what stands in one table twice for the same days."""
    keys = {
        **{name: (columns[0],) for name, columns in RIGHT.items()},
        "peoples": ("form", "wrong"),
        "words": ("wrong", "before", "after"),
        "offices": ("person", "post"),
    }
    for name, columns in keys.items():
        seen: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in tables[name]:
            key = tuple(row[column] for column in columns)
            for other in seen[key]:
                if _overlap(_days(row), _days(other)):
                    text = "、".join(filter(None, key))
                    yield _at(row, columns[0], f"与{other.where}重复：“{text}”")
            seen[key].append(row)


def _two_in_one_seat(posts: Iterable[Row], offices: Iterable[Row]) -> Iterator[Problem]:
    """Yield the terms of two people in a post for one that overlap by more than a hand-over."""
    single = {row["id"] for row in posts if row["seats"] == "1"}
    terms: defaultdict[str, list[Row]] = defaultdict(list)
    for row in offices:
        if row["post"] in single:
            terms[row["post"]].append(row)
    for rows in terms.values():
        # A row of one day is the act that puts its person out of office.
        held = [row for row in rows if len({*_days(row)}) > 1]
        for one, other in pairwise(sorted(held, key=_days)):
            (since, until), (begins, ends) = _days(one), _days(other)
            explained = _OVERLAP in one["note"] + other["note"]
            apart = until <= begins or ends <= since or one["person"] == other["person"]
            if not (apart or explained):
                yield _at(
                    other, "valid_from",
                    f"{other['person']}与{one['person']}（{one.where}）同时任“{one['post']}”，"
                    "而这一职务同时只有一人",
                )  # fmt: skip
