"""The options that every command over the store has: which settings, which database."""

from pathlib import Path

import click

from textcheck.account import Platform
from textcheck.config import Config, load_config
from textcheck.errors import ConfigError

__all__ = [
    "SETTINGS",
    "config_option",
    "jobs_option",
    "lexicon_option",
    "model_option",
    "read_settings",
    "register_option",
    "store_option",
]

SETTINGS = Path("textcheck.toml")
"""The settings file that lies where the command is called."""

config_option = click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="配置文件。默认当前目录的 textcheck.toml，没有则用默认设置。",
)
store_option = click.option(
    "--store",
    "store_url",
    metavar="地址",
    help="数据库，如 sqlite:///textcheck.db。默认按配置文件。",
)

register_option = click.option(
    "--register",
    "register_path",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="账号登记表（toml、xlsx、xls、csv）。默认按配置文件，没有则用已导入的登记表。",
)

lexicon_option = click.option(
    "--lexicon",
    "layers",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="目录",
    help="叠加在内置词库上的省、单位词库。可重复，后面的优先。默认按配置文件。",
)

model_option = click.option(
    "--no-model", is_flag=True, help="不用模型，只按词库和规则检查（快得多，不列 MDL 类问题）。"
)

jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="个数",
    help="用几个进程检查，结果都一样。默认：要查的文字多时有几个处理器用几个，少时 1 个。",
)


def read_settings(path: Path | None) -> Config:
    """Read the settings file that is named, else the one that lies here, else the defaults."""
    if path is None and SETTINGS.exists():
        path = SETTINGS
    config = load_config(path)
    known = [platform.value for platform in Platform]
    if unknown := sorted(set(config.scan.reposts) - set(known)):
        raise ConfigError(f"[scan] reposts：不认识“{unknown[0]}”；可用的有：{'、'.join(known)}")
    return config
