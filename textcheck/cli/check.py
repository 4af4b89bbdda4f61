"""textcheck check: files and texts of editors, or a stream of texts of programs."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from textcheck.cli.bulk import answer_lines
from textcheck.cli.day import parse_day
from textcheck.cli.inputs import Opened, open_files, open_text
from textcheck.cli.job import Job, say
from textcheck.cli.listing import list_findings
from textcheck.cli.settings import jobs_option, lexicon_option, model_option
from textcheck.cli.tools import tools_of
from textcheck.errors import TextcheckError
from textcheck.finding import Severity

__all__ = ["check"]

_LEVELS = click.Choice([severity.name.lower() for severity in sorted(Severity)[::-1]])


def _severity(ctx: click.Context, parameter: click.Parameter, value: str) -> Severity:
    del ctx, parameter
    return Severity[value.upper()]


def _day(ctx: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    try:
        return None if value is None else parse_day(value)
    except TextcheckError as error:
        raise click.BadParameter(str(error), ctx, parameter) from error


def _codec(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    try:
        "".encode(value or "utf-8")
    except LookupError as error:
        raise click.BadParameter(f"不认识的编码 {value}", ctx, parameter) from error
    return value


@click.command(
    help="""检查文稿。可以给出文件（txt、md、html、docx、pdf）、目录，或用 - 表示标准输入。

    退出状态：0 没有达到 --fail-on 级别的问题；1 有；2 有内容未能读全，或命令有误。"""
)
@click.argument("paths", nargs=-1, metavar="[文件|目录|-]...")
@click.option("--text", metavar="文字", help="直接检查这段文字。")
@click.option(
    "--published",
    metavar="日期",
    callback=_day,
    help="发布日期，如 2026-05-01，按当天的任职和表述判断。默认用网页自带的日期，否则为今天。",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl"]),
    help="输出形式。默认 text；--from jsonl 时为 jsonl。",
)
@click.option(
    "--fail-on",
    type=_LEVELS,
    default="serious",
    show_default=True,
    callback=_severity,
    help="达到这一级别的问题使退出状态为 1（serious 严重，ordinary 一般，hint 提示）。",
)
@click.option(
    "--min-level",
    type=_LEVELS,
    default="hint",
    show_default=True,
    callback=_severity,
    help="只列出这一级别及更严重的问题。",
)
@click.option(
    "--from",
    "source",
    type=click.Choice(["files", "jsonl"]),
    default="files",
    show_default=True,
    help="jsonl：输入每行一个 JSON 对象，键为 id、text、published_on，供其他程序成批调用。",
)
@click.option(
    "--encoding", default="", metavar="编码", callback=_codec, help="文件编码。默认自动识别。"
)
@click.option(
    "--exclude", multiple=True, metavar="通配符", help="目录中不检查的文件，如 '*.jpg'。可重复。"
)
@lexicon_option
@model_option
@jobs_option
@click.pass_context
def check(ctx: click.Context, /, **given: Any) -> None:  # noqa: ANN401 # the options above
    """Check files and texts."""
    bulk = given["source"] == "jsonl"
    form = given["form"] or ("jsonl" if bulk else "text")
    if given["min_level"] > given["fail_on"]:
        raise click.UsageError("--min-level 不能高于 --fail-on：否则没有列出的问题也会使检查不通过")
    if bulk:
        _refuse_beside_jsonl(given | {"form": form})
    elif not given["paths"] and given["text"] is None:
        raise click.UsageError("没有指明检查什么：请给出文件、目录、- 或 --text")
    tools = tools_of(ctx, given["layers"], learned=not given["no_model"])
    for note in tools.lexicon.warnings(tools.today):
        say(f"提示：{note}")
    jobs = 1 if bulk else given["jobs"] or 0
    job = Job(tools, given["published"], given["fail_on"], given["min_level"], jobs)
    if bulk:
        ctx.exit(answer_lines(given["paths"][0], job))
    ctx.exit(list_findings(_inputs(given), job, form))


def _refuse_beside_jsonl(given: dict[str, Any]) -> None:
    if len(given["paths"]) != 1:
        raise click.UsageError("--from jsonl 需要且只能有一个输入：一个文件，或 -")
    if given["form"] != "jsonl":
        raise click.UsageError("--from jsonl 只能输出 --format jsonl")
    if given["text"] is not None or given["encoding"] or given["exclude"]:
        raise click.UsageError("--from jsonl 不能与 --text、--encoding、--exclude 同用")
    if given["jobs"]:
        raise click.UsageError("--from jsonl 读到一行就回答一行，不能与 --jobs 同用")


def _inputs(given: dict[str, Any]) -> Iterator[Opened]:
    if given["text"] is not None:
        yield open_text(given["text"])
    yield from open_files(given["paths"], exclude=given["exclude"], encoding=given["encoding"])
