"""
Find what may be the short name of a region with a slip in it.

Of three characters one may be wrong: near one of three thousand names is every second word that
ends in 区 or 市. So only places are looked at where clean text has no such run of characters, and
there only what ends in one of the seven characters that end the name of a region, or has another
in its place. Whether the characters of a place are those of a name but for one, whatever their
order, a sieve tells for all places at once.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from textcheck.arrays import Arrays
from textcheck.document import Span
from textcheck.knowledge.toponyms import KINDS, LONGEST, SHORTEST, Toponyms
from textcheck.matching.keys import Edit
from textcheck.matching.strings import Strings, packed
from textcheck.slips.case import FUNCTION, NUMERALS
from textcheck.slips.unseen import Unseen
from textcheck.text.han import is_han
from textcheck.text.points import Points

__all__ = ["Damaged", "DamagedNames"]

Keys = NDArray[np.uint64]
Places = NDArray[np.int64]

_SIZES = range(SHORTEST - 1, LONGEST + 2)  # of a name with a character too few or too many
_STEMS = range(SHORTEST - 1, LONGEST)
# Before the last character: 辽宁等省 and 天水两市 count places, nothing is slipped in.
_COUNTED = NUMERALS | set("等各几数多该本原全每某跨团副直小新老大外和或与及至")
_ANYWHERE = (
    FUNCTION
    | NUMERALS
    | set(KINDS)
    | set("镇乡村路街港站线湾岛府籍队某人们丨院馆园庵寺塔阁亭庙祠楼殿场桥洞峰岭湖江河溪泉")
)
# What goes on so is another word: 新都区块, 朝阳市场; and 市委, 区级 go with a name before them.
_GOES_ON = re.compile(
    "区[块间域段位别划]|市[场值]|市民(?!政|族|办|主|宗)|省[略力电油钱时心份]|州际|旗[帜袍手杆舰]|盟[主友国军誓]"
)
_AND = "、"
_BESIDE = f"人第国委{_AND}"  # 人民政府, 第一届, 国民经济, 委: with these go names of regions
_OF_ITS_OWN = frozenset("委长级直管属内外道情域政民场花树赛歌徽立办府城中区")
_HAN = (0x4E00, 0xA000)
_PLANE = 0xFFFF
_BITS = np.uint64(20)
_SPREAD = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9))
_SHIFT = np.uint64(29)
_NOTHING = np.zeros(1, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Damaged:
    """
    A place of a text that may be a name with one slip in it.

    `site` is the index in the name of the wrong, missing or first swapped character, or of the one
    behind the extra character.
    """

    name: str
    span: Span
    edit: Edit
    site: int


class DamagedNames:
    """Looks for the names of regions with a slip in them."""

    def __init__(self, toponyms: Toponyms, *, arrays: Arrays | None = None) -> None:
        """Keep the names, and what `arrays` has of them if that was worked out before."""
        self.toponyms = toponyms
        if arrays is None:
            arrays = _sums_of(toponyms)
        self.arrays = arrays
        """All that there is to keep: the names are read when a place may be one of them."""
        self._kinds = np.zeros(_PLANE + 1, dtype=np.bool_)
        self._kinds[[ord(kind) for kind in KINDS]] = True
        self._beside = np.zeros(_PLANE + 1, dtype=np.bool_)
        self._beside[[ord(first) for first in _BESIDE]] = True
        self._characters, self._tails, self._stems = map(
            _sieve, (arrays["characters"], arrays["tails"], arrays["stems"])
        )

    def near(self, text: str, points: Points, unseen: Unseen) -> list[Damaged]:
        """Return what may be a damaged name in a folded text with a line feed at both ends."""
        found = chain(
            self._by_ends(text, self._windows(points, unseen.before)),
            self._by_stems(text, points, unseen.neither),
        )
        return [one for one in found if not _GOES_ON.match(text, one.span.end - 1)]

    def _windows(self, points: Points, before: Places) -> Iterator[tuple[int, int]]:
        """Yield where something begins and ends that has the characters of a name but for one."""
        ends = np.flatnonzero(self._kinds[np.minimum(points, _PLANE)])
        ends = ends[(ends >= _SIZES[0]) & (ends < len(points) - 2)]
        # The characters of the longest place that ends there, and the one behind it.
        around = points[np.maximum(ends[:, None] + np.arange(1 - _SIZES[-1], 2), 0)]
        values, han = _values(around), (around >= _HAN[0]) & (around < _HAN[1])
        twice = around[:, 1:] == around[:, :-1]
        opens = before[ends + 1] > before[ends]
        opens |= self._beside[np.minimum(around[:, -1], _PLANE)] | (around[:, -4] == ord(_AND))
        opens &= ~_in(self._tails, values[:, -4:-1].sum(axis=1, dtype=np.uint64))
        closes = (around[:, -2] == around[:, -3]) & ~han[:, -1]  # 望湖市市，
        for size in _SIZES:
            starts, first = np.maximum(ends - size + 1, 0), _SIZES[-1] - size
            # Two triples that clean text has not; of a character that stands twice one says enough.
            odd = before[ends + 3] - before[starts]
            worth = (odd > 1) | ((odd > 0) & twice[:, first:].any(axis=1))
            # What is behind 在州市 stands behind names, too.
            worth |= opens if size == _SIZES[0] else closes
            rows = np.flatnonzero(worth & han[:, first:-1].all(axis=1))
            own = values[rows, first:]
            whole = own[:, :-1].sum(axis=1, dtype=np.uint64)
            like = _in(self._characters, whole) | _in(self._characters, whole + own[:, -1])
            like |= _in(self._characters, whole[:, None] - own[:, : size - 1]).any(axis=1)
            rows = rows[like]
            yield from zip(starts[rows].tolist(), ends[rows].tolist(), strict=True)

    def _by_ends(self, text: str, windows: Iterable[tuple[int, int]]) -> Iterator[Damaged]:
        """Yield what ends as names do."""
        sizes = range(SHORTEST, LONGEST + 2)
        for start, end in windows:
            right, brief = self.toponyms.known, self.toponyms.brief
            written = text[start : end + 1]
            if written not in right:
                whole = text[end - 1 : end + 1] in brief or any(
                    text[end + 1 - size : end + 1] in right for size in sizes
                )
                yield from self._with_other(text, written, start, whole=whole)
                if not whole:
                    yield from self._cut_or_twisted(text, written, start)
            elif len(written) < SHORTEST:
                yield from self._twisted_at_end(text, written, start)

    def _with_other(self, text: str, written: str, start: int, *, whole: bool) -> Iterator[Damaged]:
        """
        Yield names of which a writing has one character more, or another.

        `whole` tells that a name stands at its end.
        """
        span, size = Span(start, start + len(written)), len(written)
        shorter, names = self.toponyms.shorter, self.toponyms.names
        for site in range(size - 1):
            left = written[:site] + written[site + 1 :]
            if left in names and self._slipped_in(text, start, written, site):
                yield Damaged(left, span, Edit.EXTRA, site)
            if not whole and size >= SHORTEST and written[site] not in NUMERALS:
                for name, place in shorter.get(left, ()):
                    if place == site:
                        yield Damaged(name, span, Edit.WRONG, site)

    def _cut_or_twisted(self, text: str, written: str, start: int) -> Iterator[Damaged]:
        """Yield names of which a writing lacks one character, or has two swapped."""
        size, end = len(written), start + len(written)
        shorter, names = self.toponyms.shorter, self.toponyms.names
        for name, site in () if written[0] in _COUNTED else shorter.get(written, ()):
            yield Damaged(name, Span(start, end), Edit.MISSING, site)
        for site in range(size - 2):
            twisted = written[:site] + written[site + 1] + written[site] + written[site + 2 :]
            if twisted in names and twisted != written:
                yield Damaged(twisted, Span(start, end), Edit.SWAPPED, site)
        yield from self._twisted_at_end(text, written, start)

    def _twisted_at_end(self, text: str, written: str, start: int) -> Iterator[Damaged]:
        """Yield the name of which a writing has the last two characters swapped: 古县|田."""
        size, end = len(written), start + len(written)
        twisted = written[:-1] + text[end] + written[-1]
        if is_han(text[end]) and twisted in self.toponyms.names and text[end] != written[-1]:
            yield Damaged(twisted, Span(start, end + 1), Edit.SWAPPED, size - 1)

    def _slipped_in(self, text: str, start: int, written: str, site: int) -> bool:
        """Tell whether a character of a writing may be too many: not 青岛市|市北区, 天水|两市."""
        if not site:
            ahead = {text[max(0, start - size) : start + 1] for size in range(2, LONGEST + 1)}
            return written[0] == written[1] and ahead.isdisjoint(self.toponyms.known)
        if site == len(written) - 2 and written[site] == written[-1]:
            return text[start + len(written)] not in _OF_ITS_OWN
        counted = written[site] in _COUNTED and site == len(written) - 2
        return not counted or written[site] == written[site - 1]

    def _by_stems(self, text: str, points: Points, neither: NDArray[np.bool_]) -> Iterator[Damaged]:
        """Yield names whose last character is another that does not go with the one before."""
        places = np.flatnonzero(neither)
        places = places[(places >= SHORTEST) & (places < len(text) - 1)]
        places = places[(points[places] >= _HAN[0]) & (points[places] < _HAN[1])]
        ahead = _values(points[places - 2]) + _values(points[places - 1])
        places = places[_in(self._stems, ahead)]
        for place in places.tolist():
            if text[place] in _ANYWHERE:
                continue
            for size in _STEMS:
                for name in self.toponyms.stems.get(text[place - size : place], ()):
                    yield Damaged(name, Span(place - size, place + 1), Edit.WRONG, size)


def _values(points: Points) -> Keys:
    """Return a number for each character, so that the sum tells which stand together."""
    values = points * _SPREAD[0]
    values ^= values >> _SHIFT
    values *= _SPREAD[1]
    return values ^ (values >> _SHIFT)


def _sums_of(toponyms: Toponyms) -> Arrays:
    """Return the sums of all names, of what is left of them, of their ends and their stems."""
    return {
        "characters": _sums((*toponyms.names, *toponyms.shorter)),
        "tails": _sums(name[-SHORTEST:] for name in toponyms.known),
        "stems": _sums(stem[-2:] for stem in toponyms.stems),
    }


def _sums(texts: Iterable[str]) -> Keys:
    """Return the sum of the characters of each text."""
    strings = Strings(packed(texts))
    # These run over, but the difference of two is right all the same.
    sums = np.concatenate([_NOTHING, np.cumsum(_values(strings.points))])
    own: Keys = sums[strings.starts + strings.lengths] - sums[strings.starts]
    return own


def _sieve(sums: Keys) -> NDArray[np.bool_]:
    """Return a table that is true at the first bits of each sum."""
    table = np.zeros(1 << int(_BITS), dtype=np.bool_)
    table[sums >> (np.uint64(64) - _BITS)] = True
    return table


def _in(sieve: NDArray[np.bool_], sums: Keys) -> NDArray[np.bool_]:
    """Tell of each sum whether it may be one of those of a sieve."""
    found: NDArray[np.bool_] = sieve[sums >> (np.uint64(64) - _BITS)]
    return found
