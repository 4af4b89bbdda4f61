import pytest

from textcheck.document import BlockKind, Document, join_blocks
from textcheck.report.place import Places

LINES = "甲乙\r\n\n𠮷丙\r丁"


@pytest.mark.parametrize(
    ("offset", "place", "utf16"),
    [
        (0, "1:1", 0),
        (1, "1:2", 1),
        (5, "3:1", 5),
        (6, "3:2", 7),  # 𠮷 is two units there
        (8, "4:1", 9),
    ],
)
def test_lines_and_columns_count_code_points_from_one(offset: int, place: str, utf16: int) -> None:
    found = Places(Document(LINES), by_line=True).of(offset)

    assert str(found) == place
    assert found.utf16 == utf16


@pytest.mark.parametrize(
    ("offset", "place"),
    [(0, "第1段第1字"), (3, "第2段第1字"), (4, "第2段第2字"), (6, "第3段第1字")],
)
def test_paragraphs_are_blocks_even_with_a_line_break_inside(offset: int, place: str) -> None:
    parts = [(BlockKind.TITLE, "题目"), (BlockKind.BODY, "甲\n"), (BlockKind.BODY, "乙")]
    text, blocks = join_blocks(parts)

    assert str(Places(Document(text, blocks), by_line=False).of(offset)) == place


def test_a_document_without_blocks_has_lines_only() -> None:
    assert str(Places(Document("甲\n乙"), by_line=False).of(2)) == "2:1"
