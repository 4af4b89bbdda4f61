"""Which two characters a dictionary word has one after the other."""

from dataclasses import astuple
from pathlib import Path

import numpy as np
import pytest

from textcheck.data import data_dir
from textcheck.text import native
from textcheck.text.ngrams import Ngrams
from textcheck.text.pairs import MAGIC, Lists, WordPairs


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


def test_what_makes_a_word_with_a_neighbour_is_found_each_way(
    libraries: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = data_dir("models")
    ngrams = Ngrams(models / "ngrams" / "ngrams.bin")
    text = ngrams.codes("\n很震憾吗\n自朔\n")
    tried = Lists(np.array([0, 2]), np.array([2, 5]), ngrams.codes("撼捍溯塑撼"))
    found = []
    for folder in (libraries, tmp_path):
        monkeypatch.setattr(native, "FOLDER", folder)
        words = WordPairs(models / "typos" / "pairs.bin", ngrams.digest)
        beside = words.beside(text, np.array([3, 7]), tried)
        found.append([part.tolist() for part in astuple(beside)])
    assert found[0] == found[1]
    places, numbers, ahead, behind = found[0]
    assert places == [3]
    assert "".join(map(ngrams.character, numbers)) == "撼"
    assert (ahead, behind) == ([True], [False])


def test_a_table_made_for_other_numbers_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pairs.bin"
    path.write_bytes(MAGIC + b"0" * 16 + b"rest")
    with pytest.raises(ValueError, match="n-grams"):
        WordPairs(path, "1" * 16)
