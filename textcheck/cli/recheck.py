"""textcheck recheck: stored texts again, after the lexicon has changed."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from typing import Any

import click

from textcheck import __version__
from textcheck.cli.day import parse_day
from textcheck.cli.settings import (
    config_option,
    jobs_option,
    lexicon_option,
    model_option,
    read_settings,
    store_option,
)
from textcheck.cli.tools import tools_of
from textcheck.config import CHINA
from textcheck.recheck import Rechecked
from textcheck.recheck import recheck as recheck_stored
from textcheck.report.terminal import model_told, shown
from textcheck.run import Makers
from textcheck.store.connect import open_store

__all__ = ["recheck"]

CHANGED, GAPS = 1, 2
_A_LINE = 100  # of the texts one in so many is told, where there are thousands


@click.command(
    help="""词库改动后，把数据库里已有的文章用现在的词库再查一遍。

    复核结论都保留；新发现的问题写明依据哪一行；不再报出的问题注明“不再报出”，不删除。
    中断后再次运行会接着查；词库没有变就没有可查的。

    退出状态：0 没有新问题；1 有新问题（待复核）；2 有文章未能检查，或命令有误。"""
)
@config_option
@store_option
@lexicon_option
@model_option
@jobs_option
@click.option(
    "--since", required=True, metavar="日期", help="只查这一天及以后发布的文章，如 2026-05-01。"
)
@click.pass_context
def recheck(ctx: click.Context, /, **given: Any) -> None:  # noqa: ANN401 # the options above
    """Check stored texts again."""
    config = read_settings(given["config_path"])
    since = parse_day(given["since"])
    tools = tools_of(ctx, given["layers"], config, learned=not given["no_model"])
    for note in tools.lexicon.warnings(tools.today):
        click.echo(f"提示：{note}", err=True)
    makers = Makers(
        code=__version__,
        lexicon=tools.lexicon.digest,
        model=tools.model,
        config=hashlib.sha256(repr(config).encode()).hexdigest(),
    )
    with closing(open_store(given["store_url"] or config.store.url)) as store:
        result = recheck_stored(
            store,
            tools.crew(given["jobs"] or 0),
            makers=makers,
            now=lambda: datetime.now(CHINA),
            since=since,
            reposts=config.scan.reposts,
            progress=_say,
        )
    for line in _summary(result, makers):
        click.echo(shown(line))
    ctx.exit(_status(result))


def _say(done: int, total: int) -> None:
    if done == total or done % _A_LINE == 0:
        click.echo(f"重查 {done}/{total}", err=True)


def _summary(result: Rechecked, makers: Makers) -> Iterator[str]:
    """Yield the lines for the office: how many, and by which row."""
    run, changed = result.run, result.changed
    if run is None:
        yield "没有要重查的文章：都已用现在的词库查过，或不在日期范围内。"
    else:
        yield (
            f"重查 {run.checked} 篇：新发现 {changed.new.total()} 处，"
            f"不再报出 {changed.gone.total()} 处。复核结论保持不变，新问题待复核。"
        )
        yield from _by_row("新发现", changed.new)
        yield from _by_row("不再报出", changed.gone)
        yield from (f"未查：{failure}" for failure in run.failures)
    yield f"依据：程序 {makers.code}，词库 {makers.lexicon[:12]}，{model_told(makers.model)}。"


def _by_row(what: str, counts: Counter[tuple[str, str]]) -> Iterator[str]:
    for (code, basis), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{what} {count} 处  {code}  {basis}"


def _status(result: Rechecked) -> int:
    if result.run is not None and result.run.failures:
        return GAPS
    return CHANGED if result.changed.new else 0
