"""The register that a command works with: a file that is named, or the one that was imported."""

from contextlib import closing
from pathlib import Path

import click

from textcheck.account import Account
from textcheck.config import Config
from textcheck.errors import ConfigError
from textcheck.register import load_register, read_register
from textcheck.report.terminal import shown
from textcheck.store.accounts import known_accounts, read_accounts
from textcheck.store.connect import Connection, open_store

__all__ = ["accounts_of", "register_file", "registered"]

_FILE = Path("accounts.toml")


def register_file(named: Path | None, config: Config) -> Path | None:
    """Return the file that is named, set, or lies here; None for the register of the store."""
    if named is not None:
        return named
    if config.scan.register:
        return Path(config.scan.register)
    return _FILE if _FILE.exists() else None


def registered(connection: Connection, file: Path | None) -> list[Account]:
    """
    Return the accounts of a file, or those that were imported, in list order.

    A sheet without sources takes those that the store knows. What of the file is not used
    is told on stderr.
    """
    if file is None:
        accounts = read_accounts(connection)
        if not accounts:
            raise ConfigError(
                "没有账号登记表：请用 --register 指明文件，或先用 textcheck register import 导入"
            )
        return accounts
    register = read_register(file)
    for note in register.notes:
        click.echo(shown(f"提示：{file} {note}"), err=True)
    return register.over(known_accounts(connection))


def accounts_of(path: Path | None, config: Config) -> list[Account]:
    """Return the accounts of the file that is named, else of the settings', else as imported."""
    file = register_file(path, config)
    if file is not None:
        return load_register(file)
    with closing(open_store(config.store.url, create=False)) as store, store.read() as connection:
        return registered(connection, None)
