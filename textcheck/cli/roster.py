"""textcheck lexicon roster: an office's own leaders, from its spreadsheet."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from textcheck.cli.exchange import apply_changes, print_changes
from textcheck.cli.tools import default_layers, layers_named
from textcheck.config import CHINA
from textcheck.errors import LexiconError
from textcheck.knowledge.exchange import Cells, Change, changes
from textcheck.knowledge.layers import read_rows
from textcheck.knowledge.roster import read_roster, roster_rows
from textcheck.knowledge.schema import TABLES
from textcheck.knowledge.table import Row, read_table

__all__ = ["roster"]

_FILE = click.Path(path_type=Path)


@click.command(
    help="""从表格导入本地任职名单：姓名、职务、任职日期必有，单位、免职日期、来源、排序、备注可有。

    列名不必完全相同，表头上方可以有标题。先列出要写的行；加 --apply 才写入 --into 的词库层，
    写入前整体检查。没有来源的行最多报一般问题。

    退出状态：0 已列出或已写入；1 有问题，没有写入；2 表格读不了，或不能写入。"""
)
@click.argument("file", type=_FILE, metavar="文件")
@click.option("--into", type=_FILE, required=True, metavar="目录", help="写入这个词库层。")
@click.option("--apply", "apply_", is_flag=True, help="写入。")
@click.pass_context
def roster(ctx: click.Context, file: Path, into: Path, *, apply_: bool) -> None:
    """Turn a spreadsheet of leaders into rows of a layer."""
    holders = read_roster(file)
    if not holders:
        raise LexiconError("名单中没有人")
    today = datetime.now(CHINA).date()
    below = [path for path in layers_named(()) if path.resolve() != into.resolve()]
    known = {row["name"] for row in read_rows(default_layers(below), "persons")}
    rows = roster_rows(holders, known, today, file.name)
    todo = {name: _added(name, _own(into, name), cells) for name, cells in rows.items()}
    print_changes(todo)
    for row in _missing(_own(into, "offices"), rows["offices"]):
        click.echo(
            f"提示：名单中没有了 {row['person']}（{row['post']}）；若已离任，请写明免职日期",
            err=True,
        )
    unsourced = sum(not holder.source for holder in holders)
    if unsourced:
        click.echo(f"提示：{unsourced} 行没有来源，最多报一般问题", err=True)
    if apply_ and any(todo.values()):
        ctx.exit(apply_changes(todo, into))


def _own(into: Path, name: str) -> list[Row]:
    table = TABLES[name]
    path = into / table.file
    return list(read_table(path, table.names, into)) if path.exists() else []


def _added(name: str, own: Sequence[Row], wanted: Sequence[Cells]) -> list[Change]:
    """Return what the roster adds or changes; what else the layer has stays."""
    table = TABLES[name]
    whole: dict[str, Cells] = {
        row[table.key]: {column: row[column] for column in table.names} for row in own
    }
    for cells in wanted:
        whole[cells[table.key]] = {column: cells.get(column, "") for column in table.names}
    return changes(table, own, whole.values())


def _missing(own: Sequence[Row], wanted: Sequence[Cells]) -> list[Row]:
    """Return the terms of an earlier roster without an end that this one has not."""
    keys = {cells["id"] for cells in wanted}
    return [
        row for row in own
        if row["id"].startswith("own-") and not row["valid_to"] and row["id"] not in keys
    ]  # fmt: skip
