"""
Titles of laws and other rules: which are known, and which known one a title is nearly.

A title is compared by its core: without 中华人民共和国, the issuer, 关于 and what stands in
brackets behind it, in which lawful writings differ. With one slip one half of a core is intact,
with two one third: under these parts, and where they stand, every core is entered.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from textcheck.errors import LexiconError
from textcheck.knowledge.entry import Citation
from textcheck.knowledge.layers import Layers, read_rows
from textcheck.knowledge.table import Row
from textcheck.matching.edits import Change, changes_between

__all__ = ["Law", "Laws", "NearLaw", "Written", "line_of", "read_laws"]

_KINDS = {kind: kind for kind in ("national", "local", "document")}
_COUNTRY = "中华人民共和国"
_FRONT = re.compile(
    f"{_COUNTRY}|(?:(?:国务院办公厅|国务院|中共中央办公厅|中共中央|中央办公厅|中办|国办|"
    "全国人民代表大会常务委员会|全国人民代表大会|全国人大常委会|最高人民法院|最高人民检察院)、?)*关于"
)
_BACK = re.compile("[（(][^（()）]*[）)]$")
_UNSEEN = frozenset(" \t\n\u3000“”‘’\"'〈〉《》<>＜＞·、，,-－—―–+＋（）()○〇")
_LEAST = 3  # of a shorter core a slip leaves too little
_ISSUERS = frozenset("中国全最")
_TWO_SLIPS = 6
_MOST_SHIFT = 2


@dataclass(frozen=True, slots=True)
class Law:
    """
    A title; `national` kinds are complete, so that a title near one of them is no other law.

    `since` is the day of its first passing, if that is late enough to matter; from `until` on
    it is out of force by the law `replaced_by`.
    """

    id: str
    form: str
    kind: str
    since: date | None
    until: date | None
    replaced_by: str
    citation: Citation
    end_citation: Citation


@dataclass(frozen=True, slots=True)
class Written:
    """
    A title as written, reduced to its core; `at` is where each character of the core stands.

    >>> Written.of("中华人民共和国 水法（修订）").core
    '水法'
    """

    core: str
    at: Sequence[int]

    @classmethod
    def of(cls, title: str) -> "Written":
        """Reduce a title."""
        back = _BACK.search(title)
        end = back.start() if back else len(title)
        at = [place for place in range(end) if title[place] not in _UNSEEN]
        plain = "".join([title[place] for place in at])
        front = _FRONT.match(plain)
        start = front.end() if front else 0
        return cls(plain[start:], at[start:])


@dataclass(frozen=True, slots=True)
class NearLaw:
    """A known title and what must change in a written one's core to give its core."""

    law: Law
    core: str
    changes: tuple[Change, ...]
    front: bool = False
    """Whether the slip is in 中华人民共和国 or 关于 before a core that is right."""


