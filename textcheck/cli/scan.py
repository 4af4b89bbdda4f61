"""textcheck scan: read what the accounts published, and check it."""

import asyncio
import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bars

from textcheck import __version__
from textcheck.account import Account, Status
from textcheck.cli.accounts import register_file, registered
from textcheck.cli.coverage import gap_of, is_gap, revisits_told, warnings_of
from textcheck.cli.day import parse_day
from textcheck.cli.settings import (
    config_option,
    jobs_option,
    lexicon_option,
    model_option,
    read_settings,
    register_option,
    store_option,
)
from textcheck.cli.tools import Tools, tools_of
from textcheck.cli.written import write_file
from textcheck.config import CHINA, Config
from textcheck.crawler.client import Client
from textcheck.crawler.screenshot import CHROMIUM, Camera, Chromium, find_chromium
from textcheck.errors import ConfigError
from textcheck.finding import Severity
from textcheck.report.terminal import model_told, shown
from textcheck.run import Makers, Run
from textcheck.scan import NO_SOURCE, Progress, Stage, due_accounts
from textcheck.scan import scan as scan_accounts
from textcheck.sources import build_sources
from textcheck.store.connect import Store, open_store
from textcheck.store.evidence import drop_answers
from textcheck.store.findings import count_found
from textcheck.store.queue import nights_unread
from textcheck.store.revisits import watched_errors

__all__ = ["camera_of", "scan"]

CLEAN, FOUND, GAPS = 0, 1, 2
# Of the checks one line in so many, where progress is lines: there are thousands a night.
_CHECKS_A_LINE = 100


@click.command(
    help="""扫描登记表中在运行的账号：读取新发布的文章，逐篇检查，结果存入数据库。

    中断后再次运行会从中断处继续；同一天（北京时间）再次运行只补读没有读到的。

    退出状态：0 全部读到且没有严重问题；1 全部读到，有严重问题（待复核）；2 有没读到的。"""
)
@config_option
@store_option
@lexicon_option
@model_option
@jobs_option
@register_option
@click.option(
    "--since", metavar="日期", help="只读这一天及以后发布的文章。默认按配置文件，为 30 天前。"
)
@click.option(
    "--manifest",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="把本次扫描的依据、数量和各账号读取情况写成 JSON。",
)
@click.option(
    "--account",
    "only",
    multiple=True,
    metavar="账号ID",
    help="只读这个账号。可重复。默认读全部在运行的账号。",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="个数",
    help="至多读这么多账号，最久没有读全的先读。",
)
@click.option("--dry-run", is_flag=True, help="只列出要读哪些账号、用什么来源，不读取，不改动。")
@click.pass_context
def scan(ctx: click.Context, /, **given: Any) -> None:  # noqa: ANN401 # the options above
    """Scan the accounts of the register."""
    config = read_settings(given["config_path"])
    tools = tools_of(ctx, given["layers"], config, learned=not given["no_model"])
    since = _since(given["since"], tools.today, config)
    manifest: Path | None = given["manifest"]
    with closing(open_store(given["store_url"] or config.store.url)) as store:
        accounts = _register(store, register_file(given["register_path"], config))
        if manifest is not None:
            _prepare(manifest)
        due = _due(store, accounts, given)
        if given["dry_run"]:
            for line in _plan(due, since):
                click.echo(line)
            return
        only = frozenset(account.id for account in due)
        run = asyncio.run(
            _run(store, accounts, tools, config, _Wish(since, only, given["jobs"] or 0))
        )
        with store.read() as connection:
            found = count_found(connection, run.night)
            unread = nights_unread(connection)
            watched = watched_errors(connection, config.review.confirmations)
        dropped = _drop_answers(store, config)
    if manifest is not None:
        write_file(manifest, _manifest(run, found, accounts, config))
    for note in tools.lexicon.warnings(tools.today):
        click.echo(f"提示：{note}", err=True)
    for line in _summary(run, found, accounts):
        click.echo(line)
    for line in revisits_told(watched, date.fromisoformat(run.night), accounts):
        click.echo(line)
    for line in warnings_of(run, unread, accounts, config):
        click.echo(line)
    if dropped:
        days = config.scan.keep_raw_days
        click.echo(f"原始网页：保留 {days} 天，本次删去没有严重问题的 {dropped} 篇。")
    ctx.exit(_status(run, found))


def _since(given: str | None, today: date, config: Config) -> date:
    if given is not None:
        return parse_day(given)
    return today - timedelta(days=config.scan.lookback_days)


def _register(store: Store, file: Path | None) -> list[Account]:
    with store.read() as connection:
        accounts = registered(connection, file)
    if not any(account.status is Status.RUNNING for account in accounts):
        raise ConfigError(f"登记表{f' {file} ' if file else ''}中没有在运行的账号")
    return accounts


def _drop_answers(store: Store, config: Config) -> int:
    if not config.scan.keep_raw_days:
        return 0
    before = datetime.now(CHINA) - timedelta(days=config.scan.keep_raw_days)
    with store.write() as connection:
        return drop_answers(connection, before)


@dataclass(frozen=True, slots=True)
class _Wish:
    """From which day on to read, which accounts, and how many processes check."""

    since: date
    only: frozenset[str]
    jobs: int


def _due(store: Store, accounts: Sequence[Account], given: Mapping[str, Any]) -> list[Account]:
    """Return the accounts to read, in the order of reading."""
    wanted = set(given["only"])
    if unknown := sorted(wanted - {account.id for account in accounts}):
        raise ConfigError(f"登记表中没有账号 {unknown[0]}")
    with store.read() as connection:
        due = due_accounts(connection, accounts)
    due = [account for account in due if not wanted or account.id in wanted]
    if not due:
        raise ConfigError(f"账号 {'、'.join(sorted(wanted))} 不在运行")
    return due[: given["limit"]]


