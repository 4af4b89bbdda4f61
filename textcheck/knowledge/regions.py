"""Provinces, prefectures and counties: their names, and what lies in what, today or formerly."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from textcheck.document import Span
from textcheck.finding import Severity
from textcheck.knowledge.entry import Citation, Entry, EntryKind
from textcheck.knowledge.layers import Layers, read_rows
from textcheck.text.sound import Sounds

__all__ = [
    "FORMER", "REGIONS", "Region", "Regions", "read_regions", "region_entries", "short_of",
]  # fmt: skip

REGIONS = "regions"
"""The owner of the names before which or behind which a region may stand."""
FORMER = "former"
_STATUS = {status: status for status in ("current", FORMER)}
_RANKS = {rank: rank for rank in ("province", "prefecture", "county")}
_KINDS_OF_PROVINCE = (
    "特别行政区",
    "壮族自治区",
    "回族自治区",
    "维吾尔自治区",
    "自治区",
    "省",
    "市",
)
_LEAST = 3  # 礼县, 东区: of two characters a name says nothing
_LONGEST_HEARD = 5
_SELF_GOVERNED = re.compile("自治[州县旗]")


@dataclass(frozen=True, slots=True)
class Region:
    """A row: a region's name, its rank and the name of what it lies in."""

    id: str
    form: str
    rank: str
    parent: str
    status: str
    source: str

    @property
    def entry(self) -> Entry:
        """Return its name as a protected form; a slip in it is ordinary."""
        source = Citation(self.source)
        return Entry(self.id, EntryKind.REGION, self.form, Severity.ORDINARY, None, None, source)

    @property
    def line(self) -> str:
        """Return the row as a line."""
        cells = [self.id, self.form, self.rank, self.parent, self.status, self.source]
        return "\t".join(cells)


def short_of(province: str) -> str:
    """
    Return a province's name without its kind.

    >>> short_of("广西壮族自治区")
    '广西'
    """
    for kind in _KINDS_OF_PROVINCE:
        if province.endswith(kind):
            return province.removesuffix(kind)
    return province


