import pytest

from textcheck.text.differences import Kind, Part, differences

GONE, NEW, SAME = Kind.GONE, Kind.NEW, Kind.SAME
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
        # Too long to compare its characters: shown whole.
        (f"甲\n{LONG}", f"甲\n{LONG}乙", [(SAME, "甲\n"), (GONE, LONG), (NEW, f"{LONG}乙")]),
    ],
)
def test_texts_differ_where_they_do(before: str, after: str, parts: list[tuple[Kind, str]]) -> None:
    found = differences(before, after)
    joined: list[Part] = []
    for part in found:  # neighbours of one kind read as one
        if joined and joined[-1].kind is part.kind:
            joined[-1] = Part(part.kind, joined[-1].text + part.text)
        else:
            joined.append(part)
    assert [(part.kind, part.text) for part in joined] == parts
    assert "".join(part.text for part in found if part.kind is not NEW) == before
    assert "".join(part.text for part in found if part.kind is not GONE) == after
