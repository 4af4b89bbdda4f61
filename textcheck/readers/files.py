"""Files of any kind: told by their first bytes, then by their name."""

import codecs
import io
import zipfile
from enum import Enum
from pathlib import PurePath

from textcheck.document import Document
from textcheck.errors import ForeignFile, ReadError
from textcheck.readers.text import read_text

__all__ = ["READABLE", "FileKind", "file_kind", "read_file"]


class FileKind(Enum):
    """What can be read."""

    TEXT = "txt"
    MARKDOWN = "md"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"

    @property
    def keeps_lines(self) -> bool:
        """Tell whether the document's text is the file's own, so that lines can be counted."""
        return self in {FileKind.TEXT, FileKind.MARKDOWN}


READABLE = "txt、md、html、docx、pdf"
"""The kinds of file that can be checked, as users see them."""

_EXTENSIONS = {
    "": FileKind.TEXT,
    ".txt": FileKind.TEXT,
    ".md": FileKind.MARKDOWN,
    ".markdown": FileKind.MARKDOWN,
    ".htm": FileKind.HTML,
    ".html": FileKind.HTML,
    ".xhtml": FileKind.HTML,
    ".shtml": FileKind.HTML,
}
_WORD_EXTENSIONS = {".docx", ".docm", ".dotx", ".dotm"}

_IMAGE = "图片，本版不识别图中文字"
_SAVE_AS = "请用 Word 或 WPS 另存为 docx 后再检查"
# The first bytes of formats that people hand in by mistake.
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", f"RTF 文件，{_SAVE_AS}"),
    (b"\x89PNG", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"II*\0", _IMAGE),
    (b"MM\0*", _IMAGE),
    (b"Rar!", "压缩包，请解压后再检查"),
    (b"7z\xbc\xaf", "压缩包，请解压后再检查"),
    (b"\x1f\x8b", "压缩包，请解压后再检查"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Streams of an OLE file; their names are stored in UTF-16.
_OLE_STREAMS = (
    ("EncryptedPackage", "加了密码的 Office 文档，请去掉密码后再检查"),
    ("WordDocument", f"旧版 Word（.doc）或 WPS 文字（.wps）文件，{_SAVE_AS}"),
    ("Workbook", "旧版 Excel（.xls）或 WPS 表格（.et）文件，本版不能检查"),
    ("PowerPoint Document", "旧版 PowerPoint（.ppt）或 WPS 演示（.dps）文件，本版不能检查"),
)
# A member that gives a zip package away.
_ZIP_MEMBERS = (
    ("xl/workbook.xml", "Excel 表格（.xlsx），本版不能检查"),
    ("ppt/presentation.xml", "PowerPoint 演示文稿（.pptx），本版不能检查"),
    ("OFD.xml", "OFD 版式文件，本版不能检查；请检查其 docx 或 txt 原稿"),
    ("content.xml", f"OpenDocument 文档（.odt 等），{_SAVE_AS}"),
)
_HTML_STARTS = (b"<!doctype html", b"<html")
_TEXT_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def file_kind(path: str, body: bytes) -> FileKind:
    """
    Tell how to read body; raise ReadError that says what it is and what to do.

    The bytes decide where they can, for people rename files freely; path "-" is standard input.
    """
    extension = PurePath(path).suffix.lower()
    if body.startswith(b"PK\x03\x04"):
        return _zip_kind(body)
    if body.startswith(b"%PDF"):
        return FileKind.PDF
    if reason := _foreign(body):
        raise ForeignFile(reason)
    if body.removeprefix(codecs.BOM_UTF8).lstrip()[:14].lower().startswith(_HTML_STARTS):
        return FileKind.HTML
    if extension in _WORD_EXTENSIONS:
        raise ReadError("扩展名是 Word 文档，内容却不是，可能没有下载完整")
    if extension not in _EXTENSIONS:
        raise ForeignFile(f"不能检查 {extension} 文件；可检查 {READABLE}")
    if b"\0" in body[:4096] and not body.startswith(_TEXT_MARKS):
        raise ReadError("不是文本文件")
    return _EXTENSIONS[extension]


def read_file(path: str, body: bytes, *, encoding: str = "") -> Document:
    """
    Return the document in body; raise ReadError for what cannot be read in full.

    Without an encoding it is told from the bytes; Word and PDF files have their own.
    """
    # Imported where needed: a plain text needs neither lxml nor a Markdown parser.
    kind = file_kind(path, body)
    if kind is FileKind.DOCX:
        from textcheck.readers.docx import read_docx  # noqa: PLC0415 # see above

        return read_docx(body)
    if kind is FileKind.PDF:
        from textcheck.readers.pdf import read_pdf  # noqa: PLC0415 # see above

        return read_pdf(body)
    if kind is FileKind.HTML:
        from textcheck.readers.html import read_html  # noqa: PLC0415 # see above

        return read_html(_in_utf8(body, encoding) if encoding else body)
    text = _decoded(body, encoding) if encoding else _guessed(body, path)
    if kind is FileKind.MARKDOWN:
        from textcheck.readers.markdown import read_markdown  # noqa: PLC0415 # see above

        return read_markdown(text)
    return read_text(text)


def _zip_kind(body: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise ReadError("文件已损坏，无法读取（不完整的 docx 或压缩包）") from error
    for member, reason in _ZIP_MEMBERS:
        if member in names:
            raise ForeignFile(reason)
    if "[Content_Types].xml" in names:
        return FileKind.DOCX
    raise ForeignFile("压缩包，请解压后再检查")


def _foreign(body: bytes) -> str:
    """Say what body is if it is no text and no Word file, else ""."""
    if body.startswith(_OLE):
        return _ole_reason(body)
    for start, reason in _FOREIGN:
        if body.startswith(start):
            return reason
    # These carry their mark deeper in, or one too short to trust alone.
    if body[8:12] == b"WEBP" or (body.startswith(b"BM") and b"\0" in body[:32]):
        return _IMAGE
    if body[4:8] == b"ftyp" or body.startswith(b"ID3"):
        return "音频或视频，本版不能检查"
    return ""


def _ole_reason(body: bytes) -> str:
    for stream, reason in _OLE_STREAMS:
        if stream.encode("utf-16-le") in body:
            return reason
    return f"旧版 Office 或 WPS 文件，{_SAVE_AS}"


def _guessed(body: bytes, path: str) -> str:
    from textcheck.readers.decode import decode_text  # noqa: PLC0415 # brings a detector along

    try:
        return decode_text(body, path)
    except ReadError as error:
        raise ReadError(str(error).removeprefix(f"{path}：")) from error


def _decoded(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"不是 {encoding} 编码的文本（第 {error.start + 1} 个字节无法解码）"
        ) from error


def _in_utf8(body: bytes, encoding: str) -> bytes:
    # A byte order mark outweighs what the page says of itself.
    return codecs.BOM_UTF8 + _decoded(body, encoding).encode("utf-8", "surrogatepass")
