"""The page for those who keep the lexicons names every table, column and command."""

import click
import pytest
from describe_tables import GUIDE, tables_part

from textcheck.cli.lexicon import lexicon

TEXT = GUIDE.read_text(encoding="utf-8")


def test_every_table_and_column_is_explained() -> None:
    assert TEXT.endswith(f"{tables_part()}\n"), "run: python scripts/describe_tables.py"


@pytest.mark.parametrize("name", lexicon.list_commands(click.Context(lexicon)))
def test_every_command_is_named(name: str) -> None:
    assert f"textcheck lexicon {name}" in TEXT
