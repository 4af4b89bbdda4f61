"""The list of a quarter through the pages: a real notice again, cell by cell."""

import csv
import hashlib
import io
import re
from collections.abc import Callable
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pdf_oxide
import pytest
from python_calamine import CalamineWorkbook
from web_office import Browser, Office, words_of

from textcheck.account import Account, Platform
from textcheck.config import CHINA
from textcheck.edition import Quarter
from textcheck.report.pdf import can_pdf
from textcheck.store.accounts import save_register
from textcheck.store.editions import read_edition
from textcheck.store.events import broken_links

if TYPE_CHECKING:
    import httpx

GOLDEN = Path(__file__).parents[1] / "golden" / "notice_2021q2" / "attachment2.tsv"
TITLE = "2021年二季度抽查政府系统政务新媒体不合格清单"
NOTE = "注：以上数据采样时间2021年4月8日—2021年7月10日，包含已反馈的数据。"
HEADERS = ["序号", "单位/部门", "政务新媒体", "存在问题", "发布时间"]
PERIOD = {"quarter": "2021Q2", "since": "2021-04-08", "until": "2021-07-10"}
LATER = datetime(2021, 5, 6, 9, tzinfo=CHINA)
LINES = list(csv.DictReader(io.StringIO(GOLDEN.read_text(encoding="utf-8")), delimiter="\t"))


def expected_rows() -> list[list[str]]:
    """Return the rows as printed: a county only in the first of its rows."""
    rows: list[list[str]] = []
    for county, group in groupby(LINES, key=lambda line: line["county"]):
        for place, line in enumerate(group):
            label = f"{line['name']}（{line['platform']}）"
            dates = line["dates"].replace("、", "\n")
            first = "" if place else county
            rows.append([str(len(rows) + 1), first, label, line["problem"], dates])
    return rows


def day_of(text: str) -> date:
    year, month, day = map(int, text.split("."))
    return date(year, month, day)


@pytest.fixture(scope="module")
def reviewed(start_office: Callable[[], Office]) -> Office:
    """Register the notice's accounts, find their errors, and have two reviewers confirm them."""
    office = start_office()
    accounts = [
        Account(
            f"xmt-{number:03}",
            line["county"],
            f"{line['county']}某部门",
            Platform(line["platform"]),
            line["name"],
            list_order=number,
        )
        for number, line in enumerate(LINES)
    ]
    with office.store.write() as connection:
        save_register(connection, accounts)
    keys = [
        office.found(
            f"{account.name}{day}发文，要求推动高质量发屏。",
            "高质量发屏",
            account.id,
            day,
            day=datetime.combine(day_of(day), time(9), CHINA),
        )
        for account, line in zip(accounts, LINES, strict=True)
        for day in line["dates"].split("、")
    ]
    for name in ("审核员甲", "审核员乙"):
        browser = office.login(name)
        for key in keys:
            assert browser.decide(key, decision="confirm").status_code == 200
    return office


def preview(browser: Browser) -> str:
    page = browser.client.get("/lists", params=PERIOD)
    assert page.status_code == 200, page.text
    browser.last = page
    return page.text


def issue(browser: Browser, *, without: str = "", digest: str = "") -> "httpx.Response":
    """Issue the list as the page offers it, without the accounts of one county."""
    page = preview(browser)
    shown = re.search(r'name="digest" value="(\w+)"', page)
    assert shown is not None
    kept = re.findall(r'name="keep" value="([^"]+)"', page)
    left_out = {f"xmt-{n:03}" for n, line in enumerate(LINES) if line["county"] == without}
    fields = {"keep": [name for name in kept if name not in left_out]}
    return browser.post("/lists/issue", **PERIOD, **fields, digest=digest or shown[1])


