"""In which order leaders are named: the official lists, each with its days."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from textcheck.errors import LexiconError
from textcheck.lexicon.entry import Citation
from textcheck.lexicon.layers import Layers, read_rows

__all__ = ["Order", "Protocol", "read_protocol"]

_KINDS = {"fixed": True, "other": False}


@dataclass(frozen=True, slots=True)
class Order:
    """
    The members of one body in their order; who stands in a row of a smaller rank comes first.

    A list against a fixed order is wrong, unless another row in force has it that way: the deputy
    premiers in their own order, or among the Political Bureau by the strokes of their names.
    """

    id: str
    rank: int
    fixed: bool
    places: Mapping[str, int]
    since: date | None
    until: date | None
    citation: Citation

    def holds(self, day: date | None) -> bool:
        """Tell whether the order is in force on a day; without a day, whether it is today."""
        if day is None:
            return self.until is None
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day < self.until)

    def has(self, earlier: str, later: str) -> bool:
        """Tell whether both are members, and in this order."""
        first, second = self.places.get(earlier), self.places.get(later)
        return first is not None and second is not None and first < second


class Protocol:
    """All orders; asked about two names of one list."""

    def __init__(self, orders: Iterable[Order]) -> None:
        """Keep the orders."""
        self._orders = tuple(orders)
        self._current = lru_cache(8)(self._find_current)
        self.names = frozenset(name for order in self._orders for name in order.places)

    def breached(self, earlier: str, later: str, day: date | None) -> Order | None:
        """Return the order against which a list names one person before the other."""
        if earlier not in self.names or later not in self.names:
            return None
        current = self._current(day)
        # Without a day the list may be of any time, and right at that time.
        lawful = current if day is not None else self._orders
        if any(order.has(earlier, later) for order in lawful):
            return None
        for order in current:
            if order.fixed and order.has(later, earlier):
                return order
        low, high = _highest(earlier, current), _highest(later, current)
        return high if low is not None and high is not None and high.rank < low.rank else None

    def in_order(self, names: Sequence[str], day: date | None) -> bool:
        """Tell whether no order in force has any two of the names the other way; a quick look."""
        highest = 0
        current = self._current(day)
        for order in current:
            places = [place for name in names if (place := order.places.get(name)) is not None]
            if order.fixed and any(one > two for one, two in pairwise(places)):
                return False
        for name in names:
            rank = min((order.rank for order in current if name in order.places), default=highest)
            if rank < highest:
                return False
            highest = rank
        return True

    def ranked(self, name: str, day: date | None) -> bool:
        """Tell whether a person has a place on a day."""
        return any(name in order.places for order in self._current(day))

    def _find_current(self, day: date | None) -> tuple[Order, ...]:
        return tuple(order for order in self._orders if order.holds(day))


def _highest(name: str, orders: Iterable[Order]) -> Order | None:
    mine = [order for order in orders if name in order.places]
    return min(mine, key=lambda order: order.rank, default=None)


def read_protocol(layers: Layers, people: Collection[str]) -> Protocol:
    """Read protocol.tsv; raise LexiconError naming file, line and column."""
    orders = []
    for row in read_rows(layers, "protocol"):
        members = row.several("members")
        for name in members:
            if name not in people:
                raise LexiconError(f"{row.where} members 列：persons.tsv 中没有“{name}”")
        if len(members) != len(set(members)) or not members:
            raise LexiconError(f"{row.where} members 列：应有姓名，且不重复")
        orders.append(
            Order(
                id=row["id"],
                rank=row.choice("rank", {"1": 1, "2": 2, "3": 3}),
                fixed=row.choice("kind", _KINDS),
                places={name: place for place, name in enumerate(members)},
                since=row.day("valid_from"),
                until=row.day("valid_to"),
                citation=row.citation("source"),
            )
        )
    return Protocol(orders)
