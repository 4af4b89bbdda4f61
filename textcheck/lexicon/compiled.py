"""
The forms of all tables, and the indexes that find them, worked out once and kept as arrays.

Everything that is looked up in a text comes from arrays, whether they were made just now or lay
in a file; of the long tables a row is read when it is first asked for.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import overload

import numpy as np

from textcheck.arrays import Arrays, group, grouped
from textcheck.finding import Severity
from textcheck.knowledge.entry import Citation, Entry, EntryKind
from textcheck.knowledge.enumerations import Enumerations
from textcheck.knowledge.laws import Laws
from textcheck.knowledge.protect import LIGHT, Part, Protected, protected_forms
from textcheck.knowledge.regions import Regions
from textcheck.knowledge.toponyms import Toponyms
from textcheck.lexicon.look import LAWFUL
from textcheck.lexicon.tables import Tables
from textcheck.matching.fuzzy import FuzzyIndex
from textcheck.matching.longforms import SHORTEST
from textcheck.matching.match import Bank
from textcheck.matching.strings import Strings, packed
from textcheck.slips.confused import CONFUSED, confusions
from textcheck.slips.damaged import DamagedNames
from textcheck.slips.heard import SHORTEST as HEARD
from textcheck.slips.heard import HeardIndex
from textcheck.slips.misnamed import MISNAMED, misnamings
from textcheck.slips.watched import WATCHED, misspellings
from textcheck.text.shape import Shapes

__all__ = [
    "MISSPELT",
    "ProtectedForms",
    "compiled",
    "enumerations_in",
    "laws_in",
    "light_in",
    "mentioned",
    "regions_in",
    "shapes_in",
]

MISSPELT = "misspelt"
"""The owner of the wrong writings of words.tsv."""

_LONG_CLAUSE, _LONG_NAME = 7, 8

_NAMED = tuple(kind for kind in EntryKind if kind not in LIGHT)


def mentioned(tables: Tables) -> dict[EntryKind, dict[str, Entry]]:
    """Return by kind what is named by each form; that a clause or an idiom stands says nothing."""
    named = {form: entry for entry in tables.fixed for form in (entry.form, *entry.variants)}
    for post in tables.posts.values():
        named |= dict.fromkeys(post.forms, post.entry)
    return {
        kind: {form: entry for form, entry in named.items() if entry.kind is kind}
        for kind in _NAMED
    }


def compiled(tables: Tables) -> Arrays:
    """Work out the arrays of all forms."""
    protected = protected_forms(tables.entries, tables.posts, tables.terms, tables.top)
    number = {one.form: at for at, one in enumerate(protected)}
    named = mentioned(tables)
    lawful = sorted(
        {
            *number,
            *tables.allowed,
            *(form for forms in named.values() for form in forms),
            *(form for entry in tables.light for form in (entry.form, *entry.variants)),
        }
    )
    wrong = list(dict.fromkeys(word.wrong for word in tables.words))
    watched, watched_arrays = misspellings(
        tables.watched, tables.sounds, tables.shapes, tables.ngrams, {*lawful, *wrong}
    )
    confused, confused_arrays = confusions(
        tables.confused, tables.word_pairs, tables.ngrams, {*lawful, *wrong, *watched}
    )
    misnamed, misnamed_arrays = misnamings(tables.fixed, {*lawful, *wrong, *watched})
    owners: dict[str, Sequence[str]] = {
        CONFUSED: confused,
        LAWFUL: lawful,
        MISNAMED: misnamed,
        MISSPELT: wrong,
        WATCHED: watched,
        **{kind: list(forms) for kind, forms in named.items()},
        **tables.wordings,
    }
    forms = [one.form for one in protected]
    heard = [at for at, one in enumerate(protected) if _may_be_heard(one)]
    long = [at for at, one in enumerate(protected) if _is_long(one)]
    names = [at for at, one in enumerate(protected) if _is_long_name(one)]
    return grouped(
        {
            "bank": Bank(owners).arrays,
            "fuzzy": FuzzyIndex(forms, long=long, names=names).arrays,
            "heard": HeardIndex.arrays_of(forms, heard, tables.sounds),
            "protected": _arrays_of(protected, tables),
            "lawful": packed(lawful),
            "watched": watched_arrays,
            "confused": confused_arrays,
            "misnamed": misnamed_arrays,
            "light": packed(map(_line, tables.light)),
            "regions": packed(tables.regions.lines),
            "laws": packed(tables.laws.lines),
            "enumerations": tables.enumerations.arrays,
            "shapes": packed(map("".join, tables.shapes.others.items())),
            "damaged": DamagedNames(Toponyms(tables.regions, tables.allowed)).arrays,
            "number": {"of": np.array([number.get(form, -1) for form in lawful], np.int32)},
        }
    )


def _may_be_heard(protected: Protected) -> bool:
    """Tell whether a form is asked whether another word stands in it: 种养网信办."""
    whole = protected.whole
    if whole is None or len(protected.form) < HEARD:
        return False
    return whole.kind in {EntryKind.CLAUSE, EntryKind.IDIOM} or _is_grave(whole)


def _is_long(protected: Protected) -> bool:
    """Tell whether two slips are looked for in a form: in one that is grave, or a long clause."""
    whole = protected.whole
    if whole is None or whole.kind is EntryKind.CLAUSE:
        return whole is not None and len(protected.form) >= _LONG_CLAUSE
    return _is_grave(whole) and len(protected.form) >= SHORTEST


def _is_long_name(protected: Protected) -> bool:
    """Tell whether a form is the name of a body or a meeting long enough for two slips anywhere."""
    whole = protected.whole
    named = whole is not None and whole.kind in {EntryKind.BODY, EntryKind.MEETING}
    return named and len(protected.form) >= _LONG_NAME


def _is_grave(entry: Entry) -> bool:
    """Tell whether it names a body, or a slip in it is serious; names of people are left out."""
    heavy = entry.kind is EntryKind.BODY or entry.level is Severity.SERIOUS
    return heavy and entry.kind is not EntryKind.PERSON


def _arrays_of(protected: Sequence[Protected], tables: Tables) -> Arrays:
    number = {id(entry): at for at, entry in enumerate(_numbered(tables))}
    parts = [part for one in protected for part in one.parts]
    return {
        **packed(one.form for one in protected),
        "common": np.array([one.common for one in protected], dtype=np.bool_),
        "idiom": np.array([_is_idiom(one) for one in protected], dtype=np.bool_),
        "last": np.cumsum([len(one.parts) for one in protected], dtype=np.int32),
        "parts": np.array(
            [(part.start, part.end, number[id(part.entry)]) for part in parts], dtype=np.int32
        ).reshape(-1, 3),
    }


def _is_idiom(protected: Protected) -> bool:
    return all(part.entry.kind is EntryKind.IDIOM for part in protected.parts)


def _numbered(tables: Tables) -> Iterable[Entry]:
    """Return every entry that may be a part of a protected form, those of long tables last."""
    return (*tables.fixed, *(post.entry for post in tables.posts.values()), *tables.light)


class ProtectedForms(Sequence[Protected]):
    """The protected forms, each made when it is first asked for."""

    def __init__(self, arrays: Arrays, tables: Tables) -> None:
        """Keep the arrays and the entries that they refer to by number."""
        self._forms = Strings(arrays)
        self._common, self._last, self._parts = arrays["common"], arrays["last"], arrays["parts"]
        self._fixed = (*tables.fixed, *(post.entry for post in tables.posts.values()))
        self._light = tables.light
        self._made: dict[int, Protected] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._forms)

    @overload
    def __getitem__(self, number: int) -> Protected: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Protected]: ...
    def __getitem__(self, number: int | slice) -> Protected | Sequence[Protected]:
        """Return one form, or some."""
        if isinstance(number, slice):
            return [self[at] for at in range(*number.indices(len(self)))]
        if (made := self._made.get(number)) is None:
            made = self._made[number] = self._make(number)
        return made

    def _make(self, number: int) -> Protected:
        form = self._forms[number]
        first = int(self._last[number - 1]) if number else 0
        parts = tuple(
            Part(start, end, self._entry(entry))
            for start, end, entry in self._parts[first : self._last[number]].tolist()
        )
        return Protected(form, parts, bool(self._common[number]))

    def _entry(self, number: int) -> Entry:
        light = number - len(self._fixed)
        return self._fixed[number] if light < 0 else self._light[light]


class _LightEntries(Sequence[Entry]):
    """The rows of the long tables, each read when it is first asked for."""

    def __init__(self, arrays: Arrays) -> None:
        """Keep the rows."""
        self._lines = Strings(arrays)
        self._read: dict[int, Entry] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._lines)

    @overload
    def __getitem__(self, number: int) -> Entry: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Entry]: ...
    def __getitem__(self, number: int | slice) -> Entry | Sequence[Entry]:
        """Return one row, or some."""
        if isinstance(number, slice):
            return [self[at] for at in range(*number.indices(len(self)))]
        if (entry := self._read.get(number)) is None:
            entry = self._read[number] = _entry(self._lines[number])
        return entry

    def __iter__(self) -> Iterator[Entry]:
        """Yield all rows."""
        return (self[number] for number in range(len(self)))


def light_in(arrays: Arrays) -> Sequence[Entry]:
    """Return the entries of the long tables."""
    return _LightEntries(group(arrays, "light"))


def laws_in(arrays: Arrays) -> Laws:
    """Return the titles of laws."""
    return Laws(Strings(group(arrays, "laws")))


def enumerations_in(arrays: Arrays) -> Enumerations:
    """Return the lists in a fixed order, by their lapses."""
    return Enumerations(group(arrays, "enumerations"))


def regions_in(arrays: Arrays) -> Regions:
    """Return the regions."""
    return Regions(Strings(group(arrays, "regions")))


def shapes_in(arrays: Arrays) -> Shapes:
    """Return the characters that look alike."""
    return Shapes(_StoredShapes(group(arrays, "shapes")))


class _StoredShapes(Mapping[str, str]):
    """Characters, each with those that look like it; read when the first is asked for."""

    def __init__(self, arrays: Arrays) -> None:
        self._lines = Strings(arrays)

    @cached_property
    def _others(self) -> dict[str, str]:
        return {line[0]: line[1:] for line in self._lines}

    def __getitem__(self, character: str) -> str:
        return self._others[character]

    def __iter__(self) -> Iterator[str]:
        return iter(self._others)

    def __len__(self) -> int:
        return len(self._lines)


def _line(entry: Entry) -> str:
    source = (entry.citation.source, entry.citation.layer)
    cells = (entry.id, entry.kind, entry.form, str(entry.level.value), *source)
    return "\t".join((*cells, *entry.variants))


def _entry(line: str) -> Entry:
    name, kind, form, level, source, layer, *variants = line.split("\t")
    return Entry(
        name,
        EntryKind(kind),
        form,
        Severity(int(level)),
        None,
        None,
        Citation(source, layer),
        tuple(variants),
    )
