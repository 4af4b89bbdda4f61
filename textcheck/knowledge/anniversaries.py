"""Events whose anniversaries are counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from textcheck.errors import LexiconError
from textcheck.knowledge.entry import Citation
from textcheck.knowledge.layers import Layers, read_rows

__all__ = ["Anniversary", "read_anniversaries"]


@dataclass(frozen=True, slots=True)
class Anniversary:
    """An event and its day; `forms` are the words that stand before 周年, the usual one first."""

    id: str
    forms: tuple[str, ...]
    day: date
    citation: Citation


def read_anniversaries(layers: Layers) -> Iterator[Anniversary]:
    """Yield the rows of anniversaries.tsv."""
    for row in read_rows(layers, "anniversaries"):
        day = row.day("day")
        if day is None:
            raise LexiconError(f"{row.where} day 列不能为空")
        forms = (row.required("form"), *row.several("aliases"))
        yield Anniversary(row["id"], forms, day, row.citation("source"))
