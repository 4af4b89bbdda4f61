"""Word files: every word that stands once all tracked changes are accepted."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from textcheck.document import BlockKind, Document, join_blocks
from textcheck.errors import ReadError

__all__ = ["read_docx"]

MAX_UNPACKED = 200_000_000
MAX_RATIO = 100
MAX_PARTS = 2_000
_SMALL = 1_000_000  # below this no ratio is a danger

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"

# Deleted or moved away, the code of a field, the pronunciation over a word.
_SKIPPED = {"del", "moveFrom", "instrText", "delText", "delInstrText", "rt"}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    EOFError,
    KeyError,
    NotImplementedError,  # a packing method that zipfile does not know
    RuntimeError,  # a part with a password
    ValueError,  # a part that begins before the file
)

_Part = tuple[BlockKind, str]


def read_docx(body: bytes) -> Document:
    """
    Return the text of a .docx: body, headers, footers, notes, then SmartArt and charts.

    A block is a paragraph, of a table or a text box too. Raises ReadError for a file that is
    broken, locked, too large, or holds another file whose words cannot be read here.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            _refuse_bombs(package, len(body))
            text, blocks = join_blocks(_paragraphs_of(package))
    except _BROKEN as error:
        raise ReadError(f"Word 文档已损坏或有密码，无法读取（{error}）") from error
    return Document(text, blocks)


def _refuse_bombs(package: zipfile.ZipFile, packed: int) -> None:
    infos = package.infolist()
    unpacked = sum(info.file_size for info in infos)
    if len(infos) > MAX_PARTS:
        raise ReadError(f"Word 文档包含 {len(infos)} 个部件，超过 {MAX_PARTS} 个的上限")
    if unpacked > MAX_UNPACKED:
        raise ReadError(f"Word 文档解压后超过 {MAX_UNPACKED // 1_000_000} MB 的上限")
    if unpacked > max(_SMALL, packed * MAX_RATIO):
        raise ReadError(f"Word 文档的压缩比超过 {MAX_RATIO}，可能是恶意文件")


def _paragraphs_of(package: zipfile.ZipFile) -> Iterator[_Part]:
    main = next((path for kind, path in _targets(package, "") if kind == "officeDocument"), "")
    if not main:
        raise ReadError("文件中没有 Word 正文")
    related = list(_targets(package, main))
    if any(kind == "aFChunk" for kind, _ in related):
        raise ReadError("文档中嵌入了另一个文件（altChunk），请用 Word 或 WPS 打开后另存为 docx")
    styles = next((path for kind, path in related if kind == "styles"), "")
    titles = _title_styles(_parse(package, styles)) if styles else frozenset[str]()
    # Headers come once, though every section may refer to the same one.
    order = ("header", "footer", "footnotes", "endnotes")
    others = [path for wanted in order for kind, path in related if kind == wanted]
    for path in dict.fromkeys([main, *others]):
        yield from _paragraphs(_parse(package, path), BlockKind.BODY, titles)
    for kind, path in related:
        if kind in {"diagramData", "chart"}:
            yield from _drawn(_parse(package, path))


def _drawn(drawing: etree._Element) -> Iterator[_Part]:
    """Yield the words of a SmartArt graphic or a chart, which lie in a part of their own."""
    for paragraph in drawing.iter(f"{_DRAWING}p"):
        yield BlockKind.CAPTION, "".join(text.text or "" for text in paragraph.iter(f"{_DRAWING}t"))


def _targets(package: zipfile.ZipFile, source: str) -> Iterator[tuple[str, str]]:
    """Yield what a part refers to inside the package: kind and path; "" is the package itself."""
    folder, name = posixpath.split(source)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in package.namelist():
        return
    for relation in _parse(package, relations).iter(f"{_PACKAGE}Relationship"):
        kind = relation.get("Type", "").rpartition("/")[2]
        if relation.get("TargetMode") != "External":
            target = posixpath.join("/", folder, relation.get("Target", ""))
            yield kind, posixpath.normpath(target).lstrip("/")


def _parse(package: zipfile.ZipFile, path: str) -> etree._Element:
    # An entity may name a file of this machine, or swell: none is resolved, nor passed over.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(package.read(path), parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReadError("文档中含有自定义实体（DTD），正常的 Word 文档不会有，可能是恶意文件")
    return root


def _name(element: etree._Element) -> str:
    """Return the name of a Word element without its namespace, "" for any other."""
    tag = str(element.tag)
    for space in (_WORD, _STRICT):
        if tag.startswith(space):
            return tag[len(space) :]
    return ""


def _value(element: etree._Element, name: str = "val") -> str:
    return str(element.get(f"{_WORD}{name}") or element.get(f"{_STRICT}{name}") or "")


def _title_styles(styles: etree._Element) -> frozenset[str]:
    """Return the ids of heading styles, by name: the ids of Chinese Word are "1" or "a3"."""
    found = set()
    for style in styles:
        for child in style:
            name = _value(child).lower() if _name(child) == "name" else ""
            if name.startswith("heading ") or name in {"title", "subtitle"}:
                found.add(_value(style, "styleId"))
    return frozenset(found)


def _paragraphs(
    element: etree._Element, kind: BlockKind, titles: frozenset[str]
) -> Iterator[_Part]:
    """Yield the paragraphs below element; one in a text box follows the one that anchors it."""
    carried = ""
    for child in element:
        name = _name(child)
        if name in _SKIPPED or child.tag == _FALLBACK:
            continue
        if name == "p":
            text = carried + _text(child)
            merged = _merges_with_next(child)
            carried = text if merged else ""
            if text.strip() and not merged:
                heading = kind is BlockKind.BODY and _is_title(child, titles)
                yield (BlockKind.TITLE if heading else kind), text
        yield from _paragraphs(child, BlockKind.TABLE if name == "tbl" else kind, titles)
    if carried.strip():
        yield kind, carried


def _text(element: etree._Element) -> str:
    """Return the text of a paragraph, without the paragraphs of text boxes anchored in it."""
    parts = []
    for child in element:
        name = _name(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in _SIGNS:
            parts.append(_SIGNS[name])
        elif name not in _SKIPPED and name not in {"p", "pPr"} and child.tag != _FALLBACK:
            parts.append(_text(child))
    return "".join(parts)


def _properties(paragraph: etree._Element) -> Iterator[etree._Element]:
    for child in paragraph:
        if _name(child) == "pPr":
            yield from child


def _is_title(paragraph: etree._Element, titles: frozenset[str]) -> bool:
    return any(
        (_name(item) == "pStyle" and _value(item) in titles)
        or (_name(item) == "outlineLvl" and _value(item) in set("012345678"))  # 9 is body text
        for item in _properties(paragraph)
    )


def _merges_with_next(paragraph: etree._Element) -> bool:
    """Tell whether the paragraph's end was deleted by a tracked change."""
    return any(
        _name(mark) in {"del", "moveFrom"}
        for item in _properties(paragraph)
        if _name(item) == "rPr"
        for mark in item
    )
