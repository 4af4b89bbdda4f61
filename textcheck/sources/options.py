"""Read what the register says about an account's source."""

from textcheck.account import Account
from textcheck.errors import ConfigError

__all__ = ["option", "optional"]


def option(account: Account, kind: str, name: str) -> str:
    """Return an option of the account's source of this kind; raises ConfigError where unset."""
    for spec in account.sources:
        if spec.kind == kind:
            if value := spec.options.get(name, "").strip():
                return value
            raise ConfigError(f"账号 {account.id} 的 {kind} 来源缺少 {name}")
    raise ConfigError(f"账号 {account.id} 没有 {kind} 来源")


def optional(account: Account, kind: str, name: str) -> str:
    """Return an option of the account's source of this kind, "" where it is not set."""
    for spec in account.sources:
        if spec.kind == kind:
            return spec.options.get(name, "").strip()
    return ""
