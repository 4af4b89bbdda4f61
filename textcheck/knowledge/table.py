"""Read a table of the lexicon: UTF-8, tab-separated, one header line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import TypeVar

from textcheck.errors import LexiconError
from textcheck.finding import Severity
from textcheck.knowledge.entry import Citation

__all__ = ["Row", "read_table", "written_out"]

T = TypeVar("T")

_CHOICE = re.compile(r"\{([^{}|]*)\}")

_LEVELS = {"serious": Severity.SERIOUS, "ordinary": Severity.ORDINARY, "hint": Severity.HINT}


def written_out(pattern: str) -> Iterator[str]:
    """
    Yield a pattern for every choice between its braces; raise ValueError where one is not closed.

    >>> list(written_out("甲{乙,丙}丁"))
    ['甲乙丁', '甲丙丁']
    """
    pieces = _CHOICE.split(pattern)
    if any(mark in text for text in pieces for mark in "{}"):
        raise ValueError(pattern)
    choices = [piece.split(",") if at % 2 else [piece] for at, piece in enumerate(pieces)]
    for chosen in product(*choices):
        yield "".join(chosen)


@dataclass(
    slots=True
)  # frozen it takes three times as long to make: twenty thousand at every start
class Row:
    """One line of a table: its cells, the places of the columns, and of which layer it is."""

    file: str
    number: int
    cells: Sequence[str]
    places: Mapping[str, int]
    layer: str = ""

    @property
    def where(self) -> str:
        """Name file and line for messages."""
        return f"{self.file} 第{self.number}行"

    def __getitem__(self, column: str) -> str:
        """Return a cell, "" where it is empty."""
        return self.cells[self.places[column]].strip()

    def required(self, column: str) -> str:
        """Return a cell that must not be empty."""
        text = self[column]
        if not text:
            raise LexiconError(f"{self.where} {column} 列不能为空")
        return text

    def several(self, column: str) -> tuple[str, ...]:
        """Return the parts of a cell that holds several, separated by |."""
        text = self[column]
        return tuple(part for part in text.split("|") if part) if text else ()

    def patterns(self, column: str) -> tuple[str, ...]:
        """
        Return the parts of a cell, each written out for every choice between braces.

        甲{乙,丙}丁 is 甲乙丁 and 甲丙丁.
        """
        try:
            return tuple(text for part in self.several(column) for text in written_out(part))
        except ValueError as error:
            raise LexiconError(f"{self.where} {column} 列：花括号不成对：“{error}”") from error

    def day(self, column: str) -> date | None:
        """Return a cell's date, None where it is empty."""
        text = self[column]
        if not text:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError as error:
            raise LexiconError(
                f"{self.where} {column} 列：日期应写作 2018-03-17，不是“{text}”"
            ) from error
        if day.isoformat() != text:
            raise LexiconError(f"{self.where} {column} 列：日期应写作 2018-03-17，不是“{text}”")
        return day

    def level(self, column: str) -> Severity:
        """Return a cell's severity."""
        return self.choice(column, _LEVELS)

    def choice(self, column: str, known: Mapping[str, T]) -> T:
        """Return what a cell's word stands for; an unknown one is an error naming the known."""
        text = self[column]
        if text not in known:
            raise LexiconError(
                f"{self.where} {column} 列：不认识“{text}”；可用的有：{'、'.join(known)}"
            )
        return known[text]

    def number_in(self, column: str) -> float:
        """Return a cell's number."""
        text = self.required(column)
        try:
            return float(text)
        except ValueError as error:
            raise LexiconError(f"{self.where} {column} 列：应为数字，不是“{text}”") from error

    def citation(self, column: str) -> Citation:
        """Return the source of the row; every row has one, if only `unverified`."""
        return Citation(self.required(column), self.layer)


def read_table(path: Path, columns: Sequence[str], layer: Path | None = None) -> Iterator[Row]:
    """
    Yield the rows of a table with exactly these columns; `layer` is the folder of an office.

    Raises LexiconError naming file, line and column for a missing file, an unknown or missing
    column, a short or long line, a byte that is not UTF-8, a repeated id.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise LexiconError(f"词库缺少文件 {path.name}（目录 {path.parent}）") from error
    except OSError as error:
        raise LexiconError(f"无法读取词库文件 {path}：{error.strerror}") from error
    except UnicodeDecodeError as error:
        raise LexiconError(f"词库文件 {path.name} 不是 UTF-8 编码：{error}") from error
    name = path.name if layer is None else str(path)
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    header = lines[0].split("\t")
    if header != list(columns):
        now = "、".join(filter(None, header)) or "空文件"
        raise LexiconError(f"{name} 表头应为 {'、'.join(columns)}，现在是 {now}")
    places = {column: place for place, column in enumerate(columns)}
    seen: set[str] = set()
    layer_name = "" if layer is None else layer.name
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        row = Row(name, number, cells, places, layer_name)
        if len(cells) != len(columns):
            if len(cells) > len(columns):
                raise LexiconError(f"{row.where}：有 {len(cells)} 列，应为 {len(columns)} 列")
            # Editors drop empty cells at the end of a line.
            cells += [""] * (len(columns) - len(cells))
        key = cells[0].strip() or row.required(columns[0])
        if key in seen:
            raise LexiconError(f"{row.where}：{columns[0]} “{key}”重复")
        seen.add(key)
        yield row
