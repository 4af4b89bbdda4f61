"""A notice to a unit as a PDF, laid out as the Word document is."""

from html import escape

from textcheck.notice import Notice
from textcheck.report.attachment import full_day
from textcheck.report.pdf import printed
from textcheck.report.unit_notice import notice_paragraphs

__all__ = ["notice_pdf"]

# The margins of GB/T 9704, as in the Word document; fonts that offices have, then a free one.
_STYLE = """
@page{size:A4;margin:37mm 26mm 35mm 28mm;
@bottom-center{content:"— " counter(page) " —";font:12pt "Noto Serif CJK SC",serif}}
body{font:16pt/28pt "仿宋_GB2312",FangSong,"Noto Serif CJK SC",serif;margin:0}
h1{font:20pt "方正小标宋简体",STZhongsong,"Noto Serif CJK SC",serif;
text-align:center;margin:0 0 18pt}
p{margin:0;text-indent:2em;overflow-wrap:anywhere}
.plain{text-indent:0}
.bold{font-family:"黑体",SimHei,"Noto Sans CJK SC",sans-serif}
.day{text-align:right;margin-top:24pt}
"""


def notice_pdf(notice: Notice) -> bytes:
    """Return the document; the same notice gives the same bytes."""
    title = escape(notice.title)
    return printed(
        "\n".join(
            [
                '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">',
                f"<title>{title}</title><style>{_STYLE}</style></head><body>",
                f'<h1>{title}</h1>\n<p class="plain">{escape(notice.unit)}：</p>',
                *(
                    f'<p class="bold">{escape(words)}</p>'
                    if is_heading
                    else f"<p>{escape(words)}</p>"
                    for words, is_heading in notice_paragraphs(notice)
                ),
                f'<p class="day">{full_day(notice.made_at.date())}</p></body></html>',
            ]
        )
    )
