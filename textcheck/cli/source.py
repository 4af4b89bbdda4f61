"""textcheck source: propose how an account can be read."""

import asyncio
from pathlib import Path

import click

from textcheck.article import Page
from textcheck.cli.settings import config_option, read_settings
from textcheck.config import Config
from textcheck.crawler.client import Client
from textcheck.report.terminal import shown
from textcheck.sources.detect import Proposal, propose

__all__ = ["source"]

NOTHING = 1
_SHOWN = 3


@click.group(help="账号的来源：看一个网址可以怎样读取。")
def source() -> None:
    """Hold the command below."""


@source.command(
    help="""看网站栏目页或订阅源的网址，给出登记表中可用的来源设置。

    退出状态：0 有建议；1 没有认出来；2 没有读到。"""
)
@click.argument("url", metavar="网址")
@config_option
@click.pass_context
def detect(ctx: click.Context, url: str, config_path: Path | None) -> None:
    """Look at an address and propose sources."""
    page = asyncio.run(_fetch(url, read_settings(config_path)))
    proposals = propose(page)
    if not proposals:
        click.echo("没有认出这个网页的列表。可以写 recipe 来源，用 item 选出文章链接。", err=True)
        ctx.exit(NOTHING)
    for proposal in proposals:
        for line in _lines(proposal):
            click.echo(line)


async def _fetch(url: str, config: Config) -> Page:
    async with Client(config.crawler) as client:
        return await client.get(url)


def _lines(proposal: Proposal) -> list[str]:
    count = len(proposal.references)
    lines = [f"# {proposal.why}" + (f"，列出 {count} 篇" if count else "，未试读")]
    lines += [
        f"#   {item.published_at:%Y-%m-%d}  {shown(item.title or item.url)}"
        if item.published_at
        else f"#   没有日期    {shown(item.title or item.url)}"
        for item in proposal.references[:_SHOWN]
    ]
    lines += ["[[account.source]]", f'kind = "{proposal.spec.kind}"']
    return [*lines, *(f"{name} = '{value}'" for name, value in proposal.spec.options.items()), ""]
