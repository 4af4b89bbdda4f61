"""textcheck doctor: is this installation fit for work."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from textcheck import __version__
from textcheck.cli.settings import config_option, lexicon_option, read_settings
from textcheck.cli.tools import LexiconVersion, default_layers, layers_named
from textcheck.config import CHINA
from textcheck.data import cache_dirs, data_dir
from textcheck.errors import TextcheckError
from textcheck.lexicon.layers import Layers
from textcheck.lexicon.load import load_lexicon
from textcheck.model.load import Stage, stage_of
from textcheck.report.terminal import shown

__all__ = ["doctor"]

WARNED, BROKEN = 1, 2


@dataclass(frozen=True, slots=True)
class _Told:
    """A line: what was looked at, and what came of it; `status` is the exit status it asks for."""

    name: str
    text: str
    status: int = 0

    def __str__(self) -> str:
        return f"{('正常', '注意', '不行')[self.status]}  {self.name}：{self.text}"


@click.command(
    help="""检查安装：程序和词库的版本、词库日期和各层、数据目录、缓存目录。

    退出状态：0 正常；1 有要注意的；2 不能用。"""
)
@config_option
@lexicon_option
@click.pass_context
def doctor(ctx: click.Context, config_path: Path | None, layers: tuple[Path, ...]) -> None:
    """Say what works and what does not."""
    told = list(_examined(config_path, layers))
    for line in told:
        click.echo(shown(str(line)))
    ctx.exit(max(line.status for line in told))


def _examined(config_path: Path | None, layers: Sequence[Path]) -> Iterator[_Told]:
    yield _Told("程序", f"textcheck {__version__}")
    yield from map(_folder, ("lexicons", "models"))
    yield from _learned()
    try:
        named = layers_named(layers, read_settings(config_path))
        used = default_layers(named)
        lexicon = load_lexicon(used, data_dir("models"), cache_dirs())
    except TextcheckError as error:
        yield _Told("词库", str(error), BROKEN)
    else:
        yield from _lexicon(LexiconVersion(lexicon.digest, lexicon.day, (), used.notes), used)
    yield _cache()


def _folder(name: str) -> _Told:
    try:
        return _Told(f"数据目录 {name}", str(data_dir(name)))
    except TextcheckError as error:
        return _Told(f"数据目录 {name}", str(error), BROKEN)


def _learned() -> Iterator[_Told]:
    """Tell how much of the learned stage there is."""
    try:
        stage = stage_of(data_dir("models"))
    except TextcheckError:
        return  # told as a folder that is missing
    if stage is Stage.DETECTOR:
        yield _Told("模型", "语言模型和检测网")
    elif stage is Stage.JUDGE:
        yield _Told("模型", "语言模型；随程序没有检测网")
    else:
        reason = (
            "未安装 onnxruntime，只用语言模型，检测网不起作用；安装：pip install 'textcheck[model]'"
        )
        yield _Told("模型", reason, WARNED)


def _lexicon(version: LexiconVersion, layers: Layers) -> Iterator[_Told]:
    today = datetime.now(CHINA).date()
    yield _Told("词库", f"日期 {version.day}，摘要 {version.digest[:12]}")
    for folder in layers.over:
        count = sum(1 for _ in folder.glob("*.tsv"))
        yield _Told("词库层", f"{folder.name}，{count} 个表（{folder}）")
    if not layers.over:
        yield _Told("词库层", "没有省、单位的词库层")
    for note in version.warnings(today):
        yield _Told("词库", note, WARNED)


def _cache() -> _Told:
    """Tell whether what is worked out once can be kept: without it every start takes longer."""
    folder = cache_dirs()[-1]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return _Told("缓存目录", f"{folder}，可写")
    except OSError as error:
        reason = f"{folder} 不能写入（{error.strerror}），每次启动会慢一些"
        return _Told("缓存目录", reason, WARNED)
