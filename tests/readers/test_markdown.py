import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcheck.document import BlockKind
from textcheck.readers.markdown import read_markdown

MARKS = "甲乙 \t\n\r`*_[]()!<>#-|\\:=+~a1&;\0\x0b'\"/.h{}\u3000"


def blocks(text: str) -> list[tuple[str, str]]:
    document = read_markdown(text)
    return [(block.kind.value, block.span.of(text)) for block in document.blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 题 #\n\n文", [("title", "题"), ("body", "文")]),
        ("题\n===\n文", [("title", "题"), ("ui", "===\n"), ("body", "文")]),
        ("甲\r\n乙", [("body", "甲"), ("body", "乙")]),
        ("- 甲\n  乙\n1. 丙", [("body", "甲"), ("body", "乙"), ("body", "丙")]),
        ("> 甲\n乙", [("quoted", "甲"), ("quoted", "乙")]),
        ("> # 甲", [("quoted", "甲")]),
        ("    甲\n\t乙", [("body", "甲"), ("body", "乙")]),  # an indented first line is prose
        ("```\n甲\n```\n乙", [("ui", "```\n甲\n```\n"), ("body", "乙")]),
        ("甲`乙`丙", [("body", "甲"), ("ui", "`乙`"), ("body", "丙")]),
        ("甲`乙", [("body", "甲`乙")]),
        ("[甲](b.cn '丙')丁", [("body", "[甲"), ("ui", "](b.cn '丙')"), ("body", "丁")]),
        ("![甲`乙`](b.png)", [("body", "![甲`乙`"), ("ui", "](b.png)")]),
        ("[甲][1]\n\n[1]: b.cn '丙'", [("body", "[甲"), ("ui", "][1]"), ("ui", "[1]: b.cn '丙'")]),
        ("[甲](乙", [("body", "[甲](乙")]),
        ("甲<b>乙</b>", [("body", "甲"), ("ui", "<b>"), ("body", "乙"), ("ui", "</b>")]),
        ("甲<http://b.cn>", [("body", "甲"), ("ui", "<http://b.cn>")]),
        ("见https://b.cn/甲。", [("body", "见"), ("ui", "https://b.cn/"), ("body", "甲。")]),
        ("<p>甲</p>", [("ui", "<p>"), ("body", "甲"), ("ui", "</p>")]),
        ("<!-- 甲 -->", [("ui", "<!-- 甲 -->")]),
        (
            "<script>\n甲\n</script>\n乙",
            [("ui", "<script>\n甲\n</script>"), ("body", "\n乙")],
        ),
        (
            "|甲|乙|\n|-|-|\n|丙|甲|",
            [
                ("table", "甲"),
                ("table", "乙"),
                ("ui", "|-|-|\n"),
                ("table", "丙"),
                ("table", "甲"),
            ],
        ),
        ("---\ntitle: 甲\n---\n乙", [("ui", "---\ntitle: 甲\n---\n"), ("body", "乙")]),
        ("+++\r\ntitle = '甲'\r\n+++", [("ui", "+++\r\ntitle = '甲'\r\n+++")]),
        # A rule, prose and another rule are no front matter.
        (
            "---\n甲乙丙\n\n---\n丁",
            [("ui", "---\n"), ("body", "甲乙丙"), ("ui", "---\n"), ("body", "丁")],
        ),
        ("", []),
    ],
)
def test_blocks_tell_prose_from_what_nobody_sees(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert blocks(text) == expected


@given(st.text(alphabet=MARKS))
def test_the_text_comes_back_unchanged_with_blocks_in_order(text: str) -> None:
    document = read_markdown(text)

    assert document.text == text
    ends = [0, *(block.span.end for block in document.blocks)]
    starts = [*(block.span.start for block in document.blocks), len(text)]
    assert all(end <= start for end, start in zip(ends, starts, strict=True))


@given(st.text(alphabet="甲乙丙，。、；：“”（）《》\u3000 \t\n\r"))
def test_plain_prose_is_never_taken_for_something_unseen(text: str) -> None:
    assert all(
        block.kind is not BlockKind.UI or not block.span.of(text).strip()
        for block in read_markdown(text).blocks
    )
