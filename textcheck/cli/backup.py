"""textcheck backup and restore: all that an office would miss, in one file, and back."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from textcheck.backup import (
    Backup,
    differing,
    make_backup,
    open_backup,
    restore_files,
    restore_store,
    settings_in,
)
from textcheck.cli.accounts import register_file
from textcheck.cli.settings import SETTINGS, config_option, read_settings, store_option
from textcheck.config import CHINA, Config
from textcheck.errors import ConfigError
from textcheck.report.terminal import shown
from textcheck.store.connect import open_store
from textcheck.store.evidence import broken_bodies

__all__ = ["backup", "restore"]

BROKEN = 2
_FILE = click.Path(path_type=Path)
_ELSEWHERE = "其他位置"


@click.command(
    help="""把数据库（文章、证据、问题、复核决定、清单、登记表）、配置文件、登记表文件和词库层写成一个文件。

    扫描进行中也可以备份，得到的是同一时刻的数据。写完即整个核对一遍。密钥文件（file: 所指的）
    不在其中，请另行保管。退出状态：0 已写好；2 没有写成。"""
)
@click.argument("file", type=_FILE, metavar="文件")
@click.option(
    "--include",
    "more",
    type=_FILE,
    multiple=True,
    metavar="文件或目录",
    help="一并备份，如导出的证据目录。可重复。",
)
@click.option("--overwrite", is_flag=True, help="文件已存在时换成新的。")
@config_option
@store_option
def backup(
    file: Path,
    more: Sequence[Path],
    config_path: Path | None,
    store_url: str | None,
    *,
    overwrite: bool,
) -> None:
    """Write a backup."""
    if file.exists() and not overwrite:
        raise ConfigError(f"文件 {file} 已存在；换成新的备份请加 --overwrite")
    config = read_settings(config_path)
    files = dict(_files(config_path, config, more))
    with closing(open_store(store_url or config.store.url, create=False)) as store:
        made = make_backup(store, files, file, datetime.now(CHINA))
    click.echo(f"已备份到 {file}（{file.stat().st_size:,} 字节）：{_told(made)}")


@click.command(
    help="""从备份恢复：数据库，以及配置、登记表等文件（写到 --files 目录，默认当前目录）。

    先核对整个备份，有一处与摘要不符就什么都不改。已有数据的数据库、内容不同的文件都不动，除非加
    --overwrite：那时原有的改名保留，不删除。退出状态：0 已恢复；2 没有恢复，或核验不符。"""
)
@click.argument("file", type=_FILE, metavar="文件")
@click.option("--verify", is_flag=True, help="恢复后逐行与备份核对，并核验保存的应答。")
@click.option("--dry-run", is_flag=True, help="只核对备份，列出其中有什么，不恢复。")
@click.option("--overwrite", is_flag=True, help="换下已有的数据库和文件，原有的改名保留。")
@click.option(
    "--files", "folder", type=_FILE, default=Path(), metavar="目录", help="文件恢复到这里。"
)
@config_option
@store_option
@click.pass_context
def restore(ctx: click.Context, /, file: Path, folder: Path, **given: Any) -> None:  # noqa: ANN401 # the options above
    """Restore a backup."""
    found = open_backup(file)
    click.echo(f"备份完好，制作于 {found.made_at}：{_told(found)}")
    if given["dry_run"]:
        for name in found.files:
            click.echo(shown(f"  文件 {name}"))
        return
    url = given["store_url"] or _settings(found, given["config_path"]).store.url
    aside = f"旧-{datetime.now(CHINA):%Y%m%d%H%M%S}"
    how = {"aside": aside, "overwrite": given["overwrite"]}
    restore_files(found, folder, **how, dry_run=True)
    old = restore_store(found, url, **how)
    written = restore_files(found, folder, **how)
    click.echo(f"已恢复数据库{f'；原有的改名为 {old}' if old else ''}")
    click.echo(f"已恢复 {len(written)} 个文件到 {folder.resolve()}")
    if given["verify"]:
        ctx.exit(_verify(found, url))


def _verify(found: Backup, url: str) -> int:
    with closing(open_store(url, create=False)) as store:
        other = differing(store, found)
        with store.read() as connection:
            broken = broken_bodies(connection)
    for name in other:
        click.echo(f"不符  表 {name}")
    for sha256 in broken:
        click.echo(f"不符  应答 {sha256}")
    if other or broken:
        return BROKEN
    click.echo(f"核验：{found.rows} 行与备份一致，保存的应答全部完好")
    return 0


def _settings(found: Backup, path: Path | None) -> Config:
    """Return the settings that are here, else those of the backup."""
    if path is not None or SETTINGS.exists():
        return read_settings(path)
    return settings_in(found, SETTINGS.name)


def _files(
    config_path: Path | None, config: Config, more: Sequence[Path]
) -> Iterator[tuple[str, Path]]:
    """Yield each file by its name in the backup: relative to here, or under a name of its own."""
    settings = config_path or SETTINGS
    if settings.exists():
        yield SETTINGS.name, settings
    register = register_file(None, config)
    for path in (register, *map(Path, config.lexicon.layers), *more):
        if path is None:
            continue
        if not path.exists():
            raise ConfigError(f"没有 {path}，无法备份")
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for one in inside:
            if one.is_file():
                yield _name(one, path), one


def _name(path: Path, given: Path) -> str:
    here, full = Path.cwd(), path.resolve()
    if full.is_relative_to(here):
        return full.relative_to(here).as_posix()
    return (Path(_ELSEWHERE) / given.name / path.relative_to(given)).as_posix()


def _told(made: Backup) -> str:
    tables = {name: one["rows"] for name, one in made.tables.items()}
    return (
        f"{tables.get('accounts', 0)} 个账号、{tables.get('articles', 0)} 篇文章、"
        f"{tables.get('verdicts', 0)} 个复核决定，共 {made.rows} 行；{len(made.files)} 个文件"
    )
