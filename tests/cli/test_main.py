"""What every command has in common, whoever wrote it."""

import re

import click
import pytest
from click.testing import CliRunner

from textcheck.cli.main import program
from textcheck.cli.tools import Tools

COMMANDS = (
    "audit",
    "backup",
    "check",
    "doctor",
    "drafts",
    "evidence",
    "explain",
    "lexicon",
    "notice",
    "receive",
    "recheck",
    "register",
    "report",
    "restore",
    "review",
    "scan",
    "serve",
    "service",
    "source",
    "user",
)


def every_command(group: click.Group, *above: str) -> list[tuple[str, ...]]:
    found = []
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        found.append((*above, name))
        if isinstance(command, click.Group):
            found += every_command(command, *above, name)
    return found


def test_the_commands_are_these() -> None:
    assert tuple(path[0] for path in every_command(program) if len(path) == 1) == COMMANDS


@pytest.mark.parametrize("path", every_command(program), ids=" ".join)
def test_every_help_page_is_in_chinese(path: tuple[str, ...]) -> None:
    ran = CliRunner().invoke(program, [*path, "--help"], prog_name="textcheck")

    assert ran.exit_code == 0
    assert ran.stdout.startswith(f"用法：textcheck {' '.join(path)} ")
    for english in ("Usage", "Options", "Commands", "Show this", "[default", "[required"):
        assert english not in ran.stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["report", "list"], "缺少选项 --quarter"),
        (["register", "check"], "缺少参数 文件"),
        (["review"], "用法：textcheck review"),
        ([], "用法：textcheck"),
        (["--versoin"], "没有选项 --versoin；是不是 --version？"),
        (["check", "--help=1"], "选项 --help 不带值"),
        (["report", "show", "--quarter", "2021Q2", "--number", "0"], "应为不小于 1 的整数"),
        (["report", "show", "--quarter", "2021"], "季度应写作 2021Q2 这样的形式"),
    ],
)
def test_a_wrong_command_line_is_explained_in_chinese(args: list[str], message: str) -> None:
    ran = CliRunner().invoke(program, args, prog_name="textcheck")

    assert message in ran.stderr
    assert ran.exit_code == 2
    assert ran.stdout == ""


def test_the_version_names_lexicon_and_model() -> None:
    ran = CliRunner().invoke(program, ["--version"])

    assert ran.exit_code == 0
    assert "词库" in ran.stdout
    assert re.search(r"模型 [0-9a-f]{12}\n$", ran.stdout)


def test_an_interrupt_ends_with_the_status_of_one(tools: Tools) -> None:
    @click.command()
    def sleep() -> None:
        raise KeyboardInterrupt

    program.add_command(sleep, "sleep-for-a-test")
    try:
        ran = CliRunner().invoke(program, ["sleep-for-a-test"], obj=tools)
    finally:
        del program.commands["sleep-for-a-test"]

    assert ran.exit_code == 130
    assert ran.stderr.strip() == "已中断"
