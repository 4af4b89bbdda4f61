"""Cut a text into pieces that the net reads at once: whole sentences as far as they fit."""

import re
from collections.abc import Iterator

__all__ = ["LONGEST", "pieces"]

LONGEST = 126
"""Characters in a piece at the most."""

_SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；][”’」』）》]*|\n|$)")
_CLAUSE = re.compile(r"[，、：,:]")


def pieces(text: str) -> Iterator[tuple[int, int]]:
    r"""
    Yield (start, end) of each piece, in order; line feeds and empty lines are in none.

    >>> list(pieces("甲。乙。\n\n丙。"))
    [(0, 4), (6, 8)]
    """
    start = end = 0
    for match in _SENTENCE.finditer(text):
        if match.end() - start > LONGEST and start < end:
            yield start, end
            start = end
        end = match.end() - match.group().endswith("\n")
        while end - start > LONGEST:
            cut = _cut(text, start)
            yield start, cut
            start = cut
        if end < match.end():
            if start < end:
                yield start, end
            start = end = match.end()
    if start < end:
        yield start, end


def _cut(text: str, start: int) -> int:
    """Return where to cut a sentence that is too long: behind its last clause that fits."""
    clauses = [match.end() for match in _CLAUSE.finditer(text, start, start + LONGEST)]
    return clauses[-1] if clauses else start + LONGEST
