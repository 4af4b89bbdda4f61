"""What words and the rest of the article say of a proposal."""

import numpy as np
import pytest

from textcheck.document import Span
from textcheck.model.around import SIGNALS, Around


def signals(text: str, wrong: str, right: str | None, rest: str = "") -> tuple[float, ...]:
    """Return what speaks for writing right for wrong in a text that goes on with the rest."""
    start = text.index(wrong)
    found = Around(text, text + rest).signals(Span(start, start + len(wrong)), right)
    assert len(found) == SIGNALS
    return found


@pytest.mark.parametrize(
    ("text", "wrong", "right", "lone"),
    [
        ("推动工做落实。", "做", "作", 2),  # 工 and 做 become a word
        ("推动工作落实。", "作", "做", -2),  # a word would fall apart
        ("推动工落实。", "落", "作落", 1),  # one is missing
        ("推动工工作落实。", "工", "", 1),  # one too many
        ("推动工做落实。", "做", None, 0),  # nothing would be written
    ],
)
def test_characters_that_belong_to_no_word_speak_for_a_slip(
    text: str, wrong: str, right: str | None, lone: float
) -> None:
    assert signals(text, wrong, right)[0] == lone


def test_a_long_word_speaks_against_a_slip() -> None:
    assert signals("坚持艰苦奋斗。", "艰苦", "坚固")[1] < signals("坚持工做。", "做", "作")[1]


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("", (0, 0, 0, 0)),
        ("推动工做落实。", (-1, -1, 0, 0)),  # it stands twice
        ("努力工做。", (-1, 0, 0, 0)),  # behind the same character
        ("推动工作落实。", (0, 0, 1, 1)),  # elsewhere it is right
        ("推动工作。", (0, 0, 0, 1)),  # with the same before it
        ("努力作为。", (0, 0, 0, 0)),  # beside other characters
    ],
)
def test_the_rest_of_the_article_tells_what_is_meant(rest: str, told: tuple[float, ...]) -> None:
    found = signals("推动工做落实。", "做", "作", rest)[2:]
    assert tuple(np.sign(found)) == told
