"""`textcheck report`: the quarter's nonconformance list and the notice's paragraph."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from textcheck.cli.day import parse_day
from textcheck.cli.settings import read_settings
from textcheck.cli.style import office_style, read_template
from textcheck.cli.written import write_file, write_files
from textcheck.config import CHINA, ReportConfig
from textcheck.edition import Edition, Quarter
from textcheck.errors import ConfigError
from textcheck.report.dossier import Dossier, ListRequest, draft_edition, read_dossier
from textcheck.report.files import Style, files_of, issue_list
from textcheck.report.plain import list_text
from textcheck.report.template import FIELDS, example_template
from textcheck.store.connect import Store, open_store
from textcheck.store.editions import COMMAND_LINE, read_edition

__all__ = ["report"]

_FILE = click.Path(path_type=Path)
_OUT = Path("out")
_LIST_HELP = """
列出采样期内经复核确认的不合格政务新媒体。

不加 --issue 时只是预览稿，不存入数据库；写文件要用 --out 指明目录。
"""
_SHOW_HELP = """
再次输出已定稿的一版清单。

清单是定稿时的内容；证据、统计和扫描情况取自数据库的现状。
"""
_TEMPLATE_HELP = """
检查本单位的 Word 模板能否用来生成清单，或写出一份示例。

