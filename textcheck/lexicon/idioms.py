"""Idioms and set words of the general language."""

from collections.abc import Iterator
from pathlib import Path

from textcheck.finding import Severity
from textcheck.lexicon.entry import Entry, EntryKind
from textcheck.lexicon.table import read_table

__all__ = ["read_idioms"]


def read_idioms(folder: Path) -> Iterator[Entry]:
    """Yield the rows of idioms.tsv as protected forms; a slip in one is ordinary."""
    for row in read_table(folder / "idioms.tsv", ("id", "form", "variants", "source")):
        yield Entry(
            row["id"],
            EntryKind.IDIOM,
            row.required("form"),
            Severity.ORDINARY,
            None,
            None,
            row.citation("source"),
            row.several("variants"),
        )
