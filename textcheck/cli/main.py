"""The command `textcheck`."""

import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, NoReturn

import click

from textcheck import __version__
from textcheck.cli.chinese import in_chinese, usage_message
from textcheck.errors import TextcheckError

__all__ = ["INTERRUPTED", "NOT_READ", "PIPE_CLOSED", "main", "program"]

# NumPy's products of matrices are small: its threads take more time and memory than they save.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

NOT_READ = 2
"""The exit status of a command that was refused, or could not do all of its work."""
INTERRUPTED = 130
PIPE_CLOSED = 141
"""As the shell reports a program that its reader left: neither clean nor findings."""

# Each command is imported when it is called: check starts without the database and the crawler.
_COMMANDS = {
    "audit": ("textcheck.cli.audit:audit", "核验操作记录没有被改动过。"),
    "backup": ("textcheck.cli.backup:backup", "备份数据库、登记表和配置。"),
    "check": ("textcheck.cli.check:check", "检查文稿，指出严重表述错误和其他文字错误。"),
    "doctor": (
        "textcheck.cli.doctor:doctor",
        "检查安装和运行环境：词库、磁盘、时钟、各来源。",
    ),
    "drafts": ("textcheck.cli.drafts:drafts", "检查公众号草稿箱中即将发布的文章。"),
    "evidence": ("textcheck.cli.evidence:evidence", "导出、核验严重问题的证据。"),
    "explain": ("textcheck.cli.explain:explain", "说明一条规则：找什么、为什么是错、依据什么。"),
    "lexicon": ("textcheck.cli.lexicon:lexicon", "维护词库：检查、查询、用表格修改。"),
    "notice": ("textcheck.cli.notice:notice", "把清单按单位发出整改通知，登记反馈。"),
    "receive": ("textcheck.cli.receive:receive", "接收微信平台推送的群发、发布事件。"),
    "recheck": ("textcheck.cli.recheck:recheck", "词库改动后，把已有的文章再查一遍。"),
    "register": ("textcheck.cli.register:register", "管理受检账号的登记表。"),
    "report": ("textcheck.cli.report:report", "生成季度不合格清单和通报段落。"),
    "restore": ("textcheck.cli.backup:restore", "从备份恢复。"),
    "review": ("textcheck.cli.review:review", "复核扫描发现的问题：列出、确认、排除。"),
    "scan": ("textcheck.cli.scan:scan", "扫描登记表中的账号，检查新发布的文章。"),
    "serve": ("textcheck.cli.serve:serve", "在浏览器中复核。"),
    "service": ("textcheck.cli.service:service", "让机器每晚自动扫描。"),
    "source": ("textcheck.cli.source:source", "看一个网址可以怎样读取，给出来源设置。"),
    "user": ("textcheck.cli.user:user", "管理复核网页的用户。"),
}


class _Program(click.Group):
    """A group that imports its commands late and ends in Chinese, with our exit statuses."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 # click's own arguments
        super().__init__(*args, **options)
        in_chinese(self)

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, _, name = _COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return in_chinese(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 # click's signature
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            ctx.exit(PIPE_CLOSED)

    def main(self, *args: Any, **options: Any) -> NoReturn:  # noqa: ANN401 # click's own arguments
        options["standalone_mode"] = False
        sys.exit(_status_of(lambda: super(_Program, self).main(*args, **options)))


def _status_of(run: Callable[[], object]) -> int:
    try:
        status = run()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return NOT_READ
    except click.UsageError as error:
        if error.ctx is not None:
            click.echo(error.ctx.get_usage(), err=True)
        return _refused(usage_message(error))
    except click.ClickException as error:
        return _refused(error.format_message())
    except TextcheckError as error:
        return _refused(str(error))
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断", err=True)
        return INTERRUPTED
    return status if isinstance(status, int) else 0


def _refused(message: str) -> int:
    click.echo(f"错误：{message}", err=True)
    return NOT_READ


def _show_version(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001 # click's signature
    del parameter
    if not value:
        return
    from textcheck.cli.tools import default_tools  # noqa: PLC0415 # reads the lexicon
    from textcheck.report.terminal import model_told  # noqa: PLC0415 # only needed here

    tools = default_tools()
    lexicon = tools.lexicon
    click.echo(f"textcheck {__version__}")
    click.echo(f"词库 {lexicon.digest[:12]}，日期 {lexicon.day:%Y-%m-%d}")
    click.echo(model_told(tools.model))
    ctx.exit()


@click.group(cls=_Program, help="检查公文和政务新媒体文章中的严重表述错误。")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="显示程序、词库的版本并退出。",
)
def program() -> None:
    """Find wording errors in official publications."""


def main() -> None:
    """Run the command line."""
    _speak_utf8()
    try:
        program(prog_name="textcheck")
    finally:
        _leave_quietly()


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale; a file name that is no UTF-8 is shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _leave_quietly() -> None:
    """Flush now: Python would complain on the way out of a pipe that nobody reads."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(PIPE_CLOSED)