模板由 docxtpl 填写：{{ 标题 }} 处写入标题，{%tr for … %} 与 {%tr endfor %} 之间逐行列出账号。
"""


def _quarter(ctx: click.Context, parameter: click.Parameter, value: str) -> Quarter:
    del ctx, parameter
    return Quarter.parse(value)


def _day(ctx: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    del ctx
    if value is None:
        return None
    try:
        return parse_day(value)
    except ConfigError as error:
        raise ConfigError(f"{parameter.opts[0]}：{error}") from error


_SHARED = (
    click.option(
        "--quarter", required=True, callback=_quarter, metavar="季度", help="季度，如 2021Q2。"
    ),
    click.option(
        "--example",
        "examples",
        multiple=True,
        metavar="账号ID",
        help="通报段落中点名的账号，可重复；默认每个县区的第一个，至多三个。",
    ),
    click.option(
        "--as-of", callback=_day, metavar="日期", help="登记数的截止日期，默认季度最后一天。"
    ),
    click.option("--out", type=_FILE, metavar="目录", help="文件写到哪里。"),
    click.option("--store", metavar="URL", help="数据库地址，默认取配置文件中的地址。"),
    click.option("--config", type=_FILE, metavar="文件", help="配置文件，默认 textcheck.toml。"),
)


def _shared(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_SHARED):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class _Wish:
    """What both commands are asked for."""

    quarter: Quarter
    examples: tuple[str, ...]
    as_of: date | None
    out: Path | None
    store: str | None
    config: Path | None

    def style(self, template: Path | None = None) -> Style:
        """Return how the list is to be written; a template named here goes before the settings."""
        settings = read_settings(self.config)
        if template is not None:
            settings = replace(settings, report=ReportConfig(str(template)))
        return replace(office_style(settings), as_of=self.as_of, examples=self.examples)

    @contextmanager
    def opened(self) -> Iterator[tuple[Store, int]]:
        """Give the store, and how many reviewers must confirm."""
        settings = read_settings(self.config)
        with closing(open_store(self.store or settings.store.url)) as store:
            yield store, settings.review.confirmations


@click.group(help="生成季度不合格清单和通报段落。")
def report() -> None:
    """Hold the commands below."""


@report.command("list", help=_LIST_HELP)
@_shared
@click.option("--from", "since", required=True, callback=_day, metavar="日期", help="采样第一天。")
@click.option("--to", "until", required=True, callback=_day, metavar="日期", help="采样最后一天。")
@click.option(
    "--checked", type=click.IntRange(min=0), metavar="个数", help="抽查的账号数，已知时填。"
)
@click.option(
    "--leave-out", "left_out", multiple=True, metavar="账号ID", help="不纳入清单的账号，可重复。"
)
@click.option("--template", type=_FILE, metavar="文件", help="本单位的 Word 模板。默认按配置文件。")
@click.option("--issue", is_flag=True, help="定稿：存入数据库，编为一版，不再改动。")
def list_(  # noqa: PLR0913 # the options above
    since: date,
    until: date,
    checked: int | None,
    left_out: tuple[str, ...],
    template: Path | None,
    *,
    issue: bool,
    **shared: Any,  # noqa: ANN401 # _SHARED
) -> None:
    """Show the list of a period; issue it and write its files where that is asked for."""
    wish = _Wish(**shared)
    request = ListRequest(wish.quarter, since, until, checked, left_out)
    now, style = datetime.now(CHINA), wish.style(template)
    with (
        wish.opened() as (store, confirmations),
        store.write() if issue else store.read() as connection,
    ):
        edition = draft_edition(connection, request, confirmations=confirmations, now=now)
        told = ""
        if issue:
            dossier, new = issue_list(
                connection,
                edition,
                style,
                confirmations=confirmations,
                by=COMMAND_LINE,
                left_out=left_out,
            )
            told = _told(dossier.edition, new=new)
        else:
            dossier = read_dossier(connection, edition, confirmations)
        # Inside the transaction: what cannot be written is not issued either.
        files = files_of(connection, dossier, style)
    _show(dossier, files, told)
    out = wish.out or (_OUT if issue else None)
    if out is not None:
        _write(out, files)


@report.command(help=_SHOW_HELP)
@_shared
@click.option("--number", type=click.IntRange(min=1), metavar="版次", help="第几版，默认最新一版。")
def show(number: int | None, **shared: Any) -> None:  # noqa: ANN401 # _SHARED
    """Show an issued list again, and write its files again where a folder is named."""
    wish = _Wish(**shared)
    with wish.opened() as (store, confirmations), store.read() as connection:
        edition = read_edition(connection, wish.quarter, number)
        if edition is None:
            which = "" if number is None else f"第{number}版"
            raise ConfigError(f"没有已定稿的{wish.quarter.label}清单{which}")
        dossier = read_dossier(connection, edition, confirmations)
        files = files_of(connection, dossier, wish.style())
    _show(dossier, files, "")
    if wish.out is not None:
        _write(wish.out, files)


@report.command("template", help=_TEMPLATE_HELP)
@click.argument("path", type=_FILE, metavar="文件")
@click.option("--example", is_flag=True, help="写出一份示例模板，可在 Word 或 WPS 中修改。")
def template_(path: Path, *, example: bool) -> None:
    """Try a template, or write one to begin with."""
    if not example:
        read_template(path)
        click.echo(f"模板 {path} 可以使用；在配置文件 [report] template 中写明即可。")
        return
    write_file(path, example_template(), over=False)
    click.echo(f"已写入 {path}；可用的有：")
    for name, meaning in FIELDS.items():
        click.echo(f"  {{{{ {name} }}}}  {meaning}")


def _told(edition: Edition, *, new: bool) -> str:
    if new:
        return f"已定稿：{edition.quarter.label}清单第{edition.number}版。"
    return f"与已定稿的第{edition.number}版内容相同，没有另出新版。"


def _show(dossier: Dossier, files: Mapping[str, bytes], told: str) -> None:
    click.echo(list_text(dossier.edition))
    click.echo(files["通报段落.txt"].decode(), nl=False)
    if dossier.sites:
        names = "、".join(dossier.sites)
        click.echo(
            f"另有网站 {len(dossier.sites)} 个（{names}）经确认有严重表述错误：网站另列附件1。"
        )
    for line in _gaps(dossier):
        click.echo(line, err=True)
    if told:
        click.echo(told, err=True)


def _gaps(dossier: Dossier) -> Iterator[str]:
    """Yield what the list may lack: no list stands for accounts that were not read."""
    if dossier.night is None:
        yield "注意：数据库中没有扫描记录，清单只依据已有的复核结论。"
        return
    coverage = dossier.night.coverage.values()
    gaps = sum(bool(item.error or item.failed or item.partial) for item in coverage)
    if gaps:
        yield (
            f"注意：最近一次扫描（{dossier.night.day}）的 {len(coverage)} 个账号中有 {gaps} 个"
            "没有读全，清单可能不完整；缺口见清单.html。"
        )


def _write(out: Path, files: Mapping[str, bytes]) -> None:
    if not any(name.endswith(".pdf") for name in files):
        click.echo(
            "没有生成 pdf：需要 pip install 'textcheck[pdf-report]' 和系统的 Pango", err=True
        )
    write_files(out, files)
