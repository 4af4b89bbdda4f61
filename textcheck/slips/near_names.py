"""Which names a writing is one slip away from."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from textcheck.matching.fuzzy import Edit
from textcheck.text.han import is_han
from textcheck.text.shape import Shapes
from textcheck.text.sound import Sounds

__all__ = ["NearName", "NearNames"]

_LENGTHS = (2, 3)
_ANY = "*"
_FULL = 3
_BREAKS = "，、。\n"  # what a slip puts into a name: 李、某说


@dataclass(frozen=True, slots=True)
class NearName:
    """
    A name, and the slip that makes the writing of it.

    `unlike` is how little a wrong character sounds or looks like the right one: 0 for the same
    sound, 1 for a near one or a like shape, 2 for neither.
    """

    name: str
    edit: Edit
    unlike: int = 0
    doubled: bool = False


class NearNames:
    """Names of two or three characters, by what a slip leaves of them."""

    def __init__(self, names: Iterable[str], sounds: Sounds, shapes: Shapes) -> None:
        """Enter the names."""
        self._sounds, self._shapes = sounds, shapes
        self._names = frozenset(name for name in names if len(name) in _LENGTHS)
        self.of = lru_cache(4096)(self._find)
        self.near = lru_cache(16384)(self._is_near)
        self._by_rest: dict[str, list[str]] = {}
        self._cut: dict[str, list[str]] = {}
        for name in sorted(self._names):
            for at in range(len(name)):
                self._by_rest.setdefault(f"{name[:at]}{_ANY}{name[at + 1 :]}", []).append(name)
                if len(name) == _FULL:
                    self._cut.setdefault(name[:at] + name[at + 1 :], []).append(name)

    @property
    def characters(self) -> frozenset[str]:
        """Return the characters of all names."""
        return frozenset("".join(self._names))

    def __contains__(self, writing: str) -> bool:
        """Tell whether a writing is one of the names."""
        return writing in self._names

    def _is_near(self, writing: str) -> bool:
        """Tell whether a writing is one slip away from a name, and none itself."""
        if writing in self._names or not (is_han(writing[0]) and is_han(writing[-1])):
            return False
        return bool(self.of(writing) or self.broken(writing))

    def _find(self, writing: str) -> tuple[NearName, ...]:
        """
        Return the names that a writing may be meant for.

        A character put before or behind a whole name is a word of its own, if it is not doubled.
        """
        found = [NearName(name, Edit.MISSING) for name in self._cut.get(writing, ())]
        for at in range(len(writing)):
            rest, wrong = writing[:at] + writing[at + 1 :], writing[at]
            doubled = wrong in writing[max(0, at - 1) : at] + writing[at + 1 : at + 2]
            inside = 0 < at < len(writing) - 1
            if rest in self._names and (doubled or inside):
                found.append(NearName(rest, Edit.EXTRA, doubled=doubled))
            found += [
                NearName(name, Edit.WRONG, self._unlike(wrong, name[at]))
                for name in self._by_rest.get(f"{writing[:at]}{_ANY}{writing[at + 1 :]}", ())
            ]
            swapped = writing[:at] + writing[at + 1 : at + 2] + wrong + writing[at + 2 :]
            if swapped != writing and swapped in self._names:
                found.append(NearName(swapped, Edit.SWAPPED))
        return tuple(found)

    def broken(self, writing: str) -> str:
        """Return the name that a writing is with a mark or the end of a line inside, else ""."""
        inside = [character for character in writing[1:-1] if character in _BREAKS]
        name = writing.replace(inside[0], "") if len(inside) == 1 else ""
        return name if name in self._names else ""

    def _unlike(self, wrong: str, right: str) -> int:
        if self._sounds.same(wrong, right):
            return 0
        return 2 - (self._sounds.near(wrong, right) or self._shapes.alike(wrong, right))
