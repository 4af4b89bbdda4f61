"""The user's guide says what the program does, and nothing that it does not."""

import re
from pathlib import Path

import click
import pytest

from textcheck.cli.explain import EXPLANATIONS
from textcheck.cli.main import program

DOCS = Path(__file__).parents[2] / "docs"
# Of the lexicons speaks a page of its own.
GUIDE = "\n".join(
    (DOCS / name).read_text(encoding="utf-8") for name in ("guide.zh.md", "lexicons.zh.md")
)
# Said once, at the top, for all commands; or common words of every database command.
GENERAL = {"--help", "--store", "--number"}


def commands(group: click.Group, above: str = "") -> dict[str, click.Command]:
    context = click.Context(group)
    found: dict[str, click.Command] = {}
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found[f"{above}{name}"] = command
        if isinstance(command, click.Group):
            found |= commands(command, f"{above}{name} ")
    return found


COMMANDS = commands(program)
OPTIONS = {
    name
    for command in (program, *COMMANDS.values())
    for parameter in command.params
    for name in parameter.opts
    if name.startswith("--")
}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_guide(name: str) -> None:
    assert f"textcheck {name}" in GUIDE


@pytest.mark.parametrize("code", EXPLANATIONS)
def test_every_rule_is_in_the_guide(code: str) -> None:
    assert f"| {code} |" in GUIDE


def test_every_option_is_in_the_guide_and_no_other() -> None:
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", GUIDE))

    assert named - OPTIONS == {"--help"}
    assert OPTIONS - named == GENERAL - {"--help"}
