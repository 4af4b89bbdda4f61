import pytest

from textcheck.document import Span
from textcheck.text.when import is_former, once_held, tells_today, years

TITLE = "总理周白"


def _place(text: str) -> Span:
    start = text.index(TITLE)
    return Span(start, start + len(TITLE))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("总理周白出席会议。", True),
        ("昨天下午，总理周白在京。", True),
        ("总理周白很高。", False),  # neither an act nor a day
        ("2010年，总理周白出席会议。", False),
        ("湖会2010年创立。总理周白出席会议。", False),  # the year stands before
        ("2026年，总理周白出席会议。", True),  # he had left by then
        ("总理周白出席了诞辰纪念会。", False),
    ],
)
def test_news_of_the_day_is_told_from_history(text: str, *, expected: bool) -> None:
    assert tells_today(text, _place(text), 2013) is expected


@pytest.mark.parametrize(
    ("front", "expected"),
    [("时任", True), ("原", True), ("越共", True), ("和", False), ("", False)],
)
def test_words_in_front_tell_of_another_time(front: str, *, expected: bool) -> None:
    assert is_former(front + TITLE, len(front)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("十届总理周白", True), ("总理周白被审查调查。", True), ("总理周白出席会议。", False)],
)
def test_a_numbered_term_or_a_fall_tells_of_a_title_once_held(text: str, *, expected: bool) -> None:
    assert once_held(text, _place(text)) is expected


def test_years_are_those_with_their_word() -> None:
    assert years("1998年至2003年，2000人") == {1998, 2003}
