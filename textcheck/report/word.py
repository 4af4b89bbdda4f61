"""What every Word document of the office looks like: page, fonts, paragraphs, cells."""

from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

__all__ = [
    "BODY",
    "BOLD",
    "TITLE",
    "add_paragraph",
    "fill_cell",
    "mark_row",
    "packed",
    "set_page",
    "without_times",
    "write_run",
]

BODY, BOLD, TITLE = "仿宋_GB2312", "黑体", "方正小标宋简体"
_LATIN = "Times New Roman"


def set_page(document: Any, title: str, made_at: datetime) -> None:  # noqa: ANN401 # python-docx publishes no types
    """Set A4 with the margins of GB/T 9704, the fonts, and what the file says of itself."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    style = document.styles["Normal"]
    style.font.name = _LATIN
    look = style.element.get_or_add_rPr()
    look.get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    language = OxmlElement("w:lang")  # without it ， and 。 are drawn as in Taiwan
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    look.append(language)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "textcheck", ""
    properties.created = properties.modified = made_at.replace(tzinfo=None, microsecond=0)


def add_paragraph(document: Any, text: str, font: str, size: float) -> Any:  # noqa: ANN401 # python-docx publishes no types
    """Add a paragraph and return it."""
    paragraph = document.add_paragraph()
    write_run(paragraph, text, font, size)
    paragraph.paragraph_format.space_after = Pt(0)
    return paragraph


def write_run(paragraph: Any, text: str, font: str, size: float) -> None:  # noqa: ANN401 # python-docx publishes no types
    """Add words to a paragraph in a font for Chinese characters."""
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = _LATIN
    # Word takes the font of Chinese characters from this attribute alone.
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 # python-docx has no other way to it
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")  # “ ” — are Chinese punctuation here


def fill_cell(cell: Any, text: str, font: str, *, centred: bool = True) -> None:  # noqa: ANN401 # python-docx publishes no types
    """Write words into an empty cell."""
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = Pt(2)
    paragraph.paragraph_format.space_after = Pt(2)
    write_run(paragraph, text, font, 12)


def mark_row(row: Any, name: str) -> None:  # noqa: ANN401 # python-docx publishes no types
    """Give a row a property of Word's by its name: w:tblHeader, w:cantSplit."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 # python-docx has no other way to it


def packed(document: Any) -> bytes:  # noqa: ANN401 # python-docx publishes no types
    """Return the document's file."""
    saved = BytesIO()
    document.save(saved)
    return without_times(saved.getvalue())


def without_times(data: bytes) -> bytes:
    """Pack the parts again without the time of packing, which python-docx writes."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name), old.read(name), compress_type=ZIP_DEFLATED)
    return out.getvalue()