class Regions:
    """All regions, a line each, read when a text first names a province or a prefecture."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Keep the lines."""
        self.lines = lines

    def __iter__(self) -> Iterator[Region]:
        """Yield the rows."""
        return (Region(*line.split("\t")) for line in self.lines)

    @cached_property
    def by_form(self) -> Mapping[str, Sequence[Region]]:
        """Return the rows by the names."""
        rows: dict[str, list[Region]] = {}
        for region in self:
            rows.setdefault(region.form, []).append(region)
        return rows

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the names of provinces, full and short, and of the prefectures."""
        forms: dict[str, None] = {}
        for region in (region for rows in self.by_form.values() for region in rows):
            if region.rank == "province":
                forms |= {region.form: None, short_of(region.form): None}
            elif region.rank == "prefecture" and len(region.form) >= _LEAST:
                forms |= {region.form: None}
        return tuple(forms)

    @cached_property
    def _full(self) -> dict[str, str]:
        """Return the full names of provinces by their short ones."""
        names = [rows[0].form for rows in self.by_form.values() if rows[0].rank == "province"]
        return {short_of(name): name for name in names} | {name: name for name in names}

    def unit_at(self, text: str, start: int) -> str | None:
        """Return the longest name of a prefecture or county that begins at a place."""
        names = self._units.get(text[start : start + _LEAST], ())
        return next((name for name in names if text.startswith(name, start)), None)

    def municipality_at(self, text: str, start: int) -> str | None:
        """Return the name of a city that is a province of its own where it begins at a place."""
        return next((name for name in self._municipalities if text.startswith(name, start)), None)

    @cached_property
    def _municipalities(self) -> tuple[str, ...]:
        provinces = {row.form for rows in self.by_form.values() for row in rows if not row.parent}
        return tuple(sorted(name for name in provinces if name.endswith("市")))

    @cached_property
    def _units(self) -> dict[str, list[str]]:
        """Return the names of prefectures and counties by their beginnings, the longest first."""
        units: dict[str, list[str]] = {}
        for name in sorted(self.by_form, key=len, reverse=True):
            if len(name) >= _LEAST and self.by_form[name][0].rank != "province":
                units.setdefault(name[:_LEAST], []).append(name)
        return units

    def homes_of(self, unit: str, above: str) -> tuple[Region, tuple[str, ...]] | None:
        """
        Return a row of a unit and where it lies, None where it lies in `above` or may.

        Where `above` is a province, provinces are told; else prefectures.
        """
        rows = self.by_form[unit]
        current = [row for row in rows if row.status != FORMER]
        full = self._full.get(above)
        if full is not None:
            inside = any(full in self._provinces_of(row) for row in rows)
            homes = [home for row in current for home in self._provinces_of(row)]
        elif unit.endswith("区"):
            return None  # districts are renamed often, and the lists forget what they were
        else:
            homes = [row.parent for row in current if row.rank == "county"]
            # A prefecture does not stand before a county that lies in the province as such.
            inside = any(row.parent == above for row in rows) or not self._full.keys().isdisjoint(
                homes
            )
        if inside or not homes:
            return None
        return current[0], tuple(dict.fromkeys(homes))

    def heard_at(self, text: str, start: int, above: str, sounds: Sounds) -> tuple[str, str] | None:
        """
        Return what stands at a place and the one region of `above` that sounds the same.

        An input method takes other characters of the same sound: 浙江省胡诌市.
        """
        if above not in self._heard:
            self._heard[above] = {}
            for name in self._inside(above):
                for spelling in sounds.heard(name):
                    self._heard[above].setdefault(spelling, []).append(name)
        names = self._heard[above]
        for size in range(_LEAST, _LONGEST_HEARD + 1):
            written = text[start : start + size]
            heard = {name for spelling in sounds.heard(written) for name in names.get(spelling, ())}
            if len(heard) == 1 and written[-1:] == (right := heard.pop())[-1] and written != right:
                return written, right
        return None

    @cached_property
    def _heard(self) -> dict[str, dict[str, list[str]]]:
        """Keep, for what was asked, the regions in it by their sounds."""
        return {}

    def _inside(self, above: str) -> Iterator[str]:
        """Yield the names of today's regions in a province or a prefecture."""
        full = self._full.get(above)
        for name, rows in self.by_form.items():
            for row in rows if _LEAST <= len(name) <= _LONGEST_HEARD else ():
                lies_in = self._provinces_of(row) if full is not None else [row.parent]
                if row.status != FORMER and (full or above) in lies_in:
                    yield name
                    break

    def reordered(self, text: str) -> Iterator[tuple[Span, str]]:
        """Yield where a self-governed region is named in another order, and its name."""
        for match in _SELF_GOVERNED.finditer(text):
            for size, names in self._self_governed.items():
                written = text[max(0, match.end() - size) : match.end()]
                name = names.get("".join(sorted(written)))
                if name is not None and written not in self.by_form:
                    yield Span(match.end() - size, match.end()), name
                    break

    @cached_property
    def _self_governed(self) -> dict[int, dict[str, str]]:
        """Return today's self-governed regions by length and by their characters, sorted."""
        found: dict[int, dict[str, str]] = {}
        for name, rows in self.by_form.items():
            if _SELF_GOVERNED.search(name) and any(row.status != FORMER for row in rows):
                found.setdefault(len(name), {})["".join(sorted(name))] = name
        return found

    def is_short(self, name: str) -> bool:
        """Tell whether a name is a province's without its kind."""
        return self._full.get(name, name) != name

    def written_as(self, home: str, above: str) -> str:
        """Return the name of a province as another is written: in short or in full."""
        return short_of(home) if self.is_short(above) else home

    def _provinces_of(self, region: Region, depth: int = 2) -> Iterator[str]:
        if region.parent in self._full:
            yield self._full[region.parent]
        elif depth:
            for row in self.by_form.get(region.parent, ()):
                if row.rank == "prefecture":
                    yield from self._provinces_of(row, depth - 1)


def read_regions(layers: Layers) -> Regions:
    """Read regions.tsv; raise LexiconError naming file, line and column."""
    return Regions(
        [
            Region(
                row["id"],
                row.required("form"),
                row.choice("rank", _RANKS),
                row["parent"],
                row.choice("status", _STATUS),
                row.citation("source").source,
            ).line
            for row in read_rows(layers, "regions")
        ]
    )


def region_entries(regions: Regions) -> Iterator[Entry]:
    """Yield the names of regions as protected forms, once each; a slip in one is ordinary."""
    seen = set()
    for region in regions:
        if len(region.form) >= _LEAST and region.form not in seen:
            seen.add(region.form)
            yield region.entry
