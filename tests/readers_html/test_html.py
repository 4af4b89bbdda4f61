import pytest

from textcheck.document import BlockKind
from textcheck.errors import ReadError
from textcheck.readers.html import html_blocks, inline_text, parse_html, read_html

BODY, TABLE, CAPTION = BlockKind.BODY, BlockKind.TABLE, BlockKind.CAPTION


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>甲<b>乙</b><i>丙</i>丁</p>", ["甲乙丙丁"]),
        ('<span leaf="">甲</span><span leaf="">乙</span>', ["甲乙"]),
        ("<p>甲<br>乙<br/><br/>丙</p>", ["甲", "乙", "丙"]),
        ("甲<p>乙</p>丙<div>丁<section>戊</section>己</div>", ["甲", "乙", "丙", "丁", "戊", "己"]),
        ("<ul><li>甲<li>乙</ul><h2>丙</h2>丁", ["甲", "乙", "丙", "丁"]),
        # white space
        ("<p>　　甲&nbsp;</p>", ["甲"]),
        ("<p>甲  \t 乙</p>", ["甲 乙"]),
        ("<p>召开\n    会议</p>", ["召开会议"]),  # a line of the source ends within a word
        ("<p>用 Excel\n   or Word</p>", ["用 Excel or Word"]),
        ("<p>甲&nbsp;乙　丙</p>", ["甲\u00a0乙　丙"]),
        ("<pre>甲  乙\n丙</pre>", ["甲 乙", "丙"]),
        # zero-width characters are part of what was published; alone they are no line
        ("<p>甲\u200b乙\ufeff</p><p>\u200b</p>", ["甲\u200b乙\ufeff"]),
        # not seen by a reader
        ("<p>甲<!-- 注 -->乙<script>x</script>丙<style>y</style>丁</p>", ["甲乙丙丁"]),
        ("<p>甲<noscript>x</noscript><template>y</template>乙</p>", ["甲乙"]),
        ("<p>甲<iframe>x</iframe><textarea>y</textarea><button>z</button>乙</p>", ["甲乙"]),
        ("<p>甲<ruby>喆<rp>(</rp><rt>zhé</rt><rp>)</rp></ruby>村</p>", ["甲喆村"]),
        ("<?php 甲 ?><p>乙</p>", ["乙"]),
        # never by style
        (
            '<div style="visibility: hidden; opacity: 0"><p style="display:none">甲</p></div>',
            ["甲"],
        ),
        # images
        ('<p>甲<img src="x" alt="图片1.png">乙</p>', ["甲乙"]),
        ("<svg><title>x</title><text>甲</text></svg>", ["甲"]),
        ("<svg><defs><text>x</text></defs><foreignObject><p>甲</p></foreignObject></svg>", ["甲"]),
        ("<custom-tag>甲</custom-tag>乙", ["甲乙"]),
        ("", []),
    ],
)
def test_lines_are_what_a_reader_sees(html: str, lines: list[str]) -> None:
    blocks = html_blocks(parse_html(f"<body>{html}</body>"))
    assert blocks == [(BODY, line) for line in lines]


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        (
            "<tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁",
            [(TABLE, "甲\t乙"), (TABLE, "丙\t丁")],
        ),
        ("<thead><tr><th>甲<th></th><th>乙</thead>", [(TABLE, "甲\t\t乙")]),
        ("<tr><td></td><td>甲</td><td></td></tr>", [(TABLE, "甲")]),
        ("<tr><td><p>甲</p><p>乙</p></td><td>丙</td></tr>", [(TABLE, "甲\n乙\t丙")]),
        ("<caption>题</caption><tr><td>甲</td></tr>", [(CAPTION, "题"), (TABLE, "甲")]),
        ("<tr><td> </td><td></td></tr>", []),
        # tables that frame a page
        ("<tr><td><p>甲</p><p>乙</p></td></tr>", [(BODY, "甲"), (BODY, "乙")]),
        (
            "<tr><td>甲</td><td><table><tr><td>乙</td><td>丙</td></tr></table></td></tr>",
            [(BODY, "甲"), (TABLE, "乙\t丙")],
        ),
        (
            "<tr><td>甲</td><td>1<br>2<br>3<br>4<br>5<br>6</td></tr>",
            [(BODY, text) for text in "甲123456"],
        ),
    ],
)
def test_a_row_is_a_block_unless_the_table_frames_the_page(
    html: str, blocks: list[tuple[BlockKind, str]]
) -> None:
    assert html_blocks(parse_html(f"<table>{html}</table>")) == blocks


def test_text_in_a_table_outside_its_cells_is_kept() -> None:
    assert html_blocks(parse_html("<table><tr>甲<td>乙</td></tr></table>丙")) == [
        (BODY, "甲"),
        (TABLE, "乙"),
        (BODY, "丙"),
    ]


def test_figure_has_a_caption() -> None:
    page = "<figure><img src=x><figcaption>图为<b>会场</b></figcaption></figure>文"
    assert html_blocks(parse_html(page)) == [(CAPTION, "图为会场"), (BODY, "文")]


def test_part_of_a_page_ends_with_its_element() -> None:
    part = parse_html('<div><p id="x">甲<b>乙</b></p>丙</div>').get_element_by_id("x")
    assert html_blocks(part) == [(BODY, "甲乙")]
    assert inline_text(part) == "甲乙"


@pytest.mark.parametrize("depth", [300, 1500])
def test_deep_nesting_loses_nothing(depth: int) -> None:
    page = f"{'<div>' * depth}深{'</div>' * depth}<p>后文</p>"
    assert html_blocks(parse_html(page)) == [(BODY, "深"), (BODY, "后文")]


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("", "是空的"),
        ("  \n", "是空的"),
        ("<!-- 注 -->", "是空的"),
        (f"{'<div>' * 5000}深", "嵌套过深"),
    ],
)
def test_what_cannot_be_read_in_full_is_refused(html: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        parse_html(html)


@pytest.mark.parametrize("odd", ["\0", "\x01", "\ud800", "\ufffe"])
def test_odd_characters_do_not_stop_the_parser(odd: str) -> None:
    [(_, line)] = html_blocks(parse_html(f"<p>甲{odd}乙</p>"))
    assert (line[0], line[-1]) == ("甲", "乙")


def test_xml_declaration_is_no_obstacle() -> None:
    page = '<?xml version="1.0" encoding="gbk"?>\n<html><body>甲</body></html>'
    assert html_blocks(parse_html(page)) == [(BODY, "甲")]


@pytest.mark.parametrize(
    ("html", "text", "kinds"),
    [
        ("<title> 题\n目 </title><p>甲</p><p>乙</p>", "题 目\n甲\n乙", "title body body"),
        ("<title>题</title><h1>题</h1><p>甲</p>", "题\n甲", "title body"),
        ("<p>甲</p>", "甲", "body"),
        ("<title>题</title>", "题", "title"),
        ("<p>甲</p><svg><title>图</title></svg>", "甲", "body"),
        ("<table><tr><td>甲<td>乙</table>", "甲\t乙", "table"),
    ],
)
def test_page_of_no_known_kind_is_title_and_text(html: str, text: str, kinds: str) -> None:
    document = read_html(f'<meta charset="gb2312">{html}'.encode("gb18030"))
    assert document.text == text
    assert " ".join(block.kind.value for block in document.blocks) == kinds
    assert document.published_on is None


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"<p> </p><script>x</script>"])
def test_page_without_text_is_refused(body: bytes) -> None:
    with pytest.raises(ReadError, match=r"没有文字|是空的"):
        read_html(body)
