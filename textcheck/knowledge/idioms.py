"""Idioms and set words of the general language."""

from collections.abc import Iterator

from textcheck.finding import Severity
from textcheck.knowledge.entry import Entry, EntryKind
from textcheck.knowledge.layers import Layers, read_rows
from textcheck.knowledge.phrases import phrase_of

__all__ = ["read_idioms"]


def read_idioms(layers: Layers) -> Iterator[Entry]:
    """Yield the rows of idioms.tsv as protected forms; a slip in one is ordinary."""
    for row in read_rows(layers, "idioms"):
        yield phrase_of(row, EntryKind.IDIOM, Severity.ORDINARY)
