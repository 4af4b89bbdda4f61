"""How a text is broken into lines."""

import pytest

from textcheck.text.lines import hard_wrapped

FULL = "县里的干部来到湖边的村里看望老人"


@pytest.mark.parametrize(
    ("lines", "wrapped"),
    [
        ([FULL, FULL, FULL, "老人"], True),
        ([FULL + "。", FULL + "。", FULL + "。", "老人。"], False),
        ([FULL, FULL + "。", FULL + "。", FULL + "。"], False),  # a heading
        (["一", "二", "三", "四", "五"], False),  # a list
        ([FULL, FULL], False),
        ([""], False),
    ],
)
def test_lines_that_end_within_sentences_are_wrapped(lines: list[str], *, wrapped: bool) -> None:
    assert hard_wrapped("\n".join(lines)) is wrapped