class Laws:
    """
    All titles, a line each, read when a text first has a title in it.

    That start-up need not wait for some thousand rows that most texts ask nothing of.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        """Keep the lines, made by line_of."""
        self.lines = lines

    @cached_property
    def _by_core(self) -> dict[str, list[str]]:
        by_core: dict[str, list[str]] = {}
        for line in self.lines:
            core, _, rest = line.partition("\t")
            by_core.setdefault(core, []).append(rest)
            # 中共中央梡于……: what is before a core is not taken off where it has a slip in it.
            form = rest.split("\t", 2)[1]
            if "关于" in form and form[0] in _ISSUERS:
                whole = "".join([character for character in form if character not in _UNSEEN])
                by_core.setdefault(whole, []).append(rest)
        return by_core

    def of(self, written: Written) -> list[Law]:
        """Return the titles that a written one is."""
        return [_law(line) for line in self._by_core.get(written.core, ())]

    def whole(self) -> Iterator[tuple[str, Law]]:
        """Yield the titles that begin with 中华人民共和国, each behind its core."""
        for core, lines in self._by_core.items():
            law = _law(lines[0])
            if law.form.startswith(_COUNTRY):
                yield core, law

    def near(self, written: Written) -> list[NearLaw]:
        """Return the titles that a written one misses by a slip, by two where it is long."""
        core = written.core
        found = {near.core: near for near in self._damaged_front(core)}
        if len(core) < _LEAST - 1:
            return list(found.values())
        for other in self._candidates(core):
            if other in found or abs(len(other) - len(core)) > _MOST_SHIFT:
                continue
            most = 2 if len(other) >= _TWO_SLIPS else 1
            changes = changes_between(core, other, most)
            if changes:
                found[other] = NearLaw(_law(self._by_core[other][0]), other, changes)
        return sorted(found.values(), key=lambda near: (len(near.changes), near.core))

    def _damaged_front(self, core: str) -> Iterator[NearLaw]:
        """Yield known titles behind 中华人民共和国 or 关于 with a slip in it or at its end."""
        for front in (_COUNTRY, "关于"):
            last, size = front[-1], len(front)
            if core[:1] == last and core[1:] in self._by_core:
                yield NearLaw(
                    _law(self._by_core[core[1:]][0]), core[1:], (Change(0, 1, ""),), front=True
                )
            if core[:1] not in front and core[1:2] not in front:
                continue
            fronts = [(core[:end], core[end:], front) for end in (size - 1, size, size + 1)]
            if core[size : size + 1] == last:  # 共和|公国|共文化: two swapped over the end
                rest = core[size - 1] + core[size + 1 :]
                fronts.append((core[: size + 1], rest, front + rest[0]))
            for written, rest, wanted in fronts:
                laws = self._by_core.get(rest) if len(rest) > 1 else None
                if laws and (changes := changes_between(written, wanted, 1)):
                    yield NearLaw(_law(laws[0]), front + rest, changes, front=True)

    def _candidates(self, core: str) -> Iterator[str]:
        parts = self._parts
        for size in range(max(_LEAST, len(core) - _MOST_SHIFT), len(core) + _MOST_SHIFT + 1):
            half, third = size // 2, size // 3
            yield from parts.get((size, 0, core[:half]), ())
            yield from parts.get((size, 1, core[-half:]), ())
            if size < _TWO_SLIPS:
                continue
            yield from parts.get((size, 2, core[:third]), ())
            yield from parts.get((size, 3, core[-third:]), ())
            for start in range(third - _MOST_SHIFT, third + _MOST_SHIFT + 1):
                yield from parts.get((size, 4, core[start : start + third]), ())
        if len(core) % 2 == 0:
            at = len(core) // 2  # two swapped in the very middle leave no half intact
            swapped = core[: at - 1] + core[at] + core[at - 1] + core[at + 1 :]
            if swapped in self._by_core:
                yield swapped

    @cached_property
    def _parts(self) -> dict[tuple[int, int, str], list[str]]:
        """Return the cores by (length, which part, the part); built when first asked for."""
        parts: dict[tuple[int, int, str], list[str]] = {}
        for core in self._by_core:
            size = len(core)
            if size < _LEAST:
                continue
            half, third = size // 2, size // 3
            keys = [(size, 0, core[:half]), (size, 1, core[-half:])]
            if size >= _TWO_SLIPS:
                keys += [
                    (size, 2, core[:third]),
                    (size, 3, core[-third:]),
                    (size, 4, core[third : 2 * third]),
                ]
            for key in keys:
                parts.setdefault(key, []).append(core)
        return parts


def line_of(law: Law) -> str:
    """Return a law as a line of the table that Laws keeps, its core before it."""
    days = [day.isoformat() if day else "" for day in (law.since, law.until)]
    sources = (law.citation.source, law.end_citation.source, law.citation.layer)
    cells = (Written.of(law.form).core, law.id, law.form, law.kind, *days, law.replaced_by)
    return "\t".join((*cells, *sources))


def _law(line: str) -> Law:
    key, form, kind, since, until, replaced_by, source, end_source, layer = line.split("\t")
    return Law(
        id=key,
        form=form,
        kind=kind,
        since=date.fromisoformat(since) if since else None,
        until=date.fromisoformat(until) if until else None,
        replaced_by=replaced_by,
        citation=Citation(source, layer),
        end_citation=Citation(end_source, layer),
    )


def read_laws(layers: Layers) -> Laws:
    """Read laws.tsv; raise LexiconError naming file, line and column."""
    return Laws([line_of(_checked(row)) for row in read_rows(layers, "laws")])


def _checked(row: Row) -> Law:
    since, until = row.day("valid_from"), row.day("valid_to")
    if since and until and until < since:
        raise LexiconError(f"{row.where} valid_to 早于 valid_from")
    citation = row.citation("source")
    return Law(
        id=row["id"],
        form=row.required("form"),
        kind=row.choice("kind", _KINDS),
        since=since,
        until=until,
        replaced_by=row["replaced_by"],
        citation=citation,
        end_citation=row.citation("end_source") if until else citation,
    )
