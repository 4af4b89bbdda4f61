"""textcheck lexicon proposals: what keepers accepted on the pages, as a workbook to import."""

from pathlib import Path

import click

from textcheck.cli.desk import Desk, at_desk
from textcheck.cli.exchange import layer_option, rows_of
from textcheck.cli.written import write_file
from textcheck.knowledge.exchange import table_named, write_workbook
from textcheck.knowledge.table import Row
from textcheck.store.proposals import accepted_rows

__all__ = ["proposals"]

_TABLE = "allowed"


@click.command(
    help="""把网页上采纳的词库建议导出为表格：放行的写法表现有的各行，加上采纳的各行。

    再用 textcheck lexicon import 表格 --layer 目录 核对并写入；两处的 --layer 须相同。"""
)
@click.option(
    "--xlsx",
    "file",
    type=click.Path(path_type=Path),
    required=True,
    metavar="文件",
    help="写到这个文件。",
)
@layer_option
@at_desk
def proposals(desk: Desk, file: Path, layer: Path | None) -> None:
    """Write the table of lawful forms with the rows that were accepted."""
    with desk.store.read() as connection:
        accepted = accepted_rows(connection)
    table = table_named(_TABLE)
    known = rows_of(layer, _TABLE)
    keys = {row[table.key] for row in known}
    places = {name: place for place, name in enumerate(table.names)}
    new = {
        cells[table.key]: Row(table.file, 0, [cells[name] for name in table.names], places)
        for cells in accepted
        if cells[table.key] not in keys
    }
    write_file(file, write_workbook({_TABLE: [*known, *new.values()]}))
    click.echo(f"已导出 {len(new)} 行新采纳的写法：{file}", err=True)
