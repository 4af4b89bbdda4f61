"""textcheck lexicon export and import: the tables in a spreadsheet, and back."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from textcheck.cli.tools import default_layers, layers_named
from textcheck.cli.validate import WRONG, problems_of
from textcheck.cli.written import replace_files, write_file
from textcheck.data import data_dir
from textcheck.errors import ConfigError
from textcheck.knowledge.exchange import (
    Change,
    ChangeKind,
    changed_file,
    changes,
    read_workbook,
    table_named,
    write_workbook,
)
from textcheck.knowledge.layers import Layers
from textcheck.knowledge.schema import DISABLE, TABLES
from textcheck.knowledge.table import Row, read_table
from textcheck.report.terminal import shown

__all__ = ["Todo", "apply_changes", "export", "import_", "layer_option", "print_changes", "rows_of"]

Todo = Mapping[str, Sequence[Change]]
"""The changes of each table."""

_FILE = click.Path(path_type=Path)
layer_option = click.option(
    "--layer", type=_FILE, metavar="目录", help="省或单位词库的目录。默认是随程序的词库。"
)


@click.command(
    help="""把词库导出为表格：每个表一张工作表，另有一张说明各列含义。

    不写表名则导出人工维护的各表；由脚本生成的表写明表名才导出。"""
)
@click.option("--xlsx", "file", type=_FILE, required=True, metavar="文件", help="写到这个文件。")
@layer_option
@click.argument("names", nargs=-1, metavar="[表名]...")
def export(file: Path, layer: Path | None, names: tuple[str, ...]) -> None:
    """Write tables as a workbook."""
    wanted = [table_named(name) for name in dict.fromkeys(names)]
    if not wanted:
        wanted = [table for table in (*TABLES.values(), DISABLE) if not table.made_by]
    tables = {table.name: rows_of(layer, table.name) for table in wanted}
    if layer is None:
        tables.pop(DISABLE.name, None)
    write_file(file, write_workbook(tables))
    count = sum(map(len, tables.values()))
    click.echo(f"已导出 {len(tables)} 个表、{count} 行：{file}", err=True)


def rows_of(layer: Path | None, name: str) -> list[Row]:
    """Return the rows of a table of the program, or of a layer, which may lack it."""
    table = table_named(name)
    path = (layer or data_dir("lexicons")) / table.file
    if layer is not None and not layer.is_dir():
        raise ConfigError(f"词库层 {layer} 不是目录")
    if name == DISABLE.name and layer is None:
        return []
    if layer is not None and not path.exists():
        return []
    return list(read_table(path, table.names, layer))


@click.command(
    "import",
    help="""读取改过的表格，列出与词库的差别；加 --apply 才写入，写入前整体检查，有问题则不写。

    表格中没有的表不动；有的表以表格为准，缺少的行算删除。

    退出状态：0 已列出或已写入；1 有问题，没有写入；2 表格读不了，或不能写入。""",
)
@click.argument("file", type=_FILE, metavar="文件")
@layer_option
@click.option(
    "--into",
    type=_FILE,
    metavar="目录",
    help="表格导自随程序的词库，改动写进这个目录的词库层（程序目录不可写时用）。",
)
@click.option("--apply", "apply_", is_flag=True, help="写入。")
@click.pass_context
def import_(ctx: click.Context, /, **given: Any) -> None:  # noqa: ANN401 # the options above
    """Compare a workbook with the tables, and make the tables so."""
    layer, into = given["layer"], given["into"]
    if layer is not None and into is not None:
        raise click.UsageError("--layer 与 --into 不能同用")
    sheets = read_workbook(given["file"])
    todo = {
        name: changes(table_named(name), rows_of(layer, name), rows)
        for name, rows in sheets.items()
    }
    print_changes(todo)
    if not given["apply_"] or not any(todo.values()):
        return
    if into is not None:
        _refuse_removals(todo)
    ctx.exit(apply_changes(todo, into or layer))


def print_changes(todo: Todo) -> None:
    """Print a line a change, and their number."""
    counts: Counter[ChangeKind] = Counter()
    for name, found in todo.items():
        for change in found:
            counts[change.kind] += 1
            click.echo(shown(f"{name} {change.kind.value} {change.key}：{_told(change)}"))
    told = "、".join(f"{kind.value} {counts[kind]} 行" for kind in ChangeKind)
    click.echo(f"共{told}" if counts else "没有差别", err=True)


def _told(change: Change) -> str:
    if change.kind is ChangeKind.CHANGED:
        pairs = ((name, change.before[name], change.cells[name]) for name in change.columns)
        return "；".join(f"{name} “{old}”→“{new}”" for name, old, new in pairs)
    cells = change.cells or change.before
    return "；".join(f"{name} {cell}" for name, cell in list(cells.items())[1:] if cell)


def _refuse_removals(todo: Todo) -> None:
    for name, found in todo.items():
        for change in found:
            if change.kind is ChangeKind.REMOVED:
                raise ConfigError(
                    f"{name} 表的 {change.key} 在随程序的词库中，词库层不能删除它；"
                    "要停用，请在该层的 disable.tsv 中写明编号、理由和期限"
                )


def apply_changes(todo: Todo, layer: Path | None) -> int:
    """Write the changes into a layer, or the program's own tables, unless they make a problem."""
    folder = layer or data_dir("lexicons")
    if layer is not None:
        layer.mkdir(parents=True, exist_ok=True)
    _demand_writable(folder, own=layer is None)
    files = {}
    for name, found in todo.items():
        table = table_named(name)
        path = folder / table.file
        if found:
            body = path.read_bytes() if path.exists() else b""
            files[path] = changed_file(body, table, found)
    with _as_it_would_be(folder, files) as trial:
        problems = problems_of(_layers_with(layer, trial)).problems
    for problem in problems:
        click.echo(shown(str(problem)))
    if problems:
        click.echo(f"有 {len(problems)} 个问题，没有写入", err=True)
        return WRONG
    replace_files(files)
    click.echo(f"已写入：{'、'.join(str(path) for path in files)}", err=True)
    return 0


def _demand_writable(folder: Path, *, own: bool) -> None:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return
    except OSError as error:
        way = (
            "。请加 --into 目录，把改动写进自己的词库层，并在 textcheck.toml 的 [lexicon] layers "
            "中写上这个目录"
            if own
            else ""
        )
        raise ConfigError(f"词库目录 {folder} 不能写入（{error.strerror}）{way}") from error


@contextmanager
def _as_it_would_be(folder: Path, files: Mapping[Path, bytes]) -> Iterator[Path]:
    """Give a copy of a folder with the new files in it."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / folder.name
        shutil.copytree(folder, copy)
        for path, body in files.items():
            (copy / path.name).write_bytes(body)
        yield copy


def _layers_with(layer: Path | None, trial: Path) -> Layers:
    """Return the layers in use, the changed folder in its place."""
    if layer is None:
        return replace(default_layers(), built_in=trial)
    used = layers_named(())
    if any(path.resolve() == layer.resolve() for path in used):
        over = [trial if path.resolve() == layer.resolve() else path for path in used]
    else:
        over = [*used, trial]
    return default_layers(over)
