"""textcheck user: who may log in to the review pages, and as what."""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from textcheck.cli.settings import config_option, read_settings, store_option
from textcheck.config import CHINA
from textcheck.errors import ConfigError
from textcheck.passwords import hash_password
from textcheck.report.terminal import shown
from textcheck.store.connect import Connection, open_store
from textcheck.store.editions import COMMAND_LINE
from textcheck.store.tokens import add_key, revoke_key
from textcheck.store.users import add_user, disable_user, find_user, list_users, set_password
from textcheck.user import Purpose, Role

__all__ = ["user"]

_ROLES = {role.value: role for role in Role}
_PURPOSES = {purpose.value: purpose for purpose in Purpose}
_PASSWORD_HELP = "口令；不写时询问两遍，不显示。"  # noqa: S105 # what the option means


@click.group(
    help="""管理复核网页的用户。停用的用户不能登录，已作的决定保留。

    角色可以兼任：admin 管理员、lexicon 词库员、reviewer 审核员、approver 审批人、reader 查阅者。"""
)
def user() -> None:
    """Hold the commands below."""


def _with_store(command: Callable[..., None]) -> Callable[..., None]:
    @config_option
    @store_option
    @wraps(command)
    def wrapped(config_path: Path | None, store_url: str | None, **given: Any) -> None:  # noqa: ANN401 # the command's own options
        url = store_url or read_settings(config_path).store.url
        # The first user may be there before the first scan.
        create = command.__name__ == "add"
        with closing(open_store(url, create=create)) as store, store.write() as connection:
            command(connection, **given)

    return wrapped


@user.command(help="添加一个用户。口令会询问两遍，不显示；数据库还没有时建立。")
@click.argument("name", metavar="姓名")
@click.option(
    "--role",
    "roles",
    type=click.Choice(list(_ROLES)),
    multiple=True,
    required=True,
    help="角色，可重复。",
)
@click.option(
    "--unit", "units", multiple=True, metavar="单位", help="只管这个县区或单位，可重复；默认全部。"
)
@click.password_option("--password", prompt="口令", help=_PASSWORD_HELP, metavar="口令")
@_with_store
def add(
    connection: Connection, name: str, roles: tuple[str, ...], units: tuple[str, ...], password: str
) -> None:
    """Add a user."""
    added = add_user(
        connection,
        name,
        hash_password(password),
        [_ROLES[role] for role in roles],
        units,
        by=COMMAND_LINE,
        now=datetime.now(CHINA),
    )
    click.echo(f"已添加用户 {shown(added.name)}。")


@user.command("list", help="列出用户：姓名、角色、管辖范围、状态。")
@_with_store
def list_(connection: Connection) -> None:
    """List the users."""
    for item in list_users(connection):
        roles = "、".join(role.label for role in Role if role in item.roles)
        units = "、".join(item.units) or "全部单位"
        state = "停用" if item.disabled_at else "在用"
        click.echo("  ".join(map(shown, (item.name, roles, units, state))))


@user.command(help="给其他程序一个密钥，以这个用户的名义使用 /api/v1；只显示一次。")
@click.argument("name", metavar="姓名")
@click.option("--key", "key", required=True, metavar="名称", help="密钥的名称，用于停用。")
@click.option(
    "--purpose",
    "purposes",
    type=click.Choice(list(_PURPOSES)),
    multiple=True,
    required=True,
    help="用途，可重复：check 检查文稿，read 读取问题和清单，decide 作决定。",
)
@_with_store
def token(connection: Connection, name: str, key: str, purposes: tuple[str, ...]) -> None:
    """Make a key for another program."""
    owner = find_user(connection, name)
    if owner is None or owner.disabled_at is not None:
        raise ConfigError(f"没有在用的用户“{name}”")
    asked = [_PURPOSES[purpose] for purpose in purposes]
    now = datetime.now(CHINA)
    click.echo(add_key(connection, owner, key, asked, by=COMMAND_LINE, now=now))
    click.echo("请妥善保存，以后不再显示。", err=True)


@user.command(help="停用一个密钥。")
@click.argument("key", metavar="名称")
@_with_store
def revoke(connection: Connection, key: str) -> None:
    """Let a key open nothing any more."""
    revoke_key(connection, key, by=COMMAND_LINE, now=datetime.now(CHINA))
    click.echo(f"已停用密钥 {shown(key)}。")


@user.command(help="停用一个用户，立即结束其登录。")
@click.argument("name", metavar="姓名")
@_with_store
def disable(connection: Connection, name: str) -> None:
    """Let a user work no longer."""
    disable_user(connection, name, by=COMMAND_LINE, now=datetime.now(CHINA))
    click.echo(f"已停用用户 {shown(name)}。")


@user.command(help="给用户换一个口令，并结束其登录。")
@click.argument("name", metavar="姓名")
@click.password_option("--password", prompt="口令", help=_PASSWORD_HELP, metavar="口令")
@_with_store
def password(connection: Connection, name: str, password: str) -> None:
    """Give a user another password."""
    hashed = hash_password(password)
    set_password(connection, name, hashed, by=COMMAND_LINE, now=datetime.now(CHINA))
    click.echo(f"已更换用户 {shown(name)} 的口令。")
