"""The folders that hold the tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from textcheck.lexicon.schema import TABLES
from textcheck.lexicon.table import Row, read_table

__all__ = ["Layers", "read_rows"]


@dataclass(frozen=True, slots=True)
class Layers:
    """Where the tables lie."""

    built_in: Path


def read_rows(layers: Layers, name: str) -> Iterator[Row]:
    """Yield the rows of a table of the schema; raise LexiconError naming file, line and column."""
    table = TABLES[name]
    return read_table(layers.built_in / table.file, table.names)
