import codecs
import io
import zipfile

import pytest

from textcheck.errors import ReadError
from textcheck.readers.files import FileKind, file_kind, read_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le")


def packed(*names: str) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return body.getvalue()


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("a.txt", b"", FileKind.TEXT),
        ("a.TXT", b"x", FileKind.TEXT),
        ("-", "甲".encode(), FileKind.TEXT),
        ("README", b"x", FileKind.TEXT),
        ("a.txt", "甲".encode("utf-16"), FileKind.TEXT),  # has NULs, and a mark that explains them
        ("a.md", b"# x", FileKind.MARKDOWN),
        ("a.markdown", b"x", FileKind.MARKDOWN),
        ("a.html", b"x", FileKind.HTML),
        ("-", b"\r\n <!DOCTYPE html>", FileKind.HTML),
        ("a.doc", codecs.BOM_UTF8 + b"<HTML>", FileKind.HTML),  # saved from a browser
        ("a.docx", packed("[Content_Types].xml", "word/document.xml"), FileKind.DOCX),
        ("a.doc", packed("[Content_Types].xml"), FileKind.DOCX),
        ("-", packed("[Content_Types].xml"), FileKind.DOCX),
    ],
)
def test_the_bytes_decide_where_they_can(path: str, body: bytes, kind: FileKind) -> None:
    assert file_kind(path, body) is kind


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        ("a.doc", ole("WordDocument"), "旧版 Word"),
        ("a.wps", ole("WordDocument"), "另存为 docx"),
        ("a.et", ole("Workbook"), "WPS 表格"),
        ("a.ppt", ole("PowerPoint Document"), "PowerPoint"),
        ("a.docx", ole("EncryptedPackage"), "密码"),
        ("a.doc", OLE, "旧版 Office"),
        ("a.rtf", b"{\\rtf1", "RTF"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "图片"),
        ("a.webp", b"RIFF\0\0\0\0WEBP", "图片"),
        ("a.bmp", b"BM\0\0\0\0", "图片"),
        ("a.mp4", b"\0\0\0\x18ftypmp42", "视频"),
        ("a.xlsx", packed("[Content_Types].xml", "xl/workbook.xml"), "Excel"),
        ("a.pptx", packed("[Content_Types].xml", "ppt/presentation.xml"), "PowerPoint"),
        ("a.ofd", packed("OFD.xml"), "OFD"),
        ("a.odt", packed("mimetype", "content.xml"), "OpenDocument"),
        ("a.zip", packed("稿.docx"), "压缩包"),
        ("a.docx", b"PK\x03\x04 cut off", "损坏"),
        ("a.docx", b"", "没有下载完整"),
        ("a.docx", b"plain", "没有下载完整"),
        ("a.csv", b"x", r"\.csv"),
        ("a.txt", b"x\0y", "不是文本"),
    ],
)
def test_the_rest_is_refused_by_its_name(path: str, body: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        file_kind(path, body)


@pytest.mark.parametrize(
    ("path", "body", "encoding", "text"),
    [
        ("a.txt", "甲\r\n乙".encode(), "", "甲\r\n乙"),
        ("a.txt", codecs.BOM_UTF8 + "甲".encode(), "", "甲"),
        ("a.txt", codecs.BOM_UTF8 + "甲".encode(), "utf-8", "甲"),
        ("a.md", "# 甲乙丙丁".encode("gb18030"), "", "# 甲乙丙丁"),
        ("a.txt", "會議".encode("big5"), "big5", "會議"),
        ("a.html", "<html><body><p>會議</p>".encode("big5"), "big5", "會議"),
    ],
)
def test_a_file_is_decoded_as_told_or_by_its_bytes(
    path: str, body: bytes, encoding: str, text: str
) -> None:
    assert read_file(path, body, encoding=encoding).text == text


def test_a_word_file_needs_no_encoding_and_an_incomplete_one_is_refused() -> None:
    with pytest.raises(ReadError, match="没有 Word 正文"):
        read_file("a.docx", packed("[Content_Types].xml"), encoding="gb18030")


def test_bytes_that_are_not_in_the_named_encoding_are_refused() -> None:
    with pytest.raises(ReadError, match="第 2 个字节"):
        read_file("a.txt", b"a\xff", encoding="ascii")
