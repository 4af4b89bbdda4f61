"""Read the secrets of accounts: from the environment, or from a file nobody else can read."""

import os
import stat
from pathlib import Path

from textcheck.account import Account
from textcheck.errors import ConfigError
from textcheck.sources.options import option

__all__ = ["read_secret", "secret_option"]

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def secret_option(account: Account, kind: str, name: str) -> str:
    """Return a secret that the account's source of this kind refers to."""
    return read_secret(option(account, kind, name), f"账号 {account.id} 的 {kind} 来源的 {name}")


def read_secret(reference: str, whose: str) -> str:
    """
    Return what `env:NAME` or `file:PATH` refers to; `whose` begins the message of an error.

    The register, which is stored and sent around, never holds a secret itself. Raises
    ConfigError for one that does, for an unset variable, and for a file that others can read.
    """
    kind, _, name = reference.partition(":")
    if kind == "env" and name:
        if value := os.environ.get(name, "").strip():
            return value
        raise ConfigError(f"{whose}：没有设置环境变量 {name}")
    if kind != "file" or not name:
        raise ConfigError(f"{whose}：不能直接写在登记表里，应写作 env:环境变量名 或 file:文件")
    try:
        path = Path(name)
        shared = os.name == "posix" and path.stat().st_mode & _OTHERS
        value = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise ConfigError(f"{whose}：无法读取文件 {name}（{error}）") from error
    if shared:
        raise ConfigError(f"{whose}：文件 {name} 能被其他用户读取，请执行 chmod 600")
    if not value:
        raise ConfigError(f"{whose}：文件 {name} 是空的")
    return value
