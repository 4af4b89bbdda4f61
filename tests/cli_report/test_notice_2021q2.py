"""The list and the paragraph of a real notice, made again from its accounts and days."""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from click.testing import Result
from docx.oxml.ns import qn
from lxml import etree
from python_calamine import CalamineWorkbook

from textcheck.config import CHINA
from textcheck.edition import SERIOUS_WORDING, Edition, EditionLine, Quarter
from textcheck.finding import Severity
from textcheck.store.connect import Store
from textcheck.store.editions import issue_edition, read_edition

GOLDEN = Path(__file__).parents[1] / "golden" / "notice_2021q2"
TITLE = "2021年二季度抽查政府系统政务新媒体不合格清单"
HEADERS = ["序号", "单位/部门", "政务新媒体", "存在问题", "发布时间"]
NOTE = "注：以上数据采样时间2021年4月8日—2021年7月10日，包含已反馈的数据。"
REGISTERED = 225
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class Line:
    """One line of the golden table, and the account's id in the test's register."""

    account_id: str
    county: str
    name: str
    platform: str
    problem: str
    dates: list[str]


def golden_lines() -> list[Line]:
    with (GOLDEN / "attachment2.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [
        Line(
            account_id=f"xmt-{number:03}",
            county=row["county"],
            name=row["name"],
            platform=row["platform"],
            problem=row["problem"],
            dates=row["dates"].split("、"),
        )
        for number, row in enumerate(rows, start=1)
    ]


LINES = golden_lines()


def expected_table() -> list[list[str]]:
    """Return the cells as printed: a county only in the first of its rows."""
    rows: list[list[str]] = []
    for _, group in groupby(LINES, key=lambda line: line.county):
        for place, line in enumerate(group):
            county = "" if place else line.county
            label = f"{line.name}（{line.platform}）"
            number = str(len(rows) + 1)
            rows.append([number, county, label, line.problem, "\n".join(line.dates)])
    return rows


def day_of(text: str) -> date:
    year, month, day = text.split(".")
    return date(int(year), int(month), int(day))


def account_id(name: str) -> str:
    return next(line.account_id for line in LINES if line.name == name)


@pytest.fixture
def office(store: Store, register: Callable[..., None], publish: Callable[..., str]) -> Store:
    """Enter the register, what was confirmed, and what must not reach the list."""
    counties = list(dict.fromkeys(line.county for line in LINES))
    accounts = [(a.account_id, a.county, a.platform, a.name, "在运行") for a in LINES]
    accounts += [
        (f"bc-{number:03}", counties[number % len(counties)], "微信", f"补充{number}", "在运行")
        for number in range(REGISTERED - len(LINES))
    ]
    accounts += [
        ("gt-1", counties[0], "抖音", "已停一", "关停"),
        ("gt-2", "乙县", "微信", "已停二", "注销"),
    ]
    register(accounts)
    for line in reversed(LINES):  # the order of entry must have no say
        for text in reversed(line.dates):
            publish(line.account_id, day_of(text))
    publish("bc-000", date(2021, 4, 7))
    publish("bc-001", date(2021, 7, 11))
    publish("bc-002", date(2021, 5, 1), confirmed_by=["审核员甲"])
    publish("bc-003", date(2021, 5, 1), confirmed_by=["审核员甲"], dismissed_by=["审核员乙"])
    publish("bc-004", date(2021, 5, 1), confirmed_by=[], dismissed_by=["审核员甲"])
    publish("bc-005", date(2021, 5, 1), severity=Severity.ORDINARY)
    with store.write() as connection:
        issue_edition(connection, first_quarter())
    return store


def first_quarter() -> Edition:
    """Return a list of the quarter before, with the repeat offender under another name."""
    offender = EditionLine(
        account_id=account_id("江川法宣在线"),
        county="江川区",
        account="江川普法（微信）",
        name="江川普法",
        problems=(SERIOUS_WORDING,),
        dates=(date(2021, 2, 3),),
    )
    return Edition(
        quarter=Quarter(2021, 1),
        number=0,
        since=date(2021, 1, 1),
        until=date(2021, 4, 7),
        lines=(offender,),
        registered=REGISTERED,
        checked=None,
        issued_at=datetime(2021, 4, 20, 9, tzinfo=CHINA),
    )


