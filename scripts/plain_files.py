"""Make PDF and Word files of plain text, for the demonstration and for tests."""

import io
import zipfile
import zlib
from collections.abc import Sequence
from html import escape

__all__ = ["plain_docx", "plain_pdf"]

# STSong-Light is a font that every reader has; its encoding is plain UTF-16.
_FIXED = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"",
    (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        b" /DescendantFonts [4 0 R] >>"
    ),
    (
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo"
        b" << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R /DW 1000 >>"
    ),
    (
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900]"
        b" /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>"
    ),
)


_OFFICE = "http://schemas.openxmlformats.org"
_WORD = {
    "[Content_Types].xml": f"""<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="{_OFFICE}/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats"""
    """-officedocument.wordprocessingml.document.main+xml"/></Types>""",
    "_rels/.rels": f"""<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="{_OFFICE}/package/2006/relationships"><Relationship Id="r1"
 Type="{_OFFICE}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
</Relationships>""",
}
# A package holds the time of its parts; the same text shall give the same bytes.
_EPOCH = (2026, 1, 1, 0, 0, 0)


def plain_docx(paragraphs: Sequence[str]) -> bytes:
    """Return a Word file with the paragraphs."""
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
        for text in paragraphs
    )
    main = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_OFFICE}/wordprocessingml'
        f'/2006/main"><w:body>{body}</w:body></w:document>'
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, part in {**_WORD, "word/document.xml": main}.items():
            package.writestr(zipfile.ZipInfo(name, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def plain_pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """Return a PDF with the lines of each page one below the other."""
    objects = list(_FIXED)
    kids = []
    for lines in pages:
        content = zlib.compress(_content(lines))
        objects.append(
            b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
            % (len(content), content)
        )
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            b" /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _file(objects)


def _content(lines: Sequence[str]) -> bytes:
    shown = [b"<%s> Tj T*" % line.encode("utf-16-be").hex().encode() for line in lines]
    return b"\n".join([b"BT /F1 14 Tf 90 760 Td 22 TL", *shown, b"ET"])


def _file(objects: Sequence[bytes]) -> bytes:
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + head + table + tail
