"""How a text is cut for the net."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcheck.model.pieces import LONGEST, pieces


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("\n\n", []),
        ("甲。乙。\n\n丙。", ["甲。乙。", "丙。"]),
        ("甲。”乙", ["甲。”乙"]),
        ("字" * 100 + "。" + "字" * 60, ["字" * 100 + "。", "字" * 60]),
        ("字" * 100 + "，" + "字" * 60, ["字" * 100 + "，", "字" * 60]),
        ("字" * 300, ["字" * 126, "字" * 126, "字" * 48]),
    ],
)
def test_pieces_are_whole_sentences_as_far_as_they_fit(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in pieces(text)] == parts


@given(st.text(alphabet="字甲。，；\n”", max_size=500))
def test_pieces_hold_every_character_but_line_feeds_once(text: str) -> None:
    cut = list(pieces(text))
    assert all(end - start <= LONGEST for start, end in cut)
    assert "".join(text[start:end] for start, end in cut) == text.replace("\n", "")