def test_the_notice_s_attachment_comes_out_cell_by_cell(reviewed: Office) -> None:
    browser = reviewed.login("审批人")
    assert "预览稿，未正式印发" in preview(browser)
    done = words_of(issue(browser))
    assert "2021年二季度清单第 1 版" in done
    assert NOTE in done
    book = browser.get("/lists/2021Q2/1/xlsx")
    assert "filename*=UTF-8''%E9%99%84%E4%BB%B62" in book.headers["content-disposition"]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_name("清单")
    cells = rows.to_python(skip_empty_area=False)
    assert [cells[0][0], cells[1][0], cells[2], cells[-1][0]] == ["附件2", TITLE, HEADERS, NOTE]
    assert cells[3:-1] == expected_rows()
    document = docx.Document(io.BytesIO(browser.get("/lists/2021Q2/1/docx").content))
    (table,) = document.tables
    found = [[cell.text for cell in row.cells] for row in table.rows]
    whole = [
        [row[0], line["county"], *row[2:]] for row, line in zip(expected_rows(), LINES, strict=True)
    ]
    assert found == [HEADERS, *whole]
    assert "18个不合格政务新媒体" in browser.get("/lists/2021Q2/1/txt").text
    assert browser.get("/lists/2021Q2/1/json").json()["failed"] == 18
    assert browser.get("/lists/2021Q2/1/html").status_code == 200
    if not can_pdf():
        assert browser.get("/lists/2021Q2/1/pdf").status_code == 404
        return
    printed = browser.get("/lists/2021Q2/1/pdf").content
    told = "".join(pdf_oxide.PdfDocument.from_bytes(printed).extract_text(0).split())
    assert all(f"{line['name']}（{line['platform']}）" in told for line in LINES)


def test_the_files_of_an_edition_stay_as_they_were_made(reviewed: Office) -> None:
    browser = reviewed.login("审批人")
    at = str(issue(browser).url)
    kinds = ("xlsx", "docx", *(["pdf"] if can_pdf() else []))
    before = [browser.get(f"{at}/{kind}").content for kind in kinds]
    page = browser.get(at).text
    assert all(hashlib.sha256(body).hexdigest() in page for body in before)
    # What is found later stands in the evidence of a list that is made anew.
    reviewed.found("会上说高质量发屏，另一处。", "高质量发屏", "xmt-001", "later", day=LATER)
    assert [browser.get(f"{at}/{kind}").content for kind in kinds] == before


def test_an_edition_never_changes_and_a_change_makes_another(reviewed: Office) -> None:
    browser = reviewed.login("审批人")
    issue(browser)
    before = browser.get("/lists/2021Q2/1").text
    again = issue(browser)
    assert str(again.url).endswith("/lists/2021Q2/1")
    county = LINES[0]["county"]
    other = issue(browser, without=county)
    assert str(other.url).endswith("/lists/2021Q2/2")
    assert county not in words_of(other)
    assert browser.get("/lists/2021Q2/1").text == before
    with reviewed.store.read() as connection:
        edition = read_edition(connection, Quarter(2021, 2), 2)
        assert list(broken_links(connection)) == []
    assert edition is not None
    assert len(edition.lines) == len([line for line in LINES if line["county"] != county])
    assert browser.get("/lists").text.count("清单第") == 2


def test_what_was_previewed_is_issued_or_nothing(reviewed: Office) -> None:
    browser = reviewed.login("审批人")
    assert issue(browser, digest="0" * 64).status_code == 409


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/lists?quarter=2021", 400),
        ("/lists?quarter=2021Q2&since=2021-07-01&until=2021-04-01", 400),
        ("/lists?quarter=2021Q2&since=x", 400),
        ("/lists/2021Q2/99", 404),
        ("/lists/2021Q2/99/xlsx", 404),
        ("/lists/2021Q2/1/exe", 404),
        ("/lists/2021Q2/x", 400),
    ],
)
def test_a_list_that_is_not_there_is_said_not_to_be(
    reviewed: Office, path: str, status: int
) -> None:
    assert reviewed.login("查阅者").get(path).status_code == status


def test_who_sees_one_unit_sees_no_list(reviewed: Office) -> None:
    browser = reviewed.login("乙县审核员")
    for path in ("/lists", "/lists/2021Q2/1", "/lists/2021Q2/1/xlsx"):
        assert browser.get(path).status_code == 403
    assert 'href="/lists"' not in browser.get("/queue").text
