"""Which characters look alike."""

from collections.abc import Mapping
from typing import Self

__all__ = ["Shapes"]


class Shapes:
    """The look-alikes of each character, all of them: {"崇": "祟", "祟": "崇"}."""

    def __init__(self, others: Mapping[str, str]) -> None:
        """Keep them."""
        self.others = others

    @classmethod
    def of(cls, pairs: Mapping[str, str]) -> Self:
        """Take pairs that stand once, under the character of the lower code point: {"崇": "祟"}."""
        others: dict[str, list[str]] = {}
        for one, alike in pairs.items():
            for other in alike:
                others.setdefault(one, []).append(other)
                others.setdefault(other, []).append(one)
        return cls({character: "".join(alike) for character, alike in others.items()})

    def alike(self, one: str, other: str) -> bool:
        """Tell whether two different characters are easily mistaken for each other."""
        return one != other and other in self.others.get(one, "")

    def like(self, character: str) -> frozenset[str]:
        """Return every character that looks like this one."""
        return frozenset(self.others.get(character, ""))
