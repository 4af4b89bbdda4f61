"""`textcheck register`: check a register of accounts, hand it to the store, and write it out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import click

from textcheck.account import Account, Status
from textcheck.cli.desk import Desk, at_desk
from textcheck.cli.settings import config_option, read_settings, store_option
from textcheck.cli.written import write_file
from textcheck.errors import ConfigError
from textcheck.register import (
    ChangeKind,
    Changes,
    changes,
    read_register,
    register_xlsx,
    suspects,
)
from textcheck.report.plain import columns
from textcheck.report.terminal import shown
from textcheck.store.accounts import known_accounts, read_accounts, save_register
from textcheck.store.connect import is_there, open_store

__all__ = ["register"]

_FILE = click.Path(path_type=Path)
_NOWHERE = "sqlite://"  # in memory: a trial run makes no database
_HEADERS = ("顺序", "账号ID", "县区", "主办单位", "账号", "状态", "来源")


@click.group(help="管理受检账号的登记表（TOML、xlsx、xls 或 csv）。")
def register() -> None:
    """Hold the commands below."""


@register.command(help="检查登记表，列出读到的账号，不改动数据库。")
@click.argument("file", type=_FILE, metavar="文件")
def check(file: Path) -> None:
    """Print the accounts as read."""
    read = read_register(file)
    table = [_HEADERS, *(_row(account) for account in read.accounts)]
    for line in columns(table):
        click.echo(shown(line))
    _tell(read.notes)
    click.echo(_summary(read.accounts), err=True)


@register.command(
    "import",
    help="""把登记表导入数据库，取代先前的登记表；列出新增、更名、状态变更和不再登记的账号。

    可以直接导入全国政务新媒体信息报送系统导出的表格，列名不必完全相同。账号以账号ID为准，改名不影响
    以往的记录。表中没有来源列的，保留原有的来源设置；没有列表顺序列的，按表中的先后。

    有一处错误就都不导入，逐格指出错在哪里。退出状态：0 已导入或已列出；2 有错误。""",
)
@click.argument("file", type=_FILE, metavar="文件")
@click.option("--dry-run", is_flag=True, help="只列出会有哪些改动，不导入。")
@config_option
@store_option
def import_(file: Path, config_path: Path | None, store_url: str | None, *, dry_run: bool) -> None:
    """Make the store's register equal to a file."""
    read = read_register(file)
    url = store_url or read_settings(config_path).store.url
    if dry_run and not is_there(url):
        url = _NOWHERE
    with closing(open_store(url)) as store, store.write() as connection:
        accounts = read.over(known_accounts(connection))
        told = changes(read_accounts(connection), accounts)
        if not dry_run:
            save_register(connection, accounts)
    for line in _change_lines(told):
        click.echo(shown(line))
    _tell((*read.notes, *_suspicions(told)))
    click.echo(_summary(accounts))
    click.echo(f"{_counted(told)}{'（没有导入，去掉 --dry-run 后导入）' if dry_run else ''}")


@register.command(
    help="""把数据库中的登记表导出为 xlsx，可以修改后再导入；不作修改的，导入后什么都不变。"""
)
@click.argument("file", type=_FILE, metavar="文件.xlsx")
@at_desk
def export(desk: Desk, file: Path) -> None:
    """Write the store's register as a workbook."""
    with desk.store.read() as connection:
        accounts = read_accounts(connection)
    if not accounts:
        raise ConfigError("数据库中没有登记的账号")
    write_file(file, register_xlsx(accounts))
    click.echo(f"已导出 {len(accounts)} 个账号：{file}", err=True)


def _row(account: Account) -> tuple[str, ...]:
    return (
        str(account.list_order),
        account.id,
        account.county,
        account.unit,
        account.label,
        account.status.value,
        "、".join(spec.kind for spec in account.sources) or "无",
    )


def _change_lines(told: Changes) -> Iterator[str]:
    """Yield a line for each account that does not stay as it is."""
    for change in told.accounts:
        if change.kinds == (ChangeKind.SAME,):
            continue
        account = change.account
        what = "、".join(change.kinds)
        details = "；".join(change.details())
        yield "  ".join(filter(None, (what, account.id, account.label, account.county, details)))
    if told.moved:
        yield f"列表顺序调整  {told.moved} 个账号"


def _suspicions(told: Changes) -> Iterator[str]:
    for old, new in suspects(told):
        yield (
            f"{new.label} 的账号ID由 {old.id} 变为 {new.id}：按新账号登记，"
            f"以往的记录仍在 {old.id} 名下；若是同一账号，请保留原来的账号ID"
        )


def _counted(told: Changes) -> str:
    counts = told.counts
    return "，".join(f"{kind.value} {counts[kind]} 个" for kind in ChangeKind)


def _tell(notes: Sequence[str]) -> None:
    for note in notes:
        click.echo(shown(f"提示：{note}"), err=True)


def _summary(accounts: Sequence[Account]) -> str:
    states = Counter(account.status.value for account in accounts)
    told = "，".join(f"{state}{number}个" for state, number in states.items())
    running = [account for account in accounts if account.status is Status.RUNNING]
    unread = sum(not account.sources for account in running)
    missing = f"；在运行的账号中{unread}个没有来源，无法扫描" if unread else ""
    return f"共{len(accounts)}个账号：{told}{missing}"
