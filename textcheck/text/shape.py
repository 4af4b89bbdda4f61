"""Which characters look alike."""

from collections.abc import Mapping

__all__ = ["Shapes"]


class Shapes:
    """Pairs of look-alikes, each under the character of the lower code point: {"崇": "祟"}."""

    def __init__(self, pairs: Mapping[str, str]) -> None:
        """Keep the pairs."""
        self._pairs = pairs

    def alike(self, one: str, other: str) -> bool:
        """Tell whether two different characters are easily mistaken for each other."""
        if one > other:
            one, other = other, one
        return one != other and other in self._pairs.get(one, "")
