"""
The folders that hold the tables: those that came with the program, and an office's own over them.

A layer holds any of the tables, in each only the rows that it adds or gives another content by
their key, and `disable.tsv`: rows and rules that are not to count, each with a reason and a day
from which they count again.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from textcheck.errors import LexiconError
from textcheck.knowledge.schema import DISABLE, RULE, TABLES
from textcheck.knowledge.table import Row, read_table

__all__ = ["META", "Disabled", "Layers", "read_rows"]

META = "meta.toml"


@dataclass(frozen=True, slots=True)
class Disabled:
    """A row or a rule that does not count before the day `expires`, and why."""

    id: str
    table: str
    reason: str
    expires: date
    where: str

    @property
    def name(self) -> str:
        """Say what it is about."""
        return f"规则 {self.id}" if self.table == RULE else f"{self.table} 表的 {self.id}"


@dataclass(frozen=True, slots=True)
class Layers:
    """
    Where the tables lie: of two layers with a row of one key the later holds.

    `today` decides which disabled rows count again; by default none does.
    """

    built_in: Path
    over: tuple[Path, ...] = ()
    today: date = date.min

    def __post_init__(self) -> None:
        """Refuse a folder that is none, or whose files nobody would read."""
        names = [folder.name for folder in self.over]
        for folder in self.over:
            if not folder.is_dir():
                raise LexiconError(f"词库层 {folder} 不是目录")
            if names.count(folder.name) > 1:
                raise LexiconError(f"两个词库层的目录同名：{folder.name}，检查结果无法区分")
            files = {table.file for table in (*TABLES.values(), DISABLE)}
            unknown = sorted({path.name for path in folder.glob("*.tsv")} - files)
            if unknown:
                known = "、".join(sorted(files))
                raise LexiconError(f"词库层 {folder} 有不认识的表 {unknown[0]}；可用的有：{known}")

    @property
    def disabled(self) -> tuple[Disabled, ...]:
        """Return the rows and rules that do not count today."""
        return tuple(item for item in _all_disabled(self) if self.today < item.expires)

    @property
    def expired(self) -> tuple[Disabled, ...]:
        """Return what was not to count until a day that has come."""
        return tuple(item for item in _all_disabled(self) if self.today >= item.expires)

    @property
    def rules_off(self) -> frozenset[str]:
        """Return the codes of the rules that do not count today."""
        return frozenset(item.id for item in self.disabled if item.table == RULE)

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what the user must be told, so that nothing is left out in silence."""
        off = self.disabled
        told = [
            f"{item.where} 已到期（{item.expires}），{item.name}恢复使用" for item in self.expired
        ]
        if off:
            names = "、".join(item.name for item in off)
            told.insert(0, f"按 disable.tsv 停用 {len(off)} 项：{names}")
        return tuple(told)

    def digest(self) -> str:
        """Name the content of every file that counts, and what is disabled today."""
        digest = hashlib.sha256()
        files = (*(table.file for table in TABLES.values()), DISABLE.file, META)
        for folder in (self.built_in, *self.over):
            for name in sorted(files):
                path = folder / name
                body = path.read_bytes() if path.is_file() else b""
                digest.update(f"{name}\0{len(body)}\0".encode() + body)
        digest.update("\0".join(item.where for item in self.disabled).encode())
        return digest.hexdigest()


def read_rows(layers: Layers, name: str) -> Iterator[Row]:
    """Yield the rows of a table of the schema; raise LexiconError naming file, line and column."""
    table = TABLES[name]
    built_in = read_table(layers.built_in / table.file, table.names)
    if not layers.over:
        yield from built_in
        return
    rows = {row[table.key]: row for row in built_in}
    for folder in layers.over:
        path = folder / table.file
        if path.exists():
            rows |= {row[table.key]: row for row in read_table(path, table.names, folder)}
    for item in layers.disabled:
        if item.table == name and rows.pop(item.id, None) is None:
            raise LexiconError(f"{item.where}：{table.file} 中没有“{item.id}”")
    yield from rows.values()


def _all_disabled(layers: Layers) -> Iterator[Disabled]:
    for folder in layers.over:
        path = folder / DISABLE.file
        if not path.exists():
            continue
        for row in read_table(path, DISABLE.names, folder):
            expires = row.day("expires")
            if expires is None:
                raise LexiconError(f"{row.where} expires 列不能为空：停用要有期限")
            yield Disabled(
                id=row["id"],
                table=row.choice("table", {RULE: RULE, **{known: known for known in TABLES}}),
                reason=row.required("reason"),
                expires=expires,
                where=row.where,
            )
