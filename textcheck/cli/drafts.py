"""textcheck drafts: check what the editors of a WeChat account are about to publish."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import click

from textcheck.account import Account
from textcheck.article import Article, ArticleState
from textcheck.cli.accounts import accounts_of
from textcheck.cli.inputs import Opened
from textcheck.cli.job import Job
from textcheck.cli.listing import list_findings
from textcheck.cli.settings import (
    config_option,
    lexicon_option,
    model_option,
    read_settings,
    register_option,
)
from textcheck.cli.tools import tools_of
from textcheck.config import Config
from textcheck.crawler.client import Client
from textcheck.errors import ConfigError
from textcheck.finding import Severity
from textcheck.sources.wechat_api import WechatApi
from textcheck.sources.wechat_calls import WechatCalls

__all__ = ["drafts"]


@click.command(
    help="""检查公众号草稿箱中的文章，按今天的任职和表述判断。账号须有 wechat_api 来源。

    退出状态：0 没有严重问题；1 有；2 没有读到或没有读全。"""
)
@click.argument("account_id", metavar="账号ID")
@click.option("--draft", "media_id", metavar="编号", help="只检查这一个草稿（media_id）。")
@register_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="输出形式。",
)
@config_option
@lexicon_option
@model_option
@click.pass_context
def drafts(ctx: click.Context, /, **given: Any) -> None:  # noqa: ANN401 # the options above
    """Check the drafts of an account."""
    config = read_settings(given["config_path"])
    account = _account(given["account_id"], accounts_of(given["register_path"], config))
    found = asyncio.run(_read(account, given["media_id"], config))
    tools = tools_of(ctx, given["layers"], config, learned=not given["no_model"])
    job = Job(tools, None, Severity.SERIOUS, Severity.HINT)
    ctx.exit(list_findings(_opened(found), job, given["form"]))


def _account(account_id: str, accounts: Sequence[Account]) -> Account:
    for account in accounts:
        if account.id == account_id:
            return account
    raise ConfigError(f"登记表中没有账号 {account_id}")


async def _read(account: Account, media_id: str | None, config: Config) -> Sequence[Article]:
    async with Client(config.crawler) as client:
        api = WechatApi(client, WechatCalls(client), client)
        if media_id:
            return await api.draft(account, media_id)
        return await api.drafts(account)


def _opened(found: Sequence[Article]) -> Iterator[Opened]:
    for article in found:
        media_id, _, number = article.reference.native_id.rpartition(":")
        name = f"{article.title or '无题'}（草稿 {media_id} 第{number}篇）"
        reason = "" if article.state is ArticleState.OK else "；".join(article.warnings)
        yield Opened(name, replace(article.document, url=""), by_line=False, reason=reason)
