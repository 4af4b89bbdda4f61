import pytest

from textcheck.text.rare import RareCharacters

RARE = RareCharacters([("洎", "河", "泉"), ("麂", "", "")])


@pytest.mark.parametrize(
    ("pair", "apart"),
    [
        ("河洎", False),
        ("洎泉", False),
        ("国洎", True),
        ("洎河", True),
        ("麂皮", True),
        ("洎，", False),
    ],
)
def test_characters_are_apart_that_clean_text_has_not_together(pair: str, *, apart: bool) -> None:
    assert RARE.apart(pair) is apart


def test_what_clean_text_has_is_known() -> None:
    assert "麂" in RARE
    assert "仼" not in RARE
