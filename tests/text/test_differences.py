import pytest

from textcheck.text.differences import Part, differences

GONE, NEW, SAME = Part.GONE, Part.NEW, Part.SAME
LONG = "长" * 1_001


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("", "", []),
        ("甲\n乙", "甲\n乙", [(SAME, "甲\n乙")]),
        ("甲", "", [(GONE, "甲")]),
        ("甲\n", "甲\n乙", [(SAME, "甲\n"), (NEW, "乙")]),
        (
            "甲\n乙丙\n丁",
            "甲\n乙戊\n丁",
            [(SAME, "甲\n乙"), (GONE, "丙"), (NEW, "戊"), (SAME, "\n丁")],
        ),
        # Hardly anything is the same: one sentence for another.
        ("大家都说好。", "他说工作做得好。", [(GONE, "大家都说好。"), (NEW, "他说工作做得好。")]),
        # Too long to compare its characters: shown whole.
        (f"甲\n{LONG}", f"甲\n{LONG}乙", [(SAME, "甲\n"), (GONE, LONG), (NEW, f"{LONG}乙")]),
    ],
)
def test_texts_differ_where_they_do(before: str, after: str, parts: list[tuple[Part, str]]) -> None:
    found = differences(before, after)
    joined: list[tuple[Part, str]] = []
    for part, words in found:  # neighbours of one kind read as one
        if joined and joined[-1][0] is part:
            joined[-1] = (part, joined[-1][1] + words)
        else:
            joined.append((part, words))
    assert joined == parts
    assert "".join(words for part, words in found if part is not NEW) == before
    assert "".join(words for part, words in found if part is not GONE) == after
