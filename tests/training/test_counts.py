"""From text to probabilities."""

import numpy as np
import pytest

from textcheck.text.alphabet import Alphabet
from textcheck.text.language import ORDER
from textcheck.training.counts import counted, kept_rows, smoothed

TEXT = "\n" + "推动高质量发展，推动工作落实。\n" * 30
ALPHABET = Alphabet("".join(sorted(set(TEXT) - {"\n"})))
SIZE = len(ALPHABET)


def key(text: str) -> int:
    """Return the key of a row of characters."""
    number = 0
    for code in ALPHABET.codes(text).tolist():
        number = number * SIZE + code
    return number


@pytest.mark.parametrize(
    ("row", "count"), [("推", 60), ("推动", 60), ("推动高", 30), ("落实。\n推", 29)]
)
def test_rows_are_counted(row: str, count: int) -> None:
    keys, counts = counted(ALPHABET.codes(TEXT), SIZE)[len(row)]
    assert counts[keys.tolist().index(key(row))] == count


def test_probabilities_after_a_row_make_no_more_than_one() -> None:
    rows = smoothed(ALPHABET.codes(TEXT), SIZE)
    for order in range(2, ORDER + 1):
        before = rows[order].keys // np.uint64(SIZE)
        _, at = np.unique(before, return_inverse=True)
        assert np.bincount(at, rows[order].probability).max() <= 1 + 1e-5


def test_what_is_kept_has_its_beginning_and_its_end_kept() -> None:
    kept = kept_rows(smoothed(ALPHABET.codes(TEXT), SIZE), SIZE, 2.0)
    for order in range(3, ORDER + 1):
        shorter = set(kept[order - 1].keys.tolist())
        assert shorter >= set((kept[order].keys // np.uint64(SIZE)).tolist())
        assert shorter >= set((kept[order].keys % np.uint64(SIZE ** (order - 1))).tolist())


def test_more_worth_keeps_less() -> None:
    rows = smoothed(ALPHABET.codes(TEXT), SIZE)
    sizes = [
        sum(len(part.keys) for part in kept_rows(rows, SIZE, worth).values()) for worth in (1, 200)
    ]
    assert sizes[0] > sizes[1]
