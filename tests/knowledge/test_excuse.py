"""What stands beside a wording excuses it, as near as its mark says."""

from datetime import date

import pytest

from textcheck.document import Span
from textcheck.knowledge.excuse import excuse_of

WORDING = "湖管部"
WORDS = ("旧称", "~曾", "^原", "工人$", "#")
SINCE = date(2018, 4, 17)


@pytest.mark.parametrize(
    ("text", "excused"),
    [
        ("湖管部是旧称，今天改了。", True),
        ("今天改了。旧称湖管部。", True),
        ("今天有旧称。湖管部发文。", False),  # another sentence
        ("他曾在湖管部供职。", True),
        ("他曾来过，湖管部发文。", False),  # another clause
        ("原湖管部发文。", True),
        ("原渔业部、湖管部发文。", True),  # 原 speaks for the whole list
        ("渔业部、原湖管部发文。", True),
        ("按照原则，湖管部发文。", False),
        ("草原部、湖管部发文。", False),
        ("湖管部工人退休。", True),
        ("湖管部的工人退休。", False),
        ("2017年，湖管部发文。", True),
        ("2018年，湖管部发文。", True),
        ("2026年1月19日，湖管部发文。", False),
        ("湖管部收到2017元。", False),  # no year
        ("湖管部列出2000多个品牌。", False),
        ("湖管部说，2017年以来好转。", False),
        ("湖管部在2017年底发文。", True),
        ("湖管部收到120170元。", False),
    ],
)
def test_a_wording_is_excused(text: str, *, excused: bool) -> None:
    start = text.index(WORDING)
    assert excuse_of(WORDS, SINCE).speaks(text, Span(start, start + len(WORDING))) is excused


@pytest.mark.parametrize(("year", "excused"), [(1948, True), (1949, True), (1950, False)])
def test_without_a_first_day_the_years_before_1950_excuse(year: int, *, excused: bool) -> None:
    text = f"{year}年，湖管部成立。"
    start = text.index(WORDING)
    assert excuse_of(("#",), None).speaks(text, Span(start, start + len(WORDING))) is excused
