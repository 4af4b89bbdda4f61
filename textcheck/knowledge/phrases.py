"""Phrases that hold at any time: the rows of clauses, idioms and quoted terms."""

from textcheck.finding import Severity
from textcheck.knowledge.entry import Entry, EntryKind
from textcheck.knowledge.table import Row

__all__ = ["phrase_of"]


def phrase_of(row: Row, kind: EntryKind, level: Severity) -> Entry:
    """Return a row's phrase; raise LexiconError naming file, line and column."""
    return Entry(
        row["id"],
        kind,
        row.required("form"),
        level,
        None,
        None,
        row.citation("source"),
        row.several("variants"),
    )
