"""The short names of regions, and what is left of each without one of its characters."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, cached_property

from textcheck.knowledge.regions import FORMER, Region, Regions, short_of

__all__ = ["KINDS", "LONGEST", "SHORTEST", "Toponyms"]

KINDS = "省市县区州旗盟"
"""The characters that end the name of a region."""
SHORTEST, LONGEST = 3, 5
"""The lengths of the names that are looked for here; longer ones are protected forms."""
_OF_PEOPLES = re.compile("^(?P<place>.{2,}?)(?:[\u4e00-\u9fff]{1,5}族)+自治(?P<kind>[州县旗])$")
_NAMED = 2  # characters: of fewer nothing is called
_DEPTH = 2  # a county lies in a prefecture, that in a province

Sites = Mapping[str, tuple[tuple[str, int], ...]]


class Toponyms:
    """The names of today's regions that may be damaged, and all that is right."""

    def __init__(self, regions: Regions, allowed: Collection[str] = ()) -> None:
        """Keep the table, and what is right beside it."""
        self._regions = regions
        self._allowed = allowed

    @property
    def _by_form(self) -> Mapping[str, Sequence[Region]]:
        return self._regions.by_form

    @cached_property
    def names(self) -> dict[str, Region]:
        """Return the names that are looked for, with a row of each."""
        return {
            form: row
            for form, rows in self._by_form.items()
            if SHORTEST <= len(form) <= LONGEST
            # The same name may be that of a former region, too: 海口市 lay in 广东省.
            for row in [one for one in rows if one.status != FORMER][:1]
        }

    @cached_property
    def known(self) -> frozenset[str]:
        """Return all names that are right, those of former times and 积石山县 too."""
        short = (_OF_PEOPLES.match(form) for form in self._by_form)
        places = {one["place"] + one["kind"] for one in short if one}
        return frozenset(self._by_form) | places | frozenset(self._allowed)

    @cached_property
    def brief(self) -> frozenset[str]:
        """Return the names of two characters that are in use: 磁县."""
        return frozenset(
            form
            for form, rows in self._by_form.items()
            if len(form) < SHORTEST and any(row.status != FORMER for row in rows)
        )

    @cached_property
    def shorter(self) -> Sites:
        """Return names by what is left of them with one character missing, with its site."""
        found: dict[str, dict[tuple[str, int], None]] = {}
        for name in self.names:
            for site in range(len(name) - 1):
                found.setdefault(name[:site] + name[site + 1 :], {})[name, site] = None
        return {left: tuple(sites) for left, sites in found.items()}

    @cached_property
    def stems(self) -> dict[str, list[str]]:
        """Return names by all of them but the last character."""
        found: dict[str, list[str]] = {}
        for name in self.names:
            found.setdefault(name[:-1], []).append(name)
        return found

    def above(self, name: str) -> frozenset[str]:
        """Return what may stand in front of a region: what it lies in, in full or short."""
        return self._above.get(name, frozenset())

    @cached_property
    def all_above(self) -> frozenset[str]:
        """Return all that has regions in it, in full or short."""
        return frozenset().union(*self._above.values())

    @cached_property
    def _above(self) -> dict[str, frozenset[str]]:
        return {
            name: frozenset(
                written
                for row in self._by_form[name]
                if row.status != FORMER
                for above in self._chain(row)
                for written in _writings(above)
            )
            for name in self.names
        }

    def _chain(self, region: Region, depth: int = _DEPTH) -> Iterator[str]:
        if region.parent:
            yield region.parent
            for row in self._by_form.get(region.parent, ()) if depth else ():
                if row.rank != region.rank and row.status != FORMER:
                    yield from self._chain(row, depth - 1)


@cache  # four hundred have three thousand regions in them
def _writings(name: str) -> tuple[str, ...]:
    """Return a name in full and short: 湘西土家族苗族自治州, 湘西州, 湘西."""
    of_peoples = _OF_PEOPLES.match(name)
    short = {short_of(name), name[:-1] if name[-1] in KINDS else name}
    if of_peoples:
        short = {of_peoples["place"], of_peoples["place"] + of_peoples["kind"]}
    return (name, *(one for one in short if len(one) >= _NAMED))
