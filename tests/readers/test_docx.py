import io
import zipfile

import docx
import pytest

from textcheck.document import BlockKind
from textcheck.errors import ReadError
from textcheck.readers.docx import MAX_PARTS, read_docx

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def relations(**targets: str) -> str:
    """Return a .rels part; a key is the kind, numbered where there are several."""
    lines = "".join(
        f'<Relationship Id="r{key}" Type="{OFFICE}/{key.rstrip("12")}" Target="{target}"/>'
        for key, target in targets.items()
    )
    return f'<Relationships xmlns="{RELATIONS}">{lines}</Relationships>'


def word(root: str, content: str, space: str = WORD) -> str:
    return (
        f'<w:{root} xmlns:w="{space}" xmlns:mc="{COMPATIBILITY}" xmlns:a="{DRAWING}">'
        f"{content}</w:{root}>"
    )


def package(parts: dict[str, str]) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for path, content in parts.items():
            archive.writestr(path, content)
    return body.getvalue()


def document(content: str, parts: dict[str, str] | None = None, **related: str) -> bytes:
    return package(
        {
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/document.xml": word("document", f"<w:body>{content}</w:body>"),
            "word/_rels/document.xml.rels": relations(**related),
        }
        | (parts or {})
    )


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<w:p/>", ""),
        (f"<w:p>{run('甲')}{run('乙')}</w:p><w:p/><w:p>{run('丙')}</w:p>", "甲乙\n丙"),
        # A tracked replacement, as it reads once accepted.
        (
            "<w:p>" + run("副") + "<w:del><w:r><w:delText>省长</w:delText></w:r></w:del>"
            "<w:ins>" + run("主席") + "</w:ins>" + run("讲话") + "</w:p>",
            "副主席讲话",
        ),
        (
            (f"<w:p><w:moveFrom>{run('甲')}</w:moveFrom>{run('乙')}"
            f"<w:moveTo>{run('甲')}</w:moveTo></w:p>"),
            "乙甲",
        ),
        # The end of the first paragraph was deleted, so the two are one.
        (
            f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('甲')}</w:p><w:p>{run('乙')}</w:p>",
            "甲乙",
        ),
        (f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('甲')}</w:p>", "甲"),
        # Word tags names of people.
        (f"<w:p><w:smartTag>{run('张')}{run('三')}</w:smartTag>{run('讲话')}</w:p>", "张三讲话"),
        (f"<w:sdt><w:sdtContent><w:p>{run('甲')}</w:p></w:sdtContent></w:sdt>", "甲"),
        (f"<w:p><w:hyperlink>{run('甲')}</w:hyperlink></w:p>", "甲"),
        (
            ("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t>"
            "<w:noBreakHyphen/><w:t>丁</w:t></w:r></w:p>"),
            "甲\t乙\n丙-丁",
        ),
        ("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>" + run("甲") + "</w:p>", "甲"),
        (
            ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r>"
            f"<w:fldSimple w:instr='DATE'>{run('5月1日')}</w:fldSimple></w:p>"),
            "5月1日",
        ),
        # A text box is stored twice; its paragraph follows the one that anchors it.
        (
            ("<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>"
            f"<w:p>{run('框')}</w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict>"
            f"<w:txbxContent><w:p>{run('框')}</w:p></w:txbxContent></w:pict></mc:Fallback>"
            f"</mc:AlternateContent></w:r>{run('甲')}</w:p>"),
            "甲\n框",
        ),
        (
            "<w:p><w:r><w:ruby><w:rt>" + run("zhāng") + "</w:rt><w:rubyBase>" + run("张")
            + "</w:rubyBase></w:ruby></w:r></w:p>",
            "张",
        ),
        (f"<w:p><!-- 批 --><?x 指令?>{run('甲')}</w:p>", "甲"),
    ],
)  # fmt: skip
def test_the_text_is_what_stands_once_changes_are_accepted(content: str, expected: str) -> None:
    assert read_docx(document(content)).text == expected


def test_headings_and_tables_are_known_by_style_and_place() -> None:
    styles = word(
        "styles",
        "<w:style w:styleId='1'><w:name w:val='heading 1'/></w:style>"
        "<w:style w:styleId='a3'><w:name w:val='Title'/></w:style>"
        "<w:style w:styleId='2'><w:name w:val='Normal'/></w:style>",
    )
    content = "".join(
        (
            f"<w:p><w:pPr><w:pStyle w:val='a3'/></w:pPr>{run('题')}</w:p>",
            f"<w:p><w:pPr><w:pStyle w:val='1'/></w:pPr>{run('章')}</w:p>",
            f"<w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr>{run('节')}</w:p>",
            f"<w:p><w:pPr><w:outlineLvl w:val='9'/><w:pStyle w:val='2'/></w:pPr>{run('文')}</w:p>",
            f"<w:tbl><w:tr><w:tc><w:p>{run('格')}</w:p></w:tc></w:tr></w:tbl>",
        )
    )
    read = read_docx(document(content, {"word/styles.xml": styles}, styles="styles.xml"))

    assert [(block.kind, block.span.of(read.text)) for block in read.blocks] == [
        (BlockKind.TITLE, "题"),
        (BlockKind.TITLE, "章"),
        (BlockKind.TITLE, "节"),
        (BlockKind.BODY, "文"),
        (BlockKind.TABLE, "格"),
    ]


