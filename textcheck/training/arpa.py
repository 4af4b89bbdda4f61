"""
The language model as an ARPA file, for programs that read no other form (KenLM).

Classes of characters are written as one of them: digits as 0, letters as a, line feeds as the ends
of a sentence; what is none of the alphabet is `<unk>`. A reader of the file must write its text so
(`plain`).
"""

import math
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from textcheck.text.alphabet import CLASSES, DIGIT, LETTER, LINE, Alphabet
from textcheck.text.language import ORDER
from textcheck.training.counts import Rows
from textcheck.training.table import back_offs

__all__ = ["plain", "write_arpa"]

_WORDS = {DIGIT: "0", LETTER: "a"}
_NEVER = -99.0  # log10 of what cannot follow anything
_LOG_10 = math.log(10)


def plain(text: str) -> str:
    """
    Return a text with the digits and letters that the file knows.

    >>> plain("2026年ABC")
    '0000年aaa'
    """
    return re.sub(r"[A-Za-z]", "a", re.sub(r"[0-9]", "0", text))


def write_arpa(path: Path, alphabet: Alphabet, kept: dict[int, Rows], single: Rows) -> None:
    """Write the rows that were kept, of one to five characters."""
    rows = {1: single, **kept}
    sections = {order: list(_section(order, rows, alphabet)) for order in rows}
    with path.open("w", encoding="utf-8") as file:
        file.write("\\data\\\n")
        file.writelines(f"ngram {order}={len(found)}\n" for order, found in sections.items())
        for order, found in sections.items():
            file.write(f"\n\\{order}-grams:\n")
            file.writelines(found)
        file.write("\n\\end\\\n")


def _section(order: int, rows: dict[int, Rows], alphabet: Alphabet) -> Iterator[str]:
    """Yield the lines of an order; rows that cross the end of a line are none."""
    size = len(alphabet)
    weights = back_offs(order, rows, rows[1], size) if order < ORDER else None
    if order == 1:
        yield f"{_NEVER}\t<s>\t{_told_weight(weights, rows[1], LINE)}\n"
        yield f"{math.log10(float(rows[1].probability.min())):.4f}\t<unk>\t0\n"
    for at, (key, share) in enumerate(
        zip(rows[order].keys.tolist(), rows[order].probability.tolist(), strict=True)
    ):
        codes = [key // size**place % size for place in reversed(range(order))]
        words = _written(codes, alphabet)
        if words:
            weight = "" if weights is None else f"\t{weights[at] / _LOG_10:.4f}"
            yield f"{math.log10(share):.4f}\t{words}{weight}\n"


def _told_weight(weights: np.ndarray | None, single: Rows, code: int) -> str:
    at = int(np.searchsorted(single.keys, code))
    found = weights is not None and at < len(single.keys) and single.keys[at] == code
    return f"{weights[at] / _LOG_10:.4f}" if found and weights is not None else "0"


def _written(codes: list[int], alphabet: Alphabet) -> str:
    """Return a row as words, "" where the file has no word for one of its characters."""
    words = []
    for place, code in enumerate(codes):
        if code == LINE:
            if place not in {0, len(codes) - 1}:
                return ""
            words.append("<s>" if place == 0 and len(codes) > 1 else "</s>")
        elif code >= CLASSES:
            words.append(alphabet.character(code))
        elif code in _WORDS:
            words.append(_WORDS[code])
        else:
            return ""
    return " ".join(words)
