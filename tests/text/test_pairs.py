"""Which two characters a dictionary word has one after the other."""

from pathlib import Path

import pytest

from textcheck.data import data_dir
from textcheck.text.ngrams import Ngrams
from textcheck.text.pairs import MAGIC, WordPairs


@pytest.mark.parametrize(
    ("pair", "joined"),
    [("震撼", True), ("明信", True), ("撼震", False), ("A1", False)],
)
def test_two_characters_of_a_word_are_joined(pair: str, *, joined: bool) -> None:
    models = data_dir("models")
    ngrams = Ngrams(models / "ngrams" / "ngrams.bin")
    words = WordPairs(models / "typos" / "pairs.bin", ngrams.digest)
    codes = ngrams.codes(pair)
    assert words.joined(codes[:1], codes[1:]).tolist() == [joined]


def test_a_table_made_for_other_numbers_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pairs.bin"
    path.write_bytes(MAGIC + b"0" * 16 + b"rest")
    with pytest.raises(ValueError, match="n-grams"):
        WordPairs(path, "1" * 16)
