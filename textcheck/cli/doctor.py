"""textcheck doctor: is this installation fit for work."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from textcheck import __version__
from textcheck.account import Account
from textcheck.cli.accounts import register_file, registered
from textcheck.cli.channels import channels_told
from textcheck.cli.machine import machine_told
from textcheck.cli.reach import reach_told
from textcheck.cli.settings import (
    config_option,
    lexicon_option,
    read_settings,
    register_option,
    store_option,
)
from textcheck.cli.told import BROKEN, WARNED, Told
from textcheck.cli.tools import LexiconVersion, default_layers, layers_named
from textcheck.config import CHINA, Config
from textcheck.data import cache_dirs, data_dir
from textcheck.errors import TextcheckError
from textcheck.knowledge.layers import Layers
from textcheck.lexicon.load import load_lexicon
from textcheck.model.load import Stage, stage_of
from textcheck.register import load_register
from textcheck.report.terminal import shown
from textcheck.store.accounts import read_accounts
from textcheck.store.connect import is_there, open_store

__all__ = ["doctor"]


@click.command(
    help="""检查安装和运行环境，一行一项：通过、警告或失败，以及该怎么办。

    安装：程序和词库的版本、词库日期和各层、数据目录、缓存目录。运行环境：数据库、磁盘、中文字体。
    有账号登记表时，还逐个试读各主机、各登录：接口凭证、IP 白名单（写出要加入的地址）、
    登录是否过期、主机能否访问、本机时钟。设置了 [notify] 的，登录一次邮件服务器、核对机器人的
    地址和密钥，不发送任何东西。加 --offline 不访问网络。

    退出状态：0 全部通过；1 有警告；2 有失败。"""
)
@config_option
@store_option
@lexicon_option
@register_option
@click.option("--offline", is_flag=True, help="不访问网络，不试读来源，不核对时钟。")
@click.pass_context
def doctor(ctx: click.Context, /, **given: Any) -> None:  # noqa: ANN401 # the options above
    """Say what works and what does not."""
    worst = 0
    for line in _lines(given):
        click.echo(shown(str(line)))
        worst = max(worst, line.status)
    ctx.exit(worst)


def _lines(given: Mapping[str, Any]) -> Iterator[Told]:
    yield from _examined(given["config_path"], given["layers"])
    try:
        config = read_settings(given["config_path"])
    except TextcheckError:
        return  # told above
    url = given["store_url"] or config.store.url
    yield from machine_told(url)
    try:
        accounts = _accounts(given["register_path"], config, url)
    except TextcheckError as error:
        yield Told("登记表", str(error), BROKEN)
        return
    if not accounts:
        yield Told("登记表", "没有账号登记表，不能扫描；只检查稿件时不需要")
    elif given["offline"]:
        yield Told("来源", "没有访问网络，没有试读")
    else:
        yield from reach_told(accounts, config)
    yield from channels_told(accounts, config, offline=given["offline"])


def _accounts(named: Path | None, config: Config, url: str) -> list[Account]:
    """Return the accounts that a scan would read, none where no register was ever given."""
    file = register_file(named, config)
    if is_there(url):
        with closing(open_store(url)) as store, store.read() as connection:
            return registered(connection, file) if file else read_accounts(connection)
    return load_register(file) if file else []


def _examined(config_path: Path | None, layers: Sequence[Path]) -> Iterator[Told]:
    yield Told("程序", f"textcheck {__version__}")
    yield from map(_folder, ("lexicons", "models"))
    yield from _learned()
    try:
        named = layers_named(layers, read_settings(config_path))
        used = default_layers(named)
        lexicon = load_lexicon(used, data_dir("models"), cache_dirs())
    except TextcheckError as error:
        yield Told("词库", str(error), BROKEN)
    else:
        yield from _lexicon(LexiconVersion(lexicon.digest, lexicon.day, (), used.notes), used)
    yield _cache()


def _folder(name: str) -> Told:
    try:
        return Told(f"数据目录 {name}", str(data_dir(name)))
    except TextcheckError as error:
        return Told(f"数据目录 {name}", str(error), BROKEN)


def _learned() -> Iterator[Told]:
    """Tell how much of the learned stage there is."""
    try:
        stage = stage_of(data_dir("models"))
    except TextcheckError:
        return  # told as a folder that is missing
    if stage is Stage.DETECTOR:
        yield Told("模型", "语言模型和检测网")
    elif stage is Stage.JUDGE:
        yield Told("模型", "语言模型；随程序没有检测网")
    else:
        reason = (
            "未安装 onnxruntime，只用语言模型，检测网不起作用；安装：pip install 'textcheck[model]'"
        )
        yield Told("模型", reason, WARNED)


def _lexicon(version: LexiconVersion, layers: Layers) -> Iterator[Told]:
    today = datetime.now(CHINA).date()
    yield Told("词库", f"日期 {version.day}，摘要 {version.digest[:12]}")
    for folder in layers.over:
        count = sum(1 for _ in folder.glob("*.tsv"))
        yield Told("词库层", f"{folder.name}，{count} 个表（{folder}）")
    if not layers.over:
        yield Told("词库层", "没有省、单位的词库层")
    for note in version.warnings(today):
        yield Told("词库", note, WARNED)


def _cache() -> Told:
    """Tell whether what is worked out once can be kept: without it every start takes longer."""
    folder = cache_dirs()[-1]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return Told("缓存目录", f"{folder}，可写")
    except OSError as error:
        reason = f"{folder} 不能写入（{error.strerror}），每次启动会慢一些"
        return Told("缓存目录", reason, WARNED)
