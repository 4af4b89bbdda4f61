"""Which characters look alike."""

from collections.abc import Mapping
from functools import cached_property

__all__ = ["Shapes"]


class Shapes:
    """Pairs of look-alikes, each under the character of the lower code point: {"崇": "祟"}."""

    def __init__(self, pairs: Mapping[str, str]) -> None:
        """Keep the pairs."""
        self.pairs = pairs

    def alike(self, one: str, other: str) -> bool:
        """Tell whether two different characters are easily mistaken for each other."""
        if one > other:
            one, other = other, one
        return one != other and other in self.pairs.get(one, "")

    def like(self, character: str) -> frozenset[str]:
        """Return every character that looks like this one."""
        return self._both_ways.get(character, frozenset())

    @cached_property
    def _both_ways(self) -> Mapping[str, frozenset[str]]:
        alike: dict[str, set[str]] = {}
        for one, others in self.pairs.items():
            for other in others:
                alike.setdefault(one, set()).add(other)
                alike.setdefault(other, set()).add(one)
        return {character: frozenset(others) for character, others in alike.items()}
