"""Officials who were put out of office for what they did, and since when that is public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from textcheck.errors import LexiconError
from textcheck.knowledge.entry import Citation
from textcheck.knowledge.layers import Layers, read_rows

__all__ = ["REMOVED", "Removal", "Removals", "read_removals"]

REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Removal:
    """
    A person, the bodies whose offices were lost, and the day of the first public act.

    `bare` tells that the name alone says who is meant.
    """

    id: str
    person: str
    bodies: tuple[str, ...]
    bare: bool
    day: date
    citation: Citation


class Removals:
    """All rows; a name is known by its number in `forms`."""

    def __init__(self, rows: Iterable[Removal]) -> None:
        """Keep the rows."""
        self.rows = tuple(rows)
        self.forms = [row.person for row in self.rows]


def read_removals(layers: Layers) -> Removals:
    """Read removed.tsv; raise LexiconError naming file, line and column."""
    rows = []
    for row in read_rows(layers, "removed"):
        day, bodies = row.day("valid_from"), row.several("bodies")
        if day is None or not bodies:
            raise LexiconError(f"{row.where} valid_from、bodies 列不能为空")
        rows.append(
            Removal(
                id=row["id"],
                person=row.required("person"),
                bodies=bodies,
                bare=row.choice("bare", {"yes": True, "": False}),
                day=day,
                citation=row.citation("source"),
            )
        )
    return Removals(rows)
