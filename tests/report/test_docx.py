from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from textcheck.edition import Edition
from textcheck.report.docx import list_docx


def body(data: bytes) -> etree._Element:
    with ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def test_the_page_is_a4(edition: Edition) -> None:
    (section,) = docx.Document(BytesIO(list_docx(edition))).sections
    assert section.page_width is not None
    assert section.page_height is not None
    assert abs(section.page_width - Mm(210)) < Mm(1)
    assert abs(section.page_height - Mm(297)) < Mm(1)


def test_the_header_row_is_repeated_and_rows_are_not_split(edition: Edition) -> None:
    rows = list(body(list_docx(edition)).iter(qn("w:tr")))
    assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [
        True,
        False,
        False,
        False,
    ]
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_chinese_text_has_its_own_fonts(edition: Edition) -> None:
    fonts: dict[str, str | None] = {}
    for run in body(list_docx(edition)).iter(qn("w:r")):
        text = "".join(item.text or "" for item in run.iter(qn("w:t")))
        named = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        assert named is not None, text
        fonts[text] = named.get(qn("w:eastAsia"))
    assert fonts["附件2"] == "黑体"
    assert fonts["2021年二季度抽查政府系统政务新媒体不合格清单"] == "方正小标宋简体"
    assert fonts["序号"] == "黑体"
    assert fonts["甲县教育（微信）"] == "仿宋_GB2312"


def test_counties_are_merged_and_days_stand_one_a_line(edition: Edition) -> None:
    twice = replace(edition.lines[0], dates=(date(2021, 4, 16), date(2021, 4, 26)))
    data = list_docx(replace(edition, lines=(twice, *edition.lines[1:])))
    (table,) = docx.Document(BytesIO(data)).tables
    assert [cell.text for cell in table.columns[1].cells] == ["单位/部门", "甲县", "甲县", "乙区"]
    assert table.cell(1, 1)._tc is table.cell(2, 1)._tc  # noqa: SLF001 # python-docx has no other way to it
    assert table.cell(1, 4).text == "2021.4.16\n2021.4.26"
    assert len(table.cell(1, 1).paragraphs) == 1


def test_a_preview_says_so_and_an_empty_list_has_its_header(edition: Edition) -> None:
    document = docx.Document(BytesIO(list_docx(replace(edition, number=0, lines=()))))
    assert document.paragraphs[0].text == "预览稿，未正式印发"
    assert document.tables[0].cell(0, 0).text == "序号"
    assert len(document.tables[0].rows) == 1


def test_the_same_edition_gives_the_same_bytes(edition: Edition) -> None:
    data = list_docx(edition)
    assert data == list_docx(edition)
    with ZipFile(BytesIO(data)) as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
