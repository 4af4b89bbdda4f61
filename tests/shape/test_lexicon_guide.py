"""The page for those who keep the lexicons names every table, column and command."""

from pathlib import Path

import click
import pytest

from textcheck.cli.lexicon import lexicon
from textcheck.lexicon.schema import DISABLE, TABLES, Table

GUIDE = (Path(__file__).parents[2] / "docs" / "lexicons.zh.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", [*TABLES.values(), DISABLE], ids=lambda table: table.name)
def test_every_table_and_column_is_explained_in_its_words(table: Table) -> None:
    _, found, rest = GUIDE.partition(f"### {table.name}：{table.title}\n")
    assert found
    section = rest.partition("\n### ")[0]
    for column in table.columns:
        meaning = column.meaning.replace("|", "\\|")
        assert f"| `{column.name}` | {meaning} |" in section
    assert table.made_by in section


@pytest.mark.parametrize("name", lexicon.list_commands(click.Context(lexicon)))
def test_every_command_is_named(name: str) -> None:
    assert f"textcheck lexicon {name}" in GUIDE