@pytest.fixture
def issue(
    office: Store, textcheck: Callable[..., Result], tmp_path: Path
) -> Callable[..., tuple[Result, Path]]:
    """Run the command of the office and return what it said and where it wrote."""
    del office
    out = tmp_path / "out"
    examples = [
        word
        for name in ("宁州街道", "红塔城市管理", "峨山教育")
        for word in ("--example", account_id(name))
    ]
    period = ["--quarter", "2021Q2", "--from", "2021-04-08", "--to", "2021-07-10"]

    def run() -> tuple[Result, Path]:
        command = ["report", "list", *period, *examples, "--issue", "--out", str(out)]
        result = textcheck(*command)
        assert result.exit_code == 0, result.output
        return result, out

    return run


def test_the_golden_table_has_18_accounts_and_19_days() -> None:
    assert len(LINES) == 18
    assert sum(len(line.dates) for line in LINES) == 19


def test_the_workbook_gives_the_table_back(issue: Callable[..., tuple[Result, Path]]) -> None:
    _, out = issue()
    path = out / "附件2-2021Q2-第1版.xlsx"
    with CalamineWorkbook.from_path(path) as book:
        assert book.sheet_names == ["清单", "证据", "统计"]
        rows = book.get_sheet_by_name("清单").to_python(skip_empty_area=False)
    assert rows[0] == ["附件2", "", "", "", ""]
    assert rows[1] == [TITLE, "", "", "", ""]
    assert rows[2] == HEADERS
    assert rows[3:-1] == expected_table()
    assert rows[-1] == [NOTE, "", "", "", ""]


def test_the_workbook_merges_each_county(issue: Callable[..., tuple[Result, Path]]) -> None:
    _, out = issue()
    with ZipFile(out / "附件2-2021Q2-第1版.xlsx") as archive:
        sheet = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    merged = {cell.get("ref") for cell in sheet.iter(f"{SHEET}mergeCell")}
    counties = {"B5:B6", "B7:B10", "B12:B15", "B16:B18", "B19:B21"}  # two rows or more
    assert merged == counties | {"A2:E2", "A22:E22"}


def test_the_document_gives_the_table_back(issue: Callable[..., tuple[Result, Path]]) -> None:
    _, out = issue()
    document = docx.Document(str(out / "附件2-2021Q2-第1版.docx"))
    assert [paragraph.text for paragraph in document.paragraphs] == ["附件2", TITLE, NOTE]
    (table,) = document.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == HEADERS
    # python-docx gives a merged cell's text for each row that it covers.
    whole = [
        [*row[:1], line.county, *row[2:]] for row, line in zip(expected_table(), LINES, strict=True)
    ]
    assert rows[1:] == whole
    starts = [
        merge.get(qn("w:val")) == "restart"
        for merge in table._tbl.iter(qn("w:vMerge"))  # noqa: SLF001 # python-docx has no other way to it
    ]
    in_merged = [2, 4, 4, 3, 3]  # rows of the counties with several accounts
    assert starts == [place == 0 for rows in in_merged for place in range(rows)]


def test_the_paragraph_is_the_notice_s(issue: Callable[..., tuple[Result, Path]]) -> None:
    result, out = issue()
    golden = (GOLDEN / "paragraph.txt").read_text(encoding="utf-8")
    assert (out / "通报段落.txt").read_text(encoding="utf-8") == golden
    assert golden in result.stdout


def test_the_edition_is_frozen_and_counted(
    office: Store, issue: Callable[..., tuple[Result, Path]]
) -> None:
    _, out = issue()
    with office.read() as connection:
        edition = read_edition(connection, Quarter(2021, 2))
    assert edition is not None
    assert (edition.number, edition.registered, edition.checked) == (1, REGISTERED, None)
    assert [line.account_id for line in edition.lines] == [line.account_id for line in LINES]
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["number"], manifest["registered"], manifest["failed"]) == (1, REGISTERED, 18)


def test_issued_again_unchanged_it_is_the_same_edition(
    office: Store, issue: Callable[..., tuple[Result, Path]]
) -> None:
    _, out = issue()
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    result, _ = issue()
    assert "与已定稿的第1版内容相同，没有另出新版。" in result.stderr
    assert {path.name: path.read_bytes() for path in out.iterdir()} == first
    with office.read() as connection:
        assert read_edition(connection, Quarter(2021, 2), 2) is None
