"""`textcheck register`: check a register of accounts, and hand it to the store."""

from collections import Counter
from contextlib import closing
from pathlib import Path

import click

from textcheck.account import Account, Status
from textcheck.cli.settings import read_settings
from textcheck.register import load_register
from textcheck.report.plain import columns
from textcheck.store.accounts import read_accounts, save_register
from textcheck.store.connect import open_store

__all__ = ["register"]

_FILE = click.Path(path_type=Path)
_HEADERS = ("顺序", "账号ID", "县区", "主办单位", "账号", "状态", "来源")


@click.group(help="管理受检账号的登记表（TOML、xlsx 或 xls）。")
def register() -> None:
    """Hold the commands below."""


@register.command(help="检查登记表，列出读到的账号，不改动数据库。")
@click.argument("file", type=_FILE, metavar="文件")
def check(file: Path) -> None:
    """Print the accounts as read."""
    accounts = load_register(file)
    table = [_HEADERS, *(_row(account) for account in accounts)]
    click.echo("\n".join(columns(table)))
    click.echo(_summary(accounts), err=True)


@register.command("import", help="把登记表导入数据库，取代先前的登记表。")
@click.argument("file", type=_FILE, metavar="文件")
@click.option("--store", metavar="URL", help="数据库地址，默认取配置文件中的地址。")
@click.option("--config", type=_FILE, metavar="文件", help="配置文件，默认 textcheck.toml。")
def import_(file: Path, store: str | None, config: Path | None) -> None:
    """Make the store's register equal to a file."""
    accounts = load_register(file)
    url = store or read_settings(config).store.url
    with closing(open_store(url)) as opened, opened.write() as connection:
        before = {account.id for account in read_accounts(connection)}
        save_register(connection, accounts)
    now = {account.id for account in accounts}
    click.echo(_summary(accounts))
    click.echo(f"新增{len(now - before)}个，不再登记{len(before - now)}个")


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


def _summary(accounts: list[Account]) -> str:
    states = Counter(account.status.value for account in accounts)
    told = "，".join(f"{state}{number}个" for state, number in states.items())
    running = [account for account in accounts if account.status is Status.RUNNING]
    unread = sum(not account.sources for account in running)
    missing = f"；在运行的账号中{unread}个没有来源，无法扫描" if unread else ""
    return f"共{len(accounts)}个账号：{told}{missing}"
