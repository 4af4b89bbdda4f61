from datetime import date

import pytest

from textcheck.knowledge.entry import EntryKind
from textcheck.lexicon.lexicon import Lexicon


def test_the_day_and_the_digest_are_those_of_the_tables(lexicon: Lexicon) -> None:
    assert lexicon.day == date(2020, 5, 6)
    assert lexicon.digest == lexicon.tables.digest
    assert len(lexicon.digest) == 64


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("", []),
        ("云泽院总理江望舒", [("premier", "云泽院总理"), ("wangshu", "江望舒")]),
        ("沈怀谷", [("huai", "沈怀"), ("huaigu", "沈怀谷")]),  # overlapping ones too
        ("阿里木•云", [("yun", "阿里木•云")]),  # a variant dot
        ("三个湖泊战略布局", [("f1", "三个湖泊战略布局")]),
        ("云泽十届三中全会", [("m1", "云泽十届三中全会")]),  # not the clause of the same form
        ("四个水原", []),  # allowed, but nothing by itself
    ],
)
def test_what_is_mentioned(text: str, mentions: list[tuple[str, str]], lexicon: Lexicon) -> None:
    found = [(mention.entry.id, mention.span.of(text)) for mention in lexicon.mentions(text)]
    assert found == mentions


def test_asking_again_or_in_between_changes_nothing(lexicon: Lexicon) -> None:
    texts = ["江望书强调", "云泽院总里", "江望书强调", "四个水园", "江望书强调"]
    slips = [
        [slip.right for kind in EntryKind for slip in lexicon.slips(text, kind)] for text in texts
    ]
    assert slips == [["江望舒"], ["云泽院总理"], ["江望舒"], ["四个水源"], ["江望舒"]]


def test_misprints_are_found_in_wide_text_too(lexicon: Lexicon) -> None:
    text = "２０２０年按装了布署"
    found = [(word.id, span.of(text)) for word, span in lexicon.misspelt(text)]
    assert found == [("w2", "按装"), ("w1", "布署")]
