"""Which code a character has."""

import pytest

from textcheck.text.alphabet import CLASSES, DIGIT, HAN, LETTER, LINE, OTHER, Alphabet


@pytest.mark.parametrize(
    ("character", "code"),
    [
        ("甲", CLASSES),
        ("，", CLASSES + 1),
        ("\n", LINE),
        ("7", DIGIT),
        ("q", LETTER),
        ("Q", LETTER),
        ("龘", HAN),
        ("☆", OTHER),
        ("𠀀", OTHER),
        ("\ud800", OTHER),
    ],
)
def test_a_character_without_a_code_has_that_of_its_class(character: str, code: int) -> None:
    alphabet = Alphabet("甲，")
    assert alphabet.codes(character).tolist() == [code]
    assert alphabet.character(code) == (character if code >= CLASSES else "")
    assert len(alphabet) == CLASSES + 2
