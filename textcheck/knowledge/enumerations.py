"""Enumerations in a fixed order: what each becomes where a part is left out or misplaced."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np

from textcheck.arrays import Arrays, group, grouped
from textcheck.errors import LexiconError
from textcheck.finding import Severity
from textcheck.knowledge.entry import Citation, Entry, EntryKind
from textcheck.knowledge.layers import Layers, read_rows
from textcheck.knowledge.phrases import phrase_of
from textcheck.matching.strings import Strings, packed

__all__ = [
    "ENUMERATIONS",
    "Enumeration",
    "Enumerations",
    "Listed",
    "doctrine_entries",
    "lapses",
    "listed_entries",
    "parted",
    "read_enumerations",
]

ENUMERATIONS = "enumerations"
_JOINT = "、"
_CLAUSE = 4  # parts of so many characters and more are also written with commas between them
_ALSO = "和"  # in place of the last 、
_MANY = 4


@dataclass(frozen=True, slots=True)
class Enumeration:
    """The whole of a list as official texts write it."""

    id: str
    form: str
    level: Severity
    citation: Citation
    since: date | None = None
    until: date | None = None

    @property
    def line(self) -> str:
        """Return the row as a line."""
        source = (self.citation.source, self.citation.layer)
        days = ("" if day is None else day.isoformat() for day in (self.since, self.until))
        return "\t".join((self.id, self.form, str(self.level.value), *source, *days))

    def holds(self, day: date | None) -> bool:
        """Tell whether the list is in use on a day; without a day, whether it is today."""
        if day is None:
            return self.until is None
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Listed:
    """A row: a list, other lawful writings of it, and its lapses, None for those of any list."""

    row: Enumeration
    variants: tuple[str, ...]
    gone_wrong: tuple[str, ...] | None = None


class Enumerations:
    """All rows by their lapses; a lapse is known by its number in `forms`."""

    def __init__(self, arrays: Arrays) -> None:
        """Take what `of` made; a row is read when a text has one of its lapses."""
        self.arrays = arrays
        self._forms = Strings(group(arrays, "forms"))
        self._rows = Strings(group(arrays, "rows"))

    @classmethod
    def of(cls, rows: Iterable[Listed]) -> Self:
        """
        Spell the lapses of rows out; of two with one lapse the first holds.

        Where a row names its lapses, they are some although a mined list has them for lawful, which
        only means that it is too seldom for what is never seen to say anything.
        """
        taken = tuple(rows)
        told = {lapse for one in taken for lapse in one.gone_wrong or ()}
        lawful = {form for one in taken for form in (one.row.form, *one.variants)} - told
        lawful |= {
            form
            for one in taken
            for form in (one.row.form, *(one.variants if one.gone_wrong is not None else ()))
        }
        numbers: dict[str, int] = {}
        for number, one in enumerate(taken):
            gone_wrong = lapses(one.row.form) if one.gone_wrong is None else one.gone_wrong
            for lapse in gone_wrong:
                if lapse not in lawful:
                    numbers.setdefault(lapse, number)
        of = {"row": np.array(list(numbers.values()), dtype=np.int32)}
        lines = (one.row.line for one in taken)
        return cls(grouped({"forms": packed(numbers), "rows": packed(lines), "of": of}))

    @property
    def forms(self) -> Sequence[str]:
        """Return the lapses that are not lawful."""
        return self._forms

    def meant(self, number: int) -> Enumeration:
        """Return the list that a lapse was meant to be."""
        return _enumeration(self._rows[int(self.arrays["of.row"][number])])


def _enumeration(line: str) -> Enumeration:
    name, form, level, source, layer, *days = line.split("\t")
    since, until = (date.fromisoformat(day) if day else None for day in days)
    return Enumeration(name, form, Severity(int(level)), Citation(source, layer), since, until)


def lapses(form: str) -> Iterator[str]:
    """
    Yield a list with one part left out, and with two neighbours exchanged.

    The first part may carry a verb and the last a noun; where the part beside it is shorter, that
    much of it is the part, as texts like parts of one length.

    >>> for lapse in lapses("打好蓝天、碧水、净土保卫战"):
    ...     print(lapse)
    打好碧水、净土保卫战
    打好蓝天、净土保卫战
    打好蓝天、碧水保卫战
    打好碧水、蓝天、净土保卫战
    打好蓝天、净土、碧水保卫战
    """
    head, parts, tail = parted(form)
    for lapse in _lapses(parts):
        if (written := head + lapse + tail) not in form:
            yield written


def _lapses(parts: list[str], joint: str = _JOINT) -> Iterator[str]:
    """Yield the parts with one left out, and with two neighbours exchanged."""
    shorter = [parts[:at] + parts[at + 1 :] for at in range(len(parts))]
    swapped = [
        [*parts[:at], parts[at + 1], parts[at], *parts[at + 2 :]] for at in range(len(parts) - 1)
    ]
    # What is left of two is no list.
    for found in [*(shorter if len(parts) > 2 else ()), *swapped]:  # noqa: PLR2004
        yield joint.join(found)


def parted(form: str) -> tuple[str, list[str], str]:
    """Return what stands before the first part, the parts, and what stands behind the last."""
    parts = form.split(_JOINT)
    front, back = parts[0], parts[-1]
    if "”" in front or "”" in back:
        return "", parts, ""
    first = min(len(front), len(parts[1]))
    last = min(len(back), len(parts[-2]))
    parts[0], parts[-1] = front[len(front) - first :], back[:last]
    return front[: len(front) - first], parts, back[last:]


def read_enumerations(layers: Layers) -> Enumerations:
    """Read doctrines.tsv and enumerations.tsv; raise LexiconError naming file, line and column."""
    return Enumerations.of([*_doctrines(layers), *_mined(layers)])


def doctrine_entries(layers: Layers) -> Iterator[Entry]:
    """Yield the lists of doctrines.tsv as forms in which a slip is looked for."""
    for one in _doctrines(layers):
        row = one.row
        yield Entry(
            row.id, EntryKind.FORMULATION, row.form, row.level, row.since, row.until, row.citation,
            one.variants,
        )  # fmt: skip


def listed_entries(layers: Layers) -> Iterator[Entry]:
    """
    Yield those of enumerations.tsv; no slip in one is serious.

    They were mined, and begin and end in the middle of words: 支听党指挥 is also behind 这.
    """
    for row in read_rows(layers, ENUMERATIONS):
        yield phrase_of(row, EntryKind.CLAUSE, min(row.level("level"), Severity.ORDINARY))


def _doctrines(layers: Layers) -> Iterator[Listed]:
    for row in read_rows(layers, "doctrines"):
        parts = row.several("parts")
        if len(parts) <= 1:
            raise LexiconError(f"{row.where} parts 列：应有两项或更多，用 | 隔开")
        level, variants = row.level("level"), row.several("variants")
        for joint in _joints(parts, level):
            form = joint.join(parts)
            entry = Enumeration(
                row["id"], form, level, row.citation("source"),
                row.day("valid_from"), row.day("valid_to"),
            )  # fmt: skip
            lawful = {variant.replace(_JOINT, joint) for variant in variants}
            yield Listed(entry, tuple(lawful), tuple(_wrong(parts, joint, lawful)))


def _joints(parts: tuple[str, ...], level: Severity) -> Iterator[str]:
    """
    Yield what may stand between parts: 、, between clauses a comma, in headlines a space.

    Words of daily work also stand beside one another in tables: there a space joins nothing.
    """
    if any(_JOINT in part for part in parts):
        yield "，"
        return
    yield _JOINT
    if all(len(part) >= _CLAUSE for part in parts):
        yield "，"
    if level is Severity.SERIOUS:
        yield " "


def _wrong(parts: tuple[str, ...], joint: str, lawful: Collection[str]) -> Iterator[str]:
    """
    Yield the lapses of a list, with 、 also those that have 和 before the last part.

    >>> list(_wrong(("爱国", "敬业", "诚信"), " ", ()))
    ['爱国 诚信', '敬业 爱国 诚信', '爱国 诚信 敬业']
    """
    whole = joint.join(parts)
    for lapse in _lapses(list(parts), joint):
        if lapse in lawful:
            continue
        size = lapse.count(joint) + 1
        # The list without its first or last part stands in every whole list, and in quotations
        # of a part of it; without the last of many it was closed one too early.
        if lapse not in whole or (joint == _JOINT and size > _MANY and whole.startswith(lapse)):
            yield lapse
        if joint == _JOINT and size > 2 and (lapse not in whole or size >= _MANY):  # noqa: PLR2004
            yield _ALSO.join(lapse.rsplit(joint, 1))


def _mined(layers: Layers) -> Iterator[Listed]:
    for row in read_rows(layers, "enumerations"):
        form = row.required("form")
        entry = Enumeration(row["id"], form, row.level("level"), row.citation("source"))
        yield Listed(entry, row.several("variants"))
