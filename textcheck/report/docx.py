"""The nonconformance list as a Word document, ready to be attached to the notice."""

from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
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
from textcheck.report.word import (
    BODY,
    BOLD,
    TITLE,
    add_paragraph,
    fill_cell,
    mark_row,
    packed,
    set_page,
)

__all__ = ["list_docx"]

_WIDTHS = (Mm(14), Mm(28), Mm(56), Mm(32), Mm(26))  # 156 mm: A4 less the margins of GB/T 9704
_COUNTY = HEADERS.index("单位/部门")
_ACCOUNT = HEADERS.index("政务新媒体")


def list_docx(edition: Edition) -> bytes:
    """Return the document; the same edition gives the same bytes."""
    document = docx.Document()
    set_page(document, list_title(edition), edition.issued_at)
    if edition.is_preview:
        add_paragraph(document, PREVIEW, BOLD, 12)
    add_paragraph(document, ATTACHMENT, BOLD, 16)
    title = add_paragraph(document, list_title(edition), TITLE, 18)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(12)
    _table(document, edition)
    note = add_paragraph(document, sampling_note(edition), BODY, 10.5)
    note.paragraph_format.space_before = Pt(6)
    return packed(document)


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
        fill_cell(cells[0][column], header, BOLD)
    mark_row(table.rows[0], "w:tblHeader")
    for row in table.rows:
        row.height = Mm(9)  # at least
        mark_row(row, "w:cantSplit")
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row.cells):
            if column != _COUNTY:
                fill_cell(cells[number][column], text, BODY, centred=column != _ACCOUNT)
            elif row.county_rows:
                last = cells[number + row.county_rows - 1][column]
                fill_cell(cells[number][column].merge(last), text, BODY)
