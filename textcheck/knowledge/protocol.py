"""In which order leaders are named: the official lists, each with its days."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations

from textcheck.errors import LexiconError
from textcheck.knowledge.entry import Citation
from textcheck.knowledge.layers import Layers, read_rows

__all__ = ["Breach", "Order", "Protocol", "read_protocol"]

_KINDS = ("fixed", "strokes", "other", "former")
_RANKS: Mapping[str, int | None] = {"": None, **{str(rank): rank for rank in range(1, 10)}}
# 朱某、温某、李某 are three heads of government in history; a list of today has more people.
_MEET_THE_FORMER = 4
_LISTS = 256  # answers that are kept: the articles of a day name the same people together


@dataclass(frozen=True, slots=True)
class Order:
    """
    The members of one body in their order; who stands in a row of a smaller rank comes first.

    A list against a fixed order is wrong, unless another row in force has it that way: the deputy
    premiers in their own order, or among the Political Bureau by the strokes of their names. Who
    held office formerly has a place only in long lists, an order by strokes is that of names alone.
    """

    id: str
    rank: int | None
    kind: str
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

    def reversals(self, names: Sequence[str]) -> int:
        """Return how many pairs of its members stand the other way in a list."""
        return sum(self.has(later, earlier) for earlier, later in combinations(names, 2))


@dataclass(frozen=True, slots=True)
class Breach:
    """Two names of a list in the wrong order, and the place of each name in the right one."""

    order: Order
    earlier: str
    later: str
    right: Mapping[str, int]


class Protocol:
    """All orders; asked about the names of one list."""

    def __init__(self, orders: Iterable[Order]) -> None:
        """Keep the orders."""
        self._orders = tuple(orders)
        self._in_force = lru_cache(8)(self._find_in_force)
        self._ranked = lru_cache(8)(self._find_ranked)
        self._breach = lru_cache(_LISTS)(self._find_breach)
        self.names = frozenset(name for order in self._orders for name in order.places)

    def breach(
        self, names: Sequence[str], day: date | None, *, loose: bool = False
    ) -> Breach | None:
        """
        Return what is wrong with a list, None where its order is lawful on the day.

        In a `loose` one everybody has a title: who represents what orders them as well, and only
        the leaders of the first rank, and the members of one body, have their places.
        """
        return self._breach(tuple(names), day, loose=loose)

    def _find_breach(
        self, names: tuple[str, ...], day: date | None, *, loose: bool
    ) -> Breach | None:
        known = [name for name in dict.fromkeys(names) if name in self.names]
        if len(known) < 2:  # noqa: PLR2004 # one name has no order
            return None
        judge = _Judge(self._in_force(day), known, loose=loose or day is None)
        # Without a day the list may be of any time, and right at that time.
        ever = self._orders if day is None else ()
        for earlier, later in combinations(judge.names, 2):
            order = judge.against(earlier, later)
            if order is not None and not any(other.has(earlier, later) for other in ever):
                return Breach(order, earlier, later, judge.right())
        return None

    def ranked(self, name: str, day: date | None) -> bool:
        """Tell whether a person has a place on a day."""
        return name in self._ranked(day)

    def _find_ranked(self, day: date | None) -> frozenset[str]:
        return frozenset(name for order in self._in_force(day) for name in order.places)

    def _find_in_force(self, day: date | None) -> tuple[Order, ...]:
        return tuple(order for order in self._orders if order.holds(day))


class _Judge:
    """
    The orders that count for one list.

    People of one rank stand in the order of one row that has all of them: mixed from two, the order
    of the strokes and that of the offices, a list is wrong though each of its pairs is in a row.
    """

    def __init__(self, orders: Sequence[Order], names: Sequence[str], *, loose: bool) -> None:
        """Choose the order of each rank."""
        tops = {name: _highest(name, orders) for name in names}
        if loose or sum(top is not None for top in tops.values()) < _MEET_THE_FORMER:
            orders = [order for order in orders if order.kind != "former"]
            tops = {name: _highest(name, orders) for name in names}
        self._tops = {name: top for name, top in tops.items() if top is not None}
        self.names = list(self._tops)
        self.orders = orders
        self._fixed = [order for order in orders if order.kind in ("fixed", "former")]
        if not loose:
            self._fixed += [order for order in orders if order.kind == "strokes"]
        self._loose = loose
        self._chosen = {} if loose else self._choose()

    def _choose(self) -> dict[int, Order]:
        groups: dict[int, list[str]] = {}
        for name in self.names:
            if (rank := self._rank(name)) is not None:
                groups.setdefault(rank, []).append(name)
        chosen = {}
        for rank, names in groups.items():
            whole = [order for order in self.orders if order.places.keys() >= set(names)]
            if any(order in self._fixed for order in whole):
                # Of two that explain the list as well that of the smaller body was meant.
                chosen[rank] = min(
                    whole, key=lambda order: (order.reversals(names), len(order.places))
                )
        return chosen

    def _rank(self, name: str) -> int | None:
        return self._tops[name].rank

    def against(self, earlier: str, later: str) -> Order | None:
        """Return the order against which one person is named before the other."""
        first, second = self._rank(earlier), self._rank(later)
        if first is not None and first == second and first in self._chosen:
            chosen = self._chosen[first]
            return chosen if chosen.has(later, earlier) else None
        higher = 0 if first is None or second is None else second - first
        if higher > 0 or any(order.has(earlier, later) for order in self.orders):
            return None
        for order in self._fixed:
            if order.has(later, earlier):
                return order
        return self._tops[later] if higher < 0 and (second == 1 or not self._loose) else None

    def right(self) -> dict[str, int]:
        """Return the place of each name in the right order."""
        found: list[str] = []
        for name in self.names:
            ahead = (at for at, other in enumerate(found) if self.against(other, name))
            found.insert(next(ahead, len(found)), name)
        return {name: place for place, name in enumerate(found)}


def _highest(name: str, orders: Iterable[Order]) -> Order | None:
    """Return the row of the smallest rank that has a name; one without rank comes last."""
    mine = [order for order in orders if name in order.places]
    return min(mine, key=lambda order: (order.rank is None, order.rank), default=None)


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
                rank=row.choice("rank", _RANKS),
                kind=row.choice("kind", dict(zip(_KINDS, _KINDS, strict=True))),
                places={name: place for place, name in enumerate(members)},
                since=row.day("valid_from"),
                until=row.day("valid_to"),
                citation=row.citation("source"),
            )
        )
    return Protocol(orders)
