"""A text and a form side by side: which slips make the one out of the other."""

import pytest

from textcheck.document import Span
from textcheck.matching.alignment import aligned

FORM = "云泽院湖泊新闻办公室"
LIKE = {frozenset("新心"), frozenset("泊伯")}


def _alike(one: str, other: str) -> bool:
    return frozenset((one, other)) in LIKE


@pytest.mark.parametrize(
    ("text", "place", "slips"),
    [
        ("云泽院湖泊新闻办公室", (0, 10), []),
        ("在云泽院湖泊新闻办公室", (1, 11), []),
        ("云泽院湖泊心闻办公室", (0, 10), ["WRONG 心>新"]),
        ("云院湖泊新闻公办室", (0, 9), ["MISSING >泽", "SWAPPED 公办>办公"]),
        ("云泽泽院湖泊新闻办一公室", (0, 12), ["EXTRA 泽>", "EXTRA 一>"]),
        ("，泽院湖泊新闻办公室", (1, 10), ["MISSING >云"]),
        ("云泽院湖伯心闻办公室", (0, 10), ["WRONG 伯>泊", "WRONG 心>新"]),
        ("泽云院湖泊新闻公办室", (0, 10), ["SWAPPED 泽云>云泽", "SWAPPED 公办>办公"]),
        ("云泽院湖泊新闻办", (0, 8), ["MISSING >公", "MISSING >室"]),
    ],
)
@pytest.mark.parametrize("ahead", ["", "甲", "甲乙丙丁"])
def test_the_likeliest_slips_are_told(
    text: str, place: tuple[int, int], slips: list[str], ahead: str
) -> None:
    start, end = (len(ahead) + edge for edge in place)
    found = aligned(f"{ahead}{text}戊己庚辛", start, FORM, _alike)
    assert found is not None
    assert found.span == Span(start, end)
    assert [f"{step.edit.name} {step.wrong}>{step.right}" for step in found.steps] == slips


@pytest.mark.parametrize(
    "text", ["云泽院湖泊新闻", "云院泊新闻办公", "云的泽院泊新闻公办室", "云泽", ""]
)
def test_of_three_slips_nothing_is_told(text: str) -> None:
    assert aligned(text, 0, FORM, _alike) is None


def test_what_fingers_do_by_themselves_is_likely() -> None:
    found = aligned("云泽院湖湖泊心闻办公室", 0, FORM, _alike)
    assert found is not None
    assert [step.likely for step in found.steps] == [True, True]
    found = aligned("云泽院的湖泊大闻办公室", 0, FORM, _alike)
    assert found is not None
    assert [step.likely for step in found.steps] == [False, False]
