"""Fold variants of one character together, one code point to one."""

import re
from functools import lru_cache

import numpy as np

from textcheck.text.points import points_of

__all__ = ["fold"]

# Wide ASCII (U+FF01..U+FF5E) lies at a fixed distance from plain ASCII. Full-width punctuation
# is the norm in Chinese and stays: only letters, digits and the signs between digits are folded.
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F) if chr(wide - 0xFEE0).isalnum()}
_SIGNS = {ord("．"): ord("."), ord("／"): ord("/"), ord("－"): ord("-")}
# The dots that typists use inside foreign names and book titles.
_DOTS = dict.fromkeys(map(ord, "‧•・･⋅∙"), ord("·"))
# Compatibility forms that come out of PDF and OCR look like the plain character.
_RADICALS = dict(
    zip(
        map(ord, "⼀⼆⼈⼊⼒⼗⼤⼥⼯⽅⽇⽉⽔⽕⽣⾏⻄⻓⺠⻔"),
        map(ord, "一二人入力十大女工方日月水火生行西长民门"),
        strict=True,
    )
)
# Half of a surrogate pair alone is no character; nothing that reads UTF-8 takes it.
_HALVES = dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
_TABLE = _WIDE | _SIGNS | _DOTS | _RADICALS | _HALVES
# Of a hundred articles one has any of them, and to look for them takes a twentieth of the time.
_FOLDED = re.compile(f"[{re.escape(''.join(map(chr, _TABLE)))}]")
# A long text NumPy folds in a fifth of that time.
_LONG = 4096
_FOLD = np.arange(0x10000, dtype=np.uint32)
_FOLD[list(_TABLE)] = list(_TABLE.values())


@lru_cache(maxsize=2)  # every family of rules asks for the same text in turn
def fold(text: str) -> str:
    """
    Replace wide letters, wide digits and variant dots by their plain forms.

    The length never changes, so a span found in the folded text is a span of
    the text itself. That is why this is not unicodedata.normalize("NFKC").

    >>> fold("２０２６年·甲乙‧丙")
    '2026年·甲乙·丙'
    """
    if len(text) >= _LONG:
        return _fold_long(text)
    return text.translate(_TABLE) if _FOLDED.search(text) else text


def _fold_long(text: str) -> str:
    points = points_of(text)
    folded = _FOLD.take(np.minimum(points, len(_FOLD) - 1))
    variant = (folded != points) & (points < len(_FOLD))
    if not variant.any():
        return text
    return np.where(variant, folded, points).astype("<u4").tobytes().decode("utf-32-le")
