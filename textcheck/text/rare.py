"""Rare Han characters, and beside which others clean text has them."""

from collections.abc import Iterable

from textcheck.text.han import is_han

__all__ = ["RareCharacters"]


class RareCharacters:
    """The characters that the table of n-grams takes for one, as far as clean text has them."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Take rows of a character, those that stand before it and those that stand behind."""
        self._pairs: set[str] = set()
        self._known: set[str] = set()
        for character, before, behind in rows:
            self._known.add(character)
            self._pairs.update(other + character for other in before)
            self._pairs.update(character + other for other in behind)

    def __contains__(self, character: str) -> bool:
        """Tell whether clean text has a character."""
        return character in self._known

    def apart(self, pair: str) -> bool:
        """Tell of two characters whether clean text does not have them together."""
        return is_han(pair[0]) and is_han(pair[1]) and pair not in self._pairs
