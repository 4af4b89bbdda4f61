"""
The dictionary and the algorithm of jieba (MIT): text cut the way that makes its words likeliest.

The words are a trie in level order: the children of a node follow each other, by their characters.
It is used as it lies in its file (scripts/build_dictionary.py makes it), so it is there at once.
"""

import ctypes
import re
from bisect import bisect_left
from functools import cache
from pathlib import Path

from textcheck.arrays import Arrays, read_arrays
from textcheck.text.native import address, load_library

__all__ = ["FILE", "KEY", "Dictionary", "dictionary"]

FILE = Path(__file__).with_name("dictionary.arrays")
KEY = "jieba 0.42.1"
"""What the file was made from."""

# Words are made of Chinese characters, letters, digits, and what stands between those.
_WRITTEN = (
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a700-\U0002ebef"
    r"\U0002f800-\U0002fa1fa-zA-Z0-9+#&._%\-"
)
_PARTS = re.compile(rf"([{_WRITTEN}]+)|\r\n|.", re.DOTALL)
_ALPHANUMERIC = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

# It keeps the interpreter: to let others have it takes longer than to cut a few characters.
_CUT = ctypes.PYFUNCTYPE(
    ctypes.c_int64, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int64, ctypes.c_int64,
    ctypes.c_void_p,
)  # fmt: skip


class _Words(ctypes.Structure):
    """The dictionary as cut.c sees it."""

    _fields_ = tuple((name, ctypes.c_void_p) for name in ("label", "first", "worth", "logs"))


class Dictionary:
    """Words, and how often each stands in texts."""

    def __init__(self, arrays: Arrays) -> None:
        """
        Take the arrays as they are.

        Of each node of the trie `label` is the character and `first` its first child; of a word
        `worth` is the place of its share of all words among `logs`, logarithms. No word has the
        worth 0, which is that of what is in no dictionary.
        """
        names = ("label", "first", "worth", "logs")
        self._arrays = arrays  # kept as long as this
        self._label, self._first, self._worth, self._logs = (arrays[name].data for name in names)
        self._words = _Words(*(address(arrays[name]) for name in names))
        self._at = ctypes.addressof(self._words)
        compiled = load_library(Path(__file__).with_name("cut.c"), "textcheck_cut")
        self._cut = _CUT(("textcheck_cut", compiled)) if compiled else None

    def ends(self, text: str, at: int = 0) -> list[int]:
        """
        Return where the words of a text that begins `at` a place end.

        What the dictionary lacks is single characters; letters and digits side by side are one
        word.
        """
        if self._cut is None:
            return [at + end for end in self._ends(text)]
        size = len(text)
        ends = (ctypes.c_int32 * size)()
        written = self._cut(
            self._at, text.encode("utf-32-le", "surrogatepass"), size, at, ctypes.addressof(ends)
        )
        if written < 0:
            raise MemoryError
        return ends[:written]

    def _ends(self, text: str) -> list[int]:
        """Return the same as cut.c."""
        ends: list[int] = []
        for part in _PARTS.finditer(text):
            start, size = part.start(), len(part[0])
            stops = self._stops(part[0]) if part[1] else [size]
            at = 0
            while at < size:
                stop = stops[at]
                if stop == at + 1 and part[0][at] in _ALPHANUMERIC:
                    while (
                        stop < size and stops[stop] == stop + 1 and part[0][stop] in _ALPHANUMERIC
                    ):
                        stop += 1
                ends.append(start + stop)
                at = stop
        return ends

    def _stops(self, part: str) -> list[int]:
        """Return for each place where the word that begins there would end."""
        size = len(part)
        best, stops = [0.0] * (size + 1), [0] * size
        for at in range(size - 1, -1, -1):
            node = 0
            for stop in range(at, size):
                if not (node := self._child(node, ord(part[stop]))):
                    break
                total = self._logs[self._worth[node]] + best[stop + 1]
                # Of equals the longest.
                if self._worth[node] and (not stops[at] or total >= best[at]):
                    best[at], stops[at] = total, stop + 1
            if not stops[at]:  # no word begins here
                best[at], stops[at] = self._logs[0] + best[at + 1], at + 1
        return stops

    def _child(self, node: int, point: int) -> int:
        """Return the child of a node that has a character, 0 where there is none."""
        low, high = self._first[node], self._first[node + 1]
        found = bisect_left(self._label, point, low, high)
        return found if found < high and self._label[found] == point else 0


@cache
def dictionary() -> Dictionary:
    """Return the dictionary; raise OSError if its file is not whole."""
    arrays = read_arrays(FILE, KEY)
    if arrays is None:
        raise OSError(f"{FILE} is not there or not whole")
    return Dictionary(arrays)
