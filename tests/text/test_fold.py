import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcheck.text.fold import fold

TEXTS = st.text(st.characters())  # lone surrogates too


@given(TEXTS)
def test_the_length_never_changes(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(TEXTS)
def test_what_is_folded_stays(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS, TEXTS)
def test_a_character_folds_alike_everywhere(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("２０２６年Ａｂ", "2026年Ab"),
        ("２０２６．５／６－７", "2026.5/6-7"),
        ("艾力更‧依明•巴海・甲･乙⋅丙∙丁", "艾力更·依明·巴海·甲·乙·丙·丁"),
        ("⼈⺠⽣⽇", "人民生日"),
        ("“甲”，（乙）：丙；丁！？", "“甲”，（乙）：丙；丁！？"),  # Chinese punctuation is right
        ("𠮷\t\r\n\u3000", "𠮷\t\r\n\u3000"),
        ("甲\ud800乙", "甲\ufffd乙"),  # half a pair is no character for what reads UTF-8
    ],
)
def test_what_folds_to_what(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(TEXTS)
def test_a_long_text_is_folded_like_a_short_one(text: str) -> None:
    much = "甲" * 5000
    assert fold(much + text) == much + fold(text)