def test_headers_notes_and_graphics_are_read_once_and_remarks_not() -> None:
    parts = {
        "word/header1.xml": word("hdr", f"<w:p>{run('眉')}</w:p>"),
        "word/footer1.xml": word("ftr", f"<w:p>{run('脚')}</w:p>"),
        "word/footnotes.xml": word("footnotes", f"<w:footnote><w:p>{run('注')}</w:p></w:footnote>"),
        "word/endnotes.xml": word("endnotes", f"<w:endnote><w:p>{run('尾')}</w:p></w:endnote>"),
        "word/comments.xml": word("comments", f"<w:comment><w:p>{run('批')}</w:p></w:comment>"),
        "word/diagrams/data1.xml": word("d", "<a:p><a:r><a:t>图</a:t></a:r><a:t>文</a:t></a:p>"),
    }
    body = document(
        f"<w:p>{run('文')}</w:p>",
        parts,
        comments="comments.xml",
        footnotes="footnotes.xml",
        endnotes="endnotes.xml",
        footer="footer1.xml",
        header1="header1.xml",
        header2="/word/header1.xml",
        diagramData="diagrams/data1.xml",
    )

    assert read_docx(body).text == "文\n眉\n脚\n注\n尾\n图文"


def test_the_strict_form_of_the_format_is_read_too() -> None:
    strict = word("document", f"<w:body><w:p>{run('甲')}</w:p></w:body>", STRICT)

    assert read_docx(document("", {"word/document.xml": strict})).text == "甲"


def test_a_file_made_by_another_library_is_read() -> None:
    made = docx.Document()
    made.add_heading("关于工作的通知", level=0)
    made.add_paragraph("县长张三讲话。")
    made.add_table(1, 2).cell(0, 1).text = "格"
    made.sections[0].header.paragraphs[0].text = "内部"
    body = io.BytesIO()
    made.save(body)

    read = read_docx(body.getvalue())

    assert read.text == "关于工作的通知\n县长张三讲话。\n格\n内部"
    assert read.blocks[0].kind is BlockKind.TITLE


def with_entities() -> bytes:
    entities = '<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    return document("", {"word/document.xml": entities + word("document", "&a;")})


def broken_member() -> bytes:
    body = document(f"<w:p>{run('甲' * 999)}</w:p>")
    at = body.index(b"word/document.xml") + 30
    return body[:at] + b"\xff" * 8 + body[at + 8 :]


def locked() -> bytes:
    body = bytearray(document(f"<w:p>{run('甲')}</w:p>"))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = body.find(mark)
        while at >= 0:
            body[at + flags] |= 1
            at = body.find(mark, at + 4)
    return bytes(body)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"PK\x03\x04", "损坏"),
        (document(f"<w:p>{run('甲')}</w:p>")[:-30], "损坏"),
        (broken_member(), "损坏"),
        (document("", {"word/document.xml": "<w:document"}), "损坏"),
        (document("", header="missing.xml"), "损坏"),
        (with_entities(), "DTD"),
        (locked(), "密码"),
        (package({}), "没有 Word 正文"),
        (document("", aFChunk="chunk.html"), "嵌入"),
        (package({f"{number}": "" for number in range(MAX_PARTS)}), "部件"),
        (package({"bomb": "0" * 5_000_000}), "压缩比"),
    ],
    ids=[
        "cut-at-once", "cut-late", "bad-data", "bad-xml", "missing-part", "entities", "locked",
        "no-word", "embedded-file", "many-parts", "bomb",
    ],
)  # fmt: skip
def test_what_cannot_be_read_in_full_is_refused_with_the_reason(body: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_docx(body)


def test_a_file_that_unpacks_to_too_much_is_refused() -> None:
    # 21 parts that claim ten million bytes each and hold a few.
    body = bytearray(package({f"{number}.xml": "x" * 99 for number in range(21)}))
    at = body.find(b"PK\x01\x02")
    while at >= 0:
        body[at + 24 : at + 28] = (10_000_000).to_bytes(4, "little")
        at = body.find(b"PK\x01\x02", at + 4)

    with pytest.raises(ReadError, match="200 MB"):
        read_docx(bytes(body))
