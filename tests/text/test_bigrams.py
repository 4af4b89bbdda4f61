import pytest

from textcheck.text.bigrams import Bigrams

ALPHABET = "甲乙丙丁"
PAIRS = {("甲", "乙"), ("丙", "丁"), ("丁", "丁")}


def _table() -> bytes:
    bits = 0
    for row, first in enumerate(ALPHABET):
        for column, second in enumerate(ALPHABET):
            bits |= ((first, second) in PAIRS) << (row * len(ALPHABET) + column)
    return ALPHABET.encode("utf-16-le") + bits.to_bytes(2, "little")


BIGRAMS = Bigrams(_table(), len(ALPHABET))


@pytest.mark.parametrize("first", ALPHABET)
@pytest.mark.parametrize("second", ALPHABET)
def test_a_pair_is_seen_where_its_bit_is_set(first: str, second: str) -> None:
    assert BIGRAMS.seen(first, second) is ((first, second) in PAIRS)


@pytest.mark.parametrize(
    ("first", "second", "seen"),
    [
        ("甲", "。", True),
        ("1", "甲", True),
        ("𠮷", "甲", True),  # outside the basic block
        ("甲", "戊", False),  # a rare character beside any other was never seen
        ("己", "戊", False),
    ],
)
def test_what_the_table_does_not_hold(first: str, second: str, *, seen: bool) -> None:
    assert BIGRAMS.seen(first, second) is seen
