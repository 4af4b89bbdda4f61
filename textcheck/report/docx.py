"""The nonconformance list as a Word document, ready to be attached to the notice."""

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from textcheck.edition import Edition
from textcheck.report.attachment import (
    ATTACHMENT,
    HEADERS,
    PREVIEW,
    list_rows,
    list_title,
    sampling_note,
)

__all__ = ["list_docx"]

_BODY, _BOLD, _TITLE = "仿宋_GB2312", "黑体", "方正小标宋简体"
_LATIN = "Times New Roman"
_WIDTHS = (Mm(14), Mm(28), Mm(56), Mm(32), Mm(26))  # 156 mm: A4 less the margins of GB/T 9704
_COUNTY = HEADERS.index("单位/部门")
_ACCOUNT = HEADERS.index("政务新媒体")


def list_docx(edition: Edition) -> bytes:
    """Return the document; the same edition gives the same bytes."""
    document = docx.Document()
    _page(document, edition)
    if edition.is_preview:
        _paragraph(document, PREVIEW, _BOLD, 12)
    _paragraph(document, ATTACHMENT, _BOLD, 16)
    title = _paragraph(document, list_title(edition), _TITLE, 18)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(12)
    _table(document, edition)
    note = _paragraph(document, sampling_note(edition), _BODY, 10.5)
    note.paragraph_format.space_before = Pt(6)
    out = BytesIO()
    document.save(out)
    return _without_times(out.getvalue())


def _page(document: Any, edition: Edition) -> None:  # noqa: ANN401 # python-docx publishes no types
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    style = document.styles["Normal"]
    style.font.name = _LATIN
    look = style.element.get_or_add_rPr()
    look.get_or_add_rFonts().set(qn("w:eastAsia"), _BODY)
    language = OxmlElement("w:lang")  # without it ， and 。 are drawn as in Taiwan
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    look.append(language)
    issued = edition.issued_at.replace(tzinfo=None, microsecond=0)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = list_title(edition), "textcheck", ""
    properties.created = properties.modified = issued


def _paragraph(document: Any, text: str, font: str, size: float) -> Any:  # noqa: ANN401 # python-docx publishes no types
    paragraph = document.add_paragraph()
    _write(paragraph, text, font, size)
    paragraph.paragraph_format.space_after = Pt(0)
    return paragraph


def _write(paragraph: Any, text: str, font: str, size: float) -> None:  # noqa: ANN401 # python-docx publishes no types
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = _LATIN
    # Word takes the font of Chinese characters from this attribute alone.
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 # python-docx has no other way to it
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")  # “ ” — are Chinese punctuation here


def _table(document: Any, edition: Edition) -> None:  # noqa: ANN401 # python-docx publishes no types
    rows = list_rows(edition.lines)
    table = document.add_table(rows=1 + len(rows), cols=len(HEADERS), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    # Once: python-docx walks the whole table at each access of a cell.
    cells = [list(row.cells) for row in table.rows]
    for line in cells:
        for cell, width in zip(line, _WIDTHS, strict=True):
            cell.width = width
    for column, header in enumerate(HEADERS):
        _cell(cells[0][column], header, _BOLD)
    _mark_row(table.rows[0], "w:tblHeader")
    for row in table.rows:
        row.height = Mm(9)  # at least
        _mark_row(row, "w:cantSplit")
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row.cells):
            if column != _COUNTY:
                _cell(cells[number][column], text, _BODY, centred=column != _ACCOUNT)
            elif row.county_rows:
                last = cells[number + row.county_rows - 1][column]
                _cell(cells[number][column].merge(last), text, _BODY)


def _cell(cell: Any, text: str, font: str, *, centred: bool = True) -> None:  # noqa: ANN401 # python-docx publishes no types
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = Pt(2)
    paragraph.paragraph_format.space_after = Pt(2)
    _write(paragraph, text, font, 12)


def _mark_row(row: Any, name: str) -> None:  # noqa: ANN401 # python-docx publishes no types
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 # python-docx has no other way to it


def _without_times(data: bytes) -> bytes:
    """Pack the parts again without the time of packing, which python-docx writes."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name), old.read(name), compress_type=ZIP_DEFLATED)
    return out.getvalue()
