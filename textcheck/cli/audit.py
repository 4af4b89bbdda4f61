"""textcheck audit: whether everything that was decided is still as it was written."""

from contextlib import closing
from pathlib import Path

import click

from textcheck.cli.settings import config_option, read_settings, store_option
from textcheck.report.terminal import shown
from textcheck.store.connect import open_store
from textcheck.store.events import broken_links, head

__all__ = ["audit"]

BROKEN = 1


@click.group(help="核验操作记录：谁在什么时候作了什么决定。")
def audit() -> None:
    """Hold the command below."""


@audit.command(
    help="""逐条核验操作记录，并与复核决定、已定稿的清单核对；指出被改动、删除的每一条。

    通过时给出最后一条的序号和摘要：抄录在数据库之外，以后用 --expect 核对，记录整段被替换也能发现。
    退出状态：0 完好；1 有不符；2 命令有误。"""
)
@click.option("--expect", metavar="序号:摘要", help="以前核验时给出的序号和摘要。")
@config_option
@store_option
@click.pass_context
def verify(
    ctx: click.Context, expect: str | None, config_path: Path | None, store_url: str | None
) -> None:
    """Verify the log of events."""
    url = store_url or read_settings(config_path).store.url
    with closing(open_store(url, create=False)) as store, store.read() as connection:
        broken = list(broken_links(connection, expect))
        number, digest = head(connection)
    for line in broken:
        click.echo(shown(line))
    if broken:
        click.echo(f"操作记录 {number} 条，有 {len(broken)} 处不符。", err=True)
        ctx.exit(BROKEN)
    click.echo(f"操作记录 {number} 条，全部完好。最后一条 {number}:{digest}")
