"""The nonconformance list as a PDF: as printed, with page numbers and the edition's digest."""

from html import escape
from typing import NoReturn

from textcheck.edition import Edition
from textcheck.errors import ConfigError
from textcheck.report.attachment import (
    ATTACHMENT,
    HEADERS,
    PREVIEW,
    list_title,
    plain_day,
    rows_html,
    sampling_note,
)

__all__ = ["can_pdf", "list_pdf", "printed"]

# The margins of GB/T 9704, as in the Word document; fonts that offices have, then a free one.
_STYLE = """
@page{size:A4;margin:37mm 26mm 35mm 28mm;
@bottom-center{content:"— " counter(page) " —";font:12pt "Noto Serif CJK SC",serif}
@bottom-left{content:"%s";font:7pt monospace;color:#555}}
body{font:12pt/1.4 "仿宋_GB2312",FangSong,"Noto Serif CJK SC",serif;margin:0}
.bold,th{font-family:"黑体",SimHei,"Noto Sans CJK SC",sans-serif;font-weight:normal}
.attachment{font-size:16pt;margin:0}
h1{font:18pt "方正小标宋简体",STZhongsong,"Noto Serif CJK SC",serif;text-align:center;margin:12pt 0}
table{border-collapse:collapse;width:100%%;table-layout:fixed}
thead{display:table-header-group}
tr{break-inside:avoid}
th,td{border:.5pt solid #000;padding:3pt 4pt;text-align:center;vertical-align:middle}
td.name{text-align:left}
.note{font-size:10.5pt}
"""
# Shares of the 156 mm that the Word document has between its margins.
_WIDTHS = (9, 18, 36, 20.5, 16.5)


def can_pdf() -> bool:
    """Tell whether what makes PDFs is installed: the package, and the libraries it needs."""
    try:
        import weasyprint  # noqa: F401, PLC0415 # extra `pdf-report`
    except (ImportError, OSError):  # the latter: no Pango on this machine
        return False
    return True


def list_pdf(edition: Edition) -> bytes:
    """Return the document; the same edition gives the same bytes."""
    return printed(_page(edition))


def printed(page: str) -> bytes:
    """Return a page of HTML as a PDF; it must be whole, for nothing is fetched."""
    try:
        import weasyprint  # noqa: PLC0415 # extra `pdf-report`
    except (ImportError, OSError) as error:
        raise ConfigError("生成 pdf 需要先安装：pip install 'textcheck[pdf-report]'") from error
    made: bytes = weasyprint.HTML(string=page, url_fetcher=_nothing).write_pdf()
    return made


def _nothing(url: str) -> NoReturn:
    """Fetch nothing: the page is whole as it is."""
    raise ValueError(f"not fetched: {url}")


def _page(edition: Edition) -> str:
    title = escape(list_title(edition))
    columns = "".join(f'<col style="width:{width}%">' for width in _WIDTHS)
    headers = "".join(f"<th>{header}</th>" for header in HEADERS)
    standing = PREVIEW
    if not edition.is_preview:
        day = plain_day(edition.issued_at.date())
        standing = f"第{edition.number}版 {day} {edition.digest[:16]}"
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">',
            f"<title>{title}</title><style>{_STYLE % standing}</style></head><body>",
            f'<p class="bold">{PREVIEW}</p>' if edition.is_preview else "",
            f'<p class="bold attachment">{ATTACHMENT}</p>\n<h1>{title}</h1>',
            f"<table><colgroup>{columns}</colgroup><thead><tr>{headers}</tr></thead><tbody>",
            *rows_html(edition.lines),
            f'</tbody></table>\n<p class="note">{escape(sampling_note(edition))}</p>',
            "</body></html>",
        ]
    )
