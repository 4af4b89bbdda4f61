"""Watched words: which writings become wrong ones, and how grave."""

import pytest

from textcheck.data import data_dir
from textcheck.finding import Severity
from textcheck.knowledge.entry import Citation
from textcheck.lexicon.load import read_tables
from textcheck.slips.watched import Misspellings, WatchedWord, misspellings


@pytest.fixture(scope="module")
def wrong() -> dict[str, Severity]:
    forms = ("震撼", "青睐", "痉挛", "参差不齐", "具有", "彰显", "西班牙", "一些")
    words = [WatchedWord(form, form, Citation("unverified")) for form in forms]
    tables = read_tables(data_dir("lexicons"), data_dir("models"))
    written, arrays = misspellings(words, tables.sounds, tables.shapes, tables.ngrams, {"参差不其"})
    found = Misspellings(arrays, words)
    return {found[number].wrong: found[number].level for number in range(len(written))}


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("震憾", Severity.ORDINARY),  # sounds and looks alike
        ("痉孪", Severity.ORDINARY),  # of a rare character nothing is known but its words
        ("亲睐", Severity.HINT),  # sounds alike only
        ("参差不奇", Severity.ORDINARY),  # of a set phrase one character is no doubt
        ("参差不其", None),  # called right
        ("漳显", Severity.ORDINARY),  # the same part, in another place
        ("四班牙", Severity.ORDINARY),  # hardly anything else stands before 班牙
        ("西研牙", None),
        ("三些", None),  # so many
        ("局有", None),  # 有 stands beside everything
        ("震撼", None),
    ],
)
def test_a_character_of_like_sound_or_shape_is_wrong(
    wrong: dict[str, Severity], written: str, level: Severity | None
) -> None:
    assert wrong.get(written) == level
