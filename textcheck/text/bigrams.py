"""Which two characters stand side by side in clean text."""

__all__ = ["Bigrams"]


class Bigrams:
    """
    A table of pairs of common Han characters, one bit each.

    `table` is the alphabet in UTF-16-LE, then the bits of all ordered pairs, row by row, the
    lowest bit first; `size` is the number of characters in the alphabet.
    """

    def __init__(self, table: bytes, size: int) -> None:
        """Take the table apart."""
        alphabet = table[: 2 * size].decode("utf-16-le")
        self._place = {character: place for place, character in enumerate(alphabet)}
        self._bits = table[2 * size :]
        self._size = size

    def seen(self, first: str, second: str) -> bool:
        """Tell whether the pair was seen; what is not common Han may stand beside anything."""
        row, column = self._place.get(first), self._place.get(second)
        if row is None or column is None:
            return not (_is_han(first) and _is_han(second))
        bit = row * self._size + column
        return bool(self._bits[bit >> 3] >> (bit & 7) & 1)


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
