"""Numbers for characters, as the language model and the net count them."""

import numpy as np
from numpy.typing import NDArray

from textcheck.text.han import is_han

__all__ = ["CLASSES", "DIGIT", "HAN", "LETTER", "LINE", "NOTHING", "OTHER", "Alphabet", "Codes"]

Codes = NDArray[np.uint16]

CLASSES = 6
"""How many codes stand for classes; characters of the alphabet have those behind."""
NOTHING, OTHER, LINE, DIGIT, LETTER, HAN = range(CLASSES)
"""The classes; NOTHING lies beyond the ends of a text, HAN are the rare ones."""

_DIGITS = range(0x30, 0x3A)
_LETTERS = (range(0x41, 0x5B), range(0x61, 0x7B))
_HAN = (0x4E00, 0xA000)
_POINTS = 0x10000


class Alphabet:
    """Characters that have a code of their own; all others have that of their class."""

    def __init__(self, characters: str) -> None:
        """Give the characters the codes from CLASSES on, in this order."""
        self.characters = characters
        code = np.full(_POINTS, OTHER, dtype=np.uint16)
        code[ord("\n")] = LINE
        code[list(_DIGITS)] = DIGIT
        for letters in _LETTERS:
            code[list(letters)] = LETTER
        code[slice(*_HAN)] = HAN
        code[[ord(character) for character in characters]] = np.arange(
            CLASSES, CLASSES + len(characters), dtype=np.uint16
        )
        self._code = code
        self.han = np.array([False] * CLASSES + [is_han(one) for one in characters])
        """Which codes are those of Chinese characters."""

    def __len__(self) -> int:
        """Return how many codes there are."""
        return CLASSES + len(self.characters)

    def codes(self, text: str) -> Codes:
        """Return the code of each character of text."""
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        return self._code[np.minimum(points, _POINTS - 1)]

    def of_points(self, points: NDArray[np.uint16]) -> Codes:
        """Return the codes of code points of the basic plane."""
        return self._code[points]

    def character(self, code: int) -> str:
        """Return the character of a code from CLASSES on, "" for a class."""
        return self.characters[code - CLASSES] if code >= CLASSES else ""
