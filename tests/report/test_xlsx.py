from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from textcheck.account import Account
from textcheck.document import Span
from textcheck.edition import Edition
from textcheck.finding import Severity
from textcheck.report.evidence import Evidence
from textcheck.report.xlsx import list_xlsx
from textcheck.review import State

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def rows(data: bytes, name: str) -> list[list[object]]:
    with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
        return [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]


def names(data: bytes) -> list[str]:
    with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
        return book.sheet_names


def part(data: bytes, name: str) -> etree._Element:
    with ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def runs(data: bytes) -> list[list[tuple[str, bool]]]:
    """Return the rich strings: the text of each run, and whether it is red."""
    strings = []
    for item in part(data, "xl/sharedStrings.xml").iter(f"{MAIN}si"):
        pieces = [
            (run.findtext(f"{MAIN}t") or "", run.find(f"{MAIN}rPr/{MAIN}color[@rgb='FFFF0000']"))
            for run in item.iter(f"{MAIN}r")
        ]
        if pieces:
            strings.append([(text, red is not None) for text, red in pieces])
    return strings


def test_the_list_prints_on_a4_with_its_header_on_every_page(edition: Edition) -> None:
    data = list_xlsx(edition)
    sheet = part(data, "xl/worksheets/sheet1.xml")
    page = sheet.find(f"{MAIN}pageSetup")
    assert page is not None
    assert page.get("paperSize") == "9"
    assert page.get("fitToHeight") == "0"
    fit = sheet.find(f"{MAIN}sheetPr/{MAIN}pageSetUpPr")
    assert fit is not None
    assert fit.get("fitToPage") == "1"
    titles = {item.text for item in part(data, "xl/workbook.xml").iter(f"{MAIN}definedName")}
    assert titles == {"清单!$3:$3", "清单!$A$1:$E$7"}


def test_columns_are_wide_enough_for_chinese(edition: Edition) -> None:
    name = "一" * 20
    line = replace(edition.lines[0], account=f"{name}（微信）", name=name)
    sheet = part(list_xlsx(replace(edition, lines=(line,))), "xl/worksheets/sheet1.xml")
    widths = [float(column.get("width", "0")) for column in sheet.iter(f"{MAIN}col")]
    assert widths[2] > 2 * len(f"{name}（微信）")


def test_fonts_are_those_of_public_documents(edition: Edition) -> None:
    fonts = {
        item.get("val") for item in part(list_xlsx(edition), "xl/styles.xml").iter(f"{MAIN}name")
    }
    assert {"方正小标宋简体", "仿宋_GB2312", "黑体"} <= fonts


def test_evidence_shows_the_wrong_words_red_in_their_sentence(
    edition: Edition, evidence: Evidence
) -> None:
    data = list_xlsx(edition, [evidence])
    assert rows(data, "证据")[1] == [
        "甲县教育（微信）",
        "甲县召开会议",
        "https://mp.example.gov.cn/s/1?a=1&b=2",
        "2021.5.1",
        "FRM301",
        "严重",
        "要以实干推动高质量发屏。",
        "审核员甲、审核员乙",
        "ab" * 32,
    ]
    assert runs(data) == [[("要以实干推动", False), ("高质量发屏", True), ("。", False)]]


@pytest.mark.parametrize(
    ("sentence", "quote", "shown"),
    [
        ("错", Span(0, 1), []),  # one part alone is no rich string
        ("错了", Span(0, 1), [[("错", True), ("了", False)]]),
        ("有错", Span(1, 2), [[("有", False), ("错", True)]]),
        (
            "前" * 40_000 + "错" + "后" * 40_000,  # a cell holds 32,767 characters
            Span(40_000, 40_001),
            [[("…" + "前" * 100, False), ("错", True), ("后" * 100 + "…", False)]],
        ),
    ],
)
def test_any_place_in_a_sentence_can_be_marked(
    edition: Edition,
    evidence: Evidence,
    sentence: str,
    quote: Span,
    shown: list[list[tuple[str, bool]]],
) -> None:
    data = list_xlsx(edition, [replace(evidence, sentence=sentence, quote=quote)])
    assert runs(data) == shown
    assert "错" in str(rows(data, "证据")[1][6])


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_no_text_becomes_a_formula(edition: Edition, evidence: Evidence, text: str) -> None:
    line = replace(edition.lines[0], county=text, account=text, name=text)
    item = replace(evidence, title=text, url=text, sentence=text, quote=Span(0, len(text)))
    data = list_xlsx(replace(edition, lines=(line,)), [item])
    for name in ("sheet1", "sheet2", "sheet3"):
        sheet = part(data, f"xl/worksheets/{name}.xml")
        assert sheet.find(f".//{MAIN}f") is None
        assert sheet.find(f".//{MAIN}hyperlink") is None
    assert rows(data, "清单")[3][1:3] == [text, text]


@pytest.mark.parametrize(
    "change",
    [
        {"state": State.PENDING},
        {"severity": Severity.ORDINARY},
        {"account_id": "b-9"},
        {"published_on": None},
    ],
)
def test_evidence_holds_only_what_the_list_rests_on(
    edition: Edition, evidence: Evidence, change: dict[str, object]
) -> None:
    data = list_xlsx(edition, [replace(evidence, **change)])  # type: ignore[arg-type] # the table above
    assert names(data) == ["清单", "统计"]


def test_counts_by_county_platform_and_class(
    edition: Edition, evidence: Evidence, accounts: tuple[Account, ...]
) -> None:
    assert rows(list_xlsx(edition, [evidence], accounts), "统计") == [
        ["县区", "登记在运行", "不合格"],
        ["甲县", 2, 2],
        ["乙区", 2, 1],
        ["合计", 4, 3],
        ["", "", ""],
        ["平台", "登记在运行", "不合格"],
        ["微信", 3, 3],
        ["微博", 1, 0],
        ["合计", 4, 3],
        ["", "", ""],
        ["错误类别", "问题数", ""],
        ["固定表述", 1, ""],
        ["", "", ""],
        ["登记数取生成本表时登记表中的在运行账号。", "", ""],
    ]


def test_a_preview_says_so(edition: Edition) -> None:
    assert rows(list_xlsx(replace(edition, number=0)), "清单")[0][2] == "预览稿，未正式印发"


def test_a_list_without_rows_still_has_its_header_and_note(edition: Edition) -> None:
    made = rows(list_xlsx(replace(edition, lines=())), "清单")
    assert made[2][0] == "序号"
    assert str(made[3][0]).startswith("注：以上数据采样时间2021年4月1日—2021年6月30日")


def test_the_same_edition_gives_the_same_bytes(edition: Edition, evidence: Evidence) -> None:
    data = list_xlsx(edition, [evidence])
    assert data == list_xlsx(edition, [evidence])
    with ZipFile(BytesIO(data)) as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = archive.read("docProps/core.xml").decode()
    assert "2021-07-22T09:00:00Z" in properties