def _plan(due: Sequence[Account], since: date) -> Iterator[str]:
    yield f"要读 {len(due)} 个账号，{since} 及以后发布的文章："
    for account in due:
        kinds = "、".join(spec.kind for spec in account.sources) or NO_SOURCE
        yield shown(f"  {account.id}  {account.label}  {kinds}")


def _prepare(path: Path) -> None:
    """Find out that a file cannot be written before a night of work, not after."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    except OSError as error:
        raise ConfigError(f"无法写入 {path}（{error}）") from error


def camera_of(config: Config) -> Camera | None:
    """Return what takes pictures, None where none are wanted or there is no browser."""
    if not config.scan.screenshots:
        return None
    program = find_chromium()
    if program is None:
        click.echo(
            f"提示：设置了 screenshots，但 PATH 中没有 Chromium（{'、'.join(CHROMIUM)}），"
            "本次不截图；"
            "证据中仍有原始网页",
            err=True,
        )
        return None
    return Chromium(program)


async def _run(
    store: Store, accounts: Sequence[Account], tools: Tools, config: Config, wish: _Wish
) -> Run:
    makers = Makers(
        code=__version__,
        lexicon=tools.lexicon.digest,
        model=tools.model,
        config=hashlib.sha256(repr(config).encode()).hexdigest(),
    )
    async with Client(config.crawler) as client:
        with _progress() as show:
            return await scan_accounts(
                store,
                accounts,
                build_sources(client, config),
                tools.crew(wish.jobs),
                makers=makers,
                now=lambda: datetime.now(CHINA),
                since=wish.since,
                only=wish.only,
                settings=config.scan,
                confirmations=config.review.confirmations,
                camera=camera_of(config),
                progress=show,
            )


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    """Give what shows progress on stderr: bars on a terminal, else lines."""
    if not sys.stderr.isatty():
        yield _say
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bars(*columns, TextColumn("{task.fields[name]}"), console=Console(stderr=True)) as bars:
        tasks = {stage: bars.add_task(stage.value, total=None, name="") for stage in Stage}

        def show(step: Progress) -> None:
            name = shown(step.name)
            bars.update(tasks[step.stage], total=step.total, completed=step.done, name=name)

        yield show


def _say(step: Progress) -> None:
    last = step.done == step.total
    if step.stage is Stage.READ or last or step.done % _CHECKS_A_LINE == 0:
        line = f"{step.stage.value} {step.done}/{step.total}  {shown(step.name)}"
        click.echo(line, err=True)


def _summary(run: Run, found: Mapping[Severity, int], accounts: Sequence[Account]) -> Iterator[str]:
    """Yield the lines for the office; a count of findings never stands without what was read."""
    coverage = run.coverage.values()
    labels = {account.id: account.label for account in accounts}
    gaps = [item for item in coverage if is_gap(item)]
    yield (
        f"扫描 {run.id}：在运行账号 {len(coverage)} 个，"
        f"读全 {len(coverage) - len(gaps)} 个，有缺口 {len(gaps)} 个。"
    )
    read = sum(item.fetched for item in coverage)
    yield (
        f"文章：当天读到 {read} 篇（本次新增 {run.new_articles} 篇），"
        f"未读到 {sum(item.failed for item in coverage)} 篇，"
        f"只读到一部分 {sum(item.partial for item in coverage)} 篇，"
        f"已被删除 {sum(item.gone for item in coverage)} 篇。"
    )
    if files := sum(item.attachments for item in coverage):
        unread = sum(item.attachments_unread for item in coverage)
        yield f"附件：读到 {files - unread} 个，未读 {unread} 个（原因见扫描记录）。"
    kinds = "、".join(
        f"{severity.label} {found.get(severity, 0)}"
        for severity in (Severity.SERIOUS, Severity.ORDINARY)
    )
    yield (
        f"发现：当天 {sum(found.values())} 处（{kinds}），本次新增 {run.new_findings} 处；"
        f"只就读到的 {read} 篇而言{'，缺口见下' if gaps else ''}。严重问题待复核确认。"
    )
    for item in gaps:
        yield f"缺口：{labels[item.account_id]}  {shown(gap_of(item))}"
    yield f"依据：程序 {run.makers.code}，词库 {run.makers.lexicon[:12]}，{_model(run)}。"


def _model(run: Run) -> str:
    return model_told(run.makers.model)


def _status(run: Run, found: Mapping[Severity, int]) -> int:
    if any(is_gap(item) for item in run.coverage.values()):
        return GAPS
    return FOUND if found.get(Severity.SERIOUS) else CLEAN


def _manifest(
    run: Run, found: Mapping[Severity, int], accounts: Sequence[Account], config: Config
) -> bytes:
    labels = {account.id: account.label for account in accounts}
    record = {
        "run": run.id,
        "night": run.night,
        "started_at": run.started_at.isoformat(timespec="seconds"),
        "ended_at": run.finished_at and run.finished_at.isoformat(timespec="seconds"),
        "makers": asdict(run.makers) | {"model": _model(run)},
        "reposts_count_on": list(config.scan.reposts),
        "counts": {
            "accounts": len(run.coverage),
            "new_articles": run.new_articles,
            "new_versions": run.new_versions,
            "checked": run.checked,
            "new_findings": run.new_findings,
            "found_tonight": {
                severity.name.lower(): found.get(severity, 0)
                for severity in (Severity.SERIOUS, Severity.ORDINARY)
            },
        },
        "coverage": [
            {"account": labels[item.account_id]} | asdict(item) for item in run.coverage.values()
        ],
        "failures": run.failures,
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()
