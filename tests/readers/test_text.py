import pytest

from textcheck.document import BlockKind
from textcheck.readers.text import read_text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        (" \u3000\r\n", []),
        ("甲\r\n\r\n乙\n丙\r丁", ["甲", "乙", "丙", "丁"]),
        ("甲\u2028乙\x0c丙", ["甲\u2028乙\x0c丙"]),  # no editor counts these as line ends
    ],
)
def test_every_line_that_is_not_blank_is_a_block(text: str, lines: list[str]) -> None:
    document = read_text(text)

    assert document.text == text
    assert [block.span.of(text) for block in document.blocks] == lines
    assert {block.kind for block in document.blocks} <= {BlockKind.BODY}
