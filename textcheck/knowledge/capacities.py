"""In which capacity somebody acts who holds several offices: the state's head, or the army's."""

from collections.abc import Iterable
from dataclasses import dataclass

from textcheck.errors import LexiconError
from textcheck.knowledge.entry import Citation
from textcheck.knowledge.layers import Layers, read_rows

__all__ = ["Capacities", "Capacity", "read_capacities"]


@dataclass(frozen=True, slots=True)
class Capacity:
    """
    Words that tell that the holder of a post acts as such, and those that nobody else does.

    会见 is an act of the head of state, but of others too; 国书 is his alone.
    """

    id: str
    post: str
    acts: tuple[str, ...]
    sole: tuple[str, ...]
    citation: Citation


class Capacities:
    """All capacities; asked about the words behind a name."""

    def __init__(self, rows: Iterable[Capacity]) -> None:
        """Keep the rows by post."""
        self._by_post = {row.post: row for row in rows}

    def of(self, words: str) -> dict[str, Capacity]:
        """Return the capacities that the words speak of, by post."""
        return {
            post: row
            for post, row in self._by_post.items()
            if any(act in words for act in (*row.acts, *row.sole))
        }

    def solely(self, words: str) -> Capacity | None:
        """Return the capacity of which the words name an act that nobody else does."""
        for row in self._by_post.values():
            if any(act in words for act in row.sole):
                return row
        return None

    def knows(self, post: str) -> bool:
        """Tell whether the acts of a post are in the table."""
        return post in self._by_post


def read_capacities(layers: Layers, posts: Iterable[str]) -> Capacities:
    """Read capacities.tsv; raise LexiconError naming file, line and column."""
    known, rows = set(posts), []
    for row in read_rows(layers, "capacities"):
        if row["post"] not in known:
            raise LexiconError(f"{row.where} post 列：posts.tsv 中没有“{row['post']}”")
        acts, sole = row.several("acts"), row.several("sole")
        if not (acts or sole):
            raise LexiconError(f"{row.where} acts、sole 列不能都为空")
        rows.append(Capacity(row["id"], row["post"], acts, sole, row.citation("source")))
    return Capacities(rows)
