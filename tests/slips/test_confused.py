"""Confused characters: which writings become wrong ones, and how grave."""

import pytest

from textcheck.data import data_dir
from textcheck.finding import Severity
from textcheck.knowledge.entry import Citation, Word
from textcheck.lexicon.load import read_tables
from textcheck.slips.confused import Confusable, Confusions, confusions


@pytest.fixture(scope="module")
def wrong() -> dict[str, Word]:
    rows = [
        Confusable(characters, tuple(characters), Citation("unverified"))
        for characters in ("准淮", "部布", "形型", "徒徙", "五王")
    ]
    tables = read_tables(data_dir("lexicons"), data_dir("models"))
    written, arrays = confusions(rows, tables.word_pairs, tables.ngrams, {"批淮"})
    found = Confusions(arrays, rows)
    return {found[number].wrong: found[number] for number in range(len(written))}


@pytest.mark.parametrize(
    ("written", "right", "level"),
    [
        ("布门", "部门", Severity.ORDINARY),
        ("淮确", "准确", Severity.ORDINARY),
        ("类形", "类型", Severity.HINT),  # clean text has it, too, a few times
        ("干布", "干部", Severity.HINT),  # the dictionary has it
        ("徙步", "徒步", Severity.HINT),  # the right one is not as common
    ],
)
def test_a_character_taken_for_another_of_its_row_is_wrong(
    wrong: dict[str, Word], written: str, right: str, level: Severity
) -> None:
    assert (wrong[written].right, wrong[written].level) == (right, level)


@pytest.mark.parametrize(
    "written",
    [
        "批淮",  # called right
        "淮河",
        "二王",  # a number
    ],
)
def test_what_may_be_meant_is_not(wrong: dict[str, Word], written: str) -> None:
    assert written not in wrong
